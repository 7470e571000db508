"""DuckDB's extensions: only those that their makers signed, and no other is looked for."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from knipsel.warehouse.lake import extensions
from knipsel.warehouse.lake.extensions import MissingExtensionError, connect_with, extension_file


def test_they_are_there() -> None:
    """What a connection needs is loaded, and it would not fetch what it lacks."""
    for _ in range(2):
        with connect_with("ducklake", "sqlite_scanner") as connection:
            settings = connection.sql(
                "SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions'"
            ).fetchall()
            assert settings == [("false",), ("false",)]
            loaded = connection.sql(
                "SELECT extension_name FROM duckdb_extensions() WHERE loaded"
            ).fetchall()
            assert {("ducklake",), ("sqlite_scanner",)} <= set(loaded)


def test_one_that_was_tampered_with_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed byte breaks the signature, every time."""
    content = bytearray(extension_file("sqlite_scanner").read_bytes())
    content[len(content) // 2] ^= 1
    copy = tmp_path / "sqlite_scanner.duckdb_extension"
    copy.write_bytes(content)
    monkeypatch.setattr(extensions, "extension_file", lambda _: copy)
    for _ in range(2):
        with pytest.raises(duckdb.IOException, match="signature"):
            connect_with("sqlite_scanner")


def test_one_that_is_missing_is_named() -> None:
    """The sentence says what to do."""
    with pytest.raises(MissingExtensionError, match="nothing is not installed; run"):
        connect_with("nothing")
