"""The text that annotators read, and what they find in it.

All offsets count Unicode code points in ``ArticleText.text``, end exclusive. An annotation lies
in one block: it never runs over a blank line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.model import Entity, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.model import Role
    from knipsel.transforms.text.edtf import DateBounds


class TextBlock(NamedTuple):
    """A paragraph of a text, and what it is for: a role in `TEXT_ROLES`."""

    start: int
    end: int
    role: Role


class Sentence(NamedTuple):
    """A sentence of a text, without the white space around it; ``block`` is its block's index."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A text to annotate.

    ``language`` is a primary language subtag of BCP 47 (``nl``), None where it is not known.
    ``published`` are the days on which the article may have been published: times that count
    from it are as certain as it is.
    """

    text: str
    blocks: tuple[TextBlock, ...]
    sentences: tuple[Sentence, ...]
    language: str | None
    published: DateBounds


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text.

    ``name`` is the name in full as far as the text or a register tells (*Sjevel* is *Oksana
    Sjevel*), the same for all mentions of one person, body or place. ``entity`` is what a
    register knows of it. ``method`` says in a word how it was found (``register``, ``rule``,
    ``vote``); ``confidence`` lies between 0 and 1.
    """

    char_start: int
    char_end: int
    kind: Kind
    name: str
    entity: Entity | None
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something that somebody said or wrote: the words between the marks, or those reported.

    ``speaker`` is who says it, in full where the text tells, else as printed (*een
    woordvoerder*), None where it does not say; ``speaker_mention`` the index of the mention that
    names the speaker, in the order of mentions. ``cue`` is the word or phrase that attributes it.
    """

    char_start: int
    char_end: int
    speaker: str | None
    speaker_mention: int | None
    cue: str | None
    is_direct: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time that the text mentions.

    ``edtf`` is the time, None where it is not safe to say; ``anchor`` the EDTF date that it was
    counted from, None where it stands for itself.
    """

    char_start: int
    char_end: int
    edtf: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic in a text: each place where it is named, in order."""

    topic: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that annotators found in a text, each kind in the order of its places.

    ``errors`` are the errors of those that failed, by the table that they fill.
    """

    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    time_expressions: tuple[TimeExpression, ...] = ()
    topics: tuple[Topic, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
