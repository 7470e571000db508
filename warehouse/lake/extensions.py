"""DuckDB's extensions, loaded from their wheels: nothing is downloaded at run time."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb

from knipsel.warehouse.sql import quoted


class MissingExtensionError(RuntimeError):
    """An extension's wheel is not installed, or is of another version of DuckDB."""


def extension_file(name: str) -> Path:
    """Return the file of an extension of the installed DuckDB version."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        message = f"The DuckDB extension {name} is not installed; run `make install` again."
        raise MissingExtensionError(message)
    version = f"v{duckdb.__version__}"
    file = Path(spec.origin).parent / "extensions" / version / f"{name}.duckdb_extension"
    if not file.exists():
        message = f"The DuckDB extension {name} is not of {version}; run `make install` again."
        raise MissingExtensionError(message)
    return file


def connect_with(*names: str) -> duckdb.DuckDBPyConnection:
    """Return a new connection with extensions loaded, which looks for no others.

    DuckDB checks an extension's signature whenever it loads one, over the whole file: a fifth of
    a second for those of the lake. Once in a process is enough for the same files.
    """
    files = tuple(extension_file(name) for name in names)
    _check_signatures(files)
    connection = duckdb.connect(config={"allow_unsigned_extensions": True})
    try:
        _load(connection, files)
    except BaseException:
        connection.close()
        raise
    return connection


@cache
def _check_signatures(files: tuple[Path, ...]) -> None:
    """Load extensions once as DuckDB does by itself: it refuses what its makers did not sign."""
    with duckdb.connect() as connection:
        _load(connection, files)


def _load(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    for file in files:
        connection.execute(f"LOAD {quoted(str(file))}")
