"""Rules across tables, checked on a release before anybody sees it.

Each is a query that returns the rows that fail. They look at keys and numbers, never at
long texts, so that they take seconds on a million articles; what concerns the characters is
checked where the document is made. A rule that fails stops none after it.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from knipsel.expectations.releases.finding_rules import finding_rules
from knipsel.expectations.releases.rule_model import ReleaseRule
from knipsel.expectations.releases.span_rules import span_rules
from knipsel.expectations.staged.outcomes import SHOWN_ROWS, Outcome
from knipsel.transforms.describe.candidates.removed_prose import REMOVALS
from knipsel.warehouse.contract import TABLES, ForeignKey, Table
from knipsel.warehouse.intake.containers.model import KINDS
from knipsel.warehouse.sql import column_list, identifier, quoted

CONTAINERS = ", ".join(map(quoted, KINDS))
"""The readers of containers as an SQL list: their members hold the articles."""

_PLACED_PAIRS = """
    SELECT pair.article_id, pair.other_article_id, pair.is_duplicate, one.cluster_id,
        other.cluster_id AS other_cluster_id
    FROM duplicates AS pair
    JOIN articles AS one ON one.article_id = pair.article_id
    JOIN articles AS other ON other.article_id = pair.other_article_id
"""
"""Each pair with the clusters in which its two articles stand."""


def _removal_rule(method: str) -> ReleaseRule:
    """Return the rule that warns of articles that may lack text, as one of their statements says.

    Where a person says that an article is complete, or its source how long it is, none does.
    """
    return ReleaseRule(
        method,
        "articles",
        f"An article may not be all there: {REMOVALS[method]}.",
        f"""
        SELECT article_id FROM statements
        WHERE field = 'completeness' AND method = {quoted(method)}
        """,
        "completeness",
        "warning",
    )


CORPUS_RULES = (
    *map(_removal_rule, REMOVALS),
    ReleaseRule(
        "status_fits_articles",
        "documents",
        "A document has articles if and only if it is published and no container.",
        f"""
        SELECT document_id FROM documents
        LEFT JOIN (SELECT DISTINCT document_id, true AS has_article FROM articles)
        USING (document_id)
        WHERE (status = 'published' AND coalesce(reader, '') NOT IN ({CONTAINERS}))
            <> coalesce(has_article, false)
        """,
        "status",
    ),
    ReleaseRule(
        "quarantine_has_reason",
        "documents",
        "A document is held back without an open reason.",
        """
        SELECT document_id FROM documents WHERE status = 'quarantined' AND document_id NOT IN
            (SELECT document_id FROM quarantine WHERE resolved_at IS NULL)
        """,
        "status",
    ),
    ReleaseRule(
        "retracted_has_tombstone",
        "documents",
        "A document was retracted without a reason on record.",
        """
        SELECT document_id FROM documents ANTI JOIN retractions USING (document_id)
        WHERE status = 'retracted'
        """,
        "status",
    ),
    ReleaseRule(
        "retracted_is_gone",
        "retractions",
        "An article that was retracted is there.",
        """
        SELECT article_id FROM retractions SEMI JOIN articles USING (article_id)
        UNION
        SELECT article_id FROM articles WHERE text_sha256 IN
            (SELECT text_sha256 FROM retractions)
        """,
        "article_id",
    ),
    ReleaseRule(
        "document_was_seen",
        "documents",
        "A document was never seen under any path.",
        """
        SELECT document_id FROM documents ANTI JOIN sightings USING (document_id)
        WHERE status <> 'retracted'
        """,
    ),
    ReleaseRule(
        "identifier_names_its_document",
        "articles",
        "An article's identifier is not made of its document's hash and its position.",
        """
        SELECT article_id FROM articles
        WHERE article_id <> concat(left(document_id, 16), '-', position)
        """,
        "article_id",
    ),
    ReleaseRule(
        "cluster_has_one_canonical",
        "articles",
        "A cluster has no canonical article of its own, or more than one.",
        """
        SELECT cluster_id FROM articles GROUP BY cluster_id
        HAVING count(*) FILTER (WHERE is_canonical) <> 1
            OR min(canonical_article_id) <> max(canonical_article_id)
            OR max(CASE WHEN is_canonical THEN article_id END) <> min(canonical_article_id)
            OR min(article_id) <> cluster_id
        """,
        "canonical_article_id",
    ),
    ReleaseRule(
        "duplicates_share_a_cluster",
        "duplicates",
        "Two articles are proven duplicates but stand in different clusters, none of whose "
        "articles are proven distinct.",
        f"""
        WITH placed AS ({_PLACED_PAIRS}), apart AS (
            SELECT DISTINCT least(cluster_id, other_cluster_id) AS cluster_id,
                greatest(cluster_id, other_cluster_id) AS other_cluster_id
            FROM placed WHERE NOT is_duplicate
        )
        SELECT placed.article_id, placed.other_article_id
        FROM placed LEFT JOIN apart ON apart.cluster_id =
            least(placed.cluster_id, placed.other_cluster_id) AND apart.other_cluster_id =
            greatest(placed.cluster_id, placed.other_cluster_id)
        WHERE is_duplicate AND placed.cluster_id <> placed.other_cluster_id
        AND apart.cluster_id IS NULL
        """,
        "is_duplicate",
    ),
    ReleaseRule(
        "distinct_articles_stand_apart",
        "duplicates",
        "Two articles are proven distinct but stand in one cluster.",
        f"""
        SELECT article_id, other_article_id FROM ({_PLACED_PAIRS})
        WHERE NOT is_duplicate AND cluster_id = other_cluster_id
        """,
        "is_duplicate",
    ),
    ReleaseRule(
        "bounds_fit_the_date",
        "articles",
        "The bounds or the precision are not what the date says.",
        r"""
        SELECT article_id FROM (
            SELECT article_id, date_published AS edtf, date_published_precision AS precision,
                date_published_not_before AS first, date_published_not_after AS last,
                CASE
                    WHEN regexp_full_match(date_published, '\d{4}-\d{2}-\d{2}') THEN 'day'
                    WHEN regexp_full_match(date_published, '\d{4}-(0[1-9]|1[0-2])') THEN 'month'
                    WHEN regexp_full_match(date_published, '\d{4}') THEN 'year'
                END AS form
            FROM articles
        )
        WHERE first > last OR ((first IS NULL) <> (last IS NULL) AND precision <> 'interval')
            OR (edtf IS NULL AND precision NOT IN ('interval', 'unknown'))
            OR (form IS NOT NULL AND form <> precision)
            OR (precision = 'unknown' AND first IS NOT NULL)
            OR (form = 'day' AND (first IS DISTINCT FROM TRY_CAST(edtf AS DATE)
                OR last IS DISTINCT FROM TRY_CAST(edtf AS DATE)))
            OR (form = 'month' AND (first IS DISTINCT FROM TRY_CAST(edtf || '-01' AS DATE)
                OR last IS DISTINCT FROM last_day(TRY_CAST(edtf || '-01' AS DATE))))
            OR (form = 'year' AND (first IS DISTINCT FROM TRY_CAST(edtf || '-01-01' AS DATE)
                OR last IS DISTINCT FROM TRY_CAST(edtf || '-12-31' AS DATE)))
        """,
        "date_published",
    ),
    ReleaseRule(
        "bounds_without_a_date_have_evidence",
        "articles",
        "The date is not known, and its bounds are not what a chosen statement gives.",
        """
        SELECT article_id FROM (
            UNPIVOT (
                SELECT article_id, CAST(date_published_not_before AS VARCHAR)
                        AS date_published_not_before,
                    CAST(date_published_not_after AS VARCHAR) AS date_published_not_after
                FROM articles WHERE date_published IS NULL
            ) ON date_published_not_before, date_published_not_after INTO NAME field VALUE bound
        ) AS bounds ANTI JOIN statements AS given
            ON given.article_id = bounds.article_id AND given.field = bounds.field
            AND given.value = bounds.bound AND given.chosen
        """,
        "date_published_not_before",
    ),
    ReleaseRule(
        "date_has_evidence",
        "articles",
        "The date is not what a chosen statement gives.",
        """
        SELECT article_id FROM articles ANTI JOIN statements AS given
            ON given.article_id = articles.article_id AND given.field = 'date_published'
            AND given.value = articles.date_published AND given.chosen
        WHERE date_published IS NOT NULL
        """,
        "date_published",
    ),
    ReleaseRule(
        "checks_fit_their_verdict",
        "checks",
        "A check has a right value and is not wrong, or is of what could not be drawn.",
        """
        SELECT check_id FROM checks
        WHERE (right_value IS NOT NULL AND verdict <> 'wrong') OR NOT (chance > 0 AND chance <= 1)
            OR verdict NOT IN ('right', 'wrong', 'unknown')
        """,
        "verdict",
    ),
    ReleaseRule(
        "runs_add_up",
        "runs",
        "A run counted more new files than it published and held back documents.",
        """
        SELECT run_id FROM runs
        WHERE result = 'success' AND (files_new > files_seen OR documents_quarantined > files_new)
        """,
        "files_new",
    ),
    ReleaseRule(
        "every_document_was_new_once",
        "runs",
        "The runs took in fewer files than there are documents.",
        """
        SELECT 'all' FROM (SELECT coalesce(sum(files_new), 0) AS taken FROM runs)
        WHERE taken < (SELECT count(*) FROM documents WHERE status <> 'retracted')
        """,
        "files_new",
    ),
    ReleaseRule(
        "documents_fit_their_run",
        "runs",
        "A run left more documents, or held more of them back, than it counted; or there is no "
        "such run.",
        """
        SELECT made.run_id FROM (
            SELECT run_id, count(*) AS documents,
                count(*) FILTER (WHERE status = 'quarantined') AS held_back
            FROM documents WHERE status <> 'retracted' GROUP BY run_id
        ) AS made LEFT JOIN runs USING (run_id)
        WHERE runs.run_id IS NULL OR documents > files_new OR held_back > documents_quarantined
        """,
        "files_new",
    ),
    ReleaseRule(
        "articles_fit_their_run",
        "runs",
        "A run left more articles than it counted, or there is no such run.",
        """
        SELECT made.run_id FROM (SELECT run_id, count(*) AS articles FROM articles GROUP BY run_id)
            AS made LEFT JOIN runs USING (run_id)
        WHERE runs.run_id IS NULL OR articles > articles_published
        """,
        "articles_published",
    ),
)


def _key_rule(table: Table) -> ReleaseRule:
    """Return the rule that a table's primary key is unique in the whole corpus."""
    key = column_list(table.primary_key)
    return ReleaseRule(
        "key_is_unique",
        table.name,
        f"Two rows of {table.name} have the same key.",
        f"SELECT {key} FROM {identifier(table.name)} GROUP BY {key} HAVING count(*) > 1",
        ",".join(table.primary_key),
    )


