"""Searching: one box, facets with counts, articles or lines, and how to cite what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import is_for_people, pages
from knipsel.flows.page.pages.question import CHOICES, FACETS, PER_PAGE, question_of, values_of
from knipsel.flows.page.render import address, whole_number
from knipsel.flows.page.site import Site
from knipsel.transforms.text.search.query import ZONES
from knipsel.warehouse.queries.page import found as queries
from knipsel.warehouse.release.pages.over_time import MOST_BARS
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot, periods
from knipsel.warehouse.search.ask import Found
from knipsel.warehouse.search.concordance import concordance
from knipsel.warehouse.search.counts import Cells, count_by, facets
from knipsel.warehouse.search.hits import hits
from knipsel.warehouse.search.result import SearchResult
from knipsel.warehouse.search.terms import advice, term_counts

IDENTIFIER = re.compile(r"[0-9a-f]{16}-[0-9]+")
"""Of an article, in whole."""
HITS_READ = 200
"""Articles whose texts are read to count the hits of words: nobody waits for it."""
LINES_READ = 1_000
"""Articles whose texts are read for lines: less than half a second."""
LINES = 200
"""Lines of a concordance that a page shows."""
MOST_ROWS = 10_000
"""Articles that are written into a table."""
MOST_NAMES = 8
"""Names of a facet that are shown."""
LINE_SORTS: Mapping[str, Literal["relevance", "left", "right", "date"]] = {
    "relevance": "relevance",
    "left": "left",
    "right": "right",
    "date": "date",
}


def search(site: Site, request: Request) -> Page | Response:
    """Return what is found: a page of articles, or with ``view=lines`` each hit in its line.

    Where somebody typed the identifier of an article, it leads there.
    """
    if article := _article_named(site, request):
        return RedirectResponse(f"/article/{article}", 303)
    result = question_of(site, request)
    is_lines = request.query_params.get("view") == "lines"
    with result.found() as found:
        if request.path_params.get("form") == ".csv" and not is_lines:
            return _page({"query": result.words}, _table(site, found), {})
        data = _counted(found, result) | {"view": "lines" if is_lines else "articles"}
        shown = _around(found, request, data) if is_for_people(request) else {}
        if is_lines:
            sort = LINE_SORTS.get(request.query_params.get("sort", ""), "relevance")
            data |= asdict(concordance(found, sort, LINES, most_read=LINES_READ))
            lines: list[dict[str, Any]] = data["lines"]
            rows = [[*one.values()] for one in lines]
            return _page(data, Table(list(lines[0]), rows) if lines else None, shown)
        offset = whole_number(request.query_params.get("offset"), found.possibly)
        data |= {"hits": [asdict(one) for one in hits(found, PER_PAGE, offset)], "offset": offset}
        shown |= pages(request, offset, found.possibly, PER_PAGE)
        return _page(data, Table((), ()), shown)


def _article_named(site: Site, request: Request) -> str | None:
    """Return the article whose whole identifier is all that was typed."""
    typed = request.query_params.get("q", "").strip().lower()
    if request.path_params.get("form") or not IDENTIFIER.fullmatch(typed):
        return None
    rows = site.ask("SELECT article_id FROM articles WHERE article_id = $id", {"id": typed})
    return str(rows[0]["article_id"]) if rows else None


def _page(data: Mapping[str, Any], table: Table | None, shown: Mapping[str, Any]) -> Page:
    words = data["query"]
    return Page("search.html.jinja", words or "All articles", data, table, shown)


def _counted(found: Found, result: SearchResult) -> dict[str, Any]:
    """Return how many there are, what was understood, and what to try where there is nothing."""
    notes = (*result.question.query.notes, *found.translator.cut)
    return {
        "query": result.words,
        "understood": str(result.question.query),
        "surely": found.surely,
        "possibly": found.possibly,
        "undated": found.undated,
        "notes": list(notes),
        "terms": [asdict(one) for one in term_counts(found, HITS_READ)] if result.words else [],
        "advice": advice(found) if not found.possibly else [],
        "facets": facets(found, FACETS, MOST_NAMES),
    }


def _table(site: Site, found: Found) -> Table:
    """Return the articles that are found, in their order, without a look at their texts."""
    ranked = found.page(MOST_ROWS)
    names = [one.article_id for one in ranked]
    rows = {row["article_id"]: row for row in site.ask(queries.FOUND, {"names": names})}
    columns = (*next(iter(rows.values()), ("article_id",)), "is_sure", "score")
    return Table(
        columns, [[*rows[one.article_id].values(), one.is_sure, one.score] for one in ranked]
    )


def _around(found: Found, request: Request, counted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands around the articles: the plot, and links that narrow or widen."""
    given = request.query_params
    chosen = [(name, value) for name, value in given.multi_items() if name in CHOICES and value]
    return {
        "plot": _plot(found, request),
        "chosen": [
            (name, value, _without(request, name, value)) for name, value in chosen if name != "q"
        ],
        "narrowed": {
            name: {
                value: _with(request, name, f'"{value}"' if name != "completeness" else value)
                for value, _ in names
            }
            for name, names in counted["facets"].items()
        },
        "as_lines": _changed(request, view="lines", sort=None, offset=None),
        "as_articles": _changed(request, view=None, sort=None, offset=None),
        "sorted_by": {
            name: _changed(request, sort=name, offset=None)
            for name in ("relevance", "date", "left", "right")
        },
        "cite_link": address("/cite", **values_of(request)),
        "to_article": _to_article(request),
        "hidden": [pair for pair in chosen if pair[0] != "q"],
        "zones": ZONES,
        "given": given,
        "sort": given.get("sort", "relevance"),
    }


