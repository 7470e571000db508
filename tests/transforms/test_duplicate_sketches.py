"""Sketches compare as the texts themselves do, as well as they can."""

from __future__ import annotations

import pytest

from knipsel.transforms.duplicates.comparison import compare, features
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.duplicates.sketches import Sketch, SketchIndex, sketch
from tests.texts import article

SETTINGS = DuplicateSettings()
TEXT = article(3)


def score(text: str) -> float | None:
    """Return how like the text another one is, by their sketches as they are kept."""
    kept = [Sketch.of_text(one.as_text()) for one in sketch([article(7), TEXT])]
    found = SketchIndex(kept).like(sketch([text])[0])
    assert found is None or found[0] == 1
    return found and found[1]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace(" de ", " de nieuwe "),
        TEXT[: len(TEXT) * 7 // 10],
        f"{TEXT}\n\n{article(8)}",
    ],
)
def test_a_near_copy_has_the_score_of_the_texts(text: str) -> None:
    one, other = features([TEXT, text], SETTINGS)
    exact = compare(one, other, SETTINGS).score
    assert score(text) == pytest.approx(exact, abs=0.3)


@pytest.mark.parametrize("text", [article(5), "", "Kort.", "1 2 3"])
def test_others_are_not_like_it(text: str) -> None:
    assert score(text) is None


def test_other_numbers_make_another_report() -> None:
    """As of two reports of a water level, from one template."""
    report = " ".join(
        f"Om {n} uur stond het water op {n * 7} centimeter boven peil." for n in range(9)
    )
    later = " ".join(
        f"Om {n} uur stond het water op {n * 5 + 1} centimeter boven peil." for n in range(9)
    )
    index = SketchIndex(sketch([report]))
    assert index.like(sketch([later])[0]) is None
    assert index.like(sketch([report])[0]) == (0, 1.0)


def test_no_word_stands_in_a_sketch() -> None:
    kept = sketch([TEXT])[0].as_text()
    assert kept.isascii()
    assert len(kept) < 3_000
    assert not any(word in kept for word in TEXT.split() if len(word) > 5)
