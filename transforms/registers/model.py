"""All registers as one value, composed of what each of them becomes when it is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
    from knipsel.transforms.registers.articles.facts import Facts
    from knipsel.transforms.registers.articles.words import ArticleWords
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.registers.files.exports import ExportLabels
    from knipsel.transforms.registers.files.file_properties import FileProperties
    from knipsel.transforms.registers.files.mail import MailWords
    from knipsel.transforms.registers.files.record_fields import RecordFields
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.regions import Regions
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.pages.words import PageWords


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers: entry points take them, and hand to each function the one that it uses."""

    layout: LayoutWords
    lines: LineWords
    pages: PageWords
    articles: ArticleWords
    regions: Regions
    catalog: tuple[Facts, ...]
    """What people state of documents."""
    exports: ExportLabels
    encodings: Encodings
    record_fields: RecordFields
    mail: MailWords
    file_properties: FileProperties
    annotations: AnnotationRegisters
