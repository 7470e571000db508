"""JSON of other tools: texts in parts, names that wrap, alternatives, descriptions alone; RIS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

FIRST, SECOND, *REST = article(1).split("\n\n")
FACTS = {"title": "De kade", "date": "2023-11-06"}


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def values(document: ProcessedDocument, field: str) -> list[str]:
    return [one.value for one in document.statements if one.field == field and one.chosen]


def block(text: str, style: str = "normal") -> dict[str, Any]:
    return {"_type": "block", "style": style, "children": [{"_type": "span", "text": text}]}


def node(kind: str, *texts: str) -> dict[str, Any]:
    return {"nodeType": kind, "content": [{"nodeType": "text", "value": text} for text in texts]}


@pytest.mark.parametrize(
    "record",
    [
        {
            "body": {
                "summary": ["Kort."],
                "sections": [
                    {"headline": [], "paragraphs": [FIRST]},
                    {"headline": ["Tussenkop"], "paragraphs": [SECOND]},
                ],
            }
        },
        {"sections": [{"text": FIRST}, {"heading": "Tussenkop", "text": SECOND}]},
        {
            "content_elements": [
                {"type": "text", "content": FIRST},
                {"type": "image", "url": "https://a.example/x.jpg"},
                {"type": "header", "level": 2, "content": "Tussenkop"},
                {"type": "interstitial_link", "content": "Lees ook dit andere stuk over de haven"},
                {"type": "text", "content": SECOND.replace("het", "<b>het</b>", 1)},
            ]
        },
        {"body": [block(FIRST), block("Tussenkop", "h2"), block(SECOND)]},
        {
            "body": {
                "nodeType": "document",
                "content": [
                    node("paragraph", FIRST[:20], FIRST[20:]),
                    node("heading-2", "Tussenkop"),
                    node("paragraph", SECOND),
                ],
            }
        },
        {
            "content": {
                "time": 1,
                "blocks": [
                    {"type": "paragraph", "data": {"text": FIRST}},
                    {"type": "header", "data": {"text": "Tussenkop", "level": 2}},
                    {"type": "paragraph", "data": {"text": SECOND}},
                ],
            }
        },
    ],
    ids=["fundus", "sections", "elements", "portable text", "nodes", "blocks"],
)
def test_a_text_in_parts_is_one_article(run: Run, record: dict[str, Any]) -> None:
    document = checked(run(json.dumps([FACTS | record])))
    (one,) = document.articles
    assert one.text.split("\n\n") == [FIRST, "Tussenkop", SECOND]
    assert (one.headline, one.date_published) == ("De kade", "2023-11-06")
    assert [p.text for p in document.paragraphs if p.role == "heading"] == ["Tussenkop"]


def test_captions_and_lists_in_parts(run: Run) -> None:
    elements = [
        {"type": "text", "content": FIRST},
        {"type": "image", "caption": "De kade gisteren", "credits": {"by": [{"name": "Foto X"}]}},
        {"type": "list", "items": [{"type": "text", "content": "één"}]},
    ]
    document = checked(run(json.dumps(FACTS | {"content_elements": elements})))
    roles = [(p.role, p.text) for p in document.paragraphs]
    assert roles[1:] == [("body", FIRST), ("caption", "De kade gisteren"), ("body", "één")]
    assert "Foto X" in document.removed_spans[0].text


@pytest.mark.parametrize(
    "record",
    [
        {"content": [FACTS | {"text": FIRST}, FACTS | {"title": "De brug", "text": SECOND}]},
        {"title": "Export", "content": [{"title": "De kade", "text": FIRST},
                                        {"title": "De brug", "text": SECOND}]},
        {"title": "Live", "date": "2023-11-06",
         "body": [FACTS | {"text": FIRST}, FACTS | {"title": "De brug", "text": SECOND}]},
    ],
)  # fmt: skip
def test_parts_that_are_articles_are_not_joined(run: Run, record: dict[str, Any]) -> None:
    document = checked(run(json.dumps(record)))
    assert [one.headline for one in document.articles] == ["De kade", "De brug"]
    assert [one.text for one in document.articles] == [FIRST, SECOND]


def test_comments_are_no_articles_and_no_parts(run: Run) -> None:
    comments = [{"author": "meeuw77", "text": SECOND}, {"author": "x", "text": SECOND}]
    document = checked(run(json.dumps([FACTS | {"text": FIRST, "comments": comments}])))
    (one,) = document.articles
    assert (one.text, one.author) == (FIRST, None)


def test_a_hit_of_elasticsearch(run: Run) -> None:
    hit = {"_index": "x", "_id": "7", "_source": FACTS | {"text": FIRST, "source": "De Havenbode"}}
    document = checked(run(json.dumps({"hits": {"total": 1, "hits": [hit]}})))
    (one,) = document.articles
    assert (one.headline, one.publisher) == ("De kade", "De Havenbode")
    assert values(document, "identifier") == ["7"]


def test_of_several_forms_the_first_counts(run: Run) -> None:
    """As ninjs gives them: headlines and bodies with a role each."""
    record = {
        "uri": "urn:1",
        "firstCreated": "2023-11-06T06:00:00Z",
        "versionCreated": "2023-11-07T06:00:00Z",
        "headlines": [{"role": "main", "value": "De kade"}, {"role": "short", "value": "Kade"}],
        "bodies": [{"value": FIRST}, {"value": f"<p>{FIRST}</p>"}],
        "by": "Anna de Boer",
    }
    document = checked(run(json.dumps(record)))
    (one,) = document.articles
    assert (one.headline, one.text, one.author) == ("De kade", FIRST, "Anna de Boer")
    assert one.date_published == "2023-11-06"
    assert (FIRST, "alternative_text") in {(s.text, s.reason) for s in document.removed_spans}


def test_records_with_descriptions_alone_are_teasers(run: Run) -> None:
    doc = {
        "headline": {"main": "De kade"},
        "abstract": "Kort.",
        "lead_paragraph": FIRST,
        "pub_date": "2023-11-06T07:00:00+0000",
        "byline": {"original": "Door Anna de Boer"},
    }
    document = checked(run(json.dumps({"response": {"docs": [doc]}})))
    (one,) = document.articles
    assert (one.headline, one.text, one.completeness) == ("De kade", FIRST, "teaser")
    assert (one.author, one.description) == ("Anna de Boer", "Kort.")


@pytest.mark.parametrize("more", [{}, {"homepage": "https://a.example"}, {"version": "1.2"}])
def test_things_with_a_description_are_no_articles(run: Run, more: dict[str, str]) -> None:
    thing = {"name": "x", "title": "Een pakket", "description": FIRST} | more
    (rejection,) = run(json.dumps(thing)).rejections
    assert rejection.rule == "wrong_json_shape"


@pytest.mark.parametrize("nothing", ["NA", "NULL", "NaN", "None", "\\N"])
def test_signs_for_nothing_are_nothing(run: Run, nothing: str) -> None:
    record = FACTS | {"author": nothing, "publisher": nothing, "text": FIRST}
    (one,) = checked(run(json.dumps(record))).articles
    assert (one.author, one.publisher) == (None, None)


@pytest.mark.parametrize(
    ("printed", "date"),
    [("45236", "2023-11-06"), ("45236.25", "2023-11-06"), ("12345", None), ("99999", None),
     ("2023/11/06", "2023-11-06"), ("2023.11.6", "2023-11-06"), ("2023/11", "2023-11"),
     ("20231106T070000+0100", "2023-11-06")],
)  # fmt: skip
def test_dates_of_other_tools(run: Run, printed: str, date: str | None) -> None:
    document = checked(run(json.dumps({"date": printed, "text": FIRST})))
    assert document.articles[0].date_published == date


@pytest.mark.parametrize(
    ("field", "value"),
    [("author", 3), ("author", "Boer, Anna de; Smit, Bo"), ("category", "4; 5"),
     ("length", "118 words")],
)  # fmt: skip
def test_numbers_turned_names_and_counts(run: Run, field: str, value: object) -> None:
    document = checked(run(json.dumps(FACTS | {field: value, "text": FIRST})))
    told = {
        "author": [] if value == 3 else ["Anna de Boer; Bo Smit"],
        "category": [],
        "length": ["118"],
    }
    names = {"author": "author", "category": "article_section", "length": "word_count"}
    assert values(document, names[field]) == told[field]


RIS = (
    "TY  - NEWS\nTI  - De kade\nAU  - Boer, Anna de\nAU  - Smit, Bo\nT2  - De Havenbode\n"
    f"DA  - 2023/11/06/\nSP  - 3\nUR  - https://havenbode.example/1\nAB  - {FIRST}\nER  - \n"
)


def test_references(run: Run) -> None:
    document = checked(run(RIS + "\n" + RIS.replace("De kade", "De brug").replace(FIRST, "Kort.")))
    (one,) = document.articles
    assert (document.reader, one.headline, one.publisher) == ("ris", "De kade", "De Havenbode")
    assert [name.name for name in document.authors] == ["Anna de Boer", "Bo Smit"]
    assert (one.date_published, one.text) == ("2023-11-06", FIRST)
    assert one.completeness == "teaser"
    assert values(document, "pagination") == ["3"]


def test_references_without_abstracts(run: Run) -> None:
    (rejection,) = run(RIS.replace(FIRST, "")).rejections
    assert rejection.rule == "wrong_ris_shape"


PARTS = st.recursive(
    st.sampled_from([FIRST, "kort", "<p>een</p><p>twee</p>", "", None, 3]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "content", "children", "title", "items", "caption", "date", "data"]
            ),
            inner | st.sampled_from(["paragraph", "header", "image", "list", "text"]),
            max_size=4,
        )
    ),
    max_leaves=25,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(parts=PARTS, key=st.sampled_from(["body", "content", "sections", "blocks", "data"]))
def test_any_parts_have_an_outcome(run: Run, parts: object, key: str) -> None:
    document = checked(run(json.dumps([FACTS | {key: parts}, FACTS | {"text": FIRST}])))
    assert document.articles


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("Tamsin Gull, Staff Writer", "Tamsin Gull"),
        ("Anna de Boer, redacteur", "Anna de Boer"),
        ("Anna de Boer, Piet Schrijver", "Anna de Boer; Piet Schrijver"),
    ],
)
def test_what_somebody_does_is_no_author(run: Run, printed: str, author: str) -> None:
    document = checked(run(json.dumps(FACTS | {"author": printed, "text": FIRST})))
    assert document.articles[0].author == author


def test_blocks_of_an_editor_are_named_with_their_maker(run: Run) -> None:
    blocks = [
        {"blockName": "core/paragraph", "innerHTML": f"<p>{FIRST}</p>"},
        {"blockName": "core/heading", "innerHTML": "<h2>Tussenkop</h2>"},
    ]
    document = checked(run(json.dumps({"post": FACTS | {"blocks": blocks}})))
    roles = [(one.role, one.text) for one in document.paragraphs]
    assert roles[1:] == [("body", FIRST), ("heading", "Tussenkop")]


def test_a_description_of_several_paragraphs_is_no_teaser(run: Run) -> None:
    record = FACTS | {"description": f"<p>{FIRST[:90]}</p><p>Twee.</p><p>Drie.</p>"}
    document = checked(run(json.dumps([record])))
    assert document.articles[0].completeness == "unknown"
