"""Made-up articles for tests of metadata, with a body long enough to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.model import ProcessedDocument, Statement

BODY = """\
De kade in het oude centrum moet omhoog, want het water komt elk jaar een stukje verder. Dat
schrijft de gemeente aan de bewoners, die er volgens de wethouder vaak om hebben gevraagd.

De bomen langs de gracht moeten dan wijken. Bewoners vrezen dat het werk nog heel lang zal
duren, en dat de winkels in de straat al die tijd slecht te bereiken zijn voor hun klanten.

Volgens de wethouder is er geen andere weg. Het plan kost vier miljoen euro, en de provincie
betaalt de helft daarvan. De raad spreekt er nog over, en wil eerst weten wat er met de bomen
gebeurt, hoe lang de straat dicht is en wie de schade van de winkels zal betalen.
"""


def page(above: str = "", below: str = "", body: str = BODY) -> str:
    """Return a page with lines above and below a body."""
    return "\n\n".join(part for part in (above, body, below) if part)


def statements(document: ProcessedDocument, field: str) -> list[Statement]:
    """Return the statements of a document about a field."""
    return [one for one in document.statements if one.field == field]


def chosen(document: ProcessedDocument, field: str) -> str | None:
    """Return the value of a field that was chosen."""
    return next((one.value for one in statements(document, field) if one.chosen), None)
