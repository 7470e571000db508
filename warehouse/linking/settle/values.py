"""Values that several articles of an outlet share, and what speaks against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from knipsel.transforms.describe.across.repeats import (
    WEIGHED_FIELDS,
    Outlet,
    Repeat,
    judge,
)
from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.model import NAME_SEPARATOR
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.warehouse.linking.settle.headings import list_headings
from knipsel.warehouse.linking.settle.outlets import FOLDER
from knipsel.warehouse.linking.settle.warnings import days_out_of_run
from knipsel.warehouse.sql import make_table, quoted, take_in

VERDICTS = pa.schema(
    [
        ("outlet", pa.string()),
        ("field", pa.string()),
        ("key", pa.string()),
        ("rule", pa.string()),
        ("effect", pa.string()),
    ]
)
_OWN_NAME = 0.5
"""The share of an outlet's articles that name the same holder of rights, who is the outlet then."""
_Key = tuple[str, str, str]
"""An outlet, a field, and the key of a value."""


def list_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``given_values``: what each article of a judged outlet gives for a field by itself.

    What ``leads`` it would choose first, though it may hold it back as unlikely. Of an author each
    name is one. What a person states is not looked at.
    """
    fields = ", ".join(quoted(field) for field in WEIGHED_FIELDS if field != "author")
    curated = ", ".join(map(quoted, CURATED))
    make_table(
        connection,
        "given_values",
        f"""
        WITH ranked AS (
            SELECT article_id, field, value, names, method, document_rank,
                document_rank = min(document_rank) OVER (PARTITION BY article_id, field) AS leads
            FROM lake.statements WHERE document_rank IS NOT NULL
        ), said AS (FROM ranked WHERE method NOT IN ({curated})), single AS (
            SELECT article_id, field, value, document_rank, leads FROM said
            WHERE field IN ({fields})
            UNION ALL
            SELECT article_id, field,
                unnest(string_split(coalesce(names, value), {quoted(NAME_SEPARATOR)})),
                document_rank, leads
            FROM said WHERE field = 'author'
        )
        SELECT outlet, cluster_id, article_id, field, value_key(value) AS key, value,
            min(document_rank) AS document_rank, bool_or(leads) AS leads
        FROM single JOIN outlet_articles USING (article_id)
        WHERE outlet IN (FROM judged_outlets) AND value_key(value) <> ''
        GROUP BY ALL
        """,
    )
    make_table(
        connection,
        "outlet_names",
        f"""
        SELECT DISTINCT outlet, unnest([value_key(publisher),
            value_key(regexp_replace(regexp_replace(hostname, '^www\\.', ''), '\\.[^.]*$', ''))
        ]) AS name
        FROM outlet_articles WHERE may_give AND outlet IN (FROM judged_outlets)
        UNION
        SELECT outlet, value_key(value) AS name
        FROM (SELECT article_id, value FROM lake.statements
            WHERE field IN ('copyright_holder', 'site_name'))
        JOIN (SELECT *, count(*) OVER (PARTITION BY outlet) AS others FROM outlet_articles
            WHERE outlet IN (FROM judged_outlets)) USING (article_id)
        GROUP BY outlet, name, others HAVING count(DISTINCT article_id) >= {_OWN_NAME} * others
        UNION
        SELECT DISTINCT outlet, value_key(regexp_extract(outlet, '([^/]+)/$', 1)) AS name
        FROM outlet_articles
        WHERE starts_with(outlet, '{FOLDER}') AND outlet IN (FROM judged_outlets)
        """,
    )


def _list_suspects(connection: duckdb.DuckDBPyConnection, repeats: float) -> None:
    """Leave ``suspects``: values that too many articles share, or that name the outlet."""
    make_table(
        connection,
        "suspects",
        f"""
        SELECT outlet, field, key, min(value) AS value,
            count(DISTINCT cluster_id) AS carriers,
            count(DISTINCT cluster_id) FILTER (leads) AS chosen
        FROM given_values GROUP BY outlet, field, key
        HAVING (carriers > {repeats:g} OR (field IN ('author', 'headline') AND EXISTS (
            FROM outlet_names AS named WHERE named.outlet = given_values.outlet AND (
                contains(' ' || key || ' ', ' ' || named.name || ' ')
                OR replace(key, ' ', '') = replace(named.name, ' ', '')))))
            AND chosen > 0
        """,
    )


_OF_CARRIERS = """
    FROM suspects AS suspect JOIN given_values AS own USING (outlet, field, key)
    JOIN given_values AS other ON other.article_id = own.article_id
"""
_RIVALS = f"""
    WITH rivals AS (
        SELECT outlet, field, key, other.key AS rival, own.cluster_id AS cluster_id
        {_OF_CARRIERS}
        WHERE other.field = field AND NOT contains(other.key, key) AND NOT contains(key, other.key)
        AND (field <> 'author'
            OR NOT list_has_any(string_split(other.key, ' '), string_split(key, ' ')))
    )
    SELECT outlet, field, key, rival, count(DISTINCT cluster_id) FROM rivals GROUP BY ALL
    UNION ALL
    SELECT outlet, field, key, NULL, count(DISTINCT cluster_id) FROM rivals GROUP BY ALL
