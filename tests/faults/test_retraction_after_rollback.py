"""A retraction reaches what the lake does not hold any more: later releases, its past, copies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knipsel.expectations.releases.release_rules import check_release
from knipsel.flows.keep.retract import what_would_go
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.runs.leftovers import (
    UnprovenRetractionError,
    finish_all_retractions,
    finish_what_was_begun,
)
from knipsel.flows.runs.lock import running
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.queries.queries import open_release
from knipsel.warehouse.retraction.journal import journal_files
from knipsel.warehouse.retraction.targets import NothingToRetractError, Request
from tests.archives import zipped
from tests.byte_search import files_with
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import identifier, marked, published, published_more, rows, take
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again


@pytest.fixture(scope="module")
def went_back_once(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline that went back to its first release, of two articles; see below."""
    tmp_path = tmp_path_factory.mktemp("went-back")
    pipeline = published(tmp_path, range(2))
    later: dict[str, str | bytes] = {
        "5.txt": marked(5, "vraag5"),
        "6.txt": marked(6, "vraag6").encode("utf-16"),
        "a.zip": zipped({"7.txt": marked(7, "vraag7")}),
    }
    published_more(pipeline, later)
    write_files(tmp_path / "inbox", {"8.txt": marked(8, "vraag8")})
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


@pytest.fixture
def later(went_back_once: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own, before it goes back.

    The second release has three more articles, one of them in an archive; the lake one more.
    """
    return copy_of(went_back_once, tmp_path)


def is_in_order(pipeline: Pipeline) -> None:
    """See that all releases keep to the rules, and that the next one comes out."""
    for version in ("1", "2"):
        roll_back(pipeline.warehouse, version)
        with open_release(pipeline.warehouse) as connection:
            assert [one.rule for one in check_release(connection) if not one.success] == []
    pipeline.publish()


@pytest.mark.parametrize("number", [5, 7, 8])
def test_what_the_lake_has_no_more(later: Pipeline, number: int, tmp_path: Path) -> None:
    """In a later release, in an archive there, in a run that was never published."""
    mark = f"vraag{number}"
    name = identifier(later, mark)
    roll_back(later.warehouse, "1")
    assert files_with(later.warehouse.root, f"{mark}bode")
    targets, outcome = take(later, name[:12])
    assert targets.articles == (name,)
    assert outcome.releases == (() if number == 8 else ("000002.1",))
    assert not outcome.proof.left
    assert files_with(later.warehouse.root, f"{mark}bode", f"{mark}heuvel", f"{mark}slot") == []
    assert len(rows(later, "FROM articles")) == 2
    assert {status for (status,) in rows(later, "SELECT status FROM documents")} == {
        "published",
        "retracted",
    }
    is_in_order(later)
    later.ingest(tmp_path / "inbox")
    assert files_with(later.warehouse.root, f"{mark}bode", f"{mark}slot") == []


def test_a_dry_run_after_a_way_back(later: Pipeline) -> None:
    """It names what would go, and asks for nothing that is nowhere."""
    name = identifier(later, "vraag5")
    roll_back(later.warehouse, "1")
    request = Request((name,))
    targets, releases = what_would_go(later.warehouse, request, DuplicateSettings())
    assert (targets.articles, releases) == ((name,), ["000002"])
    with pytest.raises(NothingToRetractError, match="starts with"):
        what_would_go(later.warehouse, Request(("0123456789abcdef",)), DuplicateSettings())


def test_the_very_text_in_a_later_release(later: Pipeline, tmp_path: Path) -> None:
    """It goes with the one that was named, though the lake never held both."""
    roll_back(later.warehouse, "1")
    write_files(tmp_path / "other", {"c.txt": marked(5, "vraag5").replace("\n", "\r\n")})
    later.ingest(tmp_path / "other")
    targets, outcome = take(later, identifier(later, "vraag5"))
    assert len(targets.articles) == 2
    assert outcome.releases == ("000002.1",)
    assert files_with(later.warehouse.root, "vraag5bode") == []
    is_in_order(later)


def near_copy(number: int, mark: str) -> bytes:
    """Return the article in other bytes, whose text has a paragraph more than the other."""
    added = "De burgemeester voegde eraan toe dat hij er morgen op terug zou komen."
    return f"{marked(number, mark)}\n\n{added}\n".encode("utf-16")


def test_a_copy_that_nobody_compared(later: Pipeline, tmp_path: Path) -> None:
    """It is named as a duplicate, with its release; with `--duplicates` it goes as well."""
    name = identifier(later, "vraag6")
    roll_back(later.warehouse, "1")
    (tmp_path / "copy.txt").write_bytes(near_copy(6, "vraag6"))
    later.ingest(tmp_path / "copy.txt")
    copy = identifier(later, "vraag6")
    targets, outcome = take(later, copy)
    assert targets.articles == (copy,)
    assert targets.alike == (name,)
    assert not outcome.proof.left
    assert dict(outcome.proof.elsewhere)[name] == "000002"
    assert dict(outcome.proof.also_in)[name] > 2
    later.publish()
    targets, _ = take(later, name, with_duplicates=True)
    assert targets.articles == (name,)
    assert files_with(later.warehouse.root, "vraag6bode") == []


def test_a_copy_goes_where_that_is_asked(later: Pipeline, tmp_path: Path) -> None:
    name = identifier(later, "vraag6")
    roll_back(later.warehouse, "1")
    (tmp_path / "copy.txt").write_bytes(near_copy(6, "vraag6"))
    later.ingest(tmp_path / "copy.txt")
    targets, outcome = take(later, identifier(later, "vraag6"), with_duplicates=True)
    assert name in targets.articles
    assert name not in dict(outcome.proof.elsewhere)
    assert files_with(later.warehouse.root, "vraag6bode") == []
    is_in_order(later)


def test_what_the_lake_says_of_an_article_counts(later: Pipeline) -> None:
    """Articles of the lake are not taken for what a release once said of others."""
    roll_back(later.warehouse, "2")
    targets, _ = take(later, identifier(later, "vraag6"), with_duplicates=True)
    assert len(targets.articles) == 1
    assert len(rows(later, "FROM articles")) == 4


def test_one_article_of_an_export_of_later(tmp_path: Path) -> None:
    """The lake buries a source that it does not know; the release keeps its other articles."""
    pipeline = published(tmp_path, [1])
    lines = [
        f'{{"title": "Kop {n}", "text": {json.dumps(marked(n, f"vraag{n}"))}}}' for n in (2, 3)
    ]
    published_more(pipeline, {"r.jsonl": "\n".join(lines)})
    name = identifier(pipeline, "vraag2")
    roll_back(pipeline.warehouse, "1")
    targets, _ = take(pipeline, name)
    assert targets.only_in_releases == targets.documents
    assert files_with(pipeline.warehouse.root, "vraag2bode", "vraag2slot") == []
    assert files_with(pipeline.warehouse.root, "vraag3bode")
    is_in_order(pipeline)


def test_what_cannot_be_proven_stops_nobody(later: Pipeline, tmp_path: Path) -> None:
    """Runs go on and other retractions too; all are proven once the files are gone."""
    copies = [later.warehouse.root / name for name in ("copy5.txt", "copy6.txt")]
    for copy, number in zip(copies, (5, 6), strict=True):
        copy.write_text(marked(number, f"vraag{number}"), encoding="utf-8")
        with pytest.raises(UnprovenRetractionError, match=copy.name):
            take(later, identifier(later, f"vraag{number}"))
    with running(later.warehouse, finish_what_was_begun):
        write_files(tmp_path / "inbox", {"9.txt": article(9)})
        assert later.ingest(tmp_path / "inbox").documents_published == 1
        later.publish()
    assert len(journal_files(later.warehouse)) == 2
    with pytest.raises(UnprovenRetractionError, match=r"copy5.txt, .*copy6.txt"):
        finish_all_retractions(later.warehouse)
    for copy in copies:
        copy.unlink()
    assert [one.proof.left for one in finish_all_retractions(later.warehouse)] == [(), ()]
    assert journal_files(later.warehouse) == []


def test_the_catalogue_forgets_the_last_text_of_a_column(tmp_path: Path) -> None:
    """It keeps the first and the last text of each column; of those that went, none."""
    pipeline = published(tmp_path, [3])
    last = "Zzvraag4slot sprak als laatste in de zaal van de gemeente en ging naar huis toe."
    published_more(pipeline, {"4.txt": f"{marked(4, 'vraag4')}\n\n{last}"})
    take(pipeline, identifier(pipeline, "vraag3"))
    assert files_with(pipeline.warehouse.root, "vraag3") == []
    take(pipeline, identifier(pipeline, "vraag4"))
    assert files_with(pipeline.warehouse.root, "vraag4") == []
    write_files(tmp_path / "inbox", {"7.txt": article(7)})
    assert pipeline.ingest(tmp_path / "inbox").documents_published == 1
    assert len(rows(pipeline, "FROM articles WHERE text > 'A'")) == 1
