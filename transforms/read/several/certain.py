"""When a division into articles is certain, and when it at least makes one article doubtful."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from knipsel.transforms.read.several.openings import FEWEST, FRONT_LINES, gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Part, Placed

FEWEST_DIVIDED = 2
"""Parts where a line of its own divides them."""
_LEAST_WORDS, _USUAL_WORDS = 20, 60
"""Words of prose that each part has at least, and that the middle one has: lists of links and
results of a search have a sentence or two for each, and so have most comments."""
_LEAST_SHORT, _USUAL_SHORT = 12, 30
"""The same where a line of its own divides them, or two kinds of signs stand with each: short
items of a newsletter, cuttings."""
_OF_COUNTED = 0.8
"""Share of the parts that must be whole where the lines between them count them."""
_AT_THE_SAME_PLACE = 0.8
"""Share of the parts that have one sign on the same side of the headline."""


def common_signs(parts: Sequence[Part], share: float = _AT_THE_SAME_PLACE) -> list[Placed]:
    """Return the signs that most parts have at the same place, the most frequent first."""
    counts = Counter(sign for part in parts for sign in part.signs)
    least = share * len(parts)
    return [sign for sign, count in sorted(counts.items(), key=_by_count) if count >= least]


def _by_count(counted: tuple[Placed, int]) -> tuple[int, Placed]:
    sign, count = counted
    return -count, sign


def are_articles(
    lines: SectionLines,
    parts: Sequence[Part],
    *,
    is_divided: bool = False,
    is_counted: bool = False,
    is_marked: bool = True,
    is_element: bool = False,
) -> bool:
    """Say whether each part is an article of its own beyond doubt.

    ``is_divided`` says that a line of its own divides them, ``is_counted`` that these lines say
    how many there are: then some may be short or odd. ``is_marked`` says that the format itself
    marks their headlines, ``is_element`` that it calls each an article.
    """
    if len(parts) < (FEWEST_DIVIDED if is_divided else FEWEST):
        return False
    whole = [part for part in parts if part.opening and part.signs]
    signs = common_signs(whole, _AT_THE_SAME_PLACE if is_divided else 1.0)
    is_short = is_divided or is_element or is_told_twice(signs)
    if not are_whole(parts, is_short=is_short, is_counted=is_counted):
        return False
    is_told = any(one.sign == "date" for one in signs) if len(parts) < FEWEST else bool(signs)
    is_sound = is_divided or (
        begins_alike(parts)
        and have_paragraphs(parts)
        and are_signed(lines, parts, signs)
        and (is_marked or (any(one.sign != "byline" for one in signs) and vary(parts, signs)))
    )
    if is_counted:
        return is_told and differ(lines, whole)
    holds_others = any(_holds_another(lines, part, signs) for part in parts)
    return is_told and is_sound and not holds_others and _are_apart(lines, parts)


def _are_apart(lines: SectionLines, parts: Sequence[Part]) -> bool:
    return differ(lines, parts) and not is_live_blog(parts)


def is_told_twice(signs: Sequence[Placed]) -> bool:
    """Say whether each article is told by two kinds of signs, as by outlet and day."""
    return len({one.sign for one in signs}) > 1


def are_whole(parts: Sequence[Part], *, is_short: bool = True, is_counted: bool = False) -> bool:
    """Say whether each part has a front and prose enough; where they are counted, whether most.

    Parts that are certain by other signs may be short.
    """
    least, usual = (_LEAST_SHORT, _USUAL_SHORT) if is_short else (_LEAST_WORDS, _USUAL_WORDS)
    whole = sum(bool(part.opening and part.signs and part.words >= least) for part in parts)
    if whole < (_OF_COUNTED if is_counted else 1) * len(parts):
        return False
    return median(part.words for part in parts) >= usual


def have_paragraphs(parts: Sequence[Part]) -> bool:
    """Say whether most parts have two paragraphs and more: teasers have one."""
    return sum(part.paragraphs > 1 for part in parts) >= _AT_THE_SAME_PLACE * len(parts)


def begins_alike(parts: Sequence[Part]) -> bool:
    """Say whether the first front is as others are, and not that of an article over a list."""
    fronts = [frozenset(part.opening.signs) if part.opening else None for part in parts]
    return fronts[1:].count(fronts[0]) >= max(1, _ALIKE * (len(fronts) - 1))


def are_signed(lines: SectionLines, parts: Sequence[Part], signs: Sequence[Placed]) -> bool:
    """Say whether a day or an outlet stands with each part, or else a person's byline.

    A list of books and games has *by* and a name under each title, too.
    """
    if any(one.sign != "byline" for one in signs):
        return True
    bylines = [
        lines.names(index)
        for part in parts
        if part.opening
        for one, index in part.opening.signs.items()
        if one.sign == "byline"
    ]
    persons = [names for names in bylines if any(map(lines.is_person, names))]
    return 2 * len(persons) >= len(parts)


def vary(parts: Sequence[Part], signs: Sequence[Placed]) -> bool:
    """Say whether what stands with the parts differs, or is more than a day.

    One and the same day over each is what a browser prints on every page.
    """
    days = {day for part in parts if part.opening for day in part.opening.days}
    return len(days) > 1 or any(one.sign != "date" for one in signs)


def _holds_another(lines: SectionLines, part: Part, signs: Sequence[Placed]) -> bool:
    """Say whether what stands over each article also stands within one: it holds two then."""
    wanted = {one.sign for one in signs}
    first = part.opening.prose if part.opening else part.begin
    for begin, prose in gaps(lines, first + 1, part.end):
        inside = range(max(begin, prose - FRONT_LINES), prose)
        found = {sign for index in inside for sign in lines.said(index).signs}
        if wanted and wanted <= found and begin > first + 1:
            return True
    return False


def differ(lines: SectionLines, parts: Sequence[Part]) -> bool:
    """Say whether the parts have headlines of their own, no names of people and no fields."""
    headlines = [part.opening.headline for part in parts if part.opening]
    shapes = [lines.shape(index) for index in headlines]
    if not headlines or median(lines.sizes[index] for index in headlines) < _HEADLINE_WORDS:
        return False
    persons = sum(_is_name(lines, index) for index in headlines)
    is_distinct = len(set(shapes)) >= _DISTINCT * len(parts)
    return is_distinct and 2 * persons < len(parts) and label_of(shapes) is None


def label_of(shapes: Sequence[str]) -> str | None:
    """Return the label with which most of the lines begin, None where they have none."""
    labels = Counter(shape.partition(": ")[0] for shape in shapes if ": " in shape[:_LABEL])
    label, count = next(iter(labels.most_common(1)), ("", 0))
    return label if 2 * count > len(shapes) else None


_LABEL = 25
"""Characters within which a label such as *Location:* ends."""
_DISTINCT = 0.95
"""Share of the headlines that no other part has: an agency sends the same story twice."""


def _is_name(lines: SectionLines, index: int) -> bool:
    text = lines.units[index].text
    return len(text.split()) <= _NAME_WORDS and lines.is_person(text)


_NAME_WORDS = 4
_HEADLINE_WORDS = 3
"""Words that the headline in the middle has at least: months and sections have fewer."""
_ALIKE = 0.2
"""Share of the other parts that have just the signs of the first: some lack a byline."""


def is_live_blog(parts: Sequence[Part]) -> bool:
    """Say whether the parts are entries: each has a time of its own on one and the same day."""
    days = {day for part in parts if part.opening for day in part.opening.days}
    return len(days) <= _NIGHT and _are_timed(parts)


def are_comments(parts: Sequence[Part]) -> bool:
    """Say whether most parts but the first have a time of their own: readers write so."""
    return _are_timed(parts[1:])


def _are_timed(parts: Sequence[Part]) -> bool:
    times = {time for part in parts if part.opening for time in part.opening.times}
    return 2 * len(times) > len(parts) and not _have_outlets(parts)


def _have_outlets(parts: Sequence[Part]) -> bool:
    return any(sign.sign == "outlet" for part in parts for sign in part.signs)


_NIGHT = 2
"""Days of a live blog: it may go on after midnight."""
