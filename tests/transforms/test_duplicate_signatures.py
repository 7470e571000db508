"""Signatures: texts that are alike find each other, a short one in a long one too."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.duplicates.signatures import sign
from tests.news import ADDITION, BLURB, OTHER_REPORT, REPORT

SETTINGS = DuplicateSettings()


def _keys(text: str, settings: DuplicateSettings = SETTINGS) -> set[tuple[bool, int]]:
    keys = sign([text], settings)
    return set(zip(keys.is_passage.tolist(), keys.key.tolist(), strict=True))


def _words(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [f"woord{chance.randrange(5000)}" for _ in range(count)]


def test_versions_share_bands_and_others_share_nothing() -> None:
    """The evening's edition is found by the morning's; another report has no key of it."""
    shared = _keys(REPORT) & _keys(REPORT + ADDITION)
    assert {is_passage for is_passage, _ in shared} == {True, False}
    assert not _keys(REPORT) & _keys(OTHER_REPORT)


@given(st.integers(0, 2000), st.integers(0, 777))
def test_a_stretch_that_two_texts_share_is_found(seed: int, start: int) -> None:
    """However long the rest is, from a passage and a window on: that is what winnowing proves."""
    long = _words(seed, 800)
    stretch = long[start : start + SETTINGS.passage_words + SETTINGS.passage_window - 1]
    inside = [*_words(seed + 5000, 300), *stretch, *_words(seed + 9000, 300)]
    for other in (stretch, inside):
        shared = _keys(" ".join(long)) & _keys(" ".join(other))
        assert any(is_passage for is_passage, _ in shared)


def test_all_passages_of_a_short_text_stand_for_it() -> None:
    """So that the window of the long text finds one of them."""
    keys = sign([" ".join(_words(1, 20))], SETTINGS)
    assert keys.is_passage.sum() == 20 - SETTINGS.passage_words + 1
    assert set(keys.passages.tolist()) == {13}


@pytest.mark.parametrize("text", ["", "?!", "Kort.", "日本"])
def test_a_text_of_few_words_has_keys_too(text: str) -> None:
    """Every text is in the index, even one without a word."""
    keys = sign([text], SETTINGS)
    assert len(keys.key) == SETTINGS.bands + 1


@given(st.lists(st.sampled_from([REPORT, ADDITION, BLURB, "", "x y z"]), max_size=5))
def test_texts_together_are_as_each_alone(texts: list[str]) -> None:
    """Batches make no difference, and no key stands twice for a text."""
    keys = sign(texts, SETTINGS)
    rows = list(zip(keys.text.tolist(), keys.is_passage.tolist(), keys.key.tolist(), strict=True))
    assert len(rows) == len(set(rows))
    assert set(rows) == {(n, *key) for n, text in enumerate(texts) for key in _keys(text)}


def test_settings_have_versions() -> None:
    """What changes signatures or verdicts changes the version; what makes no sense is refused."""
    assert replace(SETTINGS, bands=25).version != SETTINGS.version
    assert DuplicateSettings().version == SETTINGS.version
    for wrong in ({"bands": 0}, {"passage_share": 0.0}, {"distinct_score": 0.9}, {"anchors": 1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            DuplicateSettings(**wrong)
