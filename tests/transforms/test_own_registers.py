"""Registers of one's own: they add up, or replace where they say so, and nothing is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from knipsel.flows.config.register_files import PROJECT_REGISTERS, load_models, register_texts
from knipsel.transforms.registers.annotations.names import parse_name_registers
from knipsel.transforms.registers.annotations.quotations import parse_quotation_words
from knipsel.transforms.registers.annotations.times import parse_times
from knipsel.transforms.registers.articles.completeness import parse_cut_signs
from knipsel.transforms.registers.articles.facts import parse_catalog
from knipsel.transforms.registers.articles.genres import parse_genres
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.files.exports import parse_exports
from knipsel.transforms.registers.files.file_properties import parse_file_properties
from knipsel.transforms.registers.files.mail import parse_mail_words
from knipsel.transforms.registers.files.record_fields import parse_record_fields
from knipsel.transforms.registers.lines.regions import parse_regions
from knipsel.transforms.registers.own import contents
from knipsel.transforms.registers.own.adding import added_up, check_own
from knipsel.transforms.registers.own.kinds import register_of
from knipsel.transforms.registers.own.shapes import Entries, Items, Rows, Table, Value, Words
from knipsel.transforms.registers.parse import parse_registers
from knipsel.transforms.registers.tables import parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.registers.model import Registers

KRANT = '[[outlets]]\nname = "De Kadekrant"\nhosts = ["kadekrant.example"]\ncountry = "NL"\n'
KRANT += 'language = "nl"\nkind = "newspaper"\n'


@pytest.fixture(scope="module")
def project() -> dict[str, str]:
    """Return the registers of the project, those in folders too."""
    return register_texts(PROJECT_REGISTERS)


@pytest.fixture(scope="module")
def tables(project: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return them as tables."""
    return {name: parse_toml(name, text) for name, text in sorted(project.items())}


@pytest.fixture(scope="module")
def registers(project: dict[str, str]) -> Registers:
    """Return what they become."""
    return parse_registers(project, load_models())


@pytest.fixture(scope="module")
def with_own(project: dict[str, str]) -> Callable[[dict[str, str]], Registers]:
    """Return what parses the project's registers with some of one's own."""

    def parse(own: dict[str, str]) -> Registers:
        texts = {f"{name}.toml": text for name, text in own.items()}
        return parse_registers(project, load_models(), texts)

    return parse


def test_a_word_an_outlet_a_genre_an_entity_a_topic_each_in_a_file(
    with_own: Callable[[dict[str, str]], Registers], registers: Registers
) -> None:
    """A file with only that in it; all of the project's stays."""
    own = with_own(
        {
            "quotations_nl_mine": 'verbs = "murmelt murmelde"',
            "outlets_mine": KRANT,
            "genres_mine": '[genres]\ncolumn = ["havenpraat"]',
            "entities/mine": '[person]\njan = { name = "Jan Brood" }',
            "topics/mine": '[tides]\nname = "Tides"\nmeaning = "Ebb."\nnl = ["springtij"]',
            "language_nl_mine": 'byline_words = ["neergepend door"]',
            "boilerplate_nl_mine": '[navigation]\nline = "terug naar de haven"',
            "names/words_nl_mine": 'titles = "kadewachter"',
            "names/mine": 'places = "Kwelderhuizen"',
        }
    )
    known, before = own.annotations, registers.annotations
    assert set(known.quotations) == set(before.quotations)
    verbs = known.quotations["nl"].sets.verbs
    assert verbs == before.quotations["nl"].sets.verbs | {"murmelt", "murmelde"}
    assert own.lines.outlets.by_host["kadekrant.example"].name == "De Kadekrant"
    assert len(own.lines.outlets.by_name) == len(registers.lines.outlets.by_name) + 1
    assert (own.articles.genres.labels["havenpraat"], own.articles.genres.labels["column"]) == (
        "column",
        "column",
    )
    assert known.names.entities["Jan Brood"].entity_id == "jan"
    assert len(known.topics.meanings) == len(before.topics.meanings) + 1
    assert set(own.lines.bylines.words) == {*registers.lines.bylines.words, "neergepend door"}
    assert own.pages.phrases.lines["terug naar de haven"] == "navigation"
    assert registers.pages.phrases.lines.items() <= own.pages.phrases.lines.items()
    titles = known.names.words["nl"].titles
    assert titles == before.names.words["nl"].titles | {"kadewachter"}
    assert known.names.listed["Kwelderhuizen"] == ("place", "Kwelderhuizen")


