"""The public API: what its page shows, and what importing it costs."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import knipsel
from knipsel.flows.read.own_modules import environment

pytestmark = pytest.mark.long  # whole warehouses, again and again

ROOT = Path(__file__).parents[2]
SESSIONS = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example of docs/api.md, one after the other in a new folder beside the samples."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    text = "\n".join(SESSIONS.findall(page))
    examples = doctest.DocTestParser().get_doctest(text, {}, "docs/api.md", None, 0)
    assert len(examples.examples) > 30
    told: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    outcome = doctest.DocTestRunner(optionflags=flags).run(examples, out=told.append)
    assert outcome.failed == 0, "".join(told)


def test_every_public_name_is_there_and_on_the_page() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in set(knipsel.__all__) - {"__version__"}:
        assert getattr(knipsel, name).__doc__
        assert f"{name}`" in page or f"knipsel.{name}(" in page
    with pytest.raises(AttributeError, match="nonsense"):
        knipsel.nonsense  # type: ignore[attr-defined]  # noqa: B018 - asking is the test


def run(code: str, folder: Path) -> str:
    """Return what Python prints for some code that runs in a folder, as a script there would."""
    script = folder / "script.py"
    script.write_text(code, encoding="utf-8")
    command = [sys.executable, str(script)]
    variables = {k: v for k, v in environment().items() if not k.startswith("PREFECT_")}
    done = subprocess.run(
        command, cwd=folder, env=variables, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_importing_it_loads_nothing(tmp_path: Path) -> None:
    code = "import sys, knipsel\nprint([name for name in sys.modules if name.count('.') == 0])"
    loaded = run(code, tmp_path)
    for name in ("numpy", "pyarrow", "duckdb", "prefect", "pandas", "pydantic", "typer"):
        assert f"'{name}'" not in loaded


def test_a_folder_of_flows_beside_it_is_somebody_elses(tmp_path: Path) -> None:
    """Whoever has a package `flows` of their own, as is usual beside Prefect, has it still."""
    for name in ("flows", "warehouse", "transforms", "expectations"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("MINE = True\n", encoding="utf-8")
    code = (
        "import flows, warehouse, transforms, expectations, knipsel\n"
        "(article,) = knipsel.read(sys.argv[1], apart=True).articles\n"
        "print(flows.MINE, bool(article.text), knipsel.flows.__name__)"
    ).replace("sys.argv[1]", repr(str(ROOT / "corpus/samples/articles/oost-polanie-gas.txt")))
    assert run(code, tmp_path) == "True True knipsel.flows\n"


def test_whoever_imports_it_keeps_their_prefect(tmp_path: Path) -> None:
    """A program that runs the flows on a server of its own finds that, not one of this project."""
    code = (
        "import os, knipsel\nknipsel.flows\n"
        "print([name for name in ('PREFECT_HOME', 'PREFECT_API_URL') if name in os.environ])"
    )
    assert run(code, tmp_path) == "[]\n"
