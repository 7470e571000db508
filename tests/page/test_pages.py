"""What the pages show of a corpus: to people, to programs, to spreadsheets."""

from __future__ import annotations

import re
import shutil
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from knipsel.flows.config.settings import Settings
from knipsel.flows.page.app import PAGES, make_app
from knipsel.flows.page.render import address, whole_number
from knipsel.flows.page.segments import Stretch, segments
from knipsel.flows.page.site import Following, Site, open_site
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.checks.marks import Mark, forget_marks, keep_mark, read_marks
from knipsel.warehouse.release.pages.plots import Bar, bar_plot, periods
from knipsel.warehouse.release.pages.render import lit
from knipsel.warehouse.release.versions import Release, read_versions, write_versions
from tests.page.conftest import HOST, TOKEN
from tests.pipeline import Pipeline, write_files
from tests.texts import article

LINK = re.compile(r'(?:href|src)="([^"]*)"')
READABLE = [path.replace("{form:form}", "") for path, _ in PAGES if "/{" not in path]
READABLE.remove("/speaker")  # which is always asked for by name


@pytest.mark.parametrize("path", READABLE)
def test_every_page_is_there_for_programs_too(browser: TestClient, path: str) -> None:
    """As HTML and JSON, and where it has a table, as CSV."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    assert page.text.startswith("<!DOCTYPE html>")
    name = "/overview" if path == "/" else path
    assert isinstance(browser.get(f"{name}.json").json(), dict)
    table = browser.get(f"{name}.csv")
    assert table.status_code in {200, 404}


def test_no_link_leads_nowhere(browser: TestClient) -> None:
    """Of all pages that are reached from the first in two steps."""
    seen, ahead = set[str](), {"/"}
    for _ in range(2):
        for link in sorted(ahead - seen):
            seen.add(link)
            answer = browser.get(link)
            assert answer.status_code == 200, (link, answer.text[-800:])
            if "text/html" not in answer.headers["content-type"]:
                continue
            found = [unescape(one) for one in LINK.findall(answer.text)]
            assert not [one for one in found if "://" in one]
            ahead |= {one.partition("#")[0] for one in found if one.startswith("/")}
            ahead -= {one for one in ahead if one.startswith(("/marks/", "/held-back/"))}


def test_what_means_harm_is_inert(browser: TestClient) -> None:
    """A script is text, and what turns a line around or steers a terminal is written out."""
    for path in (
        "/search?q=headline:script",
        "/search",
        "/sql?query=SELECT+headline+FROM+articles",
    ):
        text = browser.get(path).text
        assert "<script>alert" not in text
        assert not {"\u202e", "\x1b"} & set(text)
    assert "&lt;<mark>script</mark>&gt;" in browser.get("/search?q=headline:script").text


@pytest.mark.parametrize("words", ['"(a AND', "*", "NEAR(", "publisher:", "🙂" * 50, "a" * 5000])
def test_whatever_is_typed_has_an_answer(browser: TestClient, words: str) -> None:
    """In the box at the top of each page."""
    assert browser.get("/search", params={"q": words}).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DROP TABLE articles", "only reads"),
        ("FROM read_text('/etc/passwd')", "only reads"),
        ("SELECT hedline FROM articles", "headline"),
        ("SET memory_limit = '90GB'", "locked"),
    ],
)
def test_a_query_only_reads(browser: TestClient, query: str, said: str) -> None:
    """And what is wrong with it is said."""
    answer = browser.get("/sql", params={"query": query})
    assert answer.status_code == 400
    assert said in answer.text


def test_counts_agree(browser: TestClient) -> None:
    """The overview has as many texts as a search for nothing finds, and over time as many."""
    overview = browser.get("/overview.json").json()
    found = browser.get("/search.json").json()
    assert (
        overview["totals"]["texts"]
        == found["possibly"]
        == len(browser.get("/search.csv").text.splitlines()) - 1
    )
    months = {row["period"]: row["surely"] for row in overview["over_time"]}
    month = max(months, key=lambda one: months[one])
    assert browser.get(f"/search.json?from={month}&to={month}").json()["surely"] == months[month]


def test_a_result_is_read_through(browser: TestClient) -> None:
    """From one article to the next, as they were listed, with what was found marked in each."""
    asked = {"q": "vrede OR oorlog NOT zout", "sort": "date"}
    listed = [one["article_id"] for one in browser.get("/search.json", params=asked).json()["hits"]]
    address = f"/article/{listed[0]}"
    first = browser.get(f"{address}.json", params={**asked, "at": 1}).json()["within"]
    assert first["before"] is None
    walked, behind = [listed[0]], first["behind"]
    while behind:
        within = browser.get(behind.replace("?", ".json?")).json()["within"]
        walked.append(behind.partition("?")[0].rpartition("/")[2])
        assert within["before"].partition("?")[0].endswith(walked[-2])
        behind = within["behind"]
    assert walked == listed
    page = browser.get(address, params={**asked, "at": 1}).text
    in_text = [one for one in first["hits"] if one["part"] is None]
    assert page.count('<span id="h') == len(in_text) > 0
    article = browser.get(f"{address}.json").json()["article"]
    lost = browser.get(f"{address}.json", params={**asked, "at": 2}).json()["within"]
    assert (lost["at"], lost["behind"]) == (None, None)
    assert "within" not in browser.get(f"{address}.json").json()
    assert article["article_id"] == listed[0]


def test_hits_in_quotations_stand_where_these_stand(browser: TestClient) -> None:
    """Whose places count in the quotation, not in the text."""
    asked = {"q": "niet", "in": "quotations", "at": "1"}
    found = browser.get("/search.json", params=asked).json()["hits"][0]["article_id"]
    page = browser.get(f"/article/{found}", params={**asked, "show": "hits"}).text
    marked = re.findall(r'class="hits "[^>]*>([^<]*)<', page)
    assert {word.casefold() for word in marked} == {"niet"}


def test_who_asks_for_a_speaker_sees_what_they_say(browser: TestClient) -> None:
    """Where no words are asked for."""
    speaker = browser.get("/speakers.json").json()["speakers"][0]["speaker"]
    said = browser.get("/speaker.json", params={"name": speaker}).json()["quotations"]
    for asked in ({"speaker": f'"{speaker}"'}, {"q": f'speaker:"{speaker}"'}):
        for hit in browser.get("/search.json", params=asked).json()["hits"]:
            parts = [one["text"] for one in hit["fragments"]]
            assert parts
            assert all(any(part in one["quotation"] for one in said) for part in parts)


@pytest.mark.parametrize(
    ("labels", "bars"),
    [
        ("'2024-01', '2024-04'", 4),
        ("DATE '2024-01-30', DATE '2024-02-02'", 4),
        ("DATE '2023-01-30', DATE '2024-02-02'", 14),
        ("2001, 2003", 3),
        ("'2024-01', 'x'", 2),
        ("'2024-01-31', '2024-06'", 6),
    ],
)
def test_time_is_drawn_as_time(browser: TestClient, labels: str, bars: int) -> None:
    """Where the first column of an answer is one of days, months or years, with none left out."""
    query = f"SELECT unnest([{labels}]) AS label, 3 AS number"
    page = browser.get("/sql", params={"query": query}).text
    assert page.count('class="sure"') - page.count('class="key sure"') == bars


def test_a_result_is_cited_and_found_again(browser: TestClient) -> None:
    """And one that was another result is told from it."""
    cited = browser.get("/cite.json?q=vrede").json()
    same = browser.get("/cite.json", params={"q": "vrede", "expect": cited["result"]}).json()
    assert same["comparison"]["is_same"] is True
    other = browser.get("/cite.json", params={"q": "oorlog", "expect": cited["result"]}).json()
    assert other["comparison"]["is_same"] is False


def test_an_article_shows_its_source_and_evidence(browser: TestClient) -> None:
    """What was kept and what was removed, in order; each value with what it was found by."""
    (found, *_) = browser.get("/search.json?q=tolken").json()["hits"]
    shown = browser.get(f"/article/{found['article_id']}.json").json()
    places = [(one["source_start"], one["source_end"]) for one in shown["source"]]
    assert places == sorted(places)
    assert {one["reason"] is None for one in shown["source"]} == {True, False}
    headline = next(one for one in shown["fields"] if one["field"] == "headline")
    assert headline["value"] == found["headline"]
    page = browser.get(f"/article/{found['article_id']}?show=quotations&show=times").text
    for quotation in shown["quotations"]:
        assert f'id="{quotation["id"].rpartition(".")[2]}"' in page


def test_a_beginning_of_an_identifier_is_enough(browser: TestClient) -> None:
    """Where several begin so, they are listed; where none does, that is said."""
    name = browser.get("/search.json").json()["hits"][0]["article_id"]
    assert browser.get(f"/article/{name[:12]}.json").json()["article"]["article_id"] == name
    listed = browser.get("/sql.json?query=SELECT+article_id+FROM+articles").json()["answer"]
    starts = [row[0][0] for row in listed["rows"]]
    shared = next(one for one in starts if starts.count(one) > 1)
    assert len(browser.get(f"/article/{shared}.json").json()["articles"]) == starts.count(shared)
    assert browser.get("/article/zzz").status_code == 404
    assert browser.get("/search", params={"q": f" {name} "}).url.path == f"/article/{name}"
    assert browser.get("/search?q=0123456789abcdef-1").url.path == "/search"


def test_who_said_what_adds_up(browser: TestClient) -> None:
    """The speakers' quotations, and those of nobody who is named, are all there are."""
    shown = browser.get("/speakers.json").json()
    rows = browser.get("/speakers.csv").text.splitlines()[1:]
    assert len(rows) == shown["totals"]["speakers"]
    said = sum(one["quotations"] for one in shown["speakers"])
    if len(rows) <= len(shown["speakers"]):
        assert said + shown["totals"]["without_speaker"] == shown["totals"]["quotations"]
    (most, *_) = shown["speakers"]
    page = browser.get("/speaker.json", params={"name": most["speaker"]}).json()
    assert page["total"] == most["quotations"]
    for one in page["quotations"]:
        if one["starts"] is not None:
            assert one["paragraph"][one["starts"] : one["ends"]] == one["quotation"]


