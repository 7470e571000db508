"""What an address asks, and what it is when it asks something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from starlette.requests import Request

from knipsel.flows.page.site import Site
from knipsel.transforms.text.search.query import DEFAULT_ZONES
from knipsel.warehouse.search.result import SearchResult
from knipsel.warehouse.search.result import search as ask_index

PER_PAGE = 20
"""Articles of a result that are shown at once."""
FACETS = ("publisher", "language", "topic", "speaker", "completeness")
SORTS: Mapping[str, Literal["relevance", "date"]] = {"relevance": "relevance", "date": "date"}
CHOICES = (*FACETS, "from", "to", "in", "copies", "q")
"""The names in an address that say what is asked."""


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


def values_of(request: Request) -> dict[str, Any]:
    """Return what the address says of the question, by name."""
    given = request.query_params
    return {name: given.getlist(name) for name in CHOICES if name in given}
