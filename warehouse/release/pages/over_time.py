"""Counts over time: what lies surely in a period, and what possibly does, its date open.

Rows that are spread have ``first`` and ``last`` (months such as ``2024-03``, or years) and
``number``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from knipsel.warehouse.release.pages.plots import Bar, BarPlot, bar_plot, periods

MOST_BARS = 60
"""Periods that are bars of their own; more months are shown as years."""
MOST_SPREAD = 120
"""Periods over which one uncertain date is spread: one that may be any is nowhere."""

Row = Mapping[str, Any]
Counts = Mapping[str, tuple[int, int]]
"""By period: how many are surely in it, and how many more possibly."""


def over_time(
    title: str, rows: Sequence[Row], link: Callable[[str], str] = lambda _: ""
) -> BarPlot | None:
    """Return a plot of counts that each lie surely in a period, or possibly in several."""
    counts = spread(in_few_periods(rows))
    bars = [Bar(period, *counts.get(period, (0, 0)), link(period)) for period in all_of(counts)]
    return bar_plot(title, bars) if bars else None


def in_few_periods(rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows by month, or by year where the months that they are spread over are too many."""
    if len(all_of(spread(rows))) <= MOST_BARS:
        return rows
    return [{**row, "first": row["first"][:4], "last": row["last"][:4]} for row in rows]


def all_of(counts: Iterable[str]) -> list[str]:
    """Return all periods from the first to the last, those without anything too; or the newest."""
    named = list(counts)
    return periods(min(named), max(named))[-4 * MOST_BARS :] if named else []


def spread(rows: Iterable[Row]) -> Counts:
    """Return how many are in each period that has any."""
    surely: Counter[str] = Counter()
    possibly: Counter[str] = Counter()
    for row in rows:
        between = periods(row["first"], row["last"])
        if len(between) == 1:
            surely[between[0]] += row["number"]
        elif len(between) <= MOST_SPREAD:
            possibly.update(dict.fromkeys(between, row["number"]))
    return {period: (surely[period], possibly[period]) for period in surely | possibly}
