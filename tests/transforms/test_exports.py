"""Exports of press databases: each article by itself, with what the database says of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knipsel.expectations.documents.document_rules import check_document
from knipsel.flows.config.register_files import load_models
from knipsel.transforms.read.exports import EXPORTS
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.pages.reasons import REASONS
from knipsel.transforms.registers.parse import parse_registers
from tests.exported import (
    WORDS,
    Made,
    factiva,
    head_labels,
    lexisnexis,
    lexisnexis_record,
    mediargus,
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
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

ARTICLES = [Made(number, date(2011, 3, number + 1), number + 1) for number in range(1, 6)]
TURNED = "labelled in the text"
KINDS = {
    **{f"lexisnexis {language}": lexisnexis(ARTICLES, language) for language in WORDS},
    "nexis": nexis(ARTICLES),
    "nexis without cover": nexis(ARTICLES, has_cover=False),
    "factiva": factiva(ARTICLES),
    "mediargus": mediargus(ARTICLES),
    **{f"factiva bare {language}": factiva_bare(ARTICLES, language) for language in BARE},
    "europresse": europresse(ARTICLES),
    TURNED: proquest(ARTICLES),
    "labelled above": labelled(ARTICLES),
    "labelled below": with_labels_below(ARTICLES),
    "cuttings above": with_sources_above(ARTICLES),
    "cuttings below": with_sources_below(ARTICLES),
}


def values(document: ProcessedDocument, position: int, field: str) -> list[str]:
    """Return all values of a field that are stated of an article, the chosen one first."""
    article_id = document.articles[position - 1].article_id
    rows = [one for one in document.statements if one.article_id == article_id]
    return [one.value for one in sorted(rows, key=lambda one: not one.chosen) if one.field == field]


def removed(document: ProcessedDocument) -> dict[str, str]:
    """Return all that was removed for each reason."""
    texts: dict[str, str] = {}
    for span in document.removed_spans:
        texts[span.reason] = f"{texts.get(span.reason, '')}\n{span.text}"
    return texts


def sound(document: ProcessedDocument) -> ProcessedDocument:
    """Return a document that every rule passes."""
    assert check_document(document)[0] == []
    assert {span.reason for span in document.removed_spans} <= set(REASONS)
    return document


@pytest.mark.parametrize("kind", KINDS)
def test_every_article_of_an_export(run: Run, kind: str) -> None:
    document = sound(run(KINDS[kind]))
    assert document.reader == f"plain+{kind.split(maxsplit=1)[0]}"
    assert [one.text for one in document.articles] == [made.text for made in ARTICLES]
    assert [
        (one.headline, one.publisher, one.date_published, one.language) for one in document.articles
    ] == [(made.headline, made.outlet, made.day.isoformat(), "nl") for made in ARTICLES]


# Mediargus names authors for some only; names turned round need the lists of first names, which
# the registers of these tests leave out.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"mediargus", TURNED}])
def test_authors_of_an_export(run: Run, kind: str) -> None:
    document = run(KINDS[kind])
    assert [one.name for one in document.authors] == [made.author for made in ARTICLES]


@pytest.mark.parametrize("kind", KINDS)
def test_each_article_has_its_headline_as_a_paragraph(run: Run, kind: str) -> None:
    document = run(KINDS[kind])
    heads = [one.text for one in document.paragraphs if one.role == "headline"]
    assert heads == [made.headline for made in ARTICLES]


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_stands_where_it_is_said_to(run: Run, kind: str) -> None:
    document = run(KINDS[kind])
    fields = {"headline", "publisher", "date_published"}
    chosen = [one for one in document.statements if one.chosen and one.field in fields]
    assert len(chosen) == len(fields) * len(ARTICLES)
    for one in chosen:
        assert one.method in {"export_field", "export_index"}
        assert one.source_start is not None
        assert one.original_text == document.source_text[one.source_start : one.source_end]


@pytest.mark.parametrize("kind", KINDS)
def test_windows_line_ends_change_nothing(run: Run, kind: str) -> None:
    document = sound(run(KINDS[kind].replace("\n", "\r\n")))
    assert [one.text for one in document.articles] == [made.text for made in ARTICLES]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_an_export_that_is_cut_off(run: Run, kind: str, share: float) -> None:
    """What is whole above the cut comes out whole; the rest is removed, or is a shorter article."""
    text = KINDS[kind]
    document = sound(run(text[: int(len(text) * share)]))
    whole = [one.text for one in document.articles][:-1]
    assert whole == [made.text for made in ARTICLES][: len(whole)]


def test_fields_of_lexisnexis(run: Run) -> None:
    document = run(lexisnexis(ARTICLES, "de"))
    for position, made in enumerate(ARTICLES, 1):
        assert values(document, position, "article_section") == ["BINNENLAND"]
        assert values(document, position, "pagination") == [str(made.page)]
        assert values(document, position, "word_count") == [str(len(made.text.split()))]
        assert values(document, position, "load_date") == [made.day.isoformat()]
        assert "nl" in values(document, position, "language")
        assert values(document, position, "publication_type") == ["Zeitung"]
        assert values(document, position, "publication_code") == ["KB"]
        assert values(document, position, "copyright_notice") == ["Copyright 2011 Kade Uitgevers"]
    taken = removed(document)
    assert "Terms: haven AND date" in taken["export_index"]
    assert "Dokument 3 von 5" in taken["export_field"]
    assert "Copyright 2011 Kade Uitgevers" in taken["legal"]


@pytest.mark.parametrize(
    ("old", "new", "edtf"),
    [
        ("woensdag 2 maart 2011", "December 30, 2008 Tuesday 6:10 PM  EST", "2008-12-30"),
        ("woensdag 2 maart 2011", "Mittwoch 31. August 2011", "2011-08-31"),
        ("woensdag 2 maart 2011", "17 mai 2003", "2003-05-17"),
        ("woensdag 2 maart 2011", "1 mei 2015 vrijdag", "2015-05-01"),
        ("woensdag 2 maart 2011", "January 2009", "2009-01"),
        ("woensdag 2 maart 2011", "Summer, 2008", "2008-22"),
    ],
)
def test_dates_of_the_masthead(run: Run, old: str, new: str, edtf: str) -> None:
    text = lexisnexis(ARTICLES[:1])
    line = next(line for line in text.splitlines() if line.strip() == old)
    (one,) = sound(run(text.replace(line, new.center(80).rstrip()))).articles
    assert one.date_published == edtf


def test_the_date_of_loading_is_not_the_date_of_publication(run: Run) -> None:
    made = ARTICLES[0]
    text = lexisnexis([made])
    line = next(line for line in text.splitlines() if line.strip().startswith("woensdag"))
    document = sound(run(text.replace(line, "")))
    assert document.articles[0].date_published is None
    assert values(document, 1, "load_date") == [made.day.isoformat()]


@pytest.mark.parametrize(
    "above",
    [
        ["HEADLINE: De sluis gaat open;\nEen dag later dan beloofd"],
        ["TITRE: De sluis gaat open;\nEen dag later dan beloofd", "SIGNATURE: Bram Oudejans"],
        ["De sluis gaat open;\nEen dag later dan beloofd", "BYLINE: Bram Oudejans"],
        ["De sluis gaat open;\nEen dag later dan beloofd"],
    ],
)
def test_headline_and_what_stands_under_it(run: Run, above: list[str]) -> None:
    made = ARTICLES[0]
    record = lexisnexis_record(made, ["LENGTH: 9 words"], tail_labels(made))
    document = sound(run(record.replace(made.headline, "\n\n".join(above))))
    (one,) = document.articles
    assert one.headline == "De sluis gaat open"
    assert values(document, 1, "alternative_headline") == ["Een dag later dan beloofd"]
    assert one.text == f"Een dag later dan beloofd\n\n{made.text}"


def test_labels_may_all_stand_below_the_text(run: Run) -> None:
    made = ARTICLES[0]
    labels = [*head_labels(made), *tail_labels(made)]
    (one,) = sound(run(lexisnexis_record(made, [], labels))).articles
    assert (one.headline, one.text, one.author) == (made.headline, made.text, made.author)


def test_a_label_within_the_text_is_text(run: Run) -> None:
    made = ARTICLES[0]
    record = lexisnexis_record(made, head_labels(made), tail_labels(made))
    line = "DE RAAD: Wij hebben niets beloofd, en wij zullen ook morgen niets beloven."
    first = record.index("In ")
    (one,) = sound(run(f"{record[:first]}{line}\n\n{record[first:]}")).articles
    assert one.text == f"{line}\n\n{made.text}"


def test_an_article_that_is_a_picture(run: Run) -> None:
    made = ARTICLES[0]
    record = lexisnexis_record(made, [], ["SECTION: NEWS; Pg. 2", *tail_labels(made)])
    picture = "GRAPHIC: De kade van Zoutmonde bij laag water, gisteren in de middag gezien."
    text = record.replace(record[record.index("In ") : record.index("SECTION")], f"{picture}\n\n")
    (one,) = sound(run(text)).articles
    assert one.headline == made.headline
    assert one.text == picture.removeprefix("GRAPHIC: ")


def test_captions_stay_out_of_the_text(run: Run) -> None:
    made = ARTICLES[0]
    tail = [*tail_labels(made), "GRAPHIC: De kade van Zoutmonde."]
    document = sound(run(lexisnexis_record(made, head_labels(made), tail)))
    assert document.articles[0].text == made.text
    assert [one.text for one in document.paragraphs if one.role == "caption"] == [
        "De kade van Zoutmonde."
    ]


def test_exports_one_after_the_other(run: Run) -> None:
    document = sound(run(f"{lexisnexis(ARTICLES[:2])}\n\n\n{lexisnexis(ARTICLES[2:], 'fr')}"))
    assert [one.text for one in document.articles] == [made.text for made in ARTICLES]


def test_a_record_without_an_article_is_removed(run: Run) -> None:
    empty = "\n\n\n".join(
        line.center(80) for line in ("2 of 2 DOCUMENTS", "Copyright 2011 Kade Uitgevers")
    )
    document = sound(run(f"{lexisnexis(ARTICLES[:1])}\n\n\n{empty}\n"))
    assert len(document.articles) == 1
    assert "2 of 2 DOCUMENTS" in removed(document)["export_field"]


def test_headings_in_an_export(run: Run) -> None:
    made = ARTICLES[0]
    parts = made.paragraphs
    text = lexisnexis([made]).replace("\n\nIn", "\n\nDicht tot maandag\n\nIn")
    document = sound(run(text))
    headings = [one.text for one in document.paragraphs if one.role == "heading"]
    assert headings == ["Dicht tot maandag"] * (len(parts) - 1)


def test_the_cover_of_nexis_is_no_article(run: Run) -> None:
    document = run(nexis(ARTICLES))
    taken = removed(document)
    assert "Job Number: 166421231" in taken["export_index"]
    assert f"5. {ARTICLES[4].headline}" in taken["export_index"]
    assert values(document, 1, "print_edition") == ["Eerste Editie"]
    assert values(document, 1, "keywords") == ["PORTS (90%); NEGOTIATIONS (80%)"]
    assert [one.text for one in document.paragraphs if one.role == "caption"] == [
        "De kade bij laag water."
    ] * len(ARTICLES)


def test_factiva_codes_above_their_values(run: Run) -> None:
    text = factiva(ARTICLES)
    document = sound(run(text.replace("\t", "\n\n")))
    assert [one.text for one in document.articles] == [made.text for made in ARTICLES]
    assert [one.headline for one in document.articles] == [made.headline for made in ARTICLES]
    assert "Search Summary" in removed(document)["export_index"]


def test_factiva_records_without_their_numbers(run: Run) -> None:
    lines = factiva(ARTICLES).splitlines()
    document = sound(run("\n".join(line for line in lines if not line.startswith("AN\t"))))
    assert [one.headline for one in document.articles] == [made.headline for made in ARTICLES]
    assert values(document, 3, "article_section") == ["Binnenland"]


def test_the_index_of_mediargus(run: Run) -> None:
    document = run(mediargus(ARTICLES))
    for position, made in enumerate(ARTICLES, 1):
        assert set(values(document, position, "pagination")) == {str(made.page)}
        assert values(document, position, "word_count") == [str(len(made.text.split()))]
        assert document.articles[position - 1].author == (
            made.author if made.number % 2 == 0 else None
        )
        edition = [] if made.number % 2 == 0 else ["Kust, Polder"]
        assert values(document, position, "print_edition") == edition


def test_a_count_in_the_index_that_is_wrong_is_kept_beside_the_right_one(run: Run) -> None:
    count = str(len(ARTICLES[0].text.split()))
    document = sound(run(mediargus(ARTICLES).replace(f", {count}w.", ", 99w.", 1)))
    assert values(document, 1, "word_count") == [count, "99"]


def test_entries_and_texts_in_another_order(run: Run) -> None:
    entries = [mediargus_entry(one, number) for number, one in enumerate(ARTICLES, 1)]
    texts = [mediargus_text(one) for one in reversed(ARTICLES)]
    document = sound(run("\n\n\n".join([*entries, *texts])))
    assert [(one.headline, one.publisher, one.author) for one in document.articles] == [
        (made.headline, made.outlet, made.author) for made in reversed(ARTICLES)
    ]


def test_an_entry_without_its_text_and_a_text_without_its_entry(run: Run) -> None:
    entries = [mediargus_entry(one, one.number) for one in ARTICLES[:3]]
    texts = [mediargus_text(one) for one in ARTICLES[1:4]]
    document = sound(run("\n\n\n".join([*entries, *texts])))
    assert [one.publisher for one in document.articles] == [
        *(made.outlet for made in ARTICLES[1:3]),
        None,
    ]
    assert [one.date_published for one in document.articles] == [
        made.day.isoformat() for made in ARTICLES[1:4]
    ]
    assert ARTICLES[0].headline in removed(document)["export_index"]
    assert document.articles[2].text.endswith(ARTICLES[3].text)


def test_two_articles_on_one_page_go_by_their_titles(run: Run) -> None:
    pair = [Made(1, date(2011, 3, 2)), Made(2, date(2011, 3, 2))]
    entries = [mediargus_entry(one, number) for number, one in enumerate(pair, 1)]
    texts = [mediargus_text(one) for one in reversed(pair)]
    document = sound(run("\n\n\n".join([*entries, *texts])))
    assert [one.headline for one in document.articles] == [pair[1].headline, pair[0].headline]


def test_a_title_that_stands_again_as_in_print(run: Run) -> None:
    made = ARTICLES[0]
    printed = f"{made.headline}\n\nWat er aan de kade gebeurt\n\n{made.headline}\n"
    text = mediargus(ARTICLES).replace(f"{made.headline}\n\nIn", f"{printed}\nIn")
    document = sound(run(text))
    assert document.articles[0].text == f"Wat er aan de kade gebeurt\n\n{made.text}"
    assert removed(document)["headline_repeat"].strip() == made.headline


@pytest.mark.parametrize(
    "text",
    [
        f"1 of 4 documents\n\n{article(1)}\n\nLength: 12 words",
        f"{article(1)}\n\n3 of 12 DOCUMENTS\n\n{article(2)}",
        f"{article(1)}\n\nEnd of Document\n",
        f"Body\n\n{article(1)}\n\nEnd of Document",
        f"HD  is de code voor beeld.\n\n{article(1)}\n\nTD  ook.",
        f"Zie De Kadebode, woensdag 30 november 2011, p. 3, 853w.\n\n{article(1)}",
        f"{article(1)}\n\n30-11-2011, p.23\n\n{article(2)}",
        f"LENGTH: 9 words\n\nLANGUAGE: DUTCH\n\n{article(1)}",
    ],
)
def test_an_article_is_no_export(run: Run, text: str) -> None:
    document = sound(run(text))
    assert document.reader == "plain"
    assert len(document.articles) == 1


def test_a_register_of_exports_that_is_malformed(register_files: dict[str, str]) -> None:
    for old, new, key in [
        ("[seasons]\n", "[seasons]\n13 = ['x']\n", "seasons"),
        ("[lines]\n", "[lines]\nend_of_all = ['x']\n", "lines.end_of_all"),
        ("[labels]\n", "[labels]\nhost = 3\n", "labels.host"),
        ("[factiva]\n", "factiva = 1\n[other]\n", "factiva"),
    ]:
        changed = register_files["exports.toml"].replace(old, new, 1)
        with pytest.raises(RegisterError, match=rf"exports\.toml: .*{key}"):
            parse_registers({**register_files, "exports.toml": changed}, load_models())


def test_without_the_register_nothing_is_an_export(register_files: dict[str, str]) -> None:
    rest = {name: text for name, text in register_files.items() if name != "exports.toml"}
    exports = parse_registers(rest, load_models()).exports
    assert EXPORTS
    assert exports.line("1 of 4 DOCUMENTS") is None
    assert not exports.may_have("record", "1 of 4 DOCUMENTS")
