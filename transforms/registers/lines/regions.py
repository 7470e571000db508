"""The register of countries and languages: the order of their dates in slashes, their domains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.registers.lines.dates import MONTHS_FILE
from knipsel.transforms.registers.tables import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.lines.dates import Order
    from knipsel.transforms.registers.tables import LanguageTables

CODE_LENGTH = 2
_ORDERS: tuple[Order, ...] = ("day", "month")
_LANGUAGE_ORDERS: tuple[Order, ...] = (*_ORDERS, "year")


@dataclass(frozen=True, slots=True)
class Regions:
    """Countries by their codes of ISO 3166."""

    slash_orders: dict[str, Order]
    """What a date in slashes begins with, by country; none where both are usual."""
    domains: dict[str, str]
    """The country by the last label of a host, where it is not the country's code."""
    worldwide: frozenset[str]
    """Last labels of two letters that tell no country."""
    language_orders: Mapping[str, Order]
    """What a date in slashes begins with, by language."""

    def day_order(self, language: str | None, country: str | None) -> Order | None:
        """Return what a date in slashes begins with; None where it is unknown.

        ``language`` is a code as BCP 47 has it: the country of ``en-GB`` counts where
        ``country`` is not known. English has the order of its country, and none by itself. Where
        a language and a country differ, as for Dutch in the United States, nothing is known.
        """
        parts = (language or "").replace("_", "-").split("-")
        region = next((part for part in parts[1:] if len(part) == CODE_LENGTH), None)
        code = country or region
        orders = {
            self.language_orders.get(parts[0].lower()),
            self.slash_orders.get(code.upper()) if code else None,
        } - {None}
        return orders.pop() if len(orders) == 1 else None

    def country_of_host(self, host: str) -> str | None:
        """Return the country that the last label of a host hints at: ``GB`` for ``a.co.uk``."""
        label = host.rstrip(".").rpartition(".")[2].lower()
        if label in self.domains:
            return self.domains[label]
        is_code = len(label) == CODE_LENGTH and label.isalpha() and label.isascii() and "." in host
        return label.upper() if is_code and label not in self.worldwide else None


def parse_regions(table: dict[str, Any], language_orders: Mapping[str, Order]) -> Regions:
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
        language_orders,
    )


def parse_language_orders(languages: LanguageTables, others: Mapping[str, Any]) -> dict[str, Order]:
    """Parse what dates in slashes begin with by language; ``others`` have months alone."""
    rows = [(languages.code(name), name, table) for name, table in languages.by_file.items()]
    rows += [(code, MONTHS_FILE, table) for code, table in others.items()]
    found = {code: parsed(parse_slash_order, name, table) for code, name, table in rows}
    return {code: order for code, order in found.items() if order}


def parse_slash_order(table: Mapping[str, Any]) -> Order | None:
    """Return what a language's dates in slashes begin with; None where that is by country."""
    given = table.get("slash_order")
    order = next((one for one in _LANGUAGE_ORDERS if one == given), None)
    if given is not None and order is None:
        raise ValueError("slash_order: must be day, month or year")
    return order


def _codes(key: str, value: object) -> list[str]:
    problem = "must be a list of codes of two letters"
    return strings(key, value, problem, fits=lambda code: len(code) == CODE_LENGTH)
