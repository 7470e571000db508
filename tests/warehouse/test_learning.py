"""Learning: what the corpus shows of its lines, in a file that people edit."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from knipsel.flows.config.furniture_file import read_furniture
from knipsel.flows.learn import learn
from knipsel.flows.read.batch import registers_of
from knipsel.flows.read.protocol import Job
from knipsel.transforms.registers.checked import RegisterError
from knipsel.warehouse.lake.connection import NoWarehouseError
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article

PITCH = "Steun onze redactie met een kleine bijdrage, want goed onderzoek kost veel geld."
FOOTER = "\n".join(  # noqa: FLY002 - lines are read more easily one by one
    (
        "  • Privacyverklaring",
        "  • Algemene voorwaarden",
        "  • Cookies",
        "  • Adverteren",
        "  • Abonneren",
        "© 2024 De Krant. Alle rechten voorbehouden.",
        "  • Facebook",
        "  • Twitter",
        "  • Contact",
    )
)


def pages(count: int, *, kept: int) -> dict[str, str]:
    """Return pages with the pitch: in the midst of the first ``kept``, far below in the others."""
    found = {}
    for number in range(count):
        above, below = article(number).split("\n\n")[:3], article(number).split("\n\n")[3:]
        if number < kept:
            found[f"{number}.txt"] = "\n\n".join([*above, PITCH, *below])
        else:
            found[f"{number}.txt"] = "\n\n".join([*above, *below, FOOTER, PITCH, FOOTER])
    return found


@pytest.fixture(scope="module")
def eight_pages(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with eight pages, of which two kept the pitch."""
    tmp_path = tmp_path_factory.mktemp("eight-pages")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", pages(8, kept=2))
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


@pytest.fixture
def read(eight_pages: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(eight_pages, tmp_path)


def texts(pipeline: Pipeline) -> list[str]:
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return [row[0] for row in ask(connection, "SELECT text FROM articles ORDER BY ALL").rows]


def test_a_line_that_recurs_is_learned_and_then_removed(read: Pipeline, tmp_path: Path) -> None:
    assert sum(PITCH in text for text in texts(read)) == 2
    learned = learn(read.warehouse, 5, write=True)
    assert [
        (row["use"], row["new"], row["documents"], row["removed"]) for row in learned.rows()
    ] == [(True, True, 8, 6)]
    assert read.ingest(tmp_path / "inbox").files_known == 0
    assert sum(PITCH in text for text in texts(read)) == 0
    assert learn(read.warehouse, 5, write=True).lines == learned.lines


def test_the_order_of_arrival_makes_no_difference(tmp_path: Path, pipeline: Pipeline) -> None:
    files = write_files(tmp_path / "inbox", pages(7, kept=3))
    pipeline.ingest(tmp_path / "inbox")
    learn(pipeline.warehouse, 5, write=True)
    one = pipeline.warehouse.furniture_file.read_bytes()
    other = Pipeline(type(pipeline.warehouse).at(tmp_path / "other"))
    shuffled = random.Random(7).sample(list(files), len(files))
    other.ingest(*shuffled[:2])
    other.ingest(*shuffled[2:])
    learn(other.warehouse, 5, write=True)
    assert other.warehouse.furniture_file.read_bytes() == one


def test_copies_of_one_article_say_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    copies = {f"{n}.txt": f"{article(1)}\n\nOvergenomen door krant {n}.\n" for n in range(8)}
    write_files(tmp_path / "inbox", copies)
    pipeline.ingest(tmp_path / "inbox")
    assert learn(pipeline.warehouse, 3, write=True).lines == ()


def test_what_a_person_decides_stays(read: Pipeline, tmp_path: Path) -> None:
    before = read.version
    learn(read.warehouse, 5, write=True)
    file = read.warehouse.furniture_file
    file.write_text(
        "# Gezien door Anna.\n\n"
        + file.read_text("utf-8").split("\n\n", 1)[1].replace("use = true", "use = false"),
        "utf-8",
    )
    write_files(tmp_path / "inbox", {f"x{name}": text for name, text in pages(9, kept=0).items()})
    read.ingest(tmp_path / "inbox")
    learned = learn(read.warehouse, 5, write=True)
    assert [(one.documents, one.is_used) for one in learned.lines] == [(9, False)]
    assert file.read_text("utf-8").startswith("# Gezien door Anna.\n\n[[lines]]")
    assert read.version == before


def test_a_dry_run_writes_nothing(read: Pipeline) -> None:
    assert learn(read.warehouse, 5, write=False).lines
    assert not read.warehouse.furniture_file.exists()


def test_the_register_is_readable_by_other_tools(read: Pipeline) -> None:
    learned = learn(read.warehouse, 5, write=True)
    (row,) = tomllib.loads(learned.file.read_text("utf-8"))["lines"]
    assert row == {"line": PITCH.lower().rstrip("."), "documents": 8, "removed": 6, "use": True}
    assert read_furniture(learned.file) == learned.lines


def test_a_register_changed_during_a_run_is_refused(read: Pipeline, tmp_path: Path) -> None:
    learned = learn(read.warehouse, 5, write=True)
    job = Job(
        *(read.next_run(), tmp_path / "plan", read.warehouse.archive, 1000),
        furniture=learned.file,
        version=read.version,
    )
    assert registers_of(job).pages.furniture
    learned.file.write_text(learned.file.read_text("utf-8").replace("use = true", "use = false"))
    with pytest.raises(RegisterError, match="changed during the run"):
        registers_of(job)


def test_there_is_nothing_to_learn_from_nothing(pipeline: Pipeline) -> None:
    with pytest.raises(NoWarehouseError):
        learn(pipeline.warehouse, 5, write=True)
