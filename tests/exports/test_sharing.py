"""What may not be passed on is in no export, in whatever form, under whatever name."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from knipsel.flows.runs.open_warehouse import OpenWarehouse
from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.exports import shared
from knipsel.warehouse.exports.formats.model import Format
from knipsel.warehouse.exports.formats.registry import FORMATS
from knipsel.warehouse.exports.leaks import LeakError
from knipsel.warehouse.exports.model import ExportError
from knipsel.warehouse.exports.policy import Policy, Rule, Sharing, read_policy
from knipsel.warehouse.exports.runs import runs_of
from knipsel.warehouse.queries.sandbox import RefusedQueryError
from tests.exports.conftest import Export
from tests.exports.reading import all_text, runs
from tests.pipeline import Pipeline, write_files

TEXTS = "SELECT text, headline, alternative_headline FROM articles"


def options_of(form: Format) -> dict[str, object]:
    """Return what exports as much as a format holds."""
    return {"format": form.name} | ({} if form.of_articles else {"tables": ["all"]})


def name_of(form: Format) -> str:
    """Return a target of a format that holds several tables."""
    return f"out{form.ending}" if form.write and not form.is_folder else "out"


def test_every_column_of_text_says_what_it_holds() -> None:
    """A new column cannot be forgotten; where it is, it counts as text and is held back."""
    unsaid = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.is_free_text and column.holds is None
    ]
    assert unsaid == []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_no_run_of_six_words_is_in_a_share_without_texts(
    house: OpenWarehouse, export: Export, form: Format
) -> None:
    """But for headlines, none of all texts is, in no file and no table."""
    rows = house.sql(TEXTS).fetchall()
    withheld = set().union(*(runs(text) for text, *_ in rows))
    withheld -= set().union(*(runs(one) for _, *heads in rows for one in heads if one))
    assert len(withheld) > 3000
    exported = export(name_of(form), tier="metadata", **options_of(form))
    written = all_text(exported.files[0].parent)
    assert exported.tiers == {"metadata": exported.rows["articles"]}
    assert "De Havenbode" in written
    assert withheld & runs(written) == set()


def test_a_snippet_is_the_first_words_and_no_more(house: OpenWarehouse, export: Export) -> None:
    exported = export("out.csv", tier="snippet", snippet_words=8)
    with duckdb.connect() as connection:
        shown = connection.sql(f"SELECT article_id, text, tier FROM '{exported.files[0]}'")
        rows = shown.fetchall()
    whole = dict(house.sql("SELECT article_id, text FROM articles").fetchall())
    assert rows
    for article_id, text, tier in rows:
        assert tier == "snippet"
        assert text == " ".join(whole[article_id].split()[:8]) + " …" or "\n" in text
        assert len(text.removesuffix(" …").split()) == 8


def test_a_leak_is_refused_and_nothing_is_left(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever lets a text through, the written files are searched for it."""
    monkeypatch.setattr(shared, "shared_query", lambda table, *_: f"FROM whole.{table.name}")
    for form in FORMATS:
        if form.of_articles and form.name != "tei":
            continue
        with pytest.raises(LeakError, match="held back") as refused:
            export(name_of(form), tier="metadata", format=form.name, **tables_with_text(form))
        assert "article " in str(refused.value)
        assert list((tmp_path / "out").iterdir()) == []


def test_a_fact_that_repeats_a_text_goes_with_it(pipeline: Pipeline, tmp_path: Path) -> None:
    """An edition may be printed above the text and in it; without it the rest is exported."""
    line = "Uit de gedrukte editie van zaterdag drie mei"
    text = f"{line}. De haven van Zoutmonde blijft voorlopig dicht, zei de wethouder daar gisteren."
    files = {name: f"{text} Dat is het {name} artikel." * 8 for name in ("eerste", "tweede")}
    written = write_files(tmp_path / "in", {f"{name}.txt": said for name, said in files.items()})
    for file, edition in zip(written, (line, "Zaterdag"), strict=True):
        beside = file.with_name(f"{file.name}.meta.toml")
        beside.write_text(f'article_section = "{edition}"\n', encoding="utf-8")
    pipeline.ingest(tmp_path / "in")
    pipeline.publish()
    house = OpenWarehouse(pipeline.warehouse, pipeline.settings)
    exported = house.export(tmp_path / "out.csv", tier="metadata", copies=True)
    content = exported.files[0].read_text(encoding="utf-8")
    assert "Zaterdag" in content
    assert "gedrukte" not in content
    assert any("articles.article_section" in note for note in exported.notes)


def tables_with_text(form: Format) -> dict[str, object]:
    """Return a table whose names are text here: columns that hold none are all that is left."""
    query = "SELECT article_id, left(text, 300) AS beginning FROM articles"
    return {} if form.of_articles else {"query": query}


QUERIES_ON_THE_SIDE = (
    "FROM whole.articles",
    "FROM memory.whole.articles",
    'SELECT * FROM "WHOLE"."articles"',
    "FROM '/etc/passwd'",
    "FROM 'articles/part-0.parquet'",
    "FROM read_parquet('articles/part-0.parquet')",
    "SELECT * FROM query_table('whole.articles')",
    "SELECT (SELECT max(text) FROM whole.paragraphs)",
    "SELECT getenv('HOME')",
    "COPY articles TO 'x.csv'",
)


@pytest.mark.parametrize("query", QUERIES_ON_THE_SIDE)
def test_a_query_reads_what_is_shared_and_nothing_else(
    export: Export, query: str, tmp_path: Path
) -> None:
    with pytest.raises((RefusedQueryError, duckdb.Error)):
        export("out.csv", query=query, tier="metadata")
    assert not (tmp_path / "out" / "out.csv").exists()


