"""XML of databases and programs whose elements are the fields of records: JSON in another dress.

Factiva gives ``<article><headline>…</headline><sourceName>…`` so, and many programs do. The names
of the elements are looked up as those of fields in JSON are, and what is no record is none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.records import json as json_records
from knipsel.transforms.read.source import Source
from knipsel.transforms.read.xml.parse import local
from knipsel.transforms.registers.files.record_fields import field_key

if TYPE_CHECKING:
    from lxml.etree import _Element

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.registers.model import Registers

_TEXT = "body"
"""What the parts of a text are called together."""


def read_records(root: _Element, registers: Registers) -> Reading | None:
    """Return the records in an XML file; None where it holds none with a text."""
    data = {local(root): _value(root, registers.record_fields.text_in_parts)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    found = json_records.read(Source(text.encode(), text), registers)
    return None if isinstance(found, Rejection) else found


def _value(element: _Element, parts: frozenset[str]) -> Any:
    """Return the text of an element, or its elements by name where it has no text beside them."""
    inner = list(element.iterchildren("*"))
    if not inner or any((one.tail or "").strip() for one in inner) or (element.text or "").strip():
        return "".join(map(str, element.itertext()))
    if len({local(one) for one in inner}) == 1 and not any(len(one) for one in inner):
        return "\n\n".join("".join(map(str, one.itertext())) for one in inner)
    found: dict[str, list[Any]] = {}
    for one in inner:
        is_part = field_key(local(one)) in parts
        found.setdefault(_TEXT if is_part else local(one), []).append(_value(one, parts))
    return {name: _single(name, values) for name, values in found.items()}


def _single(name: str, values: list[Any]) -> Any:
    if name == _TEXT and all(isinstance(value, str) for value in values):
        return "\n\n".join(values)
    return values[0] if len(values) == 1 else values
