"""OLE containers as older office programs write them (MS-CFB): messages of Outlook, workbooks."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END
    kids: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), self.kind, 1)
        links = struct.pack("<III", FREE, self.right, self.child)
        return head + links + bytes(36) + struct.pack("<IQ", self.start, len(self.content))


def _entries(tree: Tree) -> list[_Entry]:
    entries = [_Entry("Root Entry", 5)]

    def add(tree: Tree, parent: int) -> None:
        for name in sorted(tree, key=lambda one: (len(one), one.upper())):
            value = tree[name]
            entries.append(_Entry(name, 2 if isinstance(value, bytes) else 1))
            entries[parent].kids.append(len(entries) - 1)
            if isinstance(value, bytes):
                entries[-1].content = value
            else:
                add(value, len(entries) - 1)

    add(tree, 0)
    for entry in entries:
        for one, following in zip(entry.kids, [*entry.kids[1:], FREE], strict=False):
            entries[one].right = following
        entry.child = entry.kids[0] if entry.kids else FREE
    return entries


def _chain(first: int, count: int) -> Iterator[int]:
    yield from (first + at + 1 for at in range(count - 1))
    yield END


def _blocks(content: bytes, size: int) -> int:
    return -(-len(content) // size)


def ole(tree: Tree) -> bytes:
    """Return a container with the streams and storages of ``tree``."""
    entries = _entries(tree)
    minis, mini_table = b"", list[int]()
    for entry in entries:
        if entry.kind == 2 and entry.content and len(entry.content) < CUTOFF:
            count = _blocks(entry.content, MINI)
            entry.start = len(mini_table)
            mini_table += _chain(entry.start, count)
            minis += entry.content.ljust(count * MINI, b"\0")
    entries[0].content = minis
    table: list[int] = []
    data = b""

    def place(content: bytes) -> int:
        nonlocal data
        count = _blocks(content, SECTOR)
        if not count:
            return END
        first = len(table)
        table.extend(_chain(first, count))
        data += content.ljust(count * SECTOR, b"\0")
        return first

    for entry in entries:
        if entry.kind == 5 or (entry.kind == 2 and len(entry.content) >= CUTOFF):
            entry.start = place(entry.content)
    packed_minis = struct.pack(f"<{len(mini_table)}I", *mini_table)
    mini_at = place(packed_minis.ljust(_blocks(packed_minis, SECTOR) * SECTOR, b"\xff"))
    directory = b"".join(entry.packed() for entry in entries)
    directory_at = place(directory)
    fats = 1
    while fats * SECTOR // 4 < len(table) + fats:
        fats += 1
    first_fat = len(table)
    table += [FAT] * fats
    table += [FREE] * (fats * SECTOR // 4 - len(table))
    data += struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, directory_at, 0, CUTOFF)
    header += struct.pack("<IIII", mini_at, _blocks(packed_minis, SECTOR), END, 0)
    listed = [first_fat + at for at in range(fats)]
    return header + struct.pack("<109I", *listed, *[FREE] * (109 - fats)) + data


def _properties(head: bytes, values: Iterable[tuple[int, int, bytes]]) -> dict[str, bytes]:
    """Return the streams of a MAPI object: fixed values in one, the others in one each."""
    rows, streams = head, {}
    for number, kind, value in values:
        is_fixed = kind in {0x0003, 0x0040}
        payload = value.ljust(8, b"\0") if is_fixed else struct.pack("<II", len(value) + 2, 0)
        rows += struct.pack("<HHI", kind, number, 6) + payload
        if not is_fixed:
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = value
    return {"__properties_version1.0": rows, **streams}


def _string(number: int, value: str) -> tuple[int, int, bytes]:
    return number, 0x001F, value.encode("utf-16-le")


def msg(
    subject: str,
    *,
    body: str = "",
    page: bytes = b"",
    sender: tuple[str, str] = ("", ""),
    sent: datetime | None = None,
    headers: str = "",
    rich_text: bytes = b"",
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Return a message of Outlook."""
    values = [_string(0x001A, "IPM.Note"), _string(0x0037, subject)]
    values += [_string(0x1000, body)] if body else []
    values += [(0x1013, 0x0102, page), (0x3FDE, 0x0003, struct.pack("<I", 65001))] if page else []
    values += [(0x1009, 0x0102, rich_text)] if rich_text else []
    values += [_string(0x0C1A, sender[0])] if sender[0] else []
    values += [_string(0x0C1F, sender[1])] if sender[1] else []
    values += [_string(0x007D, headers)] if headers else []
    if sent:
        ticks = int((sent - EPOCH).total_seconds()) * 10_000_000
        values.append((0x0039, 0x0040, struct.pack("<Q", ticks)))
    count = len(attachments)
    tree: dict[str, bytes | Tree] = dict(
        _properties(struct.pack("<8xIIII8x", 0, count, 0, count), values)
    )
    tree["__nameid_version1.0"] = {"__substg1.0_00020102": b""}
    for at, (name, content) in enumerate(attachments):
        known = [_string(0x3707, name), (0x3701, 0x0102, content)]
        known.append((0x3705, 0x0003, struct.pack("<I", 1)))
        tree[f"__attach_version1.0_#{at:08X}"] = _properties(bytes(8), known)
    return ole(tree)


def _biff(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def xls(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of Excel 5 to 95 with one sheet of texts."""
    cells = b"".join(
        _biff(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text.encode("cp1252"))
        for row, values in enumerate(rows)
        for column, text in enumerate(values)
    )
    sheet = _biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + cells + _biff(0x000A, b"")
    begin = _biff(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    begin += _biff(0x0042, struct.pack("<H", 1252))
    named = struct.pack("<HB", 0, 6) + b"Sheet1"
    at = len(begin) + len(_biff(0x0085, bytes(4) + named)) + len(_biff(0x000A, b""))
    book = begin + _biff(0x0085, struct.pack("<I", at) + named) + _biff(0x000A, b"")
    return ole({"Book": book + sheet})
