"""What is to go: articles, their sources, and whatever else holds their bytes.

A text goes wherever it stands, in the lake, in its past or in any release: articles with the very
same text go together. A source goes as a whole where all its articles do. Where it keeps others,
as an export does, only its bytes go, and so do those of each archive that it came in, since they
hold the text as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.intake.containers.model import KINDS, SEPARATOR
from knipsel.warehouse.lake.sightings import places_above
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.retraction.copies import unlinked_copies
from knipsel.warehouse.retraction.everywhere import gather
from knipsel.warehouse.retraction.mentions import gather_headlines
from knipsel.warehouse.retraction.rows import find_documents
from knipsel.warehouse.sql import make_table, quoted, take_in

SHORTEST_PREFIX = 6
"""Characters by which a document may be named: fewer are more likely a slip than a name."""


class NothingToRetractError(LookupError):
    """Nothing in the warehouse is what a retraction asks for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks to have taken away; at least one of the parts is given.

    ``names`` are identifiers of articles or documents, or how they start. ``query`` is SQL on
    the lake whose rows have an ``article_id`` or a ``document_id``.
    """

    names: tuple[str, ...] = ()
    publisher: str | None = None
    query: str | None = None
    with_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """What goes.

    ``articles`` are taken out of every table; ``documents`` lose all rows and become
    tombstones, as do the archives that they came in; ``archived`` are documents whose bytes
    go: those, and sources that keep other articles. ``paths`` are where these files were
    seen. ``containers`` are archives among the documents that only hold something that goes: what
    else is in them stays, and is read when they are seen again. ``alike`` are duplicates that stay.
    ``only_in_releases`` are documents that the lake does not have, of which a release keeps other
    articles: these stay there, and the file is read no more.
    """

    articles: tuple[str, ...]
    documents: tuple[str, ...]
    archived: tuple[str, ...]
    containers: tuple[str, ...]
    paths: tuple[str, ...]
    alike: tuple[str, ...]
    only_in_releases: tuple[str, ...]


def find_targets(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    request: Request,
    settings: DuplicateSettings,
) -> Targets:
    """Return what a request takes away; the connection's lake is called ``lake``.

    Leaves the temporary tables ``retract_articles`` (``article_id``, ``document_id``,
    ``text_sha256``), ``retract_documents`` of the lake, ``retract_archived`` and
    ``retract_headlines``, beside those of `gather`. Raises `NothingToRetractError` where the
    request names nothing, or is not clear.
    """
    gather(connection, warehouse)
    articles, documents = _asked_for(connection, warehouse, request)
    _register(connection, "asked_articles", "article_id", articles)
    _register(connection, "asked_documents", "document_id", documents)
    make_table(connection, "asked_sources", _MEMBERS)
    make_table(connection, "retract_articles", _ARTICLES)
    if request.with_duplicates:
        connection.execute(_WITH_DUPLICATES)
    connection.execute(_SAME_TEXTS)
    copies = unlinked_copies(connection, warehouse, settings)
    _register(connection, "unlinked_copies", "article_id", copies)
    if request.with_duplicates:
        connection.execute(_WITH_COPIES)
        connection.execute(_SAME_TEXTS)
    make_table(connection, "retract_archived", _ARCHIVED)
    find_documents(connection, "lake")
    connection.execute(_OLDER_READINGS)
    gather_headlines(connection, warehouse)
    found = Targets(*(tuple(_column(connection, query)) for query in _PARTS))
    if not found.archived:
        message = "Nothing that is in the warehouse fits."
        raise NothingToRetractError(message)
    return found


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, values: set[str]
) -> None:
    take_in(connection, name, pa.table({column: pa.array(sorted(values), pa.string())}))


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [value for (value,) in connection.execute(query).fetchall()]


def _asked_for(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, request: Request
) -> tuple[set[str], set[str]]:
    """Return the articles and the documents that a request names."""
    articles: set[str] = set()
    documents: set[str] = set()
    for name in request.names:
        kind, identifier = _named(connection, name)
        (articles if kind == "article" else documents).add(identifier)
    if request.publisher is not None:
        articles.update(_of_publisher(connection, request.publisher))
    if request.query is not None:
        column, values = _of_query(warehouse, request.query)
        (articles if column == "article_id" else documents).update(values)
    return articles, documents


def _named(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """Return whether a name is an article's or a document's, and the whole of it."""
    if len(name) < SHORTEST_PREFIX:
        message = f"{name!r} is too short to name anything: give {SHORTEST_PREFIX} characters."
        raise NothingToRetractError(message)
    kind, column, source = "document", "document_id", "FROM everywhere_documents"
    if "-" in name:
        kind, column, source = "article", "article_id", "FROM known_articles"
    rows = connection.execute(
        f"SELECT DISTINCT {column} {source} WHERE starts_with({column}, $name) "
        f"ORDER BY {column} = $name DESC, {column} LIMIT 2",
        {"name": name},
    ).fetchall()
    if not rows or (len(rows) > 1 and rows[0][0] != name):
        how_many = "No" if not rows else "More than one"
        message = f"{how_many} {kind} has an identifier that starts with {name!r}."
        raise NothingToRetractError(message)
    return kind, str(rows[0][0])


def _of_publisher(connection: duckdb.DuckDBPyConnection, publisher: str) -> list[str]:
    """Return the articles of a publisher, whose name is given as the corpus has it."""
    found = connection.execute(
        "SELECT DISTINCT article_id FROM known_articles WHERE publisher = $publisher",
        {"publisher": publisher},
    ).fetchall()
    if not found:
        near = connection.execute(
            "SELECT DISTINCT publisher FROM known_articles WHERE publisher IS NOT NULL "
            "ORDER BY jaro_winkler_similarity(lower(publisher), lower($publisher)) DESC, publisher "
            "LIMIT 3",
            {"publisher": publisher},
        ).fetchall()
        hint = f" Publishers like it: {', '.join(name for (name,) in near)}." if near else ""
        message = f"No article is of a publisher called {publisher!r}.{hint}"
        raise NothingToRetractError(message)
    return [article_id for (article_id,) in found]


def _of_query(warehouse: Warehouse, query: str) -> tuple[str, list[str]]:
    """Return the column and the articles, or the documents, that a query on the lake selects.

    It is asked as any reader's is: it can change nothing.
    """
    with open_lake_for_questions(warehouse) as connection:
        answer = ask(connection, query)
    for name in ("article_id", "document_id"):
        if name in answer.columns:
            place = answer.columns.index(name)
            return name, [str(row[place]) for row in answer.rows if row[place] is not None]
    message = "The query has neither a column article_id nor a column document_id."
    raise NothingToRetractError(message)


_KINDS = ", ".join(map(quoted, KINDS))
_SEPARATOR = quoted(SEPARATOR)

_MEMBERS = f"""
WITH RECURSIVE asked AS (
    SELECT document_id FROM everywhere_documents SEMI JOIN asked_documents USING (document_id)
    UNION
    SELECT below.document_id FROM asked
    JOIN everywhere_documents AS container ON container.document_id = asked.document_id
        AND container.reader IN ({_KINDS})
    JOIN everywhere_sightings AS place ON place.document_id = asked.document_id
    JOIN everywhere_sightings AS below ON starts_with(below.path, place.path || {_SEPARATOR})
)
FROM asked
"""
"""What was asked for, and where that is an archive, what is in it."""

_ARTICLES = """
SELECT DISTINCT article_id, document_id, text_sha256 FROM known_articles
WHERE document_id IN (FROM asked_sources) OR article_id IN (FROM asked_articles)
"""

_WITH_DUPLICATES = """
INSERT INTO retract_articles
SELECT DISTINCT article_id, document_id, text_sha256 FROM known_articles AS article
WHERE article_id NOT IN (SELECT article_id FROM retract_articles) AND EXISTS (
    FROM everywhere_articles AS going SEMI JOIN retract_articles USING (article_id)
    WHERE going.cluster_id = article.cluster_id AND going.is_now >= article.is_now
)
"""
"""Of an article that the lake has the cluster counts that it has there, of others any."""

_SAME_TEXTS = """
INSERT INTO retract_articles
SELECT DISTINCT article_id, document_id, text_sha256 FROM everywhere_articles
WHERE text_sha256 IN (SELECT text_sha256 FROM retract_articles)
AND article_id NOT IN (SELECT article_id FROM retract_articles)
"""

_WITH_COPIES = """
INSERT INTO retract_articles
SELECT DISTINCT article_id, document_id, text_sha256 FROM known_articles
SEMI JOIN unlinked_copies USING (article_id)
"""

_OLDER_READINGS = """
INSERT INTO retract_articles
SELECT DISTINCT article_id, document_id, NULL FROM everywhere_articles
WHERE (document_id IN (FROM asked_sources) OR document_id IN (
    SELECT document_id FROM lake.documents SEMI JOIN retract_documents USING (document_id)))
