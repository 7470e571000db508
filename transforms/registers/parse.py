"""What the transforms know of the world, parsed from the registers.

The registers are TOML files in ``corpus/registers``: ``language_*.toml`` (months, byline
words, function words), ``boilerplate_*.toml`` (phrases by the reason for which their line
is removed), ``outlets.toml``, ``exports.toml`` (labels of press databases),
``record_fields.toml`` and ``mail.toml`` (names of fields), ``months.toml`` (months of other
languages), ``regions.toml`` (countries), and those of the annotators
(`knipsel.transforms.registers.annotations.registers`), in folders of their own too. The
caller reads the files; this module only parses.
"""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.transforms.registers.annotations.registers import parse_annotation_registers
from knipsel.transforms.registers.articles.completeness import parse_cut_signs
from knipsel.transforms.registers.articles.facts import parse_catalog
from knipsel.transforms.registers.articles.genres import parse_genres
from knipsel.transforms.registers.articles.probabilities import parse_probabilities
from knipsel.transforms.registers.articles.tenses import parse_tenses
from knipsel.transforms.registers.articles.words import ArticleWords
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.files.encodings import parse_encodings
from knipsel.transforms.registers.files.exports import parse_exports
from knipsel.transforms.registers.files.file_properties import parse_file_properties
from knipsel.transforms.registers.files.mail import parse_mail_words
from knipsel.transforms.registers.files.record_fields import parse_record_fields
from knipsel.transforms.registers.layout.headings import parse_heading_words
from knipsel.transforms.registers.layout.hyphens import parse_hyphen_words
from knipsel.transforms.registers.layout.words import LayoutWords
from knipsel.transforms.registers.lines.authors import AUTHORS_FILE, parse_author_words
from knipsel.transforms.registers.lines.bylines import parse_byline_words
from knipsel.transforms.registers.lines.dates import MONTHS_FILE, parse_date_words
from knipsel.transforms.registers.lines.outlets import parse_outlets
from knipsel.transforms.registers.lines.persons import NAMES_FILE, parse_person_words
from knipsel.transforms.registers.lines.regions import parse_language_orders, parse_regions
from knipsel.transforms.registers.lines.words import LineWords
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.own.adding import added_up
from knipsel.transforms.registers.own.kinds import CATALOG, ENDING, is_catalog
from knipsel.transforms.registers.pages.furniture import parse_furniture, used_lines
from knipsel.transforms.registers.pages.line_model import LineModels
from knipsel.transforms.registers.pages.phrases import gather_phrases, parse_phrases
from knipsel.transforms.registers.pages.reasons import REASONS
from knipsel.transforms.registers.pages.words import PageWords
from knipsel.transforms.registers.tables import LanguageTables, parse_toml, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from knipsel.transforms.registers.articles.facts import Facts
    from knipsel.transforms.registers.files.letters import Letters
    from knipsel.transforms.registers.pages.line_model import LineModel
    from knipsel.transforms.registers.pages.phrases import Phrases

    T = TypeVar("T")

CATALOG_FILE = f"{CATALOG}{ENDING}"
FURNITURE_FILE = "furniture.toml"
_LANGUAGE_FILES, _LANGUAGES, _BOILERPLATE = "language_*.toml", "language_", "boilerplate_"


class Models(NamedTuple):
    """What is read from arrays: the models of the lines of articles and of the lines of their
    fronts, and the letters of languages."""  # noqa: D205, D209 - one sentence

    lines: LineModel
    front: LineModel
    letters: Letters


def parse_registers(
    files: Mapping[str, str], models: Models, own: Mapping[str, str] | None = None
) -> Registers:
    """Parse registers from TOML text by file name, with those of one's own added to them.

    Raises `RegisterError` on a malformed one.
    """
    project = {name: parse_toml(name, text) for name, text in sorted(files.items())}
    mine = {name: parse_toml(name, text) for name, text in (own or {}).items()}
    added = added_up(project, mine)
    try:
        return _parsed(added.tables, models)
    except RegisterError as error:
        raise added.blamed(error) from error


