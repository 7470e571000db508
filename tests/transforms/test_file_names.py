"""Dates in names of files and in addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.describe.candidates.file_names import (
    address_date,
    address_dates,
    name_date,
    path_dates,
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2023-03-10-column.txt", "2023-03-10"),
        ("trouw_20230310_p12.pdf", "2023-03-10"),
        ("NRC 2023.03.10.txt", "2023-03-10"),
        ("2022-12.txt", "2022-12"),
        ("archief-2022_12.zip", "2022-12"),
        ("2023-02-30.txt", None),
        ("van-2023-03-10-tot-2023-04-10.txt", None),
        ("10-03-2023.txt", None),
        ("rapport-2023.pdf", None),
        ("120230310.txt", None),
        ("article.txt", None),
    ],
)
def test_names(name: str, found: str | None) -> None:
    assert name_date(name) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.trouw.nl/2023/03/10/kade", "2023-03-10"),
        ("https://example.org/nieuws/2023/03/kade-van-hout", "2023-03"),
        ("https://example.org/2023-03-10/kade", "2023-03-10"),
        ("https://example.org/20230310/kade", "2023-03-10"),
        ("https://example.org/2023/kade", None),
        ("https://example.org/?d=/2023/03/10/", None),
        ("https://example.org/2023/13/10/kade", None),
    ],
)
def test_addresses(url: str, found: str | None) -> None:
    assert address_date(url) == found
    candidates = [Candidate("url", url, "canonical", 0.9)]
    assert [one.value for one in address_dates(candidates)] == ([found] if found else [])


def test_a_folder_for_each_day_counts_and_one_for_a_collection_does_not() -> None:
    found = [(one.value, one.method) for one in path_dates("/lake/2023/03/10/kade.txt")]
    assert found == [("2023-03-10", "path")]
    assert list(path_dates("/crawl-2023-03-10/kade.txt")) == []
    assert list(path_dates("")) == []


@given(st.dates(), st.sampled_from(["-", "_", "."]), st.text("abc-_ ", max_size=8))
def test_any_day_is_found_as_it_is(day: object, sign: str, rest: str) -> None:
    written = str(day).replace("-", sign)
    expected = str(day) if "1900" <= str(day)[:4] <= "2099" else None
    assert name_date(f"{written}{rest}.txt") == expected


@given(st.text(max_size=60))
def test_no_date_is_finer_than_the_name(name: str) -> None:
    found = name_date(name)
    assert found is None or all(part in name for part in found.split("-"))
