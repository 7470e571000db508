"""Each export is opened by the tool that it is for, or by one that reads the same form."""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

import bagit
import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from knipsel.flows.runs.open_warehouse import OpenWarehouse
from knipsel.warehouse.exports.formats import registry
from knipsel.warehouse.exports.formats.model import Format
from knipsel.warehouse.exports.formats.registry import FORMATS
from knipsel.warehouse.exports.formats.tei.elements import (
    TEI,
    XML_ID,
    Span,
    date_attributes,
    element,
    mark_up,
)
from knipsel.warehouse.exports.model import ExportError
from tests.exports.conftest import Export
from tests.exports.test_sharing import name_of, options_of
from tests.pipeline import SAMPLES, Pipeline

CANONICAL = "SELECT count(*) FROM canonical_articles"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei.rng")))


def value(house: OpenWarehouse, query: str) -> int:
    """Return the number that a query gives."""
    row = house.sql(query).fetchone()
    assert row
    return int(row[0])


def test_a_workbook_has_a_sheet_for_each_table_and_says_what_it_is(
    house: OpenWarehouse, export: Export
) -> None:
    exported = export("out.xlsx", tables=["articles", "quotations"])
    book = CalamineWorkbook.from_path(str(exported.files[0]))
    assert book.sheet_names == ["articles", "quotations", "columns", "cite"]
    head, *rows = book.get_sheet_by_name("articles").to_python()
    assert len(rows) == value(house, CANONICAL) == exported.rows["articles"]
    days = [dict(zip(head, row, strict=True))["date_published"] for row in rows]
    assert date(2024, 2, 12) in days
    assert "2023-07" in days
    facts = {str(name): said for name, said in book.get_sheet_by_name("cite").to_python()[1:]}
    assert facts["cite as"] == exported.citation
    assert facts["release"] == "000001"
    meanings = book.get_sheet_by_name("columns").to_python()
    assert ["articles", "headline"] in [row[:2] for row in meanings]


def test_every_table_reads_the_same_in_every_form(house: OpenWarehouse, export: Export) -> None:
    """Polars, pandas and DuckDB find the same rows, whichever of them was written."""
    query = "SELECT article_id, headline, text FROM canonical_articles ORDER BY 1"
    expected = house.sql(query).fetchall()
    files = {name: export(name, query=query).files[0] for name in ("a.csv", "a.jsonl", "a.parquet")}
    assert pl.read_parquet(files["a.parquet"]).rows() == expected
    with duckdb.connect() as connection:
        for file in files.values():
            assert connection.sql(f"FROM '{file}'").fetchall() == expected
    frame = pd.read_csv(files["a.csv"], keep_default_na=False)
    assert frame["text"].tolist() == [row[2] for row in expected]
    lines = pd.read_json(files["a.jsonl"], lines=True)
    assert lines["article_id"].tolist() == [row[0] for row in expected]


@pytest.mark.parametrize("compression", ["snappy", "gzip", "zstd", "none"])
def test_parquet_is_compressed_as_asked_and_describes_itself(
    export: Export, compression: str
) -> None:
    exported = export("out.parquet", compression=compression)
    file = pq.ParquetFile(exported.files[0])
    found = file.metadata.row_group(0).column(0).compression
    assert found == {"none": "UNCOMPRESSED"}.get(compression, compression.upper())
    assert file.schema_arrow.metadata[b"cite as"].decode() == exported.citation
    assert b"headline" in file.schema_arrow.field("headline").metadata[b"description"].lower()


def test_a_database_has_keys_that_hold_and_is_searched(export: Export) -> None:
    exported = export("out.sqlite", tables=["all"])
    with closing(sqlite3.connect(exported.files[0])) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = connection.execute("PRAGMA foreign_key_list(quotations)").fetchall()
        assert {row[2] for row in keys} == {"articles", "paragraphs", "mentions"}
        rows = connection.execute(
            "SELECT headline FROM articles WHERE rowid IN "
            "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'polanie')"
        ).fetchall()
        assert any("Polanië" in (headline or "") for (headline,) in rows)
        (cited,) = connection.execute("SELECT value FROM about WHERE what = 'cite as'").fetchone()
        assert cited == exported.citation
        count = connection.execute("SELECT count(*) FROM columns").fetchone()
        assert count[0] > 100


