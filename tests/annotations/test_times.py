"""Times: which words are one, and which days they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.model import ArticleText
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.times import find_times
from knipsel.transforms.text.edtf import date_bounds
from tests.growth import assert_in_proportion, repeated

REGISTERS = load_registers().annotations
PUBLISHED = "2025-09-10"
"""A Wednesday."""


def times(
    text: str, language: str | None = "nl", published: str | None = PUBLISHED
) -> list[tuple[str, str | None]]:
    """Return the words and the values of the times in a text."""
    found = find_times(of_text(text, language, published, REGISTERS), REGISTERS.times)
    return [(text[one.char_start : one.char_end], one.edtf) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De brug ging open op 18 augustus 2025.", [("18 augustus 2025", "2025-08-18")]),
        ("De brief is van 18-08-2025.", [("18-08-2025", "2025-08-18")]),
        ("Dat gebeurde op maandag 18 augustus.", [("maandag 18 augustus", "2025-08-18")]),
        ("In maart 2022 sloot de haven.", [("maart 2022", "2022-03")]),
        ("Begin juni lag het ijs er nog.", [("Begin juni", "2025-06-01/2025-06-10")]),
        ("Medio 2023 kwam de trein.", [("Medio 2023", "2023-05/2023-08")]),
        ("De zomer van 2014 was droog.", [("De zomer van 2014", "2014-06/2014-08")]),
        ("De winter van 2014 was zacht.", [("De winter van 2014", "2014-12/2015-02")]),
        ("Het dorp kreeg in 2014 een school.", [("2014", "2014")]),
        ("In de jaren negentig fietste men.", [("de jaren negentig", "199X")]),
        ("Eind jaren '80 kwam de markt.", [("Eind jaren '80", "1987/1989")]),
        ("De kerk is uit de 19e eeuw.", [("de 19e eeuw", "18XX")]),
        ("Tussen 2014 en 2016 werd gebouwd.", [("Tussen 2014 en 2016", "2014/2016")]),
        ("Het feest was van 3 tot 5 mei.", [("van 3 tot 5 mei", "2025-05-03/2025-05-05")]),
        (
            "Van 28 april tot 2 mei 2024.",
            [("Van 28 april tot 2 mei 2024", "2024-04-28/2024-05-02")],
        ),
        ("Het derde kwartaal van 2021.", [("Het derde kwartaal van 2021", "2021-07/2021-09")]),
        ("De eerste helft van 2020.", [("De eerste helft van 2020", "2020-01/2020-06")]),
        ("De eerste vrijdag van juli 2024.", [("De eerste vrijdag van juli 2024", "2024-07-05")]),
        ("Rond 2014 stond er een molen.", [("Rond 2014", "2014~")]),
        ("De molen staat er sinds 2014.", [("sinds 2014", "2014/..")]),
        ("De molen stond er tot 2022.", [("tot 2022", "../2022")]),
        ("Met kerst 2024 lag er sneeuw.", [("kerst 2024", "2024-12-25")]),
        ("Tweede paasdag 2024 regende het.", [("Tweede paasdag 2024", "2024-04-01")]),
        ("Het was in april en mei 2022 stil.", [("april", "2022-04"), ("mei 2022", "2022-05")]),
        ("Op 3, 4 en 5 mei 2024 was het feest.", [("3, 4 en 5 mei 2024", "2024-05-03/2024-05-05")]),
        ("Op 3 en 17 mei 2024 was er markt.", [("17 mei 2024", "2024-05-17")]),
    ],
)
def test_times_of_the_calendar(text: str, expected: list[tuple[str, str]]) -> None:
    assert times(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vorige week vrijdag sneeuwde het.", [("Vorige week vrijdag", "2025-09-05")]),
        ("Twee jaar geleden was er niets.", [("Twee jaar geleden", "2023~")]),
        ("Drie dagen geleden ook niet.", [("Drie dagen geleden", "2025-09-07")]),
        (
            "Twee en een half jaar geleden begon het.",
            [("Twee en een half jaar geleden", "2023-03~")],
        ),
        ("Gisteravond ging het licht uit.", [("Gisteravond", "2025-09-09")]),
        ("Volgende maand is het feest.", [("Volgende maand", "2025-10")]),
        ("De veerboot komt over drie weken.", [("over drie weken", "2025-10-01~")]),
        ("Afgelopen zomer was het heet.", [("Afgelopen zomer", "2025-06/2025-08")]),
        ("Dit jaar is er geen markt.", [("Dit jaar", "2025")]),
        ("In december vorig jaar wel.", [("december vorig jaar", "2024-12")]),
        ("Later dit jaar komt er een brug.", [("Later dit jaar", "2025-09-10/2025-12-31")]),
        ("De afgelopen twee weken.", [("afgelopen twee weken", "2025-08-27/2025-09-09")]),
        ("Komend weekend is het open.", [("Komend weekend", "2025-09-13/2025-09-14")]),
        (
            "Volgende week woensdag of donderdag.",
            [("Volgende week woensdag", "2025-09-17"), ("donderdag", "2025-09-18")],
        ),
    ],
)
def test_times_that_count_from_the_article(text: str, expected: list[tuple[str, str]]) -> None:
    assert times(text) == expected
    found = find_times(of_text(text, "nl", PUBLISHED, REGISTERS), REGISTERS.times)
    assert {one.anchor for one in found} == {PUBLISHED}


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("De raad besloot maandag niets.", "2025-09-08"),
        ("De raad heeft maandag gesproken.", "2025-09-08"),
        ("De raad zal maandag spreken.", "2025-09-15"),
        ("Maandag is er een vergadering.", "2025-09-15"),
        ("Komende maandag.", "2025-09-15"),
        ("Op 18 augustus sprak de raad.", "2025-08-18"),
        ("Op 18 oktober sprak de raad.", "2024-10-18"),
        ("Op 18 oktober zal de raad spreken.", "2025-10-18"),
        ("In maart viel het kabinet.", "2025-03"),
        ("In maart wordt er gestemd.", "2026-03"),
        ("Hij sprak woensdag.", "2025-09-10"),
        ("De raad, die maandag zweeg, zal spreken.", "2025-09-08"),
        ("Zij wil terug naar 24 oktober, de dag waarop het begon.", "2024-10-24"),
        ("Zij zou maandag zijn gevallen.", "2025-09-08"),
        ("De raad gaat om maandag te spreken naar huis.", "2025-09-15"),
    ],
)
def test_news_looks_back_unless_the_tense_says_otherwise(text: str, edtf: str) -> None:
    assert [value for _, value in times(text)] == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Op 3 mei 2014 brak de dijk. Een dag later was het dorp leeg.", "2014-05-04"),
        ("In 2014 brak de dijk; twee jaar eerder was zij nog sterk.", "2012"),
        ("Op 3 mei 2014 brak de dijk. Datzelfde jaar kwam er een nieuwe.", "2014"),
        ("De dijk brak. Een dag later was het dorp leeg.", None),
        ("In mei 2014 brak de dijk. Een dag later was het dorp leeg.", None),
        ("Op 3 mei 2014 brak de dijk. Er kwam hulp. Een dag later was het dorp leeg.", None),
    ],
)
def test_a_time_that_counts_from_another_needs_one_that_is_safe(
    text: str, edtf: str | None
) -> None:
    assert times(text)[-1][1] == edtf


def test_the_anchor_is_what_a_time_was_counted_from() -> None:
    text = "Op 3 mei 2014 brak de dijk. Een dag later kwam er hulp. Gisteren ook."
    found = find_times(of_text(text, "nl", PUBLISHED, REGISTERS), REGISTERS.times)
    assert [one.anchor for one in found] == [None, "2014-05-03", PUBLISHED]


@pytest.mark.parametrize(
    ("published", "text", "edtf"),
    [
        ("2022-12", "Gisteren vroor het.", "2022-11-30/2022-12-30"),
        ("2022-12", "Vandaag vriest het.", "2022-12"),
        ("2022-12", "Vorige maand vroor het.", "2022-11"),
        ("2022-12", "Dit jaar vroor het.", "2022"),
        ("2022-12", "Vorig jaar maart vroor het.", "2021-03"),
        ("2022", "Vorig jaar vroor het.", "2021"),
        ("2022-11-28/2022-12-02", "Gisteren vroor het.", "2022-11-27/2022-12-01"),
        (None, "Gisteren vroor het.", None),
        ("../2022", "Gisteren vroor het.", None),
        (None, "Op 3 mei 2014 vroor het.", "2014-05-03"),
    ],
)
def test_what_is_not_known_of_the_article_is_not_known_of_its_times(
    published: str | None, text: str, edtf: str | None
) -> None:
    assert times(text, published=published)[0][1] == edtf


@pytest.mark.parametrize(
    "text",
    [
        "Dat kost 2022 euro.",
        "In 1500 woorden vertelde zij het.",
        "Er liepen 2014 mensen mee.",
        "Zij heet Mei en woont bij Augustus.",
        "De reis duurde drie jaar en twee uur.",
        "Elke maandag is er markt, en per week komt de bus.",
        "Zij wonnen met 3-2 en werden 2e.",
        "Bel 0800-1234 of koop model X-2014.",
        "Vandaag de dag leest men minder.",
        "Het was negen jaar later dan gepland.",
        "Op vrijdagen en 31 juni gebeurt niets.",
        "De groep van dertig bestond uit vijftien tot twintig man.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "He spoke on August 18, 2025.", [("August 18, 2025", "2025-08-18")]),
        ("en", "On 18 August he spoke.", [("18 August", "2025-08-18")]),
        ("en", "It fell in mid-2023.", [("mid-2023", "2023-05/2023-08")]),
        ("en", "The mill burned in the 1990s.", [("the 1990s", "199X")]),
        ("en", "He left two years ago.", [("two years ago", "2023~")]),
        ("en", "It opened last Friday.", [("last Friday", "2025-09-05")]),
        ("en", "It opened last year.", [("last year", "2024")]),
        ("en", "Letters from 1986 say so.", [("1986", "1986")]),
        ("en", "In June 2007, six men left.", [("June 2007", "2007-06")]),
        ("en", "The talks will begin on Monday.", [("Monday", "2025-09-15")]),
        ("en", "He said it on Monday.", [("Monday", "2025-09-08")]),
        ("en", "The talks, planned for Monday, are off.", [("Monday", "2025-09-15")]),
        ("de", "Das für Montag geplante Treffen fällt aus.", [("Montag", "2025-09-15")]),
        ("en", "Mrs May may march in March.", [("March", "2026-03")]),
        ("en", "It was due on 3/4/2023, he said.", []),
        ("de", "Am 18. August 2025 sprach sie.", [("18. August 2025", "2025-08-18")]),
        ("de", "Vor zwei Jahren brannte es.", [("Vor zwei Jahren", "2023~")]),
        ("de", "Am vergangenen Freitag.", [("vergangenen Freitag", "2025-09-05")]),
        ("de", "Im vergangenen Jahr.", [("vergangenen Jahr", "2024")]),
        ("de", "Jan sprach im August 2007.", [("August 2007", "2007-08")]),
        ("de", "Am Montag wird sie sprechen.", [("Montag", "2025-09-15")]),
        ("de", "Im 19. Jahrhundert stand es leer.", [("19. Jahrhundert", "18XX")]),
        ("de", "Die 1990er Jahre waren warm.", [("Die 1990er Jahre", "199X")]),
        ("fr", "Le 18 août 2025, il parla.", []),
        (None, "Op 18 augustus 2025.", []),
    ],
)
def test_other_languages(language: str | None, text: str, expected: list[tuple[str, str]]) -> None:
    assert times(text, language) == expected


WORDS = """
18 31 2014 '70 19e 3-5 18-08-2025 , . - ( en de van tot tussen begin eind eerste laatste maandag mei
augustus jaar jaren weken dag week eeuw zomer kerst vorige volgende afgelopen komende deze dat
geleden later over sinds rond twee een paar gisteren morgen werd zal 0000 9999 2199 honderd K3
negentien nu na binnen rest helft
"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])
DATES = st.sampled_from([None, "2025-09-10", "2022-12", "2022", "../2022", "0001-01-01", "9999-12"])


