"""Messages of Outlook, pages saved as mail (MHTML), and who sends what."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.ole_files import msg
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

SENT = datetime(2023, 11, 6, 12, tzinfo=UTC)
ANNA = ("Anna de Boer", "anna@havenbode.example")


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def page(number: int) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in article(number).split("\n\n"))
    return f"<html><body><h1>De kade</h1>{paragraphs}</body></html>"


def test_a_message_of_outlook(run: Run) -> None:
    content = msg(
        "De kade", body="Zie de opmaak.", page=page(1).encode(), sender=ANNA, sent=SENT,
        attachments=[("rapport één.pdf", b"x" * 5000)],
    )  # fmt: skip
    document = checked(run(content))
    (one,) = document.articles
    assert (document.media_type, document.reader) == ("application/vnd.ms-outlook", "msg")
    assert (one.headline, one.author, one.date_published) == (
        "De kade",
        "Anna de Boer",
        "2023-11-06",
    )
    assert one.text == article(1)
    attached = "rapport één.pdf (application/octet-stream, 5000 bytes)"
    assert attached in {span.text for span in document.removed_spans}


def test_the_header_with_which_it_came_goes_first(run: Run) -> None:
    headers = (
        "From: De Havenbode <nieuwsbrief@havenbode.example>\r\nSubject: De brug\r\n"
        "Date: Mon, 6 Nov 2023 23:30:00 +0100\r\nList-Id: <post.havenbode.example>\r\n"
    )
    document = checked(run(msg("Anders", body=article(2), headers=headers, sender=ANNA, sent=SENT)))
    (one,) = document.articles
    assert (one.text, one.date_published) == (article(2), "2023-11-06")
    assert (one.publisher, one.hostname, one.author) == (
        "De Havenbode",
        "havenbode.example",
        None,
    )


def test_a_moment_near_midnight_is_no_day(run: Run) -> None:
    """The file does not say in which zone it was written."""
    late = datetime(2023, 11, 6, 23, tzinfo=UTC)
    document = checked(run(msg("De kade", body=article(1), sent=late)))
    assert document.articles[0].date_published is None


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (msg("De kade", rich_text=b"LZFu"), "no_article"),
        (msg("De kade", body=article(1))[:-512], "broken_mail"),
    ],
)
def test_messages_that_cannot_be_read(run: Run, content: bytes, rule: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule


def mail(*headers: str, body: str) -> str:
    return "\n".join([*headers, "", body])


@pytest.mark.parametrize(
    ("sender", "subject", "publisher", "author"),
    [
        ("De Havenbode <nieuwsbrief@havenbode.example>", "De kade", "De Havenbode", None),
        ("Anna de Boer <anna@havenbode.example>", "De kade", None, "Anna de Boer"),
        ("Anna de Boer <anna@havenbode.example>", "Fwd: De kade", None, None),
    ],
)
def test_who_sends_is_not_always_who_wrote(
    run: Run, sender: str, subject: str, publisher: str | None, author: str | None
) -> None:
    head = [f"From: {sender}", f"Subject: {subject}", "Date: Thu, 4 Jan 2024 10:00:00 +0100"]
    document = checked(run(mail(*head, "MIME-Version: 1.0", body=article(1))))
    (one,) = document.articles
    assert (one.publisher, one.author) == (publisher, author)
    assert one.date_published == (None if subject.startswith("Fwd") else "2024-01-04")


def test_of_two_types_of_content_the_one_that_fits(run: Run) -> None:
    types = [f'Content-Type: multipart/alternative; boundary="{mark}"' for mark in ("AA", "BB")]
    body = f"--BB\nContent-Type: text/plain; charset=utf-8\n\n{article(1)}\n--BB--\n"
    head = ["From: a@b.example", "Subject: De kade", "MIME-Version: 1.0"]
    assert checked(run(mail(*head, *types, body=body))).articles[0].text == article(1)


def test_a_page_saved_by_a_browser(run: Run) -> None:
    """The day in the header is that on which it was saved; frames are not read."""
    head = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://www.havenbode.example/kade",
        "Subject: De kade - De Havenbode",
        "Date: Thu, 4 Jan 2024 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="XX"',
    ]
    frame = "<p>Koop deze auto nu, in een lijst die niemand heeft gevraagd en die lang is.</p>"
    parts = "".join(f"--XX\nContent-Type: text/html\n\n{one}\n\n" for one in (page(1), frame))
    document = checked(run(mail(*head, body=f"{parts}--XX--\n")))
    (one,) = document.articles
    assert (one.text, one.headline) == (article(1), "De kade")
    assert (one.date_published, one.author) == (None, None)
    assert one.hostname == "havenbode.example"
    assert "Koop" not in document.source_text


WHOLE = msg("De kade", body=article(1), page=page(1).encode(), sender=ANNA, sent=SENT)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.integers(0, 2**32))
def test_any_damage_has_an_outcome(run: Run, number: int) -> None:
    chance = random.Random(number)
    spoiled = bytearray(WHOLE)
    for _ in range(chance.randint(1, 20)):
        spoiled[chance.randrange(8, len(spoiled))] = chance.randrange(256)
    document = checked(run(bytes(spoiled)))
    assert bool(document.articles) != bool(document.rejections)
