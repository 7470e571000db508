"""The house keeps its shape: folders, and imports that run downwards only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAY_IMPORT = {
    "flows": {"expectations", "warehouse", "transforms"},
    "expectations": {"warehouse", "transforms"},
    "warehouse": {"transforms"},
    "transforms": set[str](),
}
"""The layers, and which others each may import."""

EFFECTS = {
    *("os", "io", "pathlib", "random", "secrets", "socket", "subprocess", "time"),
    *("duckdb", "prefect", "pyarrow", "sqlite3"),
}
"""Modules that touch the world; the transforms are pure."""

IN_MEMORY = {"BytesIO", "StringIO"}
"""What of ``io`` is no file: streams over a value, for libraries that read nothing else."""

MOST_LINES = 400


def _modules(layer: str) -> list[Path]:
    """Return the modules of a layer."""
    return sorted((ROOT / layer).rglob("*.py"))


def _is_for_types(node: ast.AST) -> bool:
    """Tell whether a block is there for the type checker alone."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _imported(module: Path, *, at_run_time: bool = False) -> Iterator[str]:
    """Yield the top-level names that a module imports, wherever in it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    if at_run_time:
        tree.body = [node for node in tree.body if not _is_for_types(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "io" and {alias.name for alias in node.names} <= IN_MEMORY:
                continue
            yield node.module.split(".")[0]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_imports_run_downwards(layer: str) -> None:
    """A layer imports only the layers below it."""
    for module in _modules(layer):
        others = set(_imported(module)) & (set(MAY_IMPORT) - {layer})
        assert others <= MAY_IMPORT[layer], f"{module.relative_to(ROOT)} imports {others}"


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_every_layer_has_modules(layer: str) -> None:
    """The test above looks at something."""
    assert _modules(layer)


def test_transforms_are_pure() -> None:
    """The transforms import nothing that reads files, clocks, chance or databases."""
    for module in _modules("transforms"):
        effects = set(_imported(module, at_run_time=True)) & (
            EFFECTS | {"duckdb", "prefect", "pyarrow"}
        )
        assert not effects, f"{module.relative_to(ROOT)} imports {effects}"


def test_no_file_is_too_long() -> None:
    """A file over 400 lines wants splitting along a seam."""
    files = [file for layer in (*MAY_IMPORT, "tests") for file in _modules(layer)]
    long = [file.name for file in files if len(file.read_text("utf-8").splitlines()) > MOST_LINES]
    assert long == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_address(lock: str) -> None:
    """A lock carries versions and hashes, and no place to get them from."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_most_tests_need_no_prefect() -> None:
    """The steps can be run, and so tested, without importing Prefect."""
    code = "import sys, tests.pipeline; print('prefect' in sys.modules)"
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert output.stdout == "False\n"
