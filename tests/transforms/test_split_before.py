"""A person says before which lines a file is split, or that it is one article."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.cut import cut_units
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.beside import beside, parse_beside, parse_folder_file
from knipsel.transforms.text.line_pattern import parse_line_pattern
from tests.several_files import as_html, as_text, page, stories, story, wrapped
from tests.transforms.conftest import check_tiling

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


@pytest.mark.parametrize(
    ("pattern", "line", "fits"),
    [
        ("Document # of #", "DOCUMENT  3 of 12", True),
        ("Document # of #", "Document 3 of 12 pages", False),
        ("Document 1 of 9", "Document 3 of 12", True),
        ("Title: *", "title: The ramp at Nordholm", True),
        ("Title: *", "The title: is this", False),
        ("* - page #", "Brenn Post - page 4", True),
        ("a*b*c", "a b", False),
        ("a*a", "a", False),
        ("-----", "------------", True),
        ("-----", "- - - - -", False),
        ("* * *", "* * * * *", True),
        ("* * *", "one two three", False),
        ("###", "#####", True),
        ("[#]", "[12]", True),
        ("** *#", "aa a7", True),
        ("(.+)+$", "aaaaaaaaaaaaaaaaaaaaaaaa!", False),
        ("Été #", "e\u0301te\u0301 4", True),
    ],
)
def test_what_a_pattern_means(pattern: str, line: str, *, fits: bool) -> None:
    assert parse_line_pattern(pattern).matches(line) is fits


@pytest.mark.parametrize("pattern", ["", "  ", "*", "* *", "x" * 201, "two\nlines"])
def test_a_pattern_that_says_nothing_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match="it "):
        parse_line_pattern(pattern)


@given(st.text(alphabet="a*# b", min_size=1, max_size=200), st.text(alphabet="ab1 ", max_size=400))
def test_a_pattern_takes_what_it_was_made_of(pattern: str, filling: str) -> None:
    try:
        parsed = parse_line_pattern(pattern)
    except ValueError:
        return
    if parsed.has_rest and filling.strip():
        line = pattern.replace("*", "a").replace("#", "7")
        assert parsed.matches(line) or "##" in pattern or "# #" in pattern


def _read(registers: Registers, text: str, sidecar: str | None) -> ProcessedDocument:
    content = text.encode()
    raw = RawDocument(hashlib.sha256(content).hexdigest(), "a.txt", content, sidecar=sidecar)
    return process(raw, registers)


def test_each_such_line_begins_an_article(registers: Registers) -> None:
    wanted = stories(3)
    text = "\n\n".join(f"Uit de krant\n\n{wrapped(as_text(one))}" for one in wanted)
    document = _read(registers, f"Werkmap\n\n{text}", 'split_before = "uit de  KRANT"')
    check_tiling(document)
    assert [one.headline for one in document.articles] == [one.headline for one in wanted]
    assert document.reader == "plain+split_before"
    told = [one for one in document.statements if one.field == "division"]
    assert [(one.value, one.method) for one in told] == [("Uit de krant", "split_before")] * 3
    reasons = [(one.text, one.reason) for one in document.removed_spans]
    assert reasons[:2] == [("Werkmap", "no_article"), ("Uit de krant", "separator")]


def test_a_line_within_a_wrapped_paragraph_begins_one_too(registers: Registers) -> None:
    wanted = stories(2)
    text = "\n".join(f"[{n}]\n{wrapped(as_text(one))}" for n, one in enumerate(wanted, 1))
    document = _read(registers, text, 'split_before = "[#]"')
    check_tiling(document)
    assert [one.headline for one in document.articles] == [one.headline for one in wanted]


def test_the_headline_itself_can_begin_an_article(registers: Registers) -> None:
    wanted = [
        replace(one, headline=f"Cutting {n}: {one.headline}") for n, one in enumerate(stories(3))
    ]
    text = page(*map(as_html, wanted))
    document = _read(registers, text, 'split_before = "Cutting #: *"')
    assert [one.headline for one in document.articles] == [one.headline for one in wanted]
    check_tiling(document)


def test_what_stands_before_is_an_article_where_it_is_prose(registers: Registers) -> None:
    wanted = stories(3)
    text = "\n\n+++\n\n".join(map(as_text, wanted))
    document = _read(registers, text, 'split_before = "+++"')
    assert [one.headline for one in document.articles] == [one.headline for one in wanted]


def test_a_line_that_is_not_there_is_said(registers: Registers) -> None:
    document = _read(registers, as_text(story(0)), 'split_before = "Document # of #"')
    (rejection,) = document.rejections
    assert rejection.rule == "split_before"
    assert "'Document # of #'" in rejection.message


def test_a_file_can_be_said_to_be_one_article(registers: Registers) -> None:
    text = "\n\n-----\n\n".join(map(as_text, stories(3)))
    assert len(_read(registers, text, None).articles) == 3
    (article,) = _read(registers, text, "split_before = false").articles
    assert story(2).paragraphs[0] in article.text


@pytest.mark.parametrize("value", ["true", "3", '""', '"*"', '["-----"]'])
def test_what_cannot_be_a_line_is_an_error(value: str) -> None:
    with pytest.raises(ValueError, match="split_before: "):
        parse_beside(f"split_before = {value}")


def with_folder(sidecar: str | None, folder: str) -> str | None:
    """Return what lies beside a file in a folder of which something is stated."""
    return beside(sidecar, [parse_folder_file(folder, "_folder.meta.toml")], "a.txt")


def test_the_folder_says_it_for_all_and_the_file_wins(registers: Registers) -> None:
    text = "\n\n+++\n\n".join(as_text(one, front=()) for one in stories(2))
    folder = 'split_before = "+++"\nnote = "of the reading room"'
    assert len(_read(registers, text, with_folder(None, folder)).articles) == 2
    own = with_folder("split_before = false", folder)
    assert len(_read(registers, text, own).articles) == 1
    dated = with_folder('date_published = "2021-03"', folder)
    articles = _read(registers, text, dated).articles
    assert [one.date_published for one in articles] == ["2021-03", None]


def test_a_folder_says_nothing_of_one_article(registers: Registers) -> None:
    (rejection,) = _read(
        registers, as_text(story(0)), with_folder(None, 'headline = "A"')
    ).rejections
    assert rejection.rule == "bad_sidecar"
    assert "_folder.meta.toml: headline: cannot be said of all files" in rejection.message


@given(st.lists(st.integers(0, 2000), max_size=8), st.integers(0, 30))
def test_units_cut_anywhere_hold_all_of_the_text(
    registers: Registers, places: list[int], number: int
) -> None:
    source = wrapped(as_text(story(number)), 40)
    units = list(cut_units(build_units(source, registers.layout), sorted(set(places)), source))
    held = "".join(source[unit.start : unit.end] for unit in units)
    assert "".join(held.split()) == "".join(source.split())
    assert all(above.end <= below.start for above, below in pairwise(units))
    assert not any(unit.start < place < unit.end for unit in units for place in places)
    for unit in units:
        assert unit.text.replace(" ", "") == "".join(source[unit.start : unit.end].split())
