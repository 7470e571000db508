"""Exports that real databases made, against what is known of them; they lie elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knipsel.expectations.documents.document_rules import check_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

EXPORTS = Path(__file__).parents[2].parent / "shared" / "evaldata" / "exports"
pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the exports lie outside the project")

FIELDS = {
    "section": {"article_section", "pagination", "print_edition"},
    "author": {"author"},
    "byline": {"author", "byline", "alternative_headline"},
    "signature": {"author"},
    "dateline": {"dateline"},
    "language": {"language"},
    "load-date": {"load_date"},
    "update": {"load_date"},
    "date-chargement": {"load_date"},
    "publication-type": {"publication_type"},
    "type-publication": {"publication_type"},
    "pub-type": {"publication_type"},
    "document-type": {"genre", "genre_label"},
    "journal-code": {"publication_code"},
    "code-revue": {"publication_code"},
    "subject": {"keywords"},
    "pub-subject": {"keywords"},
    "company": {"organisation"},
    "guests": {"contributor"},
    "anchors": {"contributor"},
    "bio": {"biography"},
    "highlight": {"description"},
    "transcript": {"identifier"},
}
"""The fields in which the value under a label must be evidence."""
UNDATED = 1
"""Records whose date the list takes from the day of loading."""
SEASONS = 1
"""Records dated by a season, for which the list has the first of a month."""
ARTEFACTS = 10
"""Texts of the list that hold a label, lack a line, or come from a field below the text."""

LOST = 5
"""Words of the texts that come out as no part of an article: a heading over a pull quote."""


def plain(text: str | None) -> str:
    """Return a text with each stretch of white space as a single blank."""
    return " ".join((text or "").split())


@pytest.fixture(scope="module")
def lexisnexis(run: Run) -> ProcessedDocument:
    return run((EXPORTS / "lexisnexis_test.txt").read_bytes())


@pytest.fixture(scope="module")
def solutions() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (EXPORTS / "lexisnexis_test_body_sols.json").read_text(encoding="utf-8")
    )
    return rows


def test_records_of_lexisnexis(
    lexisnexis: ProcessedDocument, solutions: list[dict[str, Any]]
) -> None:
    assert check_document(lexisnexis)[0] == []
    assert len(lexisnexis.articles) == len(solutions)
    for article, solution in zip(lexisnexis.articles, solutions, strict=True):
        rows = [one for one in lexisnexis.statements if one.article_id == article.article_id]
        under = [plain(one.value) for one in rows if one.field == "alternative_headline"]
        title = None if solution["title"] == "No title found!" else plain(solution["title"])
        assert title in {article.headline, "; ".join([article.headline or "", *under])}
        for label, fields in FIELDS.items():
            evidence = {plain(one.original_text) for one in rows if one.field in fields}
            assert label not in solution or plain(solution[label]) in evidence
        if "length_int" in solution:
            counts = [one.value for one in rows if one.field == "word_count"]
            assert counts == [str(solution["length_int"])]


def test_dates_of_lexisnexis(
    lexisnexis: ProcessedDocument, solutions: list[dict[str, Any]]
) -> None:
    """No date is other than that of the list, or finer."""
    pairs = [
        (article.date_published, solution["date"][:10])
        for article, solution in zip(lexisnexis.articles, solutions, strict=True)
    ]
    assert sum(found is None for found, _ in pairs) == UNDATED
    others = [found for found, day in pairs if found and not day.startswith(found)]
    assert len(others) == SEASONS
    assert all(re.fullmatch(r"\d{4}-2[1-4]", found) for found in others)


def test_texts_of_lexisnexis(
    lexisnexis: ProcessedDocument, solutions: list[dict[str, Any]]
) -> None:
    texts = []
    for article in lexisnexis.articles:
        rows = [one for one in lexisnexis.statements if one.article_id == article.article_id]
        under = next((one.value for one in rows if one.field == "alternative_headline"), "")
        texts.append(plain(article.text).removeprefix(plain(under)).strip())
    same = sum(
        text == plain(solution["text"]) for text, solution in zip(texts, solutions, strict=True)
    )
    assert same >= len(solutions) - ARTEFACTS


def test_an_export_with_mixed_languages(run: Run) -> None:
    document = run((EXPORTS / "lexisnexis_test3.txt").read_bytes())
    assert [one.date_published for one in document.articles] == ["2002-09-24"] * 2
    assert {one.publisher for one in document.articles} == {"De Telegraaf"}


@pytest.fixture(scope="module")
def mediargus(run: Run) -> ProcessedDocument:
    return run((EXPORTS / "mediargus_30.txt").read_bytes())


def test_each_entry_of_the_index_has_its_article(mediargus: ProcessedDocument) -> None:
    assert check_document(mediargus)[0] == []
    index = mediargus.source_text[: mediargus.source_text.index("30-11-2011, p.23")]
    entries = re.findall(
        r"^\W?\d+\. (.+?)\s+^(.+?), \w+ (\d+) (oktober|november) 2011, p\. (\d+), (\d+)w\.",
        index,
        re.MULTILINE,
    )
    months = {"oktober": 10, "november": 11}
    for article, entry in zip(mediargus.articles, entries, strict=True):
        title, outlet, day, month, page, count = entry
        untitled = title == "Artikel zonder titel"
        assert article.headline == (None if untitled else plain(title))
        assert article.publisher == outlet
        assert article.date_published == f"2011-{months[month]}-{int(day):02d}"
        stated = {
            (one.field, one.value)
            for one in mediargus.statements
            if one.article_id == article.article_id
        }
        assert {("pagination", page), ("word_count", count)} <= stated


def test_each_word_of_the_texts_is_in_an_article(mediargus: ProcessedDocument) -> None:
    source = mediargus.source_text
    begin = source.index("30-11-2011, p.23")
    words = Counter(source[begin:].split())
    kept = Counter(
        word
        for one in mediargus.paragraphs
        for word in source[one.source_start : one.source_end].split()
    )
    known = {"export_field", "legal", "headline_repeat"}
    fields = Counter(
        word
        for one in mediargus.removed_spans
        if one.source_start >= begin and one.reason in known
        for word in one.text.split()
    )
    assert (words - kept - fields).total() <= LOST
