"""The dates of a line, no finer than the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from transforms.dates import find_dates

if TYPE_CHECKING:
    from transforms.registers import Registers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 maart 2023", ["2023-03-10"]),
        ("March 10, 2023", ["2023-03-10"]),
        ("10. März 2023", ["2023-03-10"]),
        ("1er août 2020", ["2020-08-01"]),
        ("Dec. 2nd, 2025 at 10:30", ["2025-12-02"]),
        ("vr 3 mrt. 2023 en 2023-03-04T10:00", ["2023-03-03", "2023-03-04"]),
        ("december 2022", ["2022-12"]),
        ("2022-12", ["2022-12"]),
        ("10.03.2023", ["2023-03-10"]),
        ("10-03-2023", ["2023-03-10"]),
        ("13/04/2023", ["2023-04-13"]),
        ("04/13/2023", ["2023-04-13"]),
        ("3/4/2023", []),
        ("31 februari 2023", []),
        ("October 17, 20236:01 PM ET", ["2023-10-17"]),
        ("May 2nd 202511 mins", ["2025-05-02"]),
        ("October 17, 202366", []),
        ("in 2023 kwamen 10 vissen", []),
        ("020-1234 2022-123", []),
        ("2025年12月2日", ["2025-12-02"]),
    ],
)
def test_find_dates(registers: Registers, text: str, found: list[str]) -> None:
    assert [one.edtf for one in find_dates(text, registers.months)] == found
