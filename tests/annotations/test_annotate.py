"""Annotating texts of one's own: a line of JSON for a line, in order."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.flows.read.annotation import KINDS, annotated_lines

REGISTERS = load_registers().annotations
LIMIT = 2_000
TEXT = "Het staakt-het-vuren hield geen dag.\n\nOver het staakt-het-vuren zwijgt iedereen nu."


def annotated(*records: object) -> list[dict[str, Any]]:
    """Return what is printed for records, or for lines as they are."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    stream = io.BytesIO("\n".join(lines).encode())
    return [json.loads(line) for line in annotated_lines(stream, REGISTERS, LIMIT)]


def test_a_record() -> None:
    """What is found has its place in the text; the identifier is whatever was given."""
    (found,) = annotated({"id": 7, "text": TEXT, "language": "nl"})
    assert (found["id"], *(key for key in KINDS if key in found)) == (7, *KINDS)
    assert found["topics"] == [{"topic": "ceasefire", "matches": 2, "first_char_start": 4}]
    for match in found["topic_matches"]:
        assert TEXT[match["char_start"] : match["char_end"]] == match["text"]


def test_the_language_is_found_where_it_is_not_said() -> None:
    """By the text, as for articles; a tag with a region is its language."""
    said, found = annotated(
        {"id": "a", "text": TEXT, "language": "nl-BE"}, {"id": "a", "text": TEXT}
    )
    assert said == found


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "The line is no JSON"),
        ("[" * 1_900, "The line is no JSON"),
        ("[1]", "must be an object with an id"),
        ({"text": "Zonder naam."}, "must be an object with an id"),
        ({"id": "a"}, "text must be a string"),
        ({"id": "a", "text": None}, "text must be a string"),
        ({"id": "a", "text": "Dag.", "language": 3}, "language must be a string"),
        ({"id": "a", "text": "Dag.", "date_published": "gisteren"}, "is no date of EDTF"),
        ({"id": "a", "text": "a" * LIMIT}, "more than 2,000 bytes"),
    ],
)
def test_a_bad_record_does_not_stop_the_others(line: object, problem: str) -> None:
    """It has a line that says what is wrong, where its own would stand."""
    first, bad, last = annotated({"id": 1, "text": TEXT}, line, {"id": 3, "text": TEXT})
    assert (first["id"], last["id"], bad["line"]) == (1, 3, 2)
    assert problem in bad["error"]
    assert first["topics"] == last["topics"] != []


def test_a_sentence_is_enough() -> None:
    """Texts of one's own are often short; their language need not be beyond doubt."""
    text = "‘Wij gaan door’, zei minister Jan de Wit gisteren in Den Haag."
    (found,) = annotated({"id": 1, "text": text, "date_published": "2024-05-02"})
    assert [one["speaker"] for one in found["quotations"]] == ["Jan de Wit"]
    assert [one["edtf"] for one in found["time_expressions"]] == ["2024-05-01"]


def test_a_moment_is_its_day() -> None:
    """The time of day tells nothing of yesterday."""
    text = "Gisteren kwam de bode."
    (one,) = annotated(
        {"id": 1, "text": text, "language": "nl", "date_published": "2024-03-01T07:30:00Z"}
    )
    assert [time["edtf"] for time in one["time_expressions"]] == ["2024-02-29"]
    assert one["time_expressions"][0]["not_before"] == "2024-02-29"


def test_half_a_character() -> None:
    """JSON can name what UTF-8 cannot write; it comes out as it came in."""
    line = '{"id": "\\ud83d", "text": "Een staakt-het-vuren.", "language": "nl"}'
    (found,) = annotated_lines(io.BytesIO(line.encode()), REGISTERS, LIMIT)
    assert json.loads(found.encode())["id"] == "\ud83d"


def test_blank_lines_are_nothing() -> None:
    """There is a line for each record."""
    assert [one["id"] for one in annotated("", {"id": 1, "text": "Dag."}, " ", "")] == [1]


@given(st.text(max_size=60), st.sampled_from(["nl", "en", "de", "xx", ""]))
def test_any_text(text: str, language: str) -> None:
    """Whatever the text, annotations are stretches of it."""
    (found,) = annotated({"id": "a", "text": text, "language": language})
    for kind in ("quotations", "mentions", "time_expressions", "topic_matches"):
        for one in found[kind]:
            assert text[one["char_start"] : one["char_end"]] == one["text"] != ""
