"""The validation page: it stands alone, says what the tables say, and nothing in it runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from knipsel.expectations.bounds.file import OWN_FILE
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.files.describe import describe
from knipsel.warehouse.release.pages.validation.facts import MOST_BARS, SHOWN_DOCUMENTS, ask_facts
from knipsel.warehouse.release.pages.validation.page import PAGE, validation_page
from knipsel.warehouse.release.pages.validation.plot import trend_svg
from knipsel.warehouse.release.versions import Release
from tests.pipeline import Pipeline, write_files
from tests.texts import article

HOSTILE = (
    "<img src=x onerror=alert(1)>.txt",
    "{{ 7*7 }}{% raw %}.txt",
    "na\u202etxt.exe",
    "bel\x07.txt",
    "\"quoted' & so on.txt",
)

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Reads a page: its elements with their attributes, in pairs as they should be."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and that it is open."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is closed at once."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """See that what is closed is what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def release_of(folder: Path) -> Release:
    """Return what a folder says of its release."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return Release(**index["release"])


def page_of(folder: Path) -> str:
    return (folder / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def junk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release with hostile file names and a warning."""
    root = tmp_path_factory.mktemp("junk")
    files = {name: f"Menu {number}" for number, name in enumerate(HOSTILE)}
    files |= {f"leeg{number:02}.txt": " " * number for number in range(SHOWN_DOCUMENTS + 5)}
    write_files(root / "inbox", {**files, "a.txt": article(1)})
    pipeline = Pipeline(Warehouse.at(root / "warehouse"))
    pipeline.warehouse.root.mkdir()
    pipeline.warehouse.bounds_file.write_text("share_quarantined = { max = 0.5 }")
    pipeline.ingest(root / "inbox")
    pipeline.publish()
    return pipeline.warehouse.latest.resolve()


@pytest.mark.parametrize("which", ["samples", "junk"])
def test_the_page_stands_alone(which: str, released: Pipeline, junk: Path) -> None:
    """Nothing is loaded and nothing runs; elements are paired; headings and tables are marked."""
    page = page_of(junk if which == "junk" else released.warehouse.latest)
    outline = Outline(page)
    assert outline.open == []
    names = Counter(name for name, _ in outline.elements)
    assert not names.keys() & {"script", "img", "link", "iframe", "object", "base", "form"}
    for name, attributes in outline.elements:
        assert not [key for key in attributes if key.startswith("on")], name
        assert not attributes.keys() & {"src", "srcset", "action", "style", "data"}
    assert "url(" not in page
    assert "@import" not in page
    assert not re.search(r"(?i)\b(?:https?|ftp|data|javascript):", page)
    ids = {attributes["id"] for _, attributes in outline.elements if "id" in attributes}
    assert all((link["href"] or "")[1:] in ids for link in outline.named("a"))
    assert outline.named("html") == [{"lang": "en"}]
    assert names["h1"] == names["main"] == 1
    assert all(header.get("scope") in {"col", "row"} for header in outline.named("th"))
    assert names["table"] == names["thead"] > 3


def test_names_of_files_are_only_text(junk: Path) -> None:
    """Markup and templates in a name are shown as they are; what does not show has its number."""
    page = page_of(junk)
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in page
    assert "<bdi>{{ 7*7 }}{% raw %}.txt</bdi>" in page
    assert "na\\u202etxt.exe" in page
    assert "bel\\u0007.txt" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", page)


def test_what_is_held_back_is_explained_and_bounded(junk: Path) -> None:
    """Reasons stand with what to do; of many documents the first are shown."""
    text = Outline(page_of(junk)).text
    assert "knipsel preview FILE --removed" in text
    assert f"no_article: {len(HOSTILE)} documents" in text
    assert "empty_file: 25 documents" in text
    assert f"The first {SHOWN_DOCUMENTS} of 25" in text
    assert "leeg19.txt" in text
    assert "leeg20.txt" not in text
    assert "30 documents are held back: 97% of 31." in text
    assert "share_quarantined at most 0.5" in text
    assert "0.967742" in text


def test_samples_are_summed_up(released: Pipeline) -> None:
    """The sentences on top say what the tables say; each rule of the run has a row."""
    folder = released.warehouse.latest.resolve()
    text = Outline(page_of(folder)).text
    assert "15 articles out of 15 documents are published." in text
    assert "3 documents are held back: 17% of 18." in text
    with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
        rules = connection.sql("SELECT count(*) FROM validations").fetchone()
    assert rules is not None
    assert f"{rules[0]} rules were checked: {rules[0]} passed, 0 give a warning, 0 failed." in text
    assert "cluster has one canonical" in text


def test_describing_again_changes_nothing(junk: Path) -> None:
    """All files that describe a release follow from its tables, to the byte."""
    files = [PAGE, "index.json", "SHA256SUMS", "README.md", "datapackage.json"]
    before = {name: (junk / name).read_bytes() for name in files}
    describe(junk, release_of(junk))
    assert {name: (junk / name).read_bytes() for name in files} == before
    listed = json.loads(before["index.json"])["files"]
    assert listed[PAGE]["bytes"] == len(before[PAGE])


