"""What people state of documents, from file to table, and what is reported of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import read_sidecar
from knipsel.flows.runs.summary import curated_notes
from knipsel.transforms.registers.articles.facts import parse_catalog
from knipsel.transforms.text.version import annotating_part, reading_part
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.inbox import list_files, list_sources, sidecar_of
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.queries.curated import contradictions, unmatched
from tests.pipeline import Pipeline, write_files
from tests.several_files import as_text, stories
from tests.transforms.metadata_articles import page

PAGE = page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023")


def rows(pipeline: Pipeline, query: str) -> list[tuple[object, ...]]:
    with open_lake(pipeline.warehouse, read_only=True) as connection:
        connection.execute("USE lake")
        return connection.sql(query).fetchall()


DATES = "SELECT date_published, transform_version FROM articles"


def test_a_sidecar_is_no_source_and_states_facts(pipeline: Pipeline, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": PAGE, "a.txt.meta.toml": 'date_published = "2023-03"'})
    assert [file.name for file in list_files([tmp_path / "in"])] == ["a.txt"]
    assert pipeline.ingest(tmp_path / "in").articles_published == 1
    ((found, version),) = rows(pipeline, DATES)
    assert found == "2023-03"
    assert reading_part(str(version)).startswith(f"{reading_part(pipeline.version)}~")
    assert annotating_part(str(version)) == annotating_part(pipeline.version)


def test_a_changed_sidecar_is_read_again_and_the_same_is_not(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    write_files(folder, {"a.txt": PAGE})
    counts = [pipeline.ingest(folder), pipeline.ingest(folder)]
    write_files(folder, {"a.txt.meta.toml": 'date_published = "2023-03"'})
    counts += [pipeline.ingest(folder), pipeline.ingest(folder)]
    write_files(folder, {"a.txt.meta.toml": 'date_published = "2023"'})
    counts += [pipeline.ingest(folder)]
    assert [one.files_known for one in counts] == [0, 1, 0, 1, 0]
    assert [row[0] for row in rows(pipeline, DATES)] == ["2023"]


def test_what_was_stated_stays_without_the_sidecar(pipeline: Pipeline, tmp_path: Path) -> None:
    """The same content elsewhere, without a sidecar, does not take back what was said of it."""
    write_files(tmp_path / "in", {"a.txt": PAGE, "a.txt.meta.toml": 'genre = "column"'})
    write_files(tmp_path / "other", {"b.txt": PAGE})
    pipeline.ingest(tmp_path / "in")
    (tmp_path / "in" / "a.txt.meta.toml").unlink()
    pipeline.ingest(tmp_path / "in", tmp_path / "other")
    pipeline.transform_version = "later"
    pipeline.ingest(tmp_path / "other")
    ((genre, version, document_id),) = rows(
        pipeline, "SELECT genre, transform_version, document_id FROM articles"
    )
    assert (genre, str(version)[:6]) == ("column", "later~")
    kept = archived_file(pipeline.warehouse.archive, str(document_id))
    assert read_sidecar(kept) == 'genre = "column"'


def test_an_empty_sidecar_takes_back_what_was_stated(pipeline: Pipeline, tmp_path: Path) -> None:
    """In the same run: what the archive still has counts no more."""
    folder = tmp_path / "in"
    write_files(folder, {"a.txt": PAGE, "a.txt.meta.toml": 'genre = "column"'})
    pipeline.ingest(folder)
    write_files(folder, {"a.txt.meta.toml": ""})
    counts = [pipeline.ingest(folder), pipeline.ingest(folder)]
    assert [one.files_known for one in counts] == [0, 1]
    assert rows(pipeline, "SELECT genre FROM articles") == [(None,)]


def test_a_bad_sidecar_holds_back_until_it_is_mended(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_files(folder, {"a.txt": PAGE, "a.txt.meta.toml": 'date_published = "maart"'})
    assert pipeline.ingest(folder).documents_quarantined == 1
    ((rule, message),) = rows(pipeline, "SELECT rule, message FROM quarantine")
    assert rule == "bad_sidecar"
    assert "is no date in EDTF" in str(message)
    write_files(folder, {"a.txt.meta.toml": 'date_published = "2023-03"'})
    assert pipeline.ingest(folder).documents_published == 1


def test_the_catalogue_of_other_registers(pipeline: Pipeline, tmp_path: Path) -> None:
    registers = tmp_path / "registers"
    registers.mkdir()
    catalog = registers / "catalog.toml"
    catalog.write_text('[[documents]]\nfile_name = "a.txt"\ngenre = "essay"\n', encoding="utf-8")
    pipeline.settings = Settings(registers=registers)
    write_files(tmp_path / "in", {"a.txt": PAGE, "b.txt": PAGE.replace("hout", "steen")})
    pipeline.ingest(tmp_path / "in")
    assert set(rows(pipeline, "SELECT genre FROM articles")) == {("essay",), (None,)}


def test_contradictions_and_lonely_sidecars_are_reported(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    facts = 'date_published = "2021-05-01"\nauthors = ["Anna de Boer"]\npublisher = "Trouw"'
    write_files(folder, {"a.txt": PAGE, "a.txt.meta.toml": facts, "b.txt.meta.toml": ""})
    pipeline.ingest(folder)
    (found,) = contradictions(pipeline.warehouse)
    assert (found["field"], found["stated"], found["found"], found["method"]) == (
        "date_published",
        "2021-05-01",
        "2023-03-10",
        "date_line",
    )
    lonely = list_sources([folder]).lonely()
    notes = curated_notes(lonely, pipeline.warehouse, "run-1")
    assert notes[0].endswith("b.txt.meta.toml lies beside no file.")
    assert "contradicts: 1" in notes[1]


def test_a_run_tells_of_contradictions_in_what_it_read(pipeline: Pipeline, tmp_path: Path) -> None:
    facts = 'date_published = "2021-05-01"'
    write_files(tmp_path / "in", {"a.txt": PAGE, "a.txt.meta.toml": facts})
    write_files(tmp_path / "other", {"b.txt": PAGE.replace("hout", "steen")})
    pipeline.ingest(tmp_path / "in")
    pipeline.ingest(tmp_path / "other")
    told = [bool(curated_notes([], pipeline.warehouse, run)) for run in ("run-1", "run-2", None)]
    assert told == [True, False, False]
    assert len(contradictions(pipeline.warehouse)) == 1


def test_sidecars_are_sought_where_sources_are(tmp_path: Path) -> None:
    """What is hidden, or left out as a warehouse is, is as if it were not there."""
    for name in ("in", "in/.hidden", "in/warehouse", "named"):
        write_files(tmp_path / name, {"a.txt": "", "a.txt.meta.toml": "", "b.txt.meta.toml": ""})
    found = list_sources(
        [tmp_path / "in", tmp_path / "named" / "a.txt"], [tmp_path / "in/warehouse"]
    )
    assert found.files == [tmp_path / "in" / "a.txt", tmp_path / "named" / "a.txt"]
    assert found.sidecars == {
        *map(sidecar_of, found.files),
        tmp_path / "in" / "b.txt.meta.toml",
    }
    assert found.lonely() == [tmp_path / "in" / "b.txt.meta.toml"]


def test_a_coarser_date_contradicts_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": PAGE, "a.txt.meta.toml": 'date_published = "2023-03"'})
    pipeline.ingest(tmp_path / "in")
    assert contradictions(pipeline.warehouse) == []


def test_entries_that_match_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": PAGE})
    pipeline.ingest(tmp_path / "in")
    ((document_id,),) = rows(pipeline, "SELECT document_id FROM documents")
    entry = parse_catalog({"documents": [{"file_name": "a.txt", "genre": "column"}]})[0]
    entries = [
        entry,
        replace(entry, file_name="in/a.txt"),
        replace(entry, file_name="z.txt"),
        replace(entry, file_name=None, sha256=str(document_id)[:16]),
        replace(entry, file_name=None, sha256="0" * 64),
    ]
    assert unmatched(pipeline.warehouse, entries) == ["z.txt", "0" * 64]


def test_a_folder_says_how_its_files_are_split(pipeline: Pipeline, tmp_path: Path) -> None:
    """It is no source, holds for all files below it, and they are read again when it changes."""
    folder, below = tmp_path / "in", tmp_path / "in" / "below"
    two = f"{PAGE}\n\nUit de krant\n\n{PAGE.replace('hout', 'steen')}"
    write_files(folder, {"a.txt": two, "_folder.meta.toml": 'split_before = "Uit de krant"'})
    write_files(below, {"b.txt": two.replace("kade", "brug")})
    assert [file.name for file in list_files([folder])] == ["a.txt", "b.txt"]
    assert list_sources([folder]).lonely() == []
    pipeline.ingest(folder)
    counts = (
        "SELECT file_name, count(*) FROM articles JOIN documents USING (document_id) GROUP BY 1"
    )
    assert sorted(rows(pipeline, counts)) == [("a.txt", 2), ("b.txt", 2)]
    write_files(folder, {"_folder.meta.toml": "split_before = false"})
    assert pipeline.ingest(folder / "a.txt").files_known == 0
    assert sorted(rows(pipeline, counts)) == [("a.txt", 1), ("b.txt", 2)]
    assert pipeline.ingest(folder).files_known == 1
    assert sorted(rows(pipeline, counts)) == [("a.txt", 1), ("b.txt", 1)]


def test_what_seems_to_be_several_articles_can_be_released(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    names = ("Velmoor Courier", "Brenn Post", "Marren Echo", "Quay Mail")
    parts = (f"{name}\n\n{as_text(one)}" for name, one in zip(names, stories(4), strict=True))
    write_files(tmp_path / "in", {"cuttings.txt": "\n\n".join(parts)})
    assert pipeline.ingest(tmp_path / "in").documents_quarantined == 1
    ((document, rule),) = rows(pipeline, "SELECT document_id, rule FROM quarantine")
    assert rule == "several_articles"
    pipeline.release(str(document), "A reader for school.")
    published = "SELECT author, date_published, publisher, completeness FROM articles"
    assert rows(pipeline, published) == [(None, None, None, "unknown")]
