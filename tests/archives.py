"""Archives and mailboxes made for tests."""

from __future__ import annotations

import gzip
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.intake.containers.model import Limits, Opened
from knipsel.warehouse.intake.containers.unpack import take_apart

LIMITS = Settings().container_limits()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP of files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def tarred(files: Iterable[tuple[str, bytes]], *others: tarfile.TarInfo) -> bytes:
    """Return a TAR of files, and of entries without content."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
        for other in others:
            archive.addfile(other)
    return target.getvalue()


def special(name: str, kind: bytes) -> tarfile.TarInfo:
    """Return an entry of a TAR that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def opened(content: bytes, folder: Path, name: str = "a.bin", limits: Limits = LIMITS) -> Opened:
    """Take an archive apart in a folder; its members are in ``folder / "archive"``."""
    file = folder / name
    file.write_bytes(content)
    found = take_apart(file, name, limits, folder / "archive")
    assert found is not None
    return found


def refused(content: bytes, folder: Path, limits: Limits = LIMITS) -> tuple[str, str]:
    """Return the rule and the sentence by which an archive is refused; nothing is kept of it."""
    found = opened(content, folder, limits=limits)
    assert found.members == ()
    assert not [path for path in (folder / "archive").rglob("*") if path.is_file()]
    rejection = found.container.rejection
    assert rejection is not None
    return rejection.rule, rejection.message


def gzipped(content: bytes) -> bytes:
    """Return content in GZ, the same bytes at any time of day."""
    return gzip.compress(content, mtime=0)
