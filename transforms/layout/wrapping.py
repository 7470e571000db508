"""Hard-wrapped text: how wide it was wrapped, and which of its lines were one paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.text.listed import after_word
from knipsel.transforms.text.words import begins_upper, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from knipsel.transforms.text.words import Line

BULLET = re.compile(r"[•▪□●◦‣∙○■◇◆▶►»›✓✔+*#]+(?:\s|$)|\d{1,2}[.)]\s|[-–—]\s")
_WEAK_BULLET = re.compile(r"\d{1,2}[.)]\s|[-–—]\s")
_OTHER_BULLET = re.compile(r"[o@]\s")
"""Text browsers write the deeper levels of a list with letters; elsewhere these are words."""
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,100}\]$|\[\S{3,}$|\(BUTTON\)|_{5,}")
_MAY_BE_WIDE = re.compile("[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u2300-\U0010ffff]")
"""Characters that can take two cells of a terminal, or none."""
_WORD = re.compile(r"\S{1,100}")

_LONG_LINE = 40
_WIDEST = 130
"""Wrapped lines are 60 to 100 characters wide; a paragraph on one line is seldom that short."""
_NEAR_WIDTH = 0.75
_FULL_SHARE, _OPEN_SHARE, _LOWER_SHARE = 0.6, 0.5, 0.3
"""Of the lines with a line below them: how many are about as wide as the widest, do not end a
sentence, and go on with a lower-case letter. In lists of titles next to none goes on so."""
_FITS = 0.8
"""A line was ended on purpose where the next word would have come only this far. Proportional
fonts make lines of one paragraph differ by a fifth in characters."""
_HEADING_WIDTH = 0.6
_LARGE, _LARGE_FULL = range(20, 49), 38
"""Hundredths of the width that the lines of a headline have, whose letters are twice as large, and
that a full one has with the next word at least."""
_FRONT_LINE, _FRONT_WORDS = 100, 8
"""Characters and words of a byline at most, and characters of a line of data."""
_DATED = re.compile(r"[|·•⋅].*(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d).*[|·•⋅]")
"""Line of data: a year, and a sign between it and other things."""
_OVER, _OVER_SHARE = 1.25, 0.2
"""Addresses and tables reach beyond the width; paragraphs do not, where a text is wrapped."""
_NEAR = 0.8
"""Share of the width from which a line that could have held the next word may have been wrapped
all the same: text browsers count marks that they do not print."""
_EXACT_PAIRS, _EXACT_SHARE = 4, 0.75
"""Lines that go on in lower case, and the share of them that one column explains, from which a
text counts as wrapped by a program that fills each line up to that column."""


_SPACED_ENDS = 2
"""Line ends between two lines with one empty line between them."""
_SPACED_PAIRS, _SPACED_SHARE, _APART_SHARE = 3, 0.7, 0.5
"""Long lines that end no sentence, the share of them with one empty line below, and the share of
those that end one with more, from which one empty line is what all lines have between them."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was wrapped.

    Where it is exact, no line reaches over the column ``width``, and each line of a paragraph
    but the last ends where the next word would; else ``width`` is about that of a full line.
    """

    width: int
    is_exact: bool


def close_up(source: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text with an empty line under each, as if these were not there."""
    gaps = [source.count("\n", above.end, below.start) for above, below in pairwise(lines)]
    long = [
        (ends_sentence(above.text), goes_on(below), gap)
        for (above, below), gap in zip(pairwise(lines), gaps, strict=True)
        if len(above.text) >= _LONG_LINE
    ]
    if sum(len(line.text) > _WIDEST for line in lines) > _OVER_SHARE * len(long):
        return list(lines)
    midst = [gap == _SPACED_ENDS for is_end, _, gap in long if not is_end]
    ends = [gap > _SPACED_ENDS for is_end, _, gap in long if is_end]
    are_spaced = len(midst) >= _SPACED_PAIRS and sum(midst) >= _SPACED_SHARE * len(midst)
    are_apart = any(ends) and sum(ends) >= _APART_SHARE * len(ends)
    if not (are_spaced and are_apart and any(is_rest for _, is_rest, _ in long)):
        return list(lines)
    rest = (
        line._replace(after_blank=line.after_blank and gap != _SPACED_ENDS)
        for line, gap in zip(lines[1:], gaps, strict=True)
    )
    return [*lines[:1], *rest]


