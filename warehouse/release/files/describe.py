"""The files of a release that say what it holds: for people, for programs, and checksums."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from knipsel.transforms.checks.accuracy import Accuracy, accuracies
from knipsel.warehouse.contract import TABLES, Table
from knipsel.warehouse.contract.ddl import as_contract
from knipsel.warehouse.release.checks.rows import checks_in
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.files.card import card
from knipsel.warehouse.release.files.citation import CITATION, DATACITE, citation_cff, datacite
from knipsel.warehouse.release.files.corpus_file import CORPUS_FILE, Corpus, read_corpus
from knipsel.warehouse.release.files.croissant import CROISSANT, croissant
from knipsel.warehouse.release.files.datapackage import PACKAGE, data_package
from knipsel.warehouse.release.files.facts import (
    ReleaseFacts,
    coverage_of,
    languages_of,
    row_counts,
)
from knipsel.warehouse.release.files.registers import FOLDER as REGISTERS
from knipsel.warehouse.release.pages.report.page import REPORT, report_page
from knipsel.warehouse.release.pages.validation.page import PAGE, validation_page
from knipsel.warehouse.release.versions import Release, as_json
from knipsel.warehouse.release.views.views import VIEWS
from knipsel.warehouse.sql import identifier

INDEX = "index.json"
SUMS = "SHA256SUMS"


def superseded_sums(folder: Path) -> list[Path]:
    """Return the checksums that a release had before retractions wrote it anew, oldest first."""
    return sorted(folder.glob(f"{SUMS}.*"), key=lambda file: int(file.suffix[1:]))


def keep_superseded(old: Path, new: Path, revision: int) -> None:
    """Give a release that is written anew the checksums of before; ``revision`` is its own."""
    for file in superseded_sums(old):
        shutil.copyfile(file, new / file.name)
    shutil.copyfile(old / SUMS, new / f"{SUMS}.{revision - 1}")


def digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _views(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what each view of the release is, those of now in their order."""
    rows = connection.sql(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_oid"
    ).fetchall()
    found = dict(rows)
    return {view.name: found.pop(view.name) for view in VIEWS if view.name in found} | found


def _show_as_contract(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], version: int
) -> None:
    """Let queries find the tables of a release of an older contract as they are now."""
    own = {table.name: table.column_names for table in tables}
    database = Path(DATABASE).stem
    for table in TABLES:
        source = f"{database}.main.{identifier(table.name)}"
        query = as_contract(table, source, own.get(table.name, ()), version)
        connection.execute(f"CREATE TEMP VIEW {identifier(table.name)} AS {query}")


def _facts(file: Path) -> dict[str, Any]:
    """Return the size of a file in bytes, and its SHA-256."""
    return {"bytes": file.stat().st_size, "sha256": digest(file)}


def _write(folder: Path, name: str, text: str) -> dict[str, Any]:
    """Write a text file of a release and return its facts."""
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return _facts(folder / name)


def describe(folder: Path, release: Release, contract: Sequence[Table] = TABLES) -> None:
    """Write the files that say what a release holds, the checksums of all others last.

    All that they say comes from the tables in ``folder``, of which ``contract`` is the meaning,
    and from ``release``, so that a folder whose tables changed is described anew by calling this
    again.
    """
    corpus = read_corpus(folder)
    files = _files_of(folder, contract)
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        rows, languages = row_counts(connection, contract), languages_of(connection)
        views = _views(connection)
        if contract is not TABLES:
            _show_as_contract(connection, contract, release.contract_version)
        coverage, undated = coverage_of(connection)
        page = validation_page(connection, release)
        report = report_page(connection, release, corpus.title if corpus else None)
        accuracy = accuracies(checks_in(connection, "checks"))
    digests = {name: (file["path"], file["sha256"]) for name, file in files.items()}
    facts = ReleaseFacts(release, contract, rows, digests, languages, coverage, undated)
    registers = sorted((folder / REGISTERS).rglob("*.toml"))
    texts = {
        PAGE: page,
        REPORT: report,
        PACKAGE: as_json(data_package(facts, corpus)),
        "README.md": card(
            facts, views, corpus=corpus, accuracy=accuracy, has_registers=bool(registers)
        ),
        **_as_stated(corpus, facts),
    }
    kept = [*registers, *superseded_sums(folder), folder / DATABASE, folder / CORPUS_FILE]
    beside = {
        file.relative_to(folder).as_posix(): _facts(file) for file in kept if file.exists()
    } | {name: _write(folder, name, text) for name, text in texts.items()}
    tables = {name: {"rows": rows[name], **file} for name, file in files.items()}
    _write_index(folder, release, tables, beside, accuracy)


def _files_of(folder: Path, contract: Sequence[Table]) -> dict[str, dict[str, Any]]:
    """Return the path, size and SHA-256 of each table's file."""
    paths = {table.name: f"{table.name}/part-0.parquet" for table in contract}
    return {name: {"path": path, **_facts(folder / path)} for name, path in paths.items()}


def _as_stated(corpus: Corpus | None, facts: ReleaseFacts) -> dict[str, str]:
    """Return the files, by name, that say in the forms of others what people state of a corpus."""
    if corpus is None:
        return {}
    return {
        CITATION: citation_cff(corpus, facts.release),
        DATACITE: as_json(datacite(corpus, facts)),
        CROISSANT: as_json(croissant(corpus, facts)),
    }


def _write_index(
    folder: Path,
    release: Release,
    tables: Mapping[str, dict[str, Any]],
    files: Mapping[str, dict[str, Any]],
    accuracy: Sequence[Accuracy],
) -> None:
    """Write ``index.json`` and, last, the checksums of all files."""
    index: dict[str, Any] = {"release": asdict(release), "tables": tables, "files": files}
    if release.revision:
        superseded = [file.name for file in superseded_sums(folder)]
        index |= {"label": release.label, "revision": release.revision, "superseded": superseded}
    if accuracy:
        index["accuracy"] = [one.figures() for one in accuracy]
    sums = {table["path"]: table["sha256"] for table in tables.values()}
    sums |= {name: facts["sha256"] for name, facts in files.items()}
    sums[INDEX] = _write(folder, INDEX, as_json(index))["sha256"]
    _write(folder, SUMS, "".join(f"{value}  {name}\n" for name, value in sorted(sums.items())))
