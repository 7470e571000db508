"""Names in a text: what is one, where it begins and ends, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.model import ArticleText, Mention
from knipsel.transforms.annotate.names import (
    RecognisedName,
    find_mentions,
    parse_name_registers,
)
from knipsel.transforms.annotate.prepare import of_text
from tests.growth import assert_in_proportion, repeated

KINDS = {"person": "p", "organisation": "o", "place": "l"}
REGISTERS = load_registers().annotations


def mentions(text: str, language: str | None = "nl") -> tuple[Mention, ...]:
    """Return the mentions of a text."""
    return find_mentions(of_text(text, language, None, REGISTERS), REGISTERS.names)


def printed(text: str, language: str | None = "nl") -> list[tuple[str, str]]:
    """Return each mention as it is printed, and a letter for its kind."""
    found = mentions(text, language)
    return [(text[one.char_start : one.char_end], KINDS[one.kind]) for one in found]


def named(text: str, language: str | None = "nl") -> list[str]:
    """Return what each mention is called."""
    return [one.name for one in mentions(text, language)]


NEIGHBOURS = ("Hans", "Anita", "Tjeerd")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Visser Jan de Boer lacht.", [("Jan de Boer", "p")]),
        ("Energieminister Sanne Vos lacht.", [("Sanne Vos", "p")]),
        ("In de rit klopte Jan Brood Piet Smit.", [("Jan Brood", "p"), ("Piet Smit", "p")]),
        ("Toen Jan Brood Antwerpens burgemeester werd.", [("Jan Brood", "p"), ("Antwerpens", "l")]),
        ("De schrijver J.M. Vos las voor.", [("J.M. Vos", "p")]),
        ("Het regende in Gent. (G.T. en B.V.)", [("Gent", "l")]),
        ("Het regende in Gent. (QXZ)", [("Gent", "l")]),
        ("De Bond voor Boeren (QXZ) kwam.", [("Bond voor Boeren", "o"), ("QXZ", "o")]),
        ("Zij is Dichter des Vaderlands.", []),
        ("Van Het diner gingen er veel over de toonbank.", []),
        ("De West-Vlaamse Jan Brood won.", [("Jan Brood", "p")]),
        ("Het bedrijf van zijn dochter Hermine ging dicht.", [("Hermine", "p")]),
        ("De Vlaamse Boerenvereniging zweeg.", [("Vlaamse Boerenvereniging", "o")]),
        ("Het brandde in Zuid-Polen.", [("Zuid-Polen", "l")]),
        ("De Bond voor Boeren van Mark Rutte.", [("Bond voor Boeren", "o"), ("Mark Rutte", "p")]),
        ("Het regende in Gent. (VK/QXZ)", [("Gent", "l")]),
        ("Zij ging met Hans, Anita en broertje Tjeerd.", [(w, "p") for w in NEIGHBOURS]),
        ("De partij van Hans & Anita zweeg.", [("Hans", "p"), ("Anita", "p")]),
        ("Hij schrijft in maandblad Joods Tijdsein.", [("Joods Tijdsein", "o")]),
        ("De Joodse Levi schrijft.", [("Levi", "p")]),
        ("Aldus minister Jan Brood van Asiel.", [("Jan Brood", "p")]),
        ("Van de PVV-kiezers wil niemand het.", []),
        ("Ook cdH en sp.a zwegen.", [("cdH", "o"), ("sp.a", "o")]),
        ("De man die Jan Brood zag.\n\nJAN BROOD", [("Jan Brood", "p"), ("JAN BROOD", "p")]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, found: list[tuple[str, str]]) -> None:
    """What somebody is stays outside, initials belong to it, and two names are two."""
    assert printed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gisteren sprak Vladimir Poetin. Poetins woordvoerder zweeg.", ["Vladimir Poetin"] * 2),
        ("Volgens Putin is dat zo.", ["Vladimir Poetin"]),
        ("De NAVO zweeg. De Navo ook, en de NATO.", ["NAVO"] * 3),
        ("Van Kiev naar Kyiv.", ["Kiev", "Kiev"]),
        ("Oekraïnes leger en dat van Rusland.", ["Oekraïne", "Rusland"]),
        ("De VS en Amerika, de Verenigde Staten dus.", ["Verenigde Staten"] * 3),
        ("Met Zelensky’s plan kwam Zelenskyy.", ["Volodymyr Zelensky"] * 2),
        ("POETIN IN MINSK", ["Vladimir Poetin", "Minsk"]),
        ("Zij reisde naar de Baltische staten.", ["Baltische Staten"]),
        (
            "Ook de Organisatie voor Veiligheid en Samenwerking in Europa (OVSE) kwam.",
            ["OVSE", "OVSE"],
        ),
    ],
)
def test_spellings_are_joined(text: str, found: list[str]) -> None:
    """All spellings of one person, body or place have one name, and its entity."""
    assert named(text) == found
    assert all(one.entity is not None for one in mentions(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gisteren sprak premier Janna Verhoeckx.", [("Janna Verhoeckx", "p")]),
        (
            "Ook Karlijn De Wever en Joske Van der Plas.",
            [("Karlijn De Wever", "p"), ("Joske Van der Plas", "p")],
        ),
        ("‘Wij gaan’, zegt Gommaar van der Looy.", [("Gommaar van der Looy", "p")]),
        (
            "Daar woont Jean-Luc Vanderbeken in Erpe-Mere.",
            [("Jean-Luc Vanderbeken", "p"), ("Erpe-Mere", "l")],
        ),
        ("Minister van Defensie Annelies Brood zweeg.", [("Annelies Brood", "p")]),
        ("Het ministerie van Defensie zweeg.", [("ministerie van Defensie", "o")]),
        ("Hij studeert aan de Universiteit van Zaltstad.", [("Universiteit van Zaltstad", "o")]),
        ("Dat meldt Brood & Zonen.", [("Brood & Zonen", "o")]),
        ("Het bedrijf Zuivelant groeit.", [("Zuivelant", "o")]),
        ("Zij woont in het dorp Oelebeke.", [("Oelebeke", "l")]),
        ("De verdachte Karim B. uit Gent bekent.", [("Karim B.", "p"), ("Gent", "l")]),
        ("Ook Hans Brood (56) kwam.", [("Hans Brood", "p")]),
        ("Na de NAVO-top ging PvdA-leider Karin Brood.", [("NAVO", "o"), ("Karin Brood", "p")]),
    ],
)
def test_unknown_names(text: str, found: list[tuple[str, str]]) -> None:
    """Words around a name and in it show what it is; titles are no part of it."""
    assert printed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "De Russische en Amerikaanse delegaties spraken met Oekraïners.",
        "Gisteren viel er regen. Mensen bleven thuis.",
        "De Ronde van Vlaanderen en de Tweede Wereldoorlog.",
        "Zij leest ‘De Stille Haven’ en kijkt naar de film Gladiator.",
        "Een PVV’er en een CDA’er botsten.",
        "",
    ],
)
def test_no_names(text: str) -> None:
    """Peoples, adjectives, events, works and first words of sentences are no names."""
    assert printed(text) == []


def test_a_family_name_means_the_person_named_in_full() -> None:
    """The text votes: whoever it names in full is meant by the family name, before and after."""
    text = "Broodhuis lachte. Volgens Katelijn Broodhuis kan dat. Broodhuis bleef, zei Katelijn."
    assert named(text) == ["Katelijn Broodhuis"] * 4


def test_an_acronym_in_brackets_is_of_the_name_before_it() -> None:
    """The acronym means the name in full everywhere in the text."""
    text = "De Vereniging van Veerlieden (VVL) staakt. De VVL wil meer."
    assert named(text) == ["Vereniging van Veerlieden"] * 3


def test_another_bearer_of_a_known_name() -> None:
    """A family name that a register knows is somebody else's where the text named her first."""
    assert named("Hendrika Rutte bakt brood. Rutte zegt dat.") == ["Hendrika Rutte"] * 2
    assert named("Rutte zegt dat. Hendrika Rutte bakt brood.") == ["Mark Rutte", "Hendrika Rutte"]


