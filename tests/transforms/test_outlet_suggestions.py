"""Which outlets are suggested for a register, under which name and as another spelling of which."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from knipsel.flows.cli.registers.outlet_entries import as_outlets
from knipsel.transforms.registers.lines.outlet_suggestions import Published, suggestions

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


def published(
    name: str, host: str | None = None, articles: int = 1, example: str = "a-1"
) -> Published:
    """Return that articles have an outlet."""
    return Published(name, host, "nl", articles, example, "copyright_line", f"© {name}")


def test_names_that_differ_little_are_one(registers: Registers) -> None:
    """In case, article, legal form and domain; the most frequent name stands, in any order."""
    rows = [
        published("KLEINE KRANT", articles=2, example="c-1"),
        published("De Kleine Krant", "www.kleinekrant.nl", 3, "b-1"),
        published("De Kleine Krant B.V.", "kleinekrant.nl", example="a-1"),
        published("kleinekrant.nl", example="d-1"),
        published("Trouw", "trouw.nl", 9),
        published("Noorderlicht", articles=8, example="e-1"),
    ]
    first, krant = suggestions(rows, registers.lines.outlets)
    assert first.name == "Noorderlicht"
    assert (krant.name, krant.articles, krant.example) == ("De Kleine Krant", 7, "b-1")
    assert krant.hosts == ("kleinekrant.nl",)
    assert krant.also == ("De Kleine Krant B.V.", "KLEINE KRANT", "kleinekrant.nl")
    assert krant.alias_of is None
    assert suggestions(reversed(rows), registers.lines.outlets) == [first, krant]


@pytest.mark.parametrize(
    ("name", "host", "known"),
    [
        ("Trouw B.V.", None, "Trouw"),
        ("volkskrant.nl", None, "de Volkskrant"),
        ("Trouw Nederland", None, "Trouw"),
        ("de Volkskrrant", None, "de Volkskrant"),
        ("Het nieuwe platform", "www.trouw.nl", "Trouw"),
        ("Trouwkrant", None, None),
        ("Trouw in Rotterdamse kerken", None, None),
    ],
)
def test_what_looks_like_an_outlet_of_the_register(
    registers: Registers, name: str, host: str | None, known: str | None
) -> None:
    """By its name, a place or an edition behind it, a slip, its host."""
    (found,) = suggestions([published(name, host)], registers.lines.outlets)
    assert found.alias_of == known
    assert found.hosts == ()


def test_a_host_that_several_share_is_of_none(registers: Registers) -> None:
    """A portal carries many outlets."""
    rows = [published("Kade Vandaag", "portaal.nl"), published("Dijk Vandaag", "portaal.nl")]
    assert [one.hosts for one in suggestions(rows, registers.lines.outlets)] == [(), ()]


def test_suggestions_are_a_register(registers: Registers) -> None:
    """New outlets with what is known of them; other spellings at the outlet that they are of."""
    outlets = registers.lines.outlets
    rows = [
        published("Kade Vandaag", "kadevandaag.nl", 2),
        published("Trouw BV"),
        published("trouw.nl"),
        published("Elders"),
    ]
    text = as_outlets(suggestions(rows, outlets), outlets, registers.regions)
    assert "# 2 articles, such as a-1 by copyright_line: © Kade Vandaag" in text
    entries = {one["name"]: one for one in tomllib.loads(text)["outlets"]}
    known = {"language": "nl", "kind": "website"}
    assert entries == {
        "Kade Vandaag": {
            "name": "Kade Vandaag",
            "hosts": ["kadevandaag.nl"],
            "country": "NL",
            **known,
        },
        "Trouw": {"name": "Trouw", "also": ["Trouw BV", "trouw.nl"]},
        "Elders": {"name": "Elders", "hosts": [], "country": "ZZ", **known},
    }
