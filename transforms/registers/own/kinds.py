"""Which register a file of one's own is of, by its name.

``outlets.toml`` and ``outlets_mine.toml`` are of the outlets, ``quotations_nl_mine.toml`` is of the
Dutch words of quoting, any file in ``entities/`` of the entities: a file belongs to the register
that its name begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.own import contents
from knipsel.transforms.registers.own.languages import is_language
from knipsel.transforms.registers.own.shapes import Table

if TYPE_CHECKING:
    from collections.abc import Collection

ENDING = ".toml"
CATALOG = "catalog"
TOPICS = "topics"
ENTITIES = "entities/"
RECOGNISER = "recogniser"
"""Names a model of spaCy's: the project has none."""
_MINE = "mine"
_FIRST_PART = re.compile(r"[_/]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of register: how the names of its files begin, and what may stand in them.

    Of those that are ``by_language`` each language has one. ``is_annotating`` tells that only
    the annotators ask it: no article comes out otherwise with another one.
    """

    beginning: str
    table: Table
    by_language: bool = False
    is_annotating: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether any file in a folder is of this kind."""
        return self.beginning.endswith("/")

    @property
    def pattern(self) -> str:
        """Return how a person may name a file of this kind."""
        if self.is_folder:
            return f"{self.beginning}{_MINE}{ENDING}"
        language = "_nl" if self.by_language else ""
        return f"{self.beginning}{language}_{_MINE}{ENDING}"


KINDS = (
    Kind("authors", contents.AUTHORS),
    Kind("boilerplate", contents.BOILERPLATE, by_language=True),
    Kind(CATALOG, contents.CATALOG),
    Kind("completeness", contents.COMPLETENESS),
    Kind("encodings", contents.ENCODINGS),
    Kind("exports", contents.EXPORTS),
    Kind("file_properties", contents.FILE_PROPERTIES),
    Kind("genres", contents.GENRES),
    Kind("language", contents.LANGUAGE, by_language=True),
    Kind("mail", contents.MAIL),
    Kind("months", contents.MONTHS),
    Kind("outlets", contents.OUTLETS),
    Kind("probabilities", contents.PROBABILITIES),
    Kind("record_fields", contents.RECORD_FIELDS),
    Kind("regions", contents.REGIONS),
    Kind(ENTITIES, contents.ENTITIES, is_annotating=True),
    Kind("names/words", contents.NAME_WORDS, by_language=True, is_annotating=True),
    Kind("names/given_names", contents.NAMES),
    Kind("names/", contents.NAMES, is_annotating=True),
    Kind("quotations", contents.QUOTATIONS, by_language=True, is_annotating=True),
    Kind(RECOGNISER, contents.RECOGNISER, is_annotating=True),
    Kind("sentences", contents.SENTENCES, is_annotating=True),
    Kind("times", contents.TIMES, by_language=True, is_annotating=True),
    Kind(TOPICS, contents.TOPICS, is_annotating=True),
    Kind(f"{TOPICS}/", contents.TOPICS, is_annotating=True),
)
"""All kinds; one stands before another whose files its own would be taken for."""


@dataclass(frozen=True, slots=True)
class Register:
    """The register that a file is of: the name of its file in the project, and its kind."""

    file_name: str
    kind: Kind
    language: str | None = None


def register_of(path: str, project: Collection[str] = ()) -> Register:
    """Return the register that a file is of; ``project`` are the files of the project.

    Raises `RegisterError` where the name is of none: it says which there are.
    """
    stem = path.removesuffix(ENDING)
    for kind in KINDS:
        if kind.is_folder and stem.startswith(kind.beginning):
            return Register(_in_folder(stem, kind, project), kind)
        found = _named(stem, kind)
        if found is not None:
            return found
    raise RegisterError(path, "name", f"begins with the name of no register{_possible(stem)}")


def is_catalog(path: str) -> bool:
    """Tell whether a file states something of single documents."""
    return register_of(path).kind.beginning == CATALOG


def _in_folder(stem: str, kind: Kind, project: Collection[str]) -> str:
    """Return the register that a file in a folder is of: codebooks are one, other files several."""
    if kind.beginning == f"{TOPICS}/":
        return f"{TOPICS}{ENDING}"
    names = sorted((name.removesuffix(ENDING) for name in project), key=len, reverse=True)
    return next((one for one in names if _begins(stem, one)), stem) + ENDING


def _begins(stem: str, name: str) -> bool:
    """Tell whether a name is that of a register, or that and something behind it."""
    return stem == name or stem.startswith(f"{name}_")


def _named(stem: str, kind: Kind) -> Register | None:
    """Return the register that a name begins with, where it is of a kind."""
    if kind.is_folder or not _begins(stem, kind.beginning):
        return None
    if not kind.by_language:
        return Register(f"{kind.beginning}{ENDING}", kind)
    language = stem.removeprefix(f"{kind.beginning}_").partition("_")[0]
    if not is_language(language):
        said = (
            f"{language!r} is no code of a language; name it {kind.pattern}, with its code of "
            "ISO 639-1"
        )
        raise RegisterError(stem + ENDING, "name", said)
    return Register(f"{kind.beginning}_{language}{ENDING}", kind, language)


def _possible(stem: str) -> str:
    """Return the end of the sentence that a name is of no register: what is near, and all."""
    patterns = {kind.beginning.rstrip("/"): kind.pattern for kind in KINDS}
    close = get_close_matches(_FIRST_PART.split(stem)[0], patterns, n=1)
    meant = f"; did you mean {patterns[close[0]]}?" if close else "."
    return f"{meant} Possible are {', '.join(sorted(kind.pattern for kind in KINDS))}"
