"""What is counted while containers are unpacked, so that none fills the disk or the day."""

from __future__ import annotations

from knipsel.warehouse.intake.archive import Readable
from knipsel.warehouse.intake.containers.model import Limits, RefusedContainerError

RATIO_FROM_BYTES = 64 << 20
"""Below so many unpacked bytes the ratio does not matter: a short file of blanks is harmless."""

HEADER_BYTES = 1 << 20
"""How much may stand between two members: names and headers have a thousandth of it."""

SIDECAR_BYTES = 64 << 20
"""Bytes of all sidecars in an archive, which are held in memory; a thousand of them have one."""


def too_many(limit: int) -> RefusedContainerError:
    """Return the reason to refuse a container with too many entries."""
    return RefusedContainerError(
        "archive_bomb",
        f"The archive has more than {limit:,} entries; split it, or raise max_archive_members.",
    )


class Meter:
    """Counts what one container unpacks to, and all containers that it is nested in.

    Every method raises `RefusedContainerError` where a limit is passed.
    """

    def __init__(self, limits: Limits, packed_bytes: int, parent: Meter | None = None) -> None:
        """Start at nothing for a container of ``packed_bytes``."""
        self._limits = limits
        self._packed = packed_bytes
        self._parent = parent
        self._bytes = 0
        self._sidecars = 0
        self.entries = 0
        self.depth: int = parent.depth + 1 if parent else 1
        if self.depth > limits.depth:
            raise RefusedContainerError(
                "archive_bomb",
                f"Archives are nested more than {limits.depth} deep; unpack the inner ones, or "
                "raise max_archive_depth.",
            )

    def add_bytes(self, count: int) -> None:
        """Count bytes that were unpacked."""
        self._bytes += count
        limit = self._limits.unpacked_bytes
        if self._bytes > limit:
            raise RefusedContainerError(
                "archive_bomb",
                f"The archive unpacks to more than {limit:,} bytes; split it, or raise "
                "max_archive_bytes.",
            )
        most = max(self._limits.ratio * self._packed, RATIO_FROM_BYTES)
        if self._bytes > most:
            raise RefusedContainerError(
                "archive_bomb",
                f"The archive unpacks to more than {self._limits.ratio} times its size, as those "
                "do that are made to fill disks; if it is sound, raise max_archive_ratio.",
                f"{self._packed} bytes",
            )
        if self._parent:
            self._parent.add_bytes(count)

    def add_sidecar(self, count: int) -> None:
        """Count the bytes of a sidecar, which is held in memory."""
        self._sidecars += count
        if self._sidecars > SIDECAR_BYTES:
            raise RefusedContainerError(
                "archive_bomb",
                f"The archive has .meta.toml files of more than {SIDECAR_BYTES:,} bytes; split it.",
            )
        if self._parent:
            self._parent.add_sidecar(count)

    def add_entry(self) -> None:
        """Count an entry, whether it is taken or passed over."""
        self.entries += 1
        if self.entries > self._limits.members:
            raise too_many(self._limits.members)
        if self._parent:
            self._parent.add_entry()


class Metered:
    """A stream whose bytes are counted as they are read.

    While ``headroom`` is set, only so many bytes more may be read: what parses headers can
    be made to hold no more than that in memory.
    """

    def __init__(self, source: Readable, meter: Meter) -> None:
        """Read from ``source`` and count in ``meter``."""
        self._source = source
        self._meter = meter
        self.headroom: int | None = None
        self.count = 0
        """How many bytes were read so far."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes and count them."""
        data = self._source.read(size)
        self.count += len(data)
        self._meter.add_bytes(len(data))
        if self.headroom is not None:
            self.headroom -= len(data)
            if self.headroom < 0:
                raise RefusedContainerError(
                    "broken_archive",
                    f"The archive has a header of more than {HEADER_BYTES:,} bytes; no sound one "
                    "has. Get it anew.",
                )
        return data
