"""What a page answers with: the page, the same as JSON, or its table as CSV."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from knipsel.flows.cli.print.csv import as_csv
from knipsel.flows.page.render import rendered

FORMS = {"": "text/html", ".json": "application/json", ".csv": "text/csv"}
"""The endings of an address, with what is answered."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows as a table, for a spreadsheet."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, what it shows, and the table of it where there is one.

    ``data`` is what programs get, so it is nothing but rows, texts and numbers; ``shown`` is for
    the template alone, such as a plot.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    table: Table | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


class _Part(Convertor[str]):
    """A part of an address that is text, and stays as it stands."""

    def convert(self, value: str) -> str:
        """Return it as it stands."""
        return value

    to_string = convert


class _Form(_Part):
    """The ending of an address."""

    regex = r"(?:\.json|\.csv)?"


class _Id(_Part):
    """An identifier, which has no full stop: what follows one is a form."""

    regex = r"[^/.]+"


register_url_convertor("form", _Form())
register_url_convertor("id", _Id())


def answer(request: Request, page: Page, common: Mapping[str, Any]) -> Response:
    """Return a page in the form that its address asks for."""
    form = request.path_params.get("form", "")
    if form == ".json":
        text = json.dumps(page.data, ensure_ascii=False, indent=1, default=str)
        return Response(text + "\n", page.status, media_type=FORMS[form])
    if form == ".csv":
        return _as_csv(page)
    here = request.url.path if request.url.path != "/" else "/overview"
    context = {**page.data, **page.shown, **common, "title": page.title, "here": here}
    context |= {"query_string": request.url.query, "has_table": page.table is not None}
    return HTMLResponse(rendered(page.template, context), page.status)


def _as_csv(page: Page) -> Response:
    if page.table is None:
        return Response("This page has no table.\n", 404, media_type="text/plain")
    headers = {"Content-Disposition": "attachment"}
    text = as_csv(page.table.columns, page.table.rows)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
