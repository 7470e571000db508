"""Checks from draw to card: what people mark is kept once, counts, and goes with its article."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.config.corrections_file import read_corrections
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.runs.open_warehouse import OpenWarehouse
from knipsel.transforms.checks.sheet import COLUMNS, SheetError
from knipsel.transforms.checks.workbook import as_csv, as_xlsx, read_sheet
from knipsel.transforms.text.cells import written_text
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import read_index
from tests.byte_search import files_with
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import marked, rows, take
from tests.texts import article
from tests.warehouse.test_correct import house_of

pytestmark = pytest.mark.long  # whole warehouses, again and again

Row = dict[str, str]
KEPT = "SELECT field, value, verdict, right_value FROM checks ORDER BY ALL"
SPOKEN = "‘De {0}kade blijft dicht’, zei burgemeester Anna Verhoeven van {0}dorp."
BELOW = "Deel dit artikel\n\nLees ook: Wat nu met {0}dijk?"


def page(number: int) -> str:
    """Return an article with a day above it, a quotation, and something below it."""
    name = f"merk{number}"
    day = f"Datum: 2022-{number % 4 + 1:02}-1{number % 10}"
    return "\n\n".join((day, marked(number, name), SPOKEN, BELOW)).replace("{0}", name)


def outlet(number: int) -> str:
    """Return what stands beside an article."""
    return f'publisher = "{("De Streekbode", "Het Noordblad")[number % 2]}"'


@pytest.fixture(scope="module")
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with forty articles and a release."""
    folder = tmp_path_factory.mktemp("checks")
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"))
    write_files(folder / "inbox", {f"{at:02}.txt": page(at) for at in range(40)})
    write_files(folder / "inbox", {f"{at:02}.txt.meta.toml": outlet(at) for at in range(40)})
    pipeline.ingest(folder / "inbox")
    pipeline.publish()
    return pipeline


