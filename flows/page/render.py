"""The templates of the page, and the addresses that it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment

from knipsel.warehouse.release.pages.render import environment

TEMPLATES = Path(__file__).parent / "templates"


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """Return a template with values in it. Raises where one is missing: an error of ours."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    made = environment(TEMPLATES)
    made.globals["address"] = address
    return made


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
