"""The register of outlets: well formed, each told apart, and known by its hosts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from knipsel.flows.config.register_files import load_models
from knipsel.transforms.describe.lookups import outlet_of_host
from knipsel.transforms.registers.outlets import (
    Outlet,
    outlets_by_host,
    outlets_by_name,
    parse_outlets,
)
from knipsel.transforms.registers.parse import RegisterError, parse_registers

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

KINDS = {"newspaper", "magazine", "website", "broadcaster", "agency", "think_tank"}
HAVENBODE = {
    "name": "De Havenbode",
    "also": ["Havenbode"],
    "hosts": ["havenbode.example"],
    "country": "NL",
    "language": "nl",
    "kind": "newspaper",
}
NOORDBLAD = {**HAVENBODE, "name": "Het Noordblad", "also": [], "hosts": ["noordblad.example"]}


def test_an_outlet_is_parsed() -> None:
    (one, other) = parse_outlets({"outlets": [{**HAVENBODE, "founded": 1862}, NOORDBLAD]})
    assert one == Outlet(
        "De Havenbode", ("Havenbode",), ("havenbode.example",), "NL", "nl", "newspaper", 1862
    )
    assert other.founded is None
    assert outlets_by_name((one, other)) == {
        "de havenbode": "De Havenbode",
        "havenbode": "De Havenbode",
        "het noordblad": "Het Noordblad",
    }
    assert outlets_by_host((one, other)) == {
        "havenbode.example": "De Havenbode",
        "noordblad.example": "Het Noordblad",
    }


def test_there_need_be_no_outlets() -> None:
    assert parse_outlets({}) == ()


@pytest.mark.parametrize("year", [1400, 2100])
def test_the_bounds_of_a_year(year: int) -> None:
    (one,) = parse_outlets({"outlets": [{**HAVENBODE, "founded": year}]})
    assert one.founded == year


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"founded": 1399}, "founded"),
        ({"founded": 2101}, "founded"),
        ({"founded": "1862"}, "founded"),
        ({"founded": 1862.0}, "founded"),
        ({"founded": True}, "founded"),
        ({"also": "Havenbode"}, "also"),
        ({"also": [1]}, "also"),
        ({"hosts": None}, "hosts"),
        ({"hosts": ["www.havenbode.example"]}, "hosts"),
        ({"hosts": ["https://havenbode.example"]}, "hosts"),
        ({"hosts": ["havenbode.example/nieuws"]}, "hosts"),
        ({"hosts": ["Havenbode.example"]}, "hosts"),
        ({"hosts": ["havenbode"]}, "hosts"),
        ({"country": ""}, "country"),
        ({"language": None}, "language"),
        ({"kind": 3}, "kind"),
    ],
)
def test_a_mistake_names_the_key_and_the_outlet(change: dict[str, Any], key: str) -> None:
    with pytest.raises(ValueError, match=rf"^outlets\.{key}: .*'De Havenbode'"):
        parse_outlets({"outlets": [{**HAVENBODE, **change}]})


@pytest.mark.parametrize("rows", [{}, "De Havenbode", ["De Havenbode"]])
def test_outlets_are_tables(rows: object) -> None:
    with pytest.raises(ValueError, match=r"^outlets: must be a list of tables"):
        parse_outlets({"outlets": rows})


@pytest.mark.parametrize("name", [None, "", 3])
def test_an_outlet_has_a_name(name: object) -> None:
    with pytest.raises(ValueError, match=r"^outlets\.name: must be a string"):
        parse_outlets({"outlets": [{**HAVENBODE, "name": name}]})


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": "DE HAVENBODE"}, "name"),
        ({"also": ["havenbode"]}, "name"),
        ({"hosts": ["noordblad.example", "havenbode.example"]}, "hosts"),
    ],
)
def test_outlets_share_no_spelling_and_no_host(change: dict[str, Any], key: str) -> None:
    name = change.get("name", "Het Noordblad")
    with pytest.raises(ValueError, match=rf"^outlets\.{key}: .*'De Havenbode' and '{name}'"):
        parse_outlets({"outlets": [HAVENBODE, {**NOORDBLAD, **change}]})


def test_an_outlet_that_is_listed_twice() -> None:
    with pytest.raises(ValueError, match=r"^outlets\.name: 'de havenbode' is of two outlets"):
        parse_outlets({"outlets": [HAVENBODE, HAVENBODE]})


def test_one_outlet_may_have_a_spelling_twice() -> None:
    assert parse_outlets({"outlets": [{**HAVENBODE, "also": ["de Havenbode", "Havenbode"]}]})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("founded = 1943", "founded = 43", r"outlets\.toml: outlets\.founded: .*'Trouw'"),
        ('["trouw.nl"]', '["nrc.nl"]', r"outlets\.toml: outlets\.hosts: .*'Trouw' and 'NRC'"),
    ],
)
def test_a_mistake_names_the_file(
    register_files: dict[str, str], old: str, new: str, message: str
) -> None:
    changed = register_files["outlets.toml"].replace(old, new, 1)
    with pytest.raises(RegisterError, match=message):
        parse_registers({**register_files, "outlets.toml": changed}, load_models())


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("trouw.nl", "Trouw"),
        ("www.trouw.nl", "Trouw"),
        ("WWW.Trouw.NL.", "Trouw"),
        ("nieuws.vrt.be", "VRT NWS"),
        ("edition.cnn.com", "CNN"),
        ("a.b.bbc.co.uk", "BBC News"),
        ("clingendael.org", "Clingendael"),
        ("spectator.clingendael.org", "Clingendael Spectator"),
        ("nottrouw.nl", None),
        ("trouw.nl.example.org", None),
        ("trouw-nl.example.org", None),
        ("trouw.nl.", "Trouw"),
        ("trouw", None),
        ("nl", None),
        ("co.uk", None),
        ("", None),
        (".", None),
        ("..trouw.nl", "Trouw"),
    ],
)
def test_the_outlet_of_a_host(registers: Registers, host: str, name: str | None) -> None:
    found = outlet_of_host(host, registers)
    assert (found and found.name) == name


def test_the_outlet_of_a_host_tells_since_when(registers: Registers) -> None:
    (one,) = parse_outlets({"outlets": [{**HAVENBODE, "founded": 1862}]})
    few = replace(
        registers,
        outlets=(one,),
        outlets_named={one.name: one},
        outlets_by_host=outlets_by_host([one]),
    )
    assert outlet_of_host("nieuws.havenbode.example", few) is one
    assert outlet_of_host("trouw.nl", few) is None


def test_our_own_outlets(registers: Registers) -> None:
    assert {one.kind for one in registers.outlets} == KINDS
    assert all(len(one.country) == 2 and one.country.isupper() for one in registers.outlets)
    assert all(len(one.language) == 2 and one.language.islower() for one in registers.outlets)
    assert all(registers.outlets_named[one.name] is one for one in registers.outlets)
    assert registers.outlets_named["Leeuwarder Courant"].founded == 1752


@pytest.mark.parametrize(
    "word",
    ["Time", "Stern", "Focus", "Blick", "Heute", "Bild", "Metro", "Joop", "Rand", "Kurier"],
)
def test_words_and_first_names_are_no_outlets(registers: Registers, word: str) -> None:
    assert word.lower() not in registers.outlets_by_name
