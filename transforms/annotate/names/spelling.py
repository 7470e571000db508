"""By which name a mention goes: that of the register in its language, elsewhere as written there.

The registers name entities and places in Dutch: *Putin* is *Vladimir Poetin* in a Dutch text. A
German text that has *Putin* and *Wladimir Putin* calls both by the longer one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.annotate.names.vote import Named
    from knipsel.transforms.registers.annotations.names import NameRegisters

REGISTER_LANGUAGE = "nl"
"""The language in which the registers give names."""
_GENITIVES = ("", "'s", "s")


def as_written(
    named: Mapping[str, Named], language: str | None, registers: NameRegisters
) -> Mapping[str, Named]:
    """Return what names mean in a text, each by the longest name that the text has for it.

    ``named`` is by the text of each name. In Dutch, or where a corpus wants Dutch names, and where
    nobody knows the language, they go by the names of the registers.
    """
    if language in {None, REGISTER_LANGUAGE} or registers.entity_language == REGISTER_LANGUAGE:
        return named
    longest: dict[str, str] = {}
    for text, one in named.items():
        spelled = _in_full(text, one, registers)
        if spelled is not None and len(spelled) > len(longest.get(one.name, "")):
            longest[one.name] = spelled
    return {text: replace(one, name=longest.get(one.name, one.name)) for text, one in named.items()}


def _in_full(text: str, one: Named, registers: NameRegisters) -> str | None:
    """Return a name without its genitive, a person's in full; None where no register has it."""
    compounded = text.partition("-")[0]  # "US-Präsident"
    for spelled in (*map(text.removesuffix, _GENITIVES), compounded):
        entity = registers.entities.get(spelled)
        if entity is None:
            if spelled in registers.listed:
                return spelled
            continue
        others = registers.spellings[entity.entity_id] if one.kind == "person" else ()
        return next((full for full in others if full.endswith(f" {spelled}")), spelled)
    return None