def find_wrapping(lines: Sequence[Line], *, is_wrapped: bool = False) -> Wrapping | None:
    """Return how the text was wrapped, or None where a line is a paragraph.

    ``is_wrapped`` is set where it is known to be, however short it is.
    """
    pairs = [
        (upper, lower)
        for upper, lower in pairwise(lines)
        if not lower.after_blank and len(upper.text) >= _LONG_LINE and not BULLET.match(lower.text)
    ]
    exact = _exact_width(pairs, lines)
    width = _rough_width(pairs, is_wrapped=is_wrapped) if exact is None else exact
    if width is None or _reaches_over(lines, width):
        return None
    return Wrapping(width, is_exact=exact is not None)


def _reaches_over(lines: Sequence[Line], width: int) -> bool:
    """Say whether too many lines are much longer than the text is said to be wide."""
    long = [line for line in lines if len(line.text) >= _LONG_LINE]
    over = sum(_end(line) > _OVER * width for line in long)
    return over > _OVER_SHARE * len(long)


def _exact_width(pairs: Sequence[tuple[Line, Line]], lines: Sequence[Line]) -> int | None:
    """Return the column that best explains why lines end where they do, if it explains enough.

    Of columns that explain as much, it is the one that the longest line ends in.
    """
    ongoing = [(_end(upper), _needed(upper, lower)) for upper, lower in pairs if goes_on(lower)]
    ongoing = [(end, needed) for end, needed in ongoing if end <= _WIDEST]
    if len(ongoing) < _EXACT_PAIRS:
        return None
    changes = Counter(end for end, _ in ongoing)
    changes.subtract(needed for _, needed in ongoing)
    columns = sorted(changes)
    explained = list(accumulate(changes[column] for column in columns))
    best = max(explained)
    if best < _EXACT_SHARE * len(ongoing):
        return None
    first = explained.index(best)
    as_good = range(columns[first], columns[first + 1])
    return max(end for line in lines if (end := _end(line)) in as_good)


def goes_on(line: Line) -> bool:
    """Say whether a line begins like the midst of a sentence: in lower case, or without case."""
    first = line.text[0]
    return first.isalpha() and not (first.isupper() or first.istitle())


def _end(line: Line) -> int:
    """Return the column in which a line ends."""
    return line.indent + _cells(line.text)


def _needed(above: Line, line: Line) -> int:
    """Return the column in which ``above`` would end with the first word of ``line`` on it."""
    found = _WORD.match(line.text)
    return _end(above) + 1 + _cells(found[0] if found else "")


