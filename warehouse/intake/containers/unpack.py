"""Taking containers apart: members go to the archive, or the container is refused whole."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.registers.articles.beside import FOLDER_NAME, SIDECAR_SUFFIX
from knipsel.warehouse.intake.archive import INCOMING, Noted, Readable, adopt, keep_stream
from knipsel.warehouse.intake.containers.entries import Entry, Opening, is_fault_of_file
from knipsel.warehouse.intake.containers.kinds import container_kind
from knipsel.warehouse.intake.containers.meter import Meter
from knipsel.warehouse.intake.containers.model import (
    PASSED_OVER,
    SEPARATOR,
    BrokenMember,
    Container,
    Limits,
    Member,
    MemberFile,
    Opened,
    RefusedContainerError,
)
from knipsel.warehouse.intake.containers.names import Names, last_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Entries = Callable[[Opening], Iterator[Entry]]

_MODULES = {
    "zip": "zip_file",
    "tar": "tar_file",
    "gzip": "compressed",
    "bzip2": "compressed",
    "xz": "compressed",
    "warc": "warc",
    "mbox": "mbox",
}
"""The module that reads each kind; it is imported when first needed."""

_OF_FILES = frozenset({"zip", "tar"})
_LARGEST_SIDECAR = 1 << 20
"""Bytes of a sidecar that are read, as outside of archives."""

_OF_BROKEN = "application/octet-stream"
"""The media type of what stands for a member that cannot be read."""


def _entries_of(kind: str) -> Entries:
    entries: Entries = import_module(
        f"knipsel.warehouse.intake.containers.{_MODULES[kind]}"
    ).entries
    return entries


@contextmanager
def _blaming_the_file() -> Iterator[None]:
    """Turn whatever a parser stumbles over into a refusal; the machine's own errors go on."""
    try:
        yield
    except Exception as error:
        if not is_fault_of_file(error):
            raise
        said = str(error) or type(error).__name__
        raise RefusedContainerError(
            "broken_archive",
            f"The archive is broken or cut off ({said}); get it anew, or unpack what can be "
            "saved and take that in.",
            type(error).__name__,
        ) from error


class _Guarded:
    """A stream in whose reading any error but the machine's is the file's fault."""

    def __init__(self, source: Readable) -> None:
        self._source = source

    def read(self, size: int, /) -> bytes:
        with _blaming_the_file():
            return self._source.read(size)


