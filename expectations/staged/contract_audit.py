"""The suites of the contract, run on staged rows with Great Expectations.

Its pandas engine sees only what the rules look at: keys, and the columns with rules. Long
texts are cut, since the only rule on them is that they are there. Which rows fail is read
from the list of failing rows, since a rule can pass as a whole and still name some.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from knipsel.expectations.staged.outcomes import SHOWN_ROWS, AuditError, Outcome
from knipsel.expectations.staged.suites import suite_of
from knipsel.warehouse.contract import BY_NAME, TABLES, ColumnType, Table
from knipsel.warehouse.lake.staging import STORED, Finding, Staged
from knipsel.warehouse.sql import identifier, quoted

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context import EphemeralDataContext

AUDITED_TABLES = (
    "documents",
    "articles",
    "article_authors",
    "paragraphs",
    "removed_spans",
    "statements",
    "quotations",
    "mentions",
    "time_expressions",
    "topics",
    "topic_matches",
)
CUT_CHARACTERS = 64
"""How much of a text without a rule of its own the audit sees: it checks only that it is there."""

KEY_COLUMNS = ("audit_document_id", "audit_row_key")
"""The document and the row that a failing value belongs to."""

SENTENCES = {
    "expect_column_values_to_not_be_null": "The value is missing.",
    "expect_column_values_to_be_in_set": "The value is not one of those that the column allows.",
    "expect_column_values_to_match_regex": "The value does not have the form of the column.",
    "expect_column_values_to_be_between": "The number is outside the range of the column.",
    "expect_column_values_to_be_unique": "Another row has the same key.",
    "expect_compound_columns_to_be_unique": "Another row has the same key.",
}
"""What a failed expectation means, for people."""


def _projection(table: Table) -> Iterator[str]:
    """Yield what the audit reads of a table's columns."""
    for column in table.columns:
        name = f"staged.{identifier(column.name)}"
        is_text = column.type is ColumnType.STRING and not column.rules
        is_key = column.name in table.primary_key
        if is_text and not is_key:
            yield f"left({name}, {CUT_CHARACTERS}) AS {identifier(column.name)}"
        else:
            yield name


def _row_key(table: Table) -> str:
    """Return the SQL expression of a row's key in one string."""
    columns = table.primary_key or table.sort_by
    parts = (f"coalesce(CAST(staged.{identifier(name)} AS VARCHAR), '')" for name in columns)
    return f"concat_ws(':', {', '.join(parts)})"


def frame_query(table: Table, files: Mapping[str, list[str]]) -> str:
    """Return the query for a table's staged rows with their document and key."""
    listed = {name: ", ".join(map(quoted, paths)) for name, paths in files.items()}
    source = f"FROM read_parquet([{listed[table.name]}]) AS staged"
    document = "staged.document_id"
    if "document_id" not in table.column_names:
        articles = " UNION ALL ".join(
            f"SELECT article_id, document_id FROM read_parquet([{listed[name]}])"
            for name in ("articles", STORED)
        )
        source += f" LEFT JOIN ({articles}) AS article USING (article_id)"
        document = "article.document_id"
    keys = f"{document} AS {KEY_COLUMNS[0]}, {_row_key(table)} AS {KEY_COLUMNS[1]}"
    return f"SELECT {', '.join(_projection(table))}, {keys} {source}"


_SETTING_UP = threading.Lock()


def _context() -> EphemeralDataContext:
    """Return the one Great Expectations context of the process; it keeps nothing on disk."""
    with _SETTING_UP:  # one thread may prepare it while another is about to use it
        return _set_up()


@cache
def _set_up() -> EphemeralDataContext:
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    silent: Any = {"globally": False, "metric_calculations": False}
    context.variables.progress_bars = silent
    staged = context.data_sources.add_pandas("staged")
    for table in TABLES:
        staged.add_dataframe_asset(table.name)
    return context


def prepare() -> None:
    """Import Great Expectations and set it up, which takes seconds: for while others wait."""
    _context()


def _validate(table: Table, frame: pd.DataFrame) -> Sequence[ExpectationValidationResult]:
    """Return the result of each expectation of a table's suite on a frame."""
    asset: Any = _context().data_sources.get("staged").get_asset(table.name)
    definitions = {item.name: item for item in asset.batch_definitions}
    whole = definitions.get("all") or asset.add_batch_definition_whole_dataframe("all")
    report = whole.get_batch({"dataframe": frame}).validate(
        suite_of(table),
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": list(KEY_COLUMNS),
        },
    )
    return report.results  # type: ignore[no-any-return]


def _raise_on_error(table: Table, result: ExpectationValidationResult) -> None:
    """Raise `AuditError` where an expectation could not be evaluated.

    A fault of the engine looks like failed data: success is false and the result is empty.
    """
    info = result.exception_info or {}
    if info.get("raised_exception") is False and result.result:
        return
    message = f"The audit of {table.name} failed: {result.expectation_config} gave {info}."
    raise AuditError(message)


def _column_name(kwargs: Mapping[str, Any]) -> str:
    """Return the column, or the columns, that an expectation is about."""
    return str(kwargs.get("column") or ",".join(kwargs["column_list"]))


def _shown(value: object) -> str | None:
    """Return a failing value as text; a missing one has none."""
    return None if value is None or value != value else str(value)  # noqa: PLR0124 - NaN


def _findings(table: Table, rule: str, column: str, result: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the rows that failed an expectation."""
    for row in result.get("unexpected_index_list") or []:
        yield Finding(
            document_id=str(row[KEY_COLUMNS[0]]),
            table_name=table.name,
            row_key=str(row[KEY_COLUMNS[1]]),
            rule=rule,
            message=SENTENCES[rule],
            column_name=column,
            value=_shown(row.get(column)),
        )


def _examples(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of the first rows that failed an expectation."""
    rows = result.get("unexpected_index_list") or []
    return tuple(str(row[KEY_COLUMNS[1]]) for row in rows[:SHOWN_ROWS])


def audit_frame(table: Table, frame: pd.DataFrame) -> tuple[list[Outcome], list[Finding]]:
    """Run a table's suite on its rows; return each rule's outcome and every critical failure.

    ``frame`` has the table's columns and `KEY_COLUMNS`. Raises `AuditError` where an
    expectation cannot be evaluated.
    """
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for item in _validate(table, frame):
        _raise_on_error(table, item)
        config: Any = item.expectation_config
        severity = config.severity.value
        column = _column_name(config.kwargs)
        outcomes.append(
            Outcome(
                suite=table.name,
                rule=config.type,
                column_name=column,
                severity=severity,
                element_count=int(item.result["element_count"]),
                unexpected_count=int(item.result["unexpected_count"]),
                examples=_examples(item.result),
            )
        )
        if severity == "critical":
            findings += _findings(table, config.type, column, item.result)
    return outcomes, findings


def audit_contract(staged: Staged, batches: Sequence[int]) -> tuple[list[Outcome], list[Finding]]:
    """Run the suites on the staged rows of some batches."""
    names = (*AUDITED_TABLES, STORED)
    files = {name: [str(staged.file(name, batch)) for batch in batches] for name in names}
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for name in AUDITED_TABLES:
            table = BY_NAME[name]
            frame = connection.sql(frame_query(table, files)).to_arrow_table().to_pandas()
            if len(frame):
                found = audit_frame(table, frame)
                outcomes += found[0]
                findings += found[1]
    return outcomes, findings
