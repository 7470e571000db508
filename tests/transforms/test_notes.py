"""Notes of Evernote: each is an article; who kept it and when says nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.several_files import Story, stories
from tests.transforms.conftest import check_tiling

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]


def _note(one: Story, address: str, front: str = "") -> str:
    body = "".join(f"<div>{text}</div>" for text in one.paragraphs)
    return (
        f"<note><title>{one.headline}</title><created>20241107T101000Z</created><note-attributes>"
        f"<author>me@mail.example</author><source-url>{address}</source-url></note-attributes>"
        '<content><![CDATA[<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "x.dtd"><en-note>'
        f"{front}{body}</en-note>]]></content></note>"
    )


def _file(*notes: str) -> str:
    return f'<?xml version="1.0"?><en-export application="Evernote">{"".join(notes)}</en-export>'


def test_each_note_is_an_article(run: Run) -> None:
    first, second = stories(2)
    front = f"<div>By {first.author}</div><div>{first.printed_day}</div>"
    document = run(
        _file(
            _note(first, "https://www.brenn.example/2021/06/05/a", front),
            _note(second, "https://www.quay.example/b"),
        )
    )
    check_tiling(document)
    assert [one.headline for one in document.articles] == [first.headline, second.headline]
    assert [one.author for one in document.articles] == [first.author, None]
    assert [one.date_published for one in document.articles] == [first.day.isoformat(), None]
    assert [one.hostname for one in document.articles] == ["brenn.example", "quay.example"]
    assert document.articles[1].text == "\n\n".join(second.paragraphs)


def test_an_address_of_two_notes_is_of_neither(run: Run) -> None:
    document = run(_file(*(_note(one, "https://brenn.example/2021/06/05/a") for one in stories(2))))
    told = [(one.hostname, one.date_published) for one in document.articles]
    assert told == [(None, None)] * 2


def test_notes_without_a_text_are_no_articles(run: Run) -> None:
    (rejection,) = run(_file("<note><title>To buy</title></note>")).rejections
    assert rejection.rule == "no_article"
