"""What trafilatura and htmldate find in the markup of a page that declares less than it could.

They know the classes in which sites put bylines and dates. A date is taken only where the page
itself has that day, in its markup or in its text: a library may make a day out of a month.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

_METHOD = "trafilatura"
_AUTHOR, _HEADLINE, _DATE, _SITE = 0.8, 0.65, 0.6, 0.5
_WANTED = frozenset({"headline", "author", "date_published"})
"""Fields for which the library is asked, where the page does not declare one of them."""
_SEARCH = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1990-01-01",
    "max_date": "2099-12-31",
}
"""Dates marked as such only, and no clock: what lies ahead is rejected later, with the reason."""
_LONGEST_LINE = 300


def found_tags(
    root: HtmlElement, text: str, head: Sequence[HeadTag], months: Mapping[str, int]
) -> Iterator[HeadTag]:
    """Yield what the libraries find of the fields that ``head``, the declared ones, lacks.

    ``text`` is the page as it was written.
    """
    missing = _WANTED - {tag.field for tag in head}
    if not missing:
        return
    from trafilatura.metadata import extract_metadata  # slow to load

    try:
        found = extract_metadata(deepcopy(root), date_config=dict(_SEARCH))
    except Exception:  # noqa: BLE001 - hostile pages raise what no list foresees; nothing is found then
        return
    if "headline" in missing and found.title:
        yield HeadTag("headline", found.title, _METHOD, _HEADLINE)
    if "author" in missing and found.author:
        yield HeadTag("author", found.author, _METHOD, _AUTHOR)
    if "date_published" in missing and found.date and _has_day(root, text, found.date, months):
        yield HeadTag("date_published", found.date, _METHOD, _DATE)
    if found.sitename and "." not in found.sitename:  # else the host, where there is no name
        yield HeadTag("publisher", found.sitename, _METHOD, _SITE)


def _has_day(root: HtmlElement, text: str, day: str, months: Mapping[str, int]) -> bool:
    """Say whether a page has a day: as ISO 8601 writes it, in an address, or in a line."""
    if any(written in text for written in (day, day.replace("-", "/"), day.replace("-", ""))):
        return True
    lines = (" ".join(piece.split()) for piece in root.itertext() if len(piece) <= _LONGEST_LINE)
    return any(
        one.edtf == day
        for line in lines
        for order in ("day", "month")
        for one in find_dates(line, months, order=order)
    )
