"""Lines that give themselves away: the phrases of menus, buttons, banners and footers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.registers import first_token, line_key
from transforms.text import fold

if TYPE_CHECKING:
    from transforms.registers import Phrases

_LONGEST_LINE = 80
_LONGEST_PREFIX = 300
_LONGEST_PART = 700
"""Characters of a unit in which a phrase counts: a paragraph of an article may well contain
"terms of use", and a cookie notice is seldom longer."""


def boilerplate_reason(text: str, phrases: Phrases) -> str | None:
    """Return the reason for which a line of this text is removed, or None where no phrase tells."""
    if len(text) > _LONGEST_PART:
        return None
    folded = fold(text)
    if not folded:
        return None
    if len(folded) <= _LONGEST_LINE:
        reason = phrases.lines.get(line_key(folded))
        if reason:
            return reason
    if len(folded) <= _LONGEST_PREFIX:
        for prefix, reason in phrases.prefixes.get(first_token(folded), ()):
            if folded.startswith(prefix):
                return reason
    return next((reason for part, reason in phrases.parts if part in folded), None)
