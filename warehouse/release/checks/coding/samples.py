"""Samples of units to code: how each was drawn is kept, so that it can be drawn again."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knipsel.transforms.checks.coding.sheet import Unit
from knipsel.transforms.checks.coding.variables import Variable
from knipsel.transforms.checks.fields import ARTICLES, QUOTATIONS
from knipsel.transforms.checks.sampling import Drawn, draw
from knipsel.transforms.checks.sheet import digest
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import open_release
from knipsel.warehouse.release.checks.coding.units import CodedUnit, units_in
from knipsel.warehouse.release.checks.population import PARAGRAPHS, population
from knipsel.warehouse.release.versions import Release, as_json, write_aside

_TABLES: Mapping[Unit, str] = {
    "article": ARTICLES,
    "paragraph": PARAGRAPHS,
    "quotation": QUOTATIONS,
}
_SAMPLE_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a sample is drawn: ``query`` is what the articles were chosen by, where they were."""

    count: int
    unit: Unit = "article"
    by: tuple[str, ...] = ()
    seed: int = 1
    query: str | None = None
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of a release: its units in the order in which they were drawn."""

    sample_id: str
    release: str
    recipe: Recipe
    drawn: tuple[Drawn, ...]
    units: Mapping[str, CodedUnit]


class SampleError(ValueError):
    """A sample that cannot be drawn, or is not known; the message says why."""


def draw_sample(
    warehouse: Warehouse,
    release: Release,
    recipe: Recipe,
    articles: Collection[str] | None = None,
) -> Sample:
    """Draw units from the latest release, of some ``articles`` or of all; each text once.

    Raises `SampleError` where there is none.
    """
    with open_release(warehouse) as connection:
        rows = population(connection, _TABLES[recipe.unit], recipe.by)
        if articles is not None:
            chosen = frozenset(articles)
            rows = [row for row in rows if row[0].partition(".")[0] in chosen]
        drawn = draw(rows, recipe.count, recipe.seed)
        if not drawn:
            message = f"Release {release.label} has no {recipe.unit} to draw."
            raise SampleError(message)
        units = units_in(connection, recipe.unit, [one.key for one in drawn])
    keys = tuple(one.key for one in drawn)
    sample_id = digest(release.version, asdict(recipe), keys)
    return Sample(sample_id, release.version, recipe, tuple(drawn), units)


def _file(warehouse: Warehouse, sample_id: str) -> Path:
    return warehouse.root / "samples" / f"{sample_id}.json"


def keep_recipe(warehouse: Warehouse, sample: Sample) -> Path:
    """Write down how a sample was drawn, with the chance that each unit had; return the file."""
    file = _file(warehouse, sample.sample_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    strata = {one.stratum.name: one.stratum for one in sample.drawn}
    found: dict[str, Any] = {
        "sample_id": sample.sample_id,
        "release": sample.release,
        **asdict(sample.recipe),
        "strata": [asdict(strata[name]) for name in sorted(strata)],
        "units": [{"unit_id": one.key, "stratum": one.stratum.name} for one in sample.drawn],
    }
    write_aside(file, as_json(found))
    return file


def variables_of(warehouse: Warehouse, sample_id: str) -> tuple[Variable, ...]:
    """Return the variables of a sample; none where it was drawn without.

    Raises `SampleError` where the warehouse has no such sample.
    """
    file = _file(warehouse, sample_id) if _SAMPLE_ID.fullmatch(sample_id) else None
    if file is None or not file.is_file():
        message = (
            f"This warehouse has no sample {sample_id[:20]!r}: was the sheet drawn from another, "
            "or its column sample_id changed?"
        )
        raise SampleError(message)
    listed = json.loads(file.read_text(encoding="utf-8"))["variables"]
    return tuple(Variable(**{**one, "values": tuple(one["values"])}) for one in listed)
