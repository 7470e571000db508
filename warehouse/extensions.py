"""DuckDB's extensions, loaded from their wheels: nothing is downloaded at run time."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb


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


def load_extensions(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load extensions into a connection and keep DuckDB from looking for others."""
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    for name in names:
        connection.execute(f"LOAD '{extension_file(name)}'")