def test_a_word_that_has_no_capital_elsewhere_is_no_name() -> None:
    """What begins a sentence and is a common word of the text, is that word."""
    assert printed("De vaargeul is dicht. Vaargeul blijft dicht. Loodsen wachten.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trainer Brood zag hoe Genk in de competitie de wedstrijd won van zijn ploeg.", "o"),
        ("Zij woont in Genk, waar een ploeg de wedstrijd in de competitie won.", "l"),
        ("Zij kocht een huis te Genk.", "l"),
    ],
)
def test_a_place_and_its_club(text: str, kind: str) -> None:
    """In a text about sport a place is its club, but where a word before tells a place."""
    assert ("Genk", kind) in printed(text)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "de",
            "US-Präsident Joe Biden traf Außenminister Peter Brot in Genf. Brot schwieg zur Lage.",
            ["US", "Joe Biden", "Peter Brot", "Genf", "Peter Brot"],
        ),
        (
            "en",
            "Foreign Minister Sergei Lavrov met Anne Breadly in Geneva. Breadly left.",
            ["Sergei Lavrov", "Anne Breadly", "Geneva", "Anne Breadly"],
        ),
        ("en", "Moscow Says It Wants No War Now", ["Moscow"]),
        ("xx", "Xq Anna Brood zu Putin. Nebo Qarda Velo.", ["Anna Brood", "Vladimir Putin"]),
        (None, "Putin 大 会", ["Vladimir Poetin"]),
    ],
)
def test_other_languages(language: str | None, text: str, found: list[str]) -> None:
    """Where nouns have a capital, or no words are known, a capital alone shows no name."""
    result = named(text, language)
    assert result == found or (language == "xx" and result[-1:] == found[-1:])


