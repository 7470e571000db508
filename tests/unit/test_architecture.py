"""The house keeps its shape: rooms, their size, and imports that run downwards only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAY_IMPORT = {
    "flows": {"expectations", "warehouse", "transforms"},
    "expectations": {"warehouse", "transforms"},
    "warehouse": {"transforms"},
    "transforms": set[str](),
}
"""The layers, and which others each imports."""

ROOMS = {
    "model": set[str](),
    "text": {"model"},
    "registers": {"model", "text"},
    "identify": {"text", "registers"},
    "parse": {"model", "text", "registers"},
    "layout": {"text", "registers"},
    "clean": {"model", "text", "registers", "parse", "layout"},
    "read": {"model", "text", "identify", "registers", "parse", "layout", "clean"},
    "describe": {"model", "text", "registers", "parse", "clean"},
    "annotate": {"model", "text", "registers"},
    "duplicates": {"text"},
    "checks": {"text", "registers", "read"},
    "process": {
        *("model", "text", "identify", "registers", "parse", "layout"),
        *("clean", "read", "describe", "annotate"),
    },
}
"""The rooms of the transforms from the ground up, and which others each imports."""

LOADS_REGISTERS = {
    "knipsel.flows.config.register_files",
    "knipsel.flows.config.furniture_file",
    "knipsel.flows.plan.curated",
}
"""Who reads registers from files; everybody else is handed the lexicon that they use."""

EFFECTS = {
    *("os", "io", "pathlib", "random", "secrets", "socket", "subprocess", "time"),
    *("duckdb", "prefect", "pyarrow", "sqlite3"),
}
"""Modules that touch the world; the transforms are pure."""

IN_MEMORY = {"io.BytesIO", "io.StringIO"}
"""What of ``io`` is no file: streams over a value, for libraries that read nothing else."""

MOST_LINES = 400
MOST_ENTRIES = 14
"""Files and folders in a folder: more are a corridor, and want rooms."""


def _modules(layer: str) -> list[Path]:
    """Return the modules of a layer."""
    return sorted((ROOT / layer).rglob("*.py"))


@cache
def _own() -> dict[str, Path]:
    """Return the modules of all layers by their dotted names."""
    found = {}
    for layer in MAY_IMPORT:
        for file in _modules(layer):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(("knipsel", *parts)).removesuffix(".__init__")] = file
    return found


def _is_for_types(node: ast.AST) -> bool:
    """Tell whether a block is there for the type checker alone."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _imported(module: Path, *, at_run_time: bool = False) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    if at_run_time:
        tree.body = [node for node in tree.body if not _is_for_types(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{module} imports by a relative name"
            assert node.level == 0, f"{module} imports by a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _graph() -> dict[str, frozenset[str]]:
    """Return for each module of ours the others that it imports, for types alone or not."""
    own = _own()
    graph = {}
    for name, file in own.items():
        found = {one if one in own else one.rpartition(".")[0] for one in _imported(file)}
        graph[name] = frozenset(found & own.keys() - {name})
    return graph


def _imported_parts(depth: int, within: str = "knipsel") -> dict[str, set[str]]:
    """Return for each part of ``within``, so deep in dotted names, the others that it imports."""
    found: dict[str, set[str]] = {}
    for name, imports in _graph().items():
        if name.startswith(f"{within}.") and name.count(".") >= depth:
            part = name.split(".")[depth]
            others = {
                one.split(".")[depth]
                for one in imports
                if one.startswith(f"{within}.") and one.count(".") >= depth
            }
            found.setdefault(part, set()).update(others - {part})
    return found


def test_imports_run_downwards() -> None:
    """A layer imports the layers below it, and no other."""
    assert _imported_parts(1) == MAY_IMPORT


def test_rooms_stand_on_each_other() -> None:
    """A room of the transforms imports the rooms that the table names, all of them below it."""
    assert _imported_parts(2, "knipsel.transforms") == ROOMS
    above: set[str] = set()
    for room, imports in ROOMS.items():
        assert imports <= above, f"{room} imports what stands above it"
        above.add(room)


def test_no_circles() -> None:
    """No module imports itself by way of others, not even for its types."""
    try:
        TopologicalSorter(_graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_registers_are_handed_down() -> None:
    """Only who loads registers parses them; whoever uses a lexicon takes it as an argument."""
    parse = "knipsel.transforms.registers.parse"
    assert {name for name, imports in _graph().items() if parse in imports} == LOADS_REGISTERS


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_no_folder_is_too_full(layer: str) -> None:
    """A folder over fourteen files and folders wants rooms; data that lie there are not counted."""
    folders = {file.parent for file in _modules(layer)}
    for folder in folders:
        entries = [
            entry
            for entry in folder.iterdir()
            if entry in folders or entry.suffix in {".py", ".toml", ".jinja"}
        ]
        assert len(entries) <= MOST_ENTRIES, folder.relative_to(ROOT)


def test_transforms_are_pure() -> None:
    """The transforms import nothing that reads files, clocks, chance or databases."""
    for module in _modules("transforms"):
        imports = set(_imported(module, at_run_time=True)) - IN_MEMORY
        effects = {name.partition(".")[0] for name in imports} & EFFECTS
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
