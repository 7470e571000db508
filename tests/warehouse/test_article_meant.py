"""Which article a person means, who rarely knows its identifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.flows.cli import main as command_line
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import (
    NoSuchArticleError,
    SeveralArticlesError,
    find_meant,
)
from knipsel.warehouse.queries.queries import open_lake_for_questions
from tests.pipeline import Pipeline, write_files
from tests.texts import article


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a warehouse with four articles, one of them twice, one without a headline."""
    folder: Path = tmp_path_factory.mktemp("meant")
    stated = {
        "trouw/een.txt": "Vrede aan de kade",
        "trouw/twee.txt": "Café aan de kade\u202e",
        "parool/drie.txt": "vrede aan de Kade",
    }
    files = {name: article(at) for at, name in enumerate(stated)}
    files |= {f"{name}.meta.toml": f'headline = "{said}"' for name, said in stated.items()}
    files |= {"parool/copy.txt": files["trouw/een.txt"] + "\nEinde.\n", "none.txt": article(9)}
    files["parool/copy.txt.meta.toml"] = 'headline = "Vrede aan de kade, nogmaals"'
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"))
    write_files(folder / "inbox", files)
    pipeline.ingest(folder / "inbox")
    return pipeline.warehouse


def _found(house: Warehouse, wanted: str) -> str:
    with open_lake_for_questions(house) as connection:
        row = find_meant(connection, wanted)
        (file,) = connection.execute(
            "SELECT file_name FROM documents WHERE document_id = $1", [row["document_id"]]
        ).fetchone() or ("",)
    return str(file)


@pytest.mark.parametrize(
    ("wanted", "file"),
    [
        ("cafe kade", "twee.txt"),
        ("KADE CAFÉ", "twee.txt"),
        ("trouw/twee.txt", "twee.txt"),
        ("copy.txt", "copy.txt"),
        ("none.txt", "none.txt"),
        ("nogmaals", "copy.txt"),
    ],
)
def test_it_is_found_by_what_people_know(house: Warehouse, wanted: str, file: str) -> None:
    assert _found(house, wanted) == file


def test_a_whole_headline_is_surer_than_its_words(house: Warehouse) -> None:
    """Two have it but for capitals; the third has more words, and the copy does not count."""
    with pytest.raises(SeveralArticlesError, match="2 articles fit 'vrede aan de kade'") as caught:
        _found(house, "vrede aan de kade")
    assert len(caught.value.candidates) == 2


def test_what_begins_so_is_meant_before_what_is_called_so(house: Warehouse) -> None:
    with open_lake_for_questions(house) as connection:
        name = find_meant(connection, "twee.txt")["article_id"]
        assert find_meant(connection, name)["article_id"] == name
        assert find_meant(connection, name[:9].upper())["article_id"] == name


@pytest.mark.parametrize("wanted", ["", " ", "zzz kade", "%", "wee.txt"])
def test_what_nothing_has_is_said(house: Warehouse, wanted: str) -> None:
    with pytest.raises(NoSuchArticleError):
        _found(house, wanted)


def test_the_command_lists_them(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each in a line of its own, in which nothing steers the terminal."""
    monkeypatch.setattr("sys.argv", ["knipsel", "show", "kade", "--warehouse", str(house.root)])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 1
    first, *lines = capsys.readouterr().err.strip().splitlines()
    assert "3 articles fit 'kade'" in first
    assert len(lines) == 3
    assert "\u202e" not in "".join(lines)
