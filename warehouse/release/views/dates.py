"""Dates in SQL: the month and the year to count by, and words for people.

The words are those of `knipsel.transforms.text.edtf_words`, which a test compares.
"""

from __future__ import annotations

from knipsel.transforms.text.edtf_words import DOUBTS, SEASONS
from knipsel.warehouse.sql import quoted

_PUBLISHED, _FIRST, _LAST = (
    f"articles.date_published{end}" for end in ("", "_not_before", "_not_after")
)
_SEASONS = f"[{', '.join(map(quoted, SEASONS))}]"
_SEASON, _DECADE = quoted(r"\d{4}-2[1-4]"), quoted(r"\d{3}X")


def _within(unit: str, form: str) -> str:
    """Return the unit of the calendar in which an article was published, null where unknown.

    What only bounds the date, where it is not known, is nothing to count by.
    """
    return (
        f"CASE WHEN {_PUBLISHED} IS NOT NULL AND date_trunc('{unit}', {_FIRST}) = "
        f"date_trunc('{unit}', {_LAST}) THEN {form} END"
    )


MONTH_PUBLISHED = _within("month", f"strftime({_FIRST}, '%Y-%m')")
YEAR_PUBLISHED = _within("year", f"year({_FIRST})")
"""Of the table ``articles``: as text, such as ``2023-03``, and as a number."""


def _day(day: str) -> str:
    return f"strftime({day}, '%-d %B ') || year({day})"


def _from(day: str) -> str:
    return (
        f"CASE WHEN day({day}) > 1 THEN {_day(day)} WHEN month({day}) > 1 "
        f"THEN monthname({day}) || ' ' || year({day}) ELSE year({day})::VARCHAR END"
    )


def _between(first: str, last: str, unit: str) -> str:
    """Return two ends in words, where ``unit`` is the form of what is said before the year."""
    begin, end = (f"strftime({one}, '{unit}')" for one in (first, last))
    whole_end = f"{end} || ' ' || year({last})"
    return f"""CASE
        WHEN year({first}) < year({last})
            THEN 'between ' || {begin} || ' ' || year({first}) || ' and ' || {whole_end}
        WHEN {begin} = {end} THEN {whole_end}
        ELSE 'between ' || {begin} || ' and ' || {whole_end} END"""


def _span(first: str, last: str) -> str:
    """Return the days from the first to the last in words."""
    is_years = f"strftime({first}, '%m%d') = '0101' AND strftime({last}, '%m%d') = '1231'"
    years = f"'between ' || year({first}) || ' and ' || year({last})"
    return f"""CASE
        WHEN {first} IS NULL THEN 'before ' || {_from(f"({last} + 1)")}
        WHEN {last} IS NULL THEN 'from ' || {_from(first)} || ' on'
        WHEN {first} = {last} THEN {_day(first)}
        WHEN {is_years} AND year({first}) = year({last}) THEN year({first})::VARCHAR
        WHEN {is_years} THEN {years}
        WHEN day({first}) = 1 AND last_day({last}) = {last} THEN {_between(first, last, "%B")}
        WHEN date_trunc('month', {first}) = date_trunc('month', {last})
            THEN 'between ' || day({first}) || ' and ' || {_day(last)}
        ELSE {_between(first, last, "%-d %B")} END"""


def in_words(edtf: str, first: str, last: str) -> str:
    """Return the expression for a date in words, of its EDTF and the days that bound it."""
    doubts = " ".join(
        f"WHEN contains({edtf}, '{one}') THEN '{said}'" for one, said in DOUBTS.items()
    )
    return f"""CASE
        WHEN {edtf} IS NULL THEN NULL
        WHEN regexp_full_match({edtf}, {_SEASON})
            THEN {_SEASONS}[{edtf}[7:7]::INTEGER] || ' ' || {edtf}[1:4]
        WHEN regexp_full_match({edtf}, {_DECADE}) THEN 'the ' || {edtf}[1:3] || '0s'
        ELSE CASE WHEN contains({edtf}, '/') THEN '' {doubts} ELSE '' END || {_span(first, last)}
        END"""


PUBLISHED_IN_WORDS = in_words(_PUBLISHED, _FIRST, _LAST)
