"""What `_folder.meta.toml` states: for all files below it, outside of archives and in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.flows.read.files import read
from knipsel.flows.runs.summary import curated_notes
from knipsel.warehouse.intake.containers import meter
from knipsel.warehouse.intake.inbox import list_sources
from tests.archives import opened, refused, tarred, zipped
from tests.pipeline import Pipeline, write_files
from tests.warehouse.test_curated import PAGE, rows

FACTS = (
    "SELECT file_name, publisher, genre FROM articles JOIN documents USING (document_id) ORDER BY 1"
)
HOLDS = 'publisher = "De Kadekrant"\ngenre = "column"'
SAYS = "SELECT value, method FROM statements WHERE chosen AND field = 'publisher' ORDER BY ALL"


def other(word: str) -> str:
    """Return a page that is not the same as others."""
    return PAGE.replace("hout", word)


def test_the_nearest_says_it_key_by_key(pipeline: Pipeline, tmp_path: Path) -> None:
    top, below = tmp_path / "in", tmp_path / "in" / "x" / "deep"
    write_files(top, {"a.txt": other("ijs"), "_folder.meta.toml": HOLDS})
    write_files(
        below, {"b.txt": PAGE, "c.txt": other("riet"), "c.txt.meta.toml": 'genre = "essay"'}
    )
    write_files(below, {"_folder.meta.toml": 'publisher = "Trouw"'})
    pipeline.ingest(top)
    assert rows(pipeline, FACTS) == [
        ("a.txt", "De Kadekrant", "column"),
        ("b.txt", "Trouw", "column"),
        ("c.txt", "Trouw", "essay"),
    ]
    assert {method for _, method in rows(pipeline, SAYS)} == {"folder_file"}
    assert rows(pipeline, "SELECT * FROM documents WHERE file_name LIKE '%.toml'") == []


def test_what_changes_is_read_again_and_nothing_else(pipeline: Pipeline, tmp_path: Path) -> None:
    """A remark in it changes nothing; an empty one takes back; to take it away does not."""
    top = tmp_path / "in"
    write_files(top, {"a.txt": PAGE, "_folder.meta.toml": HOLDS})
    write_files(top / "x", {"b.txt": other("riet"), "_folder.meta.toml": 'genre = "essay"'})
    known = [pipeline.ingest(top).files_known]
    write_files(top, {"_folder.meta.toml": f"# Of the reading room.\n{HOLDS}\n"})
    known += [pipeline.ingest(top).files_known]
    write_files(top, {"_folder.meta.toml": 'publisher = "De Kadekrant"'})
    known += [pipeline.ingest(top).files_known]
    assert known == [0, 2, 1]
    (top / "_folder.meta.toml").unlink()
    (top / "x" / "_folder.meta.toml").unlink()
    assert pipeline.ingest(top).files_known == 2
    write_files(top, {"_folder.meta.toml": ""})
    assert pipeline.ingest(top).files_known == 0
    assert rows(pipeline, FACTS) == [("a.txt", None, None), ("b.txt", None, None)]


def test_it_is_looked_for_within_what_was_given(tmp_path: Path) -> None:
    """A folder with all below it; of a file that is named, its own folder alone."""
    top, below = tmp_path / "in", tmp_path / "in" / "x"
    for folder in (tmp_path, top, below):
        write_files(folder, {"a.txt": PAGE, "_folder.meta.toml": HOLDS})

    def above(*given: Path) -> list[Path]:
        return [one.parent for one in list_sources(given).folder_files(below / "a.txt")]

    assert above(top) == [below, top]
    assert above(below) == [below]
    assert above(below / "a.txt") == above(below / "a.txt", top / "a.txt") == [below]
    assert above(below / "a.txt", top) == [below, top]
    assert above(below, top / "_folder.meta.toml") == [below, top]


def test_a_sidecar_that_is_named_is_no_source(tmp_path: Path) -> None:
    """As when a shell names all that lies in a folder."""
    files = write_files(
        tmp_path,
        {"a.txt": PAGE, "_folder.meta.toml": HOLDS, "a.txt.meta.toml": "", "b.meta.toml": ""},
    )
    found = list_sources(files)
    assert [file.name for file in found.files] == ["a.txt"]
    assert found.lonely() == [tmp_path / "b.meta.toml"]


def test_one_above_nothing_is_told(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"_folder.meta.toml": HOLDS})
    write_files(tmp_path / "in" / "x", {"a.txt": PAGE})
    write_files(tmp_path / "in" / "y", {"_folder.meta.toml": HOLDS})
    assert list_sources([tmp_path / "in"]).lonely() == [tmp_path / "in" / "y" / "_folder.meta.toml"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('headline = "A"', "headline: cannot be said of all files below a folder; known are"),
        ("publisher =", "Invalid value"),
        (
            'file_names = "{publisher}{date}"',
            "file_names: {publisher} and {date} stand side by side",
        ),
        ("date_published = 2023-03-10", "date_published: must be a text"),
    ],
)
def test_a_bad_one_holds_back_all_below_and_is_named(
    pipeline: Pipeline, tmp_path: Path, text: str, problem: str
) -> None:
    write_files(tmp_path / "in", {"_folder.meta.toml": text})
    write_files(tmp_path / "in" / "x", {"a.txt": PAGE, "a.txt.meta.toml": 'genre = "essay"'})
    assert pipeline.ingest(tmp_path / "in").documents_quarantined == 1
    ((rule, message),) = rows(pipeline, "SELECT rule, message FROM quarantine")
    assert rule == "bad_sidecar"
    assert f"{tmp_path}/in/_folder.meta.toml: {problem}" in str(message)
    write_files(tmp_path / "in", {"_folder.meta.toml": ""})
    assert pipeline.ingest(tmp_path / "in").documents_published == 1


def test_it_holds_for_every_article_of_a_file(pipeline: Pipeline, tmp_path: Path) -> None:
    two = f"{PAGE}\n\n+++\n\n{other('riet')}"
    said = f'{HOLDS}\nsplit_before = "+++"\nlicense = "https://example.org/l"'
    write_files(tmp_path / "in", {"a.txt": two, "_folder.meta.toml": said})
    pipeline.ingest(tmp_path / "in")
    found = rows(pipeline, "SELECT publisher, license FROM articles")
    assert found == [("De Kadekrant", "https://example.org/l")] * 2


def _archive(inner: dict[str, str]) -> bytes:
    return zipped(
        {
            "_folder.meta.toml": 'publisher = "Trouw"',
            "a.txt": PAGE,
            "x/b.txt": other("riet"),
            "x/b.txt.meta.toml": 'genre = "essay"',
            "x/_folder.meta.toml": 'publisher = "De Kadekrant"',
            "inner.zip": zipped(inner),
        }
    )


def test_in_archives_and_around_them(pipeline: Pipeline, tmp_path: Path) -> None:
    """The nearest says it, from the innermost archive to the folder outside."""
    folder = tmp_path / "in"
    write_files(folder, {"_folder.meta.toml": 'genre = "column"\npublisher = "Nobody"'})
    inner = {
        "c.txt": other("ijs"),
        "y/d.txt": other("leem"),
        "y/_folder.meta.toml": 'genre = "review"',
    }
    (folder / "all.zip").write_bytes(_archive(inner))
    pipeline.ingest(folder)
    expected = [
        ("a.txt", "Trouw", "column"),
        ("b.txt", "De Kadekrant", "essay"),
        ("c.txt", "Trouw", "column"),
        ("d.txt", "Trouw", "review"),
    ]
    assert rows(pipeline, FACTS) == expected
    assert rows(pipeline, "SELECT * FROM documents WHERE file_name LIKE '%.toml'") == []
    assert pipeline.ingest(folder).files_known == 6
    write_files(folder, {"_folder.meta.toml": 'genre = "interview"'})
    pipeline.ingest(folder)
    assert [row[2] for row in rows(pipeline, FACTS)] == [
        "interview",
        "essay",
        "interview",
        "review",
    ]
    pipeline.transform_version = "later"
    pipeline.reprocess()
    assert [row[2] for row in rows(pipeline, FACTS)] == [
        "interview",
        "essay",
        "interview",
        "review",
    ]


def test_a_sidecar_of_an_archive_is_of_all_in_it(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_files(folder, {"all.tar.meta.toml": 'publisher = "Trouw"\nheadline = "No"'})
    (folder / "all.tar").write_bytes(tarred([("x/a.txt", PAGE.encode())]))
    pipeline.ingest(folder)
    assert rows(pipeline, "SELECT publisher, headline FROM articles") == [
        ("Trouw", "Een kade van hout")
    ]


def test_a_bad_one_in_an_archive_is_named(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "all.zip").write_bytes(
        zipped({"x/_folder.meta.toml": "a", "x/a.txt": PAGE, "b.txt": other("x")})
    )
    pipeline.ingest(folder)
    ((name, message),) = rows(pipeline, "SELECT file_name, message FROM quarantine")
    assert name == "a.txt"
    assert f"{folder}/all.zip!/x/_folder.meta.toml: " in str(message)


def test_sidecars_in_archives_are_counted_and_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(
        zipped({"a.txt": PAGE, "b.txt.meta.toml": "", "_folder.meta.toml": ""}), tmp_path
    )
    (tmp_path / "b").mkdir()
    assert [member.path for member in found.members] == ["a.txt"]
    assert found.container.passed_over == {"sidecar": 1}
    monkeypatch.setattr(meter, "SIDECAR_BYTES", 100)
    large = {f"x/{n}.meta.toml": "#" * 60 for n in range(2)}
    rule, message = refused(zipped({"a.txt": PAGE, "inner.zip": zipped(large)}), tmp_path / "b")
    assert rule == "archive_bomb"
    assert ".meta.toml" in message


def test_a_file_is_previewed_as_an_ingest_of_it_would_read_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": PAGE, "_folder.meta.toml": HOLDS})
    (tmp_path / "all.zip").write_bytes(zipped({"a.txt": other("riet")}))
    assert [one.publisher for one in read(tmp_path / "a.txt").articles] == ["De Kadekrant"]
    assert [one.publisher for one in read(tmp_path / "all.zip").articles] == ["De Kadekrant"]


def test_names_of_files_by_a_pattern(pipeline: Pipeline, tmp_path: Path) -> None:
    """A name without the form says nothing, is told, and is read again once it has it."""
    folder = tmp_path / "in"
    write_files(folder, {"_folder.meta.toml": 'file_names = "{publisher}_{date}_{section}.txt"'})
    write_files(folder, {"Trouw_2021-05_kunst.txt": PAGE, "los.txt": other("riet")})
    pipeline.ingest(folder)
    facts = (
        "SELECT publisher, date_published, article_section FROM articles "
        "JOIN documents USING (document_id) ORDER BY file_name"
    )
    assert rows(pipeline, facts) == [("Trouw", "2021-05", "kunst"), (None, "2023-03-10", None)]
    told = rows(pipeline, "SELECT value, method, note FROM statements WHERE field = 'file_names'")
    assert told == [("los.txt", "file_names:misnamed", "{publisher}_{date}_{section}.txt")]
    (_, note) = curated_notes([], pipeline.warehouse, "run-1")
    assert "the first is los.txt" in note
    (folder / "los.txt").rename(folder / "NRC_20220301_sport.txt")
    pipeline.ingest(folder)
    assert rows(pipeline, facts)[0] == ("NRC", "2022-03-01", "sport")


def test_names_in_archives_by_a_pattern_outside(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_files(folder, {"_folder.meta.toml": 'file_names = "{publisher}_{date}.txt"'})
    (folder / "all.zip").write_bytes(zipped({"x/Het Kanaal_2021.txt": PAGE}))
    pipeline.ingest(folder)
    assert rows(pipeline, "SELECT publisher, date_published FROM articles") == [
        ("Het Kanaal", "2021")
    ]