def test_a_date_that_is_none_is_said(browser: TestClient) -> None:
    for path in ("/speakers?from=gisteren", "/times?to=99", "/search?from=x"):
        assert browser.get(path).status_code == 400


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70))))
def test_segments_join_to_the_text(text: str, cuts: list[tuple[int, int]]) -> None:
    """And each stretch is what its segments join to."""
    stretches = [Stretch(start, end, number) for number, (start, end) in enumerate(cuts)]
    parts = segments(text, stretches)
    assert "".join(one.text for one in parts) == text
    for one in stretches:
        joined = "".join(part.text for part in parts if one.what in part.of)
        assert joined == text[max(one.start, 0) : max(one.end, 0)] * (one.start < one.end)


def test_the_page_follows_what_is_published(tmp_path: Path) -> None:
    """Where no release is named, and as it is now, so that nothing retracted is shown."""
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    place = pipeline.warehouse

    def publish(number: int) -> None:
        write_files(tmp_path / "inbox", {f"{number}.txt": article(number)})
        pipeline.ingest(tmp_path / "inbox")
        pipeline.publish()

    def open_one(release: Release) -> AbstractContextManager[Site]:
        return open_site(place, Settings(), release)

    publish(1)
    with closing(Following(place, open_one)) as following:
        client = TestClient(make_app(following, TOKEN, {HOST}))
        client.get(f"/?token={TOKEN}")
        before = following()
        assert following() is before is not None
        assert client.get("/search.json").json()["possibly"] == 1
        publish(2)
        assert client.get("/search.json").json()["possibly"] == 2
        assert before.ask("SELECT count(*) AS number FROM articles") == [{"number": 1}]
        write_versions(place, [replace(one, revision=1) for one in read_versions(place)])
        assert following().release.revision == 1
    with closing(Following(place, open_one, "1")) as named:
        assert named().release.version == "000001"


