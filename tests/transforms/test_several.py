"""Several articles in a file of no known form: divided where it is certain, else held back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from tests.docx_files import saved, written
from tests.several_files import (
    Story,
    as_html,
    as_text,
    page,
    stories,
    story,
    wrapped,
)
from tests.transforms.conftest import check_tiling

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]


def check_is(document: ProcessedDocument, wanted: list[Story]) -> None:
    """Assert that a document has just these articles, each with its own front and text."""
    assert not document.rejections, document.rejections
    check_tiling(document)
    assert [article.headline for article in document.articles] == [one.headline for one in wanted]
    for article, one in zip(document.articles, wanted, strict=True):
        assert article.date_published == one.day.isoformat()
        assert article.author == one.author
        assert article.text.split("\n\n")[-len(one.paragraphs) :] == list(one.paragraphs)


@pytest.mark.parametrize("separator", ["-----", "* * *", "=" * 60, "________", "###", "~~~~"])
def test_a_line_between_articles_divides_them(run: Run, separator: str) -> None:
    wanted = stories(3)
    text = f"\n\n{separator}\n\n".join(map(as_text, wanted))
    check_is(run(text), wanted)


def test_two_articles_are_divided_by_a_line_alone(run: Run) -> None:
    wanted = stories(2)
    check_is(run("\n\n-----\n\n".join(map(as_text, wanted))), wanted)


def test_a_line_that_counts_begins_an_article(run: Run) -> None:
    wanted = stories(4)
    text = "\n\n".join(f"Item {n} of 4\n\n{as_text(one)}" for n, one in enumerate(wanted, 1))
    check_is(run(f"Cuttings of the week\n\n{text}"), wanted)


def test_wrapped_text_is_divided_as_well(run: Run) -> None:
    wanted = stories(4)
    document = run("\n\n----------\n\n".join(wrapped(as_text(one)) for one in wanted))
    check_is(document, wanted)


def test_the_same_front_over_each_text_divides_it(run: Run) -> None:
    wanted = stories(5)
    check_is(run("\n\n".join(map(as_text, wanted))), wanted)


def test_the_same_end_under_each_text_belongs_to_it(run: Run) -> None:
    wanted = stories(4)
    text = "\n\n".join(f"{as_text(one)}\n\nRecord VC{n}" for n, one in enumerate(wanted, 1))
    check_is(run(text), wanted)


def test_a_heading_for_each_article_divides_a_document(run: Run) -> None:
    wanted = stories(3)
    lines = [
        line
        for one in wanted
        for line in (one.headline, f"By {one.author}", one.printed_day, *one.paragraphs)
    ]
    titles = {lines.index(one.headline): "Heading 1" for one in wanted}
    check_is(run(saved(written(*lines, styles=titles))), wanted)


def test_a_heading_for_each_article_divides_markdown(run: Run) -> None:
    wanted = stories(3)
    check_is(run("# Cuttings\n\n" + "\n\n".join(f"## {as_text(one)}" for one in wanted)), wanted)


def test_elements_of_equal_rank_are_articles(run: Run) -> None:
    wanted = stories(3)
    parts = (f"<article>{as_html(one)}</article>" for one in wanted)
    check_is(run(page("<h1>Brenn Daily</h1>", *parts, "<footer>Rights reserved</footer>")), wanted)


def test_a_signature_under_each_text_ends_it(run: Run) -> None:
    wanted = stories(4)
    text = "\n\n".join(
        "\n\n".join((one.headline, *one.paragraphs, f"{one.author}, Trouw, {one.printed_day}"))
        for one in wanted
    )
    check_is(run(text), wanted)


def test_a_newsletter_has_its_outlet_and_day_for_all(run: Run) -> None:
    wanted = stories(3)
    parts = (
        f"<tr><td>{as_html(one).replace(f'<p>{one.printed_day}</p>', '')}</td></tr>"
        for one in wanted
    )
    body = page("<h1>Brenn Daily</h1><table>", *parts, "</table>")
    document = run(
        'From: "Brenn Daily" <nieuwsbrief@brenn.example>\nSubject: Ferry, mill and choir\n'
        f"Date: Mon, 6 Nov 2023 07:00:00 +0100\nContent-Type: text/html\n\n{body}"
    )
    told = [(one.headline, one.author, one.date_published) for one in document.articles]
    assert told == [(one.headline, one.author, "2023-11-06") for one in wanted]
    assert {one.publisher for one in document.articles} == {"Brenn Daily"}


def test_a_front_that_was_missed_makes_no_article_of_two(run: Run) -> None:
    """The third has its day and byline, but no headline: nobody knows where it begins."""
    wanted = stories(5)
    parts = [as_text(one) for one in wanted]
    parts[2] = parts[2].removeprefix(wanted[2].headline).lstrip()
    assert [one.rule for one in run("\n\n".join(parts)).rejections] == ["several_articles"]


def test_the_same_day_on_every_page_divides_nothing(run: Run) -> None:
    parts = [
        f"1/3/2021, 10:05 AM\n\n{story(n).headline}\n\n{story(n).paragraphs[0]}\n\n"
        f"{story(n + 9).paragraphs[1]}"
        for n in range(5)
    ]
    _whole(run, "\n\n".join(parts))


def test_the_division_is_told(run: Run) -> None:
    document = run("\n\n-----\n\n".join(map(as_text, stories(3))))
    assert document.reader == "plain+several"
    told = [one for one in document.statements if one.field == "division"]
    assert [(one.value, one.method) for one in told] == [("-----", "separator_line")] * 3
    assert len({one.article_id for one in told}) == 3


def _whole(run: Run, content: str | bytes) -> None:
    """Assert that a text is one article."""
    document = run(content)
    assert not document.rejections, document.rejections
    assert len(document.articles) == 1


def _long(number: int = 0) -> str:
    one = story(number)
    return "\n\n".join((as_text(one), *story(number + 1).paragraphs, *story(number + 2).paragraphs))


def test_subheadings_make_no_articles(run: Run) -> None:
    parts = [
        f"{title}\n\n{' '.join(story(n).paragraphs)}"
        for n, title in enumerate(
            ("What the council saw", "Why nobody was told", "The money that is missing"), 5
        )
    ]
    _whole(run, "\n\n".join((_long(), *parts)))


def test_questions_of_an_interview_make_no_articles(run: Run) -> None:
    parts = [
        f"Why did that take year number {n}?\n\n{' '.join(story(n).paragraphs)}"
        for n in range(6, 11)
    ]
    _whole(run, "\n\n".join((as_text(story(0)), *parts)))


def test_stars_between_sections_make_no_articles(run: Run) -> None:
    parts = ["\n\n".join(story(n).paragraphs) for n in range(1, 5)]
    _whole(run, "\n\n* * *\n\n".join((as_text(story(0)), *parts)))


def test_a_list_of_books_makes_no_articles(run: Run) -> None:
    parts = [
        f"{story(n).headline}\n\nby {story(n).author}\n\n{story(n).paragraphs[0]}\n\n"
        f"{story(n).paragraphs[1]}"
        for n in range(6, 11)
    ]
    _whole(run, "\n\n".join((as_text(story(0)), *parts)))


def test_a_live_blog_is_one_article_with_its_times(run: Run) -> None:
    day = story(0).printed_day
    entries = [
        f"<h2>{story(n).headline}</h2><p>{day} {9 + n}:15</p>"
        + "".join(f"<p>{text}</p>" for text in story(n).paragraphs[:2])
        for n in range(1, 6)
    ]
    document = run(page("<h1>The storm on the coast: what we know</h1>", *entries))
    assert len(document.articles) == 1
    roles = {one.text: one.role for one in document.paragraphs}
    assert all(roles[story(n).headline] == "heading" for n in range(1, 6))


@pytest.mark.parametrize("when", ["{h}:15", "{day}, {h}:15"])
def test_entries_by_several_authors_are_one_live_blog(run: Run, when: str) -> None:
    entries = [
        f"<article><h2>{story(n).headline}</h2><p>By {story(n).author}</p>"
        f"<time>{when.format(h=9 + n, day=story(0).printed_day)}</time>"
        + "".join(f"<p>{text}</p>" for text in story(n).paragraphs)
        + "</article>"
        for n in range(1, 6)
    ]
    _whole(run, page("<h1>The storm on the coast: what we know</h1>", *entries))


def test_teasers_under_a_page_make_no_articles(run: Run) -> None:
    teasers = [
        f"<h2>{story(n).headline}</h2><p>{story(n).printed_day}</p><p>{story(n).paragraphs[0]}</p>"
        for n in range(4, 9)
    ]
    _whole(run, page(as_html(story(0), "h1"), *teasers))


def test_comments_make_no_articles(run: Run) -> None:
    comments = [
        f"{story(n).author}\n\n{story(n).printed_day} at 14:{n:02}\n\n"
        f"{story(n).paragraphs[1]} {story(n).paragraphs[2]}\n\nReply"
        for n in range(10, 16)
    ]
    _whole(run, "\n\n".join((as_text(story(0)), *comments)))


def test_a_box_in_an_article_is_no_other_article(run: Run) -> None:
    box = f"How the ramp was built\n\n{story(3).paragraphs[1]}"
    _whole(run, f"{_long()}\n\n-----\n\n{box}\n\n-----\n\n{story(4).paragraphs[2]}")


def test_hits_of_a_search_are_held_back(run: Run) -> None:
    hits = [
        f"{story(n).headline}\n\n{story(n).printed_day}\n\n{story(n).paragraphs[0]}"
        for n in range(12)
    ]
    (rejection,) = run("\n\n".join(hits)).rejections
    assert rejection.rule == "several_articles"


def _unknown_form() -> str:
    """Return articles with a line over each that may be an outlet, a section, or anything."""
    return "\n\n".join(
        f"{name}\n\n{as_text(one)}"
        for one, name in zip(
            stories(4), ("Velmoor Courier", "Brenn Post", "Marren Echo", "Quay Mail"), strict=True
        )
    )


def test_what_is_not_certain_is_held_back_in_words(run: Run) -> None:
    (rejection,) = run(_unknown_form()).rejections
    assert rejection.rule == "several_articles"
    assert "4 articles" in rejection.message
    assert story(0).headline in rejection.message


def test_released_it_has_no_author_date_or_outlet(registers: Registers) -> None:
    content = _unknown_form().encode()
    raw = RawDocument(hashlib.sha256(content).hexdigest(), "file.txt", content)
    document = process(raw, registers, waived=("several_articles",))
    (article,) = document.articles
    told = (article.author, article.date_published, article.publisher, article.completeness)
    assert told == (None, None, None, "unknown")
    assert document.authors == ()
    assert any(one.method == "byline:of_one_of_several" for one in document.statements)
    stated = RawDocument(
        raw.document_id, raw.path, content, sidecar='date_published = "2021"\npublisher = "Brenn"'
    )
    (article,) = process(stated, registers, waived=("several_articles",)).articles
    assert (article.date_published, article.publisher) == ("2021", "Brenn")


@given(
    st.integers(2, 12),
    st.integers(0, 40),
    st.sampled_from(["-----", "* * *", "=====", "+++"]),
    st.sampled_from([("By {author}", "{day}"), ("{day}",), ("{day}", "By {author}")]),
)
def test_so_many_articles_joined_come_apart(
    registers: Registers, count: int, first: int, separator: str, front: tuple[str, ...]
) -> None:
    wanted = stories(count, first)
    text = f"\n\n{separator}\n\n".join(as_text(one, front=front) for one in wanted)
    content = text.encode()
    document = process(RawDocument(hashlib.sha256(content).hexdigest(), "f", content), registers)
    assert [one.headline for one in document.articles] == [one.headline for one in wanted]
    assert [one.date_published for one in document.articles] == [
        one.day.isoformat() for one in wanted
    ]
    check_tiling(document)


_LINES = st.lists(
    st.one_of(
        st.sampled_from(["-----", "* * *", "1 of 3", "2 of 3", "3 of 3", "", "By Anna Fenwick"]),
        st.integers(0, 30).map(lambda n: story(n).headline),
        st.integers(0, 30).map(lambda n: story(n).printed_day),
        st.integers(0, 30).map(lambda n: story(n).paragraphs[n % 4]),
    ),
    min_size=1,
    max_size=40,
)


@given(_LINES, st.sampled_from([None, "-----", "# of #", "*Fenwick", "The *"]))
def test_no_character_is_lost_however_it_is_divided(
    registers: Registers, rows: list[str], pattern: str | None
) -> None:
    content = "\n\n".join(rows).encode()
    sidecar = None if pattern is None else f'split_before = "{pattern}"'
    raw = RawDocument(hashlib.sha256(content).hexdigest(), "f", content, sidecar=sidecar)
    document = process(raw, registers)
    if not document.rejections:
        check_tiling(document)
