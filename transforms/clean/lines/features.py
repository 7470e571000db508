"""What tells a line of an article from a line of a menu: features of the lines of a page.

Nothing here knows a language but the registers' phrases and function words; the rest, such as
the page's own short frequent words, is found in the page itself, so that it holds in all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from knipsel.transforms.clean.lines.columns import Lines, in_class, lines_with, occurrences, repeats
from knipsel.transforms.clean.lines.series import best_sum, counts_around, distances, faded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knipsel.transforms.clean.lines.columns import Column
    from knipsel.transforms.layout.unit import Unit

    Columns = dict[str, NDArray[np.floating[Any]]]
    Mask = NDArray[np.bool_]

MARKS = (
    "navigation",
    "share_buttons",
    "cookie_banner",
    "related_links",
    "comments",
    "inline_link",
    "newsletter",
    "address",
    "legal",
    "paywall",
    "advertisement",
    "site_label",
)
"""The reasons that a phrase can give, each a feature of its own."""

_LONG_WORDS, _VERY_LONG_WORDS = 15, 30
"""Words from which a line is long: it is no title then, and seldom a menu."""
_SHORT_WORD, _CONTENT_WORD = 4, 4
"""Letters: function words have seldom more, words that tell what a text is about seldom fewer."""
_PAGE_FUNCTION_WORDS, _IN_LINES = 25, 3
"""The page's own function words: so many at most, each in so many long lines at least."""
_PROSE_WORDS, _SENTENCE_WORDS, _FULL_SENTENCE_WORDS = 14, 5, 8
"""Words from which a line is prose: without an end mark, with one, and for certain."""
_MOST_PROSE = 150.0
"""Words of one line that count: one long notice shall not outweigh an article."""
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)(?<!\d{5})")
_CLOCK_DIGITS, _YEAR_DIGITS = 3, 4
_DATE_LINE_WORDS = 14
_SECOND = np.uint64(3)
"""Makes a key of two words depend on their order."""
_COPY_WORDS = 10
"""Words from which a line that occurs twice was copied, and is not a button."""
_SERIES, _SERIES_WORDS = 2, 20
"""Lines alike in more than so many places are of a list of comments or teasers, where short."""
_BEGUN = 0.15
"""Share of a page's prose after which the article has begun."""
_DECAYS = (0.6, 0.85)
"""How much of the prose above a line still counts a line further down: two and six lines on."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page and what several features need of them."""

    lines: Lines
    size: Column
    """Words; two characters of a script without spaces count as one."""
    is_long: Mask
    ended: Column
    """Whether a line ends as a sentence does."""
    marks: Columns
    is_marked: Column
    is_bullet: Column
    prose: Column
    """The words of lines that read as sentences, 0 for other lines."""
    is_prose: Mask


def line_features(
    lines: Lines,
    units: Sequence[Unit],
    reasons: Sequence[str | None],
    function_words: NDArray[np.bool_],
) -> Columns:
    """Return the features of the lines of a page, each a column with a row for each line.

    ``lines`` are the counted texts of ``units``, ``reasons`` those that phrases of the registers
    give for the removal of each line; ``function_words`` says of each word of the page whether
    the registers list it as one.
    """
    page = _page(lines, units, reasons)
    columns: Columns = {}
    columns |= _look(page, units)
    columns |= _vocabulary(page, function_words)
    columns |= _repetition(page)
    columns |= _grouping(page, units)
    columns |= {f"mark_{name}": column for name, column in page.marks.items()}
    columns |= _place(page)
    columns |= _surroundings(page, columns)
    columns |= _whole_page(page, columns)
    columns |= _densest_stretch(page)
    return columns