def test_an_entry_of_the_same_name_is_extended(
    with_own: Callable[[dict[str, str]], Registers], registers: Registers
) -> None:
    """Its lists grow, and of single values the own one counts."""
    own = with_own(
        {
            "outlets": '[[outlets]]\nname = "Trouw"\nalso = ["Trouw Zaterdag"]\nfounded = 1944',
            "entities/mine": '[person]\nvladimir-putin = { names = ["De tsaar", "Navo"] }',
            "topics/mine": '[ceasefire]\nnl = ["zwijgende wapens"]',
        }
    )
    trouw, before = own.lines.outlets.by_name["Trouw"], registers.lines.outlets.by_name["Trouw"]
    assert (trouw.also, trouw.founded) == (("Trouw Zaterdag",), 1944)
    assert (trouw.hosts, trouw.kind) == (before.hosts, before.kind)
    names = own.annotations.names.entities
    assert names["De tsaar"] == names["Poetin"]
    assert names["Navo"].entity_id == "vladimir-putin", "what is one's own has the last word"
    assert len(own.annotations.topics.meanings) == len(registers.annotations.topics.meanings)


def test_replacing_is_said(
    with_own: Callable[[dict[str, str]], Registers], registers: Registers
) -> None:
    """For a whole register, or for one entry of it."""
    own = with_own({"outlets": f"replaces = true\n{KRANT}"})
    assert list(own.lines.outlets.by_name) == ["De Kadekrant"]
    own = with_own({"outlets_mine": f"{KRANT}replaces = true".replace("De Kadekrant", "Trouw")})
    assert own.lines.outlets.by_name["Trouw"].hosts == ("kadekrant.example",)
    assert len(own.lines.outlets.by_name) == len(registers.lines.outlets.by_name)
    codebook = 'replaces = true\n[tides]\nname = "Tides"\nmeaning = "Ebb."\nnl = ["springtij"]'
    (topic,) = with_own({"topics/mine": codebook}).annotations.topics.meanings
    assert topic.topic == "tides"
    assert len(with_own({"outlets": f"replaces = false\n{KRANT}"}).lines.outlets.by_name) > 1


