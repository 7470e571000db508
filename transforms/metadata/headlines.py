"""Headlines without what the layout puts beside them: the name of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from transforms.registers import Registers

_SEPARATORS = (" | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » ")
_LEAST_WORDS = 2
"""Words of a headline that must be left: ``Trouw - Nieuws`` is none."""


def without_site(text: str, sites: Collection[str], registers: Registers) -> tuple[str, str | None]:
    """Return a headline without the site's name at its end or beginning, and that name.

    ``sites`` are folded names that the page gives for its site; outlets of the register count
    too. Without one the headline is as it was, and the name None.
    """
    for separator in _SEPARATORS:
        for head, tail, rest in (text.rpartition(separator), text.partition(separator)[::-1]):
            name = fold(rest)
            known = name in sites or name in registers.outlets_by_name
            if tail and known and len(head.split()) >= _LEAST_WORDS:
                return head.strip(), rest.strip()
    return text, None
