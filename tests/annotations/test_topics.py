"""Topics: what a codebook's patterns mean, and what the project's own finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import (
    PROJECT_REGISTERS,
    load_models,
    load_registers,
    register_texts,
)
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.topics.find import find_topics
from knipsel.transforms.registers.annotations.topics import TopicMeaning, parse_topics
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.parse import parse_registers

REGISTERS = load_registers().annotations


def codebook(*patterns: str, excludes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a codebook of one topic in Dutch."""
    about = {"name": "Water", "meaning": "Alles over water."}
    return {"water": {**about, "nl": [*patterns], "excludes": {"nl": [*excludes]}}}


def named(text: str, table: dict[str, Any], language: str = "nl") -> list[str]:
    """Return what a text says where it names the topic of a codebook."""
    found = find_topics(of_text(text, language, None, REGISTERS), parse_topics(table))
    return [text[start:end] for topic in found for start, end in topic.places]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("dijk", "De dijk en de dijken bij Dijkstra.", ["dijk", "dijken"]),
        ("=Dijk", "De heer Dijk woont aan de dijk.", ["Dijk"]),
        ("=dijk", "Een Dijk, een dijk, twee dijken.", ["Dijk", "dijk"]),
        ("dijk*", "Dijkverzwaring na een dijkbreuk; zeedijk.", ["Dijkverzwaring", "dijkbreuk"]),
        ("*dijk", "De zeedijken en de rivierdijk.", ["zeedijken", "rivierdijk"]),
        ("*dijk*", "De zeedijkverzwaring.", ["zeedijkverzwaring"]),
        ("hoog water", "Hoog water, hoog het water, hoge waters.", ["Hoog water", "hoge waters"]),
        ("hoog [1] water", "Hoog staat water; hoog en stil water.", ["Hoog staat water"]),
        ("hoog|laag water", "Laag water na hoog water.", ["Laag water", "hoog water"]),
        ("hoog [4] water", "Het staat hoog. Water is overal.", []),
        ("zee-egel", "Twee zee-egels.", ["zee-egels"]),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]) -> None:
    """Words stand for their forms; wildcards, choices, gaps and exact words do as they say."""
    assert named(text, codebook(pattern)) == found


def test_what_a_topic_excludes_does_not_count() -> None:
    """It is left out where it stands, and counts elsewhere."""
    table = codebook("stroom*", "water [1] stroom*", excludes=("stroomstoring",))
    text = "De stroomstoring duurde. Het water stroomt, de stroom zwelt."
    assert named(text, table) == ["water stroomt", "stroom"]


def test_overlapping_places_count_once() -> None:
    """The longer of two that begin together, the first of others."""
    table = codebook("hoog water", "hoog", "water stand")
    assert named("Het hoge water stand hoog.", table) == ["hoge water", "hoog"]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (codebook("*d"), r"fewer than 3 letters"),
        (codebook("[3] dijk"), r"begins or ends"),
        (codebook("dijk [3]"), r"begins or ends"),
        (codebook("dijk & dam"), r"'&' is no word"),
        (codebook(""), r"water\.nl"),
        ({"water": {"meaning": "Alles."}}, r"water\.name: must say"),
        ({"water": {"name": "Water", "meaning": " "}}, r"water\.meaning: must say"),
        ({"water": {"name": "Water", "meaning": "W", "nl": "dijk"}}, r"water\.nl"),
    ],
)
def test_malformed_codebooks(table: dict[str, Any], problem: str) -> None:
    """Each is refused in words that name what is wrong."""
    with pytest.raises(ValueError, match=problem):
        parse_topics(table)


def test_what_a_topic_is() -> None:
    """Name, meaning and IPTC code as written; the languages that it has patterns in."""
    about = {"name": "Water", "meaning": "Dikes.", "iptc": "medtop:1"}
    patterns = {"nl": ["dijk"], "en": ["dike"], "excludes": {"de": ["Deich"]}}
    (found,) = parse_topics({"water": {**about, **patterns}}).meanings
    assert found == TopicMeaning("water", "Water", "Dikes.", "medtop:1", ("en", "nl"))


def test_codebooks_add_up() -> None:
    """Those of one's own come beside the project's, and add to topics of the same name."""
    texts = register_texts(PROJECT_REGISTERS)
    own = '[rivers]\nname = "Rivers"\nmeaning = "Rivers."\nnl = ["rivier"]\n'
    parsed = parse_registers(texts, load_models(), {"topics/mine.toml": own})
    names = [one.topic for one in parsed.annotations.topics.meanings]
    assert "rivers" in names
    assert "ceasefire" in names
    with pytest.raises(RegisterError, match=r"topics/mine.toml: rivers.name: must be a string"):
        parse_registers(texts, load_models(), {"topics/mine.toml": "[rivers]\nname = 3\n"})
    own = '[rivers]\nname = "Rivers"\n'
    with pytest.raises(RegisterError, match=r"topics/mine.toml: rivers.meaning: must say"):
        parse_registers(texts, load_models(), {"topics/mine.toml": own})


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        (
            "nl",
            "Staakt-het-vuren, veiligheidsgaranties, NAVO-lidmaatschap, sancties, grondgebied.",
            {"ceasefire", "security_guarantees", "territory", "nato_membership", "sanctions"},
        ),
        (
            "nl",
            "Kernwapens, krijgsgevangenen, verkiezingen, wederopbouw, vredesmacht, bufferzone.",
            {
                *("nuclear_arms", "prisoners", "elections_and_legitimacy", "reconstruction"),
                *("peacekeeping_force", "demilitarisation"),
            },
        ),
        (
            "en",
            "Mediators on neutrality, arms shipments, joining the European Union, peace talks.",
            {"mediation", "neutrality", "arms_deliveries", "eu_membership", "peace_talks"},
        ),
        (
            "de",
            "Der Sondergesandte will eine Waffenruhe, Sicherheitsgarantien, Waffenlieferungen.",
            {"mediation", "ceasefire", "security_guarantees", "arms_deliveries"},
        ),
        ("nl", "De NAVO-lidstaten praten over klimaatneutraliteit en cao-onderhandelingen.", set()),
        ("nl", "Hij opende twee bestanden op zijn computer en kocht een stalen deur.", set()),
        ("xx", "Een staakt-het-vuren.", set()),
        (None, "Een staakt-het-vuren.", set()),
    ],
)
def test_the_project_s_codebook(language: str, text: str, topics: set[str]) -> None:
    """It finds what a text is about, and nothing where a word means something else."""
    found = find_topics(of_text(text, language, None, REGISTERS), REGISTERS.topics)
    assert {one.topic for one in found} == topics


@given(st.text(alphabet="hogewatrd ijk-.H*", max_size=60))
def test_places_are_in_order_and_apart(text: str) -> None:
    """Whatever the text, places lie in it, one behind the other."""
    prepared = of_text(text, "nl", None, REGISTERS)
    (*found,) = find_topics(prepared, parse_topics(codebook("hoog [2] water", "dijk*", "*dijk")))
    for topic in found:
        ends = [0, *(end for _, end in topic.places)]
        assert all(start >= end for (start, _), end in zip(topic.places, ends, strict=False))
        assert ends[-1] <= len(text)
