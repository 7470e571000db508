"""The register of furniture: a file in the warehouse, which `learn` writes and people edit."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from transforms import TRANSFORM_VERSION
from transforms.furniture import FurnitureLine, parse_furniture
from transforms.registers import RegisterError

_HEAD = """\
Lines that stand on many pages of this corpus, as `knipsel learn` found them.
Where `use` is true, a line is removed from every article that is read from now on, but for the
first two paragraphs of an article. Where it is false, articles kept the line more often than
not, and you decide: set it to true, or leave it. `learn` never changes what `use` says.
`#` stands for any number; `documents` counts those with the line, `removed` those whose
article does not have it.
"""
_DIGITS = 8


def read_furniture(file: Path) -> tuple[FurnitureLine, ...]:
    """Return the entries of a register, none where there is no file.

    Raises `RegisterError` where it is malformed.
    """
    if not file.exists():
        return ()
    try:
        return parse_furniture(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(str(file), "file", str(error)) from error
    except ValueError as error:
        key, _, problem = str(error).partition(": ")
        raise RegisterError(str(file), key, problem) from error


def used_lines(lines: Iterable[FurnitureLine]) -> frozenset[str]:
    """Return the lines that are removed."""
    return frozenset(one.line for one in lines if one.is_used)


def transform_version(used: frozenset[str]) -> str:
    """Return the version of the transforms with a register of furniture.

    What a document becomes follows from its bytes and this version: documents that were read
    with another register are read again when their files are next seen.
    """
    if not used:
        return TRANSFORM_VERSION
    digest = hashlib.sha256("\n".join(sorted(used)).encode("utf-8", "surrogatepass"))
    return f"{TRANSFORM_VERSION}+{digest.hexdigest()[:_DIGITS]}"


def current_version(file: Path) -> str:
    """Return the version that the register in a file makes."""
    return transform_version(used_lines(read_furniture(file)))


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


def write_furniture(file: Path, lines: Sequence[FurnitureLine]) -> None:
    """Write the register; comments that a person put above its first entry stay."""
    document = tomlkit.document()
    for row in _head_of(file):
        document.add(tomlkit.comment(row) if row else tomlkit.nl())
    document.add("lines", _tables(lines))
    draft = file.with_suffix(".draft")
    draft.write_text(tomlkit.dumps(document), encoding="utf-8")
    draft.replace(file)


def _head_of(file: Path) -> list[str]:
    if not file.exists():
        return [*_HEAD.splitlines(), ""]
    rows = file.read_text(encoding="utf-8").split("[[lines]]", 1)[0].splitlines()
    return [row.removeprefix("#").strip() for row in rows]


def _tables(lines: Sequence[FurnitureLine]) -> AoT:
    tables = tomlkit.aot()
    for one in lines:
        table: Table = tomlkit.table()
        table.add("line", one.line)
        table.add("documents", one.documents)
        table.add("removed", one.removed)
        table.add("use", one.is_used)
        tables.append(table)
    return tables
