"""Bytes to text, and what kind of file they are."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knipsel.transforms.identify.decoding import decode, decode_declared
from knipsel.transforms.identify.media_types import binary_media_type, text_media_type
from knipsel.transforms.registers.files.encodings import Encodings
from knipsel.transforms.registers.model import Registers

TEXT = "Hé, één café aan de kade: ‘mooi’."
POLISH = "Rada miasta zdecydowała, że most na rzece Ślęzie zostanie zamknięty do końca września."
RUSSIAN = "После семи лет перерыва в субботу снова начал ходить паром у Нижней Маревы."


@pytest.fixture(scope="session")
def encodings(registers: Registers) -> Encodings:
    return registers.encodings


@pytest.mark.parametrize(
    ("content", "encoding", "method"),
    [
        (TEXT.encode(), "utf-8", "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "mark"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "mark"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", "mark"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", "mark"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be", "mark"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "detected"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "detected"),
        (TEXT.encode("utf-32-le"), "utf-32-le", "detected"),
        (TEXT.encode("cp1252"), "windows-1252", "detected"),
    ],
)
def test_encodings(encodings: Encodings, content: bytes, encoding: str, method: str) -> None:
    decoded = decode(content, encodings)
    assert (decoded.text, decoded.encoding, decoded.method) == (TEXT, encoding, method)
    assert decoded.doubt is None


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("iso-8859-15", "iso8859-15", "De brug kost 5 € per dag, zegt de gemeente één keer."),
        ("windows-1251", "cp1251", "Столиця України — Київ, і паром знову ходить."),
        ("x-sjis", "shift_jis", "土曜日、七年間止まっていた丸島の渡し船が再び動き始めた。"),
        (
            "ks_c_5601-1987",
            "euc-kr",
            "토요일 칠 년 동안 멈춰 있던 나룻배가 다시 움직이기 시작했다.",
        ),
        ("gb2312", "gbk", "星期六，停航七年的马岛渡船重新开始运行。"),
        ("x-mac-cyrillic", "mac-cyrillic", RUSSIAN),
    ],
)
def test_a_declaration_that_the_text_bears_out(
    encodings: Encodings, declared: str, codec: str, text: str
) -> None:
    page = f'<meta charset="{declared}"><p>{text}</p>'
    decoded = decode(page.encode(codec), encodings)
    assert (decoded.text, decoded.method, decoded.doubt) == (page, "declared", None)


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("iso-8859-1", "cp1250", POLISH),
        ("utf-8", "cp1251", RUSSIAN),
        ("windows-1252", "koi8-r", RUSSIAN),
        ("windows-1251", "koi8-r", RUSSIAN),
        ("iso-8859-2", "cp1251", RUSSIAN),
        ("shift_jis", "cp1252", "Die Fähre zwischen Nordholm und Brenn fährt über die Brücke."),
        ("big5", "gb18030", "星期六，停航七年的马岛渡船重新开始运行，镇政府宣布了这个消息。"),
    ],
)
def test_a_declaration_that_the_text_contradicts(
    encodings: Encodings, declared: str, codec: str, text: str
) -> None:
    page = f'<html><head><meta charset="{declared}"></head><p>{text}</p>'
    decoded = decode(page.encode(codec), encodings)
    assert (decoded.text, decoded.method, decoded.doubt) == (page, "detected", None)


def test_utf_8_whatever_is_declared(encodings: Encodings) -> None:
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(page.encode(), encodings).text == page


@pytest.mark.parametrize(
    "before", ['<script src="a.js" charset="windows-1251">', '<form accept-charset="koi8-r">']
)
def test_the_charset_of_another_file(encodings: Encodings, before: str) -> None:
    page = f'{before}<meta charset="iso-8859-2"><p>{POLISH}</p>'
    decoded = decode(page.encode("iso8859-2"), encodings)
    assert (decoded.text, decoded.encoding, decoded.method) == (page, "iso8859-2", "declared")


def test_a_foreign_name_does_not_speak_against_a_declaration(encodings: Encodings) -> None:
    page = '<meta charset="iso-8859-1"><p>De burgemeester van Châlons sprak gisteren met hem.</p>'
    decoded = decode(page.encode("cp1252"), encodings)
    assert (decoded.text, decoded.method) == (page, "declared")


def test_latin_1_is_read_as_windows_1252(encodings: Encodings) -> None:
    decoded = decode(b'<meta charset="iso-8859-1"><p>\x93mooi\x94</p>', encodings)
    assert decoded.text.endswith("“mooi”</p>")


def test_undefined_bytes_of_windows_1252_stay(encodings: Encodings) -> None:
    decoded = decode(b"caf\xe9 \x81\x8d", encodings, "windows-1252")
    assert (decoded.text, decoded.encoding) == ("café \x81\x8d", "windows-1252")


@pytest.mark.parametrize(
    ("stray", "text", "encoding"),
    [
        (b"\x93mooi\x94", "“mooi”", "utf-8+windows-1252"),
        (b"in Belgi\xeb.", "in België.", "utf-8+windows-1252"),
        (b"q\x81q\xdbq\x90q", "q\ufffdq\ufffdq\ufffdq", "utf-8"),
    ],
)
def test_stray_bytes_in_utf_8(encodings: Encodings, stray: bytes, text: str, encoding: str) -> None:
    begin = "Eén café aan de kade is één café te veel, zei de oude schipper: "
    decoded = decode(begin.encode() + stray, encodings)
    assert (decoded.text, decoded.encoding) == (begin + text, encoding)


def test_a_character_that_was_cut_off(encodings: Encodings) -> None:
    decoded = decode("één café".encode()[:-1], encodings)
    assert (decoded.text, decoded.encoding) == ("één caf\ufffd", "utf-8")


def test_line_ends_stay(encodings: Encodings) -> None:
    assert decode(b"a\r\nb\rc\n", encodings).text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("iso2022_jp", "土曜日、七年間止まっていた丸島の渡し船が再び動き始めた。"),
        ("iso2022_kr", "토요일 나룻배가 다시 움직이기 시작했다고 군청이 발표했다."),
        ("hz", "星期六，停航七年的马岛渡船重新开始运行。"),
    ],
)
def test_escapes(encodings: Encodings, codec: str, text: str) -> None:
    decoded = decode(text.encode(codec), encodings)
    assert (decoded.text, decoded.encoding, decoded.method) == (text, codec, "escapes")


def test_escapes_to_an_alphabet_that_is_not_known(encodings: Encodings) -> None:
    assert decode(b"\x1b$)A\x0e\x30\x21\x0f", encodings).doubt
    assert decode(b"\x1b[31mrood\x1b[0m en ~{a,b} van de shell", encodings).method == "utf-8"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "zip", "base64", "utf-7", "no-such"]
)
def test_hostile_declarations(encodings: Encodings, charset: str) -> None:
    page = f'<meta charset="{charset}"><p>De veerboot naar het café vaart één keer per dag.</p>'
    assert decode(page.encode("latin-1"), encodings).encoding == "windows-1252"


@pytest.mark.parametrize("content", ["тест".encode("cp1251"), b"\xe9"])
def test_a_few_letters_are_not_sure_or_right(encodings: Encodings, content: bytes) -> None:
    """A word in no context may be read, or be in doubt; it is never given with a wrong letter."""
    decoded = decode(content, encodings)
    assert decoded.doubt or decoded.text in {"тест", "é"}


def test_doubt_shows_a_line_in_several_encodings(encodings: Encodings) -> None:
    content = b"Nii on see.\nUus kaldtee maksab rohkem, kui vald oli kevadel v\xe4lja arvestanud."
    decoded = decode(content, encodings)
    doubt = decoded.doubt or ""
    assert decoded.method == "guessed"
    assert "oli kevadel välja arvestanud.”" in doubt
    assert "oli kevadel võlja arvestanud.”" in doubt
    assert "Nii on see" not in doubt


def test_hebrew_in_visual_order_is_held_back(encodings: Encodings) -> None:
    text = "אחרי הפסקה של שבע שנים חזרה המעבורת לפעול ביום שבת ליד הכפר נהר תחתון."
    assert decode(text.encode("cp1255"), encodings).text == text
    assert "visual order" in (decode(text[::-1].encode("iso8859-8"), encodings).doubt or "")


def test_an_encoding_that_no_register_has_is_held_back(encodings: Encodings) -> None:
    """Polish of the eighties, in Mazovia: its letters stand where no page has letters of it."""
    mazovia = {"ł": 0x92, "ż": 0xA7, "Ś": 0x98, "ę": 0x91, "ń": 0xA4, "ś": 0x9E}
    content = bytes(mazovia.get(one, ord(one) if one.isascii() else 0x3F) for one in POLISH)
    assert decode(content, encodings).doubt


def test_what_a_person_states_wins(encodings: Encodings) -> None:
    content = "zamkniêty do koñca".encode("cp1252")
    decoded = decode(content, encodings, "cp1250")
    assert (decoded.text, decoded.encoding, decoded.method) == (
        "zamknięty do końca",
        "cp1250",
        "stated",
    )
    assert "line 2" in (decode(b"een\ntw\xffe", encodings, "utf-8").doubt or "")


def test_vietnamese_is_composed(encodings: Encodings) -> None:
    text = "Hội đồng thị xã tối thứ năm đã quyết định đóng cửa cây cầu cũ cho đến mùa thu."
    marks = {
        "ộ": "ô\u0323",
        "ồ": "ô\u0300",
        "ị": "i\u0323",
        "ã": "a\u0303",
        "ố": "ô\u0301",
        "ứ": "ư\u0301",
        "ế": "ê\u0301",
        "ử": "ư\u0309",
        "ầ": "â\u0300",
        "ũ": "u\u0303",
    }
    content = "".join(marks.get(one, one) for one in text).encode("cp1258")
    decoded = decode(content, encodings)
    assert (decoded.text, decoded.encoding) == (text, "cp1258")


def test_mail_may_have_utf_7(encodings: Encodings) -> None:
    assert decode_declared(b"Gru+AN8- aus K+APY-ln", "utf-7", encodings).text == "Gruß aus Köln"


@settings(deadline=None)
@given(content=st.binary(max_size=300), stated=st.sampled_from([None, "cp1250", "utf-16", "gbk"]))
def test_any_bytes_decode(encodings: Encodings, content: bytes, stated: str | None) -> None:
    decoded = decode(content, encodings, stated)
    assert decoded.text.encode("utf-8", "surrogatepass") is not None
    assert decode(content, encodings, stated) == decoded


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
