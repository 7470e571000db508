"""Templates, which escape all that they are given, and how values are written in them.

Names of files and what stands in them come from anywhere: characters that would not show, or
would turn the line around, are written as their numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SHARED = Path(__file__).parent
"""Where the templates lie that all pages share."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of Unicode whose characters do not show, or change how others do."""


def environment(folder: Path) -> Environment:
    """Return the templates of a folder and those that all share; what is put into one is escaped.

    A name that a template wants and is not given is an error of ours, and raises.
    """
    # Imported here: most commands print no page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([folder, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "visible": visible,
        "marked": marked,
        "count": count,
        "share": share,
        "moment": moment,
        "lit": lit,
    }
    return made


def visible(value: object) -> str:
    """Return a value as text in which every character shows."""
    text = "" if value is None else str(value)
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) in HIDDEN else sign for sign in text
    )


def marked(text: str) -> Markup:
    """Return our own words with what stands between backticks as code."""
    from markupsafe import Markup

    parts = [str(Markup.escape(part)) for part in text.split("`")]
    code = (f"<code>{part}</code>" if odd % 2 else part for odd, part in enumerate(parts))
    return Markup("".join(code))  # noqa: S704 - every part is escaped


def count(number: int | None) -> str:
    """Return a number with its thousands apart; a dash where there is none."""
    return "–" if number is None else f"{number:,}"


def share(number: float | None) -> str:
    """Return a share in per cent."""
    return "–" if number is None else f"{number:.0%}"


def moment(value: datetime | str | None) -> str:
    """Return a moment to the minute."""
    return "–" if value is None else f"{str(value)[:16].replace('T', ' ')} UTC"


def lit(text: str, marks: Sequence[Sequence[int]]) -> Markup:
    """Return a text in which stretches are marked: pairs of where they begin and end, in order."""
    from markupsafe import Markup

    parts: list[Markup] = []
    at = 0
    for start, end in marks:
        parts.append(Markup.escape(_inert(text[at:start])))
        parts.append(Markup("<mark>{}</mark>").format(_inert(text[start:end])))
        at = end
    return Markup("").join([*parts, Markup.escape(_inert(text[at:]))])


def _inert(text: str) -> str:
    """Return a text without what would turn its line around, or does not show."""
    return "".join(sign if sign in "\n\t\u200d\u200c" else visible(sign) for sign in text)
