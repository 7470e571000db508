"""What each register may hold: the keys that its parser reads, and how their values add up.

A test compares them with what the parsers read, so that no key is refused that has a meaning,
and none is taken that has none.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from knipsel.transforms.registers.annotations.quotations import WordSets
from knipsel.transforms.registers.annotations.times import CODES, Tense
from knipsel.transforms.registers.articles.probabilities import FIELDS, LEAST, TEXT
from knipsel.transforms.registers.files import exports
from knipsel.transforms.registers.lines import authors
from knipsel.transforms.registers.own.languages import is_language
from knipsel.transforms.registers.own.shapes import (
    IN_ORDER,
    NUMBER,
    PHRASES,
    TRUTH,
    Entries,
    Items,
    Rows,
    Shape,
    Table,
    Value,
    Words,
)
from knipsel.transforms.registers.pages.phrases import KINDS
from knipsel.transforms.registers.pages.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS, _ITEMS, _TEXT = Words(), Items(), Value()
_LISTS = Table(others=_ITEMS)
_MONTHS, _WEEKDAYS, _SEASONS = Rows(12), Rows(7), Rows(4)


def _each(keys: Iterable[str], shape: Shape) -> dict[str, Shape]:
    return dict.fromkeys(keys, shape)


LANGUAGE = Table(
    _each(
        (
            *("ahead_words", "articles", "as_of_labels", "biography_verbs", "byline_nouns"),
            "byline_words",
            *("credit_words", "date_fillers", "date_labels", "future_words", "group_words"),
            *("hyphen_after_names", "hyphen_between", "hyphen_prefixes", "hyphen_suffixes"),
            *("hyphenating_languages", "kickers", "leading_particles", "name_joiners"),
            *("name_particles", "name_titles", "other_credits", "other_date_labels"),
            "outlet_beginnings",
            *("outlet_endings", "page_words", "past_words", "picture_labels", "role_words"),
            *("sentence_openers", "sentence_verbs", "since_words", "story_labels"),
            *("suspended_hyphen_followers", "title_nouns", "update_labels", "weekdays"),
            "posted_lines",
            "year_cues",
        ),
        _ITEMS,
    )
    | _each(("given_names", "function_words"), _WORDS)
    | {"months": _MONTHS, "slash_order": _TEXT, "language": _TEXT}
)
BOILERPLATE = Table({"language": _TEXT} | _each(REASONS, Table(_each(KINDS, PHRASES))))
QUOTATIONS = Table(
    _each((one.name for one in fields(WordSets)), _WORDS)
    | _each(("role_endings", "manner_endings", "age_endings"), _WORDS)
    | _each(("body_endings", "general_body_endings", "only_body_endings"), _WORDS)
    | _each(("asking", "same_roles", "sources", "split_verbs"), _ITEMS)
    | _each(("has_capital_nouns", "is_verb_second"), TRUTH)
    | {"language": _TEXT}
)

_UNITS = Table(
    _each(
        ("day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century"), _ITEMS
    )
)
_NUMBERS = Table(
    _each(("ones", "tens", "ordinals"), IN_ORDER)
    | _each(("joints", "ordinal_endings", "decade_endings"), _ITEMS)
    | _each(("order", "hundred", "thousand"), _TEXT)
    | _each(("more", "decade_names"), Table(others=NUMBER))
    | {"ones_joined": _LISTS}
)
_RELATIVE = ("last", "past", "final", "coming", "next", "this", "that", "same")
_TRUTHS = ("noun_capitals", "verb_second")
_TENSE = (
    *(one for one in Tense._fields if one not in {"participle", *_TRUTHS}),
    "participles",
)
_BLOCKED = ("before", "before_units", "before_numbers", "after", "phrases")
TIMES = Table(
    {
        "language": _TEXT,
        "month_first": TRUTH,
        "dotted_ordinals": TRUTH,
        "months": _MONTHS,
        "weekdays": _WEEKDAYS,
        "seasons": _SEASONS,
        "dayparts": _ITEMS,
        "days": Table(others=NUMBER),
        "units": _UNITS,
        "unit_plurals": _UNITS,
        "parts": Table(_each(("begin", "middle", "end"), _ITEMS)),
        "numbers": _NUMBERS,
        "words": Table(_each((*CODES, *_RELATIVE), _ITEMS)),
        "blocked": Table(_each(_BLOCKED, _ITEMS)),
        "years": Table(_each(("cues", "day_cues", "counted", "round_followers"), _ITEMS)),
        "tense": Table(_each(_TENSE, _ITEMS) | _each(_TRUTHS, TRUTH)),
        "holidays": _LISTS,
    }
)
SENTENCES = Table(
    others=Table(
        _each(("abbreviations", "openers", "articles"), _ITEMS) | {"dotted_ordinals": TRUTH}
    ),
    is_other=lambda name: name == "all" or is_language(name),
)

_ENTITY = Table(_each(("name", "uri"), _TEXT) | {"names": _ITEMS, "in_compounds": TRUTH})
ENTITIES = Table(_each(("person", "organisation", "place"), Table(others=_ENTITY)))
NAMES = Table(
    _each(("people", "places", "joined", "organisations", "others", "club_places"), _WORDS)
    | _each(("country_codes", "given_names", "given_places", "family_names"), _WORDS)
    | {"entity_language": _TEXT}
    | _each(("feminine_names", "masculine_names"), _WORDS)
)
NAME_WORDS = Table(
    dict(NAMES.keys)
    | _each(("titles", "title_ends", "place_cues", "place_nouns", "place_ends"), _WORDS)
    | _each(("sure_place_ends", "place_words", "place_heads", "place_lookalikes"), _WORDS)
    | _each(("organisation_nouns", "organisation_noun_ends", "organisation_heads"), _WORDS)
    | _each(("organisation_words", "organisation_ends", "organisation_joiners"), _WORDS)
    | _each(("work_nouns", "speech", "speech_before", "department_words"), _WORDS)
    | _each(("department_names", "particles", "openers", "demonyms", "other_words"), _WORDS)
    | _each(("months", "weekdays", "calendar_cues"), _WORDS)
    | {"sport_words": _WORDS, "capital_nouns": TRUTH, "language": _TEXT}
)
TOPICS = Table(
    others=Table(
        _each(("name", "meaning", "iptc"), _TEXT)
        | {"excludes": Table(others=_ITEMS, is_other=is_language)},
        _ITEMS,
        is_language,
    )
)
RECOGNISER = Table({"spacy": _TEXT})

_OUTLET = Table(
    _each(("name", "country", "language", "kind"), _TEXT)
    | _each(("also", "hosts"), _ITEMS)
    | {"founded": Value(int, "a year")}
)
OUTLETS = Table(
    {
        "outlets": Entries(_OUTLET, by="name"),
        "places": Table(others=_ITEMS),
        **_each(("editions", "articles", "legal_forms", "owner_words"), _ITEMS),
        **_each(("rights", "made_by", "holder_words"), _ITEMS),
    }
)
GENRES = Table({"genres": _LISTS, "types": _LISTS})
COMPLETENESS = Table(_each(("cut_lines", "more_lines", "cut_endings", "declared_endings"), _ITEMS))
MONTHS = Table(
    others=Table(
        _each(("date_labels", "update_labels", "other_labels", "posted_lines"), _ITEMS)
        | {"months": _MONTHS, "slash_order": _TEXT}
    ),
    is_other=is_language,
)
REGIONS = Table(
    {
        "slash_order": Table(_each(("day", "month"), _ITEMS)),
        "domains": Table(others=_TEXT),
        "worldwide": _ITEMS,
    }
)
MAIL = Table({**_each(("subject_prefixes", "forward_lines", "offices"), _ITEMS), "labels": _LISTS})
RECORD_FIELDS = Table(
    {
        "fields": _LISTS,
        **_each(
            ("wrappers", "alternatives", "parts", "text_in_parts", "feed_endings", "nothing"),
            _ITEMS,
        ),
    }
)
_PAGE = Table(_each(("codec", "name", "languages"), _TEXT) | _each(("unlikely", "bytes"), NUMBER))
_SIGN = Table(_each(("characters", "place", "opened_by"), _TEXT) | {"one_in": NUMBER})
ENCODINGS = Table(
    {
        "pages": Entries(_PAGE, by="codec"),
        "aliases": Table(others=_TEXT),
        "signs": Entries(
            Table(_each(("characters", "place", "opened_by"), _TEXT) | {"one_in": NUMBER})
        ),
    }
)
FILE_PROPERTIES = Table(_each(("titles", "title_beginnings", "authors"), _ITEMS))
_CURVE = {"scores": IN_ORDER, "shares": IN_ORDER}
PROBABILITIES = Table(
    _each(FIELDS, Table(_CURVE | {"bias": NUMBER, "weights": Table(others=NUMBER)}))
    | {TEXT: Table(_CURVE), LEAST: NUMBER}
)
AUTHORS = Table(_each(authors.KEYS, _ITEMS))
EXPORTS = Table(
    {
        "lines": Table(_each(exports.LINES, _ITEMS)),
        "labels": _LISTS,
        "records": _LISTS,
        "languages": _LISTS,
        "seasons": Table(_each(("21", "22", "23", "24"), _ITEMS)),
        "phrases": Table(_each(exports.PHRASES, _ITEMS)),
        "factiva": _LISTS,
    }
)
_FACTS = Table(
    _each(
        (
            *("headline", "alternative_headline", "description", "author", "publisher"),
            *("hostname", "url", "date_published", "dateline", "genre", "language"),
            *("article_section", "completeness", "license", "copyright_notice"),
            *("sha256", "file_name", "encoding", "note"),
        ),
        _TEXT,
    )
    | {
        "authors": _ITEMS,
        "article": Value(int, "a number"),
        "split_before": Value((str, bool), "a line, or false"),
    }
)
CATALOG = Table({"documents": Entries(_FACTS)})
