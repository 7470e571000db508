"""Names of outlets as press databases print them: ``The Guardian (London) - Final Edition``.

Behind the name stand a city or a country, since several outlets have the same one, and an
edition. The city must be of the outlet's country: *The Sun (Malaysia)* is not *The Sun*.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CUT = re.compile(r"\s+[-–—]{1,2}\s+|\s*[;,|]\s*|\s*(?=\()|(?<=\))\s*")
"""Where a name ends and what is said of it begins."""
_LONGEST = 200


def without_edition(printed: str, editions: frozenset[str]) -> str:
    """Return a name without the editions at its end; a place stays, it tells two outlets apart."""
    for name, behind in readings(printed):
        if behind and all(_is_edition(part, editions) for part in behind):
            return name
    return printed


def readings(printed: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name with the parts that stand behind it, the longest name first."""
    if len(printed) > _LONGEST:
        return
    cuts = [(0, 0), *(one.span() for one in _CUT.finditer(printed)), (len(printed), len(printed))]
    for last in range(len(cuts) - 1, 0, -1):
        behind = [
            printed[cuts[index][1] : cuts[index + 1][0]].strip(" ()")
            for index in range(last, len(cuts) - 1)
        ]
        yield printed[: cuts[last][0]].strip(), [part for part in behind if part]


def fits(part: str, places: frozenset[str] | None, editions: frozenset[str]) -> bool:
    """Say whether a part is a place of the outlet's country, or an edition."""
    return fold(part) in (places or ()) or _is_edition(part, editions)


def _is_edition(part: str, editions: frozenset[str]) -> bool:
    words = [word.strip(".").casefold() for word in part.split()]
    return any(word in editions for word in words)
