"""Outlets by their hosts, countries by theirs, and what dates in slashes begin with there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.registers.regions import CODE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.model import Registers
    from knipsel.transforms.registers.outlets import Outlet
    from knipsel.transforms.registers.regions import Order, Regions


def outlet_of_host(host: str, registers: Registers) -> Outlet | None:
    """Return the outlet of a host, or of the nearest domain that it is in, such as ``vrt.be``.

    ``nieuws.vrt.be`` is in it; ``nieuwsvrt.be`` and ``vrt.be.example.org`` are not.
    """
    listed = registers.outlets_by_host
    name = next((listed[domain] for domain in _domains(host) if domain in listed), None)
    return None if name is None else registers.outlets_named[name]


def _domains(host: str) -> Iterator[str]:
    """Yield a host and the domains that it is in, the nearest first."""
    parts = host.strip().lower().removesuffix(".").split(".")
    return (".".join(parts[index:]) for index in range(len(parts) - 1))


def day_order(language: str | None, country: str | None, registers: Registers) -> Order | None:
    """Return what a date in slashes begins with; None where it is unknown.

    ``language`` is a code as BCP 47 has it: the country of ``en-GB`` counts where ``country``
    is not known. English has the order of its country, and none by itself. Where a language
    and a country differ, as for Dutch in the United States, nothing is known.
    """
    parts = (language or "").replace("_", "-").split("-")
    region = next((part for part in parts[1:] if len(part) == CODE_LENGTH), None)
    code = country or region
    orders = {
        registers.slash_orders.get(parts[0].lower()),
        registers.regions.slash_orders.get(code.upper()) if code else None,
    } - {None}
    return orders.pop() if len(orders) == 1 else None


def country_of_host(host: str, regions: Regions) -> str | None:
    """Return the country that the last label of a host hints at: ``GB`` for ``a.co.uk``."""
    label = host.rstrip(".").rpartition(".")[2].lower()
    if label in regions.domains:
        return regions.domains[label]
    is_code = len(label) == CODE_LENGTH and label.isalpha() and label.isascii() and "." in host
    return label.upper() if is_code and label not in regions.worldwide else None
