"""What is known of quoting in a language: the register of cues and of words about speakers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knipsel.transforms.registers.annotations.names import Gender

CueKind = Literal["verb", "weak", "naming", "participle", "split", "source"]
"""``weak``: attributes only what stands right beside it; ``source``: who follows, as *volgens*."""

_PARTS = 2
_LONG_CALLING = 6
"""Letters of a calling that is the end of others: *wetenschapper* of *neurowetenschapper*."""
_BEGINNING = 2000
"""Characters that show the language of a text."""
_SMALL_WORDS = 0.15
"""Part of the words of a text that are among its language's small ones: about a third are."""
_NO_STRING = "must be a string of words"


@dataclass(frozen=True, slots=True)
class WordSets:
    """The lists of single words, in small letters; what each means stands in the register."""

    verbs: frozenset[str] = frozenset()
    weak_verbs: frozenset[str] = frozenset()
    naming_verbs: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    naming_participles: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    speech_nouns: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    coordinators: frozenset[str] = frozenset()
    masculine: frozenset[str] = frozenset()
    feminine: frozenset[str] = frozenset()
    masculine_oblique: frozenset[str] = frozenset()
    feminine_oblique: frozenset[str] = frozenset()
    plural_oblique: frozenset[str] = frozenset()
    object_pronouns: frozenset[str] = frozenset()
    neuter: frozenset[str] = frozenset()
    other_pronouns: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    indefinite: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    noun_prepositions: frozenset[str] = frozenset()
    name_particles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    general_nouns: frozenset[str] = frozenset()
    callings: frozenset[str] = frozenset()
    feminine_words: frozenset[str] = frozenset()
    masculine_words: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    name_nouns: frozenset[str] = frozenset()
    name_participles: frozenset[str] = frozenset()
    first_person: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    elisions: frozenset[str] = frozenset()
    questioners: frozenset[str] = frozenset()
    masculine_names: frozenset[str] = frozenset()
    feminine_names: frozenset[str] = frozenset()
    subjunctives: frozenset[str] = frozenset()
    no_sources: frozenset[str] = frozenset()
    source_nouns: frozenset[str] = frozenset()
    sounding_verbs: frozenset[str] = frozenset()
    expletives: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    infinitive_markers: frozenset[str] = frozenset()
    title_verbs: frozenset[str] = frozenset()
    bare_endings: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    plural_endings: frozenset[str] = frozenset()

    @property
    def pronouns(self) -> frozenset[str]:
        """Return the words that mean somebody without a name."""
        return self.masculine | self.feminine | self.neuter | self.other_pronouns

    @property
    def small_words(self) -> frozenset[str]:
        """Return the words that a text of the language has many of."""
        return self.determiners | self.prepositions | self.finite | self.coordinators


@dataclass(frozen=True, slots=True)
class QuotationWords:
    """The words of a language.

    ``cues`` gives by a cue's first word the kinds that it may be; ``splits`` by a verb's first
    word the second parts that make it a cue, ``sources`` by its first word the rest of each
    phrase that a source follows, the longest first; ``asking`` are the cues of questions, which
    another answers. Words end in one of ``role_endings`` for what somebody does, of
    ``manner_endings`` for how they speak, of ``age_endings`` for how old they are, of
    ``body_endings`` for what a body is, of ``general_body_endings`` where that may be any, of
    ``only_body_endings`` where no other is near, of ``calling_endings`` for a calling.
    ``same_roles`` gives by a word for what somebody does all that mean the same; ``genders`` are
    those of first names that the lists of the language do not have. Where ``has_capital_nouns``, a
    capital shows no name; where ``is_verb_second``, the subject follows the verb if anything else
    is first.
    """

    sets: WordSets = field(default_factory=WordSets)
    cues: Mapping[str, frozenset[CueKind]] = field(default_factory=dict)
    splits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sources: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    role_endings: tuple[str, ...] = ()
    manner_endings: tuple[str, ...] = ()
    age_endings: tuple[str, ...] = ()
    body_endings: tuple[str, ...] = ()
    general_body_endings: tuple[str, ...] = ()
    only_body_endings: tuple[str, ...] = ()
    calling_endings: tuple[str, ...] = ()
    same_roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    genders: Mapping[str, Gender] = field(default_factory=dict)
    has_capital_nouns: bool = False
    is_verb_second: bool = False


def parse_quotation_words(table: Mapping[str, Any]) -> QuotationWords:
    """Parse the register of a language; an empty table gives one that knows no word.

    Raises `ValueError`, ``key: problem``, for a malformed one.
    """
    sets = WordSets(**{one.name: _words(table, one.name) for one in fields(WordSets)})
    splits = _splits(table)
    sources = _sources(table)
    return QuotationWords(
        sets,
        _cues(sets, splits, sources),
        splits,
        sources,
        tuple(sorted(_words(table, "role_endings"))),
        tuple(sorted(_words(table, "manner_endings"))),
        tuple(sorted(_words(table, "age_endings"))),
        tuple(sorted(_words(table, "body_endings"))),
        tuple(sorted(_words(table, "general_body_endings"))),
        tuple(sorted(_words(table, "only_body_endings"))),
        tuple(sorted(one for one in sets.callings if len(one) >= _LONG_CALLING)),
        _same_roles(table),
        frozenset(strings("asking", table.get("asking", []))),
        has_capital_nouns=bool(table.get("has_capital_nouns")),
        is_verb_second=bool(table.get("is_verb_second")),
    )


def _same_roles(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    groups = [frozenset(one.split()) for one in strings("same_roles", table.get("same_roles", []))]
    return {role: group for group in groups for role in group}


def _words(table: Mapping[str, Any], key: str) -> frozenset[str]:
    value = table.get(key, "")
    if not isinstance(value, str):
        message = f"{key}: {_NO_STRING}"
        raise ValueError(message)  # noqa: TRY004  # what registers raise
    return frozenset(value.split())


def _splits(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in table.get("split_verbs", []):
        parts = strings("split_verbs", pair)
        if len(parts) != _PARTS:
            message = "split_verbs: each must be the first parts and the second parts"
            raise ValueError(message)
        for word in parts[0].split():
            found[word] = found.get(word, frozenset()) | frozenset(parts[1].split())
    return found


def _sources(table: Mapping[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    phrases = strings("sources", table.get("sources", []))
    for phrase in sorted(phrases, key=lambda one: -len(one.split())):
        first, *rest = phrase.split() or [""]
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


def _cues(
    sets: WordSets,
    splits: Mapping[str, frozenset[str]],
    sources: Mapping[str, tuple[tuple[str, ...], ...]],
) -> dict[str, frozenset[CueKind]]:
    found: dict[str, set[CueKind]] = {}
    listed: tuple[tuple[CueKind, Iterable[str]], ...] = (
        ("verb", sets.verbs),
        ("weak", sets.weak_verbs),
        ("naming", sets.naming_verbs),
        ("participle", sets.participles),
        ("split", splits),
        ("source", sources),
    )
    for kind, words in listed:
        for word in words:
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def likeliest(text: str, registers: Mapping[str, QuotationWords]) -> QuotationWords | None:
    """Return the register of the language whose small words a text has, None where none stands out.

    Only the beginning is looked at.
    """
    words = text[:_BEGINNING].lower().split()
    counts = {
        language: sum(map(known.sets.small_words.__contains__, words))
        for language, known in registers.items()
    }
    best, *others = sorted(counts, key=lambda one: (-counts[one], one)) or [""]
    most = counts.get(best, 0)
    if most < _SMALL_WORDS * len(words) or (others and counts[others[0]] * 2 > most):
        return None
    return registers.get(best)
