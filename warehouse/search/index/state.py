"""What an index says of itself, in its ``index.json``, and whether it is that of its release."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from knipsel.warehouse.release.files.describe import INDEX, SUMS, digest
from knipsel.warehouse.search.index.schema import FORMAT

FOLDER = "search"
"""The folder of the index in a release."""
TERMS = "terms"
"""The folder in it that is tantivy's own."""
ARTICLES, ACCENTS = "articles.npz", "accents.txt"
AGAIN = "the next search makes it anew, and so does `knipsel publish` with the next release."


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index is of: the release by the digest of its checksums, and its articles.

    ``made_with`` are the versions that decide what is in it, ``groups`` the groups of languages
    with lemmas; ``dead`` counts articles that were taken out and still take room. ``files`` gives
    the size of each file, in bytes, and its SHA-256.
    """

    made_with: dict[str, str]
    release: str
    articles: int
    identifiers: str
    groups: tuple[str, ...]
    dead: int
    files: dict[str, tuple[int, str]]


def made_with() -> dict[str, str]:
    """Return the versions that decide what is in an index."""
    libraries = {name: version(name) for name in ("tantivy", "simplemma")}
    return {"format": str(FORMAT), **libraries}


def release_digest(folder: Path) -> str:
    """Return the SHA-256 of a release's checksums: it stands for all that is in the release."""
    return digest(folder / SUMS)


def identifiers_digest(identifiers: Iterable[str]) -> str:
    """Return the SHA-256 of identifiers, in hex: sorted, each on a line."""
    return sha256("".join(f"{one}\n" for one in sorted(identifiers)).encode()).hexdigest()


def write_state(search: Path, state: IndexState) -> None:
    """Write what an index says of itself."""
    (search / INDEX).write_text(json.dumps(asdict(state), indent=2) + "\n", encoding="utf-8")


def index_files(search: Path) -> dict[str, tuple[int, str]]:
    """Return the size and SHA-256 of each file of an index but the one that says so."""
    files = (file for file in sorted(search.rglob("*")) if file.is_file())
    return {
        file.relative_to(search).as_posix(): (file.stat().st_size, digest(file))
        for file in files
        if file != search / INDEX
    }


def read_state(search: Path) -> IndexState | None:
    """Return what an index says of itself, None where it is missing or damaged."""
    try:
        told = json.loads((search / INDEX).read_text(encoding="utf-8"))
        files = {name: (int(size), str(sha)) for name, (size, sha) in told["files"].items()}
        return IndexState(**{**told, "groups": tuple(told["groups"]), "files": files})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def usable_state(folder: Path) -> IndexState | None:
    """Return the state of the index of a release, None where it must be made anew.

    That is so where it is missing, of another version, of another release, or files of it are
    missing or have another size.
    """
    search = folder / FOLDER
    state = read_state(search)
    if state is None or state.made_with != made_with():
        return None
    if state.release != release_digest(folder):
        return None
    sizes = {name: size for name, (size, _) in state.files.items()}
    return state if all(_size(search / name) == size for name, size in sizes.items()) else None


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None


def index_problems(folder: Path, identifiers: Iterable[str]) -> list[str]:
    """Return what is wrong with the index of a release; nothing where it has none.

    ``identifiers`` are those of its articles.
    """
    search = folder / FOLDER
    if not search.exists():
        return []
    state = usable_state(folder)
    if state is None:
        return [f"{search} is no index of this release as it is now; {AGAIN}"]
    changed = [
        name for name, (_, sha256_hex) in state.files.items() if digest(search / name) != sha256_hex
    ]
    if changed:
        return [f"{search / changed[0]} has changed since it was made; {AGAIN}"]
    if state.identifiers != identifiers_digest(identifiers):
        return [f"{search} holds other articles than the release; {AGAIN}"]
    return []
