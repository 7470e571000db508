"""The register of names that databases and programs give to the fields of an article."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold


@dataclass(frozen=True, slots=True)
class RecordFields:
    """How fields of an article are named in records; names are as `field_key` gives them."""

    fields: dict[str, tuple[str, int]]
    """The field of the article by each name, and the name's rank among those of the field."""
    wrappers: frozenset[str]
    """Case-folded names of objects that only wrap the fields of a record."""
    alternatives: frozenset[str] = frozenset()
    """Names of fields whose values are forms of one and the same thing: the first one counts."""
    parts: frozenset[str] = frozenset()
    """Case-folded names of objects and lists that hold a text in parts."""
    text_in_parts: frozenset[str] = frozenset()
    """Names of elements of XML that follow each other and are one text."""
    feed_endings: tuple[str, ...] = ()
    """Folded words of the line with which entries of feeds say where they appeared first."""
    nothing: frozenset[str] = frozenset()
    """What programs write where a field has no value."""


def field_key(name: str) -> str:
    """Return ``name`` as fields of records are looked up: ``articleBody`` is ``article_body``.

    Only letters, digits, the dots between nested names and the ``@`` of JSON-LD count.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return "".join(c for c in folded if c.isalnum() or c in ".@")


def parse_record_fields(table: dict[str, Any]) -> RecordFields:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    rows = table.get("fields", {})
    if not isinstance(rows, dict):
        raise ValueError("fields: must be a table of lists")  # noqa: TRY004 - as for every malformed register
    fields: dict[str, tuple[str, int]] = {}
    for field, names in rows.items():
        for rank, name in enumerate(strings(f"fields.{field}", names)):
            if fields.setdefault(field_key(name), (field, rank)) != (field, rank):
                message = f"fields.{field}: {name!r} is listed twice"
                raise ValueError(message)
    wrappers = strings("wrappers", table.get("wrappers", []))
    return RecordFields(
        fields,
        frozenset(name.casefold() for name in wrappers),
        frozenset(map(field_key, strings("alternatives", table.get("alternatives", [])))),
        frozenset(map(field_key, strings("parts", table.get("parts", [])))),
        frozenset(map(field_key, strings("text_in_parts", table.get("text_in_parts", [])))),
        tuple(map(fold, strings("feed_endings", table.get("feed_endings", [])))),
        frozenset(strings("nothing", table.get("nothing", []))),
    )