def test_datasette_shows_a_database_with_its_facets(export: Export) -> None:
    exported = export("out.sqlite", tables=["articles", "quotations"])
    database, metadata = exported.files
    shown = Datasette([str(database)], metadata=json.loads(metadata.read_text("utf-8")))

    async def asked() -> tuple[dict[str, object], str]:
        await shown.invoke_startup()
        answer = await shown.client.get("/out/articles.json?_search=vrede&_shape=objects")
        page = await shown.client.get("/out/articles")
        return answer.json(), page.text

    found, page = asyncio.run(asked())
    assert isinstance(found["facet_results"], dict)
    assert found["facet_results"].keys() >= {"publisher", "language"}
    assert found["rows"]
    assert "The headline, without kicker and site name." in page
    assert exported.citation[:40] in page


@pytest.mark.parametrize("name", ["out.sav", "out.dta"])
def test_statistics_open_with_labels(house: OpenWarehouse, export: Export, name: str) -> None:
    exported = export(name)
    read = pyreadstat.read_sav if name.endswith("sav") else pyreadstat.read_dta
    frame, meta = read(str(exported.files[0]), apply_value_formats=True)
    assert len(frame) == value(house, CANONICAL)
    assert set(frame["completeness"].dropna()) <= {"complete", "teaser", "truncated", "unknown"}
    assert set(frame["is_canonical"]) == {"yes"}
    assert meta.column_names_to_labels["publisher"] == "The outlet that published the article."
    assert exported.citation in exported.files[1].read_text(encoding="utf-8")


def test_tei_is_valid_and_is_the_text(house: OpenWarehouse, export: Export) -> None:
    """Each paragraph is there to the character, with what is marked in it."""
    folder = export("tei", format="tei").files[0]
    documents = {file.stem: etree.parse(file) for file in folder.glob("*.xml")}
    assert len(documents) == value(house, CANONICAL)
    for tree in documents.values():
        SCHEMA.assertValid(tree)
    blocks = {
        one.get(XML_ID): "".join(map(str, one.itertext()))
        for tree in documents.values()
        for one in tree.iter(f"{{{TEI}}}p")
    }
    paragraphs = house.sql(
        "SELECT paragraph_id, paragraphs.text FROM paragraphs "
        "JOIN canonical_articles USING (article_id) WHERE role = 'body'"
    ).fetchall()
    assert len(paragraphs) > 50
    for paragraph_id, text in paragraphs:
        assert blocks[f"a{paragraph_id}"] == text
    said = [one for tree in documents.values() for one in tree.iter(f"{{{TEI}}}said")]
    whole = value(
        house, "SELECT count(*) FROM quotations JOIN canonical_articles USING (article_id)"
    )
    assert 0 < len(said) <= whole
    sources = [one for tree in documents.values() for one in tree.iter(f"{{{TEI}}}bibl")]
    dates = [one.find(f"{{{TEI}}}date") for one in sources]
    assert "2023-07" in [one.get("when") for one in dates if one is not None]


def test_a_corpus_of_tei_is_valid_with_and_without_texts(export: Export) -> None:
    for tier in ("full", "snippet", "metadata"):
        exported = export("out.xml", tier=tier, overwrite=True, copies=True)
        tree = etree.parse(exported.files[0])
        SCHEMA.assertValid(tree)
        gaps = len(list(tree.iter(f"{{{TEI}}}gap")))
        assert gaps == (0 if tier == "full" else exported.rows["articles"])


@pytest.mark.parametrize(
    ("edtf", "first", "last", "attributes"),
    [
        ("2023-03-10", None, None, {"when": "2023-03-10"}),
        ("2022-12", None, None, {"when": "2022-12"}),
        ("2022", None, None, {"when": "2022"}),
        (
            "2022-21", date(2022, 3, 1), date(2022, 5, 31),
            {"notBefore": "2022-03-01", "notAfter": "2022-05-31", "when-custom": "2022-21"},
        ),
        ("2022?", None, None, {"when-custom": "2022?"}),
        (None, None, date(2020, 1, 1), {"notAfter": "2020-01-01"}),
    ],
)  # fmt: skip
def test_dates_in_tei_are_no_finer_than_they_are(
    edtf: str | None, first: date | None, last: date | None, attributes: dict[str, str]
) -> None:
    assert date_attributes(edtf, first, last) == attributes


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 2)), max_size=8)


