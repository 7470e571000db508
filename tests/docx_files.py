"""DOCX files written for tests: ones that python-docx makes, and parts that it does not know."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def saved(document: docx.document.Document) -> bytes:
    """Return a document as a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def written(*paragraphs: str, styles: Mapping[int, str] | None = None) -> docx.document.Document:
    """Return a document with these paragraphs, some of them with a style, by their index."""
    document = docx.Document()
    for index, text in enumerate(paragraphs):
        document.add_paragraph(text, style=(styles or {}).get(index))
    return document


def replaced(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a ZIP with members replaced, added, or (None) left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {name: old.read(name) for name in old.namelist()}
        for name, data in {**members, **changes}.items():
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def member(content: bytes, name: str) -> str:
    """Return a member of a ZIP as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def with_part(content: bytes, kind: str, body: str) -> bytes:
    """Return a file with a further part of a kind (``footnotes``), whose XML is ``body``."""
    name = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="own-{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
    relations = member(content, name).replace("</Relationships>", f"{relation}</Relationships>")
    part = f'{_XML}<w:{kind} xmlns:w="{WORD}">{body}</w:{kind}>'
    return replaced(content, {name: relations.encode(), f"word/{kind}.xml": part.encode()})


def with_body(body: str) -> bytes:
    """Return a file whose body is this XML (``w`` for the namespace of Word)."""
    part = f'{_XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return replaced(saved(docx.Document()), {"word/document.xml": part.encode()})
