"""Figures in OpenMetrics text, for Prometheus by way of node_exporter's textfile collector.

All are gauges, which OpenMetrics and the older text format write in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from knipsel.flows.server.reports.report import COUNTS

_ABOUT = {
    "files_seen": "Files that the last run saw.",
    "files_new": "Documents that the last run read.",
    "articles_published": "Articles that the last run brought.",
    "documents_quarantined": "Documents that the last run held back.",
}


def _value(text: str) -> str:
    """Return a label's value with what the format escapes."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _labels(labels: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_value(value)}"' for name, value in labels.items())


def _family(
    name: str, about: str, samples: Iterator[tuple[Mapping[str, str], float]], unit: str = ""
) -> Iterator[str]:
    """Yield the lines of a gauge with all its samples."""
    yield f"# TYPE {name} gauge"
    if unit:
        yield f"# UNIT {name} {unit}"
    yield f"# HELP {name} {about}"
    for labels, value in samples:
        yield f"{name}{{{_labels(labels)}}} {value!r}"


def metrics_text(
    warehouse: str, health: Mapping[str, Any], totals: Mapping[str, int] | None
) -> str:
    """Return the figures of a warehouse after a run; ``warehouse`` is a label of each.

    ``health`` is as `note_health` returns it, ``totals`` what the lake holds, by name.
    """
    flows: Mapping[str, Mapping[str, Any]] = health["flows"]
    of = {flow: {"warehouse": warehouse, "flow": flow} for flow in flows}
    lines: list[str] = []
    for name in COUNTS:
        samples = ((of[flow], float(run[name])) for flow, run in flows.items())
        lines += _family(f"knipsel_last_run_{name}", _ABOUT[name], samples)
    success = ((of[flow], float(run["result"] == "success")) for flow, run in flows.items())
    lines += _family("knipsel_last_run_success", "1 where the last run went well.", success)
    ended = ((of[flow], _seconds(run["ended_at"])) for flow, run in flows.items())
    about = "When the last run ended, since 1970."
    lines += _family("knipsel_last_run_end_timestamp_seconds", about, ended, "seconds")
    took = ((of[flow], float(run["seconds"])) for flow, run in flows.items())
    lines += _family("knipsel_last_run_duration_seconds", "What it took.", took, "seconds")
    if last := health["last_success_at"]:
        good = iter([({"warehouse": warehouse}, _seconds(last))])
        about = "When an ingest last ended well, since 1970."
        lines += _family("knipsel_last_success_timestamp_seconds", about, good, "seconds")
    held = (
        ({"warehouse": warehouse, "status": name.removeprefix("documents_")}, float(count))
        for name, count in (totals or {}).items()
        if name.startswith("documents_")
    )
    lines += _family("knipsel_documents", "Documents in the lake.", held)
    articles = iter([({"warehouse": warehouse}, float((totals or {}).get("articles", 0)))])
    lines += _family("knipsel_articles", "Articles in the lake.", articles)
    return "\n".join([*lines, "# EOF", ""])


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
