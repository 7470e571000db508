"""BagIt (RFC 8493): a folder that an archive takes in, and can prove to be whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from knipsel.warehouse.exports.about import README, RELEASE_SHA256, About, readme
from knipsel.warehouse.exports.formats.delimited import csv_texts, write_csv
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.source import Source

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHM = "sha256"
PAYLOAD = "data"


def write_bag(source: Source, folder: Path) -> Notes:
    """Write the tables of an export as CSV into a bag, with what it is and its checksums."""
    payload = folder / PAYLOAD
    payload.mkdir()
    notes: Notes = []
    for table in source.tables:
        notes += write_csv(source, table, payload / f"{table.name}.csv")
    names = [f"{table.name}.csv" for table in source.tables]
    page = readme(source.about.with_notes(notes), source.tables, names)
    _write(payload / README, page)
    files = sorted(file for file in payload.rglob("*") if file.is_file())
    _write(folder / "bagit.txt", DECLARATION)
    _write(folder / "bag-info.txt", _info(source.about, files))
    _write(folder / f"manifest-{ALGORITHM}.txt", _manifest(folder, files))
    tags = [folder / name for name in ("bag-info.txt", "bagit.txt", f"manifest-{ALGORITHM}.txt")]
    _write(folder / f"tagmanifest-{ALGORITHM}.txt", _manifest(folder, tags))
    return notes


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _info(said: About, files: Sequence[Path]) -> str:
    """Return what the bag says of itself; its day is that of the release, not of the export."""
    size = sum(file.stat().st_size for file in files)
    facts = [
        ("Source-Organization", said.title),
        ("External-Description", said.citation),
        ("External-Identifier", dict(said.facts)[RELEASE_SHA256]),
        ("Bagging-Date", f"{said.made_at:%Y-%m-%d}"),
        ("Payload-Oxum", f"{size}.{len(files)}"),
    ]
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in facts)


def _manifest(folder: Path, files: Sequence[Path]) -> str:
    lines = []
    for file in files:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, ALGORITHM).hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    return "".join(lines)


BAGIT = Format(
    "bagit",
    "a BagIt bag with the tables as CSV, for archives",
    (".csv",),
    csv_texts,
    write=write_bag,
    is_folder=True,
    tells_itself=True,
)