@given(st.lists(PIECES, max_size=14), DATES, st.sampled_from(["nl", "en", "de"]))
def test_each_time_lies_in_a_block_and_says_days(
    pieces: list[str], published: str | None, language: str
) -> None:
    """Times are in order, apart, without space at their ends; their values are EDTF."""
    text = of_text(" ".join(pieces), language, published, REGISTERS)
    found = find_times(text, REGISTERS.times)
    assert found == find_times(text, REGISTERS.times)
    end = 0
    for one in found:
        assert end <= one.char_start < one.char_end
        assert any(
            block.start <= one.char_start and one.char_end <= block.end for block in text.blocks
        )
        words = text.text[one.char_start : one.char_end]
        assert words == words.strip()
        assert one.edtf is None or date_bounds(one.edtf).precision != "unknown"
        assert one.edtf is not None or one.anchor is None
        end = one.char_end


@given(st.text(max_size=120), st.sampled_from(["nl", "en", "de", "fr", None]))
def test_no_text_is_too_odd(text: str, language: str | None) -> None:
    """Whatever a text is, its times are places in it."""
    assert all(words in text for words, _ in times(text, language))


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    ["de ", "begin ", "1 ", "van 3 tot ", "maandag ", "eerste vrijdag van ", "2014-", "een jaar, "],
)
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    """A run of words of time is read in pieces of a bounded length."""

    def article(size: int) -> ArticleText:
        return of_text(repeated(piece)(size), "nl", PUBLISHED, REGISTERS)

    assert_in_proportion(lambda text: find_times(text, REGISTERS.times), article, 8_000)
