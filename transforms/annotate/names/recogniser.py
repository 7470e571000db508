"""A model of the user's choice beside the rules: nothing needs one, and none is installed.

A `Recogniser` gives names by their places. What registers and lists know stays as it is; names
that only rules found give way to those of the model that overlap them, and others are added.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from knipsel.transforms.annotate.model import Mention
from knipsel.transforms.annotate.names.known import OTHER, look_up
from knipsel.transforms.registers.annotations.registers import RecognisedName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.model import Kind
    from knipsel.transforms.registers.annotations.names import NameRegisters
    from knipsel.transforms.registers.annotations.registers import Recogniser

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("PER", "PERSON", "person"), "person"),
    **dict.fromkeys(("ORG", "organization", "organisation"), "organisation"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "location", "place"), "place"),
}
"""The kinds of names as models label them; other labels are passed over."""
_CONFIDENCE = 0.7
_RULE = "rule"


class NoRecogniserError(Exception):
    """A model cannot be loaded; the message says what to install."""


def load_spacy(model: str) -> Recogniser:
    """Return a recogniser with a pipeline of spaCy, such as ``nl_core_news_md``.

    Raises `NoRecogniserError` where spaCy or the pipeline is not installed.
    """
    try:
        pipeline = importlib.import_module("spacy").load(model)
    except (ImportError, OSError) as error:
        message = f"Install spacy and its pipeline {model} to use it: {error}"
        raise NoRecogniserError(message) from error
    return of_spacy(pipeline)


def of_spacy(pipeline: Any) -> Recogniser:
    """Return a recogniser with a pipeline of spaCy that is loaded already."""

    def recognise(text: str) -> Iterator[RecognisedName]:
        for found in pipeline(text).ents:
            if kind := KINDS.get(found.label_):
                yield RecognisedName(found.start_char, found.end_char, kind)

    return recognise


def with_recognised(
    article: ArticleText,
    mentions: Sequence[Mention],
    recognised: Iterable[RecognisedName],
    registers: NameRegisters,
) -> tuple[Mention, ...]:
    """Return the mentions of a text with those of a model among them, in order."""
    kept = [one for one in mentions if one.method != _RULE]
    ruled = [one for one in mentions if one.method == _RULE]
    blocks = [(block.start, block.end) for block in article.blocks]
    added: list[Mention] = []
    for name in sorted(set(recognised)):
        whole = any(start <= name.char_start < name.char_end <= end for start, end in blocks)
        if whole and not any(_overlap(name, other) for other in (*kept, *added)):
            added.append(_mention(article.text, name, registers))
    ruled = [one for one in ruled if not any(_overlap(one, other) for other in added)]
    return tuple(sorted((*kept, *ruled, *added), key=lambda one: one.char_start))


def _overlap(one: Mention | RecognisedName, other: Mention) -> bool:
    return one.char_start < other.char_end and other.char_start < one.char_end


def _mention(text: str, name: RecognisedName, registers: NameRegisters) -> Mention:
    start, end, kind = name
    printed = " ".join(text[start:end].replace("’", "'").split())
    known = look_up(printed, registers)
    if known and known.kind != OTHER and known.kind == kind:
        return Mention(start, end, kind, known.name, known.entity, "model", _CONFIDENCE)
    return Mention(start, end, kind, printed, None, "model", _CONFIDENCE)
