"""What the transforms know of the world, parsed from the registers.

The registers are TOML files in ``corpus/registers``: ``language_*.toml`` (months, byline
words, function words), ``boilerplate_*.toml`` (phrases by the reason for which their line
is removed), ``outlets.toml``, ``exports.toml`` (labels of press databases),
``record_fields.toml`` and ``mail.toml`` (names of fields). The caller reads the files; this
module only parses.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from transforms.exports.register import ExportRegister, parse_exports
from transforms.file_properties import FileProperties, parse_file_properties
from transforms.furniture import parse_furniture, used_lines
from transforms.line_model import LineModel, Models
from transforms.mail_words import MailWords, parse_mail_words
from transforms.phrases import Listed, Phrases, gather_phrases, parse_phrases
from transforms.record_fields import RecordFields, parse_record_fields
from transforms.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

REASONS = {
    "navigation": "menus, breadcrumbs, buttons and lists of links",
    "share_buttons": "buttons that share, print or save, and links to social media",
    "cookie_banner": "cookie and consent notices",
    "related_links": "links to other articles, tags, and what follows an article: comments",
    "inline_link": "a link to another article in the midst of the text",
    "newsletter": "invitations to subscribe to a newsletter",
    "address": "addresses, telephone numbers and how to get in touch",
    "legal": "copyright, terms, privacy statements",
    "paywall": "invitations to pay or log in in order to read on",
    "advertisement": "advertisements and their labels",
    "metadata_header": "fields that whoever made the file put before the text",
    "export_field": "fields, labels and classification that a press database puts at an article",
    "headline_repeat": "the headline once more, as it stood in print",
    "export_index": "the cover page and the index of an export out of a press database",
    "site_label": "a label of the site at the article: its section, its name",
    "kicker": "the label before a headline, such as the genre",
    "page_number": "the number of a page",
    "running_head": "the line at the top or the foot of each page: a title, a name, a date",
    "footnote": "a note at the foot of a page or at the end of the text",
    "annotation": "a comment that someone put beside the text",
    "furniture": "a line that stands on many pages of this corpus, by its register",
    "boilerplate": "other text that is not of the article",
    "record_field": "fields of a record, a message or a file that stand beside its text",
    "alternative_text": "the article's text once more, in another field of the same record",
    "attachment": "a file that came with a message, which is not read",
    "markup": "signs of the format itself: rules, fences, addresses of links and pictures",
    "no_article": "a part of an export or a page in which there is no article",
    "invisible": "lines of characters that show nothing",
}
"""Every reason for which a span is removed, with its meaning."""

_LANGUAGE_LISTS = (
    "weekdays",
    "byline_words",
    "byline_nouns",
    "credit_words",
    "other_credits",
    "name_joiners",
    "name_particles",
    "biography_verbs",
    "date_labels",
    "update_labels",
    "date_fillers",
    "kickers",
    "outlet_beginnings",
    "outlet_endings",
    "suspended_hyphen_followers",
    "hyphen_prefixes",
    "hyphen_suffixes",
    "hyphen_between",
    "hyphenating_languages",
    "hyphen_after_names",
    "page_words",
    "title_nouns",
    "name_titles",
    "group_words",
    "leading_particles",
    "picture_labels",
)
FURNITURE_FILE = "furniture.toml"
_LANGUAGE_FILES = "language_*.toml"
_MONTHS = 12


class RegisterError(ValueError):
    """A register that cannot be used; the message names the file and the key."""

    def __init__(self, file_name: str, key: str, problem: str) -> None:
        """Say that ``key`` of ``file_name`` has ``problem``."""
        super().__init__(f"{file_name}: {key}: {problem}")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes; ``hosts`` come without ``www.``."""

    name: str
    also: tuple[str, ...]
    hosts: tuple[str, ...]
    country: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers; words are folded, and of all languages together unless said otherwise."""

    months: dict[str, int]
    weekdays: frozenset[str]
    byline_words: tuple[str, ...]
    byline_nouns: frozenset[str]
    """The byline words that titles begin with too: they need a colon or a person's name."""
    credit_words: tuple[str, ...]
    other_credits: tuple[str, ...]
    """What stands before the names of those who did something else than write: *edited by*."""
    role_words: frozenset[str]
    """Words that tell what somebody does: a name ends before them."""
    given_names: frozenset[str]
    """First names of persons; without them in a language, a name there is any name."""
    name_titles: frozenset[str]
    """What stands before a name and is no part of it: *Dr*, *mevrouw*."""
    picture_labels: tuple[str, ...]
    """What a page says of the picture of an author, before the name or behind it."""
    name_joiners: frozenset[str]
    name_particles: frozenset[str]
    group_words: frozenset[str]
    """The words for roles that a group of people has as its name: *The Harbour Team*."""
    leading_particles: frozenset[str]
    """The particles that are so before another only: *in 't Veld*, but a name *in* a section."""
    biography_verbs: frozenset[str]
    date_labels: frozenset[str]
    update_labels: frozenset[str]
    date_fillers: frozenset[str]
    kickers: frozenset[str]
    outlet_beginnings: frozenset[str]
    """Words that the names of outlets begin with, and those of persons and places do not."""
    outlet_endings: tuple[str, ...]
    """Ends of words in the names of outlets."""
    suspended_hyphen_followers: frozenset[str]
    hyphen_prefixes: frozenset[str]
    """Words that keep a hyphen before the word that they are put to: ``oud-minister``."""
    hyphen_suffixes: frozenset[str]
    """Words that are put to another with a hyphen: ``dit-il``."""
    hyphen_between: frozenset[str]
    """Letters that a hyphen keeps apart in a compound: ``auto-ongeluk``."""
    hyphenating_languages: frozenset[str]
    """Languages whose compounds have a hyphen; others write them as one word."""
    hyphen_after_names: frozenset[str]
    """Languages that put one only where a compound begins with a name."""
    page_words: frozenset[str]
    """Words that stand beside the number of a page."""
    articles: dict[str, frozenset[str]]
    """By language."""
    sentence_openers: dict[str, frozenset[str]]
    """By language: words that open a sentence, and seldom a name or a title, as articles do."""
    sentence_capitals: frozenset[str]
    """The words that open a sentence and the articles of all languages, each with its capital."""
    title_nouns: tuple[str, ...]
    """Nouns that a title stands behind, and that compounds end in: ``film``."""
    sentence_verbs: dict[str, frozenset[str]]
    """By language: finite verbs. Where one stands is a sentence, or something said."""
    function_words: frozenset[str]
    plain_words: frozenset[str]
    """The words of phrases and of running text that are no first names: of buttons, of titles."""
    phrases: Phrases
    furniture: frozenset[str]
    """Lines that are no article's, by `transforms.furniture.furniture_key`."""
    line_model: LineModel
    front_model: LineModel
    outlets: tuple[Outlet, ...]
    outlets_by_name: dict[str, str]
    """The outlet's name by each folded spelling of it."""
    agencies: frozenset[str]
    """The spellings of the outlets that are news agencies: no authors, but named as such."""
    outlets_by_host: dict[str, str]
    exports: ExportRegister
    record_fields: RecordFields
    mail: MailWords
    file_properties: FileProperties


