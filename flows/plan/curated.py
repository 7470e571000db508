"""What people state of documents: beside files, of folders, in the catalogue among the registers.

A sidecar is kept with its document in the archive, so that reading the document again needs
nothing else; the newest that was seen counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from knipsel.flows.config.register_files import own_texts
from knipsel.transforms.registers.articles.facts import Facts, facts_version, with_folder
from knipsel.transforms.registers.parse import parse_own_catalog
from knipsel.warehouse.intake.archive import INCOMING, archived_file
from knipsel.warehouse.intake.inbox import FoundFile, folder_file_of, sidecar_of

_LARGEST = 1 << 20
"""Bytes of a sidecar that are read; more is none, and is refused for its length."""


def read_sidecar(file: Path) -> str | None:
    """Return the sidecar of a file with what its folder's file says, None without either.

    What is no UTF-8 is replaced.
    """
    return with_folder(_read(sidecar_of(file)), _read(folder_file_of(file)))


def _read(stated: Path) -> str | None:
    try:
        with stated.open("rb") as source:
            return source.read(_LARGEST).decode("utf-8-sig", "replace")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def seen_sidecars(found: Mapping[Path, FoundFile], sidecars: Collection[Path]) -> dict[str, str]:
    """Return the text of the sidecar of each document that has one; of two the first.

    ``sidecars`` are where there are any: most files have none, and need no look.
    """
    texts: dict[str, str] = {}
    for path, file in found.items():
        is_stated = sidecar_of(path) in sidecars or folder_file_of(path) in sidecars
        text = read_sidecar(path) if is_stated else None
        if text is not None:
            texts.setdefault(file.document_id, text)
    return texts


class Sidecars:
    """The sidecar of each document: the one that this run saw, else the one in the archive.

    An empty one that was seen takes back what an older one stated.
    """

    def __init__(self, seen: Mapping[str, str], archive: Path) -> None:
        """Take the texts that this run saw, by document."""
        self._archive = archive
        self._texts: dict[str, str | None] = dict(seen)

    def text_of(self, document_id: str) -> str | None:
        """Return the text of a document's sidecar, None without one; each is read once."""
        if document_id not in self._texts:
            kept = archived_file(self._archive, document_id)
            self._texts[document_id] = read_sidecar(kept)
        return self._texts[document_id]


def keep_sidecars(sidecars: Mapping[str, str], archive: Path) -> None:
    """Keep sidecars with their documents in the archive."""
    for document_id, text in sidecars.items():
        kept = sidecar_of(archived_file(archive, document_id))
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = archive / f"{INCOMING}{kept.name}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(kept)


def read_catalog(registers: Path | None) -> tuple[Facts, ...]:
    """Return the catalogue in a folder of registers; the project has none.

    Raises `RegisterError` where it is malformed.
    """
    return parse_own_catalog(own_texts(registers))


def versions_of(
    files: Iterable[tuple[str, str]],
    transform_version: str,
    catalog: tuple[Facts, ...],
    sidecars: Sidecars,
) -> dict[str, str]:
    """Return the version at which each document is to be read, with what is stated of it.

    ``files`` are documents with their paths.
    """
    return {
        document_id: facts_version(
            transform_version, document_id, path, catalog, sidecars.text_of(document_id)
        )
        for document_id, path in files
    }