def _guarded(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Yield entries; any error in finding the next but the machine's is the file's fault."""
    while True:
        with _blaming_the_file():
            entry = next(entries, None)
        if entry is None:
            return
        yield entry


def _nothing_inside(passed_over: Counter[str]) -> Rejection:
    """Return the reason to hold back a container without members."""
    parts = [f"{count:,} of them {PASSED_OVER[reason]}" for reason, count in passed_over.items()]
    what = f"only what is passed over: {'; '.join(parts)}" if parts else "nothing"
    return Rejection("empty_archive", f"The archive holds {what}.")


def _is_sidecar(name: str, kind: str) -> bool:
    """Say whether a member states facts of others: in archives that hold files by their names."""
    return kind in _OF_FILES and name.endswith(SIDECAR_SUFFIX)


def _text_of(sidecar: Member, meter: Meter) -> str:
    """Return the text of a sidecar, cut where it is far too long to be used."""
    stream, content = _Guarded(sidecar.stream), b""
    while len(content) < _LARGEST_SIDECAR and (piece := stream.read(_LARGEST_SIDECAR)):
        content += piece
    meter.add_sidecar(len(content))
    return content[:_LARGEST_SIDECAR].decode("utf-8-sig", "replace")


def _lonely(sidecars: Mapping[str, str], members: Iterable[MemberFile]) -> int:
    """Return how many sidecars of a container lie beside no member; those of folders aside."""
    beside = {f"{member.path}{SIDECAR_SUFFIX}" for member in members}
    return sum(one not in beside and last_part(one) != FOLDER_NAME for one in sidecars)


def _is_broken(member: MemberFile) -> bool:
    return member.container is not None and member.container.media_type == _OF_BROKEN


def _all_broken(first: MemberFile) -> Rejection | None:
    """Return the reason to hold back a container of which no member can be read."""
    rejection = first.container.rejection if first.container else None
    message = "No record of the archive can be read, it is cut off or damaged; get it anew."
    return rejection and replace(rejection, rule="broken_archive", message=message)


@dataclass(frozen=True, slots=True)
class _Workshop:
    """Where members are kept while it is not known yet whether their container is sound."""

    folder: Path
    limits: Limits

    def member(
        self, member: Member, name: str, meter: Meter, sidecars: dict[str, str]
    ) -> Iterator[MemberFile]:
        """Keep a member; yield it and, where it is a container, all that is in it.

        What lies beside files in it is put among ``sidecars``.
        """
        stored = keep_stream(_Guarded(member.stream), self.folder)
        kept, file_name = self.folder / stored.document_id, last_part(name)
        kind = container_kind(kept, self.limits)
        inner = self.open(kept, file_name, kind, meter) if kind else None
        container = inner.container if inner else None
        for path, text in inner.sidecars.items() if inner else ():
            sidecars[f"{name}{SEPARATOR}{path}"] = text
        yield MemberFile(name, file_name, stored.document_id, stored.byte_size, container)
        for item in inner.members if inner else ():
            yield MemberFile(
                f"{name}{SEPARATOR}{item.path}",
                item.file_name,
                item.document_id,
                item.byte_size,
                item.container,
            )

    def broken(self, entry: BrokenMember, name: str, kind: str) -> MemberFile:
        """Keep what stands for a member that cannot be read."""
        stored = keep_stream(BytesIO(entry.content), self.folder)
        container = Container(kind, _OF_BROKEN, entry.rejection)
        size = stored.byte_size
        return MemberFile(name, last_part(name), stored.document_id, size, container)

    def open(self, file: Path, name: str, kind: tuple[str, str], parent: Meter | None) -> Opened:
        """Take a container apart; refuse it with all around it where it is a bomb."""
        passed_over: Counter[str] = Counter()
        sidecars: dict[str, str] = {}
        try:
            meter = Meter(self.limits, file.stat().st_size, parent)
            opening = Opening(file, name, self.limits, meter)
            members = tuple(self._members(opening, kind[0], passed_over, sidecars))
        except RefusedContainerError as refusal:
            if parent and refusal.rejection.rule == "archive_bomb":
                raise
            return Opened(Container(*kind, rejection=refusal.rejection))
        if lonely := _lonely(sidecars, members):
            passed_over["sidecar"] = lonely
        if members and all(map(_is_broken, members)):
            return Opened(Container(*kind, rejection=_all_broken(members[0])))
        rejection = None if members else _nothing_inside(passed_over)
        by_reason = dict(sorted(passed_over.items()))
        return Opened(Container(*kind, rejection, meter.entries, by_reason), members, sidecars)

    def _members(
        self, opening: Opening, kind: str, passed_over: Counter[str], sidecars: dict[str, str]
    ) -> Iterator[MemberFile]:
        """Yield the members of a container; count what is passed over, take sidecars apart."""
        names = Names()
        for entry in _guarded(_entries_of(kind)(opening)):
            opening.meter.add_entry()
            if isinstance(entry, BrokenMember):
                yield self.broken(entry, names.unique(entry.name), kind)
            elif isinstance(entry, Member) and _is_sidecar(entry.name, kind):
                sidecars.setdefault(entry.name, _text_of(entry, opening.meter))
            elif isinstance(entry, Member):
                name = names.unique(entry.name)
                yield from self.member(entry, name, opening.meter, sidecars)
            else:
                passed_over[entry.reason] += 1


def take_apart(
    file: Path, name: str, limits: Limits, archive: Path, noted: Noted | None = None
) -> Opened | None:
    """Take a container apart, and keep its members in ``archive``; None for other files.

    Members are ``noted`` before they are there. Where it is refused, no member is kept. One that
    is nested is refused alone, unless it is a bomb: then all around it is one as well. Raises
    `OSError` where the archive cannot be written or the file not be read.
    """
    kind = container_kind(file, limits)
    if kind is None:
        return None
    archive.mkdir(parents=True, exist_ok=True)
    prefix = noted.prefix if noted else INCOMING
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=archive))
    try:
        opened = _Workshop(folder, limits).open(file, name, kind, None)
        for document_id in sorted({member.document_id for member in opened.members}):
            adopt(folder / document_id, archive, document_id, noted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return opened