def parse_registers(files: Mapping[str, str], models: Models) -> Registers:
    """Parse registers from TOML text by file name; raise `RegisterError` on a malformed one."""
    tables = {name: _parse(name, text) for name, text in sorted(files.items())}
    languages = {n: t for n, t in tables.items() if n.startswith("language_")}
    boilerplate = {n: t for n, t in tables.items() if n.startswith("boilerplate_")}
    if not languages:
        raise RegisterError(_LANGUAGE_FILES, "language", "there is no such file")
    outlets = _outlets("outlets.toml", tables.get("outlets.toml", {}))
    lists = {key: _gather(languages, key) for key in _LANGUAGE_LISTS}
    phrases = gather_phrases(_phrases(boilerplate))
    given_names = _word_list(languages, "given_names")
    function_words = _word_list(languages, "function_words")
    return Registers(
        months=_months(languages),
        weekdays=frozenset(lists["weekdays"]),
        byline_words=_longest_first(lists["byline_words"]),
        byline_nouns=frozenset(lists["byline_nouns"]),
        credit_words=_longest_first(lists["credit_words"]),
        other_credits=_longest_first(lists["other_credits"]),
        role_words=frozenset(
            fold(word)
            for name, table in languages.items()
            for word in _strings(name, "role_words", table.get("role_words", []))
        ),
        given_names=given_names,
        name_titles=frozenset(lists["name_titles"]),
        picture_labels=_longest_first(lists["picture_labels"]),
        name_joiners=frozenset(lists["name_joiners"]),
        name_particles=frozenset(lists["name_particles"]),
        group_words=frozenset(lists["group_words"]),
        leading_particles=frozenset(lists["leading_particles"]),
        biography_verbs=frozenset(lists["biography_verbs"]),
        date_labels=frozenset(lists["date_labels"]),
        update_labels=frozenset(lists["update_labels"]),
        date_fillers=frozenset(lists["date_fillers"]),
        kickers=frozenset(lists["kickers"]),
        outlet_beginnings=frozenset(lists["outlet_beginnings"]),
        outlet_endings=_longest_first(lists["outlet_endings"]),
        suspended_hyphen_followers=frozenset(lists["suspended_hyphen_followers"]),
        hyphen_prefixes=frozenset(lists["hyphen_prefixes"]),
        hyphen_suffixes=frozenset(lists["hyphen_suffixes"]),
        hyphen_between=frozenset(lists["hyphen_between"]),
        hyphenating_languages=frozenset(lists["hyphenating_languages"]),
        hyphen_after_names=frozenset(lists["hyphen_after_names"]),
        page_words=frozenset(lists["page_words"]),
        articles=_by_language(languages, "articles"),
        sentence_openers=_by_language(languages, "sentence_openers"),
        sentence_capitals=frozenset(
            word.capitalize()
            for key in ("sentence_openers", "articles")
            for word in _gather(languages, key)
        ),
        title_nouns=_longest_first(lists["title_nouns"]),
        sentence_verbs=_by_language(languages, "sentence_verbs"),
        function_words=function_words,
        plain_words=_plain_words(phrases, function_words - {*lists["name_particles"]})
        - given_names,
        phrases=phrases,
        furniture=used_lines(
            _own_parser(parse_furniture, FURNITURE_FILE, tables.get(FURNITURE_FILE, {}))
        ),
        line_model=models.lines,
        front_model=models.front,
        outlets=outlets,
        outlets_by_name={fold(s): o.name for o in outlets for s in (o.name, *o.also)},
        agencies=frozenset(
            fold(s) for o in outlets if o.kind == "agency" for s in (o.name, *o.also)
        ),
        outlets_by_host={host: o.name for o in outlets for host in o.hosts},
        file_properties=_own_parser(
            parse_file_properties, "file_properties.toml", tables.get("file_properties.toml", {})
        ),
        record_fields=_own_parser(
            parse_record_fields, "record_fields.toml", tables.get("record_fields.toml", {})
        ),
        mail=_own_parser(parse_mail_words, "mail.toml", tables.get("mail.toml", {})),
        exports=_own_parser(parse_exports, "exports.toml", tables.get("exports.toml", {})),
    )


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(name, "file", str(error)) from error