def test_own_files_of_one_register_add_up(
    with_own: Callable[[dict[str, str]], Registers],
) -> None:
    """Whatever their names; where one replaces they all do together."""
    own = with_own(
        {
            "outlets_mine": f"replaces = true\n{KRANT}",
            "outlets_theirs": KRANT.replace("kade", "wad").replace("Kade", "Wad"),
        }
    )
    assert list(own.lines.outlets.by_name) == ["De Kadekrant", "De Wadkrant"]


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"quotations_nl_mine": 'verb = "x"'}, r"verb: nothing reads it; did you mean verbs"),
        ({"quotations_mine": ""}, r"'mine' is no code of a language; name it quotations_nl_mine"),
        ({"quotation_nl": ""}, r"no register; did you mean quotations_nl_mine.toml\? Possible are"),
        ({"outlet": ""}, r"outlet.toml: name: .* did you mean outlets_mine.toml"),
        ({"entity/mine": ""}, r"did you mean entities/mine.toml"),
        ({"entities/deep/x": "[animal]"}, r"animal: nothing reads it; known are organisation"),
        ({"furniture": ""}, r"furniture.toml: name: .* no register"),
        ({"names/words_mine": ""}, r"name it names/words_nl_mine.toml"),
        ({"outlets_mine": KRANT.replace("hosts", "host")}, r"outlets.host: nothing reads it"),
        ({"outlets_mine": KRANT.replace("name", "title")}, r"outlets.name: each entry must have"),
        ({"outlets_mine": 'outlets = "x"'}, r"outlets: must be a list of tables"),
        ({"quotations_nl_mine": 'verbs = ["x"]'}, r"verbs: must be a string"),
        ({"language_nl_mine": 'weekdays = "ma"'}, r"weekdays: must be a list of strings"),
        ({"language_nl_mine": 'months = [["louwmaand"]]'}, r"months: must be 12 lists"),
        ({"language_nl_mine": 'language = "de"'}, r"language: must be 'nl', as the name"),
        ({"times_nl_mine": 'days = { gisteren = "x" }'}, r"days.gisteren: must be a number"),
        ({"outlets": 'replaces = "yes"'}, r"replaces: must be true or false"),
        ({"entities/mine": "replaces = true"}, r"replaces: there is nothing to replace"),
        ({"entities/mine": '[place]\nnato = { name = "X" }'}, r"is of the kind organisation in"),
        ({"topics/mine": '[ceasefire]\nnederlands = ["x"]'}, r"nederlands: nothing reads it"),
        ({"catalog": '[[documents]]\nfilename = "x"'}, r"filename: nothing reads it; did you mean"),
        (
            {"topics/a": '[ceasefire]\nname = "A"', "topics/b": '[ceasefire]\nname = "B"'},
            r"topics/b.toml: ceasefire.name: is 'A' in another file of your own",
        ),
    ],
)
def test_what_is_wrong_is_said(
    tables: dict[str, dict[str, Any]], own: dict[str, str], sentence: str
) -> None:
    """With the file of one's own, the key, and what to do instead."""
    with pytest.raises(RegisterError, match=sentence):
        added_up(tables, {f"{name}.toml": parse_toml(f"{name}.toml", own[name]) for name in own})


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"outlets_mine": KRANT.replace("kade", "Kade")}, r"^outlets_mine.toml: outlets.hosts: "),
        ({"entities/mine": "[person]\nx = { names = [] }"}, r"^entities/mine.toml: x: its name"),
        ({"genres_mine": '[genres]\nessay = ["Column"]'}, r"^genres_mine.toml: .* of column too"),
    ],
)
def test_what_the_merged_register_cannot_be_is_said_of_ones_own(
    with_own: Callable[[dict[str, str]], Registers], own: dict[str, str], sentence: str
) -> None:
    """Not of the project's, which was sound before."""
    with pytest.raises(RegisterError, match=sentence):
        with_own(own)


@pytest.mark.parametrize(
    ("path", "register"),
    [
        ("outlets.toml", "outlets.toml"),
        ("outlets_mine.toml", "outlets.toml"),
        ("record_fields_mine.toml", "record_fields.toml"),
        ("quotations_fr.toml", "quotations_fr.toml"),
        ("quotations_nl_mine_too.toml", "quotations_nl.toml"),
        ("topics_mine.toml", "topics.toml"),
        ("topics/mine.toml", "topics.toml"),
        ("entities/mine.toml", "entities/mine.toml"),
        ("entities/people_mine.toml", "entities/people.toml"),
        ("names/organisations_mine.toml", "names/organisations.toml"),
        ("names/words_nl_mine.toml", "names/words_nl.toml"),
        ("recogniser.toml", "recogniser.toml"),
    ],
)
def test_the_name_tells_the_register(project: dict[str, str], path: str, register: str) -> None:
    """What it begins with, and the code of the language; the rest is free."""
    assert register_of(path, project).file_name == register


def test_the_registers_of_the_project_could_be_ones_own(tables: dict[str, dict[str, Any]]) -> None:
    """Each has a name that tells it, and only keys that may stand there."""
    for name, table in tables.items():
        assert check_own(name, table, tables).file_name == name