def _cells(text: str) -> int:
    """Return the width of ``text`` in a terminal."""
    if text.isascii() or not _MAY_BE_WIDE.search(text):
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _rough_width(pairs: Sequence[tuple[Line, Line]], *, is_wrapped: bool) -> int | None:
    widths = sorted(len(upper.text) for upper, _ in pairs)
    if not widths:
        return None
    widest = widths[(len(widths) - 1) * 19 // 20]
    if is_wrapped:
        return min(widest, _WIDEST)
    full = sum(width >= _NEAR_WIDTH * widest for width in widths)
    ongoing = sum(not ends_sentence(upper.text) for upper, _ in pairs)
    lower_case = sum(lower.text[0].islower() for _, lower in pairs)
    shares = (full / _FULL_SHARE, ongoing / _OPEN_SHARE, lower_case / _LOWER_SHARE)
    return widest if widest <= _WIDEST and min(shares) >= len(widths) else None


def paragraph_runs(
    lines: Sequence[Line],
    wrapping: Wrapping | None,
    continued: Collection[int] = (),
    bylines: tuple[str, ...] = (),
) -> Iterator[list[Line]]:
    """Yield the runs of lines that were one paragraph before they were wrapped.

    Where they were not, a line is a paragraph. The lines that begin at ``continued`` go on
    with the line above them, whatever they look like. ``bylines`` are the words that open a line
    which names the author, and which is none of the headline above it.
    """
    if wrapping is None and not continued:
        yield from ([line] for line in lines)
        return
    run: list[Line] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        if (
            run
            and line.start not in continued
            and not _continues(run, line, below, wrapping, bylines)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(
    run: Sequence[Line],
    line: Line,
    below: Line | None,
    wrapping: Wrapping | None,
    bylines: tuple[str, ...],
) -> bool:
    if line.after_blank or wrapping is None:
        return False
    if wrapping.is_exact:
        return _continues_exactly(run, line, wrapping.width)
    if _is_data(run, wrapping.width) or (_is_byline(line, bylines) and _is_short(run, wrapping)):
        return False
    return _is_large(run, line, bylines, wrapping.width) or _continues_roughly(
        run[-1], line, below, wrapping.width
    )


def _is_data(run: Sequence[Line], width: int) -> bool:
    """Say whether a run is one line that has a day beside other things, under a headline."""
    text = run[0].text
    is_one = len(run) == 1 and len(text) <= min(width, _FRONT_LINE)
    return is_one and not ends_sentence(text) and bool(_DATED.search(text))


def _is_short(run: Sequence[Line], wrapping: Wrapping) -> bool:
    return len(run[-1].text) < _FITS * wrapping.width


def _is_byline(line: Line, bylines: tuple[str, ...]) -> bool:
    """Say whether a line names an author behind a word for it, and says nothing else."""
    name = after_word(line.text, bylines)
    fits = len(line.text) <= _FRONT_LINE and len(line.text.split()) <= _FRONT_WORDS
    return name is not None and fits and begins_upper(line.text[name:])


def _is_large(run: Sequence[Line], line: Line, bylines: tuple[str, ...], width: int) -> bool:
    """Say whether lines are a headline, in letters so large that the next word did not fit.

    Its first line has a blank line above it, and none of them is wider than half of the width.
    """
    large = range(_LARGE.start * width // 100, _LARGE.stop * width // 100)
    above = run[-1].text
    needed = len(above) + 1 + len(line.text.split(maxsplit=1)[0])
    return (
        run[0].after_blank
        and needed > max(_LARGE_FULL * width // 100, *(len(one.text) for one in run))
        and all(len(one.text) in large for one in run)
        and len(line.text) < large.stop
        and not ends_sentence(above)
        and not line.text.endswith(".")
        and begins_upper(run[0].text)
        and not BULLET.match(line.text)
        and not _is_byline(line, bylines)
        and not _DATED.search(line.text)
    )


def _continues_exactly(run: Sequence[Line], line: Line, width: int) -> bool:
    above = run[-1]
    fits = _needed(above, line) <= width
    if _PLACEHOLDER.match(line.text) or _PLACEHOLDER.match(above.text):
        return False
    if BULLET.match(line.text) or _OTHER_BULLET.match(line.text):
        return not fits and line.indent == _text_column(run) != run[0].indent
    if fits:
        return _is_wrapped_early(above, line, width)
    if line.indent in {_text_column(run), above.indent}:
        return True
    is_open = not (ends_sentence(above.text) or above.text.endswith(":"))
    return is_open and (len(run) == 1 or goes_on(line))


def _is_wrapped_early(above: Line, line: Line, width: int) -> bool:
    is_near = _end(above) >= _NEAR * width and not ends_sentence(above.text)
    return is_near and line.indent == above.indent and goes_on(line)


def _text_column(run: Sequence[Line]) -> int:
    """Return the column in which the lines of a run go on: under the words after a bullet."""
    if len(run) > 1:
        return run[-1].indent
    found = BULLET.match(run[0].text) or _OTHER_BULLET.match(run[0].text)
    return run[0].indent + (len(found[0]) if found else 0)


def _continues_roughly(above: Line, line: Line, below: Line | None, width: int) -> bool:
    ended_early = _ended_early(above, line, width)
    ended = ends_sentence(above.text)
    if BULLET.match(line.text) and (ended or ended_early or not _WEAK_BULLET.match(line.text)):
        return False
    if ended_early:
        return not ended and not begins_upper(line.text)
    indented = line.indent >= above.indent + 2
    return not (ended and (indented or _is_glued_heading(line, below, width)))


def _ended_early(above: Line, line: Line, width: int) -> bool:
    first_word = line.text[: width + 1].split(maxsplit=1)[0]
    return len(above.text) + 1 + len(first_word) < _FITS * width


def _is_glued_heading(line: Line, below: Line | None, width: int) -> bool:
    """Say whether a line between two paragraphs, without blank lines, is a heading."""
    return (
        below is not None
        and not below.after_blank
        and len(line.text) < _HEADING_WIDTH * width
        and not ends_sentence(line.text)
        and begins_upper(line.text)
        and begins_upper(below.text)
        and _ended_early(line, below, width)
    )