def test_an_entity_says_where_more_is_known() -> None:
    """A mention has the entity of its register, with its address."""
    (one,) = mentions("Dat zei Poetin.")
    assert one.entity is not None
    assert one.entity.entity_id == "vladimir-putin"
    assert one.entity.uri == "https://www.wikidata.org/wiki/Q7747"


def test_a_register_of_ones_own() -> None:
    """A spelling in a later file goes before that in an earlier one."""
    own = {"person": {"jan-poetin": {"name": "Jan Poetin", "names": ["Poetin"]}}}
    first = {"person": {"p": {"name": "Vladimir Poetin", "names": ["Poetin"]}}}
    registers = parse_name_registers({"entities/a.toml": first, "entities/z.toml": own})
    article = of_text("Dat zei Poetin.", "nl", None, REGISTERS)
    assert [one.name for one in find_mentions(article, registers)] == ["Jan Poetin"]


@pytest.mark.parametrize(
    "places", ["Oelebeke", "Aa\nOelebeke\n", "Aa, Oelebeke", "# hier\nAa|Oelebeke"]
)
def test_a_list_of_ones_own(places: str) -> None:
    """Ends of lines or commas separate the names of a list; the last one counts too."""
    registers = parse_name_registers({"names/own.toml": {"places": places}})
    article = of_text("Dat was Oelebeke.", "nl", None, REGISTERS)
    assert [one.kind for one in find_mentions(article, registers)] == ["place"]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"animal": {}}, "animal: must be a table"),
        ({"person": {"x": {"naam": "X"}}}, "x: must have a name"),
        ({"person": {"x": {"name": ""}}}, "x: its name"),
        ({"person": {"x": {"name": "X", "names": "Y"}}}, "x.names: must be a list"),
    ],
)
def test_a_malformed_register(table: dict[str, object], problem: str) -> None:
    """What is wrong is said, with the key."""
    with pytest.raises(ValueError, match=problem):
        parse_name_registers({"entities/a.toml": table})


def test_a_model_beside_the_rules() -> None:
    """A model adds names and corrects those of rules, but not what registers know."""
    text = "Volgens Zwevende Tafel is Poetin er.\n\nOok Vrolijke Frans."

    def model(text: str) -> list[RecognisedName]:
        tafel, poetin = text.index("Zwevende"), text.index("Poetin")
        return [
            RecognisedName(tafel, tafel + 14, "organisation"),
            RecognisedName(poetin, poetin + 6, "place"),
            RecognisedName(poetin, len(text), "place"),
        ]

    article = of_text(text, "nl", None, REGISTERS)
    found = find_mentions(article, REGISTERS.names, model)
    assert [(one.name, one.kind) for one in found][:2] == [
        ("Zwevende Tafel", "organisation"),
        ("Vladimir Poetin", "person"),
    ]


ALPHABET = "abAZÉ.,'’-&/ \n\t“”()1vandeĲﬁß大İ"


@given(
    st.one_of(st.text(ALPHABET, max_size=60), st.text(max_size=60)),
    st.sampled_from(["nl", "de", "en", "xx", None]),
)
def test_places_are_safe(text: str, language: str | None) -> None:
    """Mentions are in order, apart, inside one block, and no spaces; the same each time."""
    article = of_text(text, language, None, REGISTERS)
    found = find_mentions(article, REGISTERS.names)
    assert found == find_mentions(article, REGISTERS.names)
    last = 0
    for one in found:
        assert last <= one.char_start < one.char_end
        assert any(b.start <= one.char_start and one.char_end <= b.end for b in article.blocks)
        name = text[one.char_start : one.char_end]
        assert name == name.strip()
        assert one.name
        last = one.char_end


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    ["A", "A ", "A.", "A-", "Aa van ", "Jan ", "(", "Poetin ", "minister van Defensie ", "‘"],
)
def test_a_hostile_text_takes_time_in_proportion(unit: str) -> None:
    def article(size: int) -> ArticleText:
        return of_text(repeated(unit)(size), "nl", None, REGISTERS)

    assert_in_proportion(lambda text: find_mentions(text, REGISTERS.names), article, 10_000)
