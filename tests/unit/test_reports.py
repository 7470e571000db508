"""Figures, and lines of the log, in the forms that others read."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open
from prometheus_client.parser import text_string_to_metric_families as parse_older

from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.open_warehouse import open_warehouse
from knipsel.flows.server.reports.log import VARIABLE, JsonLines, error_line
from knipsel.flows.server.reports.metrics import metrics_text
from tests.pipeline import write_files
from tests.texts import article


def open_metrics(text: str) -> list[Metric]:
    return list(parse_open(text))  # type: ignore[no-untyped-call]


def older_text(text: str) -> list[Metric]:
    return list(parse_older(text))


ARTICLES = 9
RUN = {
    "files_seen": 3,
    "files_new": 2,
    "articles_published": 4,
    "documents_quarantined": 1,
    "result": "success",
    "ended_at": "2026-11-30T10:00:00+00:00",
    "seconds": 1.5,
}


def test_figures_are_open_metrics() -> None:
    """Also where a path has signs that the format escapes, and in the older text format."""
    place = 'wh "a"\\b\nc'
    health = {"last_success_at": RUN["ended_at"], "flows": {"ingest": RUN, "publish": RUN}}
    text = metrics_text(place, health, {"articles": ARTICLES, "documents_published": 7})
    samples = [sample for family in open_metrics(text) for sample in family.samples]
    values = {(one.name, one.labels.get("flow", "")): float(one.value) for one in samples}
    assert values["knipsel_last_run_files_new", "ingest"] == RUN["files_new"]
    ended = datetime(2026, 11, 30, 10, tzinfo=UTC).timestamp()
    assert values["knipsel_last_success_timestamp_seconds", ""] == ended
    assert values["knipsel_articles", ""] == ARTICLES
    assert {one.labels["warehouse"] for one in samples} == {place}
    assert {family.type for family in open_metrics(text)} == {"gauge"}
    assert {family.name for family in older_text(text)} == {one.name for one in open_metrics(text)}


def test_a_run_writes_its_figures(tmp_path: Path) -> None:
    file = tmp_path / "figures" / "knipsel.prom"
    write_files(tmp_path / "inbox", {"a.txt": article(1), "menu.txt": "Home\nContact\n"})
    open_warehouse(tmp_path / "wh", Settings(metrics_file=file)).ingest(tmp_path / "inbox")
    samples = {
        (sample.name, sample.labels.get("status")): sample.value
        for family in open_metrics(file.read_text())
        for sample in family.samples
    }
    assert samples["knipsel_documents", "published"] == 1
    assert samples["knipsel_documents", "quarantined"] == 1
    assert samples["knipsel_last_run_success", None] == 1
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_log_lines_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    record = logging.LogRecord("knipsel.x", logging.WARNING, "f", 1, "a %s\nb", ("é",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["message"], said["logger"]) == ("warning", "a é\nb", "knipsel.x")
    monkeypatch.setenv(VARIABLE, "true")
    assert json.loads(error_line("Error: no"))["message"] == "no"
    monkeypatch.delenv(VARIABLE)
    assert error_line("no") == "Error: no"
