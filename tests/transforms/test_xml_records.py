"""XML whose elements are the fields of records: Factiva's, and others of the kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knipsel.expectations.documents.document_rules import check_document
from tests.exported import Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

ARTICLES = [Made(number, date(2011, 3, number + 1), number + 1) for number in range(1, 4)]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def factiva_xml(made: list[Made]) -> str:
    """Return articles as Factiva gives them to programs."""
    rows = []
    for one in made:
        first, *rest = (f"<paragraph>{part}</paragraph>" for part in one.paragraphs)
        rows.append(
            f"<article><accessionNo>KADE000020110302e7bu{one.number:05}</accessionNo>"
            f"<headline><paragraph>{one.headline}</paragraph></headline>"
            f"<byline>Door {one.author}</byline>"
            f"<publicationDate><date>{one.day.isoformat()}</date></publicationDate>"
            f"<sourceName>{one.outlet}</sourceName><leadParagraph>{first}</leadParagraph>"
            f"<tailParagraphs>{''.join(rest)}</tailParagraphs></article>"
        )
    return f"{HEAD}<ppsArticleResponse>{''.join(rows)}</ppsArticleResponse>"


def plain_xml(made: list[Made]) -> str:
    """Return articles as a program of one's own might write them, with elements that pages have."""
    rows = [
        f"<record><title>{one.headline}</title><date>{one.day.isoformat()}</date>"
        f"<publication>{one.outlet}</publication><author>{one.author}</author>"
        f"<text>{''.join(f'<p>{part}</p>' for part in one.paragraphs)}</text></record>"
        for one in made
    ]
    return f"{HEAD}<records>{''.join(rows)}</records>"


@pytest.mark.parametrize("make", [factiva_xml, plain_xml])
@pytest.mark.parametrize("count", [1, 3])
def test_each_record_is_an_article(run: Run, make: Callable[[list[Made]], str], count: int) -> None:
    document = run(make(ARTICLES[:count]))
    assert check_document(document)[0] == []
    assert [
        (one.headline, one.publisher, one.date_published, one.text) for one in document.articles
    ] == [
        (made.headline, made.outlet, made.day.isoformat(), made.text) for made in ARTICLES[:count]
    ]
    assert [one.name for one in document.authors] == [made.author for made in ARTICLES[:count]]


def test_other_xml_is_refused_in_words(run: Run) -> None:
    document = run(f"{HEAD}<settings><item><name>a</name><value>3</value></item></settings>")
    (reason,) = document.rejections
    assert reason.rule == "unsupported_media_type"
    assert "settings" in reason.message
