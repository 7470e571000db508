"""What trafilatura and htmldate find in the markup of a page that declares less than it could.

They know the classes in which sites put bylines and dates. A date is taken only where the page
itself has that day, in its markup or in its text: a library may make a day out of a month.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.dated_line import is_other_day
from knipsel.transforms.parse.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.dates import DateWords, Order

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
_BESIDE = frozenset({"footer", "aside", "nav"})
_BESIDE_WORDS = frozenset(
    {"nav", "navbar", "navigation", "menu", "masthead", "topbar", "sidebar", "footer", "related"}
)
"""Words in the classes of what stands beside the article: a masthead has the day of the visit."""
_WORD = re.compile(r"[a-z]+")
_OTHER_KEYS = re.compile(
    r"(?:start|end|modified|updated|expir|valid)\w{0,16}[^\w]{1,8}$", re.IGNORECASE
)
_KEY_BEFORE = 32
"""What stands before the day of an event, of a change or of an offer in the data of a page, and the
characters before the day in which it stands."""
_ORDERS: tuple[Order, ...] = ("day", "month")


def found_tags(
    root: HtmlElement, text: str, head: Sequence[HeadTag], dates: DateWords
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
    changed = {tag.value[: len("2023-03-01")] for tag in head if tag.field == "date_modified"}
    day = found.date if "date_published" in missing and found.date not in changed else None
    if day and _has_day(root, text, day, dates):
        yield HeadTag("date_published", day, _METHOD, _DATE)
    if found.sitename and "." not in found.sitename:  # else the host, where there is no name
        yield HeadTag("publisher", found.sitename, _METHOD, _SITE)


def _has_day(root: HtmlElement, text: str, day: str, dates: DateWords) -> bool:
    """Say whether a page gives a day as its own: as ISO 8601 writes it, in an address, in a line.

    Where it shows the day, one place at least must be neither labelled as something else nor in
    a footer or beside the text; what is marked as a time needs no such place.
    """
    shown = list(_shown(root, day, dates.months))
    if shown:
        return any(_is_own(*place, dates) for place in shown) or _is_marked(root, day)
    written = (day, day.replace("-", "/"), day.replace("-", ""))
    return any(
        not _OTHER_KEYS.search(text, max(0, place.start() - _KEY_BEFORE), place.start())
        for form in written
        for place in re.finditer(re.escape(form), text)
    )


def _shown(
    root: HtmlElement, day: str, months: Mapping[str, int]
) -> Iterator[tuple[HtmlElement, str]]:
    """Yield where a page shows a day: the element, and what stands before it there."""
    for element in root.iter():
        for piece, parent in ((element.text, element), (element.tail, element.getparent())):
            if not piece or len(piece) > _LONGEST_LINE or parent is None:
                continue
            line = " ".join(piece.split())
            for one in _days(line, months):
                if one.edtf == day:
                    yield parent, line[: one.start]


def _days(line: str, months: Mapping[str, int]) -> Iterator[FoundDate]:
    for order in _ORDERS:
        yield from find_dates(line, months, order=order)


def _is_own(element: HtmlElement, before: str, dates: DateWords) -> bool:
    if any(map(_is_beside, (element, *element.iterancestors()))):
        return False
    label = element.getprevious() if not before else None
    above = "" if label is None or callable(label.tag) else label.text_content()
    return not is_other_day(before or above[-_LONGEST_LINE:], dates)


def _is_beside(element: HtmlElement) -> bool:
    if element.tag in _BESIDE:
        return True
    named = _WORD.findall((element.get("class") or "").lower())
    holds_article = any(element.find(f".//{tag}") is not None for tag in ("h1", "article", "p"))
    return not _BESIDE_WORDS.isdisjoint(named) and not holds_article


def _is_marked(root: HtmlElement, day: str) -> bool:
    marked = root.iter("time", "meta")
    return any(day in value for element in marked for value in element.attrib.values())
