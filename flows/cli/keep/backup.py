"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table
from knipsel.warehouse.release.pages.render import moment

if TYPE_CHECKING:
    from knipsel.warehouse.backup.manifest import Backup
    from knipsel.warehouse.backup.restore import Restored

FolderArgument = Annotated[Path, typer.Argument(help="A folder of backups.", metavar="FOLDER")]
ListOption = Annotated[bool, typer.Option("--list", help="List the backups in the folder.")]

SHOWN = 5
"""Files or documents that are named."""


def backup(
    folder: FolderArgument,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Keep only so many of the newest backups.", metavar="COUNT"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Read every file of the backups instead; take none.")
    ] = False,
    as_list: ListOption = False,
    as_json: JsonOption = False,
) -> None:
    """Copy what is new of a warehouse into a folder of backups; runs may go on meanwhile."""
    if as_list:
        _list(folder, as_json=as_json)
    elif check:
        _check(folder, as_json=as_json)
    else:
        _back_up(folder, warehouse, keep, as_json=as_json)


def restore(
    folder: FolderArgument,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    number: Annotated[
        str | None, typer.Option(help="The backup to take; the newest, if none is named.")
    ] = None,
    as_list: ListOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a warehouse again from a backup, in a folder that is not there yet."""
    if as_list:
        _list(folder, as_json=as_json)
        return
    from knipsel.flows.keep.backup import restore as restore_now

    restored = restore_now(folder, warehouse, number, _tell)
    if as_json:
        print_json(_facts(restored.backup) | {"retracted_since": list(restored.retracted_since)})
    else:
        print_facts(_restored_rows(restored, warehouse))


def _back_up(folder: Path, root: Path, keep: int | None, *, as_json: bool) -> None:
    from knipsel.flows.keep.backup import back_up

    taken = back_up(opened(root).place, folder, keep, _tell)
    copied: dict[str, Any] = {"new_files": taken.new_files, "new_bytes": taken.new_bytes}
    copied["removed"] = list(taken.removed)
    if as_json:
        print_json(_facts(taken.backup) | copied)
    else:
        print_facts(
            [
                *_rows(taken.backup),
                ("copied", f"{taken.new_files:,} files, {_megabytes(taken.new_bytes)}"),
                *([("removed", _named(taken.removed))] if taken.removed else []),
            ]
        )
    if taken.backup.missing:
        message = "The warehouse lacks some of its files: `knipsel verify` says which, and why."
        typer.echo(message, err=True)
        raise typer.Exit(1)


def _check(folder: Path, *, as_json: bool) -> None:
    from knipsel.warehouse.backup.upkeep import backup_problems

    problems = list(backup_problems(folder, _tell))
    if as_json:
        print_json({"problems": problems})
    else:
        print_facts([("backups", said) for said in problems or ["sound"]])
    if problems:
        raise typer.Exit(1)


def _list(folder: Path, *, as_json: bool) -> None:
    from knipsel.warehouse.backup.restore import backups

    known = backups(folder)
    if as_json:
        print_json([_facts(one) for one in known])
        return
    columns = ["backup", "taken", "latest release", "files", "size", "contract"]
    print_table(
        columns,
        [
            [
                one.number,
                moment(one.created_at),
                one.latest,
                f"{one.files:,}",
                _megabytes(one.bytes),
                one.contract_version,
            ]
            for one in known
        ],
    )


def _facts(backup_: Backup) -> dict[str, Any]:
    """Return what is known of a backup, for programs."""
    return asdict(backup_)


def _rows(backup_: Backup) -> list[tuple[str, object]]:
    """Return what is known of a backup, for a person."""
    rows: list[tuple[str, object]] = [
        ("backup", backup_.number),
        ("taken at", moment(backup_.created_at)),
        ("latest release", backup_.latest or "none"),
        ("files", f"{backup_.files:,}, {_megabytes(backup_.bytes)}"),
    ]
    if backup_.missing:
        rows.append(("missing or changed", _named(backup_.missing)))
    return rows


def _restored_rows(restored: Restored, root: Path) -> list[tuple[str, object]]:
    rows = [*_rows(restored.backup), ("warehouse", str(root))]
    if restored.retracted_since:
        names = _named([name[:16] for name in restored.retracted_since])
        text = f"{names}; they are here again: `knipsel retract` takes them away"
        rows.append(("retracted after this backup", text))
    return [*rows, ("note", f"`knipsel verify --warehouse {root}` checks all of it.")]


def _named(names: Iterable[str]) -> str:
    """Return how many there are, and the first of them."""
    listed = list(names)
    return f"{len(listed):,}: {', '.join(listed[:SHOWN])}" + (", …" * (len(listed) > SHOWN))


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _tell(what: str) -> None:
    """Tell a person who waits how far it is."""
    typer.echo(f"{what} …", err=True)
