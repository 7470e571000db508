"""Text in the cells of CSV, so that a spreadsheet takes it for data.

Texts come from strangers. A spreadsheet that opens a CSV file takes a cell that begins with
``=``, ``+``, ``-`` or ``@`` for a formula, which can fetch an address or run a program. Such
text gets an apostrophe in front. And it takes ``2022-12`` for a day of December, ``000003`` for 3:
what a person is to send back gets one for that, too.
"""

from __future__ import annotations

import re

GUARD = "'"
"""What is put before text that would be a formula; a spreadsheet takes the rest for text."""

_SIGNS = "=+\\-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "⁼⁺⁻₌₊₋" + "\u2212"
"""What begins a formula, also as spreadsheets of other scripts write it, and the minus sign."""

_IGNORED = "\\s\\x00-\\x20\\u200b-\\u200f\\u2060\\ufeff"
"""What a spreadsheet may drop before it looks at a cell: white space, and what is not seen."""

_FORMULA = re.compile(f"{GUARD}*(?:[\t\r\n]|[{_IGNORED}]*[{_SIGNS}])")
"""Text that is guarded. With apostrophes before it, it gets one more: then a reader who takes
one apostrophe away wherever this matches has the text again, to the character."""

_LONGEST_NUMBER = 40
"""Characters of the longest day or number; longer text stays text."""
_NUMBER = re.compile(
    rf"{GUARD}*(?:(?=.{{0,{_LONGEST_NUMBER}}}$).*\d|(?i:true|false|waar|onwaar|wahr|falsch|vrai|faux)$)",
    re.DOTALL,
)
"""Text with a digit, which some spreadsheet in some language may take for a number or a day, and
words that it takes for a truth."""


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return GUARD + text if _FORMULA.match(text) else text


def exact_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, a number or a day."""
    return GUARD + text if _is_guarded(text) else text


def written_text(text: str) -> str:
    """Return the text of which `exact_text` made a cell."""
    return text[len(GUARD) :] if text.startswith(GUARD) and _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return bool(_FORMULA.match(text) or _NUMBER.match(text))
