"""What the transforms know of the world, parsed from the registers.

The registers are TOML files in ``corpus/registers``: ``language_*.toml`` (months, byline
words, function words), ``boilerplate_*.toml`` (phrases by the reason for which their line
is removed), ``outlets.toml``, ``exports.toml`` (labels of press databases),
``record_fields.toml`` and ``mail.toml`` (names of fields), ``months.toml`` (months of other
languages), ``regions.toml`` (countries), and those of the annotators
(`knipsel.transforms.annotate.registers`), in folders of their own too. The
caller reads the files; this module only parses.
"""

from __future__ import annotations

import fnmatch
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from knipsel.transforms.annotate.registers import parse_annotation_registers
from knipsel.transforms.clean.furniture import parse_furniture, used_lines
from knipsel.transforms.clean.lines.model import Models
from knipsel.transforms.clean.reasons import REASONS
from knipsel.transforms.describe.facts import parse_catalog
from knipsel.transforms.registers.boilerplate_phrases import (
    Listed,
    Phrases,
    gather_phrases,
    parse_phrases,
)
from knipsel.transforms.registers.checked import strings
from knipsel.transforms.registers.completeness import parse_cut_signs
from knipsel.transforms.registers.exports import parse_exports
from knipsel.transforms.registers.file_properties import parse_file_properties
from knipsel.transforms.registers.genres import parse_genres
from knipsel.transforms.registers.mail import parse_mail_words
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.months import add_months
from knipsel.transforms.registers.outlets import (
    outlets_by_host,
    outlets_by_name,
    parse_outlets,
)
from knipsel.transforms.registers.record_fields import parse_record_fields
from knipsel.transforms.registers.regions import parse_regions, parse_slash_order
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knipsel.transforms.registers.regions import Order


T = TypeVar("T")

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
    "story_labels",
    "name_titles",
    "group_words",
    "leading_particles",
    "picture_labels",
)
CATALOG_FILE = "catalog.toml"
FURNITURE_FILE = "furniture.toml"
_LANGUAGE_FILES = "language_*.toml"
_MONTHS_FILE = "months.toml"


class RegisterError(ValueError):
    """A register that cannot be used; the message names the file and the key."""

    def __init__(self, file_name: str, key: str, problem: str) -> None:
        """Say that ``key`` of ``file_name`` has ``problem``."""
        super().__init__(f"{file_name}: {key}: {problem}")


def parse_registers(files: Mapping[str, str], models: Models) -> Registers:
    """Parse registers from TOML text by file name; raise `RegisterError` on a malformed one."""
    tables = {name: _parse(name, text) for name, text in sorted(files.items())}
    languages = {n: t for n, t in tables.items() if n.startswith("language_")}
    boilerplate = {n: t for n, t in tables.items() if n.startswith("boilerplate_")}
    if not languages:
        raise RegisterError(_LANGUAGE_FILES, "language", "there is no such file")
    outlets = _own_parser(parse_outlets, "outlets.toml", tables.get("outlets.toml", {}))
    lists = {key: _gather(languages, key) for key in _LANGUAGE_LISTS}
    phrases = gather_phrases(_phrases(boilerplate))
    given_names = _word_list(languages, "given_names")
    function_words = _word_list(languages, "function_words")
    return Registers(
        months=_months(languages, tables.get(_MONTHS_FILE, {})),
        slash_orders=_slash_orders(languages, tables.get(_MONTHS_FILE, {})),
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
        dated_beginnings=_longest_first(lists["date_labels"]),
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
        past_words=_by_language(languages, "past_words"),
        future_words=_by_language(languages, "future_words"),
        year_cues=_by_language(languages, "year_cues"),
        since_words=_by_language(languages, "since_words"),
        ahead_words=_by_language(languages, "ahead_words"),
        genres=_own_parser(parse_genres, "genres.toml", tables.get("genres.toml", {})),
        cut_signs=_own_parser(
            parse_cut_signs, "completeness.toml", tables.get("completeness.toml", {})
        ),
        story_labels=frozenset(lists["story_labels"]),
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
        outlets_named={outlet.name: outlet for outlet in outlets},
        outlets_by_name=outlets_by_name(outlets),
        outlets_by_host=outlets_by_host(outlets),
        catalog=_own_parser(parse_catalog, CATALOG_FILE, tables.get(CATALOG_FILE, {})),
        agencies=frozenset(
            fold(s) for o in outlets if o.kind == "agency" for s in (o.name, *o.also)
        ),
        file_properties=_own_parser(
            parse_file_properties, "file_properties.toml", tables.get("file_properties.toml", {})
        ),
        record_fields=_own_parser(
            parse_record_fields, "record_fields.toml", tables.get("record_fields.toml", {})
        ),
        regions=_own_parser(parse_regions, "regions.toml", tables.get("regions.toml", {})),
        mail=_own_parser(parse_mail_words, "mail.toml", tables.get("mail.toml", {})),
        exports=_own_parser(parse_exports, "exports.toml", tables.get("exports.toml", {})),
        annotations=parse_annotation_registers(
            lambda parser, *patterns: _added_up(parser, tables, patterns), tables
        ),
    )


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(name, "file", str(error)) from error


def _strings(name: str, key: str, value: object) -> list[str]:
    return _own_parser(lambda table: strings(key, table[key]), name, {key: value})


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


def _months(tables: Mapping[str, dict[str, Any]], others: Mapping[str, Any]) -> dict[str, int]:
    """Return the months of the languages with a register of their own, and of the others."""
    months: dict[str, int] = {}
    rows = [*tables.items(), *((_MONTHS_FILE, others[code]) for code in others)]
    for name, table in rows:
        _own_parser(lambda table: add_months(months, table), name, table)
    return months


def _slash_orders(
    languages: Mapping[str, dict[str, Any]], others: Mapping[str, Any]
) -> dict[str, Order]:
    rows = [(_string(n, "language", t.get("language")), n, t) for n, t in languages.items()]
    rows += [(code, _MONTHS_FILE, table) for code, table in others.items()]
    found = {code: _own_parser(parse_slash_order, name, table) for code, name, table in rows}
    return {code: order for code, order in found.items() if order}


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


def _added_up(
    parse: Callable[[dict[str, Any]], T],
    tables: Mapping[str, dict[str, Any]],
    patterns: Iterable[str],
) -> T:
    """Parse the registers that match some patterns as one; none of them repeats another's keys."""
    files: dict[str, str] = {}
    merged: dict[str, Any] = {}
    for name in (name for one in patterns for name in fnmatch.filter(tables, one)):
        for key, value in tables[name].items():
            if key in merged:
                raise RegisterError(name, key, f"is in {files[key]} already")
            files[key], merged[key] = name, value
    try:
        return parse(merged)
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        raise RegisterError(files.get(key.partition(".")[0], "registers"), key, problem) from error


def _own_parser(parse: Callable[[dict[str, Any]], T], name: str, table: dict[str, Any]) -> T:
    """Parse a register by a module of its own, whose errors are ``key: problem``."""
    try:
        return parse(table)
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        raise RegisterError(name, key, problem) from error
