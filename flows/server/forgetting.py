"""What Prefect keeps of files that were retracted: their names, in what it knows of older runs.

Commands hand Prefect no names of files, but flows that others call and earlier versions do. The
runs stay; of their parameters, logs and states only what names such a file is blotted out.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from knipsel.flows.server.settings import prefect_home
from knipsel.warehouse.retraction.proof.passages import name_needles
from knipsel.warehouse.retraction.rows import NAME
from knipsel.warehouse.sql import identifier

DATABASE = "prefect.db"
WAIT_SECONDS = 30
"""How long a server that writes is waited for."""

log = logging.getLogger(__name__)


def prefect_homes() -> list[Path]:
    """Return the folders in which Prefect may keep something of this user's runs."""
    named = os.environ.get("PREFECT_HOME")
    homes = [Path(named) if named else None, prefect_home()]
    return [home for home in dict.fromkeys(homes) if home and home.is_dir()]


def temporary_folders() -> list[Path]:
    """Return the folders of knipsel's among the temporary ones: those at work, and left ones."""
    return sorted(one for one in Path(tempfile.gettempdir()).glob("knipsel-*") if one.is_dir())


def forget_names(names: Sequence[str]) -> None:
    """Blot names of files out of Prefect's databases.

    Where one is locked all the time, that is logged; a proof finds what is left in it.
    """
    for home in prefect_homes() if names else ():
        file = home / DATABASE
        if file.exists():
            try:
                _blot(file, _pattern(names))
            except sqlite3.OperationalError as error:
                log.warning("Prefect's database %s could not be cleared: %s", file, error)


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Return what matches a path that ends in one of the names, also as JSON writes it.

    A name that a proof looks for is matched within a longer one, too, since it would find it there.
    """
    forms = {form for name in names for form in (name, json.dumps(name)[1:-1])}
    looked_for = {needle.decode("utf-8", "surrogatepass") for needle in name_needles(names)}
    long, short = (
        "|".join(map(re.escape, sorted(group, key=len, reverse=True))) or "(?!)"
        for group in (looked_for, forms - looked_for)
    )
    alone = rf"(?<![\w.-])(?:{short})(?![\w.-])"
    return re.compile(rf"(?:(?<=[\s\"'=:,(\[])[^\s\"',]*/)?(?:{long}|{alone})")


def _blot(file: Path, pattern: re.Pattern[str]) -> None:
    """Blot what a pattern matches out of a database, and out of the pages that it left behind."""

    def names_any(value: object) -> bool:
        return isinstance(value, str) and pattern.search(value) is not None

    with closing(sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.create_function("names_any", 1, names_any, deterministic=True)
        connection.create_function("blotted", 1, lambda value: pattern.sub(NAME, value))
        connection.execute("BEGIN IMMEDIATE")
        for table, column in _texts(connection):
            connection.execute(
                f"UPDATE {table} SET {column} = blotted({column}) WHERE names_any({column})"
            )
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _texts(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the columns of all tables that can hold a name, written as SQL has them."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        (identifier(table), identifier(name))
        for (table,) in tables
        for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({identifier(table)})")
        if kind in {"JSON", "TEXT", "VARCHAR"}
    ]
