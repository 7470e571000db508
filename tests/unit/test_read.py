"""A file as read, from Python: its documents, what goes with each article, and what is stated."""

from __future__ import annotations

from pathlib import Path

import pytest

import knipsel
from knipsel.warehouse.intake.inbox import NoSuchPathError
from tests.archives import zipped
from tests.pipeline import SAMPLES, Pipeline, write_files
from tests.texts import article

RECORDS = b'{"title": "A", "text": "%s"}\n{"title": "B", "text": "%s"}\n' % (
    b"Een lange zin over de haven en het water. " * 5,
    b"Nog een lange zin over de kade en de boten. " * 5,
)


def test_an_archive_is_several_documents(tmp_path: Path) -> None:
    """Itself first, then each member; all articles are there together, as are all reasons."""
    content = zipped({"a.txt": article(1), "b.txt": "Home", "c.txt": article(3)})
    found = knipsel.read(content, name="pack.zip")
    assert [one.path for one in found.documents] == [
        "pack.zip",
        *(f"pack.zip!/{name}.txt" for name in "abc"),
    ]
    assert found.documents[0].notes == ("Taken apart; files in it: 3.",)
    assert [one.text for one in found.articles] == [article(1), article(3)]
    assert [(one.rule, one.table_name) for one in found.rejections] == [("no_article", "documents")]
    assert [one.status for one in found.documents[1:]] == ["published", "quarantined", "published"]
    (tmp_path / "pack.zip").write_bytes(content)
    assert knipsel.read(tmp_path / "pack.zip", name="pack.zip") == found


def test_what_is_in_the_tables_is_with_the_article(released: Pipeline) -> None:
    """Every row that an ingest makes of a file goes with its article or its document."""
    files = sorted(SAMPLES.iterdir())
    read = {one.document_id: one for file in files for one in knipsel.read(file).documents}
    articles = [article for one in read.values() for article in one.articles]
    warehouse = knipsel.open(released.warehouse.root)
    tables = {
        "articles": len(articles),
        "removed_spans": sum(len(one.removed_spans) for one in read.values()),
        "article_authors": sum(len(one.authors) for one in articles),
    }
    for part in (
        "paragraphs",
        "statements",
        "quotations",
        "mentions",
        "time_expressions",
        "topics",
    ):
        tables[part] = sum(len(getattr(one, part)) for one in articles)
    for table, rows in tables.items():
        assert warehouse.sql(f"SELECT count(*) FROM {table}").fetchone() == (rows,), table


def test_a_language_is_stated_of_all_articles() -> None:
    """It wins over what the text looks like, in every article, and is marked as stated."""
    articles = knipsel.read(RECORDS, language="fr-BE").articles
    assert [one.language for one in articles] == ["fr-BE", "fr-BE"]
    for one in articles:
        (chosen,) = (said for said in one.statements if said.field == "language" and said.chosen)
        assert (chosen.method, chosen.confidence) == ("sidecar", 1.0)
    assert [one.language for one in knipsel.read(RECORDS).articles] == ["nl", "nl"]
    with pytest.raises(ValueError, match="no BCP 47 tag"):
        knipsel.read(RECORDS, language="Nederlands?")


def test_a_reader_of_its_own_gives_the_same(tmp_path: Path) -> None:
    """With what lies beside the file, and what is stated, as in this process."""
    (file, _) = write_files(
        tmp_path,
        {"a.txt": article(1), "a.txt.meta.toml": 'date_published = "2023-03"\nauthor = "A. B."'},
    )
    here = knipsel.read(file, language="de")
    (found,) = here.articles
    assert (found.date_published, found.author, found.language) == ("2023-03", "A. B.", "de")
    assert knipsel.read(file, language="de", apart=True) == here


def test_furniture_of_a_warehouse_is_left_out(tmp_path: Path) -> None:
    line = article(1).split("\n\n")[3]
    (tmp_path / "furniture.toml").write_text(
        f"[[lines]]\nline = '''{line}'''\nuse = true\n", encoding="utf-8"
    )
    (without,) = knipsel.read(article(1).encode(), warehouse=tmp_path).articles
    assert line not in without.text
    assert line in knipsel.read(article(1).encode()).articles[0].text


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPathError, match="There is no file at"):
        knipsel.read(tmp_path / "nowhere.txt")


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="date '20 mei' is no date of EDTF"):
        knipsel.annotate("Gisteren regende het.", date="20 mei")
