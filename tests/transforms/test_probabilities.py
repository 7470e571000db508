"""How likely values are right: what speaks for them counts, and what is doubtful is not stated."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.describe.choice import choose
from knipsel.transforms.describe.probability.meanings import MEANINGS, reasons
from knipsel.transforms.describe.probability.weigh import surer_month
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.probabilities import (
    FIELDS,
    Probabilities,
    parse_probabilities,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument, Statement
    from knipsel.transforms.registers.model import Registers

    Run = Callable[..., ProcessedDocument]

HEADLINE = "De kade in het centrum moet omhoog"
TEXT = "\n\n".join(
    f"De kade in het centrum moet omhoog, zegt de havenmeester in deel {number} van het gesprek. "
    "Het water komt elk jaar een stukje verder, en de winkels verliezen hun kelders."
    for number in ("een", "twee", "drie")
)
DUMP = f"{HEADLINE}\n\nDoor Anna de Boer\n3 april 2021\n\n{TEXT}\n"
PAGE = """<html><head><title>{title}</title>{head}</head>
<body><h1>{headline}</h1><p>Door Anna de Boer, 3 april 2021</p>{text}</body></html>"""


def page(head: str = "", title: str = HEADLINE, headline: str = HEADLINE) -> str:
    text = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    return PAGE.format(head=head, title=title, headline=headline, text=text)


def stated(document: ProcessedDocument, field: str) -> list[Statement]:
    return [one for one in document.statements if one.field == field]


def sure(document: ProcessedDocument, field: str) -> float:
    (chosen,) = (one for one in stated(document, field) if one.chosen)
    assert chosen.confidence is not None
    return chosen.confidence


def with_least(registers: Registers, least: float) -> Registers:
    known = replace(registers.articles.probabilities, least=least)
    return replace(registers, articles=replace(registers.articles, probabilities=known))


def test_each_value_has_a_probability_and_what_speaks_for_it(run: Run) -> None:
    document = run(DUMP)
    for field in ("headline", "date_published", "author"):
        (chosen,) = (one for one in stated(document, field) if one.chosen)
        assert chosen.confidence is not None
        assert 0.5 <= chosen.confidence < 1
        assert reasons(chosen.confidence_basis).speaks_for
    (author,) = document.authors
    assert author.confidence is not None
    assert author.confidence >= sure(document, "author")


def test_all_that_is_weighed_has_a_meaning(registers: Registers) -> None:
    models = registers.articles.probabilities.models
    assert set(models) == set(FIELDS)
    for model in models.values():
        assert set(model.weights) <= set(MEANINGS)
        assert list(model.curve.shares) == sorted(model.curve.shares)


def test_a_second_witness_never_makes_a_headline_less_sure(run: Run) -> None:
    alone = run(page())
    agreed = run(page(f'<meta property="og:title" content="{HEADLINE}">'))
    against = run(page('<meta property="og:title" content="Waarom de haven verhuist">'))
    assert sure(agreed, "headline") >= sure(alone, "headline") >= sure(against, "headline")


def test_another_day_makes_a_day_less_sure(run: Run) -> None:
    declared = (
        '<meta property="article:published_time" content="2021-04-03T08:00:00+02:00">'
        '<script type="application/ld+json">'
        '{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'
    )
    bare = page("{}").replace(", 3 april 2021", "")
    agreed, against = (
        run(bare.replace("{}", declared.format(day))) for day in ("2021-04-03", "2021-06-20")
    )
    assert sure(agreed, "date_published") > sure(against, "date_published")


def test_what_is_less_likely_than_the_register_wants_stays_a_statement(
    registers: Registers,
) -> None:
    raw = DUMP.encode()
    document = process(RawDocument("0" * 16, "a.txt", raw), with_least(registers, 1.0))
    (article,) = document.articles
    assert (article.headline, article.author, article.date_published) == (None, None, None)
    assert document.authors == ()
    found = [one for one in document.statements if one.field in {"headline", "author"}]
    assert {one.chosen for one in found} == {False}
    assert all(one.confidence for one in found)


def test_records_have_no_probability(run: Run) -> None:
    """What a format tells by a field of its own was not learnt from anything."""
    document = run(json.dumps({"title": HEADLINE, "text": TEXT, "date": "2021-04-03"}))
    found = [one for one in stated(document, "date_published") if one.chosen]
    assert [one.confidence for one in found] == [None]


def day(value: str, probability: float) -> Candidate:
    return Candidate("date_published", value, "date_line", 0.85, probability=probability)


def test_days_of_one_month_make_it_sure() -> None:
    (month,) = surer_month([day("2021-04-03", 0.4), day("2021-04-05", 0.3)], 0.5)
    assert month.value == "2021-04"
    assert month.probability == pytest.approx(0.7)
    assert surer_month([day("2021-04-03", 0.4), day("2021-05-05", 0.3)], 0.5) == []
    assert surer_month([day("2021-04-03", 0.6), day("2021-04-05", 0.3)], 0.5) == []


def test_what_a_person_states_goes_before_what_is_likely() -> None:
    by_hand = Candidate("date_published", "2020-01-02", "sidecar", 1.0)
    likely = day("2021-04-03", 0.99)
    unlikely = replace(likely, probability=0.2)
    assert choose([likely, by_hand], 0.5)["date_published"] == by_hand
    assert choose([unlikely], 0.5) == {}
    assert by_hand.statement("a", None, chosen=True).confidence == 1
    assert replace(likely, rejection="future").statement("a", None, chosen=False).confidence == 0


def test_where_nothing_is_estimated_the_way_of_finding_decides() -> None:
    first = Candidate("headline", "Een", "json_field", 0.9)
    second = Candidate("headline", "Twee", "headline_line", 0.8)
    assert choose([second, first], 0.5)["headline"] == first


def test_a_register_that_makes_no_sense_is_refused() -> None:
    assert parse_probabilities({}) == Probabilities()
    with pytest.raises(ValueError, match="least: must lie between 0 and 1"):
        parse_probabilities({"least": 2})
    with pytest.raises(ValueError, match=r"text\.scores: must rise"):
        parse_probabilities({"text": {"scores": [0.5, 0.4], "shares": [0.1, 0.2]}})