def test_nothing_of_ones_own_changes_nothing(tables: dict[str, dict[str, Any]]) -> None:
    """Not even the order of the registers."""
    added = added_up(tables, {})
    assert (list(added.tables), added.tables, added.own) == (list(tables), tables, {})


class Watched(dict[str, Any]):
    """A table that notes which of its keys are looked at, with the path to them."""

    def __init__(self, table: dict[str, Any], path: str, seen: set[str]) -> None:
        """Take what is in it, tables that are watched too among it."""
        super().__init__(table)
        self._path, self._seen = path, seen

    def get(self, key: str, default: Any = None) -> Any:
        """Note a key, there or not."""
        self._seen.add(f"{self._path}{key}")
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        """Note a key."""
        self._seen.add(f"{self._path}{key}")
        return super().__getitem__(key)

    def items(self) -> Any:
        """Note all keys."""
        self._seen.update(f"{self._path}{key}" for key in self)
        return super().items()


EXAMPLES: dict[type, object] = {Words: "", Items: [], Value: 1700}


def watched(shape: object, seen: set[str], known: set[str], path: str = "") -> Any:
    """Return a value of a shape that notes what is looked at; ``known`` gets the paths in it."""
    match shape:
        case Table(others=others) if others is not None:
            return {}
        case Table(keys=keys):
            known |= {f"{path}{key}" for key in keys}
            inner = {key: watched(one, seen, known, f"{path}{key}.") for key, one in keys.items()}
            return Watched(inner, path, seen)
        case Entries(table=table):
            return [watched(table, seen, known, path)]
        case Rows(count=count):
            return [[] for _ in range(count)]
        case Value(type=kind) if kind in {list, str}:
            return {list: ["een", "twee"], str: "x"}[kind]
    return EXAMPLES[type(shape)]


def lists_of_names(table: dict[str, Any]) -> object:
    """Parse lists of names."""
    return parse_name_registers({"names/x.toml": table})


def words_of_names(table: dict[str, Any]) -> object:
    """Parse the words of a language around names."""
    return parse_name_registers({"names/words_nl.toml": table})


def regions(table: dict[str, Any]) -> object:
    """Parse what is known of countries."""
    return parse_regions(table, {})


@pytest.mark.parametrize(
    ("shape", "parse"),
    [
        (contents.QUOTATIONS, parse_quotation_words),
        (contents.TIMES, parse_times),
        (contents.NAMES, lists_of_names),
        (contents.NAME_WORDS, words_of_names),
        (contents.GENRES, parse_genres),
        (contents.COMPLETENESS, parse_cut_signs),
        (contents.EXPORTS, parse_exports),
        (contents.MAIL, parse_mail_words),
        (contents.RECORD_FIELDS, parse_record_fields),
        (contents.FILE_PROPERTIES, parse_file_properties),
        (contents.REGIONS, regions),
    ],
)
def test_what_may_stand_in_a_register_is_what_its_parser_reads(
    shape: Table, parse: Callable[[dict[str, Any]], object]
) -> None:
    """No key is taken that nothing reads, and none refused that means something."""
    seen: set[str] = set()
    known: set[str] = set()
    parse(watched(shape, seen, known))
    assert known - seen - {"language"} == set()
    assert seen - known <= {"language"}


def test_the_lists_of_a_language_are_what_is_read(tables: dict[str, dict[str, Any]]) -> None:
    """All that is in those of the project, which need each of them."""
    names = {name for name in tables if name.startswith("language_")}
    there = set[str]().union(*(tables[name] for name in names))
    assert there == set(contents.LANGUAGE.keys)


def test_what_may_be_stated_of_a_document_is_what_the_catalogue_reads() -> None:
    """It names all that it knows where something else stands there."""
    with pytest.raises(ValueError, match="known are") as caught:
        parse_catalog({"documents": [{"x": "y"}]})
    (entries,) = contents.CATALOG.keys.values()
    assert isinstance(entries, Entries)
    assert set(str(caught.value).partition("known are ")[2].split(", ")) == set(entries.table.keys)
