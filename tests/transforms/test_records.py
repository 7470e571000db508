"""JSON, JSON Lines and CSV: a record with a text becomes an article."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.growth import assert_in_proportion, repeated
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

BODY = "De sluis bij Oostkapel blijft dicht.\n\nDe boeren wachten op water."


def checked(document: ProcessedDocument) -> ProcessedDocument:
    findings, _ = check_document(document)
    assert findings == []
    return document


def values(document: ProcessedDocument, field: str) -> list[str]:
    return [one.value for one in document.statements if one.field == field]


def table(rows: list[dict[str, str]], delimiter: str = ",", **options: Any) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter, **options)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


RECORDS = [
    {"id": str(n), "titel": f"Kop {n} van de sluis", "datum": f"2024-03-0{n}", "tekst": article(n)}
    for n in (1, 2, 3)
]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (json.dumps(RECORDS), "application/json"),
        (json.dumps(RECORDS, indent=2), "application/json"),
        (json.dumps({"status": "ok", "response": {"docs": RECORDS}}), "application/json"),
        (json.dumps({"hits": {"hits": [{"_source": r} for r in RECORDS]}}), "application/json"),
        (json.dumps({r["id"]: r for r in RECORDS}), "application/json"),
        ("\n".join(map(json.dumps, RECORDS)), "application/x-ndjson"),
        ("\ufeff" + "\r\n\r\n".join(map(json.dumps, RECORDS)) + "\n", "application/x-ndjson"),
        (table(RECORDS), "text/csv"),
        ("\ufeff" + table(RECORDS, ";"), "text/csv"),
        (table(RECORDS, "|"), "text/csv"),
        (table(RECORDS, "\t"), "text/tab-separated-values"),
        (table(RECORDS, quoting=csv.QUOTE_ALL), "text/csv"),
        (table(RECORDS).replace("\r\n", "\r"), "text/csv"),
    ],
)
def test_each_record_is_an_article(run: Run, content: str, media_type: str) -> None:
    document = checked(run(content))
    assert document.media_type == media_type
    assert [a.headline for a in document.articles] == [r["titel"] for r in RECORDS]
    assert [a.date_published for a in document.articles] == [r["datum"] for r in RECORDS]
    assert [a.text for a in document.articles] == [r["tekst"] for r in RECORDS]
    for name in ("id", "datum"):
        assert f"{name}: " in "".join(span.text for span in document.removed_spans)


def test_the_names_that_services_use(run: Run) -> None:
    record = {
        "webTitle": "De sluis blijft dicht",
        "webPublicationDate": "2024-03-08T09:00:00Z",
        "webUrl": "https://www.voorbeeld.nl/sluis",
        "sectionName": "Binnenland",
        "fields": {"bodyText": BODY, "byline": "Door Anna de Boer en Bert Bakker"},
        "tags": [{"webTitle": "water"}, {"webTitle": "landbouw"}],
        "publisher": {"@type": "Organization", "name": "De Seldepost"},
        "wordCount": 12,
        "isAccessibleForFree": True,
    }
    document = checked(run(json.dumps({"results": [record]})))
    (one,) = document.articles
    assert (one.headline, one.text) == ("De sluis blijft dicht", BODY)
    assert (one.author, one.publisher) == ("Anna de Boer; Bert Bakker", "De Seldepost")
    assert (one.date_published, one.hostname) == ("2024-03-08", "voorbeeld.nl")
    assert values(document, "article_section") == ["Binnenland"]
    assert values(document, "keywords") == ["water; landbouw"]
    assert values(document, "word_count") == ["12"]
    assert "isAccessibleForFree: true" in document.source_text


def test_a_statement_shows_its_evidence(run: Run) -> None:
    document = checked(run(json.dumps({"pub_date": "8 maart 2024", "text": BODY})))
    (found,) = [one for one in document.statements if one.field == "date_published"]
    assert (found.value, found.original_text) == ("2024-03-08", "8 maart 2024")
    assert found.method == "json_field"


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240308", "2024-03-08"),
        ("20240308T101500Z", "2024-03-08"),
        ("Fri, 08 Mar 2024 23:30:00 +0100", "2024-03-08"),
        ("2024-03-08T23:30:00-05:00", "2024-03-08"),
        ("08-03-2024", "2024-03-08"),
        ("3/4/2024", None),
        ("2024-03-08 / 2024-03-10", None),
        ("2024-13-45", None),
        (1709892000, "2024-03-08"),
        (1709892000000, "2024-03-08"),
        (1709892000.25, "2024-03-08"),
        (17, None),
        (True, None),
    ],
)
def test_a_date_is_as_fine_as_it_is_written(run: Run, printed: object, date: str | None) -> None:
    document = checked(run(json.dumps({"date": printed, "text": BODY})))
    assert document.articles[0].date_published == date


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        (["Anna de Boer", "Bert Bakker"], ["Anna de Boer", "Bert Bakker"]),
        ("Anna de Boer; Bert", ["Anna de Boer", "Bert"]),
        ("['Anna de Boer', 'Bert']", ["Anna de Boer", "Bert"]),
        ("Anna de Boer, Bert Bakker", ["Anna de Boer", "Bert Bakker"]),
        ([{"name": "Anna de Boer"}, {"name": "Bert"}], ["Anna de Boer", "Bert"]),
        ("Persbureau Zee", ["Persbureau Zee"]),
    ],
)
def test_authors(run: Run, printed: object, authors: list[str]) -> None:
    document = checked(run(json.dumps({"authors": printed, "text": BODY})))
    assert [one.name for one in document.authors] == authors


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<p>De sluis is <b>dicht</b>.</p><p>Nog lang.</p>", ["De sluis is dicht.", "Nog lang."]),
        ("De sluis is dicht.<br/><br/>Nog lang.", ["De sluis is dicht.", "Nog lang."]),
        ("De sluis is <em>dicht</em>.\n\nNog lang.", ["De sluis is dicht.", "Nog lang."]),
        ("De sluis is &quot;dicht&quot;.\nNog lang.", ['De sluis is "dicht".', "Nog lang."]),
        ("Als a < b dan is b > a.", ["Als a < b dan is b > a."]),
        (["De sluis is dicht.", "Nog lang."], ["De sluis is dicht.", "Nog lang."]),
    ],
)
def test_a_text_with_markup(run: Run, text: object, paragraphs: list[str]) -> None:
    document = checked(run(json.dumps({"title": "Kop", "content": text})))
    assert document.articles[0].text.split("\n\n") == paragraphs


def test_a_whole_page_in_a_record(run: Run) -> None:
    first, second = article(1).split("\n\n")[:2]
    page = (
        f"<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav><article><p>{first}</p>"
        f"<p>{second}</p></article><footer>Privacy</footer></body></html>"
    )
    document = checked(run(json.dumps({"url": "https://a.nl/x", "html": page})))
    assert document.articles[0].text == f"{first}\n\n{second}"
    assert {"Home", "Privacy"} <= {span.text for span in document.removed_spans}


def test_a_record_without_text_is_no_article(run: Run) -> None:
    rows = [{"title": "Leeg", "text": " "}, {"title": "Vol", "text": BODY}, {"title": "Niets"}]
    rows.append({"title": "Som", "text": "9f86d081884c7d65"})
    document = checked(run(json.dumps(rows)))
    assert [one.headline for one in document.articles] == ["Vol"]
    removed = {span.text: span.reason for span in document.removed_spans}
    assert removed["title: Leeg"] == "no_article"
    assert removed["title: Niets\n\ntext: 9f86d081884c7d65\ntitle: Som"] == "no_article"


def test_a_second_text_is_told_apart(run: Run) -> None:
    document = checked(run(json.dumps({"body": BODY, "summary": "Kort.", "content_html": BODY})))
    assert document.articles[0].text == BODY
    assert document.articles[0].description == "Kort."
    assert [s.reason for s in document.removed_spans] == ["record_field", "alternative_text"]


def test_texts_of_others_are_no_article(run: Run) -> None:
    record = {"text": BODY, "comments": [{"text": "Eens!"}], "image": {"caption": "De sluis"}}
    document = checked(run(json.dumps(record)))
    assert document.articles[0].text == BODY
    assert "comments.text: Eens!" in document.removed_spans[0].text


@pytest.mark.parametrize(
    ("content", "rule", "value"),
    [
        ('{"text": "een"}\n{"text": "twee"}\n{"text": "afge', "broken_json", "line 3"),
        ('{"text": "een"}\n\n{"text" "twee"}\n{"text": "x"}', "broken_json", "line 3"),
        ('[{"text": "een"},\n{"text": "afge', "broken_json", "line 2"),
        ('{"text": "een"} rest', "broken_json", "line 1"),
        ('{"a":' * 100_000, "broken_json", "line 1"),
        ("[1, 2, 3]", "wrong_json_shape", "line 1: bare values"),
        ('["a", "b"]', "wrong_json_shape", "line 1: bare values"),
        ("{}", "wrong_json_shape", "line 1: bare values"),
        ('[\n{"id": 1, "bedrag": 2},\n{"id": 3}]', "wrong_json_shape", "line 2: id, bedrag"),
        ('{"id": 1}\n{"id": 2}', "wrong_json_shape", "line 1: id"),
        ('{"docs": [\n{"text": "een"},\n[1],\n{"text": ""}]}', "wrong_json_shape", "line 3"),
        ('{"text": "een"}\n{"text": "x"}\n7', "wrong_json_shape", "line 3"),
        ("id,bedrag\n1,2\n3,4\n", "wrong_csv_shape", "line 2: id, bedrag"),
        ("titel,tekst\nA,B\nC,D\nE,F,G\nH,I\n" + "J,K\n" * 9, "wrong_csv_shape", "line 4"),
        ('titel,tekst\n"A","B\nC', "broken_csv", "line 2"),
    ],
)
def test_what_is_no_export_of_articles(run: Run, content: str, rule: str, value: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert (rejection.value or "").startswith(value)
    assert value.partition(":")[0] in rejection.message


def test_too_many_fields(run: Run) -> None:
    record = {f"naam{number}": number for number in range(3_000)} | {"text": BODY}
    assert run(json.dumps([record])).rejections[0].rule == "wrong_json_shape"


def test_values_as_they_are_written(run: Run) -> None:
    digits = "9" * 6_000
    content = f'{{"a": NaN, "b": 1.50, "c": {digits}, "d": "\\ud800", "text": "{"x " * 9}"}}'
    document = checked(run(content))
    assert "a: " not in document.source_text
    assert "b: 1.50\n" in document.source_text
    assert digits in document.source_text
    assert "d: \ufffd" in document.source_text


@pytest.mark.parametrize("header", ['"titel";"tekst"', "titel;tekst"])
def test_quoted_values_over_lines(run: Run, header: str) -> None:
    content = f'{header}\n"De ""sluis""";"{BODY}"\n'
    document = checked(run(content))
    (one,) = document.articles
    assert (one.headline, one.text) == ('De "sluis"', BODY)


