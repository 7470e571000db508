"""News in 42 languages, in the encodings of former times: right, or held back, and never wrong.

``python -m benchmarks.encodings`` counts all of it.
"""

from __future__ import annotations

import pytest

from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.registers.model import Registers
from tests.legacy_texts import cases, letters

USUAL = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), ("cp1250", "iso8859-2", "cp852")),
    **dict.fromkeys(("be", "bg", "mk", "sr"), ("cp1251", "iso8859-5")),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257", "iso8859-13", "cp775")),
    **dict.fromkeys(("da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "sv"), ("cp1252",)),
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "uk": ("cp1251", "koi8-u", "mac-cyrillic"),
    "el": ("cp1253", "iso8859-7", "cp737", "mac-greek"),
    "tr": ("cp1254", "cp857", "mac-turkish"),
    "he": ("cp1255", "cp862"),
    "ar": ("cp1256", "iso8859-6"),
    "vi": ("cp1258",),
    "th": ("cp874",),
    "zh": ("gb18030", "hz", "utf-16-le"),
    "zh-Hant": ("big5hkscs", "utf-16-be"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ko": ("cp949", "johab", "iso2022_kr"),
    "is": ("cp1252", "cp861"),
    "fi": ("cp1252", "mac-roman"),
}
"""The encodings of each language that its texts are known to come in."""


@pytest.mark.parametrize("language", USUAL)
def test_texts_in_their_usual_encodings_are_right(language: str, registers: Registers) -> None:
    tried = [
        case
        for case in cases(registers.encodings)
        if case.size == "text" and case.language == language and case.codec in USUAL[language]
    ]
    assert {case.codec for case in tried} == {*USUAL[language]}
    for case in tried:
        decoded = decode(case.content, registers.encodings)
        assert decoded.doubt is None, case.codec
        assert letters(decoded.text) == letters(case.text), case.codec


def test_single_sentences_are_never_wrong(registers: Registers) -> None:
    """Some of them, in encodings that are seldom: one in ten."""
    for case in [case for case in cases(registers.encodings) if case.size == "sentence"][::10]:
        decoded = decode(case.content, registers.encodings)
        is_right = letters(decoded.text) == letters(case.text)
        assert is_right or decoded.doubt, (case.language, case.codec, decoded.text)
