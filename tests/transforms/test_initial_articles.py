"""The five initial articles come out right.

They lie outside the project and are not its own: facts are checked, not sentences.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.facts import parse_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]
    Case = tuple[dict[str, Any], ProcessedDocument]


CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the initial articles lie outside the project"
)

EXPECTED: dict[str, dict[str, Any]] = {
    "000": {
        "date": "2023-03-10",
        "authors": ["Rob de Wijk"],
        "publisher": "Trouw",
        "roles": {
            "headline": 1,
            "dateline": 1,
            "byline": 2,
            "heading": 3,
            "body": 10,
            "biography": 1,
        },
    },
    "001": {
        "date": None,
        "precision": "interval",
        "authors": [],
        "publisher": None,
        "roles": {"heading": 7, "body": 31, "pull_quote": 4},
    },
    "002": {
        "date": "2022-12",
        "authors": [],
        "publisher": None,
        "roles": {"heading": 1, "body": 4, "pull_quote": 2},
    },
    "003": {
        "date": "2022-01",
        "authors": [],
        "publisher": None,
        "roles": {"heading": 4, "body": 18, "pull_quote": 1},
    },
    "004": {
        "date": None,
        "authors": ["Seyed Alireza Mousavi"],
        "publisher": None,
        "roles": {"byline": 1, "heading": 4, "body": 16, "biography": 1},
    },
}
PRECISIONS = {None: "unknown", 7: "month", 10: "day"}


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def case(request: pytest.FixtureRequest, run: Run) -> Case:
    (path,) = CORPUS.glob(f"{request.param}_*.txt")
    return EXPECTED[request.param], run(path.read_bytes())


def test_fields(case: Case, check_invariants: Check) -> None:
    expected, document = case
    check_invariants(document)
    (article,) = document.articles
    assert article.date_published == expected["date"]
    precision = PRECISIONS[expected["date"] and len(expected["date"])]
    assert article.date_published_precision == expected.get("precision", precision)
    assert article.completeness == "complete"
    assert [author.name for author in document.authors] == expected["authors"]
    assert article.author == (expected["authors"][0] if expected["authors"] else None)
    assert (article.publisher, article.language) == (expected["publisher"], "nl")


def test_a_text_that_names_a_month_as_past_was_not_published_before(run: Run) -> None:
    (path,) = CORPUS.glob("001_*.txt")
    document = run(path.read_bytes())
    assert document.articles[0].date_published_not_before == date(2024, 6, 1)
    assert document.articles[0].date_published_not_after is None


def test_a_catalogue_knows_the_column(registers: Registers) -> None:
    (path,) = CORPUS.glob("000_*.txt")
    name = hashlib.sha256(path.read_bytes()).hexdigest()
    facts = {"publisher": "Trouw", "hostname": "hcss.nl", "genre": "column"}
    known = replace(registers, catalog=parse_catalog({"documents": [{"sha256": name, **facts}]}))
    document = process(RawDocument(name, path.name, path.read_bytes()), known)
    article = document.articles[0]
    assert (article.publisher, article.hostname, article.genre) == ("Trouw", "hcss.nl", "column")
    stated = {one.field for one in document.statements if one.method == "catalog_hash"}
    assert stated == {"publisher", "hostname", "genre"}
    carrier = {one.value for one in document.statements if one.field == "publisher"}
    assert "The Hague Centre for Strategic Studies" in carrier


def test_roles(case: Case) -> None:
    expected, document = case
    assert Counter(paragraph.role for paragraph in document.paragraphs) == expected["roles"]


def test_nothing_of_the_page_is_in_the_text(case: Case) -> None:
    _, document = case
    lines = document.articles[0].text.split("\n\n")
    assert not any(line.startswith(("•", "*", "©", "date ")) for line in lines)
    assert not any(
        word in document.articles[0].text for word in ("cookies", "Share on", "IBAN", "GDPR")
    )


def test_headline_of_the_page(run: Run) -> None:
    (path,) = CORPUS.glob("000_*.txt")
    document = run(path.read_bytes())
    headline = document.articles[0].headline or ""
    assert headline.startswith("Vroeg of laat")
    assert "Column" not in headline
    reasons = {span.reason for span in document.removed_spans}
    assert {
        "navigation",
        "share_buttons",
        "related_links",
        "address",
        "legal",
        "cookie_banner",
        "kicker",
    } == reasons


def test_only_the_page_has_a_headline(case: Case) -> None:
    expected, document = case
    assert bool(document.articles[0].headline) == ("headline" in expected["roles"])


def test_wrapped_lines_are_joined(run: Run) -> None:
    (path,) = CORPUS.glob("004_*.txt")
    text = run(path.read_bytes()).articles[0].text
    assert "West-Oekraïne" in text
    assert text.count("staakt-het-vuren") == 6
    assert "staakt- " not in text
    assert "staakthet" not in text
