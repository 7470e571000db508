"""How press databases label what they export, parsed from the register ``exports.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*")
"""A number, with or without what parts its thousands."""
_SEASONS = range(21, 25)
"""The seasons of EDTF, level 1 (ISO 8601-2, 4.8), written in place of the month."""
PHRASES = (
    *("rights", "page", "edition", "untitled", "cover"),
    *(
        "byline",
        "byline_end",
        "no_person",
        "outlet_end",
        "source_words",
        "section_words",
        "certificate",
    ),
)
"""What lists of beginnings and of words there are."""
LINES = ("record", "end", "body", "caption", "classification", "word_count", "page", "notice")
"""What a line that stands alone can be."""


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    """Fold a text once for all kinds of lines that are sought in it."""
    return text.casefold()


@dataclass(frozen=True, slots=True)
class ExportLabels:
    """The labels of exports; all are folded but Factiva's codes. Without the file all are empty."""

    lines: dict[str, str]
    """What a whole line is (``record``, ``end`` ...) by the line, its numbers replaced by ``#``."""
    needles: dict[str, tuple[str, ...]]
    """By what a line is, words of which a text with such a line has one."""
    labels: dict[str, str]
    """The field by its label."""
    records: dict[str, str]
    """The field by its label in a list of labelled values; those of ``labels`` are among them."""
    sections: tuple[str, ...]
    """The labels of sections."""
    languages: dict[str, str]
    """The BCP 47 tag by the name of the language."""
    seasons: dict[str, int]
    phrases: dict[str, tuple[str, ...]]
    """Beginnings of lines by what they say; longest first."""
    factiva: dict[str, str]
    """The field by its code."""

    def may_have(self, kind: str, text: str) -> bool:
        """Say whether a line of that kind may stand in ``text``: a look that costs little."""
        folded = _folded(text)
        for word in self.needles.get(kind, ()):
            place = folded.find(word)
            while place >= 0:
                around = folded[max(0, place - _LONGEST) : place + _LONGEST].splitlines()
                if any(self.line(line) == kind for line in around):
                    return True
                place = folded.find(word, place + len(word))
        return False

    def line(self, text: str) -> str | None:
        """Return what a line that stands alone is, or None."""
        return self.lines.get(_NUMBER.sub("#", fold(text))) if len(text) <= _LONGEST else None

    def begins(self, text: str, phrases: str) -> bool:
        """Say whether ``text`` begins with one of the phrases of that name."""
        return text[:_LONGEST].casefold().startswith(self.phrases.get(phrases, ()))


_LONGEST = 60
"""Characters of a line that divides an export; a longer one is text."""


def parse_exports(table: Mapping[str, Any]) -> ExportLabels:
    """Parse the register; raise `ValueError` with the key first where it is malformed."""
    codes = _lists(table, "factiva")
    phrases = {key: _lists(table, "phrases").get(key, []) for key in PHRASES}
    lines = _by_word(_lists(table, "lines"))
    of_kind = {kind: [line for line in lines if lines[line] == kind] for kind in LINES}
    unknown = set(lines.values()) - set(LINES)
    if unknown:
        message = f"lines.{min(unknown)}: is none of {', '.join(LINES)}"
        raise ValueError(message)
    return ExportLabels(
        lines=lines,
        needles={kind: _needles(rows) for kind, rows in of_kind.items()},
        labels=_by_word(_lists(table, "labels")),
        records=_by_word(_lists(table, "labels")) | _by_word(_lists(table, "records")),
        sections=tuple(_lists(table, "labels").get("article_section", ())),
        languages=_by_word(_lists(table, "languages")),
        seasons=_seasons(_lists(table, "seasons")),
        phrases={
            key: tuple(sorted((row.casefold() for row in rows), key=lambda row: (-len(row), row)))
            for key, rows in phrases.items()
        },
        factiva={code: name for name, row in codes.items() for code in row},
    )


def _lists(table: Mapping[str, Any], key: str) -> dict[str, list[str]]:
    rows = table.get(key, {})
    if not isinstance(rows, dict):
        message = f"{key}: must be a table of lists"
        raise ValueError(message)  # noqa: TRY004 - one error for all that a register can have wrong
    return {name: strings(f"{key}.{name}", row, fits=bool) for name, row in rows.items()}


def _by_word(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(word): name for name, words in lists.items() for word in words}


def _needles(lines: list[str]) -> tuple[str, ...]:
    """Return the longest word of each line, and none that has another one in it."""
    found = {max(line.split(), key=lambda word: (len(word), word)) for line in lines}
    return tuple(sorted(w for w in found if not any(o in w for o in found - {w})))


def _seasons(lists: Mapping[str, list[str]]) -> dict[str, int]:
    if not all(name.isdecimal() and int(name) in _SEASONS for name in lists):
        message = "seasons: EDTF has the seasons 21 to 24"
        raise ValueError(message)
    return {fold(word): int(name) for name, words in lists.items() for word in words}
