"""From what a person typed to a query: what cannot be understood is said, and never an error.

Words side by side must all be there. Operators are in capitals; ``AND`` binds more than ``OR``,
and ``NEAR`` more than both.
"""

from __future__ import annotations

import re

from knipsel.transforms.text.search.lexer import Lexeme, lexemes
from knipsel.transforms.text.search.query import (
    DEFAULT_DISTANCE,
    FACETS,
    FARTHEST,
    MOST_OPERANDS,
    OPERATORS,
    ZONES,
    And,
    Has,
    Near,
    Not,
    Or,
    Parsed,
    Piece,
    Query,
    Within,
    Words,
)
from knipsel.transforms.text.search.tokens import name_key, tokens_of

LONGEST_QUERY = 20_000
"""Characters of a query that are read: lists of some thousand words fit."""
MOST_WORDS = 1_000
"""Words in a query: each costs a look into the index."""
DEEPEST = 30
"""Brackets within brackets: nobody reads more, and each takes a call."""
_SHOWN = 40
"""Characters of what was not understood that are shown."""
_FIELD = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?$")
_WITH_DISTANCE = re.compile(r"([^,].*?)(,\d{0,9})")
_OTHER_NAMES = {"quotation": "quotations", "quote": "quotations", "outlet": "publisher"}


def parse(text: str) -> Parsed:
    """Return what is understood of a query, and in sentences what is not."""
    parser = _Parser(text)
    query = parser.alternatives(0)
    while not parser.is_at_end:
        parser.note_once("A closing bracket had no opening one.")
        parser.step()
        rest = parser.alternatives(0)
        query = _joined(query, rest)
    return Parsed(query, tuple(parser.notes))