def test_backslash_before_quotation_marks(run: Run) -> None:
    document = checked(run('titel,tekst\n"De \\"sluis\\", dicht","Hij is dicht, en blijft dat."\n'))
    assert document.articles[0].headline == 'De "sluis", dicht'


@pytest.mark.parametrize(
    "text",
    [
        "Anna de Boer, Trouw\nDe sluis, zegt zij, is dicht.\nDe boeren, die wachten, zijn boos.",
        "Home | Nieuws | Sport\nDe sluis | Dicht | Nu\nA | B | C",
        "[1] Een noot bij de sluis.\n[2] En nog een noot.",
        "{ de accolade } staat hier zomaar.",
        "Naam\tPlaats\nDe sluis blijft dicht en dat is voor niemand goed nieuws.",
    ],
)
def test_plain_text_is_no_data(run: Run, text: str) -> None:
    assert run(text).media_type == "text/plain"


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=30))
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "text", "a.b", "", "fields", "date", "authors", "\ud800"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [] if value is None else [str(value).lower() if isinstance(value, bool) else str(value)]


@given(rows=st.lists(st.dictionaries(st.sampled_from(["a", "fields", "title"]), VALUES)))
def test_no_value_is_lost(run: Run, rows: list[dict[str, Any]]) -> None:
    plain = [row | {"text": BODY} for row in rows] or [{"text": BODY}]
    document = checked(run(json.dumps(plain)))
    assert len(document.articles) == len(plain)
    shown = " ".join(document.source_text.replace(";", "").split())
    for leaf in leaves(rows):
        if not {"<", "&", "\ud800"} & set(leaf) and leaf.isprintable():
            assert " ".join(leaf.replace(";", "").split()) in shown
    assert document == run(json.dumps(plain))


