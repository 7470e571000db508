"""What the values of an article are held against: the lines of its source, and its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidates.declared_days import DECLARED
from knipsel.transforms.parse.dates import is_day
from knipsel.transforms.text.words import fold, fold_lines, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.clean.blocks import Block, Cleaned
    from knipsel.transforms.describe.candidate import Candidate

DECLARED_WAYS = DECLARED | {"title", "page_data"}
"""How a page tells machines: all of it comes out of one system, and is one witness."""
_LONGEST_LINE = 400
"""Characters of a line that can be a headline, a byline or hold a day; longer ones are text."""
_DATED_LINE = 160
_LEAD_PARAGRAPHS = 8
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LETTERS = re.compile(r"[^a-z0-9]")
_SITE_FIELDS = frozenset({"publisher", "site_name", "hostname", "copyright_holder"})
_ADDRESS_FIELDS = frozenset({"url", "hostname"})
_BODY = frozenset({"body", "standfirst"})


@dataclass(frozen=True)
class ArticlePage:
    """The source of an article as it was divided, and all that was found about it."""

    cleaned: Cleaned
    found: Sequence[Candidate]
    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The lines of the source, in its order."""
        return self.cleaned.blocks

    @cached_property
    def lines(self) -> list[str]:
        """The lines, folded; empty where they are too long to be a headline or a byline."""
        return fold_lines(b.text if len(b.text) <= _LONGEST_LINE else "" for b in self.blocks)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each line stands in the source."""
        return Counter(self.lines)

    @cached_property
    def _body(self) -> list[int]:
        return [at for at, block in enumerate(self.blocks) if block.role == "body"] or [0]

    @property
    def begin(self) -> int:
        """The first line of the article's text."""
        return self._body[0]

    @property
    def end(self) -> int:
        """The last line of the article's text."""
        return self._body[-1]

    @cached_property
    def headline(self) -> int | None:
        """The line that is the headline."""
        return next((at for at, one in enumerate(self.blocks) if one.role == "headline"), None)

    @cached_property
    def lead(self) -> frozenset[str]:
        """The words with which the text begins."""
        body = [block.text for block in self.blocks if block.role in _BODY][:_LEAD_PARAGRAPHS]
        return frozenset(words(" ".join(body)))

    @cached_property
    def folded_text(self) -> str:
        """The article's text, folded."""
        return fold(self.text)

    @cached_property
    def sites(self) -> frozenset[str]:
        """What the site and its owner are called."""
        return frozenset(fold(one.value) for one in self.found if one.field in _SITE_FIELDS)

    @cached_property
    def has_markup(self) -> bool:
        """Whether the source tells machines anything about itself."""
        return any(one.method in DECLARED_WAYS for one in self.found)

    @cached_property
    def _addresses(self) -> str:
        found = dict.fromkeys(one.value for one in self.found if one.field in _ADDRESS_FIELDS)
        return " ".join(found).casefold()

    @cached_property
    def address_words(self) -> frozenset[str]:
        """The words of the addresses that the page gives itself."""
        return frozenset(words(re.sub(r"[-_/.%+]", " ", self._addresses)))

    @cached_property
    def address_letters(self) -> str:
        """The letters of these addresses."""
        return _LETTERS.sub("", self._addresses)

    @cached_property
    def days(self) -> list[tuple[int, date]]:
        """The days that short lines name, each with its line."""
        found: list[tuple[int, date]] = []
        for at, block in enumerate(self.blocks):
            if len(block.text) <= _DATED_LINE and _YEAR.search(block.text):
                named = self.cleaned.lines(block.text).dates
                found += [(at, date.fromisoformat(one.edtf)) for one in named if is_day(one)]
        return found

    @cached_property
    def latest_year(self) -> int | None:
        """The latest year that the article's text names."""
        return latest_year(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def line_of(self, one: Candidate) -> int | None:
        """Return the line in which a candidate stands, None where it is not part of the source."""
        if one.start is None or not self.blocks:
            return None
        return max(0, bisect_right(self._starts, one.start) - 1)

    def nearest_line(self, several: Sequence[Candidate]) -> int | None:
        """Return which of the lines in which candidates stand is nearest to the text."""
        places = [at for one in several if (at := self.line_of(one)) is not None]
        return min(places, key=lambda at: abs(at - self.begin), default=None)


def latest_year(text: str) -> int | None:
    """Return the latest year that a text names, None where it names none."""
    return max(map(int, _YEAR.findall(text)), default=None)


def letters(text: str) -> str:
    """Return the letters and digits of a text as they stand in addresses."""
    return _LETTERS.sub("", text.casefold())