@given(st.text("ab <&é😀", max_size=30), SPANS)
def test_marked_text_stays_the_text(text: str, spans: list[tuple[int, int, int]]) -> None:
    block = element("p")
    made = [Span(start, end, rank, f"e{rank}") for start, end, rank in spans]
    left_out = mark_up(block, text, made)
    assert "".join(map(str, block.itertext())) == text
    assert len(list(block.iter())) - 1 == len(made) - left_out
    possible = [one for one in made if 0 <= one.start < one.end <= len(text)]
    pairs = [(one, two) for one in possible for two in possible if one.start <= two.start]
    nested = all(
        one.end <= two.start or two.end <= one.end or one.start == two.start for one, two in pairs
    )
    if nested:
        assert left_out == len(made) - len(possible)


def test_a_bag_is_valid_and_notices_a_change(export: Export) -> None:
    folder = export("bag", format="bagit", tables=["articles", "quotations"]).files[0]
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    assert bag.info["Bagging-Date"] == "2024-06-01"
    assert "rows of quotations" in bag.info["External-Description"]
    with (folder / "data" / "articles.csv").open("a") as file:
        file.write("x")
    assert not bagit.Bag(str(folder)).is_valid()


def test_quanteda_gets_a_table_and_a_script(house: OpenWarehouse, export: Export) -> None:
    folder = export("r", format="quanteda").files[0]
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    assert head[:2] == ["doc_id", "text"]
    assert len(rows) == value(house, CANONICAL)
    if shutil.which("Rscript"):
        code = 'source("read.R"); cat(nrow(articles), sum(nchar(articles$text) == 0))'
        done = subprocess.run(
            ["Rscript", "-e", code], cwd=folder, check=True, capture_output=True, text=True
        )
        assert done.stdout == f"{len(rows)} 0"


