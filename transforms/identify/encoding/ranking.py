"""The encodings that a sample may be in, the likeliest first."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.identify.encoding.evidence import Judge
from knipsel.transforms.identify.encoding.pages import upper_half
from knipsel.transforms.registers.files.letters import UNIT, folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from knipsel.transforms.identify.encoding.evidence import Evidence
    from knipsel.transforms.registers.files.encodings import CodePage, Encodings

_SHORTLIST, _FEW_BYTES = 14, 40
"""Pages that are tried on words, after all were tried on single letters; with fewer bytes beyond
ASCII than that, letters alone say too little, and all are tried."""
_SCALE = 1 / UNIT
_UNLISTED = round(-8 * _SCALE)
"""What a character says on the shortlist that is no letter of the page's languages."""
_ASCII = bytes(range(0x80))
_MOST_BROKEN = 0.03
"""Of the characters of an encoding of several bytes: above it, the bytes are not in it."""


class PageReading(NamedTuple):
    """What a page makes of a sample, and how many bytes more than characters that took."""

    page: CodePage
    text: str
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page, the text that it makes of a sample, and what speaks for that, in `UNIT`."""

    page: CodePage
    text: str
    evidence: Evidence

    @property
    def score(self) -> int:
        """What speaks for the text, less what speaks against the page."""
        return self.evidence.score - self.page.handicap


def rank(readings: Iterable[PageReading], encodings: Encodings) -> list[Candidate]:
    """Return the texts that pages make of one sample, each with its best page, likeliest first."""
    judge = Judge(encodings)
    best: dict[str, Candidate] = {}
    for page, text, extra in readings:
        found = Candidate(page, text, judge.evidence(text, page, extra))
        if text not in best or found.score > best[text].score:
            best[text] = found
    return sorted(best.values(), key=lambda one: -one.score)


def sample_text(sample: bytes, codec: str) -> str:
    """Return a sample in an encoding, composed (Windows-1258 writes marks behind letters)."""
    return unicodedata.normalize("NFC", sample.decode(codec, "replace"))


def readings_of(
    sample: bytes, encodings: Encodings, also: Collection[str] = ()
) -> Iterator[PageReading]:
    """Yield the pages that a sample may be in, with what it is in each.

    ``also`` are codecs of pages that are tried whatever the single letters say.
    """
    narrow = [page for page in encodings.pages if page.width == 1]
    histogram = Counter(sample.translate(None, _ASCII))
    listed = sorted(
        narrow, key=lambda page: page.handicap - _by_letters(page, histogram, encodings)
    )
    tried = listed[:_SHORTLIST] if histogram.total() > _FEW_BYTES else listed
    first = encodings.pages[0].codec
    for page in narrow:
        if page in tried or page.codec in {first, *also}:
            yield PageReading(page, sample_text(sample, page.codec))
    for page in encodings.pages:
        if page.width > 1:
            text = sample_text(sample, page.codec)
            beyond = sum(1 for one in text if one > "\x7f")
            if page.codec in also or text.count("\ufffd") <= _MOST_BROKEN * beyond:
                yield PageReading(page, text, len(sample) - len(text))


def _by_letters(page: CodePage, histogram: Counter[int], encodings: Encodings) -> int:
    characters = upper_half(page.codec)
    common = {
        byte: sign.common if (sign := encodings.signs.get(characters[byte - 0x80])) else _UNLISTED
        for byte in histogram
    }
    return max(
        sum(
            count * letters.singles.get(folded(characters[byte - 0x80]), common[byte])
            for byte, count in histogram.items()
        )
        for letters in map(encodings.letters.__getitem__, page.languages)
    )
