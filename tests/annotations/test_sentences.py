"""Sentences: where they end, and where a full stop ends none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.prepare import of_text

REGISTERS = load_registers().annotations


def sentences(text: str, language: str = "nl") -> list[str]:
    """Return the sentences of a text."""
    found = of_text(text, language, None, REGISTERS)
    return [text[start:end] for start, end, _ in found.sentences]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("nl", ["De boot kwam aan.", "Niemand stapte uit."]),
        ("nl", ["‘Wij gaan.’", "‘Morgen al?’", "Dat vroeg zij."]),
        ("nl", ["‘Wij gaan’, zei ze.", "‘Nu.’"]),
        ("nl", ["‘Waarom nu?’ vroeg de bode."]),
        ("nl", ["Prof. dr. J. de Bruin sprak o.a. met mevr. Smit."]),
        ("nl", ["De rechter sprak Jaap P. vrij.", "Het parket gaat in beroep."]),
        ("nl", ["De veroordeelde heet Jaap P.", "Het parket zweeg."]),
        ("nl", ["J. de Bruin en J.M. Smit.", "‘J. Vos’ en 'B. Smit' lachten."]),
        ("nl", ["Hij woont in de V.S.", "President Vos ook."]),
        ("nl", ["Dat kostte 3.500 euro op 4.12 uur.", "Later meer…", "Of niet!?"]),
        ("de", ["Am 3. Oktober sprach der 2. Vorsitzende.", "Er ging."]),
        ("en", ["Gov. Miller met Lt. Brown at 9 a.m. in Dover.", "She left."]),
        (None, ["Một câu.", "Hai câu."]),
    ],
)
def test_sentences(language: str, parts: list[str]) -> None:
    """Closing marks belong to the sentence that they close."""
    assert sentences(" ".join(parts), language) == parts


def test_initials_at_the_beginning_of_a_paragraph() -> None:
    """They begin a name there as anywhere else."""
    assert sentences("Een kop\n\nJ. de Bruin sprak.\n\nJ.M. Smit ook.") == [
        "Een kop",
        "J. de Bruin sprak.",
        "J.M. Smit ook.",
    ]


def test_a_sentence_stays_in_its_block() -> None:
    """A blank line ends a sentence without a full stop."""
    text = "Kop zonder punt\n\nDe bode kwam. Hij\nging.\n \nSlot"
    assert sentences(text) == ["Kop zonder punt", "De bode kwam.", "Hij\nging.", "Slot"]


LONG = "De bode kwam in de nacht " * 6


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Een kop\nDe bode kwam. Hij ging.\nHet regende.", 1),
        ("Het regende.\nDe bode kwam. Hij ging.\nNiemand zag hem.", 3),
        (f"Een kop\n{LONG}\nNog een kop\n{LONG}", 4),
        ("De bode kwam\nin de nacht met\nhet bericht. Hij\nging weer.", 1),
        ("De bode kwam.\r\nHij ging.\r\n\r\nHet regende.", 3),
        ("  \n", 0),
    ],
)
def test_lines_are_paragraphs_unless_they_are_wrapped(text: str, count: int) -> None:
    """Lines that end as sentences do, or are too long to be wrapped, are paragraphs each."""
    found = of_text(text, "nl", None, REGISTERS).blocks
    assert len(found) == count
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in found)


def test_a_long_run_of_marks_takes_no_time() -> None:
    """What is between sentences is looked at once."""
    text = "." * 200_000 + "!" * 200_000 + " " * 200_000 + "a"
    assert sentences(text) == [text]


@given(st.text(alphabet='aB1 .?!…’"«(\n', max_size=80), st.sampled_from(["nl", "de", "xx"]))
def test_nothing_is_lost(text: str, language: str) -> None:
    """Together the sentences are the text, white space aside; none begins or ends with it."""
    found = sentences(text, language)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(one == one.strip() and one for one in found)
