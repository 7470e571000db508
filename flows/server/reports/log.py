"""Lines for whoever reads along: sentences for people, or a JSON object a line for programs."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

VARIABLE = "KNIPSEL_LOG_JSON"
_YES = {"1", "true", "yes", "on"}


def is_json() -> bool:
    """Tell whether lines are JSON in this process, and in those that it starts."""
    return os.environ.get(VARIABLE, "").lower() in _YES


def json_line(level: str, message: str, facts: Mapping[str, object] | None = None) -> str:
    """Return a line of the log as a JSON object: ``at``, ``level``, ``message``, and facts."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    row = {"at": at, "level": level, "message": message, **(facts or {})}
    return json.dumps(row, ensure_ascii=True, default=str)


def error_line(sentence: str) -> str:
    """Return the line that tells why a command failed, in the form that is asked for."""
    said = sentence.removeprefix("Error: ")
    return json_line("error", said) if is_json() else f"Error: {said}"


class JsonLines(logging.Formatter):
    """Makes a JSON object of each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line; where it has a traceback, with that."""
        facts: dict[str, object] = {"logger": record.name}
        if record.exc_info:
            facts["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json_line(record.levelname.lower(), record.getMessage(), facts)


def log_as_json() -> None:
    """Let all lines be JSON from now on, on standard error; those of the project from INFO on."""
    os.environ[VARIABLE] = "true"
    log = logging.getLogger("knipsel")
    if any(isinstance(one.formatter, JsonLines) for one in log.handlers):
        return
    for told in (log, *(logging.getLogger(f"knipsel.{name}") for name in TOLD)):
        told.handlers.clear()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


TOLD = ("warehouse", "flows.runs.leftovers", "flows.server.reports")
"""Who has something to say to the person who runs a command, below ``knipsel``."""