@given(value=VALUES, cut=st.integers(min_value=0, max_value=400), lines=st.booleans())
def test_any_json_gives_an_outcome(run: Run, value: object, cut: int, lines: bool) -> None:  # noqa: FBT001
    content = json.dumps(value, indent=None if lines else 1)
    checked(run((f"{content}\n{content}" if lines else content)[: cut or None]))


@given(
    rows=st.lists(
        st.lists(
            st.text(alphabet='ab ,;|\t"\\\n\r\u2028\x0b<é', max_size=20), min_size=3, max_size=3
        ),
        min_size=2,
        max_size=5,
    ),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_table(run: Run, rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["titel", "tekst", "bron"])
    writer.writerows([*rows, ["Kop", BODY, "a"], ["Kop", BODY, "b"]])
    document = checked(run(written.getvalue()))
    assert document.reader == "csv_records"
    assert [one.text for one in document.articles][-2:] == [BODY, BODY]


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ('[{"text":"a"}', ',{"text":"a"}', "]"),
        ('{"text":"', "De sluis is dicht. ", '"}'),
        ("text,b\n", "x,y\n", ""),
        ('text,b\n"', "x,y\n", ""),
        ('{"text":"x","a":[', "0,", "0]}"),
        ('{"text":"<b', "<b ", '"}'),
    ],
)
def test_large_exports_take_linear_time(
    registers: Any, before: str, piece: str, after: str
) -> None:
    from knipsel.transforms.identify.media_types import text_media_type
    from knipsel.transforms.read import load_reader
    from knipsel.transforms.read.source import Source

    def read(content: str) -> None:
        reader = load_reader(text_media_type(content) or "")
        assert reader is not None
        reader(Source(content.encode(), content, "utf-8"), registers)

    assert_in_proportion(read, repeated(piece, before, after), 60_000)
