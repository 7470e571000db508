"""The phrases of menus, buttons and banners: listed without contradiction, found as printed."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.registers.pages.phrases import (
    KINDS,
    Phrases,
    first_token,
    gather_phrases,
    line_key,
    parse_phrases,
)
from knipsel.transforms.registers.pages.reasons import REASONS
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

FILES = sorted((Path(__file__).parents[2] / "corpus" / "registers").glob("boilerplate_*.toml"))
LEAST_REASONS = 10
"""Of the eleven that registers use; not every language writes of each."""
LEAST_PHRASES = 150


class Phrase(NamedTuple):
    """A phrase by itself."""

    text: str
    kind: str
    reason: str


def _phrases(file: Path) -> list[Phrase]:
    listed = parse_phrases(tomllib.loads(file.read_text(encoding="utf-8")), REASONS)
    return [Phrase(text, one.kind, one.reason) for one in listed for text in one.texts]


@pytest.fixture(scope="module")
def listed() -> dict[str, list[Phrase]]:
    return {file.stem: _phrases(file) for file in FILES}


def _reason(line: str, phrases: Phrases) -> str | None:
    """Return the reason that a line gives, sought in the slowest and plainest way."""
    folded = fold(line)
    begun = (
        reason
        for prefix, reason in phrases.prefixes.get(first_token(folded), ())
        if folded.startswith(prefix)
    )
    held = (reason for part, reason in phrases.parts if part in folded)
    return phrases.lines.get(line_key(folded)) or next(begun, None) or next(held, None)


def _parse(**texts: str) -> Phrases:
    table = {"language": "xx", "newsletter": dict.fromkeys(KINDS, "") | texts}
    return gather_phrases(parse_phrases(table, REASONS))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_register_is_of_use(file: Path) -> None:
    phrases = _phrases(file)
    assert len(phrases) >= LEAST_PHRASES
    assert len({phrase.reason for phrase in phrases}) >= LEAST_REASONS
    assert f'language = "{file.stem.removeprefix("boilerplate_")}"' in file.read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_phrases_are_as_folding_leaves_a_line(file: Path) -> None:
    for phrase in _phrases(file):
        around = {"line": "", "prefix": "x", "contains": ""}[phrase.kind]
        folded = fold(phrase.text + around)
        if phrase.kind == "line":
            assert line_key(folded) == folded == phrase.text, phrase
        elif phrase.kind == "prefix":
            assert folded == phrase.text + around, phrase
        assert unicodedata.is_normalized("NFC", phrase.text), phrase


def test_no_phrase_has_two_reasons(listed: dict[str, list[Phrase]]) -> None:
    reasons: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for phrases in listed.values():
        for phrase in phrases:
            reasons[phrase.kind, phrase.text].add(phrase.reason)
    assert {key: found for key, found in reasons.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("» Lees verder onder de advertentie", "advertisement"),
        ("12 reacties", "share_buttons"),
        ("Lire aussi : le vin et ses régions", "inline_link"),
        ("S’abonner", "navigation"),
        ("S'abonner", "navigation"),
        ("Den Brief erhalten Sie morgens und können ihn jederzeit abbestellen", "newsletter"),
        ("TÜM HAKLARI SAKLIDIR", "legal"),
        ("İlgili Haberler", "related_links"),
        ("Читайте также: что будет завтра", "inline_link"),
        ("ΣΧΕΤΙΚΑ ΑΡΘΡΑ", "related_links"),
        ("اقرأ أيضا: موضوع آخر", "inline_link"),
        ("分享到微信", "share_buttons"),
        ("责任编辑：王某", "legal"),
        ("半小时的五分钟前奏", None),
        ("３分前", "site_label"),
        ("De minister wil dit jaar nog een besluit nemen.", None),
        ("Share prices fell again on Monday, for the third day in a row.", None),
    ],
)
def test_lines_of_pages(registers: Registers, line: str, reason: str | None) -> None:
    assert _reason(line, registers.pages.phrases) == reason


def test_straight_apostrophe_stands_for_the_curly_one() -> None:
    phrases = _parse(line="s'inscrire", prefix="l'infolettre", contains="d'aujourd'hui")
    assert _reason("S’inscrire", phrases) == "newsletter"
    assert _reason("S'inscrire", phrases) == "newsletter"
    assert _reason("L’infolettre du soir", phrases) == "newsletter"
    assert _reason("Les nouvelles d’aujourd’hui en bref", phrases) == "newsletter"


def test_space_at_the_end_of_a_prefix() -> None:
    phrases = _parse(prefix="ontvang_ | meld je")
    assert _reason("Ontvang de brief", phrases) == "newsletter"
    assert _reason("Ontvangen is de brief", phrases) is None


def test_prefix_of_a_script_without_spaces() -> None:
    phrases = _parse(prefix="订阅我们")
    assert _reason("订阅我们的周报", phrases) == "newsletter"
    assert _reason("订阅者很多", phrases) is None


def test_number_in_a_line() -> None:
    phrases = _parse(line="# brieven per week")
    assert _reason("12 brieven per week", phrases) == "newsletter"
    assert _reason("Veel brieven per week", phrases) is None


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"soup": {"line": "", "prefix": "", "contains": ""}}, "soup"),
        ({"legal": "©"}, "legal"),
        ({"legal": {"line": ["privacy"], "prefix": "", "contains": ""}}, "legal.line"),
    ],
)
def test_malformed_table_is_named(table: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}: "):
        parse_phrases(table, REASONS)


@given(st.text(min_size=1))
def test_first_token_begins_the_text(text: str) -> None:
    token = first_token(text)
    assert token
    assert text.startswith(token)


@given(st.text(alphabet=st.characters(categories=["L", "Zs"])), st.text())
def test_a_prefix_is_found_by_its_first_token(prefix: str, rest: str) -> None:
    """What begins with a prefix and a space has the same first token as the prefix."""
    folded = fold(prefix)
    if folded:
        assert first_token(f"{folded} {rest}") == first_token(f"{folded} ")
