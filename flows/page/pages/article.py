"""An article: its text with who says what, its evidence, and the source beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.pages.within_result import within_result
from knipsel.flows.page.render import address
from knipsel.flows.page.segments import Segment, Stretch, segments
from knipsel.flows.page.site import Row, Site
from knipsel.transforms.duplicates.differences import differences
from knipsel.warehouse.queries.articles.explanation import explained_fields
from knipsel.warehouse.queries.page import article as queries
from knipsel.warehouse.release.checks.marks import read_marks

KINDS = ("hits", "quotations", "names", "times", "topics")
"""What can be marked in a text, in the order of the switches; hits where it was searched for."""
SHOWN_AT_FIRST = ("hits", "quotations")
MOST_LISTED = 20
"""Hits that a list above the text leads to."""
COLOURS = 8
"""Speakers with a colour of their own; the next begins with the first again, and has its name."""
MOST_MARKED = 5_000
"""Marks of a kind, and stretches of a source: more would make a page that no browser shows."""
LONGEST_COMPARED = 100_000
"""Characters of a text that is compared with its copy on the page."""


def article(site: Site, request: Request) -> Page:
    """Return the page of an article, or the articles whose identifiers begin so."""
    name = request.path_params["article"]
    found = site.ask(queries.FIND, {"name": name})
    if not found:
        message = (
            f"Release {site.release.version} has no article {name}: it may be held back, "
            "retracted, or of another release."
        )
        raise LookupError(message)
    if len(found) > 1 and found[0]["article_id"] != name:
        rows = [[*row.values()] for row in found]
        data = {"name": name, "articles": found}
        return Page("candidates.html.jinja", "Which one?", data, Table([*found[0]], rows))
    return _page(site, request, found[0]["article_id"])


def _page(site: Site, request: Request, name: str) -> Page:
    wanted = {"id": name}
    row = site.ask(queries.ARTICLE, wanted)[0]
    text = row.pop("text")
    paragraphs = site.ask(queries.PARAGRAPHS, wanted)
    marked = {
        kind: site.ask(query, wanted | {"most": MOST_MARKED})
        for kind, query in queries.MARKED.items()
    }
    document = {"document_id": row["document_id"]}
    statements = site.ask(queries.STATEMENTS, wanted)
    data: dict[str, Any] = {
        "article": row,
        "paragraphs": paragraphs,
        **marked,
        "fields": explained_fields(
            row | {"text": text}, statements, site.ask(queries.PLACES, wanted | document)
        ),
        "findings": site.ask(queries.FINDINGS, wanted),
        "source": site.ask(queries.SOURCE, document | {"most": MOST_MARKED}),
        "copies": site.ask(queries.COPIES, wanted),
    }
    within = within_result(site, request, name)
    asked: Mapping[str, Any] = {}
    if within is not None:
        asked = within.pop("asked")
        data["within"] = within
        marked["hits"] = _hits(within["hits"], marked["quotations"])
    chosen = request.query_params.getlist("show") or list(SHOWN_AT_FIRST)
    on = [kind for kind in KINDS if kind in chosen and kind in marked]
    speakers = _colours(marked["quotations"])
    shown = {
        "on": on,
        "switches": [
            (kind, kind in on, _switched(name, on, kind, asked), len(marked[kind]))
            for kind in KINDS
            if kind in marked
        ],
        "within": within,
        "hits_in_headline": [
            (hit["start"], hit["end"])
            for hit in (within["hits"] if within else ())
            if row["headline"] and (hit["zone"], hit["part"]) == ("headline", 0)
        ],
        "places_of_hits": [str(one["id"]) for one in marked.get("hits", ())[:MOST_LISTED]],
        "speakers": speakers,
        "parts": _parts(text, paragraphs, {kind: marked[kind] for kind in on}, speakers),
        "other": request.query_params.get("compare"),
        "compared": _compared(site, text, data["copies"], request.query_params.get("compare")),
        "marks": [asdict(mark) for mark in read_marks(site.place, name)],
        "coder": site.coder,
        "most": MOST_MARKED,
    }
    title = str(row["headline"] or f"Article {name}")
    columns = [*paragraphs[0]] if paragraphs else ["paragraph_id"]
    table = Table(columns, [[*one.values()] for one in paragraphs])
    return Page("article.html.jinja", title, data, table, shown)


def _switched(name: str, on: Sequence[str], kind: str, asked: Mapping[str, Any]) -> str:
    """Return the address with one kind of marks switched on or off, in the result it is of."""
    others = [one for one in on if one != kind] if kind in on else [*on, kind]
    return address(f"/article/{name}", **asked, show=others or ["nothing"])


def _hits(hits: Iterable[Mapping[str, Any]], quotations: Sequence[Row]) -> list[Row]:
    """Return the hits that stand in the text, as what is marked there."""
    found = set()
    for hit in hits:
        if hit["part"] is None:
            found.add((hit["start"], hit["end"]))
        elif hit["zone"] == "quotations" and hit["part"] < len(quotations):
            begins = quotations[hit["part"]]["char_start"]
            found.add((begins + hit["start"], begins + hit["end"]))
    return [
        {"id": f"hit.h{at}", "char_start": start, "char_end": end, "name": None}
        for at, (start, end) in enumerate(sorted(found)[:MOST_MARKED], 1)
    ]


def _colours(quotations: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Return the colour of each speaker, and how many quotations are theirs."""
    counts: dict[str, int] = {}
    for quotation in quotations:
        if quotation["name"]:
            counts[quotation["name"]] = counts.get(quotation["name"], 0) + 1
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: (place % COLOURS, counts[name]) for place, name in enumerate(ordered)}