def _page(lines: Lines, units: Sequence[Unit], reasons: Sequence[str | None]) -> _Page:
    size = lines.per_line() + lines.counts["unspaced_letter"] / 2
    ended = in_class(lines.last_before_closers, "terminal")
    marks = _marks(reasons)
    is_marked = np.array([reason is not None for reason in reasons], float)
    is_bullet = np.array([unit.is_bullet for unit in units], float)
    plain = is_marked + is_bullet == 0
    is_sentence = (size >= _SENTENCE_WORDS) & (ended > 0)
    is_full = (size >= _FULL_SENTENCE_WORDS) & (ended > 0)
    return _Page(
        lines=lines,
        size=size,
        is_long=size >= _LONG_WORDS,
        ended=ended,
        marks=marks,
        is_marked=is_marked,
        is_bullet=is_bullet,
        prose=np.where(is_full & (is_marked == 0), np.minimum(size, _MOST_PROSE), 0.0),
        is_prose=plain & ((size >= _PROSE_WORDS) | is_sentence),
    )


def _marks(reasons: Sequence[str | None]) -> Columns:
    """Return for each of `MARKS` which lines have it."""
    numbers = {name: number for number, name in enumerate(MARKS)}
    found = np.array([numbers.get(reason or "", -1) for reason in reasons])
    return {name: (found == number) * 1.0 for name, number in numbers.items()}


def _look(page: _Page, units: Sequence[Unit]) -> Columns:
    """Return what the characters of a line tell."""
    counts, lines = page.lines.counts, page.lines
    length = np.maximum(lines.length, 1)
    words = np.maximum(lines.per_line(), 1)
    letters = np.maximum(counts["letter"], 1)
    longest = np.zeros(len(lines), np.int64)
    np.maximum.at(longest, lines.words.line, lines.words.length)
    opened, opening = lines.words.first()
    begins_lower, begins_digit = np.zeros(len(lines)), np.zeros(len(lines))
    begins_lower[opened] = in_class(opening, "lower")
    begins_digit[opened] = in_class(opening, "digit")
    return {
        "characters": np.log1p(lines.length),
        "words": np.log1p(page.size),
        "letters": counts["letter"] / length,
        "upper": counts["upper"] / letters,
        "not_ascii": (counts["letter"] - counts["ascii_letter"]) / letters,
        "digits": counts["digit"] / length,
        "punctuation": counts["punctuation"] / length,
        "symbols": counts["symbol"] / length,
        "unspaced": counts["unspaced_letter"] / length,
        "word_length": np.minimum(counts["word"] / words, 30),
        "longest_word": np.minimum(longest, 60),
        "capitalised": lines.per_line(in_class(lines.words.begins, "upper")) / words,
        "short_words": lines.per_line(words=lines.words.length < _SHORT_WORD) / words,
        "terminals": np.minimum(counts["terminal"], 20),
        "terminals_per_word": counts["terminal"] / words,
        "commas": np.minimum(counts["comma"], 20),
        "commas_per_word": counts["comma"] / words,
        "quotes_per_word": counts["quote"] / words,
        "brackets_per_word": counts["bracket"] / words,
        "dashes_per_word": counts["dash"] / words,
        "separators": np.minimum(counts["separator"], 10),
        "colons": np.minimum(counts["colon"], 10),
        "slashes": np.minimum(counts["slash"], 10),
        "ends_sentence": page.ended,
        "ends_ellipsis": np.array([t.endswith(("…", "...")) for t in lines.texts], float),
        "ends_colon": in_class(lines.last, "colon"),
        "ends_digit": in_class(lines.last_before_closers, "digit"),
        "ends_comma": in_class(lines.last_before_closers, "comma"),
        "ends_closer": in_class(lines.last, "bracket") + in_class(lines.last, "quote"),
        "begins_lower": begins_lower,
        "begins_digit": begins_digit,
        "begins_upper": in_class(lines.first, "upper"),
        "begins_quote": in_class(lines.first, "quote"),
        "begins_bracket": in_class(lines.first, "bracket"),
        "begins_symbol": in_class(lines.first, "symbol"),
        "is_bullet": page.is_bullet,
        "is_placeholder": np.array([t[0] == "[" and t[-1] == "]" for t in lines.texts], float),
        "has_kind": np.array([unit.kind is not None for unit in units], float),
        "has_clock": lines_with(_CLOCK, lines.texts, counts["digit"] >= _CLOCK_DIGITS),
        "has_year": lines_with(_YEAR, lines.texts, counts["digit"] >= _YEAR_DIGITS),
    }


