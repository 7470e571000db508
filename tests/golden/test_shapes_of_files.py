"""Each raw shape becomes what was read and found right when its expectation was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.shapes import EXPECTED, become, raw_files


@pytest.mark.parametrize("file", raw_files(), ids=lambda file: file.name)
def test_file_becomes_what_is_expected(file: Path) -> None:
    assert become(file) == file.with_name(file.name + EXPECTED).read_text(encoding="utf-8")
