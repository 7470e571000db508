"""How many texts in legacy encodings come out right: ``python -m benchmarks.encodings``.

News in 42 languages (`tests/legacy_texts.toml`) is written in every encoding that has its letters,
without a word of which it is, and decoded. A text is *right* where every letter is, *wrong* where
it is not and would be published, *held back* where the program says that it is not sure. Signs
that an encoding lacks are written in ASCII, as people did. charset-normalizer reads the same
bytes for comparison: it holds nothing back. ``--held-out`` takes the sentences that the code was
not made with.
"""

from __future__ import annotations

import sys
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.registers.files.encodings import Encodings

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "legacy_texts.toml"
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


def outcome(case: Case, encodings: Encodings) -> str:
    """Return whether a case comes out ``right``, ``wrong`` or ``held back``."""
    decoded = decode(case.content, encodings)
    if decoded.doubt:
        return "held back"
    return "right" if letters(decoded.text) == letters(case.text) else "wrong"


def other_outcome(case: Case) -> str:
    """Return the outcome of charset-normalizer."""
    best = charset_normalizer.from_bytes(case.content).best()
    return "right" if best and letters(str(best)) == letters(case.text) else "wrong"


def main() -> None:
    """Print how many texts come out how, and which do not come out right."""
    encodings = load_registers().encodings
    tried = list(cases(encodings, held_out="--held-out" in sys.argv))
    begun = time.process_time()
    outcomes = [outcome(case, encodings) for case in tried]
    each = 1000 * (time.process_time() - begun) / len(tried)
    compared = [other_outcome(case) for case in tried] if "--compare" in sys.argv else []
    print("| texts | number | right | held back | wrong |\n|---|---|---|---|---|")
    for name, results in (("knipsel", outcomes), ("charset-normalizer", compared)):
        for size in ("text", "sentence") if results else ():
            found = Counter(
                one for case, one in zip(tried, results, strict=True) if case.size == size
            )
            shown = " | ".join(str(found[one]) for one in ("right", "held back", "wrong"))
            print(f"| {name}, {size} | {found.total()} | {shown} |")
    print(f"\n{each:.1f} ms of processor time each")
    for case, one in zip(tried, outcomes, strict=True):
        if one != "right":
            decoded = decode(case.content, encodings)
            why = decoded.doubt or f"{decoded.encoding} {decoded.text[:80]}"
            print(f"- {one}: {case.language} in {case.codec}, {case.size}: {why}")


if __name__ == "__main__":
    main()
