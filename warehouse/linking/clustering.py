"""The clusters of the texts that a run touches, and of all that are joined to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import duckdb
import pyarrow as pa

from knipsel.transforms.duplicates.comparison import Comparison
from knipsel.transforms.duplicates.families import (
    Decision,
    Pair,
    components,
    missing_pairs,
    resolve,
)
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.linking.candidates import remove_pairs
from knipsel.warehouse.linking.comparing import COMPARED, Comparer, stored_comparisons
from knipsel.warehouse.sql import make_table, taken_in

BY_INDEX, BY_FAMILY = "index", "family"
"""What led to a pair: keys that both texts have, or a chain of duplicates between the two."""


def cluster_texts(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Compare the candidates and work out the clusters that change.

    Expects what `update_index` and `find_candidates` leave. Leaves ``reached``: the texts whose
    clusters may have changed, ``text_clusters``: the cluster of each of them, and ``decisions``:
    what the pairs within their families are once all were asked.
    """
    comparer = Comparer(connection, settings)
    pairs = connection.execute("FROM to_compare ORDER BY ALL").fetchall()
    for _ in comparer.compare((Pair(*row) for row in pairs), BY_INDEX):
        pass
    _reach(connection)
    families = _families(connection)
    comparisons = _complete(connection, families, comparer, settings)
    common = _common(connection, settings)
    _write(connection, *_resolve(connection, families, comparisons, common, settings))


def _reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``reached``: touched texts, those of changed pairs, and all that is joined to them."""
    make_table(
        connection,
        "links",
        """
        WITH proven AS (
            SELECT text_id, other_text_id FROM lake.text_pairs
            WHERE verdict = 'duplicate' AND found_by = 'index'
        )
        FROM proven UNION ALL SELECT other_text_id, text_id FROM proven
        """,
    )
    make_table(
        connection,
        "reached",
        """
        WITH RECURSIVE changed AS (FROM to_compare UNION ALL FROM parted),
        met(text_id) AS (
            SELECT text_id FROM (
                SELECT text_id FROM touched_texts
                UNION SELECT text_id FROM changed UNION SELECT other_text_id FROM changed
            ) ANTI JOIN gone_texts USING (text_id)
            UNION
            SELECT other_text_id FROM met JOIN links USING (text_id)
        )
        SELECT text_id FROM met
        """,
    )
    make_table(connection, "joined", "FROM reached SEMI JOIN links USING (text_id)")


def _families(connection: duckdb.DuckDBPyConnection) -> list[list[int]]:
    """Return the families of more than one text that were reached."""
    links = connection.execute(
        "SELECT text_id, other_text_id FROM links SEMI JOIN joined USING (text_id) "
        "WHERE text_id < other_text_id"
    ).fetchall()
    members = connection.execute("FROM joined").fetchall()
    return components((row[0] for row in members), (Pair(*row) for row in links))


def _known_comparisons(connection: duckdb.DuckDBPyConnection) -> dict[Pair, Comparison]:
    """Return what is stored of pairs among the texts that were reached."""
    rows = connection.execute(
        f"""
        SELECT {COMPARED} FROM lake.text_pairs SEMI JOIN joined USING (text_id)
        WHERE other_text_id IN (FROM joined)
        """
    ).fetchall()
    return stored_comparisons(rows)


def _complete(
    connection: duckdb.DuckDBPyConnection,
    families: Iterable[list[int]],
    comparer: Comparer,
    settings: DuplicateSettings,
) -> dict[Pair, Comparison]:
    """Compare all texts of each small family; return what is known of the texts in families."""
    _list_families(connection, families)
    _forget_others(connection, settings)
    small = [family for family in families if len(family) <= settings.family_texts]
    known = _known_comparisons(connection)
    missing = sorted(pair for family in small for pair in missing_pairs(family, known))
    return known | dict(comparer.compare(missing, BY_FAMILY))


def _list_families(connection: duckdb.DuckDBPyConnection, families: Iterable[list[int]]) -> None:
    """Leave ``family_texts``: the family of each text that is in one, and how large that is."""
    rows = [(text, family[0], len(family)) for family in families for text in family]
    names = ("text_id", "family", "texts")
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(column, pa.int64()) for column in columns]
    with taken_in(connection, "listed_families", pa.table(dict(zip(names, arrays, strict=True)))):
        make_table(connection, "family_texts", "FROM listed_families")


def _forget_others(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Remove pairs that a family led to, and whose texts are in no small family together."""
    make_table(
        connection,
        "forgotten",
        f"""
        SELECT pairs.text_id, pairs.other_text_id FROM lake.text_pairs AS pairs
        LEFT JOIN family_texts AS one ON one.text_id = pairs.text_id
        LEFT JOIN family_texts AS other ON other.text_id = pairs.other_text_id
        WHERE pairs.found_by = 'family'
        AND (one.family = other.family AND one.texts <= {settings.family_texts}) IS NOT TRUE
        AND (pairs.text_id IN (FROM reached) OR pairs.other_text_id IN (FROM reached))
        """,
    )
    remove_pairs(connection, "FROM forgotten")


