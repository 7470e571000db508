"""The words of dates: the names of months and weekdays, and what stands beside a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.registers.lines.months import add_months
from knipsel.transforms.registers.tables import parsed
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.tables import LanguageTables

Order = Literal["day", "month", "year"]
"""What a date of digits begins with. Where that is the year, a date that ends in one in full is
read as if no order were known, and one that may end in two digits of a year is not read."""

_ANYTHING = "…"
FIRST_LETTERS = 4
"""Letters of a line that are compared before the whole beginning of a sentence is."""
MONTHS_FILE = "months.toml"
"""The months of languages without a table of their own."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Folded words of all languages together."""

    months: Mapping[str, int]
    """Numbers by names, which `knipsel.transforms.registers.lines.months.month_of` looks up."""
    weekdays: frozenset[str]
    labels: frozenset[str]
    beginnings: tuple[str, ...]
    """The labels, longest first."""
    update_labels: frozenset[str]
    other_labels: tuple[str, ...]
    """The labels of days that are none of publication, longest first: *printed*, *born*."""
    as_of: tuple[str, ...]
    """The labels of a day up to which a text is right, longest first: under it that of a check."""
    label_words: frozenset[str]
    """The words that the labels of dates and of updates consist of."""
    beside: frozenset[str]
    """Weekdays, and what else stands beside a date and says nothing: *om*, *uur*."""
    posted: tuple[tuple[str, str], ...] = ()
    """How a sentence begins that says when a text was posted, and what else stands in it."""
    posted_begin: frozenset[str] = frozenset()
    """The first letters of such sentences, by which most lines are told from them."""
    order: Order | None = None
    """What dates such as 3/4/2023 begin with in the document at hand, where that is known."""


def parse_date_words(languages: LanguageTables, others: Mapping[str, Any]) -> DateWords:
    """Parse the words of dates; ``others`` are those of languages without a table."""
    weekdays = languages.set("weekdays")
    labels = languages.set("date_labels") | _labels(others, "date_labels")
    update_labels = languages.set("update_labels") | _labels(others, "update_labels")
    other_labels = languages.set("other_date_labels") | _labels(others, "other_labels")
    posted = languages.set("posted_lines") | _labels(others, "posted_lines")
    return DateWords(
        months=_months(languages, others),
        weekdays=weekdays,
        labels=labels,
        beginnings=_longest_first(labels),
        update_labels=update_labels,
        other_labels=_longest_first(other_labels),
        as_of=languages.longest_first("as_of_labels"),
        label_words=frozenset(word for label in labels | update_labels for word in label.split()),
        beside=weekdays | languages.set("date_fillers"),
        posted=tuple(_sentence(line) for line in _longest_first(posted)),
        posted_begin=frozenset(line[:FIRST_LETTERS] for line in posted),
    )


def _labels(others: Mapping[str, Any], key: str) -> frozenset[str]:
    """Return the labels under a key of all languages without a table, folded."""
    return frozenset(
        fold(label)
        for table in others.values()
        for label in parsed(
            lambda table: strings(key, table.get(key, []), "must be a list of labels"),
            MONTHS_FILE,
            table,
        )
    )


def _sentence(line: str) -> tuple[str, str]:
    begin, _, other = line.partition(_ANYTHING)
    return begin.strip(), other.strip()


def _longest_first(labels: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


def _months(languages: LanguageTables, others: Mapping[str, Any]) -> dict[str, int]:
    months: dict[str, int] = {}
    rows = [*languages.by_file.items(), *((MONTHS_FILE, table) for table in others.values())]
    for name, table in rows:
        parsed(lambda table: add_months(months, table), name, table)
    return months
