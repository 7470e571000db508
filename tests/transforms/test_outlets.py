"""The register of outlets: well formed, each told apart, and known by its hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from knipsel.flows.config.register_files import load_models
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.lines.outlets import Outlet, OutletRegister, parse_outlets
from knipsel.transforms.registers.parse import parse_registers
from knipsel.transforms.registers.tables import LanguageTables

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
NO_WORDS = LanguageTables({})


def parsed(*rows: dict[str, Any]) -> OutletRegister:
    return parse_outlets({"outlets": list(rows)}, NO_WORDS)


def test_an_outlet_is_parsed() -> None:
    register = parsed({**HAVENBODE, "founded": 1862}, NOORDBLAD)
    (one, other) = register.by_name.values()
    assert one == Outlet(
        "De Havenbode", ("Havenbode",), ("havenbode.example",), "NL", "nl", "newspaper", 1862
    )
    assert other.founded is None
    assert register.by_spelling == {"de havenbode": one, "havenbode": one, "het noordblad": other}
    assert register.by_host == {"havenbode.example": one, "noordblad.example": other}


def test_there_need_be_no_outlets() -> None:
    assert not parse_outlets({}, NO_WORDS).by_name


@pytest.mark.parametrize("year", [1400, 2100])
def test_the_bounds_of_a_year(year: int) -> None:
    (one,) = parsed({**HAVENBODE, "founded": year}).by_name.values()
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
        parsed({**HAVENBODE, **change})


@pytest.mark.parametrize("rows", [{}, "De Havenbode", ["De Havenbode"]])
def test_outlets_are_tables(rows: object) -> None:
    with pytest.raises(ValueError, match=r"^outlets: must be a list of tables"):
        parse_outlets({"outlets": rows}, NO_WORDS)


@pytest.mark.parametrize("name", [None, "", 3])
def test_an_outlet_has_a_name(name: object) -> None:
    with pytest.raises(ValueError, match=r"^outlets\.name: must be a string"):
        parsed({**HAVENBODE, "name": name})


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
        parsed(HAVENBODE, {**NOORDBLAD, **change})


def test_an_outlet_that_is_listed_twice() -> None:
    with pytest.raises(ValueError, match=r"^outlets\.name: 'de havenbode' is of two outlets"):
        parsed(HAVENBODE, HAVENBODE)


def test_one_outlet_may_have_a_spelling_twice() -> None:
    register = parsed({**HAVENBODE, "also": ["de Havenbode", "Havenbode"]})
    assert set(register.by_spelling) == {"de havenbode", "havenbode"}


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
    found = registers.lines.outlets.of_host(host)
    assert (found and found.name) == name


def test_the_outlet_of_a_host_tells_since_when() -> None:
    few = parsed({**HAVENBODE, "founded": 1862})
    assert few.of_host("nieuws.havenbode.example") is few.by_name["De Havenbode"]
    assert few.of_host("trouw.nl") is None


def test_a_short_spelling_counts_to_the_letter() -> None:
    few = parsed({**HAVENBODE, "also": ["HB"]})
    assert few.has("HB")
    assert not few.has("Hb")
    assert few.has("DE HAVENBODE")
    assert few.name_of("hb") == "De Havenbode"


def test_our_own_outlets(registers: Registers) -> None:
    outlets = registers.lines.outlets.by_name.values()
    assert {one.kind for one in outlets} == KINDS
    assert all(len(one.country) == 2 and one.country.isupper() for one in outlets)
    assert all(len(one.language) == 2 and one.language.islower() for one in outlets)
    assert registers.lines.outlets.by_name["Leeuwarder Courant"].founded == 1752


@pytest.mark.parametrize(
    "word",
    ["Time", "Stern", "Focus", "Blick", "Heute", "Bild", "Metro", "Joop", "Rand", "Kurier"],
)
def test_words_and_first_names_are_no_outlets(registers: Registers, word: str) -> None:
    assert registers.lines.outlets.name_of(word) is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("The Guardian (London)", "The Guardian"),
        ("The Guardian (London) - Final Edition", "The Guardian"),
        ("The Guardian.", "The Guardian"),
        ("DAILY MAIL (London)", "Daily Mail"),
        ("The Sun (England)", "The Sun"),
        ("The Sun (Malaysia)", "The Sun (Malaysia)"),
        ("The Times, Late Edition (London); London, England", "The Times"),
        ("The Times (Trenton, N.J.)", "The Times (Trenton, N.J.)"),
        ("De Standaard - editie Antwerpen", "De Standaard"),
        ("De Kadebode, Late editie", "De Kadebode"),
        ("De Kadebode (Zoutmonde)", "De Kadebode (Zoutmonde)"),
        ("De Kadebode", "De Kadebode"),
        ("", ""),
    ],
)
def test_outlets_with_a_place_or_an_edition(registers: Registers, printed: str, name: str) -> None:
    assert registers.lines.outlets.name_in(printed) == name
