"""Who is named in a text: names in full by what they are shortened to, and who a pronoun means."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, Literal, NamedTuple

from transforms.annotations.quotations.phrases import is_role, name_end, without_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.annotations.quotations.reading import Reading

Gender = Literal["m", "f"]
_FULL_NAME = 2
_LONGEST_FULL_NAME = 5
"""Words of a person's name; more capitals in a row are a title or a body."""
_MOST_LOOKED_AT = 50
"""Places of names that are looked at for one question."""
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

    def __init__(self, reading: Reading) -> None:
        """Read the names from the mentions of a text, and from its capitals."""
        self._reading = reading
        sets = reading.words.sets
        self._closed = sets.determiners | sets.stops | sets.prepositions | sets.adverbs
        self._in_full: dict[str, str] = {}
        self.full: list[Named] = list(self._full_names())
        self.surnames: dict[str, list[Named]] = {}
        self._given: dict[str, list[Named]] = {}
        for one in self.full:
            self.surnames.setdefault(reading.folded[one.last - 1], []).append(one)
            if self._is_person(one):
                self._given.setdefault(reading.folded[one.first], []).append(one)
        self._genders: dict[str, Gender | None] = {}
        self.persons: list[Named] = self._all_persons()
        self._by_name: dict[str, list[Named]] = {}
        for one in self.persons:
            self._by_name.setdefault(one.name, []).append(one)
        self._places = [one.first for one in self.persons]

    def _full_names(self) -> Iterator[Named]:
        """Yield the persons named in full: those mentioned, else what has the shape of one."""
        reading = self._reading
        mentioned = [one for one in self._mentioned() if " " in one.name]
        if mentioned:
            yield from mentioned
            return
        behind, count = 0, len(reading.starts)
        for at in compress(range(count), reading.capitals):
            if at < behind or reading.folded[at] in self._closed:
                continue
            behind = name_end(reading, at, min(count, at + _LONGEST_FULL_NAME + 2))
            if behind - at < _FULL_NAME:
                continue
            start = self._given_start(without_roles(reading, at, behind), behind)
            if _FULL_NAME <= behind - start <= _LONGEST_FULL_NAME:
                name = reading.text[reading.starts[start] : reading.ends[behind - 1]]
                yield Named(start, behind, " ".join(name.split()), None)

    def _mentioned(self) -> Iterator[Named]:
        reading = self._reading
        for number, one in enumerate(reading.mentions):
            if one.kind == "person":
                first = reading.index_at(one.char_start)
                last = max(reading.index_at(one.char_end), first + 1)
                yield Named(first, last, one.name, number)

    def _given_start(self, start: int, behind: int) -> int:
        """Return where a given name begins a name behind the name of something else."""
        given = (at for at in range(start, behind - 1) if self._reading.is_given(at))
        return next(given, start)

    def _all_persons(self) -> list[Named]:
        mentioned = [one._replace(name=self.in_full(one.name)) for one in self._mentioned()]
        return sorted(mentioned or self._by_shape(), key=lambda one: one.first)

    def _by_shape(self) -> Iterator[Named]:
        """Yield the persons of a text without mentions: names in full, and the same shortened."""
        reading = self._reading
        likely = [one for one in self.full if self._is_person(one)]
        yield from likely
        inside = {at for one in self.full for at in range(one.first, one.last)}
        surnames = {reading.folded[one.last - 1] for one in likely}
        for at in compress(range(len(reading.folded)), reading.capitals):
            if reading.folded[at] in surnames and at not in inside:
                yield Named(at, at + 1, self.in_full(reading.printed[at]), None)

    def _is_person(self, one: Named) -> bool:
        reading = self._reading
        before = one.first - 1
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
            for one in known
            if len(one.name.split()) > len(parts)
            and (one.name.lower().endswith(ending) or one.name.startswith(name + " "))
        ]
        if not fitting:
            return name
        names = Counter(one.name for one in fitting)
        return min(fitting, key=lambda one: (-names[one.name], len(one.name), one.first)).name

    def labelled(self, label: str) -> str:
        """Return the name in full of somebody whose name or initials an answer begins with."""
        if label.isupper() and len(label) <= _LONGEST_FULL_NAME:
            for one in self.full:
                if "".join(word[0] for word in one.name.split()).upper() == label:
                    return one.name
        return self.in_full(label)

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
        return pronoun in (sets.masculine if gender == "m" else sets.feminine)

    def between(self, first: int, last: int) -> list[Named]:
        """Return the persons whose names begin in a range of words."""
        start = bisect_left(self._places, first)
        return self.persons[start : min(start + _MOST_LOOKED_AT, bisect_left(self._places, last))]

    def with_role(self, role: str, before: int) -> Named | None:
        """Return the last person before a word of whom the text said that they have a role."""
        folded = self._reading.folded
        last = bisect_left(self._places, before)
        for one in reversed(self.persons[max(0, last - _MOST_LOOKED_AT) : last]):
            near = folded[max(0, one.first - 2) : one.first]
            behind = folded[one.last : one.last + _ROLE_WINDOW]
            if any(word.endswith(role) for word in near) or role in behind:
                return one
        return None
