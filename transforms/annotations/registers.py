"""What the annotators know of the world, parsed from the registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from transforms.annotations.sentences import SentenceWords, parse_sentence_words
from transforms.annotations.topics import TOPICS_FILE, TOPICS_FOLDER, Topics, parse_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

SENTENCES_FILE = "sentences.toml"
ALL_LANGUAGES = "all"


@dataclass(frozen=True, slots=True)
class AnnotationRegisters:
    """The registers of all annotators, each by language where it depends on one."""

    sentences: Mapping[str, SentenceWords]
    topics: Topics

    def sentence_words(self, language: str | None) -> SentenceWords:
        """Return the abbreviations of a language; those of all where it has none of its own."""
        return self.sentences.get(language or "", self.sentences.get(ALL_LANGUAGES, _NO_WORDS))


_NO_WORDS = SentenceWords(frozenset())


class Parse(Protocol):
    """Applies the parser of a register to its files: none, one, or several that add up."""

    def __call__(self, parser: Callable[[dict[str, Any]], T], *patterns: str) -> T:
        """Return what ``parser`` makes of the registers whose paths match ``patterns``."""
        ...


def parse_annotation_registers(parse: Parse) -> AnnotationRegisters:
    """Parse the registers of the annotators; raise what ``parse`` raises on a malformed one."""
    return AnnotationRegisters(
        sentences=parse(parse_sentence_words, SENTENCES_FILE),
        topics=parse(parse_topics, TOPICS_FILE, TOPICS_FOLDER),
    )
