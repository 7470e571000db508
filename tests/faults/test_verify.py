"""Verification: whatever is damaged, missing or tampered with is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from knipsel.expectations.verify.report import keep_report
from knipsel.expectations.verify.verify import verify
from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.lake.connection import DamagedCatalogError, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import take
from tests.texts import article


def flip(file: Path, at: float = 0.5) -> None:
    """Change a byte of a file, and nothing else."""
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    file.write_bytes(content)


def problems(warehouse: Warehouse) -> dict[str, str]:
    """Return what is wrong, by the check that found it."""
    return {one.name: " ".join(one.problems) for one in verify(warehouse) if not one.success}


def of_lake(warehouse: Warehouse, table: str) -> Path:
    return next((warehouse.root / "data" / "main" / table).glob("*.parquet"))


def of_archive(warehouse: Warehouse) -> Path:
    with open_lake_for_questions(warehouse) as connection:
        ((document_id,),) = ask(connection, "SELECT min(document_id) FROM documents").rows
    return archived_file(warehouse.archive, document_id)


def tamper(query: str) -> Callable[[Warehouse], None]:
    """Return what changes the lake by SQL."""

    def change(warehouse: Warehouse) -> None:
        with open_lake(warehouse) as connection:
            connection.execute(query)

    return change


@pytest.fixture(scope="module")
def one_release(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with a release, whose lake has its rows in files."""
    tmp_path = tmp_path_factory.mktemp("one-release")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(12)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


