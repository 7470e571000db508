"""Outlets that no register lists, by what a page calls itself: believed where two places agree.

A line with copyright may name a company, a photographer or an agency, the end of a title a
section, the first line a slogan. What the name over the page, the copyright, the title or the host
bears out is the outlet's own name; so is a name that has the form of an outlet's. What nothing
bears out stays as a statement, with the reason.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.describe.candidates.publishers import SIGN, holder_in
from knipsel.transforms.parse.bylines import Name
from knipsel.transforms.parse.headlines import SEPARATORS
from knipsel.transforms.parse.people import after_byline_words
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.registers.lines.outlet_names import host_label, is_host
from knipsel.transforms.text.words import END_MARKS, ends_sentence, fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.clean.blocks import Block, Cleaned

UNCONFIRMED = "unconfirmed"
_KNOWN = 0.55
"""How sure a publisher is, at least, beside which no name is guessed."""
_CONFIRMED, _TWICE_CONFIRMED = 0.45, 0.5
"""How sure a name is that another place of the page bears out, and two others."""
_ALONE = 0.4
"""How sure a name is by its form or place alone."""
_HOST_LOSS = 0.02
"""What the name of a site as an address has it is less than the name in words."""
_MOST_WORDS, _LONGEST_LINE = 6, 60
"""Words and characters of a name at most: of 314 sites that declare one, 12 have a longer one, and
these are mostly names with a slogan."""
_TOP = 3
"""Lines at the beginning of a file among which a name stands that only its form tells."""
_HEAD = 15
"""Lines before the article among which the name of the site stands: further down is its menu, with
the names of others."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ADDRESS = re.compile(r"(?:@|\bwww\.|https?://)([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_ENDS = re.compile("|".join(map(re.escape, sorted(SEPARATORS, key=len, reverse=True))))
_AROUND = END_MARKS.replace(".", "").replace("!", "") + "\u00a0*↗"
_TITLES = frozenset({"title", "headline_line", "h1", "print_title"})
"""Headlines that may have the outlet at an end."""
_PRINTED = frozenset({"byline", "signature", "name_line", "author_line", "single_name"})
"""How lines of the article name who wrote it."""
_SECTION_FIELDS = frozenset({"article_section", "keywords", "genre", "author"})


class _Guess(NamedTuple):
    """A name that may be the outlet's; ``kind`` is the sort of place where it stands."""

    candidate: Candidate
    kind: str
    alone: bool = False
    """Whether its place or its form tells enough where nothing bears it out."""
    is_said: bool = True
    """Whether it is worth a statement where nothing bears it out."""


def weigh_outlets(found: Sequence[Candidate], cleaned: Cleaned) -> list[Candidate]:
    """Return the candidates, and outlets that no register lists; rejected where nothing tells.

    Where the page declares its outlet or the register knows it, nothing is guessed.
    """
    publishers = [one for one in found if one.field == "publisher" and one.rejection is None]
    if any(one.method in CURATED or one.confidence >= _KNOWN for one in publishers):
        return list(found)
    page = _Page(cleaned, found)
    guesses = {id(one): _Guess(one, "site") for one in publishers if one.method == "trafilatura"}
    weighed = [page.weighed(guesses[id(one)]) if id(one) in guesses else one for one in found]
    return [*weighed, *map(page.weighed, page.guesses())]


class _Page:
    """What the places of a page call it, each sort of place by itself."""

    def __init__(self, cleaned: Cleaned, found: Sequence[Candidate]) -> None:
        self._cleaned, self._found = cleaned, found
        self._words = cleaned.lines.words
        self._outlets = self._words.outlets
        self._names = self._outlets.names

    def guesses(self) -> Iterator[_Guess]:
        """Yield the names that the page may have for its outlet."""
        yield from self._holders
        yield from (one for one in self._title_ends if one.is_said or self._is_borne_out(one))
        mastheads = list(self._mastheads())
        told = {self._names.key(one.candidate.value) for one in mastheads if one.alone}
        is_one = len(told) == 1  # several are the bar of a group, or of other outlets
        yield from (one._replace(alone=one.alone and is_one) for one in mastheads)

    def weighed(self, guess: _Guess) -> Candidate:
        """Return a guess with how sure it is, or with why it cannot be."""
        one = guess.candidate
        count = self._witnesses(guess)
        if count == 0 and not guess.alone:
            return replace(one, rejection=UNCONFIRMED)
        sure = _TWICE_CONFIRMED if count > 1 else _CONFIRMED if count else _ALONE
        return replace(one, confidence=round(sure - _HOST_LOSS * is_host(one.value), 2))

    def _is_borne_out(self, guess: _Guess) -> bool:
        return guess.alone or self._witnesses(guess) > 0

    def _witnesses(self, guess: _Guess) -> int:
        """Count the other places that bear a name out.

        A line of its own does not where a menu has sections as titles have, and where a byline has
        an agency as copyright has.
        """
        name = guess.candidate.value
        key = self._names.key(name)
        places = {"copyright": self._holder_keys, "title": self._title_keys}
        if guess.kind != "title" and fold(name) not in self._outlets.agencies:
            places["line"] = self._line_keys
        count = sum(key in keys for kind, keys in places.items() if kind != guess.kind)
        return count + self._is_host_of(name)

    def _is_host_of(self, name: str) -> bool:
        return bool(self._hosts) and not self._hosts.isdisjoint(self._names.host_keys(name))

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """The labels of the hosts in what is said of the page, and in what it shows around it."""
        told = [one.value for one in self._found if one.field == "hostname"]
        blocks = self._cleaned.blocks
        shown = (one.text for one in blocks if one.role is None or len(one.text) <= _LONGEST_LINE)
        told += _ADDRESS.findall("\n".join(shown))
        return frozenset(map(host_label, told)) - {""}

    @cached_property
    def _authors(self) -> frozenset[str]:
        """Who signed the article in a line of it; pages declare themselves for an author, too."""
        authors = [one for one in self._found if one.field == "author" and one.method in _PRINTED]
        return frozenset(fold(name) for one in authors for name in (one.value, *one.names))

    @cached_property
    def _line_keys(self) -> frozenset[str]:
        """The keys of lines of their own around the article: of the logo, of the menu."""
        lines = (one.text for one in self._cleaned.blocks if one.role in {None, "heading"})
        short = {text.strip(_AROUND) for text in lines if len(text) <= _LONGEST_LINE}
        bare = (text for text in short if not SIGN.search(text))
        return frozenset(map(self._names.key, bare)) - {""}

    @cached_property
    def _holder_keys(self) -> frozenset[str]:
        return frozenset(self._names.key(one.candidate.value) for one in self._holders)

    @cached_property
    def _title_keys(self) -> frozenset[str]:
        return frozenset(self._names.key(one.candidate.value) for one in self._title_ends)

    @cached_property
    def _holders(self) -> list[_Guess]:
        """Who holds the copyright to the page: by a line under the article, with a year or last."""
        blocks = self._cleaned.blocks
        end = max((i for i, one in enumerate(blocks) if one.role == "body"), default=0)
        lines = [one for one in blocks[end:] if _claims_copyright(one)]
        found = [(one, place) for one in lines if (place := holder_in(one.text, self._names))]
        return [
            self._holder(block, place)
            for block, place in found
            if (_YEAR.search(block.text) or block is found[-1][0])
            and not is_person(place.text, self._words.persons)
            and fold(place.text) not in self._authors
            and not self._names.is_owner(place.text)
        ]

    def _holder(self, block: Block, place: Name) -> _Guess:
        name = self._names.without_legal_form(place.text)
        evidence = Evidence(block, self._cleaned.source_text)
        is_site = is_host(name) and _YEAR.search(block.text) is not None
        is_told = is_site or self._is_shaped(place.text)
        return _Guess(self._guess(evidence, name, "copyright_line", place), "copyright", is_told)

    def _guess(self, evidence: Evidence, name: str, method: str, place: Name) -> Candidate:
        listed = self._outlets.name_of(name)
        return evidence.candidate("publisher", listed or repair(name), method, _ALONE, place)

    @cached_property
    def _title_ends(self) -> list[_Guess]:
        """What stands behind the headline in a title, or before it."""
        heads = [one for one in self._found if one.field == "headline" and not one.rejection]
        others = {fold(one.value) for one in heads if one.method != "title"}
        used = others | {fold(one.value) for one in self._found if one.field in _SECTION_FIELDS}
        guesses: dict[str, _Guess] = {}
        for one in heads:
            first, *rest = _ENDS.split(one.value)
            if one.method not in _TITLES or not rest:
                continue
            is_rest = len(rest) == 1 and fold(first) in others and one.method == "title"
            completes = is_rest and " " in rest[-1].strip()  # a word alone may be a section
            for end, is_last in ((rest[-1], True), (first, False)):
                if fold(end) not in used and self._can_name(end):
                    alone = is_last and (completes or self._is_shaped(end))
                    named = replace(one, field="publisher", value=end.strip(), names=())
                    is_said = is_last and one.method == "title"
                    guesses.setdefault(fold(end), _Guess(named, "title", alone, is_said))
        return list(guesses.values())

    def _can_name(self, text: str) -> bool:
        """Say whether a part of a title can be a name: no sentence, no person, no page number."""
        name = text.strip()
        return (
            0 < len(name.split()) <= _MOST_WORDS
            and not ends_sentence(name)
            and not name.rpartition(" ")[2].isdigit()
            and not after_byline_words(name, self._words)
            and not is_person(name, self._words.persons)
        )

    def _mastheads(self) -> Iterator[_Guess]:
        """Yield the lines over the article that are named as the host, or as outlets are."""
        blocks = self._cleaned.blocks
        first = next((i for i, one in enumerate(blocks) if one.role), 0)
        seen: set[str] = set()
        for index, block in enumerate(blocks[: min(first, _HEAD)]):
            name = block.text.strip(_AROUND)
            is_name = 0 < len(name) <= _LONGEST_LINE and len(name.split()) <= _MOST_WORDS
            if not is_name or name in seen:
                continue
            seen.add(name)
            is_told = index < _TOP and self._is_masthead(name)
            if is_told or self._is_host_of(name):
                begin = block.text.index(name)
                place = Name(name, begin, begin + len(name))
                evidence = Evidence(block, self._cleaned.source_text)
                yield _Guess(self._guess(evidence, name, "masthead", place), "line", is_told)

    def _is_masthead(self, name: str) -> bool:
        """Say whether a line is an outlet of the register, or has the form and article of one."""
        if self._outlets.has(name):
            return fold(name) not in self._outlets.agencies
        return self._outlets.has_own_form(name)

    def _is_shaped(self, name: str) -> bool:
        return self._outlets.has_form(name) and not is_person(name, self._words.persons)


def _claims_copyright(block: Block) -> bool:
    """Say whether a line claims copyright, or is a short one with the sign and a year."""
    is_short = len(block.text) <= _LONGEST_LINE
    is_claim = is_short and SIGN.search(block.text) and _YEAR.search(block.text)
    return block.reason == "legal" or bool(is_claim)