def test_what_leaves_the_tables_leaves_the_page(junk: Path, tmp_path: Path) -> None:
    """A folder whose rows were taken away says nothing of them once it is described again."""
    file = tmp_path / "copy.duckdb"
    file.write_bytes((junk / "knipsel.duckdb").read_bytes())
    with duckdb.connect(str(file)) as connection:
        connection.execute("DELETE FROM quarantine WHERE rule = 'no_article'")
        page = validation_page(connection, release_of(junk))
    assert "onerror" not in page
    assert "leeg01.txt" in page


def test_a_warning_names_its_rows(released: Pipeline, tmp_path: Path) -> None:
    """The article behind the key of a failing row is shown with its file; a stop is told too."""
    folder = released.warehouse.latest.resolve()
    file = tmp_path / "copy.duckdb"
    file.write_bytes((folder / "knipsel.duckdb").read_bytes())
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            """
            INSERT INTO validations
            SELECT run_id, 'paragraphs', 'expect_column_values_to_be_between', 'word_count',
                'warning', false, 40, 1, (SELECT min(article_id) FROM articles) || '.p3'
            FROM runs WHERE flow = 'ingest'
            """
        )
        connection.execute(
            "INSERT INTO validations SELECT 'stopped', 'bounds', 'articles at least 99', NULL, "
            "'critical', false, 15, 1, '15'"
        )
        connection.execute(
            "INSERT INTO runs SELECT * REPLACE ('stopped' AS run_id, 'failure' AS result) "
            "FROM runs WHERE flow = 'publish'"
        )
        shown = connection.sql(
            "SELECT file_name, article_id FROM articles JOIN documents USING (document_id) "
            "ORDER BY article_id LIMIT 1"
        ).fetchone()
        page = validation_page(connection, release_of(folder))
    assert shown is not None
    text = Outline(page).text
    assert "1 gives a warning" in text
    assert f"{shown[0]}" in text.split("Trend over runs")[0]
    assert shown[1] in text.split("Trend over runs")[0]
    assert "articles at least 99" in text.split("Releases that were stopped")[1]


def groups(count: int, **changes: Any) -> list[dict[str, Any]]:
    """Return groups of one run each."""
    row = {"runs": 1, "first": "2024-06-01 12:00", "last": "2024-06-01 12:00", "failures": 0}
    numbers = {"seen": 100, "published": 9, "quarantined": 1}
    return [{**row, **numbers, **changes} for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, MOST_BARS])
def test_bars_stay_within_the_plot(count: int) -> None:
    """One run is a bar, a hundred fill the plot; none leaves it."""
    svg = trend_svg(groups(count))
    bars = [
        (float(x), float(width))
        for x, width in re.findall(
            r'<rect class="seen" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg
        )
    ]
    assert len(bars) == count
    assert max(x + width for x, width in bars) <= 750
    assert min(width for _, width in bars) > 4
    heights = [float(height) for height in re.findall(r'height="([\d.]+)"', svg)]
    assert max(heights) <= 90


def test_runs_without_anything_new_are_drawn() -> None:
    """Nothing is divided by nothing; a failed run has its cross; no run at all has no plot."""
    svg = trend_svg(groups(3, seen=0, published=0, quarantined=0, failures=1))
    assert svg.count(">×<") == 9
    assert "nan" not in svg
    assert trend_svg([]) == ""


def test_many_runs_are_drawn_together(released: Pipeline, tmp_path: Path) -> None:
    """However many runs there were, the plot has so many bars at most, and loses none of them."""
    file = tmp_path / "copy.duckdb"
    file.write_bytes((released.warehouse.latest / "knipsel.duckdb").read_bytes())
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "INSERT INTO runs SELECT runs.* REPLACE (run_id || number AS run_id, started_at + "
            "INTERVAL 1 HOUR * number AS started_at) FROM runs, range(1, 500) AS more(number) "
            "WHERE flow = 'ingest'"
        )
        trend = ask_facts(connection, "000001").trend
    assert len(trend) <= MOST_BARS
    assert sum(group["runs"] for group in trend) == 500
    assert sum(group["seen"] for group in trend) == 500 * 19


def test_the_projects_bounds_are_on_the_page(released: Pipeline) -> None:
    """Whoever reads it sees what was asked, also where all of it holds."""
    text = Outline(page_of(released.warehouse.latest)).text
    for measure in re.findall(r"^\[(\w+)\]$", OWN_FILE.read_text(encoding="utf-8"), re.MULTILINE):
        assert measure in text


def test_status_is_asked_without_heavy_libraries(released: Pipeline) -> None:
    """Whoever asks how things stand waits for neither Prefect nor Great Expectations nor pandas."""
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom knipsel.flows.cli.main import app\n"
        "assert CliRunner().invoke(app, ['status', '--warehouse', sys.argv[1]]).exit_code == 0\n"
        "print({'prefect', 'great_expectations', 'pandas'} & sys.modules.keys())"
    )
    output = subprocess.run(
        [sys.executable, "-c", code, str(released.warehouse.root)],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    assert output.stdout == "set()\n"
