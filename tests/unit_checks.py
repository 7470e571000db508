"""What must hold of the units of any text, and texts whose paragraphs a layout has broken up."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from knipsel.transforms.layout.unit import Unit

WORDS = (
    *("de", "kade", "het", "water", "gemeente", "wethouder", "onderhandelingen", "gracht", "en"),
    *("bewoners", "waterschap", "verkeersmaatregelen", "brug", "singel", "hoogwater", "raad", "in"),
    *("steigers", "kelders", "najaar", "aannemer", "niet", "bouwvergunning", "oever", "straat"),
)


@st.composite
def paragraphs(draw: st.DrawFn, most: int = 6) -> list[str]:
    """Draw paragraphs of two sentences, in which every fourth word occurs nowhere else."""
    count = draw(st.integers(3, most))
    made = []
    for number in range(count):
        chosen = draw(st.lists(st.sampled_from(WORDS), min_size=60, max_size=90))
        chosen[::4] = [_own_word(number, index) for index in range(0, len(chosen), 4)]
        half = len(chosen) // 2
        first, second = " ".join(chosen[:half]), " ".join(chosen[half:])
        made.append(f"Ten {number}e is {first}. Zo {second}.")
    return made


def _own_word(number: int, index: int) -> str:
    digest = hashlib.sha256(f"{number} {index}".encode()).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:8])


def wrapped(paragraph: str, width: int, indent: str = "") -> list[str]:
    """Return the lines of a paragraph that is wrapped at ``width``."""
    return textwrap.wrap(
        paragraph,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def hyphenated(paragraph: str, width: int) -> list[str]:
    """Return the lines of a paragraph whose long words are broken after their fifth letter."""
    lines = [""]
    for word in paragraph.split():
        room = width - len(lines[-1]) - bool(lines[-1])
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        elif len(word) > 9 and room > 5:
            lines[-1] = f"{lines[-1]} {word[:5]}-".lstrip()
            lines.append(word[5:])
        else:
            lines.append(word)
    return lines


def check_units(units: Sequence[Unit], source: str) -> None:
    """Assert that the units tile the source, and that each text maps back to it."""
    reached = 0
    for unit in units:
        assert reached <= unit.start < unit.end
        assert not source[reached : unit.start].strip()
        reached = unit.end
        check_pieces(unit, source)
    assert not source[reached:].strip()


def check_pieces(unit: Unit, source: str) -> None:
    """Assert that every character of a unit's text that is not white space is the source's."""
    if not unit.pieces:
        assert unit.text == source[unit.start : unit.end]
    rest = list(unit.text)
    for piece in unit.pieces:
        stretch = slice(piece.at, piece.at + piece.length)
        assert unit.text[stretch] == source[piece.start : piece.end]
        rest[stretch] = " " * piece.length
    assert not unit.pieces or not "".join(rest).strip()
    assert all(one.end <= other.start for one, other in pairwise(unit.pieces))
    assert unit.stretch(0, len(unit.text)) == (unit.start, unit.end)
