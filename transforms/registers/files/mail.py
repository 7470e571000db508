"""The register of the words that mail programs write into messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold


@dataclass(frozen=True, slots=True)
class MailWords:
    """Folded words of mail programs."""

    subject_prefixes: frozenset[str]
    forward_lines: tuple[str, ...]
    offices: frozenset[str]
    """Case-folded parts before the ``@`` of addresses that are of no person."""
    labels: dict[str, str]
    """The field, such as ``from``, by each word for it."""


def parse_mail_words(table: dict[str, Any]) -> MailWords:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    labels = table.get("labels", {})
    if not isinstance(labels, dict):
        raise ValueError("labels: must be a table of lists")  # noqa: TRY004 - as for every malformed register
    return MailWords(
        frozenset(_folded("subject_prefixes", table.get("subject_prefixes", []))),
        tuple(_folded("forward_lines", table.get("forward_lines", []))),
        frozenset(name.casefold() for name in strings("offices", table.get("offices", []))),
        {
            word: field
            for field, words in labels.items()
            for word in _folded(f"labels.{field}", words)
        },
    )


def _folded(key: str, value: object) -> list[str]:
    return list(map(fold, strings(key, value)))
