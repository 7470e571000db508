"""What an article carries in the end: its own candidates, less what its corpus speaks against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.describe.across.rules import LOWERED, REJECTED, CorpusBounds
from knipsel.transforms.describe.candidate import REJECTED as REJECTED_BY
from knipsel.transforms.describe.candidates.named_days import NOT_AFTER, NOT_BEFORE
from knipsel.transforms.describe.choice import OF_OUTLET, REPEATED
from knipsel.transforms.model import NAME_SEPARATOR
from knipsel.transforms.registers.articles.facts import CURATED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knipsel.transforms.describe.across.repeats import Verdict
    from knipsel.transforms.model import Statement

SETTLED_FIELDS = ("headline", "description", "author", "date_published")
"""The columns of an article that may come out otherwise than its document alone says."""
_DATE = "date_published"
_DIGITS = 4
_REASONS = {"outlet_as_author": OF_OUTLET, "outlet_as_headline": OF_OUTLET}
_OF_CORPUS = (REPEATED, OF_OUTLET)
_LAST = 1_000_000
"""The rank of what the document itself does not say: after all that it does."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The statements of an article as they are in the end, what it carries, who wrote it.

    ``values`` are those of `SETTLED_FIELDS`, and of the bounds of a day that is not known.
    """

    statements: tuple[Statement, ...]
    values: Mapping[str, str]
    names: tuple[str, ...]
    author_confidence: float | None = None
    """How sure the byline is: a name in it is no less."""


def as_document_said(one: Statement) -> Statement:
    """Return a statement as it was before any other article was asked."""
    method, _, reason = one.method.partition(REJECTED_BY)
    return replace(
        one,
        method=method if reason in _OF_CORPUS else one.method,
        confidence=one.document_confidence,
        chosen=one.document_rank == 1,
        evidence_article_id=None,
    )


def settle(
    statements: Iterable[Statement],
    against: Mapping[tuple[str, str], Verdict],
    received: Sequence[Statement],
    bounds: CorpusBounds,
) -> Settled:
    """Return what an article carries, given all of its own ``statements``, in any state.

    ``against`` is what speaks against a value, by its field and the value, against an author by
    the name; ``received`` are what copies of it say, and a line that may stand in for its headline.
    """
    own = [as_document_said(one) for one in statements if not _is_received(one)]
    judged = [_judged(one, against, bounds) for one in own]
    raised, new = _joined(judged, received)
    touched = {one.field for one, was in zip(raised, own, strict=True) if one != was}
    touched |= {one.field for one in new}
    final = [one for one in (*raised, *new) if one.field not in touched]
    for field in sorted(touched):
        final += _chosen([one for one in (*raised, *new) if one.field == field], bounds)
    if _DATE in touched:
        final = _with_bounds(final)
    return _settled(final, against)


COPY, HEADING_BELOW = "copy", "heading_below"
"""The methods of what only a copy says, and of a line under a headline that is taken away."""


def _is_received(one: Statement) -> bool:
    return one.method in {COPY, HEADING_BELOW}


def names_of(one: Statement) -> list[str]:
    """Return the names that a statement of an author gives: none where it names an agency."""
    return one.names.split(NAME_SEPARATOR) if one.names else []


def _judged(
    one: Statement, against: Mapping[tuple[str, str], Verdict], bounds: CorpusBounds
) -> Statement:
    """Return a statement with what speaks against it; what a person states stands."""
    if one.document_rank is None or one.method in CURATED:
        return one
    values = names_of(one) or [one.value]
    verdicts = [against.get((one.field, value)) for value in values]
    if all(found and found.effect == REJECTED for found in verdicts):
        reason = _REASONS.get(verdicts[0].rule if verdicts[0] else "", REPEATED)
        return replace(one, method=f"{one.method}{REJECTED_BY}{reason}", confidence=0.0)
    if any(found and found.effect == LOWERED for found in verdicts):
        return replace(one, confidence=_times(one.confidence, bounds.lowered))
    return one


def _times(confidence: float | None, factor: float) -> float | None:
    return None if confidence is None else round(confidence * factor, _DIGITS)


def _joined(
    own: Sequence[Statement], received: Sequence[Statement]
) -> tuple[list[Statement], list[Statement]]:
    """Return the document's own statements, raised where copies say the same, and what is new."""
    said = {(one.field, one.value): one for one in received}
    raised = []
    met = set()
    for one in own:
        same = said.get((one.field, one.value))
        if same is None or one.method in CURATED or _cannot_be(one):
            raised.append(one)
            continue
        met.add((one.field, one.value))
        is_surer = (same.confidence or 0.0) > (one.confidence or 0.0)
        evidence = same.evidence_article_id
        raised.append(
            replace(one, confidence=same.confidence, evidence_article_id=evidence)
            if is_surer and one.confidence is not None
            else one
        )
    new = [one for key, one in said.items() if key not in met]
    return raised, new


def _cannot_be(one: Statement) -> bool:
    return REJECTED_BY in one.method


def _chosen(of_field: Sequence[Statement], bounds: CorpusBounds) -> list[Statement]:
    """Return the candidates of a field, of which the surest is chosen if it is sure enough."""
    able = [one for one in of_field if not _cannot_be(one)]
    best = min(able, key=_order, default=None)
    if best and best.method not in CURATED and best.confidence is not None:
        best = best if best.confidence >= bounds.threshold else None
    return [replace(one, chosen=one is best) for one in of_field]


def _order(one: Statement) -> tuple[bool, bool, float, int, str]:
    """Return by what the candidates of a field are ordered: as a document alone does it."""
    rank = _LAST if one.document_rank is None else one.document_rank
    is_unknown = one.confidence is None
    return (
        one.method not in CURATED,
        is_unknown,
        -(one.confidence or 0.0),
        rank,
        one.evidence_article_id or "",
    )


def _with_bounds(final: Sequence[Statement]) -> list[Statement]:
    """Return the statements, the bounds of a day chosen where there is none that they bound."""
    has_day = any(one.chosen for one in final if one.field == _DATE)
    best: dict[str, Statement] = {}
    for one in final:
        rank = one.document_rank
        if one.field in {NOT_BEFORE, NOT_AFTER} and rank is not None:
            known = best.get(one.field)
            if known is None or rank < (known.document_rank or _LAST):
                best[one.field] = one
    values = [best[field].value for field in (NOT_BEFORE, NOT_AFTER) if field in best]
    is_idle = has_day or values != sorted(values)
    return [
        replace(one, chosen=not is_idle and one is best.get(one.field))
        if one.field in {NOT_BEFORE, NOT_AFTER}
        else one
        for one in final
    ]


def _settled(final: Sequence[Statement], against: Mapping[tuple[str, str], Verdict]) -> Settled:
    fields = {*SETTLED_FIELDS, NOT_BEFORE, NOT_AFTER}
    chosen = {one.field: one for one in final if one.chosen and one.field in fields}
    author = chosen.get("author")
    names = names_of(author) if author else []
    if author and author.method not in CURATED:
        names = [name for name in names if not _is_rejected(against.get(("author", name)))]
    values = {field: one.value for field, one in chosen.items()}
    confidence = author.confidence if author else None
    return Settled(tuple(final), values, tuple(dict.fromkeys(names)), confidence)


def _is_rejected(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.effect == REJECTED


def givers(
    statements: Iterable[Statement], trusted: Collection[str] = SETTLED_FIELDS
) -> list[Statement]:
    """Return what an article can tell its copies of some fields: what it carries by itself."""
    return [one for one in statements if one.chosen and one.field in trusted]
