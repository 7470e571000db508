"""What holds of the quotations of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.annotate.model import Mention
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.model import Kind
from knipsel.transforms.registers.annotations.quotations import parse_quotation_words
from tests.annotations.quoting import REGISTERS, quotations
from tests.growth import assert_in_proportion, repeated

PIECES = [
    "``",
    *"‘’“”„\"'«»‚,.:;!?–-() \n",
    ",,",
    "''",
    "\n\n",
    " zegt ",
    " zei ",
    " aldus ",
    " volgens ",
    " dat ",
    " liet ",
    " weten ",
    " hij ",
    " ze ",
    " Jan de Wit ",
    " Wit ",
    " de minister ",
    " van ",
    " Van ",
    " sagte ",
    " said ",
    "’s ",
    "Ik ga nu weg",
    "zo’n",
]
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["person", "organisation", "place"])
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))
LANGUAGES = st.sampled_from(["nl", "en", "de", "fr", None])


@given(TEXTS, LANGUAGES)
def test_quotations_are_places_in_one_block(text: str, language: str | None) -> None:
    """Each is words of one paragraph, in order; the same text gives the same ones."""
    found = quotations(text, language)
    blocks = of_text(text, language, None, REGISTERS).blocks
    for one in found:
        assert any(block.start <= one.char_start < one.char_end <= block.end for block in blocks)
        assert text[one.char_start : one.char_end].strip() == text[one.char_start : one.char_end]
        assert 0 < one.confidence <= 1
    assert [one.char_start for one in found] == sorted(one.char_start for one in found)
    assert quotations(text, language) == found


@given(TEXTS, LANGUAGES, st.data())
def test_a_speaker_is_a_mention_that_there_is(
    text: str, language: str | None, data: st.DataObject
) -> None:
    """Mentions may stand anywhere."""
    place = st.integers(0, max(0, len(text) - 1))
    starts = sorted(data.draw(st.lists(place, max_size=4, unique=True)))
    mentions = tuple(
        Mention(start, min(len(text), start + 5), data.draw(KINDS), "A B", None, "rule", 0.5)
        for start in (starts if text else [])
    )
    for one in quotations(text, language, mentions):
        assert one.speaker_mention is None or 0 <= one.speaker_mention < len(mentions)


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "‘",
        "„",
        "’",
        '"',
        "' ",
        "«",
        "a’ ",
        "‘a’ ",
        "‘Wij gaan nu weg.’ ",
        "zei ",
        "zei Jan, ",
        "‘a b c d’, zei hij ",
        "Aa van Bb ",
        "Jan Jansen ",
        "volgens de ",
        "liet ",
        "\n‘",
        "\n\n„a",
        "\n- a?\n- b",
        "Aa: b\n",
        "(",
        "sei „A“ ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """However a hostile text is made."""
    language = "de" if "sei" in piece else "nl"
    assert_in_proportion(lambda text: quotations(text, language), repeated(piece), 10_000)


@pytest.mark.parametrize(
    "table",
    [
        {"verbs": ["zegt"]},
        {"split_verbs": [["laat"]]},
        {"split_verbs": ["laat"]},
        {"sources": "aldus"},
        {"role_endings": 3},
    ],
)
def test_a_malformed_register_is_refused(table: dict[str, object]) -> None:
    """With the key that is wrong."""
    with pytest.raises(ValueError, match=next(iter(table))):
        parse_quotation_words(table)
