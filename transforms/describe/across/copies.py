"""What copies of an article say of it: they are witnesses of each other, within one outlet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.across.settle import COPY
from knipsel.transforms.registers.articles.facts import CURATED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knipsel.transforms.model import Statement

TOLD = ("headline", "author", "date_published")
"""What a copy tells: the rest may differ between forms of one article."""
_LOSS = 0.95
"""What a copy says is a little less sure than what an article says of itself: a revision may have
another day, and among equals the article's own word counts."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Copy:
    """A member of a cluster: its outlet, and whether it is a witness for others.

    One whose outlet is not known (``may_give`` is false) may receive, but not give; nor does what
    is cut off (``is_whole`` is false).
    """

    article_id: str
    outlet: str
    may_give: bool
    is_whole: bool


def received(
    cluster: Sequence[Copy],
    carried: Mapping[str, Sequence[Statement]],
    excerpts: Collection[tuple[str, str]],
) -> dict[str, list[Statement]]:
    """Return for each member of a cluster what its copies of the same outlet say.

    ``carried`` is what each carries by itself; ``excerpts`` are pairs of which one is part of the
    other, either way round. Where copies say the same, the surest is the witness, the first by its
    identifier among equals.
    """
    outlets = {one.outlet for one in cluster if one.may_give}
    found: dict[str, list[Statement]] = {}
    for one in cluster:
        of = {one.outlet} if one.may_give else outlets
        if len(of) != 1:
            continue
        said = (
            _as_told(statement, one.article_id)
            for other in sorted(cluster, key=lambda copy: copy.article_id)
            if other.may_give and other.is_whole and other.outlet in of
            if other.article_id != one.article_id
            if (one.article_id, other.article_id) not in excerpts
            for statement in carried.get(other.article_id, ())
            if statement.field in TOLD
        )
        found[one.article_id] = _surest(said)
    return found


def _as_told(one: Statement, article_id: str) -> Statement:
    """Return what a copy carries, as a statement of the article that is told."""
    confidence = None if one.confidence is None else round(one.confidence * _LOSS, _DIGITS)
    return replace(
        one,
        article_id=article_id,
        original_text=None,
        source_start=None,
        source_end=None,
        method=COPY,
        confidence=confidence,
        chosen=False,
        stated_by=one.stated_by if one.method in CURATED else None,
        note=None,
        document_confidence=None,
        document_rank=None,
        evidence_article_id=one.article_id,
    )


def _surest(told: Iterable[Statement]) -> list[Statement]:
    """Return each value once, from the copy that is surest of it."""
    best: dict[tuple[str, str], Statement] = {}
    for one in told:
        known = best.get((one.field, one.value))
        if known is None or (one.confidence or 0.0) > (known.confidence or 0.0):
            best[one.field, one.value] = one
    return list(best.values())
