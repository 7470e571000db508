"""What stands between quotation marks: which mark opens, which closes, and which is neither.

Marks are read as in a bracket language, with the space around them to tell the two sides of a
mark that looks the same on both. An apostrophe stands inside a word, or before or behind one
that is known to be written with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.annotate.model import TextBlock

Ended = Literal["closed", "continued", "unclosed"]

_MARK = re.compile(r",,(?=[^\W\d_])|''|``|[‘’‚‛'“”„‟\"«»‹›]")
_CLOSERS = {
    "„": frozenset('“”"'),
    "‟": frozenset("”"),
    "“": frozenset('”"“'),
    "”": frozenset("”"),
    '"': frozenset('"”“'),
    ",,": frozenset(("''", '"', "”", "“")),
    "``": frozenset(("''", '"', "”")),
    "''": frozenset(("''",)),
    "‘": frozenset("’'"),
    "‛": frozenset("’'"),
    "‚": frozenset("‘’'"),
    "’": frozenset("’"),
    "'": frozenset("'’"),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "‹": frozenset("›"),
    "›": frozenset("‹›"),
}
"""What may close what each mark opens."""
_SINGLE = frozenset("‘’‚‛'")
_APOSTROPHES = frozenset("’'")
_GUILLEMETS = frozenset("«»‹›")
_OPENING_BEFORE = " \t\n\xa0([{–—-/:;,…\u2009\u202f\u200b"
_SPACE = " \t\n\xa0\u2009\u202f"
_ELIDED = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d\d(?:s|ers?)?")
_GENITIVE_LETTERS = "sxzSXZ"
_LINE_LOOKBACK = 40
"""Characters in which the word before a mark is looked for."""
_DEEPEST = 9
"""Marks within marks, some of which nothing closes."""
MOST_BLOCKS = 8
"""Paragraphs over which one mark may reach without an opening mark at each."""


class Marked(NamedTuple):
    """Words between marks in a block.

    ``open`` and ``close`` are the places before the opening and behind the closing mark, where
    there are any; ``start`` and ``end`` those of the words. ``depth`` is 0 outside all others.
    """

    open: int
    start: int
    end: int
    close: int
    block: int
    depth: int
    ended: Ended
    carried: bool = False
    """It began in a block before this one, and has no mark of its own here."""


class _Open(NamedTuple):
    mark: str
    place: int
    inside: int


def find_marked(text: str, blocks: Sequence[TextBlock], elisions: frozenset[str]) -> list[Marked]:
    """Return what stands between marks, in order, the outer before what it holds."""
    found: list[Marked] = []
    pending: tuple[_Open, int] | None = None
    for number, block in enumerate(blocks):
        reader = _Reader(text, block, number, elisions)
        if pending:
            pending = reader.carry(pending, blocks, found)
        left = reader.read()
        found.extend(reader.found)
        if left:
            pending = (left, number)
    if pending:
        place, number = pending
        found.append(_rest_of(text, place, blocks[number], number, "unclosed"))
    found = [one for one in found if one.start < one.end]
    return _with_depths(sorted(found, key=lambda one: (one.open, -one.close)))


def _rest_of(text: str, left: _Open, block: TextBlock, number: int, ended: Ended) -> Marked:
    start, end = _trimmed(text, left.inside, block.end)
    return Marked(left.place, start, end, block.end, number, 0, ended)


def _carried(number: int, block: TextBlock) -> Marked:
    return Marked(
        block.start, block.start, block.end, block.end, number, 0, "continued", carried=True
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _with_depths(found: list[Marked]) -> list[Marked]:
    """Give each its depth; of those that cross, which only broken marks do, keep the first."""
    kept: list[Marked] = []
    ends: list[int] = []
    for one in found:
        while ends and ends[-1] <= one.open:
            ends.pop()
        if ends and one.close > ends[-1]:
            continue
        kept.append(one._replace(depth=len(ends)))
        ends.append(one.close)
    return kept


class _Reader:
    """Reads the marks of one block."""

    def __init__(self, text: str, block: TextBlock, number: int, elisions: frozenset[str]) -> None:
        self._text = text
        self._block = block
        self._number = number
        self._elisions = elisions
        self._marks = [
            (one[0], one.start(), one.end())
            for one in _MARK.finditer(text, block.start, block.end)
            if not self._is_apostrophe(one[0], one.start(), one.end())
        ]
        self._stack: list[_Open] = []
        self.found: list[Marked] = []

    def carry(
        self, pending: tuple[_Open, int], blocks: Sequence[TextBlock], found: list[Marked]
    ) -> tuple[_Open, int] | None:
        """Go on with what a block before left open; return it where it is open behind this one."""
        left, number = pending
        first = self._marks[0] if self._marks else None
        if first and first[1] == self._block.start and first[0] == left.mark:
            found.append(_rest_of(self._text, left, blocks[number], number, "continued"))
            return None
        closing = None if left.mark in _APOSTROPHES else next(self._closings(left), None)
        if closing is not None:
            found.append(_rest_of(self._text, left, blocks[number], number, "continued"))
            found.extend(
                _carried(between, blocks[between]) for between in range(number + 1, self._number)
            )
            _, place, behind = self._marks[closing]
            start, end = _trimmed(self._text, self._block.start, place)
            one = Marked(start, start, end, behind, self._number, 0, "closed", carried=True)
            found.append(one)
            del self._marks[: closing + 1]
            return None
        is_far = self._number - number >= MOST_BLOCKS
        if self._marks or is_far or left.mark in _APOSTROPHES:
            found.append(_rest_of(self._text, left, blocks[number], number, "unclosed"))
            return None
        return pending

    def _closings(self, left: _Open) -> Iterator[int]:
        """Yield the mark that closes ``left`` before any other opens, where there is one."""
        for index, (mark, start, end) in enumerate(self._marks):
            if mark in _CLOSERS[left.mark] and self._can_close(mark, start, end):
                yield index
                return
            if self._can_open(mark, start, end):
                return

    def read(self) -> _Open | None:
        """Pair the marks; return the outermost that nothing closes."""
        for index, (mark, start, end) in enumerate(self._marks):
            if self._closes(index, mark, start, end):
                continue
            if self._can_open(mark, start, end):
                self._restart(mark, start)
                self._stack.append(_Open(mark, start, end))
        return self._left_open()

    def _left_open(self) -> _Open | None:
        """Return the outermost that is open, unless the same mark opened others behind it.

        A mark that may be an apostrophe opens nothing that it does not close, but for a paragraph
        or what stands behind a colon.
        """
        last = {self._text[one.open]: one.open for one in sorted(self.found)}
        for one in self._stack:
            if one.place > last.get(one.mark[0], -1) and self._is_sure(one):
                return one
        return None

    def _is_sure(self, one: _Open) -> bool:
        if one.mark not in _APOSTROPHES:
            return True
        text, first = self._text, self._block.start
        begins = one.place == first or text[max(first, one.place - 2) : one.place] == ": "
        return one.mark == "'" and begins and text[one.inside].isupper()

    def _restart(self, mark: str, start: int) -> None:
        """At a mark that opens a line, end what the same mark opened before it."""
        top = self._stack[-1] if self._stack else None
        at_line = start > self._block.start and self._text[start - 1] == "\n"
        if top and top.mark == mark and at_line:
            self._stack.pop()
            self._keep(top, start, start, "continued")

    def _closes(self, index: int, mark: str, start: int, end: int) -> bool:
        if not self._stack or not self._can_close(mark, start, end):
            return False
        for depth in range(len(self._stack) - 1, max(-1, len(self._stack) - _DEEPEST), -1):
            if mark in _CLOSERS[self._stack[depth].mark]:
                break
        else:
            return False
        if mark in _SINGLE and self._is_genitive(index, start, end):
            return True
        if self._is_reopening(mark, start, end):
            return False
        one = self._stack[depth]
        del self._stack[depth:]
        self._keep(one, start, end, "closed")
        return True

    def _is_reopening(self, mark: str, start: int, end: int) -> bool:
        """Tell whether a mark that could do both stands before a word and behind a space."""
        if mark in _GUILLEMETS:
            return False
        return self._can_open(mark, start, end) and self._text[start - 1] in _SPACE + "(["

    def _keep(self, one: _Open, place: int, behind: int, ended: Ended) -> None:
        start, end = _trimmed(self._text, one.inside, place)
        self.found.append(Marked(one.place, start, end, behind, self._number, 0, ended))

    def _is_genitive(self, index: int, start: int, end: int) -> bool:
        """Tell an apostrophe behind a word by a better mark that follows it."""
        before, after = self._text[start - 1], self._text[end : end + 2]
        if before not in _GENITIVE_LETTERS or after[:1] != " " or not after[1:].isalpha():
            return False
        if index + 1 == len(self._marks):
            return False
        mark, start, end = self._marks[index + 1]
        return mark in _SINGLE and not self._can_open(mark, start, end)

    def _can_open(self, mark: str, start: int, end: int) -> bool:
        before = self._text[start - 1] if start > self._block.start else " "
        after = self._text[end] if end < self._block.end else " "
        if (after in _SPACE and mark not in _GUILLEMETS) or after in ",;:!?)":
            return False
        if mark in "„«":
            return True
        if mark in "“‘":
            return not before.isalnum()
        return before in _OPENING_BEFORE or before in _CLOSERS or before in ".!?"

    def _can_close(self, mark: str, start: int, end: int) -> bool:
        before = self._text[start - 1] if start > self._block.start else " "
        after = self._text[end] if end < self._block.end else " "
        if mark in _GUILLEMETS:
            return True
        if before in _SPACE:
            return False
        return mark in "”“" or not after.isalnum() or (mark == '"' and before in ".,!?")

    def _is_apostrophe(self, mark: str, start: int, end: int) -> bool:
        if mark not in _SINGLE:
            return False
        text, first, last = self._text, self._block.start, self._block.end
        before = text[start - 1] if start > first else " "
        after = text[end] if end < last else " "
        if not after.isalnum():
            return False
        if before.isalnum():
            return True
        found = _ELIDED.match(text, end, last)
        word = found[0] if found else ""
        if word in self._elisions:
            return True
        is_year = bool(_YEAR.fullmatch(word))
        return is_year and (mark == "’" or not self._begins_sentence(start))

    def _begins_sentence(self, place: int) -> bool:
        """Tell whether no word of a sentence stands before ``place`` that goes on behind it."""
        before = self._text[max(self._block.start, place - _LINE_LOOKBACK) : place].rstrip()
        return not before or before[-1] in '.!?:…’”“"»'
