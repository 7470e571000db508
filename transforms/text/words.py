"""Small helpers on text: lines with their places, words, folding, repair."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_TOKEN = re.compile(r"[^\W_]\S*")
"""A token from its first letter or digit on."""
UNSPACED = ((0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
"""Code points of the scripts without spaces between words, first and last of each stretch."""
UNSPACED_CLASS = "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in UNSPACED)
"""The same for a class of a regular expression."""
_UNSPACED = re.compile(f"[{UNSPACED_CLASS}]")
# Soft hyphen, zero-width space, word joiner, byte order mark: they show nothing and break
# searching. The zero-width (non-)joiners stay: Persian, Hindi and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# The first byte of a UTF-8 sequence read as Windows-1252, then a byte that continues it.
_MOJIBAKE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_OTHER_SPACES = (
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""White space but the space and the line feed."""
_CLOSERS = "\"'’”»“)]*¹"
END_MARKS = " :.!?…»›>*•|-–—[]：！？。【】□☆★○◎■●◦▪▫▶►◀◄✓✕×←→↑↓▲▼+"
"""What a line may begin and end with without being another line: bullets, arrows, full stops."""
_TERMINALS = ".!?…。！？؟।"


class Line(NamedTuple):
    """A line that shows something: ``text`` is the source at ``start:end``, without outer space.

    ``indent`` is the white space before it in characters, ``after_blank`` whether an empty
    line (or the beginning) stands above it.
    """

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool


def split_lines(source: str) -> Iterator[Line]:
    """Yield the lines of ``source`` that are not white space, in order, with their offsets."""
    offset, after_blank = 0, True
    for raw in source.splitlines(keepends=True):
        text = raw.strip()
        if text:
            indent = len(raw) - len(raw.lstrip())
            start = offset + indent
            yield Line(start, start + len(text), text, indent, after_blank)
        after_blank = not text
        offset += len(raw)


def words(text: str) -> list[str]:
    """Return the words of ``text``, case folded, in order; compounds with a hyphen stay one."""
    return _WORD.findall(text.casefold())


def count_words(text: str) -> int:
    """Count the white-space separated tokens that hold a letter or a digit."""
    return len(_TOKEN.findall(text))


def weight(text: str) -> int:
    """Measure a text in words; two characters of a script without spaces count as one."""
    count = len(text.split())
    return count if text.isascii() else count + len(_UNSPACED.findall(text)) // 2


def fold(text: str) -> str:
    """Return ``text`` as registers list it: NFC, case folded, single spaces, no end marks."""
    if text.isascii():
        return " ".join(text.lower().split()).strip(END_MARKS)
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(END_MARKS)


def fold_lines(texts: Iterable[str]) -> list[str]:
    """Return each of ``texts`` as `fold` does, all at once: lines are many and short."""
    rows = [text.replace("\n", " ") for text in texts]
    joined = unicodedata.normalize("NFC", "\n".join(rows)).casefold()
    if "  " in joined or any(space in joined for space in _OTHER_SPACES):
        return [" ".join(row.split()).strip(END_MARKS) for row in joined.split("\n")]
    return [row.strip(END_MARKS) for row in joined.split("\n")] if rows else []


def ends_sentence(text: str) -> bool:
    """Say whether ``text`` ends as a sentence does, closing quotation marks aside."""
    return text.rstrip(_CLOSERS + " ").endswith(tuple(_TERMINALS))


def begins_upper(text: str) -> bool:
    """Say whether the first letter or digit of ``text`` is not a lower-case letter."""
    first = next((c for c in text[:20] if c.isalnum()), "")
    return bool(first) and not first.islower()


def repair(text: str) -> str:
    """Return ``text`` ready to publish: NFC, single spaces, no invisible characters, no mojibake.

    Mojibake is undone by ftfy, and only where its trace is seen: that is rare, and the
    library costs a tenth of a second to load.
    """
    if text.isascii():
        return " ".join(text.split())
    if _MOJIBAKE.search(text):
        import ftfy  # loaded only where it is needed

        text = ftfy.fix_encoding(text)
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
