"""What the lake knows already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from knipsel.warehouse.intake.containers.model import KINDS, SEPARATOR, MemberFile
from knipsel.warehouse.intake.containers.names import last_part
from knipsel.warehouse.lake.stored_documents import READABLE
from knipsel.warehouse.sql import make_table, quoted, taken_in


def settled(connection: duckdb.DuckDBPyConnection, versions: Mapping[str, str]) -> set[str]:
    """Return which documents need no reading: known at their version, or never read again.

    ``versions`` gives for each document the version at which it is to be read.
    """
    wanted = _wanted(versions)
    with taken_in(connection, "wanted", wanted):
        known = connection.sql(
            f"""
            SELECT document_id FROM lake.documents JOIN wanted USING (document_id)
            WHERE transform_version = version OR NOT ({READABLE})
            """
        ).fetchall()
    return {row[0] for row in known}


def buried_containers(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]
) -> set[str]:
    """Return which documents are containers that became tombstones."""
    wanted = pa.table({"document_id": pa.array(sorted(set(document_ids)), pa.string())})
    with taken_in(connection, "wanted", wanted):
        found = connection.execute(
            "SELECT document_id FROM lake.documents SEMI JOIN wanted USING (document_id) "
            "WHERE status = 'retracted' AND reader IN (SELECT unnest($kinds))",
            {"kinds": list(KINDS)},
        ).fetchall()
    return {document_id for (document_id,) in found}


def read_alike(
    connection: duckdb.DuckDBPyConnection, versions: Mapping[str, str]
) -> dict[str, str]:
    """Return the published documents that would be read as they were, and annotated otherwise.

    Each has the run that read it.
    """
    wanted = _wanted(versions)
    with taken_in(connection, "wanted", wanted):
        found = connection.sql(
            f"""
            SELECT document_id, run_id FROM lake.documents JOIN wanted USING (document_id)
            WHERE status = 'published' AND transform_version <> version AND {READABLE}
            AND {_READING.format("transform_version")} = {_READING.format("version")}
            """
        ).fetchall()
    return dict(found)


_READING = "string_split({}, '+')[1]"
"""What of a version decides how a document is read; `knipsel.transforms.text.version`."""


def _wanted(versions: Mapping[str, str]) -> pa.Table:
    rows = sorted(versions.items())
    return pa.table(
        {
            "document_id": pa.array([row[0] for row in rows], pa.string()),
            "version": pa.array([row[1] for row in rows], pa.string()),
        }
    )


def members_of(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]
) -> dict[str, tuple[MemberFile, ...] | None]:
    """Return the members of each document that is a container and was taken apart.

    A container's members are the documents that were seen below its path by the run that
    last saw it there. None where no path was the container's alone: another content at the
    same path may have had the same members, which then count as seen with that one.
    """
    wanted = pa.table({"document_id": pa.array(sorted(set(document_ids)), pa.string())})
    with taken_in(connection, "wanted", wanted):
        make_table(connection, "opened", _OPENED)
        # Most runs see no container, and then the sightings need not be looked through.
        is_any = connection.sql("FROM opened LIMIT 1").fetchone() is not None
        rows = connection.execute(_MEMBERS).fetchall() if is_any else []
    members: dict[str, list[MemberFile] | None] = {}
    for container, place, *member in rows:
        if place is None:
            members[container] = None
            continue
        listed = members.setdefault(container, [])
        if member[0] is not None and listed is not None:
            path, document_id, byte_size = member
            listed.append(MemberFile(path, last_part(path), document_id, byte_size))
    return {name: None if found is None else tuple(found) for name, found in members.items()}


_OPENED = f"""
SELECT document_id FROM lake.documents SEMI JOIN wanted USING (document_id)
WHERE status = 'published' AND reader IN ({", ".join(map(quoted, KINDS))})
"""

_SEPARATOR = quoted(SEPARATOR)

_MEMBERS = f"""
WITH seen AS (
    FROM lake.sightings SEMI JOIN opened USING (document_id)
), own AS (
    SELECT path FROM lake.sightings SEMI JOIN seen USING (path)
    GROUP BY path HAVING count(DISTINCT document_id) = 1
), place AS (
    SELECT document_id, max(path) AS path, arg_max(last_seen_at, path) AS last_seen_at
    FROM seen SEMI JOIN own USING (path) GROUP BY document_id
), depth AS (
    SELECT DISTINCT len(string_split(path, {_SEPARATOR})) AS depth FROM place
), below AS (
    SELECT document_id, path, last_seen_at,
        array_to_string(string_split(path, {_SEPARATOR})[:depth], {_SEPARATOR}) AS above
    FROM lake.sightings, depth WHERE contains(path, {_SEPARATOR})
)
SELECT opened.document_id, place.path, substr(below.path, length(place.path) + 3),
    below.document_id, documents.byte_size
FROM opened LEFT JOIN place USING (document_id)
LEFT JOIN below ON below.above = place.path AND below.last_seen_at = place.last_seen_at
    AND below.path <> place.path
LEFT JOIN lake.documents AS documents ON documents.document_id = below.document_id
ORDER BY ALL
"""
"""Each container with its members, in the order of their paths."""
