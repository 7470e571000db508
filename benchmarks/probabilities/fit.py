"""Fit how likely values are right, and write the register of probabilities.

``python -m benchmarks.probabilities.fit FOLDER… [--fronts MODEL MODEL] [--out REGISTER]
[--curves SVG]``

A folder holds pages (``files/``) and ``gold.jsonl``: a record for each with ``file`` and what is
known of ``title``, ``titles``, ``date``, ``authors``, ``text``. A logistic model with a small ridge
is fitted to the values of each field; what agrees never speaks against a value, and what disagrees
never for it. It is judged on pages of other names than those it was fitted to, in folds; of these
scores an isotonic regression makes the curve that leads to the share of what is right.

How far a headline is ahead of other lines tells less of a page that the model of fronts has seen:
``--fronts`` are two models that each were trained on the pages of the other half
(`benchmarks.probabilities.rows.half_of`), and judge the pages of theirs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize
from scipy.stats import spearmanr

from benchmarks.probabilities.curves import drawing, points_of
from benchmarks.probabilities.rows import FOLDS, Body, Row, rows_of
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import Annotating
from knipsel.transforms.registers.articles.probabilities import FIELDS
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.pages.line_model import LineModel, parse_line_model

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_RIDGE = 1e-3
_WEIGHT_OF_LOST = {"headline": 0.05, "date_published": 1.0, "author": 0.15, "author_name": 0.15}
"""What a page without its own lines counts: of days few pages show what goes wrong, of headlines
and authors many do by themselves, and more would hold back what is right."""
_POINTS = 20
"""Points of a curve at most."""
_SURE = 0.9
_FOR = frozenset(
    {
        *("shown_and_declared", "stands_twice", "stands_often", "spoken_of", "margin"),
        *("printed_and_declared", "also_in_address", "printed_in_two_ways", "all_people"),
    }
)
"""What agrees with a value, and never speaks against it."""
_AGAINST = frozenset(
    {
        *("another_shown", "others_declared", "not_in_address", "not_spoken_of", "is_site"),
        *("another_near", "another_soon", "another_far", "another_declared", "another_printed"),
        *("another_in_address", "another_byline", "another_line", "others_named", "days_given"),
        *("out_of_bounds", "either_order", "text_names_later_year", "month_only"),
        *("all_below_earlier", "text_ends_year_before", "text_ends_years_before", "signs"),
        *("close", "by_place_alone", "far_below", "far_above", "another_above", "later_above"),
        *("headline_names_later_year", "before_sites", "in_list", "no_letters"),
    }
)
"""What contradicts a value, and never speaks for it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a field: what is known of each in columns of ``names``."""

    names: list[str]
    known: Floats
    is_right: Truths
    weights: Floats
    folds: NDArray[np.int_]
    pages: list[str]
    is_own: Truths


def table_of(field: str, rows: Sequence[Row]) -> Table:
    """Return the rows of a field as columns."""
    names = sorted({name for row in rows for name in row.known})
    pages = [row.page for row in rows]
    counts: dict[str, int] = {}
    for page in pages:
        counts[page] = counts.get(page, 0) + 1
    lost = _WEIGHT_OF_LOST[field]
    return Table(
        names,
        np.array([[row.known.get(name, 0.0) for name in names] for row in rows]),
        np.array([row.is_right for row in rows]),
        np.array([counts[row.page] ** -0.5 * (1.0 if row.is_own else lost) for row in rows]),
        np.array([row.fold for row in rows]),
        pages,
        np.array([row.is_own for row in rows]),
    )


def fitted(table: Table, chosen: Truths) -> Floats:
    """Return the weights of a logistic model, the bias last, fitted to the chosen rows."""
    known, weights = table.known[chosen], table.weights[chosen]
    right = table.is_right[chosen].astype(float)
    bounds = [
        (0.0 if name in _FOR else None, 0.0 if name in _AGAINST else None) for name in table.names
    ]

    def loss(guess: Floats) -> tuple[float, Floats]:
        odds = known @ guess[:-1] + guess[-1]
        share = 1 / (1 + np.exp(-odds))
        value = np.average(np.logaddexp(0, odds) - right * odds, weights=weights)
        off = weights * (share - right) / weights.sum()
        slope = np.append(known.T @ off + _RIDGE * guess[:-1], off.sum())
        return float(value + _RIDGE / 2 * (guess[:-1] ** 2).sum()), slope

    start = np.zeros(len(table.names) + 1)
    return np.array(
        minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    )


def scores(known: Floats, weights: Floats) -> Floats:
    """Return the scores that weights give, from 0 to 1."""
    found: Floats = 1 / (1 + np.exp(-(known @ weights[:-1] + weights[-1])))
    return found


def held_out(table: Table) -> Floats:
    """Return the score of each row by a model that was fitted to other pages."""
    found = np.zeros(len(table.pages))
    for fold in range(FOLDS):
        mine = table.folds == fold
        found[mine] = scores(table.known[mine], fitted(table, ~mine))
    return found


def stated(table: Table, found: Floats, *, one_a_page: bool) -> Truths:
    """Return which rows would be stated: of each page the one with the highest score, or all."""
    if not one_a_page:
        return np.ones(len(found), bool)
    best: dict[str, int] = {}
    for row, page in enumerate(table.pages):
        if page not in best or found[row] > found[best[page]]:
            best[page] = row
    is_best = np.zeros(len(found), bool)
    is_best[list(best.values())] = True
    return is_best


def curve(found: Floats, right: Floats, weights: Floats) -> tuple[list[float], list[float]]:
    """Return the points of a rising line from scores to shares of what is right.

    Scores are parted into bands of as many values; each is drawn a little to a half, as one that
    was seen right a few times is not sure.
    """
    order = np.argsort(found, kind="stable")
    bands = np.array_split(order, min(_POINTS, max(1, len(order) // 25)))
    middles = [float(np.average(found[band], weights=weights[band])) for band in bands]
    shares = [
        float((weights[band] @ right[band] + 0.5) / (weights[band].sum() + 1)) for band in bands
    ]
    rising = isotonic_regression(shares, weights=[weights[band].sum() for band in bands]).x
    return _without_twins(np.round(middles, 4).tolist(), np.round(rising, 3).tolist())


def _without_twins(at: Sequence[float], shares: Sequence[float]) -> tuple[list[float], list[float]]:
    points = dict(zip(at, shares, strict=True))
    return list(points), list(points.values())


def measured(found: Floats, right: Floats) -> str:
    """Return in one line how well probabilities tell right from wrong."""
    sure = found >= _SURE
    return (
        f"{len(found):6} values {right.mean():.3f} right, AUC {area(found, right):.3f}, "
        f"calibration error {calibration_error(found, right):.3f}, "
        f"of right ones {(right * sure).sum() / max(1, right.sum()):.2f} sure, "
        f"{100 * ((1 - right) * sure).sum() / len(found):.1f} of 100 sure and wrong"
    )


def area(found: Floats, right: Floats) -> float:
    """Return the chance that a right value is surer than a wrong one."""
    good, bad = found[right > 0], found[right == 0]
    if not len(good) or not len(bad):
        return float("nan")
    above = np.searchsorted(np.sort(bad), good, "left") + np.searchsorted(
        np.sort(bad), good, "right"
    )
    return float(above.mean() / 2 / len(bad))


def calibration_error(found: Floats, right: Floats) -> float:
    """Return how far stated shares are from true ones, in bands of a tenth, weighted."""
    bands = np.minimum(9, (found * 10 + 1e-9).astype(int))
    return float(
        sum(abs((right[bands == one] - found[bands == one]).sum()) for one in range(10))
        / len(found)
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """A field that was fitted: its lines of the register, and how it did on pages it did not see.

    ``likely`` and ``right`` are of the values that would be stated.
    """

    lines: list[str]
    likely: Floats
    right: Floats


def fit_field(field: str, rows: Sequence[Row]) -> Fitted:
    """Fit a field and print how well it does."""
    table = table_of(field, rows)
    found = held_out(table)
    is_stated = stated(table, found, one_a_page=field != "author_name")
    right = table.is_right.astype(float)
    points = curve(found[is_stated], right[is_stated], table.weights[is_stated])
    for label, mask in (("own", table.is_own), ("lost", ~table.is_own)):
        shown = is_stated & mask
        if shown.any():
            likely = np.interp(found[shown], *points)
            print(f"{field:15} {label:5} {measured(likely, right[shown])}", flush=True)
    shown = is_stated & table.is_own
    likely = np.interp(found[shown], *points)
    return Fitted(_lines(field, table, points), likely, right[shown])


def _lines(field: str, table: Table, points: tuple[list[float], list[float]]) -> list[str]:
    """Return a field's part of the register, fitted to all pages."""
    weights = fitted(table, np.ones(len(table.pages), bool))
    named = zip(table.names, weights, strict=False)
    return [
        f"[{field}]",
        f"bias = {weights[-1]:.2f}",
        *_curve_lines(points),
        f"[{field}.weights]",
        *(f"{name} = {weight:.2f}" for name, weight in named if round(float(weight), 2)),
    ]


