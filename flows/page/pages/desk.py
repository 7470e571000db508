"""The desk: what is held back and why, read again or overruled with a reason; and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from starlette.requests import Request

from knipsel.flows.cli.quarantine.show import show_document
from knipsel.flows.page.answer import Page, Table
from knipsel.flows.page.render import address
from knipsel.flows.page.site import Site
from knipsel.flows.runs.rereading import Choice, read_documents_again, release_document
from knipsel.flows.runs.summary import AgainSummary
from knipsel.flows.runs.work import at_work, work_of
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.queries.quarantine import held_back
from knipsel.warehouse.release.checks.marks import Mark, keep_mark, read_marks

LINES = 60
"""Lines of a source that are shown of how it begins."""


class ReadOnlyError(RuntimeError):
    """The page was asked to change something, and may not."""

    def __init__(self) -> None:
        """Say how it may."""
        super().__init__("This page only reads; `knipsel explore --write` lets it change things.")


def desk(site: Site, request: Request) -> Page:
    """Return the documents that are held back now, those of one rule where it is named."""
    rule = request.query_params.get("rule") or None
    with open_lake(site.place, read_only=True) as connection:
        found = held_back(connection, rule)
    rows = [
        {
            "document_id": one.document.document_id,
            "path": one.document.found.path,
            "rules": list(one.rules),
            "messages": list(one.messages),
            "since": str(one.since),
        }
        for one in found
    ]
    table = Table(list(rows[0]), [[*row.values()] for row in rows]) if rows else None
    data = {"rule": rule, "documents": rows}
    shown = {"done": request.query_params.get("done", "")}
    return Page("desk/desk.html.jinja", "Held back", data, table, shown)


def held_document(site: Site, request: Request) -> Page:
    """Return all about a document: why it is held back, what to do, what it would become now."""
    name = request.path_params["document"]
    data = show_document(site.place, site.settings, name, LINES)
    rules = {one["rule"]: one for one in data["reasons"] if not one["resolved_at"]}
    is_overrulable = bool(rules) and all(one["can_be_released"] for one in rules.values())
    title = str(data["document"]["file_name"])
    return Page("desk/held.html.jinja", title, data, None, {"is_overrulable": is_overrulable})


def settle(site: Site, request: Request, given: Mapping[str, str]) -> str:
    """Read a document again, or publish it for a reason; return the address that tells of it."""
    if not site.may_write:
        raise ReadOnlyError
    document, reason = request.path_params["document"], given.get("reason", "").strip()
    with at_work(work_of("replay", site.place, site.settings)) as work:
        if given.get("action") == "release":
            if not reason:
                raise ValueError("Say why it is published nonetheless.")
            summary = release_document(work, document, reason, publish=True)
        else:
            summary = read_documents_again(work, Choice([document]), publish=True)
    return address("/held-back", done=_told(summary))


def _told(summary: AgainSummary) -> str:
    if not summary.counts.documents_published:
        return "It was read again, and is held back still."
    release = f", in release {summary.release_version}" if summary.release_version else ""
    return f"It is published{release}."


def marks(site: Site, request: Request) -> Page:
    """Return all marks, with the headlines of their articles, and whether their texts changed."""
    del request
    kept = read_marks(site.place)
    names = [mark.article_id for mark in kept]
    known = {
        row["article_id"]: row
        for row in site.ask(
            "SELECT article_id, headline, text_sha256 FROM articles "
            "WHERE list_contains($names, article_id)",
            {"names": names},
        )
    }
    rows = [asdict(mark) | _now(mark, known.get(mark.article_id)) for mark in kept]
    table = Table(list(rows[0]), [[*row.values()] for row in rows]) if rows else None
    return Page("desk/marks.html.jinja", "Marks", {"marks": rows}, table)


def _now(mark: Mark, article: Mapping[str, object] | None) -> dict[str, object]:
    """Return what became of the article since it was marked."""
    if article is None:
        return {"headline": None, "state": "not in this release"}
    is_same = article["text_sha256"] == mark.text_sha256
    return {"headline": article["headline"], "state": "as marked" if is_same else "text changed"}


def mark(site: Site, request: Request, given: Mapping[str, str]) -> str:
    """Keep a person's mark on an article; return the address to go on with."""
    if site.coder is None:
        raise ReadOnlyError
    name = request.path_params["article"]
    found = site.ask("SELECT text_sha256 FROM articles WHERE article_id = ?", [name])
    if not found:
        message = f"Release {site.release.version} has no article {name}."
        raise LookupError(message)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = Mark(
        article_id=name,
        coder=site.coder,
        star=given.get("star") == "1",
        tags=" ".join(given.get("tags", "").split()),
        note=given.get("note", "").strip(),
        text_sha256=found[0]["text_sha256"],
        marked_at=now,
    )
    keep_mark(site.place, kept)
    return f"/article/{name}#mark"
