"""What a corpus can say against a value, with what that means for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Effect = Literal["rejected", "lowered", "warning"]
"""Whether a value is taken away, made less sure, or only looked at by a person."""

REJECTED: Effect = "rejected"
LOWERED: Effect = "lowered"
WARNING: Effect = "warning"


@dataclass(frozen=True, slots=True)
class CorpusRule:
    """A rule across the articles of an outlet: the field that it is about, and its meaning."""

    name: str
    field: str
    message: str


TEXT = "text"
"""The field of rules about the body."""

RULES = tuple(
    CorpusRule(*rule)
    for rule in (
        (
            "repeated_headline",
            "headline",
            "The headline stands in more articles of the outlet than one that is their own.",
        ),
        (
            "repeated_description",
            "description",
            "The lead stands in more articles of the outlet than one that is their own.",
        ),
        (
            "repeated_author",
            "author",
            "The author stands in many articles of the outlet, which name others besides.",
        ),
        (
            "repeated_day",
            "date_published",
            "The day stands in more articles of the outlet than its other days let expect.",
        ),
        ("outlet_as_headline", "headline", "The headline is the name of the outlet."),
        ("outlet_as_author", "author", "The author is the outlet, or an imprint of it."),
        (
            "headline_of_another",
            "headline",
            "The headline is that of another article of the outlet, with another text.",
        ),
        (
            "year_out_of_run",
            "date_published",
            "The day lies years from all others of the outlet.",
        ),
        (
            "day_out_of_order",
            "date_published",
            "The days of the articles in the file are in order, but for this one.",
        ),
        (
            "other_language",
            "language",
            "The language is not that of the outlet's other articles.",
        ),
        (
            "other_publisher",
            "publisher",
            "The articles of this host or folder name another publisher.",
        ),
        (
            "extended_author",
            "author",
            "The author is another one of the outlet, with other words beside the name.",
        ),
        (
            "none_left",
            "date_published",
            "There is no day: all that the document gives for one cannot be.",
        ),
        (
            "unlike_length",
            TEXT,
            "The text is far shorter or longer than the outlet's others.",
        ),
        (
            "repeated_opening",
            TEXT,
            "The first paragraph opens other articles of the outlet, too.",
        ),
        (
            "repeated_ending",
            TEXT,
            "The last paragraph ends other articles of the outlet, too.",
        ),
        (
            "repeated_paragraph",
            TEXT,
            "A paragraph stands in many articles of the outlet.",
        ),
        (
            "ends_in_another",
            TEXT,
            "The text ends in the headline or the beginning of another article.",
        ),
        (
            "shared_stretch",
            TEXT,
            "A long paragraph stands in another article of the outlet, which is no copy.",
        ),
        (
            "doubled_paragraph",
            TEXT,
            "A long paragraph stands in the text twice.",
        ),
    )
)
"""Every rule, those that change values first."""

BY_NAME = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class CorpusBounds:
    """What a person may set of these rules.

    ``repeats`` is in how many articles of an outlet a value may stand before it is looked at;
    ``lowered`` what a doubtful value's confidence is multiplied by; ``threshold`` the confidence
    below which a value that was looked at is not carried; ``run_years`` how many years a day lies
    apart from all others to be out of their run; ``length_ratio`` how many times a text is shorter
    or longer than those of its outlet are on average.
    """

    repeats: float = 4.0
    lowered: float = 0.6
    threshold: float = 0.5
    run_years: float = 3.0
    length_ratio: float = 8.0

    @property
    def version(self) -> str:
        """What of the rules decides which values articles carry."""
        return f"{RULES_VERSION}:{self}"


RULES_VERSION = 1
"""Raised whenever the rules may find something else in the same corpus."""


def nobody(name: str) -> bool:
    """Tell of no name that it is a person's: for who has no register of them."""
    del name
    return False


@dataclass(frozen=True, slots=True)
class CorpusCheck:
    """How a corpus is checked: by which bounds, and what tells a person's name from others."""

    bounds: CorpusBounds = field(default_factory=CorpusBounds)
    is_person: Callable[[str], bool] = nobody
