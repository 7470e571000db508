"""The list of releases and the link to the latest, which change last.

A reader sees a release only when it is whole. Whatever an interrupted run left behind is
taken up or cleared away when the next one starts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from knipsel.warehouse.contract.versions import FIRST_VERSION, known_version
from knipsel.warehouse.layout import Warehouse

INDEX_FILE = "index.json"
UNFINISHED = ".unfinished-"
"""What the name of a release starts with until it is whole."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a retraction changed in a release, and when: how many articles and sources it took."""

    number: int
    revised_at: str
    run_id: str
    articles: int
    documents: int


@dataclass(frozen=True, slots=True)
class Release:
    """An entry of ``versions.json``.

    Its folder is called by its ``version``, whatever its ``revision``: how often a retraction
    wrote it anew.
    """

    version: str
    created_at: str
    snapshot_id: int
    code_version: str
    documents: int
    sightings: int
    articles: int
    contract_version: int = FIRST_VERSION
    revision: int = 0
    revisions: tuple[Revision, ...] = ()

    @property
    def label(self) -> str:
        """What the release is cited by: its version, and its revision where it has one."""
        return f"{self.version}.{self.revision}" if self.revision else self.version

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Release:
        """Return the release of an entry; raise `NewerContractError` where it is newer."""
        known_version(entry.get("contract_version", FIRST_VERSION))
        revisions = tuple(Revision(**one) for one in entry.get("revisions", ()))
        return cls(**{**entry, "revisions": revisions})


def read_versions(warehouse: Warehouse) -> list[Release]:
    """Return the releases, oldest first; raise `NewerContractError` where one is newer.

    Where the list is missing or damaged, they are what their folders say that they are.
    """
    listed = read_list(warehouse)
    return _in_folders(warehouse) if listed is None else listed.releases


class ReleaseList(NamedTuple):
    """What ``versions.json`` holds: the version that is the latest, and all, oldest first."""

    latest: str | None
    releases: list[Release]


def read_list(warehouse: Warehouse) -> ReleaseList | None:
    """Return the list of releases as it stands, None where it is missing or damaged."""
    try:
        document = json.loads(warehouse.versions_file.read_text(encoding="utf-8"))
        latest, entries = document["latest"], document["releases"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return ReleaseList(latest and str(latest), [Release.of(entry) for entry in entries])


def _in_folders(warehouse: Warehouse) -> list[Release]:
    """Return the releases whose folders are whole, oldest first."""
    found: list[Release] = []
    for file in sorted(warehouse.releases.glob(f"*/{INDEX_FILE}")):
        if file.parent.name.isdigit():
            with suppress(ValueError, KeyError, TypeError):  # damaged: the folder stays unlisted
                found.append(read_index(file.parent))
    return found


def read_index(folder: Path) -> Release:
    """Return what the release in a folder says of itself, in its ``index.json``."""
    index = json.loads((folder / INDEX_FILE).read_text(encoding="utf-8"))
    return Release.of(index["release"])


def next_version(releases: list[Release]) -> str:
    """Return the number of the next release, padded so that names sort as numbers do."""
    return f"{int(releases[-1].version) + 1 if releases else 1:06d}"


def current_release(warehouse: Warehouse, releases: list[Release]) -> Release | None:
    """Return the release that readers take: the last one, or the one that was gone back to."""
    by_version = {release.version: release for release in releases}
    return by_version.get(_latest_version(warehouse) or "", releases[-1] if releases else None)


def write_aside(file: Path, text: str) -> None:
    """Write a text file so that it is there whole or not at all."""
    aside = file.with_name(f".{file.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)


def as_json(value: object) -> str:
    """Return a value as JSON for people and version control: indented, keys as given."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def write_versions(warehouse: Warehouse, releases: list[Release]) -> None:
    """Write the list of releases, with the one that ``latest`` points to."""
    current = current_release(warehouse, releases)
    document: dict[str, Any] = {
        "latest": current.version if current else None,
        "releases": [asdict(release) for release in releases],
    }
    write_aside(warehouse.versions_file, as_json(document))


def point_latest(warehouse: Warehouse, version: str) -> None:
    """Make ``latest`` the link to a release, in one step."""
    aside = warehouse.root / ".latest.new"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path("releases") / version, target_is_directory=True)
    aside.replace(warehouse.latest)


def _latest_version(warehouse: Warehouse) -> str | None:
    """Return the version that ``latest`` points to."""
    return warehouse.latest.readlink().name if warehouse.latest.is_symlink() else None


def settle(warehouse: Warehouse) -> list[Release]:
    """Finish or clear away what an interrupted release left, and return the releases.

    A release that ``latest`` points to was published, so it is listed; any other folder
    that the list does not know was seen by nobody. A list that was lost is made anew: it says
    nothing of what its folders are, and none of them goes.
    """
    listed = read_list(warehouse)
    releases = read_versions(warehouse)
    known = {release.version for release in releases}
    if releases and (listed is None or listed.latest != _latest_version(warehouse)):
        write_versions(warehouse, releases)
    for folder in sorted(warehouse.releases.glob("*")):
        if folder.name in known or (listed is None and not folder.name.startswith(UNFINISHED)):
            continue
        if folder.name == _latest_version(warehouse):
            releases.append(read_index(folder))
            write_versions(warehouse, releases)
        else:
            shutil.rmtree(folder)
    return releases
