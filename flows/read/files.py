"""Reading a file without a warehouse: nothing is kept, nothing published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import member_sidecars, read_beside
from knipsel.flows.read.documents import ReadDocument, ReadFile, document_as_read
from knipsel.flows.read.not_read import container_document
from knipsel.flows.read.protocol import Previewing
from knipsel.flows.read.supervisor import read_one_apart
from knipsel.transforms.text.language import language_of
from knipsel.warehouse.intake.archive import archived_file, hash_file
from knipsel.warehouse.intake.containers.model import PASSED_OVER, SEPARATOR, Container, MemberFile
from knipsel.warehouse.intake.containers.unpack import take_apart
from knipsel.warehouse.intake.inbox import FoundFile, NoSuchPathError, printable
from knipsel.warehouse.layout import Warehouse

STANDARD_INPUT = "-"
"""The path of what has none."""


def _notes(container: Container, members: int) -> list[str]:
    """Return what is to be said of a container that was taken apart."""
    if container.rejection:
        return []
    sentences = [f"Taken apart; files in it: {members:,}."]
    sentences += [
        f"Passed over: {count:,} ({PASSED_OVER[reason]})."
        for reason, count in container.passed_over.items()
    ]
    return sentences


def _container(found: FoundFile, container: Container, members: int) -> ReadDocument:
    """Return the document that a container is, which has no articles of its own."""
    document = container_document(found.document_id, container)
    return document_as_read(found, document, _notes(container, members))


def _read_here(asked: Previewing) -> ReadDocument:
    """Read a document in this process, which loads all that reading needs."""
    from knipsel.flows.read.batch import read_one

    return read_one(asked)


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files, and what is in them: ``folder`` is where members are kept meanwhile.

    ``warehouse`` is one whose recurring lines and corrections count, ``waived`` are rules that do
    not, ``language`` is what a person states of all articles.
    """

    settings: Settings
    folder: Path
    warehouse: Warehouse | None
    day: date
    read: Callable[[Previewing], ReadDocument] = read_one_apart
    waived: tuple[str, ...] = ()
    language: str | None = None

    def _document(self, found: FoundFile, file: Path, sidecar: str | None) -> ReadDocument:
        """Return a document that is no container."""
        place = self.warehouse
        asked = Previewing(
            found=found,
            file=file,
            limit=self.settings.max_document_bytes,
            seen_on=self.day,
            registers=self.settings.registers,
            furniture=place.furniture_file if place else None,
            budget=self.settings.document_budget(),
            waived=self.waived,
            language=self.language,
            annotating=self.settings.annotating(),
            sidecar=sidecar,
            corrections=place.corrections_file if place else None,
        )
        return self.read(asked)

    def _member(
        self, path: str, member: MemberFile, below: int, sidecar: str | None
    ) -> ReadDocument:
        """Return a member; ``below`` counts what is in it where it is a container."""
        found = FoundFile(path, member.file_name, member.document_id, member.byte_size)
        if member.container is None:
            file = archived_file(self.folder, member.document_id)
            return self._document(found, file, sidecar)
        return _container(found, member.container, below)

    def documents(self, file: Path, path: str, name: str) -> Iterator[ReadDocument]:
        """Yield the documents of a file: of a container first itself, then each of its members."""
        stored = hash_file(file)
        found = FoundFile(path, name, stored.document_id, stored.byte_size)
        beside = read_beside(file)
        opened = take_apart(file, name, self.settings.container_limits(), self.folder)
        if opened is None:
            yield self._document(found, file, beside)
            return
        yield _container(found, opened.container, len(opened.members))
        sidecars = member_sidecars(opened, path, beside)
        for member in opened.members:
            inside = f"{member.path}{SEPARATOR}"
            below = sum(other.path.startswith(inside) for other in opened.members)
            place, sidecar = f"{path}{SEPARATOR}{member.path}", sidecars.get(member.document_id)
            yield self._member(place, member, below, sidecar)


@contextmanager
def file_reader(settings: Settings, warehouse: Warehouse | None = None) -> Iterator[FileReader]:
    """Have a reader of files, which reads apart, and its folder while the block runs."""
    with TemporaryDirectory(prefix="knipsel-") as place:
        today = datetime.now(UTC).date()
        yield FileReader(settings, Path(place) / "archive", warehouse, today)


def checked_file(name: str | Path) -> Path:
    """Return the file at a path; raise `NoSuchPathError` where there is none."""
    path = Path(name)
    if not path.is_file():
        message = f"There is no file at {name}."
        raise NoSuchPathError(message)
    return path


def _checked_language(language: str | None) -> str | None:
    """Return a language as a tag of BCP 47; raise ``ValueError`` where it is none."""
    tag = language_of(language) if language is not None else None
    if language is not None and tag is None:
        message = f"language: {language!r} is no BCP 47 tag, such as nl or nl-BE"
        raise ValueError(message)
    return tag


def read(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    language: str | None = None,
    apart: bool = False,
    warehouse: str | Path | None = None,
    settings: Settings | None = None,
) -> ReadFile:
    """Read a file, or bytes, and return what an ingest would make of it; nothing is kept.

    ``source`` is a path, or the bytes of a file. ``name`` is what the file is called, where that
    is not the name at its path: it may tell a date, and that bytes are an archive. ``language``
    is a fact that you state of all articles (a tag of BCP 47): it wins over what the text looks
    like, as a sidecar does. With ``apart`` each document is read in a process of its own, which
    may crash or take too long without harm; that takes a second at first. ``warehouse`` is a
    folder whose settings, registers, recurring lines and corrections are used as well. What lies
    beside a file, and in its folder, counts as in an ingest of that file.

    Raises `NoSuchPathError` where there is no such file, ``ValueError`` for a language that is
    none. What is wrong with the file itself is in ``rejections``.
    """
    place = Path(warehouse) if warehouse else None
    settings = settings or (Settings.of(place) if place else Settings())
    stated = _checked_language(language)
    with file_reader(settings, settings.warehouse_at(place) if place else None) as apart_reader:
        reader = replace(
            apart_reader, read=read_one_apart if apart else _read_here, language=stated
        )
        if isinstance(source, bytes):
            file = reader.folder.with_name("source")
            file.write_bytes(source)
            path = name or STANDARD_INPUT
        else:
            file = checked_file(source)
            path = name or printable(file.absolute())
        return ReadFile(tuple(reader.documents(file, path, printable(Path(Path(path).name)))))
