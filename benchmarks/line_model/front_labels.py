"""Which lines of a page are the headline, the byline and the date line, by its gold record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.line_model.alignment import split_words
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.parse.dates import find_dates

Labels = NDArray[np.float32]

HEADS = ("headline", "byline", "date_line")
LONGEST = 25
"""Words of a line that can be a byline or a date line; names and days stand in paragraphs, too."""
LEAST_TITLE, LONGEST_SITE = 15, 40
"""Characters of a title that is found in a longer line, and of the name of the site behind it."""


def front_labels(
    texts: Sequence[str], lines: Sequence[Sequence[str]], gold: Mapping[str, Any]
) -> dict[str, Labels]:
    """Return for each head that the record tells which lines are it; none may be.

    A page may print ``titles`` for its article other than the record's.

    ``texts`` are the lines, ``lines`` their words.
    """
    found: dict[str, Labels] = {}
    if gold.get("title"):
        titles = list(map(split_words, (gold["title"], *gold.get("titles", ()))))
        found["headline"] = _marks([any(_is_title(line, one) for one in titles) for line in lines])
    if gold.get("authors"):
        found["byline"] = _bylines(lines, [" ".join(split_words(name)) for name in gold["authors"]])
    if gold.get("date"):
        months, day = load_registers().lines.dates.months, str(gold["date"])[:10]
        found["date_line"] = _marks(
            [
                len(line) <= LONGEST and any(one.edtf == day for one in find_dates(text, months))
                for text, line in zip(texts, lines, strict=True)
            ]
        )
    return found


def _marks(flags: Sequence[bool]) -> Labels:
    return np.array(flags, np.float32)


def _is_title(line: Sequence[str], title: Sequence[str]) -> bool:
    """Say whether a line is the title, the name of a site or a kicker aside."""
    shorter, longer = sorted((" ".join(line), " ".join(title)), key=len)
    if not shorter:
        return False
    is_within = longer.startswith(shorter) and len(shorter) >= LEAST_TITLE
    return shorter == longer or (is_within and len(longer) - len(shorter) <= LONGEST_SITE)


def _bylines(lines: Sequence[Sequence[str]], names: Sequence[str]) -> Labels:
    """Return which short lines have all names, or where no line has, which have any."""
    joined = [f" {' '.join(line)} " if len(line) <= LONGEST else "" for line in lines]
    of_all = [bool(line) and all(f" {name} " in line for name in names) for line in joined]
    return _marks(
        of_all if any(of_all) else [any(f" {name} " in line for name in names) for line in joined]
    )
