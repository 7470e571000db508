"""Words and windows as hashes: the same on every machine, whatever the rendering."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates import hashing
from knipsel.transforms.duplicates.hashing import NUMBER, TELLING, Rows, hash_words, windows

TEXTS = st.text(
    st.one_of(
        st.sampled_from("abcé zij Ω9.,12'-\n日本語ไทย"),
        st.characters(exclude_categories=["Cs"], max_codepoint=0x1FFFF),
    ),
    max_size=60,
)


def _of(text: str) -> list[int]:
    return [int(value) for value in hash_words([text], 9).values]


def test_hashes_are_those_of_every_machine() -> None:
    """A change here makes all signatures that are stored useless: raise the method's version."""
    assert _of("Vrede in 1.234 steden") == [
        5014131694244671088,
        14837782663883406920,
        12479996137830410669,
        6044998544753339960,
    ]


def test_words_are_folded_and_parted() -> None:
    """Case, hyphens, apostrophes and separators of thousands make no difference."""
    assert _of("Oost-Europa telt 1.234 foto’s") == _of("oost europa TELT 1,234 foto's")
    assert _of("één") == _of(unicodedata.normalize("NFD", "één"))
    assert _of("een") != _of("één")


def test_kinds_of_words_are_marked() -> None:
    """Numbers and long words are told apart by their lowest bits."""
    words = hash_words(["de onderhandelaar had 14 stemmen"], 9).values
    assert [(bool(w & NUMBER), bool(w & TELLING)) for w in words] == [
        (False, False),
        (False, True),
        (False, False),
        (True, False),
        (False, False),
    ]


def test_scripts_without_spaces_have_a_word_for_each_character() -> None:
    """Otherwise a Chinese sentence would be one word."""
    assert len(_of("和平谈判")) == len(set(_of("和平谈判"))) == 4
    assert len(_of("\U00020000\U00020001")) == 2


@given(st.lists(TEXTS, max_size=6))
def test_texts_together_are_as_each_alone(texts: list[str]) -> None:
    """Batches make no difference."""
    together = hash_words(texts, 9)
    alone = [hash_words([text], 9) for text in texts]
    assert together.values.tolist() == [v for one in alone for v in one.values.tolist()]
    assert together.lengths.tolist() == [len(one.values) for one in alone]


@given(st.text(st.sampled_from("ab é 12.,-\n日"), max_size=60))
def test_words_are_those_of_a_plain_reading(text: str) -> None:
    """As many words, equal where they are equal, as a regular expression finds."""
    folded = unicodedata.normalize("NFC", text).casefold()
    words: list[str] = re.findall(r"日|[^\W_日]+", re.sub(r"(?<=\d)[.,](?=\d)", "", folded))
    assert _pattern(_of(text)) == _pattern(words)


def _pattern(values: Sequence[Hashable]) -> list[int]:
    """Return for each value which one of the different values it is."""
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return [places[value] for value in values]


def test_long_texts_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are cut makes no difference to the words."""
    text = " ".join(f"woord{number} staat hier" for number in range(200))
    whole = _of(text)
    monkeypatch.setattr(hashing, "_PIECE", 64)
    assert _of(text) == whole


@given(st.lists(st.integers(0, 2**64 - 1), max_size=12), st.integers(1, 5))
def test_windows_do_not_reach_into_the_next_text(words: list[int], size: int) -> None:
    """A text has a window for each run of its words, and one at least."""
    values = np.array(words, dtype=np.uint64)
    one = Rows(values, np.array([0, len(words)]))
    two = Rows(np.concatenate([values, values]), np.array([0, len(words), 2 * len(words)]))
    alone, together = windows(one, size), windows(two, size)
    assert len(alone.values) == max(1, len(words) - size + 1)
    assert together.of(0).tolist() == together.of(1).tolist() == alone.values.tolist()


def test_windows_of_no_text() -> None:
    """An empty batch has none."""
    assert len(windows(hash_words([], 9), 3).values) == 0
