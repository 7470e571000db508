"""Bytes that contradict what is said of them, and texts that were spoilt before they came here."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from knipsel.transforms.identify.decoding import decode, decode_declared
from knipsel.transforms.identify.encoding.damage import damage_in
from knipsel.transforms.model import ProcessedDocument
from knipsel.transforms.registers.files.encodings import Encodings
from knipsel.transforms.registers.model import Registers

Run = Callable[[str | bytes], ProcessedDocument]

DUTCH = "Hé, één café aan de kade van Noorderhaven blijft open, zei wethouder Zoë Çelik."
POLISH = (
    "Rada miasta zdecydowała, że most na rzece Ślęzie zostanie zamknięty do końca września. "
    "Mieszkańcy pytają, którędy dzieci będą chodzić do szkoły."
)
BOATS = (
    "Władze miasta zapłaciły za małą łódkę, która płynęła w dół Wisły. Podała to główna gazeta, "
    "której właściciel był wtedy na pokładzie."
)
RUSSIAN = (
    "После семи лет перерыва в субботу снова начал ходить паром у Нижней Маревы. "
    "Жители говорят, что ждали этого дня больше, чем Нового года."
)
ICELANDIC = "Þórunn sagði að síldin væri farin að sjást á ný og það þótti mörgum góðs viti í bænum."
VIETNAMESE = "Bà năm nay bảy mươi sáu tuổi, bán bánh cuốn đã hơn nửa thế kỷ ở cuối ngõ."


@pytest.fixture(scope="session")
def encodings(registers: Registers) -> Encodings:
    return registers.encodings


def as_western(content: bytes) -> str:
    """Return what a program shows that takes bytes for Windows-1252, whatever they are."""
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in content)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize(("codec", "text"), [("utf-8", DUTCH), ("cp1251", RUSSIAN)])
def test_a_mark_of_utf_16_before_other_bytes(
    encodings: Encodings, mark: bytes, codec: str, text: str
) -> None:
    decoded = decode(mark + text.encode(codec), encodings)
    assert (decoded.text, decoded.encoding, decoded.doubt) == (text, codec, None)


def test_a_mark_of_utf_8_before_other_bytes(encodings: Encodings) -> None:
    decoded = decode(codecs.BOM_UTF8 + POLISH.encode("cp1250"), encodings)
    assert (decoded.text, decoded.encoding, decoded.method) == (POLISH, "cp1250", "detected")


@pytest.mark.parametrize("text", ["", "a", "中文", "Ёлка"])
def test_short_texts_behind_their_mark(encodings: Encodings, text: str) -> None:
    decoded = decode(text.encode("utf-16"), encodings)
    assert (decoded.text, decoded.method) == (text, "mark")


def test_zeros_at_the_end_make_no_utf_16(encodings: Encodings) -> None:
    decoded = decode(DUTCH.encode() + b"\0" * 8, encodings)
    assert decoded.text.startswith(DUTCH)


@pytest.mark.parametrize("text", [DUTCH, POLISH, RUSSIAN, "七名学生在操场上升起国旗。"])
def test_utf_8_that_was_encoded_twice(encodings: Encodings, text: str) -> None:
    for shown in (as_western(text.encode()), text.encode().decode("latin-1")):
        decoded = decode(shown.encode(), encodings)
        assert (decoded.text, decoded.encoding) == (text, "utf-8 twice")


@pytest.mark.parametrize("text", ["Un café, ça va: «Ã©»? – 12 €", "Ã la carte", "A © 2024 Ã"])
def test_utf_8_that_was_encoded_once(encodings: Encodings, text: str) -> None:
    assert decode(text.encode(), encodings).text == text


def test_names_of_another_language_do_not_make_a_page(encodings: Encodings) -> None:
    """A French name in Dutch has the bytes of a Latvian one; with a declaration it is French."""
    line = "In Châlons én Köln heeft het ministerie op de eerste dag van de ronde gestemd."
    content = line.encode("cp1252")
    assert decode_declared(content, "iso-8859-1", encodings).text == line
    alone = decode(content, encodings)
    assert alone.doubt or alone.text == line


def test_utf_7_is_held_back(encodings: Encodings) -> None:
    assert decode(RUSSIAN.encode("utf-7"), encodings).doubt
    said = decode(RUSSIAN.encode("utf-7"), encodings, "utf-7")
    assert (said.text, said.doubt) == (RUSSIAN, None)
    calls = "Bel +31201234567, +32 2 555 12 12 of +4930123456-. C++-code: a+b+c, x+++y, A+level-"
    assert decode(calls.encode(), encodings).doubt is None


@pytest.mark.parametrize("text", [DUTCH, POLISH, RUSSIAN, ICELANDIC])
def test_what_is_left_of_a_character_shows_as_a_gap(encodings: Encodings, text: str) -> None:
    """Neither half of a character of UTF-8 is a letter of another encoding."""
    place = next(place for place, one in enumerate(text) if not one.isascii())
    before, both, behind = text[:place], text[place].encode(), text[place + 1 :]
    for half in (both[:1], both[1:]):
        decoded = decode(before.encode() + half + behind.encode(), encodings)
        assert (decoded.text, decoded.encoding) == (f"{before}\ufffd{behind}", "utf-8")


def test_a_sign_of_windows_1252_in_utf_8(encodings: Encodings) -> None:
    content = f"{DUTCH} Hij zei: @dat mag@.".encode().replace(b"@dat", b"\x93dat")
    assert decode(content.replace(b"mag@", b"mag\x94"), encodings).text.endswith("“dat mag”.")


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1250", "windows-1251"])
@pytest.mark.parametrize("codec", ["cp437", "cp850", "cp858"])
def test_one_letter_of_dos_is_no_sign(encodings: Encodings, declared: str, codec: str) -> None:
    """The é of DOS is a mark that opens a quotation in Windows, and stands behind a letter."""
    line = "In het café op het station van Etten-Leur wordt gelachen om de bekendmaking."
    page = f'<html><meta charset="{declared}"><p>{line}</p>'.encode(codec)
    decoded = decode(page, encodings)
    assert line in decoded.text
    assert decoded.doubt is None


def test_quotations_that_nothing_opens_are_letters(encodings: Encodings) -> None:
    line = "Tre quadri sono stati rubati nella notte tra lunedì e martedì dal museo civico."
    decoded = decode(line.encode("mac-roman"), encodings)
    assert (decoded.text, decoded.encoding) == (line, "mac-roman")
    german = "Er sagte: „Das war zu erwarten“, und ging in das Haus am Markt."
    assert decode(german.encode("cp1252"), encodings).text == german


def test_a_declaration_that_another_text_beats_is_not_believed(encodings: Encodings) -> None:
    line = (
        "The delegation led by President Erdoğan left the hall before the vote was taken. His "
        "spokesman İbrahim Kılıç said that the decision would be explained in Ankara."
    )
    wrong = decode(f'<meta charset="iso-8859-1"><p>{line}'.encode("cp1254"), encodings)
    assert wrong.doubt or line in wrong.text
    right = decode(f'<meta charset="windows-1254"><p>{line}'.encode("cp1254"), encodings)
    assert line in right.text
    assert right.method == "declared"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("x-sjis", "cp932"),
        ("windows-31j", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("gb_2312-80", "gb18030"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        ("cp-850", "cp850"),
        ("IBM-850", "cp850"),
        ("utf8mb4", "utf-8"),
        ("iso8859_1", "cp1252"),
        ("cp20866", "koi8-r"),
        ("cp28592", "iso8859-2"),
    ],
)
def test_names_that_files_use(encodings: Encodings, name: str, codec: str) -> None:
    assert encodings.codec_of(name) == codec


@pytest.mark.parametrize(("codec", "text"), [("cp1251", RUSSIAN), ("cp1250", BOATS)])
def test_what_was_saved_as_it_showed_is_held_back(run: Run, codec: str, text: str) -> None:
    """Nothing undoes it for certain, and it is no text."""
    document = run(as_western(text.encode(codec)))
    assert [one.rule for one in document.rejections] == ["garbled_text"]
    assert document.encoding is None


@pytest.mark.parametrize(
    "text", [DUTCH, POLISH, RUSSIAN, ICELANDIC, VIETNAMESE, "25 °C, 3 m²: a•b"]
)
def test_letters_of_any_language_are_no_damage(text: str) -> None:
    assert damage_in(text) is None
