"""What annotators must not make up: each kind with the forms that stand next to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.model import Annotations
from knipsel.transforms.annotate.prepare import of_text

REGISTERS = load_registers().annotations
PUBLISHED = "2024-05-15"
"""A Wednesday."""


def annotated(text: str, language: str) -> Annotations:
    """Return all that is found in a text."""
    return annotate(of_text(text, language, PUBLISHED, REGISTERS), REGISTERS)


def said(text: str, language: str) -> list[tuple[str | None, str]]:
    """Return who says what in a text."""
    found = annotated(text, language).quotations
    return [(one.speaker, text[one.char_start : one.char_end]) for one in found]


def times(text: str, language: str) -> list[tuple[str, str | None]]:
    """Return the times of a text with their values."""
    found = annotated(text, language).time_expressions
    return [(text[one.char_start : one.char_end], one.edtf) for one in found]


def names(text: str, language: str) -> list[tuple[str, str]]:
    """Return the names in a text with the first letters of their kinds."""
    found = annotated(text, language).mentions
    return [(text[one.char_start : one.char_end], one.kind[:2]) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Last night Karl Vestby, the inspector, said he would resign.",
            [("Karl Vestby", "he would resign")],
        ),
        ("en", "Last night Karl Vestby, the inspector, said.", []),
        (
            "en",
            "On Monday, in Oslo, Karl Vestby, the mayor, said that he would go.",
            [("Karl Vestby", "that he would go")],
        ),
        (
            "en",
            "According to Anna Vestby, the inspector, the bridge was safe.",
            [("Anna Vestby", "the bridge was safe")],
        ),
        (
            "nl",
            "Maandag, na de vergadering, zei burgemeester Anna Holm dat de brug veilig is.",
            [("Anna Holm", "dat de brug veilig is")],
        ),
        (
            "nl",
            "Gisteren, tijdens een debat, zei Holm dat de brug veilig is.",
            [("Holm", "dat de brug veilig is")],
        ),
        (
            "nl",
            "In Utrecht, waar hij woont, vertelde Jan de Boer dat hij stopt.",
            [("Jan de Boer", "dat hij stopt")],
        ),
        (
            "nl",
            "Maandagavond, in een uitzending, zei minister Hoekstra dat de steun doorgaat.",
            [("Hoekstra", "dat de steun doorgaat")],
        ),
        (
            "nl",
            "Gisteravond zei Karl Vestby, de inspecteur, dat hij opstapt.",
            [("Karl Vestby", "dat hij opstapt")],
        ),
        (
            "nl",
            "Volgens Jan Vos, de inspecteur, is de brug veilig.",
            [("Jan Vos", "is de brug veilig")],
        ),
        ("nl", "De prijzen stijgen, zei Jan Vos dinsdag.", [("Jan Vos", "De prijzen stijgen")]),
        (
            "de",
            "Gestern Abend sagte Karl Vestby, der Inspektor, dass die Brücke sicher sei.",
            [("Karl Vestby", "dass die Brücke sicher sei")],
        ),
        ("nl", "Omdat Karel, die ziek is, niet kwam, zei Els niets.", []),
        (
            "de",
            "Am Montag, nach der Sitzung, sagte Anna Holm, die Brücke sei sicher.",
            [("Anna Holm", "die Brücke sei sicher")],
        ),
    ],
)
def test_when_and_where_is_no_quotation(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    """What stands before a cue is said where it is a clause, not where it tells when or where."""
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Volgens deze steeds breder gedragen visie is de brug onveilig."),
        ("nl", "Volgens deze theorie is de aarde plat."),
        ("nl", "Volgens de laatste inzichten is de brug veilig."),
        ("nl", "Volgens de planning is de brug in mei klaar."),
        ("nl", "Volgens dit scenario stijgt de zeespiegel een meter."),
        ("nl", "Volgens de gangbare lezing was hij ziek."),
        ("nl", "Volgens haar eigen zeggen is ze ziek."),
        ("nl", "Volgens dezelfde redenering is alles gratis."),
        ("de", "Laut dieser immer breiter getragenen Ansicht ist die Brücke unsicher."),
        ("de", "Laut dem Zeitplan ist alles fertig."),
        ("en", "According to this increasingly shared view the bridge is unsafe."),
        ("en", "According to the schedule, everything is ready."),
    ],
)
def test_views_and_plans_are_nobodys(language: str, text: str) -> None:
    """A view has no speaker, unless the text says whose it is."""
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("nl", "Volgens de theorie van Jansen is de aarde plat.", "Jansen"),
        ("nl", "Volgens de oude lezing van de politie was hij ziek.", "de politie"),
        ("nl", "Volgens het akkoord moet de brug dicht.", "het akkoord"),
        ("nl", "Volgens deskundigen is de brug veilig.", "deskundigen"),
        ("de", "Laut der Theorie von Einstein ist alles relativ.", "Einstein"),
        ("en", "According to the theory of Einstein, everything is relative.", "Einstein"),
    ],
)
def test_whose_view_it_is(language: str, text: str, speaker: str) -> None:
    """Whoever stands behind a view has it; writings and unnamed people say things too."""
    assert [one for one, _ in said(text, language)] == [speaker]


@pytest.mark.parametrize(
    ("language", "text", "speakers"),
    [
        ("de", "Obwohl Liat sagte, die Brücke sei sicher, fuhr niemand.", ["Liat"]),
        ("de", "Wenngleich Noa sagte, alles sei gut, ging sie.", ["Noa"]),
        ("de", "Im Juni Es war heiß. „Die Brücke ist sicher“, sagte er.", [None]),
        ("de", "„Die Brücke ist sicher“, sagte Juni Es.", [None]),
        ("de", "Laut Obwohl Liat ist alles gut.", []),
        ("nl", 'LEES OOK: "De brug is dicht vandaag."', [None]),
        ("en", 'MORE: "It is not safe at all today."', [None]),
        ("en", 'READ MORE: "The bridge is safe," said Holm.', ["Holm"]),
        ("en", '"The bridge is safe." MORE: said it.', [None]),
        ("nl", "‘Dat kan niet’, klinkt het bij de vakbond.", ["de vakbond"]),
        (
            "nl",
            "“Dit is een patroon”, zegt Bram Depestel (Groen). Volgens hem wist zij het al.",
            ["Bram Depestel", "Bram Depestel"],
        ),
    ],
)
def test_little_words_are_no_speakers(language: str, text: str, speakers: list[str | None]) -> None:
    """What joins clauses, months, shouts, *it* and parties in brackets say nothing."""
    assert [speaker for speaker, _ in said(text, language)] == speakers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "April Jones was found.", []),
        ("en", "May Britt arrived with August Wilson.", []),
        ("en", "Prime minister Theresa May said no.", []),
        ("en", "Ruby Friday sang.", []),
        ("en", "She left in April.", [("April", "2024-04")]),
        ("nl", "April Jones werd gevonden.", []),
        ("nl", "Vera Pasen is ziek, zei Filip De Winter.", []),
        ("nl", "Karl Freitag sprak maandag.", [("maandag", "2024-05-13")]),
        ("de", "Karl Freitag kam am Montag.", [("Montag", "2024-05-13")]),
        ("de", "Robert Sommer und Anna Winter kamen. Herr Sonntag schwieg.", []),
        ("de", "Ministerin Mai und Jan März sprachen.", []),
        (
            "de",
            "Am Freitag kam Karl Freitag. Er sagte am Freitag nichts.",
            [("Freitag", "2024-05-10"), ("Freitag", "2024-05-10")],
        ),
    ],
)
def test_names_of_people_are_no_times(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    """A month or a weekday in somebody's name is none; beside it the same word may be one."""
    assert times(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Denzel Washington speelt mee.", [("Denzel Washington", "pe")]),
        ("en", "Denzel Washington won an Oscar.", [("Denzel Washington", "pe")]),
        ("de", "Denzel Washington spielt mit.", [("Denzel Washington", "pe")]),
        ("nl", "Israel Katz is boos.", [("Israel Katz", "pe")]),
        ("de", "Israel Katz droht.", [("Israel Katz", "pe")]),
        ("de", "In Israel Tausende auf der Straße.", [("Israel", "pl")]),
        (
            "en",
            "Paris Hilton met Georgia Meloni.",
            [("Paris Hilton", "pe"), ("Georgia Meloni", "pe")],
        ),
        ("en", "Jordan Times reported it.", [("Jordan Times", "or")]),
        ("en", "Georgia State University closed.", [("Georgia State University", "or")]),
        ("en", "He lives in Austin.", [("Austin", "pl")]),
        ("de", "Am Freitag entscheidet das Gericht.", []),
        ("de", "Im Juni Es war heiß.", []),
        ("en", "READ MORE", []),
    ],
)
def test_people_and_places(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    """A place's name that is a first name is somebody's before a surname."""
    assert names(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("nl", "Maandag komt de ministerraad bijeen.", "2024-05-20"),
        ("nl", "Vrijdag keurt de Kamer het goed.", "2024-05-17"),
        ("nl", "Vrijdag oordeelt de rechter.", "2024-05-17"),
        ("nl", "Donderdag verhuist hij.", "2024-05-16"),
        ("nl", "De ministerraad besluit vrijdag.", "2024-05-17"),
        ("nl", "De brand woedde dinsdagavond laat.", "2024-05-14"),
        ("nl", "Het rapport had maandag af moeten zijn.", "2024-05-13"),
        ("nl", "Zaterdag demonstreren boeren in Den Haag.", "2024-05-18"),
        ("nl", "Dinsdag zwaait hij af.", "2024-05-21"),
        ("nl", "Ze zijn niet van plan om elkaar maandag te gaan knuffelen.", "2024-05-20"),
        ("nl", "Uit angst durven veel kiezers dinsdag niet te komen.", "2024-05-21"),
        ("nl", "Maandag kwam de ministerraad bijeen.", "2024-05-13"),
        ("nl", "Vrijdag keurde de Kamer het goed.", "2024-05-10"),
        ("nl", "Zaterdag demonstreerden boeren in Den Haag.", "2024-05-11"),
        ("nl", "Zondag heeft Ajax gewonnen.", "2024-05-12"),
        ("de", "Am Freitag entscheidet das Gericht.", "2024-05-17"),
        ("de", "Polen wählt am Sonntag ein neues Parlament.", "2024-05-19"),
        ("de", "Am Samstag spielen die Bayern.", "2024-05-18"),
        ("de", "Am Samstag spielten die Bayern.", "2024-05-11"),
        ("de", "Am Freitag hat das Gericht entschieden.", "2024-05-10"),
        ("en", "On Friday the court rules on the case.", "2024-05-17"),
        ("en", "On Tuesday voters go to the polls.", "2024-05-21"),
        ("en", "The rules he proposed on Monday are strict.", "2024-05-13"),
        ("en", "The new rules were announced on Monday.", "2024-05-13"),
    ],
)
def test_a_weekday_looks_where_its_verb_does(language: str, text: str, value: str) -> None:
    """With a verb of the present or the future it is to come, with one of the past gone."""
    assert [edtf for _, edtf in times(text, language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Ajax kwam op 2-1 in de slotfase."),
        ("nl", "De stand kwam op 1-1."),
        ("nl", "Het staat op 3/4."),
        ("nl", "De kans op 1/2 is groot."),
        ("nl", "Hij won met 6-4, 3-6 en 7-5."),
        ("nl", "Hij won in 2.05.12 uur."),
        ("nl", "Versie 10.2.24 van het programma is er."),
        ("nl", "Volgens artikel 4.5.10 mag het niet."),
        ("nl", "Op 7.5 miljoen euro wordt het geschat."),
        ("de", "Version 2.5.19 erschien."),
        ("de", "Ein 1/3 der Stimmen."),
        ("en", "Version 4.5.19 of iOS 12.5.20 is out."),
        ("en", "About 2/3 of them lead 2-1."),
    ],
)
def test_scores_fractions_and_versions_are_no_days(language: str, text: str) -> None:
    """Two or three small numbers are a day only where something shows it."""
    assert times(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Op 13-5 was het feest.", "2024-05-13"),
        ("nl", "Het feest is op 14/6.", "2024-06-14"),
        ("nl", "Update 10.02.2024 verscheen.", "2024-02-10"),
        ("de", "Am 3.5. kam er.", "2024-05-03"),
        ("nl", "Van 1998 tot en met 2000 vochten zij.", "1998/2000"),
        ("nl", "De piek was van week 11 tot en met 19.", "2024-03-11/2024-05-12"),
        ("nl", "Het was tussen vrijdag 3 en maandag 6 mei druk.", "2024-05-03/2024-05-06"),
        ("nl", "Hij is volgende week tussen woensdag en vrijdag weg.", "2024-05-22/2024-05-24"),
        ("nl", "In tegenstelling tot vorig jaar is het stil.", "2023"),
        ("nl", "Het was de week na de volgende druk.", "2024-05-27/2024-06-02"),
        ("nl", "In april rond de 30 per dag.", "2024-04"),
        ("nl", "Deze winter was zacht.", "2023-12/2024-02"),
    ],
)
def test_times_beside_them(language: str, text: str, expected: str) -> None:
    """What looks like those and is a time keeps its value."""
    assert [edtf for _, edtf in times(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Putin was in London.", ["Vladimir Poetin", "Londen"]),
        ("en", "Putin was in London.", ["Vladimir Putin", "London"]),
        ("de", "Putin war in Köln.", ["Vladimir Putin", "Köln"]),
        ("de", "Wladimir Putin kam. Putin ging.", ["Wladimir Putin", "Wladimir Putin"]),
        (None, "Putin 大 会", ["Vladimir Poetin"]),
    ],
)
def test_names_are_those_of_their_language(
    language: str | None, text: str, expected: list[str]
) -> None:
    """The registers name in Dutch, for Dutch texts; others have the names that they write."""
    assert [
        one.name for one in annotate(of_text(text, language, None, REGISTERS), REGISTERS).mentions
    ] == expected


def test_a_corpus_may_want_dutch_names() -> None:
    """A register of one's own says so for all languages."""
    registers = replace(REGISTERS, names=replace(REGISTERS.names, entity_language="nl"))
    found = annotate(of_text("Putin was in London.", "en", None, registers), registers).mentions
    assert [one.name for one in found] == ["Vladimir Poetin", "Londen"]