def _vocabulary(page: _Page, known: NDArray[np.bool_]) -> Columns:
    """Return what the words of a line tell: function words, and those the page speaks of."""
    words, lines = page.lines.words, page.lines
    number, count = words.numbered()
    pairs = np.unique(words.line * max(count, 1) + number)
    spread = np.bincount(
        pairs[page.is_long[pairs // max(count, 1)]] % max(count, 1), minlength=count
    )
    length = np.zeros(count, np.int64)
    length[number] = words.length
    own = _page_function_words(spread, length)[number]
    telling = (words.length >= _CONTENT_WORD) & ~own & ~known
    elsewhere = spread[number] - page.is_long[words.line]
    per_word = np.maximum(lines.per_line(), 1)
    told = lines.per_line(words=telling)
    return {
        "page_function_words": lines.per_line(words=own) / per_word,
        "function_words": lines.per_line(words=known) / per_word,
        "telling_words": np.log1p(told),
        "shared_words": lines.per_line(words=telling & (elsewhere > 0)) / np.maximum(told, 1),
        "shared_often": lines.per_line(np.log1p(np.maximum(elsewhere, 0.0)), telling)
        / np.maximum(told, 1),
    }


def _page_function_words(spread: NDArray[np.int64], length: NDArray[np.int64]) -> Mask:
    """Return which words are the page's own function words: short, and in most long lines."""
    fits = (length <= _SHORT_WORD) & (spread >= _IN_LINES)
    ranked = np.lexsort((np.arange(len(spread)), -spread * fits))[:_PAGE_FUNCTION_WORDS]
    chosen = np.zeros(len(spread), np.bool_)
    chosen[ranked] = True
    return chosen & fits


def _repetition(page: _Page) -> Columns:
    """Return how often a line, its beginning and its end occur; the lines of comments do."""
    lines, words = page.lines, page.lines.words
    keys = lines.row_keys(words.keys)
    again = repeats(keys)
    first, second, before_last, last = (words.at(place, len(lines)) for place in (0, 1, -2, -1))
    return {
        "repeats": np.minimum(again, 5),
        "occurrence": np.minimum(occurrences(keys), 4),
        "repeats_long": (again > 1) * (page.size >= _COPY_WORDS) * 1.0,
        "repeats_masked": np.minimum(repeats(lines.row_keys(words.masked)), 20),
        "repeats_prefix": np.minimum(repeats(lines.openings), 20),
        "repeats_first": np.minimum(repeats(first + _SECOND * second), 20),
        "repeats_last": np.minimum(repeats(last + _SECOND * before_last), 20),
        "repeats_last_word": np.minimum(repeats(last), 20),
    }


def _grouping(page: _Page, units: Sequence[Unit]) -> Columns:
    """Return where a line stands among those that no blank line parts."""
    after_blank = np.array([unit.after_blank for unit in units], float)
    group = (np.cumsum(after_blank) - after_blank[0]).astype(np.int64)
    size = np.bincount(group)[group].astype(float)
    above = np.arange(len(units)) - np.searchsorted(group, group)
    ends = np.array([0, *(unit.end for unit in units[:-1])])
    gap = np.array([unit.start for unit in units]) - ends
    return {
        "after_blank": after_blank,
        "gap": np.minimum(gap, 20.0),
        "group_lines": np.log1p(size),
        "group_words": np.log1p(np.bincount(group, weights=page.size)[group]),
        "group_above": np.minimum(above, 10.0),
        "group_below": np.minimum(size - above - 1, 10.0),
    }


def _place(page: _Page) -> Columns:
    """Return where in the page, and in its prose, a line stands."""
    count = len(page.lines)
    index = np.arange(count)
    prose, length = np.cumsum(page.prose), np.cumsum(page.lines.length)
    total = max(prose[-1], 1.0)
    columns = {
        "place": index / max(count - 1, 1),
        "from_top": np.log1p(index),
        "from_end": np.log1p(count - 1 - index),
        "length_place": length / max(length[-1], 1.0),
        "prose_above": (prose - page.prose) / total,
        "prose_below": (prose[-1] - prose) / total,
        "prose_words_above": np.log1p(prose - page.prose),
        "prose_words_below": np.log1p(prose[-1] - prose),
    }
    for decay in _DECAYS:
        columns[f"prose_near_above_{decay}"] = np.log1p(faded(page.prose, decay))
        columns[f"prose_near_below_{decay}"] = np.log1p(faded(page.prose[::-1], decay)[::-1])
    return columns


def _surroundings(page: _Page, columns: Columns) -> Columns:
    """Return how far and how many are the marks, lists, dates and repeated lines around."""
    marks = page.marks
    is_date = (columns["has_clock"] + columns["has_year"] > 0) & (page.size <= _DATE_LINE_WORDS)
    ends_alike = (columns["repeats_last"] > _SERIES) & (page.size < _SERIES_WORDS)
    sought = {
        "prose": page.is_prose,
        "long": page.size >= _VERY_LONG_WORDS,
        "related": marks["related_links"] > 0,
        "comments": marks["comments"] > 0,
        "navigation": marks["navigation"] > 0,
        "share": marks["share_buttons"] > 0,
        "legal": marks["legal"] > 0,
        "contact": marks["address"] + marks["newsletter"] + marks["cookie_banner"] > 0,
        "bullet": page.is_bullet > 0,
        "date": is_date,
        "repeated": columns["repeats_masked"] > _SERIES,
        "alike": ends_alike,
    }
    masks = np.stack(list(sought.values()))
    up, down = distances(masks)
    above, below = counts_around(masks)
    found: Columns = {"is_marked": page.is_marked, "is_prose": page.is_prose * 1.0}
    for row, name in enumerate(sought):
        found[f"to_{name}_above"], found[f"to_{name}_below"] = up[row], down[row]
        found[f"{name}_above"], found[f"{name}_below"] = above[row], below[row]
    begun = np.cumsum(page.prose) > _BEGUN * max(page.prose.sum(), 1.0)
    found["dates_in_prose"] = np.minimum(np.cumsum(is_date & begun), 30.0)
    return found


def _whole_page(page: _Page, columns: Columns) -> Columns:
    """Return what the page is like, the same for each of its lines."""
    long = page.size[page.is_long]
    median = float(np.median(long)) if len(long) else 0.0
    values = {
        "lines": np.log1p(len(page.lines)),
        "words": np.log1p(page.size.sum()),
        "longest": np.log1p(page.size.max()),
        "median_long": np.log1p(median),
        "long": page.is_long.mean(),
        "prose": page.is_prose.mean(),
        "prose_lines": np.log1p(page.is_prose.sum()),
        "bullets": page.is_bullet.mean(),
        "blanks": columns["after_blank"].mean(),
        "marked": page.is_marked.mean(),
        "unspaced": columns["unspaced"].mean(),
        "function_words": columns["function_words"].mean(),
        "capitals": columns["upper"].mean(),
    }
    whole = {f"page_{name}": np.full(len(page.lines), value) for name, value in values.items()}
    return whole | {"relative_size": page.size / max(median, 1.0)}


def _densest_stretch(page: _Page) -> Columns:
    """Return where a line stands to the stretch in which prose outweighs the rest the most.

    The weights were fitted on pages by an earlier, simpler cleaner that was this stretch alone.
    """
    other = np.where(page.is_bullet > 0, -1.0, -2.7)
    weights = np.where(page.is_prose, np.minimum(page.size, 160.0) - 10.0, other)
    begin, end = best_sum(np.where(page.is_marked > 0, -25.0, weights).tolist())
    index = np.arange(len(page.lines))
    return {
        "in_stretch": ((index >= begin) & (index < end)) * 1.0,
        "above_stretch": np.clip(begin - index, -200.0, 200.0),
        "below_stretch": np.clip(index - end, -200.0, 200.0),
    }
