"""What people state of documents: beside files, of folders, in the catalogue and the corrections.

What lies beside a file, and above it, is kept with its document in the archive, so that reading
the document again needs nothing else; the newest that was seen counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knipsel.flows.config.register_files import own_texts
from knipsel.transforms.registers.articles.beside import (
    FOLDER_NAME,
    SIDECAR_SUFFIX,
    Folder,
    beside,
    folder_above,
    parse_folder_file,
)
from knipsel.transforms.registers.articles.corrections import Corrections
from knipsel.transforms.registers.articles.facts import Facts, facts_version
from knipsel.transforms.registers.parse import parse_own_catalog
from knipsel.warehouse.intake.archive import INCOMING, Noted, archived_file
from knipsel.warehouse.intake.containers.model import Opened
from knipsel.warehouse.intake.containers.names import last_part
from knipsel.warehouse.intake.inbox import (
    FoundFile,
    Listing,
    folder_file_of,
    printable,
    sidecar_of,
)
from knipsel.warehouse.intake.sealed import sealed, unsealed

_LARGEST = 1 << 20
"""Bytes of a sidecar that are read; more is none, and is refused for its length."""


def read_sidecar(file: Path) -> str | None:
    """Return what lies beside a document in the archive, None where nothing does.

    What is no UTF-8 is replaced.
    """
    return _read(sidecar_of(file))


def read_beside(file: Path) -> str | None:
    """Return the sidecar of a file with what the file of its own folder says, None without."""
    place = folder_file_of(file)
    text = _read(place)
    folders = [] if text is None else [parse_folder_file(text, printable(place))]
    return beside(_read(sidecar_of(file)), folders, printable(Path(file.name)))


def _read(stated: Path) -> str | None:
    try:
        with stated.open("rb") as source:
            return unsealed(source.read(_LARGEST).decode("utf-8-sig", "replace"))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def seen_sidecars(found: Mapping[Path, FoundFile], listing: Listing) -> dict[str, str]:
    """Return what lies beside each document that has something beside or above it.

    Of two files with the same content the first counts.
    """
    folders: dict[Path, Folder] = {}
    for place in listing.sidecars:
        text = _read(place) if place.name == FOLDER_NAME else None
        if text is not None:
            folders[place] = parse_folder_file(text, printable(place))
    above: dict[Path, list[Folder]] = {}
    texts: dict[str, str] = {}
    for path, file in found.items():
        own = sidecar_of(path)
        sidecar = _read(own) if own in listing.sidecars else None
        if path.parent not in above:
            places = listing.folder_files(path) if folders else ()
            above[path.parent] = [folders[one] for one in places if one in folders]
        text = beside(sidecar, above[path.parent], file.file_name)
        if text is not None:
            texts.setdefault(file.document_id, text)
    return texts


def member_sidecars(opened: Opened, container: str, above: str | None) -> dict[str, str]:
    """Return what lies beside each member of a container that has something beside or above it.

    ``container`` is its path, for people; ``above`` is what lies beside the container itself.
    """
    outside = folder_above(above)
    folders = {
        path: parse_folder_file(text, f"{container}!/{path}")
        for path, text in opened.sidecars.items()
        if last_part(path) == FOLDER_NAME
    }
    texts: dict[str, str] = {}
    for member in opened.members:
        sidecar = opened.sidecars.get(f"{member.path}{SIDECAR_SUFFIX}")
        inside = [folders[one] for one in _folder_files(member.path) if one in folders]
        text = beside(sidecar, [*inside, *outside], member.file_name)
        if text is not None:
            texts.setdefault(member.document_id, text)
    return texts


def _folder_files(member: str) -> Iterator[str]:
    """Yield where the files of folders above a member may be, the nearest first."""
    folder = member
    while folder:
        folder = folder.rpartition("/")[0]
        yield f"{folder}/{FOLDER_NAME}" if folder else FOLDER_NAME


class Sidecars:
    """What lies beside each document: as this run saw it, else as the archive has it.

    An empty sidecar that was seen takes back what an older one stated.
    """

    def __init__(self, seen: Mapping[str, str], archive: Path) -> None:
        """Take the texts that this run saw, by document."""
        self._archive = archive
        self._seen = dict(seen)
        self._texts: dict[str, str | None] = {}

    def text_of(self, document_id: str) -> str | None:
        """Return what lies beside a document, None where nothing does; each is read once."""
        if document_id in self._seen:
            return self._seen[document_id]
        if document_id not in self._texts:
            kept = archived_file(self._archive, document_id)
            self._texts[document_id] = read_sidecar(kept)
        return self._texts[document_id]

    def seeing(self, sidecars: Mapping[str, str]) -> Sidecars:
        """Return these, where others were seen as well."""
        return Sidecars({**sidecars, **self._seen}, self._archive)

    def inside(self, opened: Mapping[str, Opened], paths: Mapping[str, str]) -> dict[str, str]:
        """Return what lies beside members of containers that were not seen outside of one.

        ``paths`` are where the containers lie.
        """
        found: dict[str, str] = {}
        for document_id, there in opened.items():
            above = self.text_of(document_id)
            for name, text in member_sidecars(there, paths[document_id], above).items():
                found.setdefault(name, text)
        return {name: text for name, text in found.items() if name not in self._seen}


def keep_sidecars(sidecars: Mapping[str, str], archive: Path, noted: Noted | None = None) -> None:
    """Keep sidecars with their documents in the archive; ``noted`` says how drafts are called."""
    prefix = noted.prefix if noted else INCOMING
    for document_id, text in sidecars.items():
        kept = sidecar_of(archived_file(archive, document_id))
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = archive / f"{prefix}{kept.name}"
        draft.write_bytes(sealed(text).encode("utf-8", "replace"))
        draft.replace(kept)


def read_catalog(registers: Path | None) -> tuple[Facts, ...]:
    """Return the catalogue in a folder of registers; the project has none.

    Raises `RegisterError` where it is malformed.
    """
    return parse_own_catalog(own_texts(registers))


def versions_of(
    files: Iterable[tuple[str, str]],
    transform_version: str,
    catalog: Sequence[Facts],
    sidecars: Sidecars,
    corrections: Corrections,
) -> dict[str, str]:
    """Return the version at which each document is to be read, with what is stated of it.

    ``files`` are documents with their paths.
    """
    return {
        document_id: facts_version(
            transform_version,
            document_id,
            path,
            catalog,
            sidecars.text_of(document_id),
            corrections=corrections.of(document_id, path),
        )
        for document_id, path in files
    }
