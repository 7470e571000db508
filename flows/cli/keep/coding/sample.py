"""The command ``sample``: units drawn by chance, for people to code."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

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
from knipsel.transforms.checks.coding.sheet import Unit

if TYPE_CHECKING:
    from knipsel.warehouse.release.checks.coding.samples import Sample

_COLUMNS = ("stratum", "texts", "drawn", "chance")


def sample(
    count: Annotated[int, typer.Argument(help="How many units to draw.", min=1)],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="Draw from strata: by publisher, language, genre, month, year, media_type; "
            "several divided by commas. Small ones are merged.",
        ),
    ] = "",
    unit: Annotated[
        str, typer.Option("--unit", help="What is coded: article, paragraph or quotation.")
    ] = "article",
    seed: Annotated[int, typer.Option("--seed", help="The same number draws the same units.")] = 1,
    query: Annotated[
        str | None,
        typer.Option("--query", help="Draw only from articles that this SQL gives: article_id."),
    ] = None,
    variables: Annotated[
        Path | None,
        typer.Option(
            "--variables",
            help="The variables to code, in TOML; without it add a column for each.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="What to write: XLSX or CSV by its ending, or a folder of texts with a sheet.",
            show_default="sample-SEED.xlsx",
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Draw articles, paragraphs or quotations of the latest release by chance, for coding."""
    from knipsel.transforms.checks.coding.variables import VariablesError
    from knipsel.warehouse.release.checks.coding.samples import SampleError

    house, place = opened(warehouse), to or Path(f"sample-{seed}.xlsx")
    try:
        drawn = house.sample(
            count,
            to=place,
            by=names_in(by),
            unit=_unit(unit),
            seed=seed,
            query=query,
            variables=variables,
        )
    except (ValueError, SampleError, VariablesError) as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(_as_dict(drawn, place))
    else:
        _print(drawn, place)


def _unit(name: str) -> Unit:
    known: dict[str, Unit] = {str(unit): unit for unit in get_args(Unit)}
    if name in known:
        return known[name]
    message = f"{name!r} cannot be coded: article, paragraph or quotation."
    raise ValueError(message)


def _print(drawn: Sample, place: Path) -> None:
    strata = sorted({one.stratum for one in drawn.drawn}, key=lambda one: -one.population)
    print_table(
        _COLUMNS,
        [
            (one.name, f"{one.population:,}", f"{one.drawn:,}", f"{one.chance:.4g}")
            for one in strata
        ],
    )
    for one in strata:
        if any(part not in one.name for part in one.parts):
            typer.echo(in_a_line(f"Merged, since they are small: {'; '.join(one.parts)}."))
    print_facts(
        [
            ("release", drawn.release),
            ("sample", drawn.sample_id),
            ("written", place),
            ("units", len(drawn.drawn)),
            ("next", f"Code each line, then `knipsel codes add {_sheet(place)} --coder NAME`."),
        ]
    )


def _sheet(place: Path) -> Path:
    return place if place.suffix else place / "codes.csv"


def _as_dict(drawn: Sample, place: Path) -> dict[str, object]:
    return {
        "sample_id": drawn.sample_id,
        "release": drawn.release,
        "written": str(place),
        "recipe": asdict(drawn.recipe),
        "units": [{"unit_id": one.key, "stratum": asdict(one.stratum)} for one in drawn.drawn],
    }
