"""EPUB and web archives of Safari; office files that are not read."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.ole_files import ole
from tests.package_files import epub, packed, web_archive
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

PERIODICAL = '<meta name="calibre:publication_type" content="periodical:unknown:De Havenbode"/>'
SAVED = (
    "<dc:title>De kade</dc:title><dc:creator>Anna de Boer</dc:creator><dc:date>2024-01-02</dc:date>"
)


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def chapter(number: int, title: str = "De kade") -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in article(number).split("\n\n"))
    return f"<h1>{title}</h1>{paragraphs}"


def test_a_saved_article(run: Run) -> None:
    document = checked(run(epub(["<h1>De kade</h1>", chapter(1)], SAVED)))
    (one,) = document.articles
    assert (document.reader, one.headline, one.author) == ("epub", "De kade", "Anna de Boer")
    assert one.text == article(1)
    assert one.date_published is None, "the day is that on which it was saved"
    assert document.source_text.startswith("title: De kade\n")


def test_an_issue_of_a_periodical(run: Run) -> None:
    told = "<dc:title>De Havenbode [ma, 06 nov. 2023]</dc:title>"
    told += "<dc:date>2023-11-06T05:00:00Z</dc:date>"
    contents = "<h1>Inhoud</h1><ul><li><a href='x'>De kade</a></li></ul>"
    pages = [contents, chapter(1), chapter(2, "De brug")]
    document = checked(run(epub(pages, told + PERIODICAL)))
    assert [one.headline for one in document.articles] == ["De kade", "De brug"]
    assert [one.text for one in document.articles] == [article(1), article(2)]
    assert {one.publisher for one in document.articles} == {"De Havenbode"}
    assert {one.date_published for one in document.articles} == {"2023-11-06"}


def test_the_chapters_of_other_books_are_held_back(run: Run) -> None:
    (rejection,) = run(epub([chapter(1), chapter(2, "De brug")], SAVED)).rejections
    assert (rejection.rule, rejection.value) == ("several_chapters", "2")


LOCKED = (
    "<encryption><EncryptedData><CipherReference URI='OEBPS/text/p%200.xhtml'/></EncryptedData>"
    "</encryption>"
)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (epub([chapter(1)])[:-50], "broken_epub"),
        (epub([chapter(1)], "<a>"), "broken_epub"),
        (epub([chapter(1)], more={"META-INF/encryption.xml": LOCKED}), "encrypted_epub"),
        (packed({"x": "y"}, "application/epub+zip"), "broken_epub"),
        (epub([]), "no_article"),
    ],
)
def test_books_that_cannot_be_read(run: Run, content: bytes, rule: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert rejection.message.endswith(".")


def test_fonts_may_be_locked(run: Run) -> None:
    font = LOCKED.replace("text/p%200.xhtml", "font.otf")
    assert checked(run(epub([chapter(1)], more={"META-INF/encryption.xml": font}))).articles


URL = "https://www.havenbode.example/kade"


def page(number: int) -> str:
    title = "<title>De kade</title>"
    return f"<html><head>{title}</head><body><nav>Menu</nav>{chapter(number)}é</body></html>"


@pytest.mark.parametrize("charset", ["UTF-8", "windows-1252"])
def test_a_web_archive(run: Run, charset: str) -> None:
    content = web_archive(page(1).encode(charset), URL, WebResourceTextEncodingName=charset)
    document = checked(run(content))
    (one,) = document.articles
    assert (document.media_type, document.reader) == ("application/x-webarchive", "webarchive")
    assert (one.headline, one.hostname) == ("De kade", "havenbode.example")
    assert one.text.startswith(article(1)[:200])
    assert "Reclame" not in document.source_text
    assert "\ufffd" not in document.source_text


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (web_archive(b"", URL)[:-20], "broken_webarchive"),
        (b"bplist00" + b"\xff" * 60, "broken_webarchive"),
        (b"bplist00", "broken_webarchive"),
        (
            web_archive(b"%PDF", URL, WebResourceMIMEType="application/pdf"),
            "unsupported_media_type",
        ),
    ],
)
def test_web_archives_that_cannot_be_read(run: Run, content: bytes, rule: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule


@pytest.mark.parametrize(
    ("content", "rule", "word"),
    [
        (ole({"WordDocument": b"x"}), "unsupported_media_type", "DOCX"),
        (ole({"PowerPoint Document": b"x"}), "unsupported_media_type", "slides"),
        (ole({"EncryptedPackage": b"x"}), "encrypted_docx", "password"),
        (ole({"Contents": b"x"}), "unsupported_media_type", "CSV"),
        (
            packed({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}),
            "unsupported_media_type",
            "slides",
        ),
    ],
)
def test_office_files_that_are_not_read(run: Run, content: bytes, rule: str, word: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert word in rejection.message


WHOLE = [epub([chapter(1)], SAVED), epub([chapter(1), chapter(2)], PERIODICAL),
         web_archive(page(1).encode(), URL)]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.integers(0, 2**32), content=st.sampled_from(WHOLE))
def test_any_damage_has_an_outcome(run: Run, number: int, content: bytes) -> None:
    chance = random.Random(number)
    spoiled = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    document = checked(run(bytes(spoiled[: chance.choice([len(spoiled), len(spoiled) - 9])])))
    assert bool(document.articles) != bool(document.rejections)