def _parts(
    text: str,
    paragraphs: Iterable[Row],
    marked: Mapping[str, Sequence[Row]],
    speakers: Mapping[str, tuple[int, int]],
) -> list[dict[str, Any]]:
    """Return the paragraphs with their texts cut where marks begin and end."""
    stretches = [
        Stretch(row["char_start"], row["char_end"], _mark(kind, row, speakers))
        for kind, rows in marked.items()
        for row in rows
    ]
    return [
        {**row, "segments": _cut(text, row, stretches)}
        for row in paragraphs
        if row["role"] != "headline"
    ]


def _mark(kind: str, row: Row, speakers: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Return how a mark is drawn, and what is said of it."""
    colour = speakers.get(row["name"], (0, 0))[0] if kind == "quotations" else None
    said = {
        "quotations": f"says {row['name'] or 'somebody not named'}",
        "names": f"{row.get('kind')}: {row['name']}",
        "times": f"time: {row['name']}",
        "topics": f"topic: {row['name']}",
        "hits": "found",
    }
    return {
        "kind": kind,
        "colour": colour,
        "said": said[kind],
        "id": str(row["id"]).rpartition(".")[2],
        "name": row["name"],
        "entity": row.get("entity_id"),
        "start": row["char_start"],
        "end": row["char_end"],
    }


def _cut(text: str, row: Row, stretches: Sequence[Stretch[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return a paragraph in segments, each with what begins, goes on and ends in it."""
    start, end = row["char_start"], row["char_end"]
    if start is None:
        return [{"text": row["text"], "of": (), "begins": (), "ends": (), "entity": None}]
    inside = [
        Stretch(one.start - start, one.end - start, one.what)
        for one in stretches
        if one.start < end and one.end > start
    ]
    return [_drawn(one, start) for one in segments(text[start:end], inside)]


def _drawn(segment: Segment[dict[str, Any]], offset: int) -> dict[str, Any]:
    start = segment.start + offset
    end = start + len(segment.text)
    return {
        "text": segment.text,
        "of": segment.of,
        "begins": [one for one in segment.of if one["start"] == start],
        "entity": next((one["entity"] for one in segment.of if one["entity"]), None),
        "ends": [one for one in segment.of if one["end"] == end and one["kind"] == "quotations"],
    }


def _compared(
    site: Site, text: str, copies: Sequence[Row], other: str | None
) -> list[dict[str, Any]] | None:
    """Return how a text differs from one of its copies; None where none is asked for."""
    if other not in {copy["article_id"] for copy in copies}:
        return None
    theirs = site.ask(queries.TEXT, {"id": other})[0]["text"]
    stretches = differences(text[:LONGEST_COMPARED], theirs[:LONGEST_COMPARED])
    return [asdict(one) for one in stretches]
