"""What people state is kept in the archive with its own checksum."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knipsel.warehouse.intake.sealed import is_broken, sealed, unsealed


@given(st.text(st.characters(codec="utf-8")))
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    """Whatever it is; and one that was never sealed is what it is."""
    assert unsealed(sealed(text)) == text
    assert unsealed(unsealed(text)) == unsealed(text)


def test_a_seal_is_a_comment() -> None:
    """Whoever reads the file as TOML sees what was stated."""
    assert tomllib.loads(sealed('publisher = "De Streekbode"')) == {"publisher": "De Streekbode"}


def test_a_change_breaks_it(tmp_path: Path) -> None:
    """Of any byte of the text; one without a checksum is none the worse."""
    file = tmp_path / "1.meta.toml"
    for text, is_one in (
        (sealed("a = 1"), False),
        (sealed("a = 1").replace("1", "2", 1), True),
        ("a = 1", False),
    ):
        file.write_text(text, "utf-8")
        assert is_broken(file) is is_one