def _strings(name: str, key: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RegisterError(name, key, "must be a list of strings")
    return [str(item) for item in value]


def _string(name: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise RegisterError(name, key, "must be a string that is not empty")
    return value


def _gather(languages: Mapping[str, dict[str, Any]], key: str) -> list[str]:
    return [
        fold(word)
        for name, table in languages.items()
        for word in _strings(name, key, table.get(key))
    ]


def _by_language(languages: Mapping[str, dict[str, Any]], key: str) -> dict[str, frozenset[str]]:
    return {
        _string(name, "language", table.get("language")): frozenset(_gather({name: table}, key))
        for name, table in languages.items()
    }


def _longest_first(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(items), key=lambda item: (-len(item), item)))


def _months(languages: Mapping[str, dict[str, Any]]) -> dict[str, int]:
    months: dict[str, int] = {}
    for name, table in languages.items():
        rows = table.get("months")
        if not isinstance(rows, list) or len(rows) != _MONTHS:
            raise RegisterError(name, "months", "must be twelve lists of names")
        for number, row in enumerate(rows, 1):
            for month in _strings(name, "months", row):
                if months.setdefault(fold(month), number) != number:
                    raise RegisterError(name, "months", f"{month!r} is two months")
    return months


def _word_list(languages: Mapping[str, dict[str, Any]], key: str) -> frozenset[str]:
    """Return the words that the languages list in one string each, for there are many."""
    return frozenset(
        word
        for name, table in languages.items()
        for word in _string(name, key, table.get(key)).casefold().split()
    )


def _plain_words(phrases: Phrases, function_words: frozenset[str]) -> frozenset[str]:
    return function_words | {word for line in phrases.lines for word in line.split()}


def _phrases(tables: Mapping[str, dict[str, Any]]) -> list[Listed]:
    """Return the phrases of all languages."""
    return [
        listed
        for name, table in tables.items()
        for listed in _own_parser(lambda table: parse_phrases(table, REASONS), name, table)
    ]


def parse_register(parse: Callable[[dict[str, Any]], T], name: str, text: str) -> T:
    """Parse the TOML of one register by its own parser; raise `RegisterError` where it fails."""
    return _own_parser(parse, name, _parse(name, text))


def _own_parser(parse: Callable[[dict[str, Any]], T], name: str, table: dict[str, Any]) -> T:
    """Parse a register by a module of its own, whose errors are ``key: problem``."""
    try:
        return parse(table)
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        raise RegisterError(name, key, problem) from error


def _outlets(name: str, table: dict[str, Any]) -> tuple[Outlet, ...]:
    rows = table.get("outlets", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RegisterError(name, "outlets", "must be a list of tables")
    return tuple(
        Outlet(
            name=_string(name, "outlets.name", row.get("name")),
            also=tuple(_strings(name, "outlets.also", row.get("also", []))),
            hosts=tuple(_strings(name, "outlets.hosts", row.get("hosts"))),
            country=_string(name, "outlets.country", row.get("country")),
            language=_string(name, "outlets.language", row.get("language")),
            kind=_string(name, "outlets.kind", row.get("kind")),
        )
        for row in rows
    )
