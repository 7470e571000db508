"""Many queries at once, as columns of a table: how often each hits in each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knipsel.transforms.text.search.evaluate import Reading
from knipsel.transforms.text.search.parse import parse
from knipsel.transforms.text.search.query import Parsed
from knipsel.warehouse.search.ask import Found

MOST_QUERIES = 500
_AT_ONCE = 1_000


class QueriesError(ValueError):
    """A file of queries has a line that is none."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A query with its label, which is the column that it becomes."""

    label: str
    query: Parsed


@dataclass(frozen=True, slots=True)
class LabelCount:
    """What a query finds: articles surely and possibly within the dates, and hits in these."""

    label: str
    query: str
    surely: int
    possibly: int
    hits: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTable:
    """For each article that any query finds, by identifier, how often each hits in it.

    An article that a query finds without a word in it, such as ``NOT a``, has 1 there; one that a
    query does not find has 0.
    """

    labels: tuple[LabelCount, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def read_queries(text: str) -> list[Labelled]:
    """Return the queries of a text with a line ``label = query`` for each; ``#`` begins a remark.

    Raises `QueriesError` with the line that is wrong.
    """
    found: dict[str, Labelled] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        label, sign, typed = (part.strip() for part in line.partition("="))
        if not sign or not label:
            message = f"Line {number} has no label, as in `arms = wapen* OR munitie`."
            raise QueriesError(message)
        if label in found or label == "article_id":
            message = f"Line {number}: another column is called {label!r} already."
            raise QueriesError(message)
        parsed = parse(typed)
        if parsed.query is None:
            message = f"Line {number}: the query of {label!r} has nothing to look for."
            raise QueriesError(message)
        found[label] = Labelled(label, parsed)
    if not 0 < len(found) <= MOST_QUERIES:
        message = f"The file has {len(found)} queries; from 1 to {MOST_QUERIES} can be asked."
        raise QueriesError(message)
    return list(found.values())


def ask_many(base: Found, queries: Sequence[Labelled]) -> QueryTable:
    """Return what each query finds, with the dates and names of a question besides."""
    asked = [
        Found(base.index, replace(base.question, query=one.query), base.source) for one in queries
    ]
    members = [set(one.identifiers()) for one in asked]
    names = sorted(set().union(*members))
    rows: list[tuple[str, tuple[int, ...]]] = []
    for start in range(0, len(names), _AT_ONCE):
        for row in base.source.rows(names[start : start + _AT_ONCE]):
            reading = Reading(row.article)
            counts = tuple(
                _times(reading, one) if row.article_id in known else 0
                for one, known in zip(asked, members, strict=True)
            )
            rows.append((row.article_id, counts))
    labels = tuple(
        LabelCount(
            *(one.label, str(one.query), found.surely, found.possibly),
            sum(counts[at] for _, counts in rows),
            (*one.query.notes, *found.translator.cut),
        )
        for at, (one, found) in enumerate(zip(queries, asked, strict=True))
    )
    return QueryTable(labels, tuple(sorted(rows)))


def _times(reading: Reading, found: Found) -> int:
    return max(len(reading.hits(found.question.query.query, found.question.zones)), 1)