def text_lines(bodies: Sequence[Body]) -> Iterator[str]:
    """Yield the part of the register on bodies: from expected to true scores."""
    expected, true = (
        np.array([getattr(one, name) for one in bodies]) for name in ("expected", "score")
    )
    ranks = spearmanr(expected, true).statistic
    print(f"text: {len(bodies)} bodies, rank correlation {ranks:.3f}")
    yield "[text]"
    yield from _curve_lines(curve(expected, true, np.ones(len(bodies))))


def _curve_lines(points: tuple[Iterable[float], Iterable[float]]) -> Iterator[str]:
    for name, values in zip(("scores", "shares"), points, strict=True):
        yield f"{name} = [{', '.join(f'{value:g}' for value in values)}]"


HEAD = """\
# How likely values are right, made by `python -m benchmarks.probabilities.fit`: not to be edited.
# `weights` are what each thing that is known of a value adds or takes, `scores` and `shares` the
# curve from the score that they make to the share of values that were right.
"""


def registers_by_half(fronts: Sequence[Path] | None) -> tuple[Registers, Registers]:
    """Return the registers for each half of the pages, with the model of fronts that judges it."""
    registers = load_registers(annotating=Annotating(()))
    if fronts is None:
        return registers, registers
    first, second = (parse_line_model(dict(np.load(file))) for file in fronts)
    return _with_front(registers, first), _with_front(registers, second)


def _with_front(registers: Registers, front: LineModel) -> Registers:
    models = registers.pages.models._replace(front=front)
    return replace(registers, pages=replace(registers.pages, models=models))


def main() -> None:
    """Fit all fields to the pages of folders, and write the register."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--curves", type=Path, help="Where to draw stated against true shares.")
    parser.add_argument("--fronts", nargs=2, type=Path, metavar="MODEL")
    arguments = parser.parse_args()
    by_half = registers_by_half(arguments.fronts)
    found = [one for folder in arguments.folders for one in rows_of(folder, by_half)]
    rows = [one for one in found if isinstance(one, Row)]
    fields = {
        field: fit_field(field, [one for one in rows if one.field == field]) for field in FIELDS
    }
    lines = [line for one in fields.values() for line in one.lines]
    lines += text_lines([one for one in found if isinstance(one, Body)])
    if arguments.out:
        arguments.out.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    if arguments.curves:
        panels = [(field, points_of(one.likely, one.right)) for field, one in fields.items()]
        arguments.curves.write_text(drawing(panels), "utf-8")


if __name__ == "__main__":
    main()
