"""What holds of every export, whatever is in it and wherever it ends."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.exported import (
    WORDS,
    Made,
    factiva,
    head_labels,
    lexisnexis,
    lexisnexis_record,
    mediargus_entry,
    mediargus_text,
    nexis,
    tail_labels,
)
from tests.exported_sources import (
    BARE,
    europresse,
    factiva_bare,
    labelled,
    proquest,
    with_labels_below,
    with_sources_above,
    with_sources_below,
)
from tests.growth import assert_in_proportion

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

DAYS = st.dates(date(1985, 1, 1), date(2026, 12, 31))
MADE = st.builds(Made, number=st.integers(0, 200), day=DAYS, page=st.integers(1, 60))
SEVERAL = st.lists(MADE, min_size=1, max_size=5, unique_by=lambda one: one.number)
LINES = st.sampled_from(
    [
        "1 of 3 DOCUMENTS",
        "                              2 of 3 DOCUMENTS",
        "Copyright 2011 Kade Uitgevers",
        "LENGTH: 12 words",
        "LANGUAGE: DUTCH",
        "LOAD-DATE: 3 maart 2011",
        "HEADLINE: De kade;",
        "HEADLINE:",
        "HIGHLIGHT:",
        "GRAPHIC: Een foto van de kade.",
        "BODY:",
        "Body",
        "Length: 9 words",
        "Load-Date: March 3, 2011",
        "Graphic",
        "Classification",
        "End of Document",
        "HD\tDe kade",
        "HD",
        "SE\tBinnenland",
        "WC\t12 words",
        "PD\t3 maart 2011",
        "LA\tDutch",
        "LP",
        "TD\tEn verder ging het.",
        "AN\tDocument KADE1",
        "1. De kade",
        "De Kadebode, donderdag 3 maart 2011, p. 3, 12w.",
        "03-03-2011, p.3",
        "De kade",
        " © Kadegroep",
        "Document KADE000020110303e7bu00005",
        "KADE",
        "9 words",
        "3 maart 2011",
        "news·20110303·KB·000003",
        "Région, jeudi 3 mars 2011, p. 3",
        "De Kadebode, 3 maart 2011, p. 3",
        '"De Kadebode" Nr. 3/2011 vom 03.03.2011 Seite: 3',
        "____________",
        "Full text: De kade is nat.",
        "Title: De kade",
        "Publication title: De Kadebode",
        "Publication date: 3 maart 2011",
        "De kade in het oude centrum moet omhoog, en dat gebeurt volgens de gemeente nog",
        "voor de zomer, want het water komt elk jaar verder.",
        "",
        "",
        "\x0c",
        "\u200b",
        ";",
    ]
)


def found(document: ProcessedDocument) -> list[tuple[str | None, str | None, str | None, str]]:
    """Return headline, outlet, day and text of each article, after checking every rule."""
    assert check_document(document)[0] == []
    return [
        (one.headline, one.publisher, one.date_published, one.text) for one in document.articles
    ]


def wanted(made: list[Made]) -> list[tuple[str | None, str | None, str | None, str]]:
    """Return what `found` must return."""
    return [(one.headline, one.outlet, one.day.isoformat(), one.text) for one in made]


@given(made=SEVERAL, language=st.sampled_from(sorted(WORDS)), data=st.data())
def test_labels_in_any_order(
    run: Run, made: list[Made], language: str, data: st.DataObject
) -> None:
    records = [
        lexisnexis_record(
            one,
            data.draw(st.permutations(head_labels(one, language))),
            data.draw(st.permutations(tail_labels(one, language))),
            place=WORDS[language]["record"].format(index, len(made)),
        )
        for index, one in enumerate(made, 1)
    ]
    document = run("\n\n\n".join(records))
    assert found(document) == wanted(made)
    assert [one.name for one in document.authors] == [one.author for one in made]


@given(one=MADE, data=st.data())
def test_any_labels_may_be_missing(run: Run, one: Made, data: st.DataObject) -> None:
    head, tail = head_labels(one), tail_labels(one)
    some = data.draw(st.lists(st.sampled_from(head), unique=True))
    record = lexisnexis_record(one, some, data.draw(st.permutations(tail)))
    assert found(run(record)) == wanted([one])


@given(made=SEVERAL, has_cover=st.booleans())
def test_any_articles_in_the_newer_layout(run: Run, made: list[Made], *, has_cover: bool) -> None:
    assert found(run(nexis(made, has_cover=has_cover))) == wanted(made)


@given(made=SEVERAL)
def test_any_articles_with_codes(run: Run, made: list[Made]) -> None:
    assert found(run(factiva(made))) == wanted(made)


@given(made=SEVERAL, language=st.sampled_from(sorted(BARE)))
def test_any_articles_without_codes(run: Run, made: list[Made], language: str) -> None:
    assert found(run(factiva_bare(made, language))) == wanted(made)


@given(made=SEVERAL)
def test_any_articles_of_europresse(run: Run, made: list[Made]) -> None:
    assert found(run(europresse(made))) == wanted(made)


@given(made=st.lists(MADE, min_size=2, max_size=5, unique_by=lambda one: one.number))
def test_any_articles_with_their_sources(run: Run, made: list[Made]) -> None:
    assert found(run(with_sources_above(made))) == wanted(made)
    assert found(run(with_sources_below(made))) == wanted(made)


@given(made=st.lists(MADE, min_size=2, max_size=5, unique_by=lambda one: one.number))
def test_any_articles_under_labels(run: Run, made: list[Made]) -> None:
    assert found(run(proquest(made))) == wanted(made)
    assert found(run(labelled(made))) == wanted(made)
    assert found(run(with_labels_below(made))) == wanted(made)


@given(made=SEVERAL, data=st.data())
def test_index_and_texts_in_any_order(run: Run, made: list[Made], data: st.DataObject) -> None:
    entries = data.draw(st.permutations(made))
    index = [mediargus_entry(one, number) for number, one in enumerate(entries, 1)]
    texts = [mediargus_text(one, has_author=data.draw(st.booleans())) for one in made]
    assert found(run("\n\n\n".join([*index, *texts]))) == wanted(made)


@given(lines=st.lists(LINES, max_size=40))
def test_any_lines_of_exports(run: Run, lines: list[str]) -> None:
    """Nothing is lost: each word of the source is in a paragraph or a removed span, once."""
    text = "\n".join(lines)
    document = run(text)
    assert document == run(text)
    assert check_document(document)[0] == []
    if document.articles:
        spans = [(one.source_start, one.source_end) for one in document.paragraphs]
        spans += [(one.source_start, one.source_end) for one in document.removed_spans]
        kept = Counter(c for start, end in spans for c in text[start:end] if not c.isspace())
        assert kept == Counter(c for c in text if not c.isspace())


NUMBER = "Document KADE000020110303e7bu00005"
RECORD = "1 of 9 DOCUMENTS\n\nLENGTH: 1 words\n\nLANGUAGE: DUTCH\n\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "pieces"),
    [
        ("", [f"{RECORD}De kade is nat.\n\n"]),
        ("1 of 9 DOCUMENTS\n", ["LENGTH: 1 words\n"]),
        (RECORD, ["De kade;\n"]),
        (lexisnexis([Made(1, date(2011, 3, 2))]), ["LANGUAGE: DUTCH\n\n"]),
        ("", ["Body\nLength: 1 words\nSection: A\nEnd of Document\n"]),
        (
            "",
            [
                "1. De kade\n\nDe Kade, zondag 6 maart 2011, p. 3, 12w.\n\n",
                "06-03-2011, p.3\n\nDe kade\n\nNat.\n\n",
            ],
        ),
        ("Factiva\n", ["HD\tDe kade\nLP\nNat.\nWC\t1\nPD\t1\nLA\tDutch\n"]),
        ("WC\nPD\nLA\nLP\nNat.\n", ["HD\tDe kade\n", "SE\nDe kade\n"]),
        ("", ["De kade\n9 words\n3 maart 2011\nDe Kadebode\nKADE\nNat.\n", f"{NUMBER}\n"]),
        ("", [f"De kade\n9 words\n3 maart 2011\nDe Kadebode\nKADE\nNat.\n{NUMBER}\n"]),
        ("", ["De Kadebode\njeudi 3 mars 2011\nDe kade\n\nNat.\nnews·20110303·KB·000003\n"]),
        ("", ["De kade\nDe Kadebode, 3 maart 2011, p. 3\n\nHet water is nat, en dat blijft zo.\n"]),
        ("", ["De Kadebode, 3 maart 2011, p. 3\n"]),
        ("", ["Title: De kade\nPublication: Bode\nDate: 3 maart 2011\nFull text: Nat.\n"]),
        ("Full text: nat\n", ["Title: De kade\n", "Author: De kade\n", "Date: 3 maart 2011\n"]),
    ],
    ids=range(15),
)
def test_large_exports_take_linear_time(run: Run, before: str, pieces: list[str]) -> None:
    def export(count: int) -> str:
        return before + "".join(piece * count for piece in pieces)

    assert check_document(run(export(400)))[0] == []
    assert_in_proportion(run, export, 100)
