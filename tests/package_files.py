"""Files that are ZIPs of parts, written for tests: ODT, spreadsheets, books, and property lists."""

from __future__ import annotations

import io
import plistlib
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_OPEN}{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "meta": "meta",
    }.items()
)
_SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(members: Mapping[str, str], media_type: str | None = None) -> bytes:
    """Return a ZIP of texts; of a media type where its first member is to say so."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if media_type:
            archive.writestr(zipfile.ZipInfo("mimetype"), media_type)
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def odt(
    body: str,
    *,
    styles: str = "",
    meta: str = "",
    master: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return a text document of OpenDocument with this XML as its body."""
    members = {
        "content.xml": f"{_XML}<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"{_XML}<office:document-styles {_SPACES}><office:master-styles>{master}"
        "</office:master-styles></office:document-styles>",
        "meta.xml": f"{_XML}<office:document-meta {_SPACES}><office:meta>{meta}</office:meta>"
        "</office:document-meta>",
    }
    return packed({**members, **(more or {})}, "application/vnd.oasis.opendocument.text")


def odt_paragraphs(*paragraphs: str) -> str:
    """Return paragraphs as the XML of a body."""
    return "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)


def ods(*sheets: Sequence[Sequence[str]]) -> bytes:
    """Return a spreadsheet of OpenDocument; a value that is a day in ISO 8601 is a date."""
    body = "".join(
        f'<table:table table:name="Blad{number}">{"".join(map(_ods_row, rows))}</table:table>'
        for number, rows in enumerate(sheets, 1)
    )
    content = (
        f"{_XML}<office:document-content {_SPACES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/>'
    members = {
        "content.xml": content,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OPEN}manifest:1.0">'
        f"{manifest}</manifest:manifest>",
    }
    return packed(members, "application/vnd.oasis.opendocument.spreadsheet")


def _ods_row(values: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, values))}</table:table-row>"


def _ods_cell(value: str) -> str:
    if not value:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def xlsx(*sheets: str, hidden: Sequence[int] = ()) -> bytes:
    """Return a workbook whose sheets have this XML in them."""
    numbers = range(1, len(sheets) + 1)
    state = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(
        f'<sheet name="Blad{n}" sheetId="{n}" r:id="r{n}"{state.get(n, "")}/>' for n in numbers
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in numbers
    )
    members = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{related}</Relationships>",
        "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_SHEETS}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rs" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    )
    members |= {
        f"xl/worksheets/s{n}.xml": f'{_XML}<worksheet xmlns="{_SHEETS}">{sheet}</worksheet>'
        for n, sheet in zip(numbers, sheets, strict=True)
    }
    return packed(members)


def sheet(*rows: Sequence[str | float | None], dates: Sequence[str] = (), merged: str = "") -> str:
    """Return the XML of a sheet; cells named in ``dates`` (``B2``) are days."""
    written = "".join(
        f'<row r="{number}">{"".join(_cells(number, values, dates))}</row>'
        for number, values in enumerate(rows, 1)
        if values
    )
    cells = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f"<sheetData>{written}</sheetData>{cells}"


def _cells(row: int, values: Sequence[str | float | None], dates: Sequence[str]) -> list[str]:
    cells = []
    for at, value in enumerate(values):
        place = f"{chr(ord('A') + at)}{row}"
        if isinstance(value, str):
            text = f"<is><t>{escape(value)}</t></is>"
            cells.append(f'<c r="{place}" t="inlineStr">{text}</c>')
        elif value is not None:
            style = ' s="1"' if place in dates else ""
            cells.append(f'<c r="{place}"{style}><v>{value}</v></c>')
    return cells


def epub(pages: Sequence[str], metadata: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Return a book of pages, each the inside of a body, with this XML as its metadata."""
    items = "".join(
        f'<item id="p{n}" href="text/p%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    members = {
        "META-INF/container.xml": f"{_XML}<container><rootfiles><rootfile "
        'full-path="OEBPS/content.opf"/></rootfiles></container>',
        "OEBPS/content.opf": f'{_XML}<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{items}'
        f"</manifest><spine>{spine}</spine></package>",
    }
    members |= {
        f"OEBPS/text/p {n}.xhtml": f"{_XML}<html><head><title/></head><body>{page}</body></html>"
        for n, page in enumerate(pages)
    }
    return packed({**members, **(more or {})}, "application/epub+zip")


def web_archive(page: bytes, url: str, **more: object) -> bytes:
    """Return a page as Safari saves it."""
    main = {
        "WebResourceData": page,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": url,
        **more,
    }
    frame = {"WebMainResource": {"WebResourceData": b"<p>Reclame</p>"}}
    archive = {"WebMainResource": main, "WebSubframeArchives": [frame]}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)
