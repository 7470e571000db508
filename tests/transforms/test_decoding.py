"""Bytes to text, and what kind of file they are."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.identify.media_types import binary_media_type, text_media_type

TEXT = "Hé, één café aan de kade: ‘mooi’."


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    decoded = decode(content)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


def test_declared_charset() -> None:
    page = '<meta charset="iso-8859-15"><p>5 €</p>'
    assert decode(page.encode("iso-8859-15")).text == page
    assert decode('<meta charset="windows-1251"><p>Київ</p>'.encode("cp1251")).text.endswith(
        "<p>Київ</p>"
    )


def test_latin_1_is_read_as_windows_1252() -> None:
    assert decode(b'<meta charset="iso-8859-1"><p>\x93mooi\x94</p>').text.endswith("“mooi”</p>")


def test_undefined_bytes_of_windows_1252_stay() -> None:
    decoded = decode(b"caf\xe9 \x81\x8d")
    assert (decoded.text, decoded.encoding) == ("café \x81\x8d", "windows-1252")


def test_stray_bytes_in_utf_8() -> None:
    decoded = decode("één café, ".encode() + b"\x93mooi\x94")
    assert (decoded.text, decoded.encoding) == ("één café, “mooi”", "utf-8+windows-1252")


def test_line_ends_stay() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "zip", "base64", "utf-7", "no-such"]
)
def test_hostile_declarations(charset: str) -> None:
    assert decode(f'<meta charset="{charset}">\xff'.encode("latin-1")).encoding == "windows-1252"


@given(st.binary(max_size=300))
def test_any_bytes_decode(content: bytes) -> None:
    assert isinstance(decode(content).text, str)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"{\\rtf1", "application/rtf"),
        (b"Gewone tekst", None),
    ],
)
def test_binary_media_types(content: bytes, media_type: str | None) -> None:
    assert binary_media_type(content) == media_type


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("Gewone tekst met <b>een</b> teken.", "text/plain"),
        ("<!DOCTYPE html><p>x", "text/html"),
        ("<!-- saved -->\n<html><p>x", "text/html"),
        ("<div><p>een</p><p>twee</p></div>", "text/html"),
        ("<?xml version='1.0'?><nitf/>", "application/nitf+xml"),
        ('[{"a": 1}]', "application/json"),
        ("[Beeld: ANP] Een tekst", "text/plain"),
        ("\x00\x01\x02\x03" * 10, None),
    ],
)
def test_text_media_types(text: str, media_type: str | None) -> None:
    assert text_media_type(text) == media_type


def test_a_page_about_code_is_no_html() -> None:
    menu = "\n".join(f"  • Rubriek {number} van deze site" for number in range(100))
    code = "<div>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</div>\n" * 30
    assert text_media_type(f"{menu}\n\nZo maak je een lijst.\n\n{code}") == "text/plain"
    assert text_media_type(f"Zo maak je een lijst.\n{code}") == "text/html"
