"""The page on formats names all that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.transforms.read import READERS
from knipsel.transforms.read.exports import EXPORTS
from knipsel.warehouse.intake.containers.model import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("media_type", READERS)
def test_each_media_type_has_a_row(media_type: str) -> None:
    assert f"| `{media_type}` | `{READERS[media_type]}` |" in PAGE


@pytest.mark.parametrize("module", [module for _, module in EXPORTS])
def test_each_export_has_a_row(module: str) -> None:
    assert f"`transforms/read/exports/{module.replace('.', '/')}.py`" in PAGE


def test_each_kind_of_archive_is_named() -> None:
    named = PAGE.split("## Archives")[1].split("##")[0].casefold()
    short = {"gzip": "gz", "bzip2": "bz2"}
    assert [kind for kind in KINDS if short.get(kind, kind) not in named] == []
