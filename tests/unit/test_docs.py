"""The docs say what the code says."""

from __future__ import annotations

from warehouse.dictionary import PAGE, dictionary


def test_data_dictionary_is_up_to_date() -> None:
    """The page is what the contract gives; `make docs` writes it."""
    assert PAGE.read_text(encoding="utf-8") == dictionary()
