"""The command ``check draw``: values drawn by chance, on a sheet for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    WarehouseOption,
    names_in,
    opened,
)
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table
from knipsel.flows.cli.print.terminal import in_a_line

if TYPE_CHECKING:
    from knipsel.transforms.checks.sampling import Stratum
    from knipsel.warehouse.release.checks.draw import Draw

_COLUMNS = ("table", "stratum", "rows", "drawn", "chance")
_NEXT = (
    "Mark each line right, wrong or unknown, or write the right value; then `knipsel check add {}`."
)


def draw(
    count: Annotated[int, typer.Argument(help="How many rows to draw.", min=1)],
    field: Annotated[
        str,
        typer.Option(
            "--field",
            help="What to check, divided by commas: fields of articles (date_published, author, "
            "headline, …), quotation, speaker, topic, removed (what was left out).",
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="Draw from strata: by publisher, language, genre, month, year, media_type; "
            "several divided by commas. Small ones are merged.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same number draws the same rows.")] = 1,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="The sheet to write, XLSX or CSV by its ending.",
            show_default="checks-SEED.xlsx",
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Draw values of the latest release by chance, onto a sheet for a person to check."""
    file = to or Path(f"checks-{seed}.xlsx")
    try:
        drawn = opened(warehouse).check_draw(
            count, names_in(field), names_in(by or ""), seed, to=file
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(_as_dict(drawn, file))
        return
    strata = [(table, one) for table, parts in drawn.strata.items() for one in parts]
    print_table(_COLUMNS, [_cells(table, one) for table, one in strata])
    for _, one in strata:
        if any(part not in one.name for part in one.parts):
            typer.echo(in_a_line(f"Merged, since they are small: {'; '.join(one.parts)}."))
    print_facts(
        [
            ("release", drawn.release_version),
            ("sheet", file),
            ("lines", len(drawn.lines)),
            ("next", _NEXT.format(file)),
        ]
    )


def _cells(table: str, stratum: Stratum) -> tuple[object, ...]:
    counts = (f"{stratum.population:,}", f"{stratum.drawn:,}", f"{stratum.chance:.4g}")
    return (table, stratum.name, *counts)


def _as_dict(drawn: Draw, file: Path) -> dict[str, Any]:
    return {
        "draw": drawn.draw_id,
        "release": drawn.release_version,
        "sheet": str(file),
        "lines": len(drawn.lines),
        "strata": [
            {
                "table": table,
                "stratum": one.name,
                "parts": list(one.parts),
                "rows": one.population,
                "drawn": one.drawn,
                "chance": one.chance,
            }
            for table, parts in drawn.strata.items()
            for one in parts
        ],
    }
