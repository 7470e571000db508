"""What articles carry once their copies and the other articles of their outlet were asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pytest

from knipsel.flows.keep.retract import retract
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.settle.doubt import doubts
from knipsel.warehouse.retraction.targets import Request
from tests.pipeline import Pipeline, write_files

pytestmark = pytest.mark.long  # whole warehouses, again and again

SLOGAN = "Het nieuws uit jouw streek, elke dag vers"
NAMES = ("Jan Dirksen", "Anna Verloo", "Piet Hamer", "Els Brinkman")
THINGS = ("sluis", "molen", "kade", "brug", "dijk", "veerpont", "markt", "school", "haven", "tram")
MONTHS = ("januari", "februari", "maart")


def body(number: int) -> str:
    """Return three paragraphs that no other article has."""
    thing = THINGS[number % len(THINGS)]
    return "\n\n".join(
        f"De {thing} van dorp {number} werd na {number + part} jaar gesloten, zei de wethouder, "
        f"en de {THINGS[(number + part) % 10]} bleef nog {part + 2} weken open voor bezoekers "
        f"uit wijk {number * 7 + part}. De raad van dorp {number} praat er in week {part + 9} over."
        for part in range(3)
    )


def headline(number: int) -> str:
    """Return the headline of an article."""
    return f"{THINGS[number % len(THINGS)].capitalize()} van dorp {number} gaat toch dicht"


def text(number: int, *, slogan: bool = False, is_dated: bool = True) -> str:
    """Return an article as text, a slogan over its headline where asked for."""
    top = f"{SLOGAN}\n\n" if slogan else ""
    day = f"{1 + (number * 5) % 27} {MONTHS[number % 3]} 2024\n\n" if is_dated else ""
    return f"{top}{headline(number)}\n\nDoor {NAMES[number % 4]}\n\n{day}{body(number)}\n"


def page(number: int) -> str:
    """Return the same article as a page of an outlet, with its own headline, author and day."""
    paragraphs = "".join(f"<p>{one}</p>" for one in body(number).split("\n\n"))
    return (
        f'<html lang="nl"><head><title>{headline(number)} - De Streekbode</title>'
        f'<meta property="og:title" content="{headline(number)}">'
        '<meta property="og:site_name" content="De Streekbode">'
        '<meta name="author" content="Karin Smeets">'
        '<meta property="article:published_time" content="2024-05-06T08:00:00+02:00"></head>'
        f"<body><article><h1>{headline(number)}</h1><p>6 mei 2024</p>{paragraphs}</article></body>"
        "</html>"
    )


def corpus() -> dict[str, str]:
    """Return files of a folder: ten with a slogan on top, four without, and a copy as a page."""
    files = {f"{number:02d}.txt": text(number, slogan=number < 10) for number in range(14)}
    return files | {"copy.html": page(12)}


STATE = (
    """SELECT article_id, headline, author, date_published, date_published_not_before, cluster_id,
    canonical_article_id FROM lake.articles ORDER BY ALL""",
    "SELECT article_id, position, name FROM lake.article_authors ORDER BY ALL",
    """SELECT article_id, field, value, method, confidence, chosen, document_confidence,
    document_rank, evidence_article_id FROM lake.statements ORDER BY ALL""",
    "FROM lake.findings ORDER BY ALL",
)


def asked(warehouse: Warehouse, *queries: str) -> list[list[tuple[object, ...]]]:
    """Return the rows of queries on the lake."""
    with open_lake(warehouse, read_only=True) as connection:
        return [connection.execute(query).fetchall() for query in queries]


def ingested(folder: Path, batches: Sequence[Iterable[Path]]) -> Pipeline:
    """Return a warehouse into which files came batch after batch."""
    pipeline = Pipeline(Warehouse.at(folder))
    for batch in batches:
        pipeline.ingest(*batch)
    return pipeline


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sorted(write_files(tmp_path_factory.mktemp("inbox"), corpus()))


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, files: list[Path]) -> Pipeline:
    return ingested(tmp_path_factory.mktemp("whole") / "warehouse", [files])


def test_a_slogan_gives_way_to_the_headline_under_it(settled: Pipeline) -> None:
    """The statement stays, with the reason; a finding names the article."""
    (articles, rejected, findings) = asked(
        settled.warehouse,
        "SELECT headline FROM lake.articles",
        f"SELECT method, confidence, chosen FROM lake.statements "
        f"WHERE field = 'headline' AND value = '{SLOGAN}'",
        "SELECT DISTINCT rule, effect, carriers FROM lake.findings WHERE field = 'headline'",
    )
    assert {row[0] for row in articles} == {headline(number) for number in range(14)}
    assert set(rejected) == {("headline_line:repeated", 0.0, False)}
    assert findings == [("repeated_headline", "rejected", 10)]


def test_a_folder_that_bears_the_name_of_an_outlet_is_no_author(tmp_path: Path) -> None:
    """A folder of a person's articles bears the name of one who may well have written them."""
    for name in ("De Streekbode", "Anna Verloo"):
        texts = {
            f"{number}.txt": text(number).replace(NAMES[number % 4], name) for number in range(6)
        }
        written = write_files(tmp_path / "inbox" / name, texts)
        pipeline = ingested(tmp_path / name / "lake", [written])
        ((names,),) = asked(
            pipeline.warehouse, "SELECT count(*) FROM lake.article_authors WHERE name <> ''"
        )
        assert names == ((0 if name == "De Streekbode" else 6),)


