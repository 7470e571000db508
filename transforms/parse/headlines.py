"""Headlines without what the layout puts beside them: the name of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from knipsel.transforms.registers.lines.outlets import OutletRegister

_SIGNS = ("|", "-", "–", "—", "•", "·", "::", "»")
"""What stands between a headline and the name of the site, with spaces around it."""
SEPARATORS = (*(f" {sign} " for sign in _SIGNS), "|")
AROUND_HEADLINE = " \u00a0«" + "".join(_SIGNS)
"""Characters that are left at the ends of a headline where the site's name was taken off."""
_LEAST_WORDS = 2
"""Words of a headline that must be left: ``Trouw - Nieuws`` is none."""


def without_site(
    text: str, sites: Collection[str], outlets: OutletRegister
) -> tuple[str, str | None]:
    """Return a headline without the site's name at its end or beginning, and that name.

    ``sites`` are folded names that the page gives for its site; outlets of the register count
    too. Without one the headline is as it was, and the name None.
    """
    for separator in SEPARATORS:
        for head, tail, rest in (text.rpartition(separator), text.partition(separator)[::-1]):
            known = fold(rest) in sites or outlets.name_of(rest)
            if tail and known and len(head.split()) >= _LEAST_WORDS:
                return head.strip(), rest.strip()
    return text, None
