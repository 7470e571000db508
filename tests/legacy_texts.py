"""News in many languages, written in the encodings of former times."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knipsel.transforms.registers.files.encodings import Encodings

TEXTS = Path(__file__).resolve().with_suffix(".toml")
SEEN = 4
"""Sentences of each language that the code was made with."""
PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("’‘", "'"),
        **dict.fromkeys("–—", "-"),
        "€": "EUR",
        "£": "GBP",
        "…": "...",
        "·": ";",
        "¿": "",
        "¡": "",
    }
)
UNMARKED = {
    "all": ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"),
    "ja": ("iso2022_jp", "iso2022_jp_2004"),
    "ko": ("iso2022_kr",),
    "zh": ("hz",),
}
"""Encodings beside the pages of the register."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
MARKED = "cp1258"
"""The page that writes the tones of Vietnamese behind their letters."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text in an encoding: what was written, and its bytes."""

    language: str
    codec: str
    size: str
    text: str
    content: bytes


def cases(encodings: Encodings, *, held_out: bool = False) -> Iterator[Case]:
    """Yield each text in each encoding that can hold it, whole and sentence by sentence."""
    for name, sentences in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items():
        language = name.replace("hant", "Hant")
        codecs = [page.codec for page in encodings.pages if language in page.languages]
        codecs += [*UNMARKED["all"], *UNMARKED.get(language, ())]
        taken = sentences[SEEN:] if held_out else sentences[:SEEN]
        for codec in codecs:
            yield from _written(language, codec, "text", " ".join(taken))
            for sentence in taken:
                yield from _written(language, codec, "sentence", sentence)


def _written(language: str, codec: str, size: str, text: str) -> Iterator[Case]:
    """Yield a text in an encoding, its signs made plain where need be; none without its letters."""
    written = "".join(one if _holds(codec, one) else one.translate(PLAIN) for one in text)
    if codec == MARKED:
        written = "".join(map(_parted, written))
    try:
        content = written.encode(codec)
    except UnicodeError:
        return
    if not content.isascii() or codec.startswith(("iso2022", "hz", "utf")):
        yield Case(language, codec, size, written, content)


def _holds(codec: str, character: str) -> bool:
    try:
        (_parted(character) if codec == MARKED else character).encode(codec)
    except UnicodeError:
        return False
    return True


def _parted(character: str) -> str:
    """Return a Vietnamese letter with its tone behind it."""
    parts = unicodedata.normalize("NFD", character)
    tone = "".join(one for one in parts if one in TONES)
    if not tone or len(character.encode(MARKED, "ignore")) == 1:
        return character
    return unicodedata.normalize("NFC", "".join(one for one in parts if one not in TONES)) + tone


def letters(text: str) -> str:
    """Return what has to be right: letters and digits, whatever signs and spaces stand between."""
    return "".join(one for one in unicodedata.normalize("NFC", text) if one.isalnum())
