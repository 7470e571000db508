"""RTF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.read.office.rtf.parser import parse_rtf
from tests.growth import assert_in_proportion, repeated
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}"
    r"{\f1\fnil\fcharset2 Symbol;}{\f2\fcharset204 Arial Cyr;}}{\colortbl;\red0;}"
)


def rtf(*paragraphs: str, head: str = "") -> bytes:
    """Return a file with these paragraphs, which are RTF themselves."""
    body = "\\par\n".join(paragraphs)
    return f"{HEAD}{head}\\pard {body}\\par}}".encode("latin-1")


def text_of(source: str) -> str:
    """Return the body of a file with this source, its paragraphs on lines."""
    return "\n".join(one.text for one in parse_rtf(rtf(source)).body)


def test_article(run: Run) -> None:
    info = (
        r"{\info{\title Haven in nood}{\author Anna de Boer}{\creatim\yr2024\mo3\dy8\hr10}}"
        r"{\header Zoutmonder Courant\par}"
    )
    body = article(1).split("\n\n")
    document = run(rtf("Haven in nood", "", *body, head=info))
    assert check_document(document)[0] == []
    assert (document.media_type, document.reader) == ("application/rtf", "rtf")
    assert document.articles[0].text == article(1)
    assert document.articles[0].headline == "Haven in nood"
    stated = {(one.field, one.value, one.method) for one in document.statements}
    assert {
        ("headline", "Haven in nood", "file_properties"),
        ("author", "Anna de Boer", "file_properties"),
        ("date_created", "2024-03-08", "file_properties"),
    } <= stated
    assert document.articles[0].date_published is None
    assert [(span.text, span.reason) for span in document.removed_spans] == [
        ("Zoutmonder Courant", "running_head")
    ]


def test_empty_paragraphs_stay_empty_lines(run: Run) -> None:
    document = run(rtf("Een", "", "", article(2), "", "Slot"))
    assert document.source_text.startswith("Een\n\n\nIn ")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\'e9\'e9n caf\'e9", "één café"),
        (r"\u8364? 5 en \u8364\'80 6", "€ 5 en € 6"),
        (r"{\uc2 \u233\'82\'72n}\u233?n", "énén"),
        (r"\u-10179?\u-8704? en \u-10179? alleen", "😀 en \ufffd alleen"),
        (r"\u99999999?", "\ufffd"),
        (r"{\f2\'cf\'f0\'e8}", "При"),
        (r"\lquote a\rquote\emdash\bullet\~\{\}\\", "‘a’—•\xa0{}\\"),
        (r"{\upr{ansi?}{\*\ud{unic\u243?de}}}", "unicóde"),
        (r'{\field{\*\fldinst{HYPERLINK "http://a.b"}}{\fldrslt{het stuk}}}', "het stuk"),
        (r"zicht{\v geheim}baar{\deleted weg}", "zichtbaar"),
        (r"{\*\onbekend niets}{\pict 00ff}tekst", "tekst"),
        (r"{\pict\bin6 {{}{{}}na", "na"),
        (r"a\line b\page c", "a\nb\n\nc"),
        (r"\trowd Naam\cell Aantal\cell\row Jan\cell 3\cell\row", "Naam\tAantal\nJan\t3"),
        (r"{\pntext\f1\'b7\tab}punt", "• punt"),
        (r"{\listtext 2.\tab}punt", "2. punt"),
        (r"\uc x\u y\f z\bin-3 w", "xzw"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert text_of(source).strip("\n") == text


def test_two_files_in_a_row_are_both_read() -> None:
    parsed = parse_rtf(rtf("een") + b"\r\n" + rtf("twee"))
    assert [one.text for one in parsed.body] == ["een", "twee"]


def test_text_box_follows_the_paragraph_that_holds_it() -> None:
    source = r"voor {\shp{\*\shpinst{\sp{\sn x}}{\shptxt kader\par}}{\shprslt kader}}na\par slot"
    assert text_of(source) == "voor na\nkader\nslot"


def test_notes_and_comments_are_removed_with_reasons(run: Run) -> None:
    first, *rest = article(3).split("\n\n")
    noted = first + r"{\footnote 1 Zie het jaarverslag van de haven.}{\*\annotation Klopt dit?}"
    document = run(rtf(noted, *rest))
    assert document.articles[0].text == article(3)
    assert [(span.text, span.reason) for span in document.removed_spans] == [
        ("1 Zie het jaarverslag van de haven.", "footnote"),
        ("Klopt dit?", "annotation"),
    ]


def test_a_note_with_a_star_says_who_the_author_is(run: Run) -> None:
    *rest, last = article(4).split("\n\n")
    document = run(rtf(*rest, last + r"{\footnote * Anna de Boer is historicus en schrijver.}"))
    assert document.paragraphs[-1].role == "biography"


@pytest.mark.parametrize(
    "content",
    [b"{\\rtf1 Een zin die niet", rtf("afgekapt")[:-1], b"{\\rtf1 " + b"{" * 2000 + b"}" * 2001],
)
def test_broken(run: Run, content: bytes) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == "broken_rtf"


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("{\\rtf1", "{", ""),
        ("{\\rtf1", '{\\field{\\*\\fldinst{HYPERLINK "a"', ""),
        ("{\\rtf1{\\fonttbl", "\\f1", "}}"),
        ("{\\rtf1 ", "\\bin0 ", "}"),
        ("", "{\\rtf}", ""),
        ("{\\rtf1 ", "\\'e9", "}"),
        ("{\\rtf1 ", "\\u-10179", "}"),
    ],
)
def test_hostile_files_take_linear_time(run: Run, before: str, piece: str, after: str) -> None:
    hostile = repeated(piece, before, after)
    assert run(hostile(1_000_000)).rejections
    assert_in_proportion(run, hostile, 100_000)


PIECES = st.lists(
    st.sampled_from(
        [
            *"{}\\;ab \n\0é",
            *("\\par ", "\\'e9", "\\u8364?", "\\uc", "\\f1", "\\-", "\\~", "\\v ", "\\fcharset204"),
            *("\\cell", "\\row ", "\\bin3 ", "{\\upr{", "{\\*\\ud{", "{\\*\\x", "{\\footnote "),
            *("{\\header ", "{\\info{\\title ", "{\\shptxt ", "{\\pntext ", "}}"),
        ]
    ),
    max_size=60,
).map("".join)


@given(PIECES)
def test_any_file_has_an_outcome(run: Run, source: str) -> None:
    text = article(5).replace("\n\n", "\\par ")
    document = run(f"{{\\rtf1 {source}\\par {text}}}".encode("latin-1"))
    assert document.rejections or document.articles
    assert check_document(document)[0] == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    def escape(character: str) -> str:
        units = character.encode("utf-16-le")
        codes = (int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2))
        return "".join(f"\\u{code - 0x10000 if code > 0x7FFF else code}?" for code in codes)

    assert text_of("".join(map(escape, text))) == text


RUSSIAN = (
    "После семи лет перерыва в субботу снова начал ходить паром у Нижней Маревы. "
    "Жители говорят, что ждали этого дня больше, чем Нового года."
)


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}", "cp1251"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}}", "koi8-r"),
        (r"{\rtf1\ansi\ansicpg20866\deff0{\fonttbl{\f0 Arial;}}", "koi8-r"),
        (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset204 Arial;}}", "cp1251"),
    ],
)
def test_code_pages_are_held_against_the_text(run: Run, head: str, codec: str) -> None:
    """Programs write the code page of the machine, whatever the text is in."""
    written = "".join(chr(one) if one < 0x80 else f"\\'{one:02x}" for one in RUSSIAN.encode(codec))
    document = run(f"{head}\\f0 {written}\\par}}".encode("ascii"))
    assert document.articles[0].text == RUSSIAN
    assert document.encoding == codec
    assert document.encoding_method == ("declared" if "204" in head else "detected")
