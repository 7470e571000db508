"""What is removed and reads as text of an article: its reason, and the doubt that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.transforms.metadata_articles import statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

QUAY = (
    "De kade in het oude centrum moet omhoog, want het water komt elk jaar verder, zegt de raad.",
    "Volgens de bewoners is er geen tijd meer te verliezen, en dat weet de gemeente nu ook.",
    "Het waterschap betaalt een deel van de kosten en de provincie de rest, als alles goed gaat.",
    "In het najaar begint de aannemer met het werk aan de oevers van de gracht.",
    "Tot die tijd blijft de straat open voor verkeer, al is dat niet overal zo.",
)
PAINTING = (
    "In het museum hangt sinds deze week een schilderij dat niemand kende of durft te verkopen.",
    "De directeur kocht het op een markt voor een paar tientjes, en dacht er niet over na.",
    "Nu zeggen kenners dat het van een meester is die in de stad heeft gewoond en gewerkt.",
    "Wie het wil zien moet in de rij staan, want het is drukker dan ooit in de zalen.",
    "Een tweede doek zou er ook nog zijn, maar daar wil de familie niets over zeggen.",
)


def paragraphs(sentences: tuple[str, ...], count: int) -> str:
    """Return ``count`` paragraphs of two sentences and one of their own."""
    pairs = (f"{sentences[i % 5]} {sentences[(i + 2) % 5]} Dat was {i}." for i in range(count))
    return "".join(f"<p>{pair}</p>" for pair in pairs)


def page(foot: str, midst: str = "", head: str = "") -> str:
    """Return a page whose article has six paragraphs, with a foot."""
    above, below = paragraphs(QUAY, 6), paragraphs(QUAY[::-1], 2)
    return (
        f"<html><head><title>De kade moet omhoog</title>{head}</head><body><article>"
        f"<h1>De kade in het centrum moet omhoog</h1>{above}{midst}{below}</article>"
        f"<footer>{foot}</footer></body></html>"
    )


def reasons(document: ProcessedDocument) -> dict[str, str]:
    return {span.reason: span.text for span in document.removed_spans}


def doubts(document: ProcessedDocument) -> set[str]:
    return {one.method for one in statements(document, "completeness") if one.value == "unknown"}


def test_prose_under_a_line_has_a_reason_of_its_own(run: Run) -> None:
    """A claim to copyright says nothing of the article that stands under it."""
    removed = reasons(run(page(f"<p>© 2024 De Krant</p>{paragraphs(PAINTING, 3)}")))
    assert removed["legal"].strip() == "© 2024 De Krant"
    assert "schilderij" in removed["other_prose"]
    assert not {"boilerplate", "navigation"} & removed.keys()


def test_prose_with_a_sign_of_its_own_keeps_it(run: Run) -> None:
    notice = "<p>Wij gebruiken cookies om de site beter te maken. Lees ons cookiebeleid.</p>"
    document = run(page(notice))
    assert "cookies" in reasons(document)["cookie_banner"]
    assert not doubts(document)


def test_comments_are_removed_for_their_heading_and_leave_no_doubt(run: Run) -> None:
    document = run(page(f"<h3>Reacties</h3>{paragraphs(PAINTING, 2)}"))
    assert "schilderij" in reasons(document)["related_links"]
    assert "mostly_removed" not in doubts(document)


@pytest.mark.parametrize("count", [6, 14])
def test_a_long_stretch_of_prose_is_not_removed_in_silence(run: Run, count: int) -> None:
    """A statement quotes where it begins, and the article is not said to be complete."""
    document = run(page(f"<p>© 2024 De Krant</p>{paragraphs(PAINTING, count)}"))
    expected = {"prose_removed"} | ({"mostly_removed"} if count > 10 else set())
    assert doubts(document) == expected
    assert document.articles[0].completeness == "unknown"
    for one in statements(document, "completeness"):
        assert (one.original_text or "") in reasons(document)[
            "other_prose"
        ] or one.value != "unknown"


def test_a_page_with_a_short_notice_is_complete(run: Run) -> None:
    document = run(page("<p>© 2024 De Krant</p>"))
    assert (doubts(document), document.articles[0].completeness) == (set(), "complete")


def test_the_number_of_words_that_a_page_declares_settles_it(run: Run) -> None:
    foot = f"<p>© 2024 De Krant</p>{paragraphs(PAINTING, 6)}"
    words = run(page(foot)).articles[0].word_count
    declared = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "De kade moet omhoog", "wordCount": {words}}}</script>'
    )
    document = run(page(foot, head=declared))
    assert (doubts(document), document.articles[0].completeness) == (set(), "complete")


def test_a_list_in_the_midst_of_a_page_is_part_of_its_article(run: Run) -> None:
    """Extractors of pages leave such lists out; the text around shows what they are."""
    items = (
        "De oever van de gracht wordt een meter hoger, zodat het water niet in de kelders komt.",
        "De bomen worden verplaatst naar het park, waar ze volgens de gemeente beter groeien.",
        "De winkels krijgen geld voor de maanden waarin de straat voor hun klanten dicht is.",
    )
    text = run(page("", f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"))
    assert all(one in text.articles[0].text for one in items)
