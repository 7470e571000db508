"""Days that a text gives as that of its publication: where it opens, and in a last sentence.

Press releases and agencies open with place and day, ``Ghent, 3 March 2023 -``; programs for blogs
close with ``This entry was posted on``. A story can open so as well, with a day of long ago, so
the opening is the least sure of all that a page says.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.parse.bylines import LONGEST_LINE
from knipsel.transforms.parse.date_lines import posted_day
from knipsel.transforms.parse.dates import dates_in, is_day
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.clean.blocks import Block, Cleaned
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.dates import DateWords

OF_SOMETHING_ELSE = "of_something_else"
_OPENING, _POSTED, _OTHER = 0.6, 0.92, 0.3
_MOST_OTHERS = 5
"""Days of something else that are kept: a list of events or of sources may hold hundreds."""
_MOST_LEADS = 2
"""Paragraphs of the lead at most behind which the text opens with its day."""
_WITHIN = 120
"""Characters of a paragraph in which its opening is sought."""
_FIRST_SITES = "1990"
"""Before this year a text opens with the day that it tells of."""
_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*(?:[ /-][^\W\d_a-z][\w.’'-]*){0,3},?\s?)?\(?")
"""What stands before the day in an opening: nothing, or a place; and a bracket."""
_AFTER = re.compile(
    r"(?:\s?\([^()]{2,40}\)|\s?/[^/]{2,40}/|\s?\|\s?[^|–—-]{2,30}?)?\s?(?:[–—-]{1,2}|\|)\s{1,3}"
    r"(?=[^\W_a-zß-öø-ÿ]|[\"'„“«»‘(])"
)
_TIMED = re.compile(
    r",?\s?\d{1,2}[:.]\d\d(?:\s?(?i:uhr|h|uur|[ap]\.?m\.?))?\s{0,3}(?=[^\W\d_a-zß-öø-ÿ])"
)
"""A time, behind which pages glue the text: ``3.3.2023, 15:30 UhrDer``."""
_YEAR = re.compile(r"[12]\d{3}")
_CLOSED = re.compile(r"\s?\)[.:]?\s{1,3}(?=\S)")


def dated_texts(cleaned: Cleaned) -> Iterator[Candidate]:
    """Yield the day with which the text opens, and the one on which it says that it was posted."""
    words = cleaned.lines.words.dates
    body = [block for block in cleaned.published if block.role in {"body", "standfirst"}]
    opened = [(block, day) for block in body if (day := _opening(block.text, words))]
    leads = sum(block.role == "standfirst" for block in body[:_MOST_LEADS])
    if len(opened) == 1 and opened[0][0] in body[: leads + 1]:  # several are a chronicle
        yield _published(cleaned, *opened[0], "opening_day", _OPENING)
    yield from islice(_others(cleaned), _MOST_OTHERS)
    posted = [(block, day) for block in cleaned.blocks if (day := posted_day(block.text, words))]
    if len({day.edtf for _, day in posted}) == 1:  # several are of several texts
        yield _published(cleaned, *posted[0], "posted_line", _POSTED)


def _others(cleaned: Cleaned) -> Iterator[Candidate]:
    """Yield the days of which lines say that they are of something else, with the reason."""
    for block in cleaned.blocks:
        if len(block.text) > LONGEST_LINE or not _YEAR.search(block.text):
            continue
        for day in cleaned.lines(block.text).other_dates:
            if is_day(day):
                found = _published(cleaned, block, day, "labelled_day", _OTHER)
                yield replace(found, rejection=OF_SOMETHING_ELSE)


def _published(
    cleaned: Cleaned, block: Block, day: FoundDate, method: str, confidence: float
) -> Candidate:
    evidence = Evidence(block, cleaned.source_text)
    return evidence.candidate("date_published", day.edtf, method, confidence, day)


def _opening(text: str, words: DateWords) -> FoundDate | None:
    """Return the day with which a paragraph opens, set apart from its first sentence."""
    found = next(iter(dates_in(text[:_WITHIN], words)), None)
    if found is None or not is_day(found) or found.edtf < _FIRST_SITES:
        return None
    before, after = text[: found.start], text[found.end :]
    is_place = _BEFORE.fullmatch(before) or _labels(before, words.labels)
    is_timed = not before and _TIMED.match(after)
    is_apart = _CLOSED.match(after) if before.endswith("(") else _AFTER.match(after)
    return found if is_place and (is_apart or is_timed) else None


def _labels(before: str, labels: frozenset[str]) -> bool:
    return fold(before) in labels
