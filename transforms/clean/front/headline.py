"""Which line of a page is the headline: by its place, as the model of fronts has it, and its words.

The model sees the shape of lines. A section, a related article or the first heading of the text
may have that of a headline; what the body then speaks of, a byline below it and a second place
where the page has the same words tell them apart.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.layout.print_marks import SOURCE_ADDRESS
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.registers.pages.reasons import PAGE_NUMBER, RUNNING_HEAD
from knipsel.transforms.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knipsel.transforms.clean.judge import Judged
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.lines.words import LineWords

# The weights come from a regression on pages with known titles, rounded:
# ``python -m benchmarks.line_model.headline_weights``.
WEIGHTS = {
    "share": 0.4,
    "spoken": 1.3,
    "one_word": -1.8,
    "two_words": -1.3,
    "three_words": -1.2,
    "long": -1.4,
    "in_body": -0.9,
    "mark_below": 1.1,
    "mark_near": 1.2,
    "mark_far": 0.5,
    "repeated": -0.1,
    "echoed": 1.0,
    "titled": 3.0,
    "full_stop": -1.2,
    "phrase": -1.1,
    "bullet": -0.3,
    "picture": -0.1,
    "person": -0.5,
    "outlet": -0.4,
    "ends_trail": 1.9,
    "tight": 1.5,
}
"""What each thing that is known of a line is worth."""
BIAS = 1.6
"""What a line is worth of which nothing else is known; the headline needs more than nothing."""
_FLOOR = 1e-4
_LONG_WORDS = 22
_NEAR, _FAR = 3, 6
"""Lines between a headline and a byline or date line below it."""
_NAME_WORDS = 4
_LONG_WORD = 4
"""Letters of a word from which it tells what a text is about."""
_LONGEST, _MOST_WORDS = 300, 40
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] (?=[^\W\d_a-z])")
"""The end of a sentence with another behind it."""
_APART = " " * 4
"""What stands at least between words that are set far apart on one line."""
_TRAIL = re.compile(r"\s[›»>]\s")
"""What stands between the places of a trail: *Home › Traffic › Bridges*."""
_TRAIL_WORDS, _UNDER_TRAIL = 3, 4
"""Words of a headline at least that ends a trail of the places in a site where it stands, and lines
under that trail within which it stands once more."""
_OUTLET_WORDS = 5
_ECHO_WORDS, _ECHO_MORE = 4, 60
"""Words of a line at least that tells something where the page has it twice, in its head, in a
button that shares it, since buttons and sections are shorter; and characters around it there."""
_LONGEST_PART, _PART = 0.8, 0.4
"""How much it tells of a line that it is the longest part of a title, and another but the first."""
_TITLE_PARTS = re.compile(r"\s*(?:[|•·»«›]|::)\s*|\s[-–—:]\s")
_OF_PAGES = frozenset({PAGE_NUMBER, RUNNING_HEAD})
_FEW_BULLETS = 3
"""Items of lists, fewer than which no dump of a page with its menus has; a copy has none at all."""


@dataclass(frozen=True)
class HeadlinePage:
    """What candidates are weighed against: ``begin`` is where the body begins.

    ``lead`` are the words of its first paragraphs, ``marks`` the lines that may be a byline or
    hold the date, ``repeated`` the folded lines that stand more than once on the page, or on the
    part of it that is compared. ``is_copy`` says that the page was copied out of a browser, which
    puts blank lines around paragraphs and none above headings, and leaves out the signs of lists.
    """

    judged: Sequence[Judged]
    begin: int
    lead: frozenset[str]
    marks: Collection[int]
    repeated: frozenset[str]
    lines: LineReader
    is_copy: bool = False
    titles: Collection[tuple[frozenset[str], float]] = ()
    """The telling words of the titles that the file declares, of each whole and of its parts, and
    how much it tells of a line that it is the same."""

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The lines, folded, long paragraphs by their beginnings."""
        return tuple(fold(item.unit.text[:_LONGEST]) for item in self.judged)


def is_copy(judged: Sequence[Judged]) -> bool:
    """Say whether a page was copied out of a browser: no dump, which has lists, and no print."""
    bullets = sum(item.unit.is_bullet for item in judged)
    return bullets < _FEW_BULLETS and not any(item.unit.reason in _OF_PAGES for item in judged)


class HeadlineChoice(NamedTuple):
    """The line that is the headline, and how many points it is ahead of the next one.

    Lines that hold its words, or that it holds, are no others; the first is ahead of none at all
    by what it is worth. None where place alone decided.
    """

    line: int
    margin: float | None = None


def choose_headline(shares: Mapping[int, float], page: HeadlinePage) -> HeadlineChoice | None:
    """Return the likeliest headline among the lines that the model gives a share; None for none."""
    scores = {
        index: BIAS + sum(WEIGHTS[name] * value for name, value in known.items())
        for index, known in candidates(shares, page).items()
    }
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] <= 0:
        return None
    own = fold(page.judged[best].unit.text)
    others = (
        score
        for index, score in scores.items()
        if own not in (text := fold(page.judged[index].unit.text)) and text not in own
    )
    return HeadlineChoice(best, round(scores[best] - max(0.0, max(others, default=0.0)), 2))


def candidates(shares: Mapping[int, float], page: HeadlinePage) -> dict[int, dict[str, float]]:
    """Return what is known of each line that can be the headline, in the order of `WEIGHTS`."""
    return {
        index: {name: known[name] for name in WEIGHTS}
        for index, share in _off_trails(shares, page.judged).items()
        if (known := what_is_known(index, share, page))
    }


