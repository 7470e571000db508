"""Searching: one box, facets with counts, articles or lines, and how to cite what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.asked import pages
from knipsel.flows.page.render import address, whole_number
from knipsel.flows.page.site import Site
from knipsel.transforms.text.search.query import DEFAULT_ZONES, ZONES
from knipsel.warehouse.release.pages.over_time import MOST_BARS
from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot, periods
from knipsel.warehouse.search.ask import Found
from knipsel.warehouse.search.concordance import concordance
from knipsel.warehouse.search.counts import Cells, count_by, facets
from knipsel.warehouse.search.hits import Hit, each_hit, hits
from knipsel.warehouse.search.result import SearchResult
from knipsel.warehouse.search.result import search as ask_index
from knipsel.warehouse.search.terms import advice, term_counts

PER_PAGE = 20
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
FACETS = ("publisher", "language", "topic", "speaker", "completeness")
MOST_NAMES = 8
"""Names of a facet that are shown."""
SORTS: Mapping[str, Literal["relevance", "date"]] = {"relevance": "relevance", "date": "date"}
LINE_SORTS: Mapping[str, Literal["relevance", "left", "right", "date"]] = {
    "relevance": "relevance",
    "left": "left",
    "right": "right",
    "date": "date",
}


def question_of(site: Site, request: Request) -> SearchResult:
    """Return what the address asks. Raises ``ValueError`` for what cannot be asked."""
    given = request.query_params
    words = given.get("q", "")
    for value in given.getlist("completeness"):
        words = f"({words}) AND completeness:{value}" if words.strip() else f"completeness:{value}"
    return ask_index(
        site.place,
        words,
        first=given.get("from") or None,
        last=given.get("to") or None,
        zones=given.getlist("in") or DEFAULT_ZONES,
        copies=given.get("copies") == "1",
        sort=SORTS.get(given.get("sort", ""), "relevance"),
        release=site.release.version,
        opened=site.opened,
        publisher=given.getlist("publisher"),
        language=given.getlist("language"),
        topic=given.getlist("topic"),
        speaker=given.getlist("speaker"),
    )


def search(site: Site, request: Request) -> Page | Response:
    """Return what is found: a page of articles, or with ``view=lines`` each hit in its line.

    Where somebody typed the identifier of an article, it leads there.
    """
    if article := _article_named(site, request):
        return RedirectResponse(f"/article/{article}", 303)
    result = question_of(site, request)
    with result.found() as found:
        is_lines = request.query_params.get("view") == "lines"
        data = _counted(found, result) | {"view": "lines" if is_lines else "articles"}
        shown = _around(found, request, data)
        if is_lines:
            sort = LINE_SORTS.get(request.query_params.get("sort", ""), "relevance")
            data |= asdict(concordance(found, sort, LINES, most_read=LINES_READ))
            lines: list[dict[str, Any]] = data["lines"]
            return _page(
                data,
                Table(list(lines[0]), [[*one.values()] for one in lines]) if lines else None,
                shown,
            )
        offset = whole_number(request.query_params.get("offset"), found.possibly)
        form = request.path_params.get("form")
        table = _table(each_hit(found, MOST_ROWS, fragments=0)) if form == ".csv" else _table(())
        page = hits(found, PER_PAGE, offset)
        data |= {"hits": [_hit(one) for one in page], "offset": offset}
        return _page(data, table, shown | pages(request, offset, found.possibly, PER_PAGE))


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


def _hit(hit: Hit) -> dict[str, Any]:
    return asdict(hit)


def _table(found: Iterator[Hit] | Sequence[Hit]) -> Table:
    columns = (
        "article_id",
        "date_published",
        "publisher",
        "headline",
        "language",
        "completeness",
        "copies",
        "is_sure",
        "score",
    )
    return Table(columns, [[getattr(hit, name) for name in columns] for hit in found])


def _around(found: Found, request: Request, counted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands around the articles: the plot, and links that narrow or widen."""
    given = request.query_params
    chosen = [(name, value) for name, value in given.multi_items() if name in _CHOICES and value]
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
        "cite_link": address("/cite", **_values(request)),
        "hidden": [pair for pair in chosen if pair[0] != "q"],
        "zones": ZONES,
        "given": given,
        "sort": given.get("sort", "relevance"),
    }


_CHOICES = (*FACETS, "from", "to", "in", "copies", "q")


def _values(request: Request) -> dict[str, Any]:
    """Return what the address says of the question, by name."""
    given = request.query_params
    return {name: given.getlist(name) for name in _CHOICES if name in given}


def _changed(request: Request, **changes: object) -> str:
    """Return the address with other values of some names; None takes one away."""
    given = request.query_params
    rest = {name: given.getlist(name) for name in given if name not in changes}
    return address("/search", **rest, **changes)


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
    back = address("/search", **_values(request))
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
    hidden = [(name, one) for name, some in _values(request).items() for one in some]
    shown = {"hidden": hidden, "back": address("/search", **_values(request))}
    return Page("why.html.jinja", "Why is this one not found?", data, None, shown)
