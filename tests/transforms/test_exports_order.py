"""Exports whose lines tell by their order what they are, and what is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.exported import lexisnexis
from tests.exported_sources import factiva_bare, with_sources_below
from tests.texts import article
from tests.transforms.test_exports import ARTICLES, removed, sound, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]


def test_records_that_nobody_counted(run: Run) -> None:
    text = "\n".join(
        line for line in lexisnexis(ARTICLES).splitlines() if not line.endswith("DOCUMENTS")
    )
    document = sound(run(text))
    assert [
        (one.headline, one.publisher, one.date_published, one.text) for one in document.articles
    ] == [(made.headline, made.outlet, made.day.isoformat(), made.text) for made in ARTICLES]
    assert "Terms: haven AND date" in removed(document)["export_index"]


def test_a_line_of_the_masthead_that_stands_beside_the_middle(run: Run) -> None:
    made = ARTICLES[0]
    text = lexisnexis([made])
    line = next(line for line in text.splitlines() if line.strip().startswith("woensdag"))
    (one,) = sound(run(text.replace(line, f"{' ' * 26}{made.dutch_day}"))).articles
    assert (one.headline, one.date_published) == (made.headline, made.day.isoformat())


def test_a_correction_above_the_headline_is_none(run: Run) -> None:
    made = ARTICLES[0]
    text = lexisnexis([made]).replace(made.headline, f"Correction Appended\n\n{made.headline}")
    document = sound(run(text))
    assert document.articles[0].headline == made.headline
    assert values(document, 1, "correction") == ["Correction Appended"]


def test_numbers_of_words_beyond_a_thousand(run: Run) -> None:
    made = ARTICLES[0]
    text = factiva_bare([made]).replace(f"{len(made.text.split())} words", "1,234 words")
    document = sound(run(text))
    assert document.articles[0].headline == made.headline
    assert values(document, 1, "word_count") == ["1234"]


def test_a_list_of_titles_and_teasers_is_not_divided(run: Run) -> None:
    rows = [
        f"{made.headline}\n{made.outlet}, {made.dutch_day}, p. 3\n{made.paragraphs[0][:120]} ..."
        for made in ARTICLES
    ]
    document = run("\n\n".join(rows))
    assert "cuttings" not in (document.reader or "")


def test_comments_with_names_and_days_are_no_sources(run: Run) -> None:
    made = ARTICLES[0]
    comments = [f"{one.author}, {one.dutch_day}\n\n{one.paragraphs[0]}" for one in ARTICLES]
    document = sound(run("\n\n".join([made.headline, made.text, *comments])))
    assert document.reader == "plain"


def test_labels_between_two_texts_are_of_neither(run: Run) -> None:
    """What stands above the first labels and below the last could each be the text of both."""
    labels = [
        f"Outlet: {made.outlet}\nDate: {made.dutch_day}\nPages: {made.page}" for made in ARTICLES
    ]
    parts = [f"{one}\n\n{made.text}" for one, made in zip(labels, ARTICLES, strict=True)]
    document = run("\n\n".join([article(9), *parts]))
    assert "labelled" not in (document.reader or "")


def test_old_numbers_of_factiva(run: Run) -> None:
    text = factiva_bare(ARTICLES).replace("KADE0000", "j0000000").replace("\nKADE\n", "\nJ\n")
    document = sound(run(text))
    assert [one.publisher for one in document.articles] == [made.outlet for made in ARTICLES]
    assert values(document, 1, "publication_code") == ["J"]


def test_europresse_as_a_page(run: Run) -> None:
    page = "".join(
        f'<article><div><span class="DocPublicationName">{made.outlet}, no. 22</span></div>'
        f'<span class="DocHeader">Région, mardi {made.day.day} mars 2011, p. {made.page}</span>'
        f'<p class="titreArticleVisu rdp__articletitle">{made.headline}</p>'
        f"<p>Hanne Terwolde et Bram Oudejans</p><div>"
        + "".join(f"<p>{part}</p>" for part in made.paragraphs)
        + f"</div><p>© 2011 {made.outlet}</p><div>news·201103{made.day.day:02}·KB·20×20×22</div>"
        "</article>"
        for made in ARTICLES
    )
    document = sound(run(f"<html><body>{page}</body></html>"))
    assert document.reader == "html+europresse"
    assert [
        (one.headline, one.publisher, one.date_published, one.text) for one in document.articles
    ] == [(made.headline, made.outlet, made.day.isoformat(), made.text) for made in ARTICLES]
    assert [one.name for one in document.authors[:2]] == ["Hanne Terwolde", "Bram Oudejans"]
    assert values(document, 1, "article_section") == ["Région"]


def test_a_section_is_no_outlet(run: Run) -> None:
    text = with_sources_below(ARTICLES)
    for made in ARTICLES:
        text = text.replace(f"{made.outlet}, {made.dutch_day}", f"Binnenland, {made.dutch_day}")
    document = run(text)
    assert {one.publisher for one in document.articles} == {None}
