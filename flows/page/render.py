"""Templates, which escape all that they are given, and how values are written in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from knipsel.warehouse.release.validation.page import marked, visible


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """Return a template with values in it. Raises where one is missing: an error of ours."""
    return environment().get_template(template).render(values)


@cache
def environment() -> Environment:
    """Return the templates; whatever is put into one is escaped."""
    made = Environment(
        loader=PackageLoader("knipsel.flows.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "visible": visible,
        "marked": marked,
        "count": count,
        "share": share,
        "moment": moment,
        "lit": lit,
    }
    made.globals["address"] = address
    return made


def count(number: int | None) -> str:
    """Return a number with its thousands apart; a dash where there is none."""
    return "–" if number is None else f"{number:,}"


def share(number: float | None) -> str:
    """Return a share in per cent."""
    return "–" if number is None else f"{number:.0%}"


def moment(value: datetime | str | None) -> str:
    """Return a moment to the minute."""
    return "–" if value is None else f"{str(value)[:16].replace('T', ' ')} UTC"


def address(path: str, **values: object) -> str:
    """Return an address with the values that are given; None, false and empty ones are left out."""
    given = [
        (name.rstrip("_"), one)
        for name, value in values.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
        if one not in (None, "", False)
    ]
    return f"{path}?{urlencode(given)}" if given else path


def whole_number(text: str | None, most: int, default: int = 0) -> int:
    """Return a number that an address gives, within bounds; the default where it is none."""
    if text is None or not text.isascii() or not text.isdigit():
        return default
    return min(int(text), most)


def lit(text: str, marks: Sequence[Sequence[int]]) -> Markup:
    """Return a text in which stretches are marked: pairs of where they begin and end, in order."""
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
