"""What the tests of the transforms share: the project's own registers, and documents from texts."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knipsel.flows.config.register_files import load_models
from knipsel.transforms.model import Article, ProcessedDocument, RawDocument
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.parse import parse_registers

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTERS = Path(__file__).parents[2] / "corpus" / "registers"


@pytest.fixture(scope="session")
def register_files() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8") for path in sorted(REGISTERS.glob("*.toml"))
    }


@pytest.fixture(scope="session")
def registers(register_files: dict[str, str]) -> Registers:
    return parse_registers(register_files, load_models())


@pytest.fixture(scope="session")
def lines(registers: Registers) -> LineReader:
    """Parse lines with the words of the project's registers."""
    return LineReader(registers.lines)


@pytest.fixture(scope="session")
def run(registers: Registers) -> Callable[[str | bytes], ProcessedDocument]:
    """Process a text or bytes as a file."""

    def process_content(content: str | bytes) -> ProcessedDocument:
        raw = content.encode() if isinstance(content, str) else content
        return process(RawDocument(hashlib.sha256(raw).hexdigest(), "file.txt", raw), registers)

    return process_content


@pytest.fixture(scope="session")
def check_invariants() -> Callable[[ProcessedDocument], None]:
    """Assert what must hold of every processed document."""

    def check(document: ProcessedDocument) -> None:
        source = document.source_text
        if document.rejections:
            assert (document.articles, document.paragraphs, document.removed_spans) == ((), (), ())
            return
        assert document.articles
        for span in document.removed_spans:
            assert source[span.source_start : span.source_end] == span.text
        for statement in document.statements:
            if statement.original_text is not None:
                assert (
                    source[statement.source_start : statement.source_end] == statement.original_text
                )
        check_tiling(document)
        for article in document.articles:
            check_article(article, document)

    return check


def check_article(article: Article, document: ProcessedDocument) -> None:
    own = [one for one in document.paragraphs if one.article_id == article.article_id]
    for paragraph in own:
        assert paragraph.text
        if paragraph.char_start is not None:
            assert article.text[paragraph.char_start : paragraph.char_end] == paragraph.text
    starts = [paragraph.source_start for paragraph in own]
    assert [paragraph.position for paragraph in own] == list(range(1, len(own) + 1))
    assert starts == sorted(starts)
    assert article.char_count == len(article.text)
    assert article.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()


def check_tiling(document: ProcessedDocument) -> None:
    spans = [(one.source_start, one.source_end) for one in document.paragraphs]
    spans += [(one.source_start, one.source_end) for one in document.removed_spans]
    offset = 0
    for start, end in [*sorted(spans), (len(document.source_text), len(document.source_text))]:
        assert offset <= start <= end
        gap = document.source_text[offset:start]
        assert not gap.strip()
        offset = end
