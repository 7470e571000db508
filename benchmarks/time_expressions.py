"""How well times are found and read: ``python -m benchmarks.time_expressions FOLDER``.

FOLDER is that of the evaluation sets: Dutch sentences with a day of reference
(``dates_nl/recognizers.jsonl``, ``dates_nl/duckling.jsonl``) and news, for the speed
(``articles_nl/nos.jsonl.gz``). The sentences are commands to an assistant rather than news: the
day of reference is taken as the article's date, and each reading that a set allows counts.

``--labels FILE`` adds values of one's own for sentences of a set that has none: JSON lines of
``input``, ``reference`` and ``values``, each a list of a first and a last day.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.model import TimeExpression
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.times import find_times
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.transforms.text.edtf import date_bounds

ROUNDS = 3
"""The quickest of so many counts: other programs only ever slow one down."""
ARTICLES = 600
_DUCKLING = re.compile(r"\((\d{4}), (\d+), (\d+), (\d+), (\d+), (\d+)\)")
_CALENDAR_GRAINS = ("Day", "Week", "Month", "Quarter", "Year")

Days = tuple[date | None, date | None]


class Case(NamedTuple):
    """A sentence, its day of reference, the times in it and the values that each may have."""

    text: str
    reference: str
    spans: list[str]
    values: list[Days]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def recognizers(folder: Path, labels: dict[tuple[str, str], list[Days]]) -> list[Case]:
    """Return the sentences with a reference, each once."""
    cases = {}
    for row in _rows(folder / "dates_nl" / "recognizers.jsonl"):
        if not row["reference"]:
            continue
        text, reference = row["input"], row["reference"][:10]
        spans = [one["text"] for one in row["results"]]
        stated = [day for one in row["results"] for day in _stated(one.get("values") or [])]
        values = stated or labels.get((text.strip(), reference), [])
        cases[text.strip(), reference] = Case(text, reference, spans, values)
    return list(cases.values())


def _stated(values: Iterable[dict[str, str]]) -> Iterator[Days]:
    """Yield the days of resolved values: a day, or from a first to before another."""
    for value in values:
        if value.get("type") == "date" and "value" in value:
            day = date.fromisoformat(value["value"][:10])
            yield day, day
        elif value.get("type") == "daterange":
            begin, end = value.get("start"), value.get("end")
            last = date.fromisoformat(end[:10]) - timedelta(1) if end else None
            yield date.fromisoformat(begin[:10]) if begin else None, last


def duckling(folder: Path) -> list[Case]:
    """Return the expressions whose value is a day or a longer stretch of the calendar."""
    cases = []
    for row in _rows(folder / "dates_nl" / "duckling.jsonl"):
        values = list(_of_duckling(row["value"]))
        if values:
            cases.append(Case(row["input"], row["reference"][:10], [row["input"]], values))
    return cases


def _of_duckling(value: str) -> Iterator[Days]:
    name, grain = (
        value.split(" ", 1)[0],
        next(
            (
                word
                for word in value.split()
                if word in {*_CALENDAR_GRAINS, "Hour", "Minute", "Second"}
            ),
            "",
        ),
    )
    moments = [tuple(map(int, found)) for found in _DUCKLING.findall(value)]
    if grain not in _CALENDAR_GRAINS or not moments:
        return
    first = _day(moments[0])
    if name == "datetimeInterval":
        yield first, _day(moments[1]) - timedelta(1)
    elif name in {"datetime", "datetimeHoliday"}:
        yield first, _last(first, grain)


def _day(moment: tuple[int, ...]) -> date:
    return date(moment[0], moment[1] or 1, moment[2] or 1)


def _last(first: date, grain: str) -> date:
    if grain == "Day":
        return first
    if grain == "Week":
        return first + timedelta(6)
    months = {"Month": 1, "Quarter": 3, "Year": 12}[grain]
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) - timedelta(1)


def bounds(found: TimeExpression) -> Days:
    """Return the first and the last day that a time allows."""
    days = date_bounds(found.edtf)
    return days.not_before, days.not_after


def is_right(found: Iterable[TimeExpression], values: list[Days]) -> bool:
    """Tell whether a time has one of the values; the end of a stretch may count to it or not."""
    allowed = {
        (first, last + timedelta(shift) if last else None)
        for first, last in values
        for shift in ((0, 1) if first != last else (0,))
    }
    return any(bounds(one) in allowed for one in found)


def score(cases: list[Case], registers: AnnotationRegisters, *, show: bool) -> Counter[str]:
    """Count the times that are found, in exactly their words, and with the right value."""
    counts: Counter[str] = Counter()
    for case in cases:
        found = find_times(of_text(case.text, "nl", case.reference, registers), registers.times)
        words = [case.text[one.char_start : one.char_end] for one in found]
        counts["printed"] += len(found)
        counts["spans"] += len(case.spans)
        counts["found"] += sum(any(_overlap(word, span) for word in words) for span in case.spans)
        counts["exact"] += len(set(words) & set(case.spans))
        if case.values:
            right = is_right(found, case.values)
            counts["valued"] += 1
            counts["right"] += right
            if show and not right:
                print(case.reference, "|", case.text, "|", [one.edtf for one in found])
    return counts


def _overlap(one: str, other: str) -> bool:
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _print(name: str, counts: Counter[str]) -> None:
    print(
        f"{name}: {counts['spans']} times, found {counts['found'] / counts['spans']:.3f}, "
        f"exact words {counts['exact'] / counts['spans']:.3f}, found in all {counts['printed']}"
    )
    if counts["valued"]:
        right = counts["right"] / counts["valued"]
        print(f"  values right {counts['right']} of {counts['valued']}: {right:.3f}")


def speed(folder: Path, registers: AnnotationRegisters) -> None:
    """Print what an article of 3,000 characters takes."""
    with gzip.open(folder / "articles_nl" / "nos.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(ARTICLES), lines, strict=False)]
    texts = [of_text(row["text"], "nl", row["date"], registers) for row in rows]
    taken, times = [], 0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        times = sum(len(find_times(text, registers.times)) for text in texts)
        taken.append(time.perf_counter() - begin)
    length = sum(len(text.text) for text in texts)
    print(f"news: {times / len(texts):.1f} times an article, ", end="")
    print(f"{min(taken) / length * 3_000_000:.2f} ms for 3,000 characters")


def _labels(path: Path | None) -> dict[tuple[str, str], list[Days]]:
    if path is None:
        return {}
    return {
        (row["input"].strip(), row["reference"][:10]): [
            (date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["values"]
        ]
        for row in _rows(path)
    }


def main() -> None:
    """Print the figures of each set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--show", action="store_true", help="print what has a wrong value")
    options = parser.parse_args()
    registers = load_registers().annotations
    for name, cases in (
        ("recognizers", recognizers(options.folder, _labels(options.labels))),
        ("duckling", duckling(options.folder)),
    ):
        _print(name, score(cases, registers, show=options.show))
    speed(options.folder, registers)


if __name__ == "__main__":
    main()
