"""Errors are one sentence, with the exit code that fits."""

from __future__ import annotations

import errno

import duckdb
import pyarrow as pa
import pytest

from knipsel.flows.runs.errors import FAILED, WRONG_USAGE, UnpublishedError, cause, explain
from knipsel.transforms.registers.checked import RegisterError
from knipsel.warehouse.intake.inbox import NoSuchPathError

MISSPELT = (
    'Binder Error: Referenced column "healine" not found!\nCandidate bindings: "headline"\n\n'
    "LINE 1: SELECT healine FROM articles\n               ^"
)
HINT = (
    'Binder Error: Referenced column "healine" not found! Candidate bindings: "headline" '
    "It stands at: healine FROM articles"
)
FULL = "The disk is full; nothing was changed. Free some space and run it again."


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FAILED, FULL),
        (duckdb.IOException("IO Error: No space left on device"), FAILED, FULL),
        (pa.ArrowException("[Errno 28] No space left on device"), FAILED, FULL),
        (duckdb.Error("database or disk is full"), FAILED, FULL),
        (PermissionError(13, "Permission denied", "/x"), FAILED, "Permission denied: /x."),
        (
            FileNotFoundError(errno.ENOENT, "No such file"),
            FAILED,
            "The folder in which the command",
        ),
        (NoSuchPathError("There is nothing."), WRONG_USAGE, "There is nothing. Name a file"),
        (duckdb.ParserException("Parser Error: no\n\nLINE 1"), FAILED, "Parser Error: no"),
        (duckdb.BinderException(MISSPELT), FAILED, HINT),
        (OSError(errno.EADDRINUSE, "Address already in use"), FAILED, "Another program uses"),
        (RegisterError("a.toml", "verb", "no"), WRONG_USAGE, "a.toml: verb: no"),
        (RuntimeError(), FAILED, "RuntimeError"),
    ],
)
def test_explain(error: Exception, code: int, sentence: str) -> None:
    """The sentence says what happened; details below its first line are left out."""
    found = explain(error)
    assert found[0] == code
    assert found[1].startswith(sentence)
    assert "\n" not in found[1]


def test_a_full_disk_after_the_commit_does_not_deny_the_commit() -> None:
    """Where only the release failed, nobody is told that nothing was changed."""
    error = UnpublishedError(cause(OSError(errno.ENOSPC, "No space left on device")))
    code, sentence = explain(error)
    assert code == FAILED
    assert sentence.startswith("The files are committed")
    assert sentence.endswith("The disk is full.")
    assert "nothing was changed" not in sentence
