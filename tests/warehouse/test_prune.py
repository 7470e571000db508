"""Old releases go when they are asked to, and nothing that somebody relies on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.keep.prune import pin_release, prune_releases, unpin_release
from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.keeping.pins import PinsError
from knipsel.warehouse.release.keeping.prune import Keep, to_remove
from knipsel.warehouse.release.versions import Release, read_versions, write_versions
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article

NOW = datetime(2024, 7, 1, tzinfo=UTC)


def release(number: int, month: int) -> Release:
    """Return a release of a month of 2024."""
    return Release(f"{number:06d}", f"2024-{month:02d}-03T00:00:00+00:00", number, "1", 1, 1, 1)


def numbers(releases: Sequence[Release]) -> list[int]:
    """Return the numbers of releases."""
    return [int(one.version) for one in releases]


ALL = [release(number, month) for number, month in enumerate([1, 1, 2, 2, 2, 3, 3], start=1)]


@pytest.mark.parametrize(
    ("keep", "latest", "pinned", "going"),
    [
        (Keep(2), "000007", [], [1, 2, 3, 4, 5]),
        (Keep(2, monthly=True), "000007", [], [1, 3, 4]),
        (Keep(1), "000002", [], [1, 3, 4, 5, 6]),
        (Keep(1), "000007", ["000001", "000004"], [2, 3, 5, 6]),
        (Keep(20), "000007", [], []),
    ],
)
def test_what_may_go(keep: Keep, latest: str, pinned: list[str], going: list[int]) -> None:
    """All but the newest, those of a month's end where asked, the latest and what is pinned."""
    assert numbers(to_remove(ALL, keep, latest, pinned)) == going


@given(st.lists(st.integers(1, 12), max_size=12).map(sorted), st.data())
def test_what_somebody_relies_on_never_goes(months: list[int], data: st.DataObject) -> None:
    """Whatever is asked: the latest, the newest and those pinned stay; a month keeps its last."""
    releases = [release(number, month) for number, month in enumerate(months, start=1)]
    some = st.sampled_from([one.version for one in releases]) if releases else st.nothing()
    pinned = data.draw(st.sets(some)) if releases else set()
    latest = data.draw(some) if releases else None
    keep = Keep(data.draw(st.integers(1, 15)), monthly=data.draw(st.booleans()))
    going = to_remove(releases, keep, latest, pinned)
    gone = {one.version for one in going}
    assert not gone & {*pinned, latest, *(one.version for one in releases[-keep.last :])}
    if keep.monthly:
        staying = [one.created_at for one in releases if one.version not in gone]
        assert set(staying) == {one.created_at for one in releases}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with four releases, each of an article more."""
    folder = tmp_path_factory.mktemp("four-releases")
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"))
    for number in range(1, 5):
        write_files(folder / "inbox", {f"{number}.txt": article(number)})
        pipeline.ingest(folder / "inbox")
        pipeline.publish()
    return pipeline


@pytest.fixture
def four(prepared: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(prepared, tmp_path)


def folders(pipeline: Pipeline) -> list[str]:
    """Return the folders of releases."""
    return sorted(folder.name for folder in pipeline.warehouse.releases.iterdir())


def test_old_releases_go_and_the_lake_goes_on(four: Pipeline, tmp_path: Path) -> None:
    """The list and the folders agree; the next release is numbered on; one can go back."""
    place = four.warehouse
    pin_release(place, "2", "cited", NOW)
    done = prune_releases(place, Keep(1))
    assert numbers(done.releases) == [1, 3]
    assert done.freed_bytes > 0
    assert done.snapshots > 0
    assert folders(four) == ["000002", "000004"]
    assert numbers(read_versions(place)) == [2, 4]
    assert roll_back(place, "2").articles == 2
    write_files(tmp_path / "inbox", {"5.txt": article(5)})
    four.ingest(tmp_path / "inbox")
    assert four.publish().version == "000005"
    assert unpin_release(place, "2")
    assert numbers(prune_releases(place, Keep(1)).releases) == [2, 4]


def test_what_was_cut_off_is_cleared(four: Pipeline) -> None:
    """Killed when the list was written and the folders were not removed yet."""
    write_versions(four.warehouse, read_versions(four.warehouse)[2:])
    prune_releases(four.warehouse, Keep(5))
    assert folders(four) == ["000003", "000004"]


def test_a_damaged_list_of_pins_is_no_empty_one(four: Pipeline) -> None:
    """Nothing goes then, and the sentence says which file it is."""
    (four.warehouse.root / "pinned.json").write_text("{", encoding="utf-8")
    with pytest.raises(PinsError, match=r"pinned\.json"):
        prune_releases(four.warehouse, Keep(1))
    assert len(folders(four)) == 4
