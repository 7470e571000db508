"""What each raw shape in ``raw/`` becomes, as text to read and to compare.

``python -m tests.golden.shapes`` writes the expectations anew; read the difference then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import Article, ProcessedDocument, RawDocument
from knipsel.transforms.process import process

FOLDER = Path(__file__).parent / "raw"
EXPECTED = ".expected"


def raw_files() -> list[Path]:
    """Return the raw files, in order."""
    return sorted(file for file in FOLDER.iterdir() if file.suffix != EXPECTED)


def _facts(article: Article) -> Iterator[str]:
    names = ("headline", "author", "publisher", "date_published", "language", "article_section")
    for name in names:
        value = getattr(article, name)
        if value is not None:
            yield f"{name}: {value}"


def shown(document: ProcessedDocument) -> str:
    """Return all that a document became: facts, paragraphs, removed spans."""
    lines = [f"{document.media_type} {document.reader}"]
    for article in document.articles:
        lines += ["", *_facts(article)]
        lines += [
            f"  {one.role}: {one.text}"
            for one in document.paragraphs
            if one.article_id == article.article_id
        ]
    lines += ["", "removed"]
    lines += [f"  {span.reason}: {' '.join(span.text.split())}" for span in document.removed_spans]
    return "\n".join(lines) + "\n"


def become(file: Path) -> str:
    """Return what a raw file becomes."""
    content = file.read_bytes()
    document = RawDocument(hashlib.sha256(content).hexdigest(), file.name, content)
    return shown(process(document, load_registers()))


if __name__ == "__main__":
    for raw in raw_files():
        raw.with_name(raw.name + EXPECTED).write_text(become(raw), encoding="utf-8")
