"""The register of encodings: code pages with their languages, names for them, signs of print."""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import number
from knipsel.transforms.registers.files.letters import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knipsel.transforms.registers.files.letters import Letters

PLACES = frozenset({"apostrophe", "quote", "dash", "space", "currency", "number", "opens", "free"})
"""Where a sign may stand; `knipsel.transforms.identify.encoding.signs` says what each means."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """An encoding that a text without a mark may be in.

    ``codec`` is Python's name, ``name`` the one that is published. ``handicap`` is how much less
    is to be expected of it, in `UNIT`. Most letters that are not ASCII take ``width`` bytes.
    """

    codec: str
    name: str
    languages: tuple[str, ...]
    handicap: int
    width: int


@dataclass(frozen=True, slots=True)
class Sign:
    """How common a sign is among signs, as a logarithm in `UNIT`, and where it stands.

    ``opened_by`` are signs of which a text has one where this one stands behind a word.
    """

    common: int
    place: str
    opened_by: str


@dataclass(frozen=True, slots=True)
class Encodings:
    """What is known of encodings; ``aliases`` are Python's codecs by other names, in lower case."""

    pages: tuple[CodePage, ...]
    aliases: Mapping[str, str]
    signs: Mapping[str, Sign]
    letters: Letters

    def codec_of(self, name: str) -> str | None:
        """Return the codec that a name for an encoding means, None where it means none.

        Of names that Python knows too, the alias counts: it is what people mean by them.
        """
        asked = name.strip().strip("\"'").casefold()
        known = self.aliases.get(asked) or _python_codec(asked) or _numbered(asked)
        return known and self.aliases.get(known, known)

    def page(self, codec: str) -> CodePage | None:
        """Return the page of a codec."""
        return next((page for page in self.pages if page.codec == codec), None)


# Python has codecs that are no encodings of text (zip, base64), and some that take quadratic
# time (idna, punycode): none of them is in a list of those that files may name.
_TEXT_CODECS = (
    *("cp", "iso8859", "iso2022", "koi8", "mac", "utf", "kz1048", "ptcp154", "hp-roman8", "johab"),
    *("shift_jis", "euc", "gb", "big5", "hz", "tis", "ascii"),
)
_NO_TEXT = frozenset({"utf-8-sig", "utf-7"})


_NUMBERED = re.compile(r"(?:x-)?(?:cp|ibm|dos|win|windows|ms|msdos)[-_ ]?0{0,3}([1-9]\d{2,4})")
"""A code page by the number that IBM or Microsoft gave it: ``cp-850``, ``IBM00858``."""


def _numbered(name: str) -> str | None:
    found = _NUMBERED.fullmatch(name)
    return _python_codec(f"cp{found[1]}") if found else None


def _python_codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # ValueError: a name with a zero byte
        return None
    return found if found.startswith(_TEXT_CODECS) and found not in _NO_TEXT else None


def parse_encodings(table: Mapping[str, Any], letters: Letters) -> Encodings:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    aliases = table.get("aliases", {})
    if not isinstance(aliases, dict) or not all(isinstance(one, str) for one in aliases.values()):
        raise ValueError("aliases: must be a table of names")
    signs: dict[str, Sign] = {}
    for row in _rows(table, "signs"):
        for character, sign in _signs(row):
            signs.setdefault(character, sign)
    pages = tuple(_page(row, letters) for row in _rows(table, "pages"))
    return Encodings(pages, {key.casefold(): one for key, one in aliases.items()}, signs, letters)


def _rows(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        message = f"{key}: must be a list of tables"
        raise ValueError(message)
    return rows


def _page(row: Mapping[str, Any], letters: Letters) -> CodePage:
    codec, languages = str(row.get("codec", "")), tuple(str(row.get("languages", "")).split())
    if _python_codec(codec) is None:
        message = f"pages: {codec!r} is no codec of Python's"
        raise ValueError(message)
    unknown = [one for one in languages if one not in letters]
    if unknown or not languages:
        message = f"pages: {codec} has languages without letters: {' '.join(unknown) or 'none'}"
        raise ValueError(message)
    unlikely = number("pages", row.get("unlikely", 0))
    width = int(number("pages", row.get("bytes", 1)))
    name = str(row.get("name", codec))
    return CodePage(codec, name, languages, round(unlikely / UNIT), width)


def _signs(row: Mapping[str, Any]) -> Iterator[tuple[str, Sign]]:
    characters, place = row.get("characters"), row.get("place")
    one_in = number("signs", row.get("one_in"))
    if not isinstance(characters, str) or place not in PLACES or one_in < 1:
        raise ValueError("signs: each needs characters, a number one_in, and a place that is known")
    common = round(-math.log(one_in) / UNIT)
    for character in characters:
        yield character, Sign(common, str(place), str(row.get("opened_by", "")))