def test_marks_are_kept_beside_the_release(looked_at: Warehouse, tmp_path: Path) -> None:
    """By who may write, one of each person on an article; an empty one takes it away."""
    place = Warehouse.at(tmp_path / "warehouse")
    shutil.copytree(looked_at.root, place.root, symlinks=True)
    with open_site(place, Settings(), read_versions(place)[-1], coder="Jo") as site:
        client = TestClient(make_app(lambda: site, TOKEN, {HOST}), follow_redirects=False)
        client.get(f"/?token={TOKEN}")
        name = client.get("/search.json").json()["hits"][0]["article_id"]
        marked = {"star": "1", "tags": " peace  talks ", "note": "=1+1"}
        assert client.post(f"/marks/{name}", data=marked).status_code == 303
        (kept,) = client.get("/marks.json").json()["marks"]
        assert (kept["coder"], kept["tags"], kept["state"]) == ("Jo", "peace talks", "as marked")
        assert "'=1+1" in client.get("/marks.csv").text
        assert client.post("/marks/nothing", data=marked).status_code == 404
        client.post(f"/marks/{name}", data={"note": ""})
        assert client.get("/marks.json").json()["marks"] == []


def test_marks_go_with_their_article(tmp_path: Path) -> None:
    """So that nothing of what was noted can be read again."""
    place = Warehouse.at(tmp_path / "warehouse")
    place.root.mkdir()
    now = datetime(2024, 6, 1, tzinfo=UTC).isoformat()
    for name in ("a-1", "b-1"):
        keep_mark(
            place,
            Mark(name, "Jo", star=False, tags="", note=f"of {name}", text_sha256="", marked_at=now),
        )
    forget_marks(place, ["a-1"])
    assert [mark.article_id for mark in read_marks(place)] == ["b-1"]
    assert b"of a-1" not in (place.root / "marks.sqlite").read_bytes()


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=80))
def test_bars_stay_within_their_plot(counts: list[tuple[int, int]]) -> None:
    """Whatever the counts are, what is possible stands on what is sure."""
    plot = bar_plot("any", [Bar(str(at), *both, "") for at, both in enumerate(counts)])
    for one in plot.bars:
        assert plot.ceiling - 0.02 <= one.maybe_y <= one.sure_y + 0.02
        assert one.sure_y + one.sure_height == pytest.approx(plot.floor, abs=0.02)
        assert plot.left <= one.x <= one.x + one.width <= plot.width


def test_time_has_no_gaps() -> None:
    assert periods("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert periods("1999", "2001") == ["1999", "2000", "2001"]


@given(st.text(max_size=80), st.data())
def test_marked_text_is_the_text(text: str, data: st.DataObject) -> None:
    """With all that is markup in it escaped."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    marks = list(zip(cuts[::2], cuts[1::2], strict=False))
    shown = lit(text, marks)
    assert shown.count("<mark>") == len(marks)
    assert str(lit("<b>&", [(0, 3)])) == "<mark>&lt;b&gt;</mark>&amp;"


def test_addresses_leave_out_what_is_not_there() -> None:
    assert address("/search", q="a b", publisher=["x", "y"], offset=None, copies=False) == (
        "/search?q=a+b&publisher=x&publisher=y"
    )
    assert [whole_number(text, 9) for text in ("3", "12", "-1", "x", None, "²")] == [
        3,
        9,
        0,
        0,
        0,
        0,
    ]


def test_a_site_of_readers_has_nobody_who_writes(site: Site) -> None:
    assert not site.may_write
