"""The command ``check add``: a sheet comes back with a person's marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.keep.sheets import taking_in
from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table

if TYPE_CHECKING:
    from knipsel.flows.plan.checking import Added
    from knipsel.transforms.checks.accuracy import Accuracy, Share

_COLUMNS = ("field", "stratum", "judged", "right", "share")
_REPROCESS = "`knipsel reprocess` reads the files again with the right values; a release follows."
_PUBLISH = "`knipsel publish` puts the shares on the card of a release."


def add(
    file: Annotated[
        Path,
        typer.Argument(help="The sheet with the marks, XLSX or CSV.", exists=True, dir_okay=False),
    ],
    who: Annotated[str, typer.Option("--who", help="Who checked; it stays on record.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Take in a sheet that a person marked: keep the checks, correct what is wrong."""
    if not who.strip():
        raise typer.BadParameter("Say who checked.", param_hint="--who")
    with taking_in(file):
        added = opened(warehouse).check_add(file, who=who.strip())
    if as_json:
        print_json(_as_dict(added))
        return
    _print(added)


def _print(added: Added) -> None:
    facts: list[tuple[str, object]] = [
        ("new checks", added.added),
        ("changed", added.changed or None),
        ("known already", added.known or None),
        ("not marked yet", added.open or None),
        ("of articles that are no more", added.gone or None),
        ("corrected", added.corrected),
    ]
    if added.added or added.changed:
        facts.append(("next", _REPROCESS if added.corrected else _PUBLISH))
    print_facts([(name, fact) for name, fact in facts if fact is not None])
    rows = [_cells(one, share) for one in added.accuracy for share in _shares(one)]
    if rows:
        print_table(_COLUMNS, rows)
    for one in added.accuracy:
        if one.missed:
            typer.echo(
                f"{one.field.name}: {one.missed:,} of {one.empty:,} without a value ought to "
                "have one."
            )


def _shares(accuracy: Accuracy) -> Iterator[Share]:
    """Yield the share of each stratum, where there are several, and that over all."""
    if len(accuracy.strata) > 1:
        yield from accuracy.strata
    if accuracy.overall:
        yield accuracy.overall


def _cells(accuracy: Accuracy, share: Share) -> tuple[object, ...]:
    return (accuracy.field.name, share.stratum, share.judged, share.right, share.sentence())


def _as_dict(added: Added) -> dict[str, Any]:
    counts = ("added", "changed", "known", "open", "gone", "corrected")
    strata = [
        {
            **one.figures(),
            "strata": [
                {
                    "stratum": share.stratum,
                    "judged": share.judged,
                    "rows": share.population,
                    "right": share.share,
                    "low": share.low,
                    "high": share.high,
                }
                for share in one.strata
            ],
        }
        for one in added.accuracy
    ]
    return {**{name: getattr(added, name) for name in counts}, "accuracy": strata}