def _joined(left: Query | None, right: Query | None) -> Query | None:
    if left is None or right is None:
        return left if right is None else right
    return And((left, right))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class _Parser:
    """Goes through the parts of a query once; collects what it does not understand."""

    def __init__(self, text: str) -> None:
        self.notes: list[str] = []
        if len(text) > LONGEST_QUERY:
            self.note_once(f"Only the first {LONGEST_QUERY:,} characters were read.")
        self._parts = list(lexemes(text[:LONGEST_QUERY]))
        self._at = 0
        self._count = 0

    @property
    def is_at_end(self) -> bool:
        return self._at >= len(self._parts)

    @property
    def _next(self) -> Lexeme | None:
        return None if self.is_at_end else self._parts[self._at]

    def step(self) -> Lexeme:
        part = self._parts[self._at]
        self._at += 1
        return part

    def note_once(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _is_operator(self, name: str) -> bool:
        part = self._next
        return part is not None and part.kind == "run" and part.text == name

    def alternatives(self, depth: int) -> Query | None:
        """Return queries divided by OR."""
        found: list[Query] = []
        is_asked = False
        while True:
            one = self._all_of(depth)
            if one is not None:
                found.append(one)
            elif is_asked or self._is_operator("OR"):
                self.note_once("An OR had nothing on one side.")
            if not self._is_operator("OR"):
                break
            self.step()
            is_asked = True
        return Or(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def _all_of(self, depth: int) -> Query | None:
        """Return queries side by side, or divided by AND."""
        found: list[Query] = []
        is_asked = False
        while (part := self._next) is not None and part.kind != "close":
            if self._is_operator("OR"):
                break
            if self._is_operator("AND"):
                if is_asked or not found:
                    self.note_once("An AND had nothing on one side.")
                self.step()
                is_asked = True
                continue
            one = self._refused_or_not(depth)
            if one is not None:
                found.append(one)
                is_asked = False
        if is_asked:
            self.note_once("An AND had nothing on one side.")
        return And(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def _refused_or_not(self, depth: int) -> Query | None:
        """Return a query, behind any number of NOT and minus signs."""
        times = 0
        while (part := self._next) is not None and part.kind == "run":
            if part.text == "NOT":
                self.step()
            elif part.text.startswith("-") and part.text.strip("-"):
                self._parts[self._at] = part._replace(text=part.text[1:])
            elif part.text == "-" and self._is_glue_next():
                self.step()
            else:
                break
            times += 1
        inner = self._near_chain(depth)
        if inner is None:
            if times:
                self.note_once("A NOT had nothing behind it.")
            return None
        return Not(inner) if times % 2 else inner

    def _is_glue_next(self) -> bool:
        return self._at + 1 < len(self._parts) and self._parts[self._at + 1].is_glued

    def _near_chain(self, depth: int) -> Query | None:
        """Return ``a NEAR/5 b`` and longer chains, or what stands alone."""
        found = self._operand(depth)
        chain: list[Query] = [] if found is None else [found]
        distance: int | None = None
        while (given := self._infix_near()) is not None:
            if distance not in {None, given}:
                self.note_once("Of several NEAR in a row the largest distance counts.")
            distance = max(given, distance or 0)
            self.step()
            follows = None if self._ends_here() else self._operand(depth)
            if follows is None or not chain:
                self.note_once("A NEAR had nothing on one side.")
            if follows is not None:
                chain.append(follows)
        return self._near(chain, distance)

    def _ends_here(self) -> bool:
        part = self._next
        is_operator = part is not None and part.kind == "run" and part.text in OPERATORS
        return part is None or part.kind == "close" or is_operator

    def _infix_near(self) -> int | None:
        part = self._next
        found = _NEAR.match(part.text) if part is not None and part.kind == "run" else None
        if found is None or (self._is_near_group() and found[1] is None):
            return None
        return DEFAULT_DISTANCE if found[1] is None else int(found[1])

    def _is_near_group(self) -> bool:
        """Tell whether ``NEAR(`` stands next."""
        after = self._parts[self._at + 1] if self._at + 1 < len(self._parts) else None
        return self._is_operator("NEAR") and after is not None and after[0::3] == ("open", True)

    def _near(self, chain: list[Query], distance: int | None) -> Query | None:
        """Return queries as near each other; as all of them where they have no places."""
        if len(chain) <= 1 or distance is None:
            return next(iter(chain), None)
        operands = [_alternatives(one) for one in chain]
        known = tuple(one for one in operands if one is not None)
        if len(known) < len(operands):
            self.note_once("NEAR is for words and phrases; the others must only be there too.")
            return And(tuple(chain))
        if len(known) > MOST_OPERANDS:
            self.note_once(f"NEAR takes {MOST_OPERANDS} words or phrases; all must be there now.")
            return And(tuple(chain))
        if distance > FARTHEST:
            self.note_once(f"NEAR goes to {FARTHEST} words; beyond that, AND says the same.")
        return Near(known, min(distance, FARTHEST))

    def _operand(self, depth: int) -> Query | None:
        """Return the next word, phrase, group or field."""
        part = self._next
        if part is None or part.kind == "close":
            return None
        if self._is_near_group():
            self.step()
            self.step()
            return self._near_group(depth)
        if part.kind == "run" and (part.text in OPERATORS or _NEAR.match(part.text)):
            return None
        self.step()
        if part.kind == "open":
            return self._group(depth)
        if part.kind == "phrase":
            return self._phrase(part)
        return self._run(part, depth)

    def _group(self, depth: int) -> Query | None:
        if depth >= DEEPEST:
            self.note_once(f"Brackets deeper than {DEEPEST} were passed over.")
            return None
        inner = self.alternatives(depth + 1)
        self._close()
        if inner is None:
            self.note_once("Brackets had nothing in them.")
        return inner

    def _close(self) -> None:
        if self.is_at_end:
            self.note_once("A closing bracket was missing at the end.")
        else:
            self.step()

    def _near_group(self, depth: int) -> Query | None:
        """Return what stands in ``NEAR(a b, 5)``, behind its opening bracket."""
        found: list[Query] = []
        distance: int | None = None
        while (part := self._next) is not None and part.kind != "close":
            if part.kind == "run" and (given := self._distance_here(part)) is not None:
                distance = given
                continue
            if part.kind == "run" and (cut := _WITH_DISTANCE.fullmatch(part.text)):
                parts = (part._replace(text=cut[1]), part._replace(text=cut[2]))
                self._parts[self._at : self._at + 1] = parts
                part = parts[0]
            if part.kind == "run" and (part.text in OPERATORS or _NEAR.match(part.text)):
                self.note_once("In the brackets of NEAR only words stand side by side.")
                self.step()
                continue
            if depth < DEEPEST and (one := self._operand(depth + 1)) is not None:
                found.append(one)
            elif depth >= DEEPEST:
                self.step()
        self._close()
        if not found:
            self.note_once("Brackets had nothing in them.")
        return self._near(found, DEFAULT_DISTANCE if distance is None else distance)

    def _distance_here(self, part: Lexeme) -> int | None:
        """Return the number behind the comma where it stands next, and step over it."""
        together = re.fullmatch(r",(\d{1,9})", part.text)
        if together:
            self.step()
            return int(together[1])
        if part.text != ",":
            return None
        self.step()
        after = self._next
        if after is not None and after.kind == "run" and re.fullmatch(r"\d{1,9}", after.text):
            return int(self.step().text)
        return None

    def _phrase(self, part: Lexeme) -> Query | None:
        if not part.is_ended:
            self.note_once("A quotation mark was missing at the end.")
        return self._words(part.text, is_exact=True)

    def _run(self, part: Lexeme, depth: int) -> Query | None:
        found = _FIELD.fullmatch(part.text)
        if found is None:
            return self._words(part.text)
        name = found[1].lower()
        name = _OTHER_NAMES.get(name, name)
        if name in ZONES:
            return self._in_zone(name, found[2], depth)
        if name in FACETS:
            return self._of_facet(name, found[2])
        if not part.text.startswith(("http:", "https:")):
            fields = ", ".join((*ZONES, *FACETS))
            self.note_once(
                f"There is no field {_short(found[1])!r}, so its name is a word; "
                f"fields are {fields}."
            )
        return self._words(part.text)

    def _in_zone(self, zone: str, rest: str, depth: int) -> Query | None:
        inner: Query | None = None
        if rest:
            inner = self._words(rest)
        elif not self._ends_here():
            inner = self._operand(depth)
        if inner is None:
            self.note_once(f"{zone}: had nothing behind it.")
            return None
        return Within(zone, inner)

    def _of_facet(self, facet: str, rest: str) -> Query | None:
        value, is_whole = rest, False
        if not rest and (after := self._next) is not None and not self._ends_here():
            is_whole = after.kind == "phrase"
            value = "" if after.kind == "open" else " ".join(self.step().text.split())
        if not name_key(value):
            self.note_once(f"{facet}: had no name behind it, such as {facet}:name.")
            return None
        return Has(facet, value, is_whole)

    def _words(self, text: str, *, is_exact: bool = False) -> Words | None:
        """Return the words in a text, None where it has none."""
        found = tokens_of(text)
        if not found.exact:
            self.note_once(
                f"There is no word in {_short(text)!r}."
                if text.strip()
                else "Quotation marks had nothing in them."
            )
            return None
        room = MOST_WORDS - self._count
        if len(found.exact) > room:
            self.note_once(f"Only the first {MOST_WORDS:,} words were taken.")
            if room <= 0:
                return None
        self._count += len(found.exact)
        pieces = [
            Piece(word, text[end : end + 1] == "*", text[start:end])
            for word, (start, end) in zip(found.exact, found.spans, strict=True)
        ]
        return Words(tuple(self._stars(pieces[:room], text, is_exact=is_exact)), is_exact)

    def _stars(self, pieces: list[Piece], text: str, *, is_exact: bool) -> list[Piece]:
        """Return pieces with stars only where they mean something; say so of the others."""
        kept = pieces if is_exact else [Piece(one.word, typed=one.typed) for one in pieces[:-1]]
        if not is_exact:
            kept.append(pieces[-1])
        if text.count("*") > sum(one.is_prefix for one in kept):
            self.note_once("A star counts only at the end of a word.")
        return kept


def _alternatives(query: Query) -> tuple[Words, ...] | None:
    """Return the words that an operand of NEAR may be, None where it is more than that."""
    match query:
        case Words():
            return (query,)
        case Or(parts) if all(isinstance(one, Words) for one in parts):
            return tuple(one for one in parts if isinstance(one, Words))
        case _:
            return None
