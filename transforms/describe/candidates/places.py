"""The place at the beginning of a text, ``BRUSSEL (ANP) -``, and the agency beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.parse.bylines import Name
from knipsel.transforms.text.words import fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.clean.blocks import Block, Cleaned

_CONFIDENCE = 0.9
_CAPITALS = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ’'.-]+"
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]+"
_AGENCY = r"\((?P<agency>[^()]{2,40})\)"
_DASH = r"\s?[–—-]{1,2}\s"
_IN_CAPITALS = re.compile(
    rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}})(?:,[^.–—()]{{1,30}})?"
    rf"(?:\s{_AGENCY})?{_DASH}(?=\S)"
)
_WITH_AGENCY = re.compile(
    rf"(?P<place>{_NAME}(?:[ /]{_NAME}){{0,3}})(?:,[^.–—()]{{1,30}})?\s{_AGENCY}{_DASH}(?=\S)"
)
"""A place that is not in capitals needs the agency beside it: a name before a dash may be
anybody's."""
_OPENING = 120


def place_lines(cleaned: Cleaned, story_labels: frozenset[str]) -> Iterator[Candidate]:
    """Yield the place and the agency with which the first paragraph begins.

    ``story_labels`` are words in capitals that are no place.
    """
    first = next(
        (block for block in cleaned.published if block.role in {"body", "standfirst"}), None
    )
    if first is None:
        return
    found = _IN_CAPITALS.match(first.text[:_OPENING]) or _WITH_AGENCY.match(first.text[:_OPENING])
    if not found:
        return
    printed = found[0].rstrip(" -–—|:")
    agency = found["agency"]
    listed = cleaned.lines.words.outlets.name_of(agency) if agency else None
    is_place = fold(found["place"]) not in story_labels
    if is_place and (found["place"].isupper() or listed):
        yield _at(first, cleaned.source_text, "dateline", repair(printed), (0, len(printed)))
    if agency and listed:
        yield _at(first, cleaned.source_text, "agency", listed, found.span("agency"))


def _at(block: Block, source_text: str, field: str, value: str, span: tuple[int, int]) -> Candidate:
    """Return a candidate that stands at ``span`` of a block, where that is verbatim."""
    return Evidence(block, source_text).candidate(
        field, value, "place_line", _CONFIDENCE, Name("", *span)
    )
