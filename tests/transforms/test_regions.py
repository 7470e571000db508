"""The order of dates in slashes, by language and by country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.registers.lines.months import add_months
from knipsel.transforms.registers.lines.regions import parse_regions

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


@pytest.mark.parametrize(
    ("language", "country", "order"),
    [
        ("nl", None, "day"),
        ("nl-BE", None, "day"),
        ("es", "MX", "day"),
        ("en", "US", "month"),
        ("en-US", None, "month"),
        ("en_GB", None, "day"),
        ("en", "GB", "day"),
        ("en", "gb", "day"),
        ("en", None, None),
        ("en", "CA", None),
        ("nl", "US", None),
        (None, "US", "month"),
        (None, None, None),
    ],
)
def test_day_order(
    registers: Registers, language: str | None, country: str | None, order: str | None
) -> None:
    assert registers.regions.day_order(language, country) == order


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("krant.nl", "NL"),
        ("paper.co.uk", "GB"),
        ("office.gov", "US"),
        ("paper.com", None),
        ("start.io", None),
        ("localhost", None),
        ("nl", None),
        ("", None),
    ],
)
def test_country_of_host(registers: Registers, host: str, country: str | None) -> None:
    assert registers.regions.country_of_host(host) == country


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"slash_order": {"week": ["US"]}}, "slash_order"),
        ({"slash_order": {"day": ["USA"]}}, r"slash_order\.day"),
        ({"domains": {"uk": 1}}, "domains"),
        ({"worldwide": "io"}, "worldwide"),
    ],
)
def test_a_malformed_register_is_named(table: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}: "):
        parse_regions(table, {})


@pytest.mark.parametrize("table", [{"months": [["a"]]}, {"months": [[1]] * 12}, "months"])
def test_months_are_twelve_lists(table: object) -> None:
    with pytest.raises(ValueError, match=r"^months: "):
        add_months({}, table)
