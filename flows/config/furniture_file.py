"""The register of furniture: a file in the warehouse, which `learn` writes and people edit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from knipsel.flows.config.register_files import read_text
from knipsel.transforms.registers.pages.furniture import (
    FurnitureLine,
    furniture_key,
    parse_furniture,
)
from knipsel.transforms.registers.parse import parse_register
from knipsel.warehouse.release.versions import write_aside


def read_furniture(file: Path) -> tuple[FurnitureLine, ...]:
    """Return the entries of a register, none where there is no file.

    Raises `RegisterError` where it is malformed.
    """
    if not file.exists():
        return ()
    return parse_register(parse_furniture, str(file), read_text(file))


def merge_furniture(
    known: Sequence[FurnitureLine], found: Sequence[FurnitureLine]
) -> list[FurnitureLine]:
    """Return the entries known and found, in order: what a person said of a line stays.

    A line that is not found any more stays too: since it is removed, no article keeps it.
    """
    entries = {one.line: one for one in known}
    for one in found:
        before = entries.get(one.line)
        is_used = before.is_used if before else one.is_used
        entries[one.line] = FurnitureLine(one.line, one.documents, one.removed, is_used)
    return [entries[line] for line in sorted(entries)]


def forget_lines(file: Path, gone: Collection[str]) -> None:
    """Take entries out of a register; all else that stands in the file stays as it is."""
    import tomlkit
    from tomlkit.items import AoT

    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    lines = document["lines"]
    if isinstance(lines, AoT):
        for place in reversed(range(len(lines))):
            if furniture_key(str(lines[place].get("line"))) in gone:
                del lines[place]
    write_aside(file, tomlkit.dumps(document))
