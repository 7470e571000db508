"""Answers as relations: they outlive the warehouse, and keep to the limits of a command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import knipsel
from knipsel.warehouse.queries.queries import NoReleaseError, answer_as_reader, ask
from knipsel.warehouse.queries.relations import NoAnswerError
from knipsel.warehouse.queries.sandbox import RefusedQueryError, SlowQueryError
from tests.pipeline import Pipeline, copy_of

ENDLESS = "SELECT count(*) FROM range(1000000000000) AS a, range(1000) AS b"


def test_an_answer_needs_the_warehouse_no_more(released: Pipeline, tmp_path: Path) -> None:
    copy = copy_of(released, tmp_path / "copy")
    answer = knipsel.open(copy.warehouse.root).sql("SELECT article_id, first_seen_at FROM articles")
    shutil.rmtree(copy.warehouse.root)
    assert len(answer.df()) == len(answer.fetchall()) == 15
    assert str(answer.fetchall()[0][1].tzinfo) == "UTC"
    assert answer.filter("article_id < '8'").count("*").fetchall() < [(15,)]


@pytest.mark.parametrize("lake", [False, True])
def test_the_limits_hold(released: Pipeline, *, lake: bool) -> None:
    """No file, no setting, no change; and what gives no rows is told so."""
    warehouse = knipsel.open(released.warehouse.root)
    for query in ("FROM read_text('/etc/passwd')", "DELETE FROM articles", "COPY articles TO 'x'"):
        with pytest.raises(RefusedQueryError):
            warehouse.sql(query, lake=lake)
    with pytest.raises(NoAnswerError):
        warehouse.sql("SELECT 1; CREATE TEMP TABLE t AS SELECT 1" if lake else "SET VARIABLE a = 1")


@pytest.mark.parametrize("lake", [False, True])
def test_a_query_that_takes_too_long_is_stopped(released: Pipeline, *, lake: bool) -> None:
    with pytest.raises(SlowQueryError, match="max_query_seconds"):
        answer_as_reader(released.warehouse, ENDLESS, ask, lake=lake, seconds=0.1)
    assert answer_as_reader(released.warehouse, "SELECT 1", ask, seconds=60).rows == [(1,)]


def test_where_nothing_is_published_it_is_said(pipeline: Pipeline) -> None:
    warehouse = knipsel.open(pipeline.warehouse.root)
    for ask_something in (warehouse.release, lambda: warehouse.sql("SELECT 1")):
        with pytest.raises(NoReleaseError, match="Nothing is published in"):
            ask_something()
