"""Who is named in a text: names in full by what they are shortened to, and who a pronoun means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.quotations.speakers.name_words import (
    is_role,
    name_end,
    without_roles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.annotate.model import Mention
    from knipsel.transforms.annotate.quotations.numbered_words import NumberedWords
    from knipsel.transforms.registers.annotations.names import Gender

_AGE = re.compile(r"(?:,? \(|, )(\d{1,3})(?=[),;.]| [a-zäöü])")
"""How old somebody is, behind the name: *Jan Vos (46)*, *Jan Vos, 46,*."""
_FULL_NAME = 2
_LONGEST_FULL_NAME = 5
"""Words of a person's name; more capitals in a row are a title or a body."""
_MOST_LOOKED_AT = 50
"""Places of names that are looked at for one question."""
_APPOSING = frozenset(",(–—:-")
"""What stands between a name and what its bearer is."""
_OF_WINDOW = 12
"""Words around a person among which it stands whose minister they are."""
_ROLE_WINDOW = 5
"""Words between what somebody is and the name."""


class Named(NamedTuple):
    """A person where the text names them: the words, the name in full, the mention if any."""

    first: int
    last: int
    name: str
    mention: int | None


class People:
    """The persons of a text."""

    def __init__(self, reading: NumberedWords) -> None:
        """Read the names from the mentions of a text, and from its capitals."""
        self._reading = reading
        sets = reading.words.sets
        joints = sets.subordinators | sets.conjunctions | sets.coordinators | sets.pronouns
        self._closed = joints | sets.determiners | sets.stops | sets.prepositions | sets.adverbs
        self._in_full: dict[str, str] = {}
        self._mentioned = list(self._persons_mentioned())
        self.full: list[Named] = list(self._full_names())
        self.surnames: dict[str, list[Named]] = {}
        self._given: dict[str, list[Named]] = {}
        for one in self.full:
            self.surnames.setdefault(reading.folded[one.last - 1], []).append(one)
            if self._is_person(one):
                self._given.setdefault(reading.folded[one.first], []).append(one)
        self.person_surnames = {
            reading.folded[one.last - 1] for one in self.full if self._is_person(one)
        }
        self._genders: dict[str, Gender | None] = {}
        self.persons: list[Named] = self._all_persons()
        self._by_name: dict[str, list[Named]] = {}
        for one in self.persons:
            self._by_name.setdefault(one.name, []).append(one)
        self._places = [one.first for one in self.persons]

    def _full_names(self) -> Iterator[Named]:
        """Yield the persons named in full: those mentioned, and what has the shape of one."""
        reading = self._reading
        mentioned = {at for one in reading.mentions for at in self._words_of(one)}
        yield from (one for one in self._mentioned if one.last - one.first >= _FULL_NAME)
        behind, count = 0, len(reading.starts)
        for at in compress(range(count), reading.capitals):
            if at < behind or reading.folded[at] in self._closed:
                continue
            behind = name_end(reading, at, min(count, at + _LONGEST_FULL_NAME + 2))
            if behind - at < _FULL_NAME:
                continue
            start = reading.given_from(without_roles(reading, at, behind), behind)
            if self.is_shout(start, behind):
                continue
            is_new = mentioned.isdisjoint(range(start, behind)) and reading.is_capital(start)
            if _FULL_NAME <= behind - start <= _LONGEST_FULL_NAME and is_new:
                yield Named(start, behind, reading.words_at(start, behind), None)

    def is_shout(self, start: int, behind: int) -> bool:
        """Tell whether capitals shout words that are no name: *LEES OOK*, *READ MORE*."""
        words = self._reading.printed[start:behind]
        return all(word.isupper() for word in words) and any(
            word.lower() in self._closed or word.lower() in self._reading.words.cues
            for word in words
        )

    def _words_of(self, one: Mention) -> range:
        """Return the words of a mention."""
        first = self._reading.index_at(one.char_start)
        return range(first, max(self._reading.index_at(one.char_end), first + 1))

    def _persons_mentioned(self) -> Iterator[Named]:
        """Yield the mentions of persons, without the words for what they do."""
        reading = self._reading
        for number, one in enumerate(reading.mentions):
            words = self._words_of(one)
            first, last = words.start, words.stop
            if one.kind != "person" or first == len(reading.starts):
                continue
            start = reading.given_from(without_roles(reading, first, last), last)
            start = first if start == last else start
            yield Named(start, last, reading.words_at(start, last), number)

    def _all_persons(self) -> list[Named]:
        """Return every place where a person is named, each with the name in full."""
        mentioned = [one._replace(name=self.name_of(one)) for one in self._mentioned]
        taken = {at for one in mentioned for at in range(one.first, one.last)}
        others = (one for one in self._by_shape() if one.first not in taken)
        return sorted((*mentioned, *others), key=lambda one: one.first)

    def name_of(self, one: Named) -> str:
        """Return the name in full of a person: as the text has it, else as the mention."""
        name = self.in_full(one.name)
        if one.mention is None or " " in name:
            return name
        return self._reading.mentions[one.mention].name

    def _by_shape(self) -> Iterator[Named]:
        """Yield the persons of a text without mentions: names in full, and the same shortened."""
        reading = self._reading
        likely = [one for one in self.full if self._is_person(one)]
        yield from likely
        inside = {at for one in self.full for at in range(one.first, one.last)}
        surnames = {reading.folded[one.last - 1] for one in likely}
        for at in compress(range(len(reading.folded)), reading.capitals):
            if at in inside or reading.folded[at] in self._closed:
                continue
            if reading.folded[at] in surnames or reading.is_given(at):
                yield Named(at, at + 1, self.in_full(reading.printed[at]), None)

    def _is_person(self, one: Named) -> bool:
        reading = self._reading
        before = one.first - 1
        if one.mention is not None:
            return True
        return reading.is_given(one.first) or (before >= 0 and is_role(reading, before))

    def in_full(self, name: str) -> str:
        """Return a name in full: the one that the text has most often with these words."""
        if name not in self._in_full:
            self._in_full[name] = self._find_in_full(name)
        return self._in_full[name]

    def _find_in_full(self, name: str) -> str:
        parts = name.split()
        if not parts or name.isupper():
            return name
        known = self.surnames.get(parts[-1].lower()) or self._given.get(parts[-1].lower(), [])
        ending = (" " + name).lower()
        fitting = [
            one
            for one in known[:_MOST_LOOKED_AT]
            if len(one.name.split()) > len(parts)
            and (one.name.lower().endswith(ending) or one.name.startswith(name + " "))
        ]
        if not fitting:
            return name
        names = Counter(one.name for one in fitting)
        return min(names, key=lambda one: (_is_ending(one, names), -names[one]))

    def labelled(self, label: str) -> str:
        """Return the name in full of somebody whose name or initials an answer begins with."""
        if label.isupper() and len(label) <= _LONGEST_FULL_NAME:
            for one in self.full:
                if "".join(word[0] for word in one.name.split()).upper() == label:
                    return one.name
        return self.in_full(label)

    def is_named(self, label: str) -> bool:
        """Tell whether what an answer begins with is a person of the text."""
        return self.labelled(label) in self._by_name

    def gender(self, name: str) -> Gender | None:
        """Return what a name or the words before it tell of a person's gender."""
        if name not in self._genders:
            self._genders[name] = self._find_gender(name)
        return self._genders[name]

    def _find_gender(self, name: str) -> Gender | None:
        sets = self._reading.words.sets
        first = name.partition(" ")[0].lower()
        for word in (first, first.partition("-")[0]):
            if word in sets.masculine_names or word in sets.feminine_names:
                return "m" if word in sets.masculine_names else "f"
            if word in self._reading.words.genders:
                return self._reading.words.genders[word]
        if name not in self._by_name:
            near = set(name.lower().split())
            if near & (sets.feminine_words | sets.masculine_words):
                return "f" if near & sets.feminine_words else "m"
        for one in self._by_name.get(name, [])[:_MOST_LOOKED_AT]:
            near = set(self._reading.folded[max(0, one.first - 2) : one.last + 3])
            if near & sets.feminine_words or near & sets.masculine_words:
                return "f" if near & sets.feminine_words else "m"
        return None

    def fits(self, name: str, pronoun: str) -> bool:
        """Tell whether a pronoun may mean a person of this name."""
        gender = self.gender(name)
        sets = self._reading.words.sets
        if gender is None:
            return True
        if gender == "m":
            return pronoun in sets.masculine or pronoun in sets.masculine_oblique
        return pronoun in sets.feminine or pronoun in sets.feminine_oblique

    def between(self, first: int, last: int) -> list[Named]:
        """Return the persons whose names begin in a range of words."""
        start = bisect_left(self._places, first)
        return self.persons[start : min(start + _MOST_LOOKED_AT, bisect_left(self._places, last))]

    def told(self, first: int, last: int) -> list[Named]:
        """Return the persons whose names begin in a range of words, outside marks."""
        reading = self._reading
        named = self.between(first, last)
        return [one for one in named if not reading.is_quoted(reading.starts[one.first])]

    def with_role(self, role: str, before: int, of: AbstractSet[str] = frozenset()) -> Named | None:
        """Return the last person before a word of whom the text said that they have a role.

        ``of`` are words that say whose it is, which must stand near the person too.
        """
        folded = self._reading.folded
        roles_set = self._reading.words.same_roles.get(role, frozenset((role,)))
        roles = tuple(roles_set)
        last = bisect_left(self._places, before)
        for one in reversed(self.persons[max(0, last - _MOST_LOOKED_AT) : last]):
            near = folded[self._titles_from(one.first) : one.first]
            behind = self._apposed(one)
            if any(word.endswith(roles) for word in near) or not roles_set.isdisjoint(behind):
                around = folded[max(0, one.first - _OF_WINDOW) : min(before, one.last + _OF_WINDOW)]
                if of <= set(around):
                    return one
        return None

    def with_age(self, age: str, before: int) -> Named | None:
        """Return the last person before a word of whom the text said how old they are."""
        reading = self._reading
        last = bisect_left(self._places, before)
        for one in reversed(self.persons[max(0, last - _MOST_LOOKED_AT) : last]):
            behind = _AGE.match(reading.text, reading.ends[one.last - 1])
            near = reading.folded[self._titles_from(one.first) : one.first]
            if (behind and behind[1] == age) or any(_digits(word) == age for word in near):
                return one
        return None

    def _titles_from(self, at: int) -> int:
        """Return where what stands before a name begins: *minister van Defensie Jansen*."""
        reading, first = self._reading, at
        sets = reading.words.sets
        while first > max(0, at - _ROLE_WINDOW) and reading.is_joined(first):
            before = reading.folded[first - 1]
            if before in sets.coordinators and reading.folded[first] not in sets.departments:
                break
            first -= 1
        return first

    def _apposed(self, one: Named) -> list[str]:
        """Return the words behind a name that may say what its bearer is: *Jansen, de minister*."""
        reading, last = self._reading, one.last
        if last < len(reading.gaps) and reading.folded[last].isdecimal():
            last += 1  # "Ann Bos, 31, a dental nurse"
        if last >= len(reading.gaps) or _APPOSING.isdisjoint(reading.gaps[last]):
            return []
        end = last + 1
        while end < min(len(reading.gaps), last + _ROLE_WINDOW) and reading.is_joined(end):
            end += 1
        return reading.folded[last:end]


def _digits(word: str) -> str:
    """Return the number that a word begins with: *46-jarige*."""
    return word[: len(word) - len(word.lstrip("0123456789"))]


def _is_ending(name: str, names: Iterable[str]) -> bool:
    """Tell whether another name ends so: *Van Dam* in *Noor van Dam*."""
    ending = f" {name.lower()}"
    return any(one.lower().endswith(ending) for one in names)