@pytest.fixture
def published(one_release: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(one_release, tmp_path)


def test_a_sound_warehouse(published: Pipeline, tmp_path: Path) -> None:
    """Nothing is wrong after runs, releases, and a way back."""
    assert problems(published.warehouse) == {}
    write_files(tmp_path / "inbox", {"more.txt": article(20)})
    published.ingest(tmp_path / "inbox")
    published.publish()
    assert problems(published.warehouse) == {}
    roll_back(published.warehouse, "1")
    assert problems(published.warehouse) == {}


DAMAGES: dict[str, tuple[str, Callable[[Warehouse], object]]] = {
    "a byte of the lake": ("files of the lake", lambda at: flip(of_lake(at, "paragraphs"))),
    "a file of the lake": ("files of the lake", lambda at: of_lake(at, "articles").unlink()),
    "a source": ("archive", lambda at: flip(of_archive(at))),
    "a source gone": ("archive", lambda at: of_archive(at).unlink()),
    "a byte of a release": (
        "release 000001",
        lambda at: flip(at.releases / "000001" / "articles" / "part-0.parquet"),
    ),
    "a byte of the database": (
        "release 000001",
        lambda at: flip(at.releases / "000001" / "knipsel.duckdb"),
    ),
    "a file more": ("release 000001", lambda at: (at.latest / "notes.txt").touch()),
    "a file less": ("release 000001", lambda at: (at.latest / "README.md").unlink()),
    "the pointer": ("list of releases", lambda at: at.latest.unlink()),
    "the list": (
        "list of releases",
        lambda at: at.versions_file.write_text(
            json.dumps(json.loads(at.versions_file.read_text()) | {"latest": None})
        ),
    ),
    "no list": ("list of releases", lambda at: at.versions_file.unlink()),
    "the list itself": ("list of releases", lambda at: at.versions_file.write_bytes(b"{\xff")),
    "checksums of a release": (
        "release 000001",
        lambda at: (at.latest / "SHA256SUMS").write_bytes(b"\xff\n"),
    ),
    "checksums of the lake": (
        "files of the lake",
        lambda at: (at.root / "lake.sha256").write_bytes(b"\xff\n"),
    ),
    "no checksums of the lake": (
        "files of the lake",
        lambda at: (at.root / "lake.sha256").unlink(),
    ),
    "a text": ("texts of the lake", tamper("UPDATE lake.articles SET text = 'x' || text")),
    "a row": (
        "rules across tables",
        tamper(
            "DELETE FROM lake.documents WHERE document_id = "
            "(SELECT max(document_id) FROM lake.documents)"
        ),
    ),
}


AT_ONCE = (
    ("a byte of the lake", "a source", "a byte of a release", "the pointer"),
    ("a file of the lake", "a source gone", "a byte of the database", "the list"),
    ("a text", "a file more"),
    ("a row", "a file less"),
    ("no list", "checksums of a release", "checksums of the lake"),
    ("the list itself", "no checksums of the lake"),
)
"""Damages that concern different checks."""


def test_every_damage_is_tried() -> None:
    assert sorted(damage for damages in AT_ONCE for damage in damages) == sorted(DAMAGES)


@pytest.mark.parametrize("damages", AT_ONCE, ids=" and ".join)
def test_damage_is_named(published: Pipeline, damages: tuple[str, ...]) -> None:
    """The check that each concerns finds it, and no other is stopped by it."""
    for damage in damages:
        DAMAGES[damage][1](published.warehouse)
    assert {DAMAGES[damage][0] for damage in damages} <= set(problems(published.warehouse))


@pytest.mark.parametrize(
    "share", [0.3, *(pytest.param(share, marks=pytest.mark.long) for share in (0.0, 0.9))]
)
def test_a_truncated_catalogue(published: Pipeline, tmp_path: Path, share: float) -> None:
    """It is named; moved away, the lake is made again of the release, with nothing lost."""
    catalog = published.warehouse.root / "catalog.sqlite"
    with open_lake_for_questions(published.warehouse) as connection:
        before = ask(connection, "FROM articles ORDER BY article_id").rows
        runs = ask(connection, "SELECT run_id FROM runs ORDER BY 1").rows
    content = catalog.read_bytes()
    catalog.write_bytes(content[: int(len(content) * share)])
    assert problems(published.warehouse)
    with pytest.raises((DamagedCatalogError, duckdb.Error)):
        published.ingest(tmp_path / "inbox")
    catalog.unlink()
    with pytest.raises(DamagedCatalogError, match="rollback"):
        published.ingest(tmp_path / "inbox")
    roll_back(published.warehouse, "000001")
    with open_lake_for_questions(published.warehouse) as connection:
        assert ask(connection, "FROM articles ORDER BY article_id").rows == before
        told = ask(connection, "SELECT run_id FROM runs ORDER BY 1").rows
    assert set(runs) <= set(told)
    assert problems(published.warehouse) == {}


def test_a_lake_that_cannot_be_opened_hides_no_other_damage(published: Pipeline) -> None:
    """The file that is why is named, and so are others of the lake and of the archive."""
    with open_lake_for_questions(published.warehouse) as connection:
        ((article_id,),) = ask(connection, "SELECT min(article_id) FROM articles").rows
    take(published, str(article_id))
    place = published.warehouse
    (certificate,) = (place.root / "retractions").glob("*.json")
    (source, *_) = place.archive.glob("??/*")
    damaged = [of_lake(place, "contract"), of_lake(place, "documents"), source, certificate]
    for file in damaged:
        flip(file)
    said = " ".join(problems(place).values())
    assert [file.name for file in damaged if file.name not in said] == []


def test_a_changed_sidecar_is_found(published: Pipeline, tmp_path: Path) -> None:
    """What people stated of a document is kept with a checksum."""
    write_files(tmp_path / "more", {"a.txt": article(40), "a.txt.meta.toml": 'publisher = "X"\n'})
    published.ingest(tmp_path / "more")
    assert problems(published.warehouse) == {}
    (kept,) = published.warehouse.archive.glob("??/*.meta.toml")
    kept.write_text(kept.read_text("utf-8").replace('"X"', '"Y"'), "utf-8")
    assert kept.name in problems(published.warehouse)["archive"]


def test_what_belongs_to_nothing_is_noted_and_no_damage(published: Pipeline) -> None:
    """In the archive, which others may share, and among the data."""
    warehouse = published.warehouse
    (warehouse.archive / "ab").mkdir(exist_ok=True)
    (warehouse.archive / "ab" / ("ab" * 32)).write_text("somebody else's", "utf-8")
    (warehouse.root / "data" / "main" / "articles" / "left.parquet").write_bytes(b"half of it")
    checks = {check.name: check for check in verify(warehouse)}
    assert all(check.success for check in checks.values())
    assert "abab" in " ".join(checks["archive"].notes)
    assert "left.parquet" in " ".join(checks["files of the lake"].notes)


def test_a_report_is_kept_with_its_date(published: Pipeline) -> None:
    """And says what was checked, and what was wrong."""
    now = datetime(2024, 6, 3, 4, 5, 6, tzinfo=UTC)
    flip(of_archive(published.warehouse))
    file = keep_report(published.warehouse, verify(published.warehouse), now)
    assert file.name == "2024-06-03T04-05-06Z.json"
    report = json.loads(file.read_text("utf-8"))
    assert report["success"] is False
    assert [check["name"] for check in report["checks"] if not check["success"]] == ["archive"]
