"""From a raw document to articles: the one entry to the transforms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.annotate import annotate_article
from knipsel.transforms.clean.blocks import Cleaned, clean
from knipsel.transforms.describe.assemble import assemble, removed_spans, repair_blocks
from knipsel.transforms.describe.describe import Origin
from knipsel.transforms.describe.facts import stated
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.identify.encoding.damage import damage_in
from knipsel.transforms.identify.media_types import binary_media_type, text_media_type
from knipsel.transforms.model import AnnotationRows, ProcessedDocument, RawDocument, Rejection
from knipsel.transforms.parse.date_order import find_date_order
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.read import READERS, load_reader
from knipsel.transforms.read.several import SEVERAL, divide_reading
from knipsel.transforms.read.source import Source
from knipsel.transforms.registers.articles.beside import SIDECAR_SUFFIX, parse_beside
from knipsel.transforms.registers.articles.facts import facts_of, stated_encoding, stated_split
from knipsel.transforms.registers.pages.phrases import line_key
from knipsel.transforms.text.words import ends_sentence, fold, weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from knipsel.transforms.clean.blocks import Block
    from knipsel.transforms.describe.assemble import Assembled
    from knipsel.transforms.layout.section import Reading, Section
    from knipsel.transforms.registers.articles.facts import Facts
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.registers.lines.regions import Regions
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.model import Registers
    from knipsel.transforms.registers.pages.phrases import Phrases
    from knipsel.transforms.text.decoded import Decoded

_LEAST_WORDS, _LEAST_OF_POST, _LEAST_DECLARED_WORDS = 12, 4, 1
"""Words of body below which there is no article: the shortest news items have some twenty, but
where the format says that there is an article, there is one; a page that says so has a sentence."""
_NOTICES, _LONGEST_NOTICE = ("javascript", "captcha", "adblock", "ad blocker"), 50
"""What a page asks for instead of showing its article, in any language, and words of such a notice
at most; no article is so short that speaks of these."""
_SHORT_PAGE = 100
"""Words of a page at most that is none of an article because its title is a label, such as
*Advertisement*: frames and forms of other pages."""
_SAYS_ARTICLE = frozenset({"page_type", "schema_type"})
GARBLED = "garbled_text"
"""The reason for what may be read otherwise than it was written; a person may overrule it."""
_SHOWS = re.compile(r"[^\s\ufeff\u200b\u2060]")


@dataclass(frozen=True, slots=True)
class _Identified:
    """A document whose format is known, as its reader wants it."""

    document: RawDocument
    media_type: str
    source: Source
    decoded: Decoded | None = None
    """How its text was decoded, None where it is not one of text, or in none that is sure."""

    @property
    def document_id(self) -> str:
        return self.document.document_id

    def rejected(self, rejection: Rejection, source_text: str) -> ProcessedDocument:
        return ProcessedDocument(
            document_id=self.document_id,
            media_type=self.media_type,
            encoding=self.decoded.encoding if self.decoded else None,
            encoding_method=self.decoded.method if self.decoded else None,
            reader=READERS.get(self.media_type),
            source_text=source_text,
            rejections=(rejection,),
        )

    def garbled(self, problem: str, source_text: str) -> ProcessedDocument:
        """Return the document held back, since its letters may not be those that were written."""
        likely = self.decoded.encoding if self.decoded else None
        unsure = replace(self, decoded=None)
        return unsure.rejected(Rejection(GARBLED, problem, likely), source_text)


def process(
    document: RawDocument,
    registers: Registers,
    waived: Collection[str] = (),
    corrections: Sequence[Facts] = (),
) -> ProcessedDocument:
    """Turn a document into its articles and removed spans, or into the reasons why not.

    The outcome follows from the document, the registers and what people said of it alone; any
    bytes give an outcome. ``waived`` are rules that a person said do not count for it,
    ``corrections`` what people corrected of it, what counts first.
    """
    facts = _facts(document, registers, corrections)
    encoding = None if isinstance(facts, Rejection) else stated_encoding(facts)
    identified, rejection = _identify(document, registers.encodings, encoding)
    if rejection:
        return identified.rejected(rejection, identified.source.text)
    reading = _read(identified, registers)
    if isinstance(reading, Rejection):
        return identified.rejected(reading, identified.source.text)
    if isinstance(facts, Rejection):
        return identified.rejected(facts, reading.source_text)
    identified = replace(identified, decoded=reading.decoded or identified.decoded)
    doubt = identified.decoded.doubt if identified.decoded else None
    if doubt and GARBLED not in waived:
        return identified.garbled(doubt, reading.source_text)
    processed = _make_articles(identified, reading, registers, facts, waived)
    damage = damage_in("\n".join(article.text for article in processed.articles))
    if damage and GARBLED not in waived:
        return identified.garbled(damage, reading.source_text)
    return processed


def _read(identified: _Identified, registers: Registers) -> Reading | Rejection:
    """Return what the reader of a format makes of a document, or why there is none."""
    read = load_reader(identified.media_type)
    return read(identified.source, registers) if read else _unsupported(identified.media_type)


def _facts(
    document: RawDocument, registers: Registers, corrections: Sequence[Facts]
) -> list[tuple[str, Facts]] | Rejection:
    """Return what people state of a document, or why that cannot be read."""
    try:
        said = parse_beside(document.sidecar) if document.sidecar is not None else []
    except ValueError as error:
        return _bad_sidecar(str(error))
    name, path = document.document_id, document.path
    facts = facts_of(name, path, registers.catalog, said, corrections)
    encoding = stated_encoding(facts)
    if encoding and registers.encodings.codec_of(encoding) is None:
        return _bad_sidecar(f"encoding: {encoding!r} is none that is known, such as cp1250")
    return facts


def _bad_sidecar(problem: str) -> Rejection:
    message = f"What {SIDECAR_SUFFIX} beside or above the file says cannot be read: {problem}."
    return Rejection("bad_sidecar", message)


def _identify(
    document: RawDocument, encodings: Encodings, encoding: str | None
) -> tuple[_Identified, Rejection | None]:
    """Say what a document is, by its content, and whether it is nothing that can be read.

    ``encoding`` is what a person states of it.
    """
    media_type = binary_media_type(document.content)
    if media_type:
        return _Identified(document, media_type, Source(document.content)), None
    decoded = decode(document.content, encodings, encoding)
    source = Source(document.content, decoded.text, decoded.encoding, encoding)
    if not _SHOWS.search(decoded.text):
        rejection = Rejection("empty_file", "The file is empty or holds only white space.")
        return _Identified(document, "text/plain", source, decoded), rejection
    media_type = text_media_type(decoded.text)
    if media_type is None:
        rejection = Rejection(
            "binary_content", "The file is neither text nor a format that is known."
        )
        unknown = _Identified(document, "application/octet-stream", Source(document.content))
        return unknown, rejection
    return _Identified(document, media_type, source, decoded), None


def _make_articles(
    identified: _Identified,
    reading: Reading,
    registers: Registers,
    facts: Sequence[tuple[str, Facts]],
    waived: Collection[str],
) -> ProcessedDocument:
    reader = READERS[identified.media_type]
    divided = divide_reading(reading, registers, stated_split(facts))
    if isinstance(divided, Rejection):
        return identified.rejected(divided, reading.source_text)
    if divided.doubt and SEVERAL not in waived:
        return identified.rejected(divided.doubt, reading.source_text)
    reading = divided.reading
    if divided.name:
        reader = f"{reader}+{divided.name}"
    path = identified.document.path if len(reading.sections) == 1 else ""
    blocks: list[Block] = []
    kept: list[Cleaned] = []
    for section in reading.sections:
        lines = lines_of(section, registers.lines, registers.regions)
        cut = clean(section, registers.pages, lines)
        if not _has_article(cut.blocks, section, registers.pages.phrases):
            blocks.extend(_without_article(cut.blocks))
            continue
        published = repair_blocks(cut.blocks)
        kept.append(Cleaned(section, reading.source_text, cut, tuple(published), lines))
        blocks.extend(published)
    made: list[Assembled] = []
    for number, cleaned in enumerate(kept, 1):
        said = tuple(stated(facts, number, len(kept), identified.document.language))
        origin = Origin(path, identified.document.seen_on, said, identified.media_type)
        made.append(assemble(identified.document_id, number, cleaned, registers.articles, origin))
    if not made:
        rejection = Rejection(
            "no_article", "There is no article in the file, only menus or a few words."
        )
        return identified.rejected(rejection, reading.source_text)
    return ProcessedDocument(
        document_id=identified.document_id,
        media_type=identified.media_type,
        encoding=identified.decoded.encoding if identified.decoded else None,
        encoding_method=identified.decoded.method if identified.decoded else None,
        reader=reader,
        source_text=reading.source_text,
        articles=tuple(one.article for one in made),
        authors=tuple(author for one in made for author in one.authors),
        paragraphs=tuple(paragraph for one in made for paragraph in one.paragraphs),
        removed_spans=removed_spans(identified.document_id, blocks, reading.source_text),
        statements=tuple(statement for one in made for statement in one.statements),
        annotations=AnnotationRows.joined(
            annotate_article(one.article, one.paragraphs, registers.annotations) for one in made
        ),
    )


def lines_of(section: Section, words: LineWords, regions: Regions) -> LineReader:
    """Return what parses the lines of a section, in the order of day and month that it has."""
    texts = [unit.text for unit in section.units]
    languages, hosts = section.declared("language"), section.declared("hostname")
    order = find_date_order(texts, languages, hosts, regions)
    return LineReader(replace(words, dates=replace(words.dates, order=order)) if order else words)


def _has_article(blocks: Sequence[Block], section: Section, phrases: Phrases) -> bool:
    body = [block.text for block in blocks if block.role in {"body", "standfirst"}]
    found = sum(map(weight, body))
    if section.is_declared:
        return found >= _LEAST_DECLARED_WORDS
    if _is_notice(blocks, found) or _is_labelled(blocks, section, found, phrases):
        return False
    is_post = found >= _LEAST_OF_POST and any(map(ends_sentence, body)) and _is_dated_post(section)
    return found >= _LEAST_WORDS or is_post


def _is_notice(blocks: Iterable[Block], size: int) -> bool:
    """Say whether a page only tells what its article needs in order to be shown."""
    texts = (block.text.casefold() for block in blocks)
    return size <= _LONGEST_NOTICE and any(word in text for text in texts for word in _NOTICES)


def _is_labelled(blocks: Iterable[Block], section: Section, size: int, phrases: Phrases) -> bool:
    """Say whether a short page has but a label for a title, and neither headline nor byline."""
    titles = [line_key(fold(title)) for title in section.declared("headline")]
    has_front = any(block.role in {"headline", "byline"} for block in blocks)
    is_label = bool(titles) and all(title in phrases.lines for title in titles)
    return size <= _SHORT_PAGE and is_label and not has_front


def _is_dated_post(section: Section) -> bool:
    """Say whether a page says that it is an article, and gives its headline and its day."""
    kinds = {tag.value.casefold() for tag in section.head if tag.field in _SAYS_ARTICLE}
    says_so = any(kind.endswith(("article", "posting")) for kind in kinds)
    return says_so and {"headline", "date_published"} <= {tag.field for tag in section.head}


def _without_article(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield the blocks of a section that holds no article, all removed."""
    for block in blocks:
        yield block._replace(role=None, reason="no_article") if block.role else block


def _unsupported(media_type: str) -> Rejection:
    return Rejection(
        "unsupported_media_type", f"No reader takes files of type {media_type}.", media_type
    )