"""
_AUTHORS = f"""
    SELECT outlet, field, key, other.key, count(DISTINCT own.cluster_id) {_OF_CARRIERS}
    WHERE field <> 'author' AND other.field = 'author' AND other.document_rank = 1 GROUP BY ALL
"""
_DAYS = f"""
    SELECT outlet, field, key, other.key, count(DISTINCT own.cluster_id) {_OF_CARRIERS}
    WHERE field <> 'date_published' AND other.field = 'date_published'
    AND other.document_rank = 1 GROUP BY ALL
"""
_ELSEWHERE = """
    SELECT outlet, 'headline', key, NULL, count(DISTINCT block.cluster_id)
    FROM suspects JOIN outlet_paragraphs AS block USING (outlet, key)
    WHERE suspects.field = 'headline' GROUP BY ALL
"""
_BELOW = """
    SELECT outlet, 'headline', key, NULL, count(DISTINCT cluster_id) FROM headings_below
    GROUP BY ALL
"""
_OUTLETS = """
    SELECT outlet, 'author', key, count(DISTINCT cluster_id) FROM given_values
    WHERE field = 'author' AND document_rank = 1 GROUP BY ALL
    UNION ALL
    SELECT outlet, 'date_published', key, count(DISTINCT cluster_id) FROM given_values
    WHERE field = 'date_published' AND document_rank = 1 GROUP BY ALL
    UNION ALL
    SELECT outlet, 'name', name, 0 FROM outlet_names
    UNION ALL
    SELECT outlet, 'articles', NULL, count(DISTINCT cluster_id) FROM outlet_articles GROUP BY ALL
"""


def judge_values(connection: duckdb.DuckDBPyConnection, check: CorpusCheck) -> None:
    """Leave ``value_verdicts``: what speaks against values of the judged outlets.

    Expects what `list_values` and `list_paragraphs` leave.
    """
    _list_suspects(connection, check.bounds.repeats)
    list_headings(connection, check.bounds.repeats)
    suspects = connection.execute("FROM suspects ORDER BY ALL").fetchall()
    verdicts = list(_verdicts(connection, suspects, check)) if suspects else []
    verdicts += connection.execute(days_out_of_run(check.bounds)).fetchall()
    columns = zip(*verdicts, strict=True) if verdicts else [()] * len(VERDICTS)
    arrays = [pa.array(column, pa.string()) for column in columns]
    take_in(connection, "value_verdicts", pa.Table.from_arrays(arrays, schema=VERDICTS))


def _verdicts(
    connection: duckdb.DuckDBPyConnection, suspects: Iterable[tuple[Any, ...]], check: CorpusCheck
) -> Iterator[tuple[str, str, str, str, str]]:
    outlets = _outlets(connection)
    counted = {
        name: _counted(connection, sql)
        for name, sql in (("rivals", _RIVALS), ("authors", _AUTHORS), ("days", _DAYS))
    }
    elsewhere, below = _counted(connection, _ELSEWHERE), _counted(connection, _BELOW)
    for outlet, field, key, value, carriers, chosen in suspects:
        place = (outlet, field, key)
        rivals = dict(counted["rivals"].get(place, {}))
        contested = rivals.pop(None, 0)
        repeat = Repeat(
            field=field,
            key=key,
            value=value,
            carriers=carriers,
            chosen=chosen,
            contested=contested,
            rivals={str(name): count for name, count in rivals.items()},
            elsewhere=elsewhere.get(place, {}).get(None, 0),
            below=below.get(place, {}).get(None, 0),
            authors={str(name): count for name, count in counted["authors"].get(place, {}).items()},
            days=_days(counted["days"].get(place, {})),
        )
        found = judge(repeat, outlets[outlet], check.bounds, check.is_person)
        if found:
            yield (*place, found.rule, found.effect)


def _counted(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> Mapping[_Key, Mapping[str | None, int]]:
    """Return for each suspect how often each of some other values stands beside it."""
    found: dict[_Key, dict[str | None, int]] = defaultdict(dict)
    for outlet, field, key, other, count in connection.execute(sql).fetchall():
        found[outlet, field, key][other] = count
    return found


def _days(counts: Mapping[str | None, int]) -> list[date]:
    """Return the days among keys of dates, each as often as it stands there, in order."""
    found: list[date] = []
    for key, count in counts.items():
        day = _day(key or "")
        found += [day] * count if day else []
    return sorted(found)


def _day(key: str) -> date | None:
    """Return the day that the key of a date means, None where it means no single one."""
    try:
        return date.fromisoformat(key.replace(" ", "-"))
    except ValueError:
        return None


def _outlets(connection: duckdb.DuckDBPyConnection) -> dict[str, Outlet]:
    """Return what is known of the outlets that have a suspect."""
    parts: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = connection.execute(
        f"SELECT * FROM ({_OUTLETS}) WHERE outlet IN (SELECT outlet FROM suspects)"
    ).fetchall()
    for outlet, kind, key, count in rows:
        parts[outlet][kind][key or ""] = count
    return {
        outlet: Outlet(
            articles=found["articles"][""],
            names=frozenset(filter(None, found["name"])),
            authors=found["author"],
            days={
                day: count for key, count in found["date_published"].items() if (day := _day(key))
            },
        )
        for outlet, found in parts.items()
    }
