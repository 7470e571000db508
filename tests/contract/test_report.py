"""The report of a release: its numbers add up, it stands alone, and what is in it is inert."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from knipsel.warehouse.release.pages.lanes import HEIGHT, lanes
from knipsel.warehouse.release.pages.report.flow import flow
from knipsel.warehouse.release.pages.report.page import REPORT, report_page
from tests.contract.test_validation_page import Outline, release_of
from tests.pipeline import Pipeline

TITLE = "Samples, written for knipsel"
"""Of the corpus, as its `corpus.toml` says."""
HARM = "<script>alert(1)</script> na\u202eem {{ 7*7 }}"


def _copy(released: Pipeline, folder: Path) -> duckdb.DuckDBPyConnection:
    file = folder / "copy.duckdb"
    file.write_bytes((released.warehouse.latest / "knipsel.duckdb").read_bytes())
    return duckdb.connect(str(file))


def test_each_release_has_its_report(released: Pipeline) -> None:
    """The same tables give the same bytes; nothing in it is loaded or runs."""
    folder = released.warehouse.latest.resolve()
    page = (folder / REPORT).read_text(encoding="utf-8")
    with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
        assert report_page(connection, release_of(folder), TITLE) == page
        (texts,) = connection.sql("SELECT count(*) FROM canonical_articles").fetchall()[0]
    outline = Outline(page)
    assert outline.open == []
    assert not {name for name, _ in outline.elements} & {"script", "img", "link", "iframe", "a"}
    assert not re.search(r"(?i)\b(?:https?|ftp|data|javascript):|@import|url\((?!#)", page)
    assert f"Texts, each counted once: {texts}" in outline.text
    assert REPORT in (folder / "SHA256SUMS").read_text(encoding="utf-8")


def test_names_are_only_text(released: Pipeline, tmp_path: Path) -> None:
    """Of outlets, speakers, reasons and the corpus; what does not show has its number."""
    with _copy(released, tmp_path) as connection:
        connection.execute("UPDATE articles SET publisher = $1, language = $1", [HARM])
        connection.execute("UPDATE quotations SET speaker = $1", [HARM])
        connection.execute("UPDATE topics SET topic = $1", [HARM])
        connection.execute("UPDATE documents SET media_type = $1", [HARM])
        page = report_page(connection, release_of(released.warehouse.latest.resolve()), HARM)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page
    assert Outline(page).open == []


def test_an_empty_corpus_has_a_report(released: Pipeline, tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    with _copy(released, tmp_path) as connection:
        for table in ("articles", "quotations", "topics", "documents", "sightings", "quarantine"):
            connection.execute(f"DELETE FROM {table}")
        page = report_page(connection, release_of(released.warehouse.latest.resolve()), None)
    assert "Files seen: 0" in page


@given(st.lists(st.integers(0, 9999), min_size=7, max_size=7))
def test_the_flow_adds_up(numbers: list[int]) -> None:
    """What leaves beside a step is what the next one has less; the boxes do not overlap."""
    again, unread, held, gone, published, texts, copies = numbers
    documents = unread + held + gone + published
    counts = {
        "files": documents + again,
        "documents": documents,
        "unread": unread,
        "held_back": held,
        "retracted": gone,
        "published": published,
        "articles": texts + copies,
        "texts": texts,
    }
    reasons = [{"is_unread": False, "rule": f"rule {at}", "documents": 1} for at in range(9)]
    steps = flow(counts, reasons).steps
    stands = [_numbers(step.box.lines)[0] for step in steps]
    leaves = [sum(_numbers(step.side.lines)) if step.side else 0 for step in steps]
    after = [stand - left for stand, left in zip(stands, leaves, strict=True)]
    is_of_files = [step.box.lines[0][0].startswith("Files published") for step in steps]
    for at, counts_files in enumerate(is_of_files[:-1]):
        assert counts_files or after[at] == stands[at + 1]
        assert steps[at].box.y + steps[at].box.height < steps[at + 1].box.y


def _numbers(lines: tuple[tuple[str, float], ...]) -> list[int]:
    """Return the numbers of the lines that count, which reasons do not."""
    return [int(re.sub(r"\D", "", line)) for line, _ in lines if line[0].isupper()]


def test_a_lane_tells_gaps_from_what_may_be() -> None:
    """A month in which a date may lie is no gap; months before the first are none either."""
    rows = [
        {"name": "a", "first": "2024-02", "last": "2024-02", "number": 3},
        {"name": "a", "first": "2024-03", "last": "2024-04", "number": 1},
        {"name": "a", "first": "2024-06", "last": "2024-06", "number": 1},
        {"name": "b", "first": "2024-01", "last": "2024-01", "number": 1},
        {"name": "not shown", "first": "1950-01", "last": "1950-01", "number": 9},
    ]
    drawn = lanes("any", rows, {"a": 5, "b": 1}, with_gaps=True)
    assert drawn is not None
    (first, second) = drawn.lanes
    assert [(cell.period, cell.surely, cell.possibly, cell.is_gap) for cell in first.cells] == [
        ("2024-02", 3, 0, False),
        ("2024-03", 0, 1, False),
        ("2024-04", 0, 1, False),
        ("2024-05", 0, 0, True),
        ("2024-06", 1, 0, False),
    ]
    assert second.gaps == 0
    assert all(0 <= cell.sure_height + cell.maybe_height <= HEIGHT for cell in first.cells)
    assert lanes("any", rows, {}) is None
