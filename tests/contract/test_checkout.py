"""What users bring and make stays out of git and out of the wheel, wherever it lies."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.pipeline import Pipeline

ROOT = Path(__file__).parents[2]

LAYERS = ("expectations", "flows", "transforms", "warehouse")

OWN_FILES = (
    *(
        "knipsel.toml",
        "warehouse/knipsel.toml",
        "warehouse/bounds.toml",
        "warehouse/furniture.toml",
    ),
    *("warehouse/registers/outlets.toml", "warehouse/topics/own.csv", "warehouse/notes.md"),
    *("corpus/inbox/column.txt", "corpus/inbox/2024/column.txt.meta.toml", "corpus/catalog.csv"),
    *("corpus/corrections.csv", "corpus/clippings/a.html", "corpus/column.txt"),
)
"""Files that users have there, beside what a run makes."""


def git(*arguments: str, folder: Path = ROOT, given: str | None = None) -> list[str]:
    """Return the lines that git prints; an exit code of 1 says that there are none."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=False, capture_output=True, text=True, input=given
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def checkout(released: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout in which the samples were ingested and somebody works."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    folder = tmp_path_factory.mktemp("checkout") / "knipsel"
    for name in git("ls-files", "--cached", "--others", "--exclude-standard"):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    made = released.warehouse.root
    shutil.copytree(made, folder / "warehouse", symlinks=True, dirs_exist_ok=True)
    shutil.copytree(made / "archive", folder / "corpus" / "archive")
    for name in OWN_FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("A text of somebody else.", encoding="utf-8")
    return folder


def test_git_shows_nothing_of_a_run(checkout: Path) -> None:
    """Neither sources nor what is made of them; code that is new is shown."""
    new = checkout / "warehouse" / "lake" / "new.py"
    new.touch()
    try:
        assert git("ls-files", "--others", "--exclude-standard", folder=checkout) == [
            "warehouse/lake/new.py"
        ]
    finally:
        new.unlink()


def test_git_keeps_all_that_is_the_project_s(checkout: Path) -> None:
    """No file of the project is among what is ignored."""
    tracked = "\n".join(git("ls-files", folder=checkout))
    assert git("check-ignore", "--no-index", "--stdin", folder=checkout, given=tracked) == []


def test_a_wheel_has_the_code_and_nothing_else(checkout: Path, tmp_path: Path) -> None:
    """Each name in it is one of the project's; no module, register or template is missing."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tracked = git("ls-files", "knipsel", "corpus/registers", *LAYERS, folder=checkout)
    links = {f"knipsel/{name}" for name in (*LAYERS, "corpus")}
    expected = [
        name if name.startswith("knipsel/") else f"knipsel/{name}"
        for name in tracked
        if name not in links
    ]
    about = [name for name in names if ".dist-info/" in name]
    assert sorted(set(names) - set(about)) == sorted(expected)
    assert {name.partition("/")[2] for name in about} == {
        *("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }
