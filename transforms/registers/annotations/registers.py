"""What the annotators know of the world, parsed from the registers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from knipsel.transforms.model import ANNOTATORS
from knipsel.transforms.registers.annotations.names import (
    ENTITIES,
    LANGUAGES,
    LISTS,
    NameRegisters,
    as_it_is,
    check_entities,
    check_list,
    parse_name_registers,
)
from knipsel.transforms.registers.annotations.quotations import (
    QuotationWords,
    parse_quotation_words,
)
from knipsel.transforms.registers.annotations.sentences import SentenceWords, parse_sentence_words
from knipsel.transforms.registers.annotations.times import TimeWords, parse_times
from knipsel.transforms.registers.annotations.topics import (
    TOPICS_FILE,
    TOPICS_FOLDER,
    Topics,
    parse_topics,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from knipsel.transforms.model import Kind

T = TypeVar("T")

SENTENCES_FILE = "sentences.toml"
TIMES, QUOTATIONS = "times_", "quotations_"
"""What the names of registers begin with of which each language has its own: `times_nl.toml`."""
ALL_LANGUAGES = "all"


class RecognisedName(NamedTuple):
    """A name that a model found: its place in the text, and its kind."""

    char_start: int
    char_end: int
    kind: Kind


class Recogniser(Protocol):
    """Finds the names in a text with a model."""

    def __call__(self, text: str, /) -> Iterable[RecognisedName]:
        """Return the names of a text, in any order; what lies across blocks is passed over."""
        ...


@dataclass(frozen=True, slots=True)
class AnnotationRegisters:
    """The registers of all annotators, each by language where it depends on one."""

    sentences: Mapping[str, SentenceWords]
    names: NameRegisters
    quotations: Mapping[str, QuotationWords]
    times: Mapping[str, TimeWords]
    topics: Topics
    recogniser: Recogniser | None = None
    """A model that names are asked of too."""
    annotators: frozenset[str] = frozenset(ANNOTATORS)
    """Those that are at work; what the others would find is not looked for."""

    def sentence_words(self, language: str | None) -> SentenceWords:
        """Return the abbreviations of a language; those of all where it has none of its own."""
        return self.sentences.get(language or "", self.sentences.get(ALL_LANGUAGES, _NO_WORDS))


_NO_WORDS = SentenceWords(frozenset())


class Parse(Protocol):
    """Applies the parser of a register to its files: none, one, or several that add up."""

    def __call__(self, parser: Callable[[dict[str, Any]], T], *patterns: str) -> T:
        """Return what ``parser`` makes of the registers whose paths match ``patterns``."""
        ...


def parse_annotation_registers(parse: Parse, files: Iterable[str]) -> AnnotationRegisters:
    """Parse the registers of the annotators; raise what ``parse`` raises on a malformed one.

    ``files`` are the paths of all registers: languages, and lists of names, may be any number.
    """
    files = list(files)
    names = _names(parse, files)
    times = {language: parse(parse_times, name) for language, name in _by_language(TIMES, files)}
    quotations = {
        language: replace(parse(parse_quotation_words, name), genders=names.genders)
        for language, name in _by_language(QUOTATIONS, files)
    }
    return AnnotationRegisters(
        sentences=parse(parse_sentence_words, SENTENCES_FILE),
        names=_with_roles(names, quotations),
        quotations=quotations,
        times={language: words for language, words in times.items() if words is not None},
        topics=parse(parse_topics, TOPICS_FILE, TOPICS_FOLDER),
    )


def _with_roles(names: NameRegisters, quotations: Mapping[str, QuotationWords]) -> NameRegisters:
    """Return the registers of names with the words for what speakers are as titles before names."""
    words = {
        language: replace(own, titles=own.titles | quotations[language].sets.roles)
        if language in quotations
        else own
        for language, own in names.words.items()
    }
    return replace(names, words=words)


def _by_language(kind: str, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the language and the name of each register of a kind."""
    for name in files:
        if name.startswith(kind):
            yield name.removeprefix(kind).removesuffix(".toml"), name


def _names(parse: Parse, files: Iterable[str]) -> NameRegisters:
    checks: dict[str, Callable[[dict[str, Any]], Mapping[str, Any]]]
    checks = {ENTITIES: check_entities, LISTS: check_list, LANGUAGES: as_it_is}
    return parse_name_registers(
        {
            file: parse(check, file)
            for file in files
            for folder, check in checks.items()
            if file.startswith(folder)
        }
    )
