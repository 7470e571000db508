"""Where sources were seen, as a release says it: relative to the warehouse's folder.

The lake has absolute paths, which tell of the machine that they are of. The way from one form to
the other loses nothing, so that a release can become the lake again.
"""

from __future__ import annotations

from pathlib import Path

from knipsel.warehouse.sql import quoted

HERE = "./"
_UP = "../"
"""How a relative path begins; so it is told from an absolute one, and from what is no path."""


def _steps(root: Path) -> list[tuple[str, str]]:
    """Return each folder above a place, the nearest first, with the way up to it."""
    folders = [root, *root.parents]
    ways = [HERE, *(_UP * count for count in range(1, len(folders)))]
    return [(f"{str(folder).rstrip('/')}/", way) for folder, way in zip(folders, ways, strict=True)]


def shown(root: Path, column: str = "path") -> str:
    """Return SQL for an absolute path as one relative to a folder; what is no path stays."""
    cases = (
        f"WHEN starts_with({column}, {quoted(folder)}) "
        f"THEN {quoted(way)} || substr({column}, {len(folder) + 1})"
        for folder, way in _steps(root)
    )
    return f"CASE {' '.join(cases)} ELSE {column} END"


def found(root: Path, column: str = "path") -> str:
    """Return SQL for a path of a release as an absolute one; what is no relative path stays."""
    cases = (
        f"WHEN starts_with({column}, {quoted(way)}) "
        f"THEN {quoted(folder)} || substr({column}, {len(way) + 1})"
        for folder, way in reversed(_steps(root))
    )
    return f"CASE {' '.join(cases)} ELSE {column} END"