def test_a_copy_without_an_outlet_is_told_what_the_page_says(settled: Pipeline) -> None:
    """It receives, the surer value wins, and the page itself is told nothing."""
    (told,) = asked(
        settled.warehouse,
        "SELECT told.field, told.value, page.hostname IS NULL, page.publisher "
        "FROM lake.statements AS told JOIN lake.articles AS page "
        "ON page.article_id = told.evidence_article_id WHERE told.method = 'copy' ORDER BY ALL",
    )
    assert {row[0] for row in told} == {"author", "date_published"}
    assert {row[3] for row in told} == {"De Streekbode"}


@pytest.mark.parametrize("order", ["backwards", "one by one", "copy first", "slogans last"])
def test_the_order_of_files_does_not_matter(
    settled: Pipeline, files: list[Path], tmp_path: Path, order: str
) -> None:
    """In whatever batches they come, the lake holds the same in the end."""
    batches: dict[str, list[list[Path]]] = {
        "backwards": [files[8:], files[:8]],
        "one by one": [[file] for file in reversed(files)],
        "copy first": [files[-1:], files[:3], files[3:-1]],
        "slogans last": [files[10:], files[:4], files[4:10]],
    }
    other = ingested(tmp_path / "warehouse", batches[order])
    assert asked(other.warehouse, *STATE) == asked(settled.warehouse, *STATE)


def test_a_retraction_settles_anew(files: list[Path], tmp_path: Path) -> None:
    """What only the page said is gone with it; with few slogans left, nothing is said of them."""
    pipeline = ingested(tmp_path / "warehouse", [files])
    (rows, slogans) = asked(
        pipeline.warehouse,
        "SELECT DISTINCT evidence_article_id FROM lake.statements WHERE method = 'copy'",
        f"SELECT DISTINCT article_id FROM lake.statements WHERE value = '{SLOGAN}' "
        "ORDER BY 1 LIMIT 7",
    )
    gone = Request(tuple(str(row[0]) for row in slogans))
    run = pipeline.next_run()
    retract(pipeline.warehouse, gone, "asked", run, DuplicateSettings())
    (findings, methods) = asked(
        pipeline.warehouse,
        "SELECT rule FROM lake.findings WHERE field = 'headline'",
        f"SELECT DISTINCT method FROM lake.statements WHERE field = 'headline' "
        f"AND value = '{SLOGAN}'",
    )
    assert (findings, methods) == ([], [("headline_line",)])
    assert len(rows) == 1


def test_doubt_lists_what_was_found(settled: Pipeline) -> None:
    """What most articles hang on comes first, with what stood there and what stands now."""
    first = doubts(settled.warehouse)[0]
    assert (first["rule"], first["found"], first["carriers"]) == ("repeated_headline", SLOGAN, 10)
    assert first["value"] != SLOGAN


def test_times_are_counted_anew_from_a_day_that_changed(tmp_path: Path) -> None:
    """What was annotated by the text's own day is annotated by the page's, without a file."""
    dated = f"{text(12, is_dated=False)}\nGisteren was de sluis van dorp 12 nog open.\n"
    told = page(12).replace(
        "</article>", "<p>Gisteren was de sluis van dorp 12 nog open.</p></article>"
    )
    files = write_files(tmp_path / "inbox", {"a.txt": dated, "copy.html": told})
    pipeline = ingested(tmp_path / "warehouse", [[file] for file in files])
    times = "SELECT DISTINCT anchor, edtf FROM lake.time_expressions WHERE text ILIKE 'gisteren'"
    assert asked(pipeline.warehouse, times) != [[("2024-05-06", "2024-05-05")]]
    assert pipeline.reprocess().articles_published == 1
    assert asked(pipeline.warehouse, times) == [[("2024-05-06", "2024-05-05")]]


def test_a_retracted_witness_leaves_releases_with_what_it_said(tmp_path: Path) -> None:
    """An earlier release is not settled anew: what only the page said is null there."""
    revised = page(12).replace("week 9 over", "week 9 voor het laatst over")
    files = write_files(
        tmp_path / "inbox", {"a.txt": text(12, is_dated=False), "copy.html": revised}
    )
    pipeline = ingested(tmp_path / "warehouse", [files])
    pipeline.publish()
    (page_id,), *_ = asked(
        pipeline.warehouse, "SELECT evidence_article_id FROM lake.statements WHERE method = 'copy'"
    )[0]
    retract(
        pipeline.warehouse,
        Request((str(page_id),)),
        "asked",
        pipeline.next_run(),
        DuplicateSettings(),
    )
    database = pipeline.warehouse.latest.resolve() / "knipsel.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        carried = "SELECT author, date_published, date_published_precision FROM articles"
        assert connection.execute(carried).fetchall() == [("Jan Dirksen", None, "unknown")]
        told = "SELECT count(*) FROM statements WHERE method = 'copy'"
        assert connection.execute(told).fetchall() == [(0,)]
    (now,) = asked(pipeline.warehouse, "SELECT author, date_published FROM lake.articles")
    assert now == [("Jan Dirksen", None)]
