"""Writing TEI: a file for each article into a folder, or all of them into one corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import etree

from knipsel.warehouse.exports.about import About
from knipsel.warehouse.exports.cells import Changes
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.formats.tei.article import ArticleParts, Row, tei_article
from knipsel.warehouse.exports.formats.tei.elements import TEI, add, element
from knipsel.warehouse.exports.source import Source

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_CHOSEN = "article_id IN (SELECT article_id FROM shared_articles WHERE chosen)"
_PARTS = {
    "paragraphs": f"FROM paragraphs WHERE {_CHOSEN} ORDER BY article_id, position",
    "quotations": f"FROM quotations WHERE {_CHOSEN} ORDER BY article_id, char_start, quotation_id",
    "mentions": (
        "SELECT mentions.*, entities.uri FROM mentions LEFT JOIN entities USING (entity_id) "
        f"WHERE {_CHOSEN} ORDER BY article_id, char_start, mention_id"
    ),
    "time_expressions": (
        f"FROM time_expressions WHERE {_CHOSEN} ORDER BY article_id, char_start, time_expression_id"
    ),
}
_ROWS_AT_ONCE = 2_000


class _Parts:
    """The rows of a table in the order of their articles, of which one after the other is taken."""

    def __init__(self, source: Source, query: str) -> None:
        self._groups = groupby(_rows(source, query), key=lambda row: str(row["article_id"]))
        self._next = next(self._groups, None)

    def of(self, article_id: str) -> Sequence[Row]:
        """Return the rows of an article; those of articles before it are passed over."""
        while self._next is not None and self._next[0] < article_id:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != article_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _rows(source: Source, query: str) -> Iterator[dict[str, Any]]:
    cursor = source.connection.cursor().execute(query)
    names = [column[0] for column in cursor.description or ()]
    while some := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in some)


def _articles(source: Source) -> Iterator[ArticleParts]:
    (table,) = source.tables
    articles = f"SELECT * FROM ({table.query}) ORDER BY article_id"
    parts = {name: _Parts(source, query) for name, query in _PARTS.items()}
    for row in _rows(source, articles):
        found = [part.of(row["article_id"]) for part in parts.values()]
        yield ArticleParts({"text": None} | row, *found)


def write_tei(source: Source, target: Path) -> Notes:
    """Write all articles: into a folder a file of each, else all into one file as a corpus."""
    changes = Changes()
    if target.is_dir():
        for parts in _articles(source):
            name = f"{parts.article['article_id']}.xml"
            content = _serialized(tei_article(parts, source.about, changes))
            (target / name).write_bytes(_HEAD + content + b"\n")
    else:
        with target.open("wb") as file:
            file.write(_HEAD + f'<teiCorpus xmlns="{TEI}">\n'.encode())
            file.write(_serialized(_corpus_header(source.about)) + b"\n")
            for parts in _articles(source):
                file.write(_serialized(tei_article(parts, source.about, changes)) + b"\n")
            file.write(b"</teiCorpus>\n")
    return list(changes.notes())


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8")


def _corpus_header(said: About) -> etree._Element:
    header = element("teiHeader")
    described = add(header, "fileDesc")
    add(add(described, "titleStmt"), "title", said.title)
    published = add(described, "publicationStmt")
    add(published, "authority", said.title)
    add(add(published, "availability", None, {"status": "restricted"}), "p", said.rights)
    listed = add(add(described, "sourceDesc"), "list")
    for name, value in said.facts:
        add(listed, "item", Changes().xml_text(f"{name}: {value}"))
    etree.indent(header)
    return header


def tei_texts(file: Path) -> Iterator[str]:
    """Yield the text of each block of a TEI file without its elements, and each attribute."""
    for _, found in etree.iterparse(file, huge_tree=True):
        yield from (str(value) for value in found.attrib.values())
        if not isinstance(found.tag, str) or found.tag.endswith(_INNER):
            continue
        yield "".join(str(text) for text in found.itertext())
        if found.tag.endswith(("}p", "}head", "}TEI")):
            found.clear()


_INNER = ("}TEI", "}teiCorpus", "}text", "}body", "}div", "}said", "}persName", "}orgName")
"""Elements whose text is read with that of what holds them, or of what they hold."""

TEI_FORMAT = Format(
    "tei",
    "TEI P5: text, quotations, names and dates as elements",
    (".xml",),
    tei_texts,
    write=write_tei,
    may_be_folder=True,
    of_articles=True,
    tells_itself=True,
)