def _common(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> set[Pair]:
    """Return the duplicates that share no more than several others share with both.

    These others are of no family with them: versions of one article may differ so much, too.
    """
    rows = connection.execute(
        f"""
        WITH doubtful AS (
            SELECT text_id, other_text_id FROM lake.text_pairs SEMI JOIN joined USING (text_id)
            WHERE verdict = 'duplicate' AND score < {settings.sure_score}
        ), asked AS (
            SELECT text_id FROM doubtful UNION SELECT other_text_id FROM doubtful
        ), alike AS (
            SELECT text_id, other_text_id FROM lake.text_pairs
            WHERE relation = 'same_template' AND found_by = 'index'
        ), beside AS (
            SELECT text_id, other_text_id AS third FROM alike SEMI JOIN asked USING (text_id)
            UNION ALL
            SELECT other_text_id, text_id FROM alike WHERE other_text_id IN (FROM asked)
        )
        SELECT doubtful.text_id, doubtful.other_text_id
        FROM doubtful JOIN beside AS one ON one.text_id = doubtful.text_id
        JOIN beside AS other ON other.text_id = doubtful.other_text_id AND other.third = one.third
        JOIN family_texts AS own ON own.text_id = doubtful.text_id
        LEFT JOIN family_texts AS its ON its.text_id = one.third
        WHERE its.family IS DISTINCT FROM own.family
        GROUP BY ALL HAVING count(*) >= {settings.template_carriers}
        """
    ).fetchall()
    return {Pair(*row) for row in rows}


def _resolve(
    connection: duckdb.DuckDBPyConnection,
    families: Iterable[list[int]],
    comparisons: Mapping[Pair, Comparison],
    common: Collection[Pair],
    settings: DuplicateSettings,
) -> tuple[dict[int, int], dict[Pair, Decision]]:
    """Return the cluster of each text in a family, and what its pairs are."""
    lengths = _lengths(connection)
    place_of = {text: place for place, family in enumerate(families) for text in family}
    within: dict[int, dict[Pair, Comparison]] = {}
    for pair, found in comparisons.items():
        if place_of[pair.one] == place_of[pair.other]:
            within.setdefault(place_of[pair.one], {})[pair] = found
    clusters: dict[int, int] = {}
    decisions: dict[Pair, Decision] = {}
    for place, family in enumerate(families):
        found_here = within.get(place, {})
        resolved = resolve(family, lengths, found_here, settings, common)
        clusters |= resolved.cluster_of
        decisions |= resolved.decisions
    return clusters, decisions


def _lengths(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Return the length in characters of each text in a family."""
    rows = connection.execute(
        """
        SELECT text_id, min(char_count) FROM text_articles
        WHERE text_id IN (FROM joined) GROUP BY text_id
        """
    ).fetchall()
    return dict(rows)


def _write(
    connection: duckdb.DuckDBPyConnection,
    clusters: Mapping[int, int],
    decisions: Mapping[Pair, Decision],
) -> None:
    """Leave ``text_clusters`` and ``decisions``; a text without a family is its own cluster."""
    table = {"text_id": list(clusters), "cluster": list(clusters.values())}
    schema = pa.schema([("text_id", pa.int64()), ("cluster", pa.int64())])
    with taken_in(connection, "in_families", pa.table(table, schema=schema)):
        make_table(
            connection,
            "text_clusters",
            "SELECT text_id, coalesce(cluster, text_id) AS cluster "
            "FROM reached LEFT JOIN in_families USING (text_id)",
        )
    with taken_in(connection, "decided", _decision_table(decisions)):
        make_table(connection, "decisions", "FROM decided")


def _decision_table(decisions: Mapping[Pair, Decision]) -> pa.Table:
    values = decisions.values()
    return pa.table(
        {
            "text_id": pa.array([pair.one for pair in decisions], pa.int64()),
            "other_text_id": pa.array([pair.other for pair in decisions], pa.int64()),
            "relation": pa.array([value.relation for value in values], pa.string()),
            "is_duplicate": pa.array([value.is_duplicate for value in values], pa.bool_()),
            "method": pa.array([value.method for value in values], pa.string()),
        }
    )