AND article_id NOT IN (SELECT article_id FROM retract_articles)
"""
"""What a source that goes as a whole was once divided into; the lake knows their texts no more."""

_ARCHIVED = f"""
WITH losing AS (
    FROM asked_sources UNION SELECT document_id FROM retract_articles
), above AS ({places_above("FROM everywhere_sightings SEMI JOIN losing USING (document_id)")}
), containers AS (
    SELECT document_id FROM everywhere_sightings
    WHERE path IN (SELECT container_path FROM above) AND document_id IN
        (SELECT document_id FROM everywhere_documents WHERE reader IN ({_KINDS}))
)
FROM losing UNION FROM containers
"""
"""Whose bytes go: what loses a text, and each archive at a place that one of those was in."""

_PARTS = (
    "SELECT DISTINCT article_id FROM retract_articles ORDER BY 1",
    "FROM retract_documents ORDER BY 1",
    "FROM retract_archived ORDER BY 1",
    (
        "SELECT document_id FROM everywhere_documents SEMI JOIN retract_documents "
        f"USING (document_id) WHERE reader IN ({_KINDS}) "
        "AND document_id NOT IN (FROM asked_sources) ORDER BY 1"
    ),
    (
        # What a release says is from where the warehouse was when it was made: where the lake knows
        # of the same file, it knows better.
        "SELECT DISTINCT path FROM everywhere_sightings AS place "
        "SEMI JOIN retract_archived USING (document_id) WHERE is_now OR NOT EXISTS ("
        "FROM everywhere_sightings AS known WHERE known.is_now "
        "AND known.document_id = place.document_id "
        "AND string_split(known.path, '/')[-1] = string_split(place.path, '/')[-1]) ORDER BY 1"
    ),
    """
    SELECT DISTINCT article_id FROM known_articles AS article
    ANTI JOIN retract_articles USING (article_id)
    WHERE article_id IN (FROM unlinked_copies) OR article_id IN (
        SELECT other_article_id FROM everywhere_pairs
        WHERE is_duplicate AND article_id IN (SELECT article_id FROM retract_articles)
        UNION
        SELECT article_id FROM everywhere_pairs
        WHERE is_duplicate AND other_article_id IN (SELECT article_id FROM retract_articles)
    ) OR EXISTS (
        FROM everywhere_articles AS going SEMI JOIN retract_articles USING (article_id)
        WHERE going.cluster_id = article.cluster_id AND going.is_now >= article.is_now
    ) ORDER BY 1
    """,
    """
    SELECT DISTINCT document_id FROM known_articles SEMI JOIN retract_documents USING (document_id)
    ANTI JOIN retract_articles USING (article_id) ORDER BY 1
    """,
)