def parse_own_catalog(own: Mapping[str, str]) -> tuple[Facts, ...]:
    """Parse what registers of one's own state of documents; raise `RegisterError` as above."""
    texts = {name: text for name, text in own.items() if is_catalog(name)}
    added = added_up({}, {name: parse_toml(name, text) for name, text in texts.items()})
    try:
        return parsed(parse_catalog, CATALOG_FILE, added.tables.get(CATALOG_FILE, {}))
    except RegisterError as error:
        raise added.blamed(error) from error


def _parsed(tables: Mapping[str, dict[str, Any]], models: Models) -> Registers:
    """Parse registers from their tables."""

    def register(parse: Callable[[dict[str, Any]], T], name: str) -> T:
        return parsed(parse, name, tables.get(name, {}))

    languages = LanguageTables({n: t for n, t in tables.items() if n.startswith(_LANGUAGES)})
    if not languages.by_file:
        raise RegisterError(_LANGUAGE_FILES, "language", "there is no such file")
    phrases = _phrases({n: t for n, t in tables.items() if n.startswith(_BOILERPLATE)})
    function_words = languages.listed("function_words")
    months = tables.get(MONTHS_FILE, {})
    authors = register(parse_author_words, AUTHORS_FILE)
    bylines = parse_byline_words(languages, authors.lines)
    return Registers(
        layout=LayoutWords(
            hyphens=parse_hyphen_words(languages),
            headings=parse_heading_words(languages),
            page_words=languages.set("page_words"),
            date_labels=languages.set("date_labels"),
            bylines=tuple(word for word in bylines.words if word not in bylines.nouns),
        ),
        lines=LineWords(
            dates=parse_date_words(languages, months),
            bylines=bylines,
            persons=parse_person_words(
                languages, phrases, authors.joiners, tables.get(NAMES_FILE, {})
            ),
            outlets=register(lambda table: parse_outlets(table, languages), "outlets.toml"),
            authors=authors,
            function_words=function_words,
        ),
        pages=PageWords(
            phrases=phrases,
            function_words=function_words,
            furniture=used_lines(register(parse_furniture, FURNITURE_FILE)),
            models=LineModels(models.lines, models.front),
        ),
        articles=ArticleWords(
            genres=register(parse_genres, "genres.toml"),
            cut_signs=register(parse_cut_signs, "completeness.toml"),
            tenses=parse_tenses(languages),
            probabilities=register(parse_probabilities, "probabilities.toml"),
            story_labels=languages.set("story_labels"),
        ),
        regions=register(
            lambda table: parse_regions(table, parse_language_orders(languages, months)),
            "regions.toml",
        ),
        catalog=register(parse_catalog, CATALOG_FILE),
        exports=register(parse_exports, "exports.toml"),
        encodings=register(lambda table: parse_encodings(table, models.letters), "encodings.toml"),
        record_fields=register(parse_record_fields, "record_fields.toml"),
        mail=register(parse_mail_words, "mail.toml"),
        file_properties=register(parse_file_properties, "file_properties.toml"),
        annotations=parse_annotation_registers(
            lambda parser, *patterns: _added_up(parser, tables, patterns), tables
        ),
    )


def parse_register(parse: Callable[[dict[str, Any]], T], name: str, text: str) -> T:
    """Parse the TOML of one register by its own parser; raise `RegisterError` where it fails."""
    return parsed(parse, name, parse_toml(name, text))


def _phrases(tables: Mapping[str, dict[str, Any]]) -> Phrases:
    """Return the phrases of all languages."""
    return gather_phrases(
        listed
        for name, table in tables.items()
        for listed in parsed(lambda table: parse_phrases(table, REASONS), name, table)
    )


def _added_up(
    parse: Callable[[dict[str, Any]], T],
    tables: Mapping[str, dict[str, Any]],
    patterns: Iterable[str],
) -> T:
    """Parse the registers that match some patterns as one; none of them repeats another's keys."""
    files: dict[str, str] = {}
    merged: dict[str, Any] = {}
    matching = ([one] if one in tables else fnmatch.filter(tables, one) for one in patterns)
    names = [name for listed in matching for name in listed]
    for name in names:
        for key, value in tables[name].items():
            if key in merged:
                raise RegisterError(name, key, f"is in {files[key]} already")
            files[key], merged[key] = name, value
    try:
        return parse(merged)
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        blamed = names[0] if len(names) == 1 else files.get(key.partition(".")[0], "registers")
        raise RegisterError(blamed, key, problem) from error