@pytest.fixture
def released_articles(drawn_once: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(drawn_once, tmp_path)


def lines_of(file: Path) -> list[Row]:
    """Return the lines of a sheet by column."""
    return [
        dict(zip(COLUMNS, map(written_text, map(str, cells)), strict=True))
        for _, cells in read_sheet(file.read_bytes())[1:]
    ]


def mark(file: Path, verdict: Callable[[int, Row], Row]) -> Path:
    """Write what a person marks on a sheet; return the sheet."""
    rows_ = [{**row, **verdict(at, row)} for at, row in enumerate(lines_of(file))]
    cells = [[row[name] for name in COLUMNS] for row in rows_]
    is_book = file.suffix == ".xlsx"
    file.write_bytes(as_xlsx(COLUMNS, cells, {}) if is_book else as_csv(COLUMNS, cells))
    return file


def all_right(at: int, row: Row) -> Row:
    del at, row
    return {"verdict": "right"}


def first_wrong(at: int, row: Row) -> Row:
    """Mark the first line wrong, and the second unknown."""
    if at:
        return {"verdict": "unknown" if at == 1 else "right"}
    return {"right_value": "2019-05" if row["field"] == "date_published" else "Mia Peeters"}


def checked(house: OpenWarehouse, folder: Path, *fields: str, count: int = 10) -> Path:
    """Draw and mark a sheet, one line of which is wrong, and take it in."""
    sheet = folder / "sheet.xlsx"
    house.check_draw(count, fields, to=sheet)
    house.check_add(mark(sheet, first_wrong), who="Mia")
    return sheet


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sheet_shows_what_is_needed(
    released_articles: Pipeline, tmp_path: Path, form: str
) -> None:
    sheet = tmp_path / f"sheet.{form}"
    fields = ["date_published", "speaker", "quotation", "removed"]
    house_of(released_articles).check_draw(8, fields, to=sheet)
    lines = lines_of(sheet)
    by_field = {row["field"]: row for row in lines}
    assert [sum(row["field"] == name for row in lines) for name in fields] == [8] * 4
    day = by_field["date_published"]
    assert day["value"].startswith("2022-")
    assert day["value"] in day["evidence"]
    assert day["file"].endswith(".txt")
    assert by_field["speaker"]["value"] == "Anna Verhoeven"
    assert "zei burgemeester Anna Verhoeven" in by_field["speaker"]["around"]
    assert "[left out]" in by_field["removed"]["around"]
    assert not any(row["verdict"] or row["right_value"] for row in lines)


def test_the_same_seed_draws_the_same(released_articles: Pipeline, tmp_path: Path) -> None:
    house = house_of(released_articles)
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        house.check_draw(20, ["author"], ["publisher"], seed, to=tmp_path / f"{name}.csv")
    one, again, other = ((tmp_path / f"{name}.csv").read_bytes() for name in "abc")
    assert one == again != other
    strata = {
        (row["stratum"], row["drawn"], row["population"]) for row in lines_of(tmp_path / "a.csv")
    }
    assert strata == {("De Streekbode", "10", "20"), ("Het Noordblad", "10", "20")}


def test_somebodys_marks_are_not_written_over(released_articles: Pipeline, tmp_path: Path) -> None:
    house = house_of(released_articles)
    sheet = checked(house, tmp_path, "genre")
    with pytest.raises(ValueError, match="may have somebody's marks"):
        house.check_draw(10, ["genre"], to=sheet)
    with pytest.raises(ValueError, match="Say what to check: headline, "):
        house.check_draw(10, [], to=tmp_path / "other.xlsx")
    with pytest.raises(ValueError, match=r"as \.xlsx or \.csv, not as sheet\.ods"):
        house.check_draw(10, ["genre"], to=tmp_path / "sheet.ods")


def test_marks_are_kept_once_and_correct(released_articles: Pipeline, tmp_path: Path) -> None:
    house, sheet = house_of(released_articles), tmp_path / "sheet.xlsx"
    house.check_draw(10, ["date_published"], to=sheet)
    added = house.check_add(mark(sheet, first_wrong), who="Mia")
    assert (added.added, added.corrected, added.known, added.open) == (10, 1, 0, 0)
    (accuracy,) = added.accuracy
    assert (accuracy.checked, accuracy.unknown, accuracy.population) == (10, 1, 40)
    assert accuracy.overall
    assert (accuracy.overall.judged, accuracy.overall.right) == (9, 8)
    kept = rows(released_articles, KEPT)
    again = house.check_add(sheet, who="Jan")
    assert (again.added, again.changed, again.known, again.corrected) == (0, 0, 10, 0)
    assert rows(released_articles, KEPT) == kept
    (correction,) = read_corrections(released_articles.warehouse.corrections_file).rows
    assert (correction.field, correction.value) == ("date_published", "2019-05")
    assert correction.facts.stated_by == "Mia"
    released_articles.reprocess()
    assert rows(
        released_articles, "SELECT count(*) FROM articles WHERE date_published = '2019-05'"
    ) == [(1,)]


def test_another_verdict_takes_the_place_of_the_first(
    released_articles: Pipeline, tmp_path: Path
) -> None:
    house = house_of(released_articles)
    sheet = checked(house, tmp_path, "author")
    file = released_articles.warehouse.corrections_file
    assert [one.value for one in read_corrections(file).rows] == ["Mia Peeters"]
    mark(sheet, lambda at, _: {"verdict": "right", "right_value": ""} if at < 2 else {})
    again = house.check_add(sheet, who="Jan")
    assert (again.added, again.changed, again.known) == (0, 2, 8)
    assert read_corrections(file).rows == ()
    assert rows(released_articles, "SELECT count(*), count(DISTINCT coder) FROM checks") == [
        (10, 2)
    ]


def test_a_part_of_a_sheet_may_be_marked(released_articles: Pipeline, tmp_path: Path) -> None:
    house, sheet = house_of(released_articles), tmp_path / "sheet.csv"
    house.check_draw(10, ["quotation", "removed"], to=sheet)
    mark(sheet, lambda at, _: {"verdict": "w" if at == 0 else "y"} if at < 15 else {})
    added = house.check_add(sheet, who="Mia")
    assert (added.added, added.open, added.corrected) == (15, 5, 0)
    assert [one.field.name for one in added.accuracy] == ["quotation", "removed"]


def test_a_wrong_cell_stops_all(released_articles: Pipeline, tmp_path: Path) -> None:
    house, sheet = house_of(released_articles), tmp_path / "sheet.xlsx"
    house.check_draw(5, ["date_published"], to=sheet)
    mark(sheet, lambda at, _: {"right_value": "someday"} if at == 3 else {"verdict": "right"})
    with pytest.raises(SheetError, match="Line 5, right_value: date_published: 'someday' is no"):
        house.check_add(sheet, who="Mia")
    mark(sheet, lambda *_: {"right_value": "", "verdict": "right", "drawn": "6"})
    with pytest.raises(SheetError, match=r"Line 2: cells .* were changed .* \(and 4 more\)"):
        house.check_add(sheet, who="Mia")
    assert rows(released_articles, KEPT) == []
    assert not released_articles.warehouse.corrections_file.exists()


def test_a_release_says_how_right_it_is(released_articles: Pipeline, tmp_path: Path) -> None:
    checked(house_of(released_articles), tmp_path, "date_published", count=20)
    folder = released_articles.publish().folder
    assert folder
    said = "day of publication right in 95 % ("
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert said in card
    assert "20 of 40 checked on " in card
    assert "in release 000001" in card
    (figures,) = json.loads((folder / "index.json").read_text("utf-8"))["accuracy"]
    assert (figures["field"], figures["checked"], figures["right"]) == (
        "date_published",
        20,
        0.9474,
    )
    assert read_index(folder).version == "000002"
    before = folder.with_name("000001") / "README.md"
    assert "checked on" not in before.read_text(encoding="utf-8")


def test_checks_go_with_their_article(released_articles: Pipeline, tmp_path: Path) -> None:
    """Of a quotation and of what was left out as well; from the lake and from releases."""
    house = house_of(released_articles)
    root = released_articles.warehouse.root
    sheet = checked(house, tmp_path, "date_published", "quotation", "removed", count=400)
    released_articles.publish()
    owned = "SELECT count(*) FROM checks WHERE starts_with(row_key, '{}')"
    (name,) = {row["row_key"] for row in lines_of(sheet) if "merk7d" in row["around"]
               and row["field"] == "quotation"}  # fmt: skip
    whose = owned.format(name.partition("-")[0])
    assert rows(released_articles, whose)[0][0] >= 3  # type: ignore[operator]
    sheet.unlink()
    _, outcome = take(released_articles, name.partition(".")[0])
    assert not outcome.proof.left
    assert rows(released_articles, whose) == [(0,)]
    assert files_with(root, "merk7bode", "merk7kade", "merk7dorp") == []
    assert rows(released_articles, "SELECT count(*) FROM checks")[0][0] > 60  # type: ignore[operator]


def test_what_a_person_wrote_of_another_article_stays(
    released_articles: Pipeline, tmp_path: Path
) -> None:
    """A right value may say what a retracted text says: it is the other article's."""
    house, sheet = house_of(released_articles), tmp_path / "sheet.xlsx"
    house.check_draw(40, ["description"], to=sheet)
    gone, other = (row["row_key"] for row in lines_of(sheet)[:2])
    ((said,),) = rows(
        released_articles,
        f"SELECT text FROM paragraphs WHERE article_id = '{gone}' AND contains(text, 'bode kwam')",
    )
    mark(sheet, lambda at, _: {"right_value": str(said)[:1900]} if at == 1 else {})
    assert house.check_add(sheet, who="Mia").corrected == 1
    sheet.unlink()
    _, outcome = take(released_articles, gone)
    assert outcome.proof.left == ()
    assert other in dict(outcome.proof.also_in)


def test_a_sheet_of_what_is_gone_brings_nothing_back(
    released_articles: Pipeline, tmp_path: Path
) -> None:
    house, sheet = house_of(released_articles), tmp_path / "sheet.xlsx"
    house.check_draw(40, ["headline"], to=sheet)
    take(released_articles, lines_of(sheet)[0]["row_key"])
    added = house.check_add(mark(sheet, all_right), who="Mia")
    assert (added.added, added.gone) == (39, 1)


def test_checks_stay_when_one_goes_back(released_articles: Pipeline, tmp_path: Path) -> None:
    checked(house_of(released_articles), tmp_path, "author")
    kept = rows(released_articles, KEPT)
    roll_back(released_articles.warehouse, "1")
    assert rows(released_articles, KEPT) == kept
    assert released_articles.publish().is_new


def test_counts_are_told_with_what_was_checked(released_articles: Pipeline, tmp_path: Path) -> None:
    house = house_of(released_articles)
    before = {one.cell: one for one in house.count(["publisher"]).rows}
    assert before["De Streekbode",].surely == 20
    assert before["De Streekbode",].estimate is None
    sheet = tmp_path / "sheet.xlsx"
    house.check_draw(40, ["publisher"], to=sheet)
    wrong = [at for at, row in enumerate(lines_of(sheet)) if row["value"] == "De Streekbode"][:12]
    mark(sheet, lambda at, _: {"right_value": "Het Noordblad"} if at in wrong else {"verdict": "y"})
    house.check_add(sheet, who="Mia")
    for _ in range(2):  # before and after what was found wrong is mended
        found = {one.cell: one for one in house.count(["publisher"]).rows}
        cell = found["Het Noordblad",]
        assert (cell.checked, cell.estimate, cell.low, cell.high) == (32, 32, 32, 32)
        assert found["De Streekbode",].estimate is None
        released_articles.reprocess()
        released_articles.publish()
    assert found["Het Noordblad",].surely == 32


def test_dates_are_counted_surely_and_possibly(pipeline: Pipeline, tmp_path: Path) -> None:
    days = ("2022-03-10", "2022-03", "2022", "none")
    texts = {f"{at}.txt": article(at) for at in range(4)}
    stated = {f"{at}.txt.meta.toml": f'date_published = "{day}"' for at, day in enumerate(days[:3])}
    write_files(tmp_path / "in", {**texts, **stated})
    pipeline.settings = pipeline.settings.model_copy(update={"annotations": ()})
    pipeline.ingest(tmp_path / "in")
    pipeline.publish()
    house = house_of(pipeline)
    with pytest.raises(ValueError, match="Release 000001 has no quotation, speaker to draw"):
        house.check_draw(5, ["quotation", "speaker"], to=tmp_path / "sheet.csv")
    months = {one.cell: (one.surely, one.possibly) for one in house.count(["month"]).rows}
    assert months["2022-03",] == (2, 3)
    assert months["2022-04",] == (0, 1)
    assert months[None,] == (1, 1)
    assert len(months) == 13
    (year,) = house.count(["language"], ["year=2022"]).rows
    assert (year.surely, year.possibly) == (3, 3)
    (month,) = house.count(["language"], ["month=2022-03"]).rows
    assert (month.surely, month.possibly) == (2, 3)


def test_the_commands(released_articles: Pipeline, tmp_path: Path) -> None:
    place = ["--warehouse", str(released_articles.warehouse.root)]
    sheet = tmp_path / "sheet.csv"

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, *place])
        assert result.exit_code == code, result.output
        return result.output

    draw = ("check", "draw", "12", "--field", "date_published,author", "--to", str(sheet))
    assert "knipsel check add" in run(*draw)
    assert "makes no strata" in " ".join(run(*draw, "--by", "colour", code=2).split())
    mark(sheet, lambda at, _: {"verdict": "maybe"} if at in {0, 4} else {"verdict": "right"})
    told = run("check", "add", str(sheet), "--who", "Mia", code=2)
    assert "Line 2, verdict: 'maybe' is none of right, wrong, unknown." in told
    assert "Line 6, verdict" in told
    mark(sheet, all_right)
    added = json.loads(run("check", "add", str(sheet), "--who", "Mia", "--json"))
    assert (added["added"], len(added["accuracy"])) == (24, 2)
    assert "100 % (" in run("check", "add", str(sheet), "--who", "Mia")
    counted = run("count", "--by", "year,publisher", "--where", "language=nl")
    assert "too few (" in counted
    assert "12 articles checked for date_published; publisher, language as it stands" in counted
    table = run("count", "--by", "year", "--csv").splitlines()
    assert table[0] == "year,surely,possibly,checked,estimate,low,high"
    assert table[1].startswith("2022,40,40,12,")
    assert "Nothing is counted by 'day'" in " ".join(run("count", "--by", "day", code=2).split())
