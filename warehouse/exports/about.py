"""What every export says of itself: of which release it is, what was asked, how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knipsel.warehouse.contract import Column
from knipsel.warehouse.exports.model import ExportTable, Wanted
from knipsel.warehouse.exports.policy import Sharing
from knipsel.warehouse.release.files.card import TEXTS
from knipsel.warehouse.release.files.citation import reference
from knipsel.warehouse.release.files.corpus_file import read_corpus
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.search.index.state import release_digest

README = "README.md"
RELEASE_SHA256 = "release SHA-256"
"""The name of the fact that tells which release an export is of."""


UNNAMED = "Press clippings"
"""The title of a corpus that has none."""


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself; ``facts`` are names and values, in order."""

    title: str
    citation: str
    rights: str
    made_at: datetime
    facts: tuple[tuple[str, str], ...]

    def with_notes(self, notes: Sequence[str]) -> About:
        """Return the same with what the format could not hold."""
        told = tuple(("note", note) for note in notes)
        return About(self.title, self.citation, self.rights, self.made_at, self.facts + told)


def about(  # noqa: PLR0917 - facts of an export
    folder: Path,
    release: Release,
    wanted: Wanted,
    sharing: Sharing,
    tiers: dict[str, int],
    tables: Sequence[ExportTable],
) -> About:
    """Return what an export of some tables of the release in a folder says of itself."""
    corpus = read_corpus(folder)
    checksum = release_digest(folder)
    rights = (corpus.rights if corpus else None) or TEXTS
    of_release = f"{reference(corpus, release)} {release.articles:,} articles, SHA-256 {checksum}."
    facts = [
        ("cite as", _citation(of_release, wanted, tables)),
        ("release", release.version),
        ("revision", str(release.revision)),
        ("released at", release.created_at),
        (RELEASE_SHA256, checksum),
        ("contract", str(release.contract_version)),
        ("search", wanted.words),
        ("query", wanted.query),
        ("copies", "each copy of a text" if wanted.copies else "each text once"),
        *((f"rows of {table.name}", str(table.rows)) for table in tables),
        ("texts", shared_in_words(sharing, tiers)),
        ("licence of metadata", corpus.metadata_licence if corpus else None),
        ("rights", rights),
    ]
    return About(
        corpus.title if corpus else UNNAMED,
        facts[0][1] or "",
        rights,
        datetime.fromisoformat(release.created_at),
        tuple((name, value) for name, value in facts if value is not None),
    )


def _citation(of_release: str, wanted: Wanted, tables: Sequence[ExportTable]) -> str:
    """Return the text to cite: the release, and the part of it that the export has."""
    parts = []
    if wanted.words is not None:
        parts.append(f"articles found by `{wanted.words}`")
    if wanted.query is not None:
        parts.append(f"the answer to `{' '.join(wanted.query.split())}`")
    rows = ", ".join(f"{table.rows:,} rows of {table.name}" for table in tables)
    return f"{of_release} Exported: {'; '.join([*parts, rows])}."


def shared_in_words(sharing: Sharing, tiers: dict[str, int]) -> str:
    """Say how much of the texts is in an export."""
    if sharing.is_all:
        return "all of every article"
    said = {
        "full": "all of {}",
        "snippet": f"the first {sharing.snippet_words} words of {{}}",
        "metadata": "nothing of {}",
    }
    parts = [said[tier].format(f"{count:,}") for tier, count in tiers.items()]
    return f"{', '.join(parts) or 'nothing of 0'} articles"


def meanings(tables: Sequence[ExportTable]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the table, the name, the type and the meaning of each column."""
    for table in tables:
        for column in table.columns:
            yield table.name, column.name, column.type.value, meaning(column)


def meaning(column: Column) -> str:
    """Return what a column means, without the marks of code."""
    return column.description.replace("`", "")


def readme(said: About, tables: Sequence[ExportTable], files: Sequence[str] = ()) -> str:
    """Return the page beside an export whose own files cannot say all this."""
    lines = [f"# {said.title}: an export", "", "| what | |", "|---|---|"]
    lines += [f"| {name} | {_cell(value)} |" for name, value in said.facts]
    if files:
        lines += ["", "Files: " + ", ".join(f"`{name}`" for name in files) + "."]
    for table in tables:
        lines += ["", f"## {table.name}", "", table.description, ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| {_cell(column.name)} | {column.type.value} | {_cell(column.description)} |"
            for column in table.columns
        ]
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    return " ".join(value.split()).replace("|", "\\|")
