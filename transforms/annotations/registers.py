"""What the annotators know of the world, parsed from the registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from transforms.annotations.names.registers import (
    ENTITIES,
    LANGUAGES,
    LISTS,
    NameRegisters,
    as_it_is,
    check_entities,
    check_list,
    parse_name_registers,
)
from transforms.annotations.sentences import SentenceWords, parse_sentence_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

SENTENCES_FILE = "sentences.toml"
ALL_LANGUAGES = "all"


@dataclass(frozen=True, slots=True)
class AnnotationRegisters:
    """The registers of all annotators, each by language where it depends on one."""

    sentences: Mapping[str, SentenceWords]
    names: NameRegisters = field(default_factory=NameRegisters)

    def sentence_words(self, language: str | None) -> SentenceWords:
        """Return the abbreviations of a language; those of all where it has none of its own."""
        return self.sentences.get(language or "", self.sentences.get(ALL_LANGUAGES, _NO_WORDS))


_NO_WORDS = SentenceWords(frozenset())


class Parse(Protocol):
    """Applies the parser of a register to its file, or to nothing where there is none."""

    def __call__(self, parser: Callable[[dict[str, Any]], T], file_name: str) -> T:
        """Return what ``parser`` makes of the register ``file_name``."""
        ...


def parse_annotation_registers(parse: Parse, files: Iterable[str] = ()) -> AnnotationRegisters:
    """Parse the registers of the annotators; raise what ``parse`` raises on a malformed one.

    ``files`` are the paths of all registers: those of names may be any number.
    """
    return AnnotationRegisters(
        sentences=parse(parse_sentence_words, SENTENCES_FILE), names=_names(parse, files)
    )


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