def _changed(request: Request, **changes: object) -> str:
    """Return the address with other values of some names; None takes one away."""
    given = request.query_params
    rest = {name: given.getlist(name) for name in given if name not in changes}
    return address("/search", **rest, **changes)


def _to_article(request: Request) -> Callable[[str, int | None], str]:
    """Return the address of an article that was found, at its place in the result."""
    asked = values_of(request) | {"sort": request.query_params.get("sort")}
    return lambda article, at: address(f"/article/{article}", **asked, at=at)


def _with(request: Request, name: str, value: str) -> str:
    kept = [one for one in request.query_params.getlist(name) if one != value]
    return _changed(request, **{name: [*kept, value], "offset": None})


def _without(request: Request, name: str, value: str) -> str:
    kept = [one for one in request.query_params.getlist(name) if one != value]
    return _changed(request, **{name: kept, "offset": None})


def _plot(found: Found, request: Request) -> BarPlot | None:
    """Return the articles over time, of which each bar leads to its own."""
    cells = _dated(found, "month")
    if not cells:
        return None
    if len(periods(min(cells), max(cells))) > MOST_BARS:
        cells = _dated(found, "year")
    bars = [_bar(period, cells.get(period), request) for period in periods(min(cells), max(cells))]
    return bar_plot("What was found, over time", bars)


def _dated(found: Found, unit: str) -> dict[str, Cells]:
    """Return the cells of months or years; articles without a date are in none."""
    return {period: cell for cell in count_by(found, [unit]) if (period := cell.cell[0])}


def _bar(period: str, cell: Cells | None, request: Request) -> Bar:
    surely, possibly = (cell.surely, cell.possibly) if cell else (0, 0)
    link = _changed(request, **{"from": period, "to": period, "offset": None})
    return Bar(period, surely, possibly - surely, link)


def cite(site: Site, request: Request) -> Page:
    """Return how to cite a result and find it again.

    ``expect`` in the address is an earlier one that it is compared with.
    """
    result = question_of(site, request)
    citation = asdict(result.cite())
    names = citation.pop("identifiers")
    expected = request.query_params.get("expect")
    compared = asdict(result.compare(expected)) if expected else None
    data = citation | {"comparison": compared, "identifiers": names}
    back = address("/search", **values_of(request))
    table = Table(("article_id",), [[name] for name in names])
    return Page(
        "cite.html.jinja",
        "How to cite this",
        data,
        table,
        {"back": back, "given": request.query_params},
    )


def why(site: Site, request: Request) -> Page:
    """Return which conditions of a question an article meets, and which it does not."""
    result = question_of(site, request)
    article = request.query_params.get("article", "").strip()
    explained = asdict(result.why(article)) if article else None
    data = {"query": result.words, "article": article, "explained": explained}
    hidden = [(name, one) for name, some in values_of(request).items() for one in some]
    shown = {"hidden": hidden, "back": address("/search", **values_of(request))}
    return Page("why.html.jinja", "Why is this one not found?", data, None, shown)
