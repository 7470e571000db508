"""The values that pass between the modules of this package, and what may be passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knipsel.transforms.model import Rejection
from knipsel.warehouse.intake.archive import Readable

KINDS = ("zip", "tar", "gzip", "bzip2", "xz", "warc", "mbox")
"""The readers of containers, as ``documents.reader`` names them."""

SEPARATOR = "!/"
"""What stands between a container's path and a member's name, as in addresses of Java."""

PASSED_OVER: Mapping[str, str] = {
    "directory": "a folder; its files are members by themselves",
    "hidden": "a hidden file, or what a system left in the archive",
    "link": "a link to another file",
    "special": "a device, a pipe or a file with holes",
    "sidecar": "a .meta.toml file that lies beside no file",
    "record": "a record of a web archive that holds no page (a request, a revisit, metadata)",
    "http_status": "an answer of a web server other than 200",
    "media_type": "an answer that is no page, text or PDF",
    "content_encoding": "an answer in a compression that is not read, or that is broken",
    "record_size": "an answer far larger than any page",
}
"""Why an entry of a container is no member, for people."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a container may hold, with all that is nested in it.

    ``unpacked_bytes`` in total; ``ratio`` of those to the container's own bytes; ``members``
    counts every entry, taken or not; ``depth`` is 1 for a container with files alone;
    ``name_characters`` is the length of a member's name.
    """

    unpacked_bytes: int
    ratio: int
    members: int
    depth: int
    name_characters: int


class RefusedContainerError(Exception):
    """A container is refused while it is read; `unpack` makes a value of it."""

    def __init__(self, rule: str, message: str, value: str | None = None) -> None:
        """Keep the reason as the quarantine has it."""
        super().__init__(message)
        self.rejection = Rejection(rule, message, value)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container; ``stream`` can be read until the next entry is asked for."""

    name: str
    stream: Readable


@dataclass(frozen=True, slots=True)
class BrokenMember:
    """A member that cannot be read, beside others that can: it is held back alone.

    ``content`` stands for it in the archive of sources; taken apart again it is refused again.
    """

    name: str
    content: bytes
    rejection: Rejection


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An entry that is no member; ``reason`` is a key of `PASSED_OVER`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Container:
    """What became of a container: a document without articles, or with a rejection.

    ``entries`` is the number of entries that were seen, ``passed_over`` how many of them
    are no members, by reason.
    """

    reader: str
    media_type: str
    rejection: Rejection | None = None
    entries: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A member that is kept: its path below the container, and its content.

    The path of a member of a nested container has more than one part, divided by
    `SEPARATOR`. ``container`` is set where the member is a container itself.
    """

    path: str
    file_name: str
    document_id: str
    byte_size: int
    container: Container | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A container with its members, nested ones included; none where it was refused.

    ``sidecars`` are the texts of what lies beside its members, and states facts of them, by paths
    of the same form.
    """

    container: Container
    members: tuple[MemberFile, ...] = ()
    sidecars: Mapping[str, str] = field(default_factory=dict)
