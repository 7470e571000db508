"""An article as one of a result: what was found in it, and what stands before and behind it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from knipsel.flows.page.pages.question import CHOICES, PER_PAGE, question_of, values_of
from knipsel.flows.page.render import address, whole_number
from knipsel.flows.page.site import Site
from knipsel.transforms.text.search.evaluate import Reading
from knipsel.warehouse.search.ask import Found


def within_result(site: Site, request: Request, article: str) -> dict[str, Any] | None:
    """Return where an article stands in the result that the address asks for; None for no result.

    It has ``hits``, each with ``zone``, ``part``, ``start`` and ``end``, where ``part`` is None in
    the article's text itself; ``count``; ``asked``, what the address asks; ``back``, the address of
    the result; and where the article is ``at`` the place that the address says, ``before`` and
    ``behind``, the addresses of its neighbours, None where there is none.
    """
    given = request.query_params
    if not any(given.get(name) for name in CHOICES) and "at" not in given:
        return None
    asked = values_of(request) | {"sort": given.get("sort")}
    result = question_of(site, request)
    with result.found() as found:
        row = next(found.source.rows([article]))
        places = Reading(row.article).hits(result.question.query.query, result.question.zones)
        body = ("text", len(row.article.zones["text"]) - 1)
        at = whole_number(given.get("at"), found.possibly)
        around = _around(found, article, at)
        count = found.possibly
    shown = {
        name: address(f"/article/{other}", **asked, at=at + step) if other else None
        for (name, step), other in zip((("before", -1), ("behind", 1)), around, strict=True)
    }
    is_there = around != (None, None) or count == at == 1
    offset = (at - 1) // PER_PAGE * PER_PAGE if is_there else 0
    return {
        "hits": [
            asdict(one) | ({"part": None} if (one.zone, one.part) == body else {}) for one in places
        ],
        "asked": asked | {"at": given.get("at")},
        "count": count,
        "at": at if is_there else None,
        "back": address("/search", **asked, offset=offset or None),
        **shown,
    }


def _around(found: Found, article: str, at: int) -> tuple[str | None, str | None]:
    """Return the articles before and behind one, where it is at the place that is said."""
    first = max(at - 1, 1)
    around = [one.article_id for one in found.page(3, first - 1)] if at else []
    here = at - first
    if around[here : here + 1] != [article]:
        return None, None
    behind = around[here + 1] if here + 1 < len(around) else None
    return (around[here - 1] if here else None), behind
