"""The register of countries: the order of their dates in slashes, their domains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Mapping


CODE_LENGTH = 2
_ORDERS: tuple[Order, ...] = ("day", "month")


@dataclass(frozen=True, slots=True)
class Regions:
    """Countries by their codes of ISO 3166."""

    slash_orders: dict[str, Order]
    """What a date in slashes begins with, by country; none where both are usual."""
    domains: dict[str, str]
    """The country by the last label of a host, where it is not the country's code."""
    worldwide: frozenset[str]
    """Last labels of two letters that tell no country."""


def parse_regions(table: dict[str, Any]) -> Regions:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    orders, domains = table.get("slash_order", {}), table.get("domains", {})
    if not isinstance(orders, dict) or not set(orders) <= set(_ORDERS):
        raise ValueError("slash_order: must be a table of day and month")
    if not isinstance(domains, dict) or not all(isinstance(one, str) for one in domains.values()):
        raise ValueError("domains: must be a table of codes of countries")
    return Regions(
        {
            country: order
            for order in _ORDERS
            for country in _codes(f"slash_order.{order}", orders.get(order, []))
        },
        domains,
        frozenset(_codes("worldwide", table.get("worldwide", []))),
    )


def parse_slash_order(table: Mapping[str, Any]) -> Order | None:
    """Return what a language's dates in slashes begin with; None where that is by country."""
    given = table.get("slash_order")
    order = next((one for one in _ORDERS if one == given), None)
    if given is not None and order is None:
        raise ValueError("slash_order: must be day or month")
    return order


def _codes(key: str, value: object) -> list[str]:
    problem = "must be a list of codes of two letters"
    return strings(key, value, problem, fits=lambda code: len(code) == CODE_LENGTH)


Order = Literal["day", "month"]
"""What a date of digits begins with."""
