"""What several pages read of an address."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request

from knipsel.flows.page.render import address, whole_number
from knipsel.transforms.text.edtf import date_bounds

PER_PAGE = 50


def text_of(request: Request, name: str) -> str | None:
    """Return what an address says of a name, None where it says nothing."""
    return request.query_params.get(name, "").strip() or None


def is_for_people(request: Request) -> bool:
    """Tell whether an address asks for a page, with its plots and links, and not for its data."""
    return not request.path_params.get("form")


def bound(request: Request, name: str, *, is_last: bool = False) -> date | None:
    """Return the first or last day of a date in an address.

    Raises ``ValueError`` where it is none.
    """
    text = text_of(request, name)
    if text is None:
        return None
    bounds = date_bounds(text)
    day = bounds.not_after if is_last else bounds.not_before
    if day is None:
        message = f"{text!r} is no date, such as 2022, 2022-03 or 2022-03-15."
        raise ValueError(message)
    return day


def pages(
    request: Request, offset: int, total: int, per_page: int = PER_PAGE
) -> dict[str, str | None]:
    """Return the addresses of the pages before and behind one, None where there is none."""
    rest = {name: request.query_params.getlist(name) for name in request.query_params}
    rest.pop("offset", None)
    here = request.url.path
    before = address(here, **rest, offset=max(offset - per_page, 0) or None) if offset else None
    behind = address(here, **rest, offset=offset + per_page)
    return {
        "page_before": before,
        "page_behind": behind if offset + per_page < total else None,
    }


def offset_of(request: Request, total: int) -> int:
    """Return from which row on an address wants to see."""
    return whole_number(request.query_params.get("offset"), max(total - 1, 0))
