"""What the kinds of exports have in common: records made of pieces, and records to sections."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.clean.judge import is_heading, judge
from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.layout.unit import Unit, is_bullet
from knipsel.transforms.layout.units import METADATA_HEADER, build_units
from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.registers.pages.reasons import PAGE_NUMBER, RUNNING_HEAD
from knipsel.transforms.text.words import ends_sentence, fold, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.read.exports.record.words import ExportWords
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.pages.words import PageWords
    from knipsel.transforms.text.words import Line

BODY, HEADLINE, STANDFIRST, CAPTION = "body", "headline", "standfirst", "caption"
PARAGRAPH = "paragraph"
"""What a piece of an article can be; a `PARAGRAPH` is one of the body, known to be one."""
FIELD, INDEX, LEGAL, NO_ARTICLE = "export_field", "export_index", "legal", "no_article"
"""Why a piece is none."""

_KEPT = frozenset({STANDFIRST, CAPTION, PARAGRAPH})
_KINDS = frozenset({HEADLINE, STANDFIRST, CAPTION})
_SEAM = "\n\n"
_LABEL = re.compile(r"[^\W\d_][\w -]{1,24}:")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an export, ``start:end`` of the source text.

    ``use`` is what it is of the article (`BODY` and the others above), or the reason for
    which it is no part of one.
    """

    start: int
    end: int
    use: str


@dataclass(frozen=True, slots=True)
class Record:
    """What an export holds of one article, or a part of it without one, such as its cover.

    The pieces of all records, in order, hold all of the source text that is not white space.
    """

    pieces: tuple[Piece, ...]
    tags: tuple[HeadTag, ...] = ()
    is_article: bool = True


def piece_of(lines: Sequence[Line], use: str) -> Piece:
    """Return the piece that ``lines``, which are not none, make."""
    return Piece(lines[0].start, lines[-1].end, use)


def export_lines(reading: Reading, labels: ExportLabels) -> list[Line]:
    """Return the lines of an export, without what its format has beside the text."""
    beside = _beside(reading, labels)
    end = beside[0].start if beside else len(reading.source_text)
    return list(split_lines(reading.source_text[:end]))


def to_reading(reading: Reading, records: Sequence[Record], words: ExportWords) -> Reading:
    """Return ``reading`` with a section for each record, and one for what stands beside them."""
    bodies = iter(_body_units(reading, _body_pieces(records), words.layout))
    sections = [_section(reading.source_text, record, bodies, words) for record in records]
    beside = _beside(reading, words.labels)
    if beside:
        sections.append(Section(beside, (False,) * len(beside)))
    return Reading(reading.source_text, tuple(sections))


def _beside(reading: Reading, labels: ExportLabels) -> tuple[Unit, ...]:
    """Return the notes, headers and footers that a reader puts after the text."""
    units = reading.sections[-1].units if reading.sections else ()
    count = len(units)
    while count and _stands_beside(units[count - 1], labels):
        count -= 1
    return units[count:]


def _stands_beside(unit: Unit, labels: ExportLabels) -> bool:
    """Say whether a unit is of no text: but what repeats on each page can be an export's label."""
    if unit.reason not in {PAGE_NUMBER, RUNNING_HEAD}:
        return unit.reason not in {None, METADATA_HEADER}
    is_known = labels.line(unit.text) is not None or labels.begins(unit.text, "rights")
    return not is_known and not _LABEL.match(unit.text)


def _body_pieces(records: Sequence[Record]) -> list[Piece]:
    return [piece for record in records for piece in record.pieces if piece.use == BODY]


def _section(
    source: str, record: Record, bodies: Iterator[list[Unit]], words: ExportWords
) -> Section:
    units: list[Unit] = []
    kept: list[bool] = []
    for piece in record.pieces:
        if piece.use == BODY:
            made = _with_headings(next(bodies), words.pages, words.lines.bylines)
            kept += [unit.reason is None for unit in made]
        else:
            made = [_unit(source, piece)]
            kept.append(piece.use in _KEPT)
        units += made
    if not any(kept):
        units = [_without_article(unit) for unit in units]
    return Section(tuple(units), tuple(kept), record.tags, is_declared=record.is_article)


def _unit(source: str, piece: Piece) -> Unit:
    text = " ".join(source[piece.start : piece.end].split())
    kind = piece.use if piece.use in _KINDS else None
    reason = None if kind or piece.use in _KEPT else piece.use
    return Unit(piece.start, piece.end, text, is_bullet(text), kind=kind, reason=reason)


def _without_article(unit: Unit) -> Unit:
    return unit if unit.reason else unit._replace(kind=None, reason=NO_ARTICLE)


def _body_units(reading: Reading, pieces: Sequence[Piece], words: LayoutWords) -> list[list[Unit]]:
    """Return the units of each body, all bodies taken together: they are wrapped alike.

    One body alone may be too short to tell to which width its lines were wrapped.
    """
    source = reading.source_text
    known = {(unit.start, unit.end): unit for one in reading.sections for unit in one.units}
    slices = [source[_line_start(source, one.start) : one.end] for one in pieces]
    starts = [0]
    for text in slices:
        starts.append(starts[-1] + len(text) + len(_SEAM))
    divided: list[list[Unit]] = [[] for _ in pieces]
    for unit in build_units(_SEAM.join(slices), words):
        index = bisect_right(starts, unit.start) - 1
        shift = pieces[index].end - len(slices[index]) - starts[index]
        moved = unit.shifted(shift)
        if moved.end > pieces[index].end:
            return [_units_alone(source, one, words) for one in pieces]
        divided[index].append(_as_known(moved, known.get((moved.start, moved.end))))
    return divided


def _as_known(unit: Unit, known: Unit | None) -> Unit:
    """Return a unit with what the format says of it; an article has its headline elsewhere."""
    if known is None:
        return unit
    return known._replace(kind="heading") if known.kind == HEADLINE else known


def _units_alone(source: str, piece: Piece, words: LayoutWords) -> list[Unit]:
    units = build_units(source[piece.start : piece.end], words)
    return [unit.shifted(piece.start) for unit in units]


def _line_start(source: str, start: int) -> int:
    """Return where the indentation before ``start`` begins, which tells where paragraphs do."""
    while start > 0 and source[start - 1] in " \t\u00a0":
        start -= 1
    return start


def _can_head(unit: Unit, bylines: BylineWords) -> bool:
    """Say whether a line can be a heading: it ends no sentence, announces and names nobody."""
    text = unit.text
    listed = (*bylines.words, *bylines.credits)
    is_byline = fold(text) in listed or starts_with_listed(text, listed)
    return not (unit.kind or is_byline or ends_sentence(text) or text.endswith(":"))


def _with_headings(units: Sequence[Unit], words: PageWords, bylines: BylineWords) -> list[Unit]:
    """Mark what heads the prose under it; before the first prose of a body nothing does."""
    judged = judge(units, words).items
    marked: list[Unit] = []
    begun = False
    for index, item in enumerate(judged):
        following = judged[index + 1] if index + 1 < len(judged) else None
        heads = begun and following is not None and following.is_prose
        if heads and _can_head(item.unit, bylines) and is_heading(item, following):
            marked.append(item.unit._replace(kind="heading"))
        else:
            marked.append(item.unit)
        begun = begun or item.is_prose
    return marked
