"""What else names what goes: the index of an export, the notes of runs, the names of its files.

None of these is a row of the article or of its document, so that none goes with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.everywhere import places
from knipsel.warehouse.retraction.proof.search import Finder
from knipsel.warehouse.retraction.rows import NAME
from knipsel.warehouse.sql import any_row, quoted, take_in

SAID: Mapping[str, str] = {"runs": "message", "validations": "observed_value"}
"""The columns of tables without an owner that can quote a text or name a file: an error does."""

SHORTEST_HEADLINE = 12
"""Characters of a headline that is looked for within a line; a shorter one is a whole line."""

_NUMBERING = r"[^\w\n]*(?:\d+[.):]?)?[^\w\n]*"
_SPANS = pa.schema(
    [
        ("document_id", pa.string()),
        ("source_start", pa.int64()),
        ("source_end", pa.int64()),
        ("text", pa.string()),
        ("reason", pa.string()),
    ]
)
_STARTS = pa.schema([("document_id", pa.string()), ("source_start", pa.int64())])
_HEADLINES = pa.schema([("document_id", pa.string()), ("headline", pa.string())])


def gather_headlines(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Leave ``retract_headlines``: those of the articles that go, as any place has them."""
    found: set[tuple[str, str]] = set()
    for schema, _ in places(connection, warehouse):
        found.update(
            connection.execute(
                "SELECT DISTINCT document_id, trim(headline) FROM (SELECT document_id, "
                "unnest([headline, alternative_headline]) AS headline "
                f"FROM {schema}.articles SEMI JOIN retract_articles USING (article_id)) "
                "WHERE trim(headline) <> ''"
            ).fetchall()
        )
    take_headlines(connection, sorted(found))


def take_headlines(
    connection: duckdb.DuckDBPyConnection, headlines: Iterable[Sequence[str]]
) -> None:
    """Leave ``retract_headlines``, of pairs of a document and a headline."""
    rows = [dict(zip(_HEADLINES.names, pair, strict=True)) for pair in headlines]
    take_in(connection, "retract_headlines", pa.Table.from_pylist(rows, schema=_HEADLINES))


def find_mentions(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Leave ``retract_mentions`` and ``retract_remainders``, of sources that keep other articles.

    The first are the removed spans with a line that has the headline of an article that goes, such
    as an export's index; the second what is left of these without such lines.
    """
    headlines: dict[str, list[str]] = {}
    for document_id, headline in connection.execute("FROM retract_headlines").fetchall():
        headlines.setdefault(document_id, []).append(headline)
    spans = connection.execute(
        f"SELECT document_id, source_start, source_end, text, reason FROM {schema}.removed_spans "
        "WHERE document_id IN (SELECT document_id FROM retract_headlines) "
        "AND document_id NOT IN (FROM retract_documents) ORDER BY ALL"
    ).fetchall()
    starts: list[dict[str, object]] = []
    left: list[dict[str, object]] = []
    for document_id, start, end, text, reason in spans:
        pieces = list(without_lines(text, headlines[document_id]))
        if pieces == [(0, len(text))]:
            continue
        starts.append({"document_id": document_id, "source_start": start})
        if len(text) == end - start:
            left += [
                {
                    "document_id": document_id,
                    "source_start": start + first,
                    "source_end": start + last,
                    "text": text[first:last],
                    "reason": reason,
                }
                for first, last in pieces
            ]
    take_in(connection, "retract_mentions", pa.Table.from_pylist(starts, schema=_STARTS))
    take_in(connection, "retract_remainders", pa.Table.from_pylist(left, schema=_SPANS))


def without_lines(text: str, headlines: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text without the lines that have a headline; none that is blank.

    A headline may go over several lines. All of the text is one stretch where no line has one.
    """
    cut = sorted(
        (text.rfind("\n", 0, match.start()) + 1, _line_end(text, match.end()))
        for headline in headlines
        for match in _pattern(headline).finditer(text)
    )
    if not cut:
        yield 0, len(text)
        return
    start = 0
    for first, last in [*cut, (len(text), len(text))]:
        piece = text[start:first]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + len(piece.rstrip())
        start = max(start, last)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _pattern(headline: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, headline.split()))
    if len(headline) < SHORTEST_HEADLINE:
        return re.compile(rf"^{_NUMBERING}{words}[^\w\n]*$", re.IGNORECASE | re.MULTILINE)
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def find_said(connection: duckdb.DuckDBPyConnection, schema: str, finder: Finder) -> None:
    """Leave ``retract_said``: what tables without an owner say that holds a passage or a name."""
    rows = [
        value
        for table, column in SAID.items()
        for (value,) in connection.execute(
            f"SELECT DISTINCT {column} FROM {schema}.{table} WHERE {column} IS NOT NULL"
        ).fetchall()
        if finder.within(value.encode("utf-8", "surrogatepass"))
    ]
    said = pa.table({"value": pa.array(sorted(set(rows)), pa.string())})
    take_in(connection, "retract_said", said)


def forget_said(connection: duckdb.DuckDBPyConnection, finder: Finder) -> None:
    """Blot out in the lake what `find_said` finds there."""
    find_said(connection, "lake", finder)
    if not any_row(connection, "FROM retract_said"):
        return
    for table, column in SAID.items():
        connection.execute(
            f"UPDATE lake.{table} SET {column} = {quoted(NAME)} "
            f"WHERE {column} IN (SELECT value FROM retract_said)"
        )


def names_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what the files are called that go as a whole.

    Of each of their paths the shortest end that no file has which stays. Expects
    ``retract_documents`` of the lake, and what
    `knipsel.warehouse.retraction.everywhere.gather` leaves.
    """
    rows = connection.execute(
        "SELECT path, document_id IN (FROM retract_documents) FROM everywhere_sightings "
        "UNION SELECT path, document_id IN (FROM retract_documents) FROM everywhere_documents"
    ).fetchall()
    paths = {path for path, goes in rows if goes and path != NAME}
    staying = {end for path, goes in rows if not goes for end in _ends(path)}
    ends = (next((end for end in _ends(path) if end not in staying), None) for path in paths)
    return sorted({end for end in ends if end})


def _ends(path: str) -> Iterator[str]:
    """Yield the ends of a path that begin with the name of a file or folder, shortest first."""
    parts = [part for part in path.split("/") if part]
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[-count:])