def what_is_known(index: int, share: float, page: HeadlinePage) -> dict[str, float]:
    """Return what is known of a line, by the names of `WEIGHTS`; nothing where it can be none."""
    item = page.judged[index]
    text, size = item.unit.text, item.size
    if not text or len(text) > _LONGEST or item.reason == SOURCE_ADDRESS:
        return {}
    if size > _MOST_WORDS or len(_TRAIL.findall(text)) > 1 or _is_dated(text, page.lines):
        return {}
    below = min((mark - index for mark in page.marks if mark > index), default=_FAR + 1)
    return {
        "share": math.log(max(share, _FLOOR)),
        "spoken": spoken_share(text, page.lead),
        "one_word": float(size <= 1),
        "two_words": float(size == 2),  # noqa: PLR2004 - as it is called
        "three_words": float(size == 3),  # noqa: PLR2004 - as it is called
        "long": float(size > _LONG_WORDS),
        "in_body": float(index > page.begin),
        "mark_below": float(below == 1),
        "mark_near": float(1 < below <= _NEAR),
        "mark_far": float(_NEAR < below <= _FAR),
        "repeated": float(fold(text) in page.repeated),
        "echoed": float(size >= _ECHO_WORDS and _is_echoed(index, page)),
        "titled": _titled(text, page.titles),
        "full_stop": float(text.endswith((".", ",")) + len(_SENTENCES.findall(text))),
        "phrase": float(item.reason is not None),
        "bullet": float(item.unit.is_bullet),
        "picture": float(item.look == "placeholder"),
        "ends_trail": float(_ends_trail(index, page.judged)),
        "outlet": float(size <= _OUTLET_WORDS and _is_outlet(text, page.lines.words)),
        "tight": float(page.is_copy and not item.unit.after_blank),
        "person": float(size <= _NAME_WORDS and is_person(text, page.lines.words.persons)),
    }


def _off_trails(shares: Mapping[int, float], judged: Sequence[Judged]) -> dict[int, float]:
    """Return the shares, those of a trail (``Home Traffic Bridge closed``) for what it ends with.

    That is the headline, which stands right under it.
    """
    found: dict[int, float] = {}
    for index, share in shares.items():
        below = range(index + 1, min(len(judged), index + 1 + _UNDER_TRAIL))
        place = next((at for at in below if _ends_with(judged[index], judged[at])), index)
        found[place] = max(share, found.get(place, 0.0))
    return found


def _ends_trail(index: int, judged: Sequence[Judged]) -> bool:
    above = range(max(0, index - _UNDER_TRAIL), index)
    return any(_ends_with(judged[over], judged[index]) for over in above)


def _is_outlet(text: str, words: LineWords) -> bool:
    """Say whether a line is the name of an outlet, or is made as such names are."""
    tokens = text.split()
    is_name = all(one[0].isupper() or one == "&" or one in words.function_words for one in tokens)
    ends = tokens[-1].casefold() in words.authors.outlet_ends
    return words.outlets.name_of(text) is not None or (ends and is_name)


def _ends_with(trail: Judged, headline: Judged) -> bool:
    """Say whether a line is another with words before it, which may be glued to it."""
    if not _TRAIL_WORDS <= headline.size <= trail.size or trail.unit.reason:
        return False
    whole, end = fold(trail.unit.text), fold(headline.unit.text)
    return len(end) < len(whole) and whole.endswith(end)


def _is_dated(text: str, lines: LineReader) -> bool:
    """Say whether a line gives a day or an age behind a label, or a day far off from other words.

    That is the line of an update, *Updated: 20 hours ago*, or the head of a printed page.
    """
    label, colon, _ = text.partition(":")
    dates = lines.words.dates
    if colon and fold(label) in dates.labels | dates.update_labels:
        return True
    return _APART in text.strip() and any(map(is_day, lines(text).dates))


def _is_echoed(index: int, page: HeadlinePage) -> bool:
    """Say whether the page has the words of a line once more, in a line of their own or another.

    A paragraph that has them says nothing.
    """
    text = fold(page.judged[index].unit.text)
    near = (line for line in page.folded if len(line) <= len(text) + _ECHO_MORE)
    return text in page.repeated or sum(text in line for line in near) > 1


def telling_titles(titles: Iterable[str]) -> tuple[tuple[frozenset[str], float], ...]:
    """Return the telling words of each title and of its parts, and how much each tells.

    One of the parts names the site: mostly the last, and not the longest.
    """
    found: list[tuple[frozenset[str], float]] = []
    for title in titles:
        parts = _TITLE_PARTS.split(title)
        first = title[: title.rindex(parts[-1])] if len(parts) > 1 else title
        longest = max(parts, key=lambda part: len(set(telling_words(part))))
        found += [(frozenset(telling_words(text)), 1.0) for text in (title, first, parts[0])]
        found += [
            (frozenset(telling_words(part)), _LONGEST_PART if part == longest else _PART)
            for part in parts
        ]
    return tuple(one for one in found if one[0])


def _titled(text: str, titles: Collection[tuple[frozenset[str], float]]) -> float:
    """Return how much a line and a title have in common, of the telling words of both."""
    telling = set(telling_words(text))
    shares = (worth * len(telling & one) / len(telling | one) for one, worth in titles)
    return max(shares, default=0.0)


def spoken_share(text: str, lead: frozenset[str]) -> float:
    """Return the share of a line's telling words that the body begins with."""
    telling = telling_words(text)
    return sum(word in lead for word in telling) / len(telling) if telling else 0.0


def telling_words(text: str) -> list[str]:
    """Return the words of a text that tell what it is about: the long ones."""
    return [word for word in words(text) if len(word) >= _LONG_WORD]