def test_amcat_gets_days_and_no_made_up_ones(export: Export) -> None:
    exported = export("out.csv", format="amcat")
    with exported.files[0].open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {"title", "date", "text"} <= rows[0].keys()
    by_known = {row["date_published"]: row["date"] for row in rows}
    assert by_known["2024-02-12"] == "2024-02-12"
    assert by_known["2023-07"] == ""
    assert any("no day is known" in note for note in exported.notes)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_release_is_the_same_bytes(export: Export, form: Format) -> None:
    """Also when it is written anew in the place of the first."""

    def content(folder: Path) -> dict[str, bytes]:
        files = (file for file in folder.rglob("*") if file.is_file())
        return {str(file.relative_to(folder)): file.read_bytes() for file in files}

    first = content(export(name_of(form), **options_of(form)).files[0].parent)
    again = export(name_of(form), overwrite=True, **options_of(form))
    assert content(again.files[0].parent) == first
    everything = b"".join(first.values())
    assert form.name in {"xlsx", "sqlite"} or again.citation.encode() in everything


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("out.doc", {}, "no ending that tells a format"),
        ("out", {"format": "word"}, "no format word"),
        ("out.csv", {"tables": ["articles", "mentions"]}, "name a folder"),
        ("out.csv", {"tables": ["nonsense"]}, "no table nonsense"),
        ("out.csv", {"query": "SELECT 1", "search": "vrede"}, "leave --search"),
        ("out.xml", {"tables": ["mentions"]}, "articles alone"),
        ("out.csv", {"tier": "some"}, "no tier some"),
        ("out.csv", {"tier": "snippet", "snippet_words": 1000}, "from 1 to 200"),
        ("out.parquet", {"compression": "rar"}, "no compression rar"),
        ("out", {"format": "xlsx"}, "ends in .xlsx"),
        ("out.csv", {"policy": "/nonexistent.toml"}, "no policy"),
        ("out.csv", {"search": "vre\udcffde"}, "no text in Unicode"),
        ("out.csv", {"query": "SELECT '\udcff'"}, "no text in Unicode"),
        ("o\udcff.csv", {}, "no text in Unicode"),
        ("out.csv", {"policy": "/nonexistent.toml", "no_policy": True}, "not both"),
    ],
)
def test_what_does_not_go_together_is_refused(
    export: Export, tmp_path: Path, name: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(ExportError, match=said):
        export(name, **options)
    assert not list((tmp_path / "out").glob("*"))


def test_nothing_of_somebody_s_is_lost(export: Export, tmp_path: Path) -> None:
    export("out.csv")
    with pytest.raises(ExportError, match="is there already"):
        export("out.csv")
    own = tmp_path / "out" / "folder"
    own.mkdir()
    (own / "thesis.docx").touch()
    with pytest.raises(ExportError, match="other things"):
        export("folder", format="csv", overwrite=True)
    (own / "README.md").write_text("My thesis", encoding="utf-8")
    with pytest.raises(ExportError, match="other things"):
        export("folder", format="csv", overwrite=True)
    assert (own / "thesis.docx").exists()
    (export("of-mine", format="csv").files[0] / "thesis.docx").touch()
    with pytest.raises(ExportError, match="other things"):
        export("of-mine", format="csv", overwrite=True)


def test_a_release_that_changes_meanwhile_is_not_exported(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knipsel.warehouse.exports.write.release_digest", lambda _: "another")
    with pytest.raises(ExportError, match="written anew meanwhile"):
        export("out.csv")
    assert not list((tmp_path / "out").iterdir())


def test_nothing_is_written_among_the_program_s_files(house: OpenWarehouse) -> None:
    """Whoever works in a checkout may think of a folder of that name."""
    room = Path(registry.__file__).resolve().parents[1]
    with pytest.raises(ExportError, match="files of the program"):
        house.export(room / "mine.csv")
    assert not (room / "mine.csv").exists()


def test_what_is_exported_is_chosen(house: OpenWarehouse, export: Export) -> None:
    every = export("all.csv", copies=True).rows["articles"]
    once = export("once.csv").rows["articles"]
    assert every == value(house, "SELECT count(*) FROM articles") > once
    found = export("found.csv", search="vrede", tables=["articles"])
    assert found.rows["articles"] == len(house.search("vrede").identifiers()) > 0
    assert "articles found by `vrede`" in found.citation
    said = export("said.csv", search="vrede", tables=["quotations"]).rows["quotations"]
    assert 0 < said < export("allsaid.csv", tables=["quotations"]).rows["quotations"]
    assert export("one.csv", release="1").release == "000001"


def test_an_export_is_cited_by_the_name_of_the_corpus(pipeline: Pipeline, tmp_path: Path) -> None:
    """Title, makers, licence and rights come from `corpus.toml`, as the release has it."""
    said = """title = "Het Waddenkorpus"
metadata_licence = "CC0-1.0"
rights = "Vraag het de kranten."
creators = [{ given_name = "Anna", family_name = "Verhoeven" }]
"""
    pipeline.warehouse.root.mkdir(parents=True)
    (pipeline.warehouse.root / "corpus.toml").write_text(said, encoding="utf-8")
    pipeline.ingest(SAMPLES / "essay-stille-vrede.txt")
    pipeline.publish()
    house = OpenWarehouse(pipeline.warehouse, pipeline.settings)
    exported = house.export(tmp_path / "out.csv")
    assert exported.citation.startswith("Verhoeven, Anna (2024): Het Waddenkorpus. Release 000001.")
    page = exported.files[1].read_text(encoding="utf-8")
    assert page.startswith("# Het Waddenkorpus: an export")
    assert "| licence of metadata | CC0-1.0 |" in page
    assert "| rights | Vraag het de kranten. |" in page


def test_columns_of_a_query_have_any_name_and_type(export: Export) -> None:
    query = """SELECT 1 AS "a b", 2 AS "a b", sum(word_count) AS "sum", [1, 2] AS l,
        ['x', 'y'] AS s, {'k': 1} AS st, DATE '2020-01-01' AS d, INTERVAL 1 DAY AS i,
        1.5::DECIMAL(4, 2) AS m, NULL AS n, 'x'::BLOB AS b,
        uuid '00000000-0000-0000-0000-000000000000' AS "=u"
        FROM articles"""
    for name in ("q.csv", "q.xlsx", "q.jsonl", "q.parquet", "q.sqlite", "q.sav", "q.dta"):
        assert export(name, query=query).rows == {"query": 1}