def test_what_a_query_computes_of_a_withheld_text_is_nothing(export: Export) -> None:
    query = """SELECT article_id, upper(articles.text) AS t, string_agg(quotations.text) AS q,
        count(*) AS n FROM articles JOIN quotations USING (article_id) GROUP BY ALL ORDER BY 1"""
    exported = export("out.csv", query=query, tier="metadata")
    lines = exported.files[0].read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1
    assert all(line.split(",")[1:3] == ["", ""] for line in lines[1:])


def rank_of(policy: Policy, **values: str | None) -> str:
    """Return the tier of an article."""
    columns = ("publisher", "license", "date_published_not_before", "date_published_not_after")
    cells = (f"'{values[name]}'" if values.get(name) else "NULL" for name in columns)
    casts = ("VARCHAR", "VARCHAR", "DATE", "DATE")
    row = ", ".join(
        f"CAST({cell} AS {kind}) AS {name}"
        for cell, kind, name in zip(cells, casts, columns, strict=True)
    )
    rank = Sharing("full", policy, 25).rank()
    found = duckdb.sql(f"SELECT {rank} FROM (SELECT {row})").fetchone()
    assert found
    return ("metadata", "snippet", "full")[found[0]]


FREE = Rule(tier="full", license=("https://creativecommons.org/*",))
OLD = Rule(tier="snippet", published_before="1990")  # type: ignore[arg-type]
BODE = Rule(tier="metadata", publisher=("De Bode",))
CC = "https://creativecommons.org/licenses/by/4.0/"
EIGHTIES = {"date_published_not_before": "1985-01-01", "date_published_not_after": "1985-12-31"}
ABOUT_1990 = {"date_published_not_before": "1989-01-01", "date_published_not_after": "1990-12-31"}


@pytest.mark.parametrize(
    ("default", "values", "tier"),
    [
        ("metadata", {"publisher": "Het Blad"}, "metadata"),
        ("metadata", {"publisher": "Het Blad", "license": CC, **ABOUT_1990}, "snippet"),
        ("metadata", {"publisher": "Het Blad", **EIGHTIES}, "snippet"),
        ("metadata", {"publisher": "Het Blad", **ABOUT_1990}, "metadata"),
        ("full", {"publisher": "De Bode", "license": CC, **EIGHTIES}, "metadata"),
        ("full", {"publisher": None, "license": CC, **EIGHTIES}, "metadata"),
        ("full", {"publisher": "het blad", "license": CC, **EIGHTIES}, "snippet"),
    ],
)
def test_the_strictest_rule_that_may_fit_counts(
    default: str, values: dict[str, str | None], tier: str
) -> None:
    policy = Policy.model_validate({"default": default, "rules": (FREE, OLD, BODE)})
    assert rank_of(policy, **values) == tier


def test_a_policy_decides_article_by_article(
    house: OpenWarehouse, export: Export, tmp_path: Path
) -> None:
    """What it lets out is there in full, and so is all that is made of it."""
    file = tmp_path / "sharing.toml"
    file.write_text('[[rules]]\ntier = "full"\npublisher = "De Havenbode"\n', encoding="utf-8")
    exported = export("out", format="csv", tables=["articles", "quotations"], policy=file)
    assert exported.tiers["full"] == 1
    assert exported.tiers["metadata"] == exported.rows["articles"] - 1
    folder = exported.files[0]
    with duckdb.connect() as connection:
        rows = connection.sql(
            f"SELECT publisher = 'De Havenbode', tier, count(text) = count(*) "
            f"FROM '{folder}/articles.csv' GROUP BY ALL"
        ).fetchall()
        assert {row for row in rows if row[0]} == {(True, "full", True)}
        assert all(tier == "metadata" and not has for named, tier, has in rows if not named)
        said = connection.sql(f"FROM '{folder}/quotations.csv' WHERE text IS NOT NULL").fetchall()
    (count,) = house.sql(
        "SELECT count(*) FROM who_said_what WHERE publisher = 'De Havenbode'"
    ).fetchone() or (0,)
    assert len(said) == count > 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("default = 'some'", "default"),
        ("[[rules]]\ntier = 'full'\npaper = 'x'", "paper"),
        ("[[rules]]\ntier = 'full'\npublished_before = 'soon'", "it is no date"),
        ("snippet_words = 0", "snippet_words"),
        ("= 1", "no TOML"),
    ],
)
def test_a_policy_that_is_wrong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "sharing.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match=said):
        read_policy(file)


def test_the_warehouse_s_own_policy_holds(house: OpenWarehouse, tmp_path: Path) -> None:
    """It is in force without being named, but for whoever exports for themselves."""
    own = house.folder / "sharing.toml"
    own.write_text('default = "snippet"\nsnippet_words = 5\n', encoding="utf-8")
    try:
        shared_out = house.export(tmp_path / "shared.csv")
        mine = house.export(tmp_path / "mine.csv", no_policy=True)
    finally:
        own.unlink()
    assert list(shared_out.tiers) == ["snippet"]
    assert list(mine.tiers) == ["full"]


def test_runs_do_not_cross_texts() -> None:
    assert len(runs_of(["a b c d e f g"])) == 2
    assert len(runs_of(["a b c", "d e f", "een twee"])) == 0
    assert set(runs_of(["A, b; c d e f!"])) == set(runs_of(["a b c d e F"]))
