"""Annotating texts that somebody else keeps: a text at a time, or lines of JSON in and out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import IO, Any

from knipsel.flows.config.register_files import load_registers
from knipsel.flows.config.settings import Settings
from knipsel.transforms.annotate.annotate import annotated
from knipsel.transforms.annotate.model import ArticleText
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.model import AnnotationRows
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.language import detect_language

KINDS = ("quotations", "mentions", "entities", "time_expressions", "topics", "topic_matches")
"""What is found in a text: as in the tables, so with their column names."""

_FILLED_BY = {"entities": "mentions", "topic_matches": "topics"}
"""The annotator of the kinds that are not called after theirs."""

LIKELY = 0.4
"""How sure a language must be that is only the one whose words are looked for."""

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:?\d{2}")
"""A date with its time of day, which dates in a text do not count from."""

_LEFT_OUT = ("article_id", "paragraph_id")
"""Columns that a text has no use for which is no article of a warehouse."""


class BadRecordError(ValueError):
    """A line that cannot be annotated; the message says why."""


def annotate(
    text: str,
    *,
    language: str | None = None,
    date: str | dt.date | None = None,
    settings: Settings | None = None,
) -> AnnotationRows:
    """Return who says what in a text, and which names, times and topics stand in it.

    ``language`` is a tag of BCP 47, detected where it is not given. ``date`` is when the text was
    published, as a day or in EDTF, such as ``2024-05``: times such as "yesterday" count from it.
    Offsets count code points of ``text``, end exclusive; ``failures`` say which annotators failed,
    of which there is nothing then. Raises ``ValueError`` for a date that is none.
    """
    settings = settings or Settings()
    known = load_registers(settings.registers, annotating=settings.annotating_texts()).annotations
    published = f"{date:%Y-%m-%d}" if isinstance(date, dt.date) else date
    return _annotated("text", text, language, _checked_date("date", published), known)


def annotated_lines(stream: IO[bytes], registers: AnnotationRegisters, limit: int) -> Iterator[str]:
    """Yield for each line a line of JSON, in order: what its text says, or what is wrong with it.

    Where an annotator fails, what it would have found is null and ``own_errors`` says at what.
    ``limit`` is how many bytes a line may have. Blank lines are passed over.
    """
    for number, line in enumerate(_bounded(stream, limit), start=1):
        if line.strip():
            yield _as_json(_answer(number, line, registers, limit))


def _as_json(answer: Mapping[str, object]) -> str:
    """Return an answer as JSON; half a character, which UTF-8 does not have, as JSON writes it."""
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return text


def _bounded(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """Yield the lines of a stream; of one that is too long its beginning, a byte too many."""
    while line := stream.readline(limit + 1):
        yield line
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)


def _answer(
    number: int, line: bytes, registers: AnnotationRegisters, limit: int
) -> dict[str, object]:
    record: dict[str, Any] = {}
    try:
        record = _parsed(line, limit)
        return {"id": record["id"], **_found(record, registers)}
    except BadRecordError as error:
        return {"id": record.get("id"), "line": number, "error": str(error)}


def _parsed(line: bytes, limit: int) -> dict[str, Any]:
    """Return the record in a line; raise `BadRecordError` where it is none."""
    if len(line) > limit:
        message = f"The line has more than {limit:,} bytes; raise max_document_bytes to read it."
        raise BadRecordError(message)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"The line is no JSON: {error}."
        raise BadRecordError(message) from error
    if not isinstance(record, dict) or "id" not in record:
        message = "A line must be an object with an id and a text."
        raise BadRecordError(message)
    return record


def _found(record: Mapping[str, Any], registers: AnnotationRegisters) -> dict[str, object]:
    """Return what the text of a record says."""
    text, name = _string(record, "text") or "", str(record["id"])
    language, published = _string(record, "language"), _string(record, "date_published")
    if published is not None and _MOMENT.match(published):
        published, _, _ = published.partition("T")
    rows = _annotated(name, text, language, _checked_date("date_published", published), registers)
    errors = {one.annotator: one.error for one in rows.failures}
    answer: dict[str, object] = {
        kind: None if _FILLED_BY.get(kind, kind) in errors else list(_plain(rows, kind))
        for kind in KINDS
    }
    return answer | ({"own_errors": errors} if errors else {})


def _checked_date(name: str, published: str | None) -> str | None:
    """Return a date; raise `BadRecordError` where it is none."""
    if published is not None and date_bounds(published).precision == "unknown":
        message = f"{name} {published!r} is no date of EDTF, such as 2024-05 or 2024-05-20."
        raise BadRecordError(message)
    return published


def _annotated(
    name: str,
    text: str,
    language: str | None,
    published: str | None,
    registers: AnnotationRegisters,
) -> AnnotationRows:
    """Return what a text says, with identifiers that begin with a name."""
    if language is None and (detected := detect_language(text, LIKELY)):
        language = detected[0]

    def prepare() -> tuple[ArticleText, list[str]]:
        prepared = of_text(text, language, published, registers)
        return prepared, [""] * len(prepared.blocks)

    return annotated(name, prepare, registers)


def _string(record: Mapping[str, Any], key: str) -> str | None:
    """Return a field of a record, None where it is not there or null."""
    value = record.get(key)
    if value is None and key != "text":
        return None
    if not isinstance(value, str):
        message = f"{key} must be a string."
        raise BadRecordError(message)
    return value


def _plain(rows: AnnotationRows, kind: str) -> Iterator[dict[str, object]]:
    """Yield rows as JSON has them; days are in ISO 8601."""
    for row in getattr(rows, kind):
        values = ((one.name, getattr(row, one.name)) for one in fields(row))
        yield {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in values
            if name not in _LEFT_OUT
        }
