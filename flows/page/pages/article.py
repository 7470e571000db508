"""An article: its text with who says what, its evidence, and the source beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from starlette.requests import Request

from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.render import address
from knipsel.flows.page.segments import Segment, Stretch, segments
from knipsel.flows.page.site import Row, Site
from knipsel.transforms.duplicates.differences import differences
from knipsel.warehouse.queries.articles.explanation import explained_fields
from knipsel.warehouse.queries.page import article as queries
from knipsel.warehouse.release.checks.marks import read_marks

KINDS = ("quotations", "names", "times", "topics")
"""What can be marked in a text, in the order of the switches."""
SHOWN_AT_FIRST = ("quotations",)
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
    chosen = request.query_params.getlist("show") or list(SHOWN_AT_FIRST)
    on = [kind for kind in KINDS if kind in chosen]
    speakers = _colours(marked["quotations"])
    shown = {
        "on": on,
        "switches": [
            (kind, kind in on, _switched(name, on, kind), len(marked[kind])) for kind in KINDS
        ],
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


def _switched(name: str, on: Sequence[str], kind: str) -> str:
    """Return the address with one kind of marks switched on or off."""
    others = [one for one in on if one != kind] if kind in on else [*on, kind]
    return address(f"/article/{name}", show=others or ["nothing"])


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
    }
    return {
        "kind": kind,
        "colour": colour,
        "said": said[kind],
        "id": str(row["id"]).rpartition(".")[2],
        "name": row["name"],
        "start": row["char_start"],
        "end": row["char_end"],
    }


def _cut(text: str, row: Row, stretches: Sequence[Stretch[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return a paragraph in segments, each with what begins, goes on and ends in it."""
    start, end = row["char_start"], row["char_end"]
    if start is None:
        return [{"text": row["text"], "of": (), "begins": (), "ends": ()}]
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
