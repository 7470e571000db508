"""Retraction: what is taken away is nowhere any more, and all else is as it was."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from knipsel.expectations.releases.release_rules import check_release
from knipsel.flows.config.furniture_file import read_furniture
from knipsel.flows.keep import retract as retraction
from knipsel.flows.keep.retract import what_would_go
from knipsel.flows.learn import learn
from knipsel.flows.runs import leftovers
from knipsel.flows.runs.leftovers import (
    UnprovenRetractionError,
    finish_all_retractions,
    finish_what_was_begun,
)
from knipsel.flows.runs.lock import running
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.queries.queries import ask, open_release
from knipsel.warehouse.release.versions import read_versions
from knipsel.warehouse.retraction.journal import journal_file
from knipsel.warehouse.retraction.targets import NothingToRetractError, Request
from tests.archives import tarred, zipped
from tests.byte_search import files_with
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import NOW, identifier, marked, published, published_more, rows, take
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with two releases of five articles; the second has one more."""
    pipeline = published(tmp_path_factory.mktemp("two-releases"), range(5))
    return published_more(pipeline, {"5.txt": marked(5, "vraag5")})


@pytest.fixture(name="published")
def _published(two_releases: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(two_releases, tmp_path)


def test_a_retracted_article_is_nowhere(published: Pipeline) -> None:
    """It stood in many files before; afterwards in none, and a tombstone tells of it."""
    root = published.warehouse.root
    assert len(files_with(root, "vraag2bode")) > 5
    name = identifier(published, "vraag2")
    targets, outcome = take(published, name, reason="auteursrecht")
    assert targets.articles == (name,)
    assert outcome.releases == ("000001.1", "000002.1")
    assert not outcome.proof.left
    assert files_with(root, "vraag2bode", "vraag2heuvel", "vraag2slot") == []
    assert files_with(root, "vraag3bode") != []
    tombstones = rows(published, "SELECT article_id, reason, retracted_at FROM retractions")
    assert tombstones == [(name, "auteursrecht", NOW)]
    assert rows(
        published, "SELECT status, file_name FROM documents WHERE status <> 'published'"
    ) == [("retracted", "(retracted)")]


def test_the_same_file_does_not_come_back(published: Pipeline, tmp_path: Path) -> None:
    """Not at the next run, not with newer transforms, not under another name, not in an archive."""
    root = published.warehouse.root
    take(published, identifier(published, "vraag2"))
    assert published.ingest(tmp_path / "inbox") == RunCounts(6, 5, 0, 0, 1, 0)
    published.transform_version = "next"
    assert published.ingest(tmp_path / "inbox") == RunCounts(6, 0, 5, 0, 1, 5)
    write_files(tmp_path / "inbox", {"2.txt.meta.toml": 'headline = "vraag2kop is terug van weg"'})
    (tmp_path / "inbox" / "2.txt").rename(tmp_path / "inbox" / "renamed.txt")
    (tmp_path / "inbox" / "2.txt.meta.toml").rename(tmp_path / "inbox" / "renamed.txt.meta.toml")
    published.ingest(tmp_path / "inbox")
    both = {"a/2.txt": marked(2, "vraag2"), "b/9.txt": marked(9, "vraag9")}
    (tmp_path / "inbox" / "later.zip").write_bytes(zipped(both))
    counts = published.ingest(tmp_path / "inbox")
    assert (counts.documents_published, counts.files_retracted) == (1, 3)
    assert identifier(published, "vraag9")
    assert files_with(root, "vraag2bode", "vraag2heuvel", "vraag2kop") == []
    published.publish()
    assert files_with(root, "vraag2bode", "vraag2heuvel") == []
    assert published.ingest(tmp_path / "inbox").files_retracted == 3


def test_the_same_text_in_another_file_is_held_back(published: Pipeline, tmp_path: Path) -> None:
    """A person decides; the reason names the retraction."""
    take(published, identifier(published, "vraag2"), reason="fout bericht")
    write_files(tmp_path / "inbox", {"again.txt": marked(2, "vraag2") + "\n\n\n"})
    assert published.ingest(tmp_path / "inbox").documents_quarantined == 1
    ((document, message),) = rows(
        published,
        "SELECT document_id, message FROM quarantine WHERE rule = 'text_was_retracted'",
    )
    assert "2024-07-01: fout bericht" in str(message)
    published.publish()
    take(published, str(document))
    assert files_with(published.warehouse.root, "vraag2bode") == []


def test_equal_texts_go_together(pipeline: Pipeline, tmp_path: Path) -> None:
    """The same text under other bytes is the same text."""
    write_files(
        tmp_path / "inbox",
        {
            "a.txt": marked(1, "vraag1"),
            "b.txt": marked(1, "vraag1").replace("\n", "\r\n"),
            "c.txt": marked(7, "vraag7"),
        },
    )
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    first, _ = rows(
        pipeline, "SELECT article_id FROM articles WHERE text LIKE '%vraag1%' ORDER BY 1"
    )
    targets, _ = take(pipeline, str(first[0]))
    assert len(targets.articles) == 2
    assert files_with(pipeline.warehouse.root, "vraag1bode") == []


def test_a_version_takes_its_place_in_the_cluster(pipeline: Pipeline, tmp_path: Path) -> None:
    """Of two versions the canonical one goes; the other is canonical then, in every release."""
    one = marked(3, "vraag3")
    other = one.replace("vraag3slot", "vraag3eind")
    write_files(tmp_path / "inbox", {"one.txt": one, "other.txt": other})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    ((canonical, mark),) = rows(
        pipeline,
        "SELECT article_id, regexp_extract(text, 'vraag3(?:slot|eind)') FROM articles "
        "WHERE is_canonical",
    )
    targets, outcome = take(pipeline, str(canonical))
    assert len(targets.alike) == 1
    assert dict(outcome.proof.also_in).keys() == set(targets.alike)
    assert files_with(pipeline.warehouse.root, str(mark)) == []
    expected = [(targets.alike[0], targets.alike[0], targets.alike[0], True)]
    query = "SELECT article_id, cluster_id, canonical_article_id, is_canonical FROM articles"
    assert rows(pipeline, query) == expected
    with open_release(pipeline.warehouse) as connection:
        assert ask(connection, query).rows == expected
        assert ask(connection, "FROM duplicates").rows == []
    assert rows(pipeline, "FROM duplicates") == []


def test_duplicates_go_where_that_is_asked(pipeline: Pipeline, tmp_path: Path) -> None:
    longer = marked(3, "vraag3")
    shorter = "\n\n".join(longer.split("\n\n")[:-1])
    write_files(tmp_path / "inbox", {"long.txt": longer, "short.txt": shorter})
    pipeline.ingest(tmp_path / "inbox")
    ((canonical,),) = rows(pipeline, "SELECT article_id FROM articles WHERE is_canonical")
    targets, _ = take(pipeline, str(canonical), with_duplicates=True)
    assert len(targets.articles) == 2
    assert files_with(pipeline.warehouse.root, "vraag3") == []


def test_a_file_of_an_archive(pipeline: Pipeline, tmp_path: Path) -> None:
    """The archives that it came in go with it, at whatever depth; what else was in them stays."""
    inner = zipped({"x.txt": marked(1, "vraag1"), "y.txt": marked(2, "vraag2")})
    (tmp_path / "outer.tar").write_bytes(
        tarred([("in.zip", inner), ("z.txt", marked(3, "vraag3").encode())])
    )
    pipeline.ingest(tmp_path / "outer.tar")
    pipeline.publish()
    targets, _ = take(pipeline, identifier(pipeline, "vraag1"))
    assert len(targets.documents) == 3
    assert len(targets.containers) == 2
    assert files_with(pipeline.warehouse.root, "vraag1bode") == []
    assert {len(rows(pipeline, "FROM articles")), 2} == {2}
    pipeline.publish()
    counts = pipeline.ingest(tmp_path / "outer.tar")
    assert counts == RunCounts(5, 2, 0, 0, 3, 0)
    assert files_with(pipeline.warehouse.root, "vraag1bode") == []


def test_an_archive_as_a_whole(pipeline: Pipeline, tmp_path: Path) -> None:
    """Whoever names an archive means what is in it."""
    (tmp_path / "a.zip").write_bytes(
        zipped({"x.txt": marked(1, "vraag1"), "y.txt": marked(2, "vraag2")})
    )
    pipeline.ingest(tmp_path / "a.zip")
    ((document,),) = rows(pipeline, "SELECT document_id FROM documents WHERE reader = 'zip'")
    targets, _ = take(pipeline, str(document))
    assert len(targets.articles) == 2
    assert files_with(pipeline.warehouse.root, "vraag") == []


def test_one_article_of_many_in_a_file(pipeline: Pipeline, tmp_path: Path) -> None:
    """The others stay, without the bytes of their source, and are never read again."""
    records = [
        {"title": f"Kop vraag{n}kop van {n}", "text": marked(n, f"vraag{n}")} for n in (1, 2, 3)
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    pipeline.ingest(file)
    pipeline.publish()
    name = identifier(pipeline, "vraag2")
    targets, outcome = take(pipeline, name)
    assert targets.documents == ()
    assert not archived_file(pipeline.warehouse.archive, targets.archived[0]).exists()
    assert files_with(pipeline.warehouse.root, "vraag2bode", "vraag2kop", "vraag2slot") == []
    assert [row[0] for row in rows(pipeline, "SELECT position FROM articles ORDER BY 1")] == [1, 3]
    assert rows(pipeline, "SELECT status FROM documents") == [("published",)]
    assert files_with(pipeline.warehouse.root, "vraag3bode") != []
    pipeline.transform_version = "next"
    assert pipeline.ingest(file) == RunCounts(1, 1, 0, 0, 0, 0)
    pipeline.publish()
    assert files_with(pipeline.warehouse.root, "vraag2") == []
    assert outcome.proof.passages > 5


def test_a_document_in_quarantine(pipeline: Pipeline, tmp_path: Path) -> None:
    """What was never an article can be taken away, too."""
    write_files(tmp_path / "inbox", {"junk.txt": "vraag1 menu\nhome contact", "a.txt": article(4)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    ((document,),) = rows(
        pipeline, "SELECT document_id FROM documents WHERE status = 'quarantined'"
    )
    take(pipeline, str(document)[:12])
    assert files_with(pipeline.warehouse.root, "vraag1 menu") == []
    assert rows(pipeline, "FROM quarantine") == []
    pipeline.publish()


def test_by_publisher_and_by_query(pipeline: Pipeline, tmp_path: Path) -> None:
    """All of a publisher; a name that nobody has is answered with those that are like it."""
    texts = {f"{n}.txt": f"Bron: De Havenbode\n\n{marked(n, f'vraag{n}')}" for n in (1, 2)}
    write_files(tmp_path / "inbox", texts | {"3.txt": marked(3, "vraag3")})
    for name in texts:
        sidecar = tmp_path / "inbox" / f"{name}.meta.toml"
        sidecar.write_text('publisher = "De Havenbode"', encoding="utf-8")
    pipeline.ingest(tmp_path / "inbox")
    with pytest.raises(NothingToRetractError, match="De Havenbode"):
        take(pipeline, publisher="Havenbode")
    targets, _ = take(pipeline, publisher="De Havenbode")
    assert len(targets.articles) == 2
    assert files_with(pipeline.warehouse.root, "vraag1bode", "vraag2bode") == []
    take(pipeline, query="SELECT article_id FROM articles WHERE contains(text, 'vraag3')")
    assert files_with(pipeline.warehouse.root, "vraag") == []
    assert rows(pipeline, "FROM articles") == []


def test_a_query_changes_nothing(published: Pipeline) -> None:
    with pytest.raises(Exception, match=r"(?i)read-only|read only"):
        take(published, query="DELETE FROM articles")
    with pytest.raises(NothingToRetractError, match="article_id"):
        take(published, query="SELECT headline FROM articles")
    assert len(rows(published, "FROM articles")) == 6


@pytest.mark.parametrize("name", ["abc", "ffffffffffffffff-1", "0123456789abcdef", "%' OR 1=1 --"])
def test_what_is_not_there_cannot_go(published: Pipeline, name: str) -> None:
    with pytest.raises(NothingToRetractError):
        take(published, name)
    assert not journal_file(published.warehouse).exists()


def test_a_dry_run_changes_nothing(published: Pipeline) -> None:
    """It names what would go, and the releases that would be written anew."""
    name = identifier(published, "vraag5")
    targets, releases = what_would_go(published.warehouse, Request((name,)), DuplicateSettings())
    assert (targets.articles, releases) == ((name,), ["000002"])
    assert len(rows(published, "FROM articles")) == 6
    assert files_with(published.warehouse.root, "vraag5bode") != []


def test_releases_hold_together_afterwards(published: Pipeline) -> None:
    """Checksums, counts and rules are those of what is left; the next release is as any."""
    take(published, identifier(published, "vraag0"))
    for release in read_versions(published.warehouse):
        folder = published.warehouse.releases / release.version
        for line in (folder / "SHA256SUMS").read_text().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        index = json.loads((folder / "index.json").read_text())
        assert (
            index["release"]["articles"] == release.articles == 4 + int(release.version == "000002")
        )
    with open_release(published.warehouse) as connection:
        assert all(outcome.success for outcome in check_release(connection))
    assert published.publish().is_new
    assert not published.publish().is_new


def test_an_untouched_release_stays_as_it_is(published: Pipeline) -> None:
    """The first release never had the article, so not a byte of it changes."""
    folder = published.warehouse.releases / "000001"
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    _, outcome = take(published, identifier(published, "vraag5"))
    assert outcome.releases == ("000002.1",)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_lines_of_the_register_go_with_their_last_source(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    """What was learned from texts that are gone is gone, too; what others have stays."""
    pitch = "Steun vraagkrant met een kleine bijdrage want onderzoek kost geld"
    other = "Steun onze redactie met een kleine bijdrage want onderzoek kost geld"
    texts = {}
    for number in range(12):
        parts = article(number).split("\n\n")
        line = pitch if number < 6 else other
        texts[f"{number}.txt"] = "\n\n".join([*parts[:3], line + ".", *parts[3:]])
    write_files(tmp_path / "inbox", texts)
    pipeline.ingest(tmp_path / "inbox")
    learn(pipeline.warehouse, 5, write=True)
    assert len(read_furniture(pipeline.warehouse.furniture_file)) == 2
    take(pipeline, query="SELECT article_id FROM articles WHERE contains(text, 'vraagkrant')")
    assert [one.line[:10] for one in read_furniture(pipeline.warehouse.furniture_file)] == [
        "steun onze"
    ]
    assert files_with(pipeline.warehouse.root, "vraagkrant") == []


@pytest.mark.parametrize(
    "step", ["forget_names", "rewrite_releases", "purge", "prove", "write_certificate", "take_away"]
)
def test_one_that_is_interrupted_is_finished(
    published: Pipeline, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes next to change anything finishes it; what never began is as if not asked."""
    name = identifier(published, "vraag2")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(retraction if step == "take_away" else leftovers, step, stop)
        with pytest.raises(KeyboardInterrupt):
            take(published, name)
    assert journal_file(published.warehouse).exists()
    with running(published.warehouse, finish_what_was_begun):
        pass
    assert not journal_file(published.warehouse).exists()
    has_begun = step != "take_away"
    assert (files_with(published.warehouse.root, "vraag2bode") == []) is has_begun
    assert len(rows(published, "FROM articles")) == 6 - has_begun
    certificates = list(published.warehouse.root.glob("retractions/*.json"))
    assert len(certificates) == has_begun
    assert {one.revision for one in read_versions(published.warehouse)} == {int(has_begun)}
    published.publish()


def test_a_copy_that_somebody_made_is_named(published: Pipeline) -> None:
    """The proof fails where the text still is, and says where; then it can be finished."""
    copy = published.warehouse.root / "notes" / "copy.txt"
    copy.parent.mkdir()
    copy.write_text(marked(2, "vraag2"), encoding="utf-8")
    with pytest.raises(UnprovenRetractionError, match=r"copy\.txt"):
        take(published, identifier(published, "vraag2"))
    copy.unlink()
    (outcome,) = finish_all_retractions(published.warehouse)
    assert not outcome.proof.left
    assert finish_all_retractions(published.warehouse) == []
