"""Quotations of a text of our own, as tests of them read it."""

from __future__ import annotations

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.model import Mention, Quotation
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.quotations import find_quotations

REGISTERS = load_registers().annotations


def quotations(
    text: str, language: str | None = "nl", mentions: tuple[Mention, ...] = ()
) -> tuple[Quotation, ...]:
    """Return what is found in a text, whose paragraphs stand between blank lines."""
    article = of_text(text, language, None, REGISTERS)
    return find_quotations(article, mentions, REGISTERS.quotations)


def said(text: str, language: str | None = "nl") -> list[tuple[str, str | None]]:
    """Return the direct quotations and their speakers."""
    return [
        (text[one.char_start : one.char_end], one.speaker)
        for one in quotations(text, language)
        if one.is_direct
    ]


def reported(text: str, language: str | None = "nl") -> list[tuple[str, str | None, str | None]]:
    """Return the indirect ones, with speaker and cue."""
    return [
        (text[one.char_start : one.char_end], one.speaker, one.cue)
        for one in quotations(text, language)
        if not one.is_direct
    ]


def speakers(text: str, language: str = "nl") -> list[str | None]:
    """Return who says what is said in a text, with the names that are found in it."""
    found = annotate(of_text(text, language, None, REGISTERS), REGISTERS)
    return [one.speaker for one in found.quotations if one.is_direct]