def _reference_rule(table: Table, key: ForeignKey) -> ReleaseRule:
    """Return the rule that what a row refers to is there."""
    target = next(item for item in TABLES if item.name == key.table)
    pairs = zip(key.columns, target.primary_key, strict=True)
    condition = " AND ".join(f"row.{one} = target.{other}" for one, other in pairs)
    present = " AND ".join(f"row.{one} IS NOT NULL" for one in key.columns)
    columns = ", ".join(f"row.{name}" for name in key.columns)
    return ReleaseRule(
        f"{key.table}_exist",
        table.name,
        f"A row of {table.name} refers to a row of {key.table} that is not there.",
        f"SELECT {columns} FROM {identifier(table.name)} AS row "
        f"ANTI JOIN {identifier(key.table)} AS target ON {condition} WHERE {present}",
        ",".join(key.columns),
    )


def rules() -> Iterator[ReleaseRule]:
    """Yield every rule across tables: keys, references, and the invariants of the corpus."""
    yield from CORPUS_RULES
    yield from span_rules()
    yield from finding_rules()
    for table in TABLES:
        if table.primary_key:
            yield _key_rule(table)
        for key in table.foreign_keys:
            yield _reference_rule(table, key)


def _check(connection: duckdb.DuckDBPyConnection, rule: ReleaseRule) -> Outcome:
    """Return a rule's outcome; where it fails, with the keys of some rows."""
    counts = f"SELECT (SELECT count(*) FROM ({rule.failing})), count(*)"
    row = connection.sql(f"{counts} FROM {identifier(rule.table)}").fetchone()
    failing, total = row or (0, 0)
    examples: tuple[str, ...] = ()
    if failing:
        query = f"FROM ({rule.failing}) ORDER BY ALL LIMIT {SHOWN_ROWS}"
        examples = tuple(":".join(map(str, key)) for key in connection.sql(query).fetchall())
    return Outcome(
        suite=f"release.{rule.table}",
        rule=rule.name,
        column_name=rule.column,
        severity=rule.severity,
        element_count=int(total),
        unexpected_count=int(failing),
        examples=examples,
    )


def check_release(connection: duckdb.DuckDBPyConnection) -> list[Outcome]:
    """Return the outcome of every rule on the tables that the connection uses by default."""
    return [_check(connection, rule) for rule in rules()]
