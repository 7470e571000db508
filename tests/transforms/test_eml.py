"""Mail: newsletters, forwarded messages, attachments."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.read import load_reader
from knipsel.transforms.read.mail.fields import sent_on, without_prefixes
from knipsel.transforms.read.mail.parts import unflow
from knipsel.transforms.read.source import Source
from tests.growth import assert_in_proportion
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

SUBJECT = "De sluis bij Oostkapel blijft dicht"


def checked(document: ProcessedDocument) -> ProcessedDocument:
    findings, _ = check_document(document)
    assert findings == []
    return document


def message(text: str | None = None, **fields: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "De Seldepost <post@seldepost.example>",
        "To": "lezer@example.org",
        "Date": "Fri, 08 Mar 2024 23:45:00 -0500",
        "Subject": SUBJECT,
    }
    for name, value in (given | fields).items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text, cte="8bit")
    return made


def page(number: int) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in article(number).split("\n\n"))
    return (
        f"<html><body><table><tr><td><a href='x'>Bekijk online</a></td></tr><tr><td>"
        f"<h1>De kade</h1>{paragraphs}</td></tr></table><p>Afmelden</p></body></html>"
    )


def reasons(document: ProcessedDocument, reason: str) -> str:
    return "\n".join(span.text for span in document.removed_spans if span.reason == reason)


def test_a_plain_message(run: Run) -> None:
    document = checked(run(message(article(1)).as_bytes()))
    (one,) = document.articles
    assert (document.media_type, document.reader) == ("message/rfc822", "eml")
    assert one.text == article(1)
    assert (one.headline, one.date_published) == (SUBJECT, "2024-03-08")
    assert "To: lezer@example.org" in reasons(document, "record_field")


def test_html_is_read_before_text(run: Run) -> None:
    made = message("Bekijk dit bericht in een ander programma.", List_Id="<post.seldepost.example>")
    made.add_alternative(page(2), subtype="html")
    document = checked(run(made.as_bytes()))
    (one,) = document.articles
    assert one.text == article(2)
    assert (one.headline, one.publisher) == ("De kade", "De Seldepost")
    assert "ander programma" not in document.source_text


def test_text_is_read_where_html_is_empty(run: Run) -> None:
    made = message(article(3))
    made.add_alternative("<html><body><img src='cid:1'></body></html>", subtype="html")
    assert checked(run(made.as_bytes())).articles[0].text == article(3)


def test_attachments_are_named(run: Run) -> None:
    made = message(article(1))
    made.add_attachment(b"%PDF-" + b"x" * 95, "application", "pdf", filename="rapport één.pdf")
    made.add_attachment("niet lezen", filename="bijlage.txt")
    document = checked(run(made.as_bytes()))
    assert document.articles[0].text == article(1)
    assert reasons(document, "attachment").splitlines() == [
        "rapport één.pdf (application/pdf, 100 bytes)",
        "bijlage.txt (text/plain, 11 bytes)",
    ]
    assert "niet lezen" not in document.source_text


@pytest.mark.parametrize(
    ("charset", "cte"),
    [("windows-1252", "quoted-printable"), ("iso-8859-1", "8bit"), ("utf-8", "base64")],
)
def test_charsets_and_encodings(run: Run, charset: str, cte: str) -> None:
    text = article(1).replace("In Zoutmonde", "In Châlons én Köln")
    made = message(Subject="De kade één")
    made.set_content(text, charset=charset, cte=cte)
    (one,) = checked(run(made.as_bytes())).articles
    assert (one.text, one.headline) == (text, "De kade één")


def test_a_charset_that_only_mail_has(run: Run) -> None:
    text = "東京の水門は閉じたままである。" * 20
    content = b"From: a@b.jp\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    assert text in run(content + text.encode("iso-2022-jp")).source_text


def test_bytes_that_name_no_charset(run: Run) -> None:
    """A header is in the encoding of the text below it, which its language tells."""
    text = (
        "Die Fähre zwischen Nordholm und Brenn hat am Montag zuletzt abgelegt. Der Inselrat "
        "hat den Verkehr eingestellt, weil die Rampe nicht mehr sicher ist. Bis dahin müssen "
        "Lastwagen über Quist fahren, und das dauert vier Stunden länger als bisher."
    )
    head = "From: a@b.de\nSubject: Fähre fährt nicht\nContent-Type: text/plain\n\n"
    document = checked(run((head + text).encode("cp1252")))
    assert (document.encoding, document.encoding_method) == ("windows-1252", "detected")
    assert (document.articles[0].headline, document.articles[0].text) == ("Fähre fährt nicht", text)


def test_a_charset_that_the_text_contradicts(run: Run) -> None:
    text = "После семи лет перерыва в субботу снова начал ходить паром у Нижней Маревы. " * 3
    head = b'From: a@b.ru\nContent-Type: text/plain; charset="iso-8859-1"\n\n'
    document = checked(run(head + text.encode("koi8-r")))
    assert (document.encoding, document.encoding_method) == ("koi8-r", "detected")
    assert text.strip() in document.source_text


@pytest.mark.parametrize("charset", ["punycode", "idna", "geen-tekenset", "utf-7", "\x00"])
def test_charsets_that_are_none(run: Run, charset: str) -> None:
    head = f'Content-Type: text/plain; charset="{charset}"\nSubject: =?{charset}?q?kop?=\n\n'
    document = checked(run(f"From: a@b.nl\n{head}{article(1)}"))
    assert document.articles[0].text == article(1)


def test_a_forwarded_text(run: Run) -> None:
    forwarded = (
        "Ter informatie.\n\n---------- Forwarded message ---------\n"
        "Van: Het Getij <redactie@getij.example>\nDatum: do 7 mrt 2024 om 10:12\n"
        "Onderwerp: De bomen wijken\nAan: <iemand@example.org>\n\n" + article(2)
    )
    made = message(forwarded, Subject="Fwd: De bomen wijken", List_Id="<lijst.example>")
    document = checked(run(made.as_bytes()))
    (one,) = document.articles
    assert one.text == article(2)
    assert (one.headline, one.date_published) == ("De bomen wijken", "2024-03-07")
    assert one.publisher == "Het Getij"
    assert "Forwarded message" in reasons(document, "record_field")


def test_a_message_within_a_message(run: Run) -> None:
    outer = message("Zie bijlage.", Subject="Door te lezen")
    outer.add_attachment(message(article(4), Subject="De kade"))
    document = checked(run(outer.as_bytes()))
    (one,) = document.articles
    assert (one.text, one.headline) == (article(4), "De kade")
    assert "Zie bijlage." in {span.text for span in document.removed_spans}


def test_messages_nested_without_end(run: Run) -> None:
    made = message(article(1))
    for _ in range(8):
        outer = message("Zie bijlage.")
        outer.add_attachment(made)
        made = outer
    assert run(made.as_bytes()).rejections[0].rule == "no_article"


def test_parts_nested_without_end(run: Run) -> None:
    made: MIMEText | MIMEMultipart = MIMEText(article(1))
    for number in range(100):
        outer = MIMEMultipart("mixed", boundary=f"grens{number}")
        outer.attach(made)
        made = outer
    made["From"], made["Subject"] = "a@b.nl", "x"
    assert run(made.as_bytes()).rejections[0].rule == "broken_mail"


def test_many_parts(run: Run) -> None:
    parts = "--b\nContent-Type: text/plain\n\nx\n" * 2_000
    head = 'From: a@b.nl\nSubject: x\nContent-Type: multipart/mixed; boundary="b"\n\n'
    assert run(head + parts).rejections[0].rule == "broken_mail"


def test_a_known_outlet_is_the_publisher(run: Run) -> None:
    made = message(article(1), From="Redactie <nieuwsbrief@mail.trouw.nl>")
    (one,) = checked(run(made.as_bytes())).articles
    assert (one.publisher, one.author) == ("Trouw", None)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Fwd: RE: De kade", "De kade"),
        ("Antw[2]: De kade", "De kade"),
        ("Opinie: De kade", "Opinie: De kade"),
        ("Re:", "Re:"),
    ],
)
def test_prefixes_of_subjects(registers: Registers, subject: str, bare: str) -> None:
    assert without_prefixes(subject, registers.mail) == bare


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Fri, 08 Mar 2024 23:45:00 -0500", "2024-03-08"),
        ("8 Mar 24 10:00 CET", "2024-03-08"),
        ("Fri, 31 Feb 2024 10:00:00 +0000", None),
        ("Fri, 0 Mar 2024 10:00:00 +0000", None),
        ("ooit", None),
        ("", None),
    ],
)
def test_the_day_of_sending(written: str, day: str | None) -> None:
    assert sent_on(written) == day


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("een \ntwee \ndrie\nvier", "een twee drie\nvier"),
        ("> een \n> twee\nniet", "> een twee\nniet"),
        ("> een \n>> twee", "> een \n>> twee"),
        (" van Anna", "van Anna"),
        ("een\n-- \nAnna", "een\n-- \nAnna"),
    ],
)
def test_flowed_lines(flowed: str, text: str) -> None:
    assert unflow(flowed, drops_space=False) == text


def test_flowed_lines_that_drop_the_space() -> None:
    assert unflow("onder \nhandelen", drops_space=True) == "onderhandelen"


@pytest.mark.parametrize(
    "text",
    [
        f"Datum: 2024-03-08\nTitel: De kade\n\n{article(1)}",
        f"Date: 2024-03-08\nSubject: De kade\n\n{article(1)}",
        f"From: Anna\nDe kade gaat omhoog.\n\n{article(1)}",
        f"Content-Type: text/html\nDate: nu\n\n{article(1)}",
    ],
)
def test_plain_text_is_no_mail(run: Run, text: str) -> None:
    assert run(text).media_type == "text/plain"


LINES = st.sampled_from(
    [
        "From: a@b.nl",
        "Subject: =?utf-8?q?caf=C3=A9?= =?x?b?//?=",
        "Date: Fri, 99 Mar 2024",
        "Content-Type: multipart/alternative; boundary=b",
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Type: message/rfc822",
        "Content-Type: text/html; charset=latin1; format*=x'y",
        "Content-Type: text/plain; format=flowed",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename*0*=a''%ff",
        "--b",
        "--b--",
        "",
        "Van: a\nDatum: 2024\nOnderwerp: x",
        "<p>De kade gaat omhoog en dat is voor wie er woont geen goed nieuws meer.</p>",
        "De kade gaat omhoog en dat is voor wie er woont geen goed nieuws, zegt men er. ",
        "\x00\ufffd",
    ]
)


@given(lines=st.lists(LINES, max_size=30))
def test_any_message(run: Run, lines: list[str]) -> None:
    content = "\n".join(["From: x@y.nl", "MIME-Version: 1.0", *lines])
    document = checked(run(content))
    assert document == run(content)


@given(tail=st.binary(max_size=300))
def test_any_bytes_after_a_header(run: Run, tail: bytes) -> None:
    checked(run(b"From: x@y.nl\nSubject: a\nDate: b\nContent-Type: text/html;" + tail))


@pytest.mark.long
@pytest.mark.parametrize("piece", ["=?utf-8?q?a?= ", "x\n", "Van: x\nDatum: y\n", "> ", "a \n"])
@pytest.mark.parametrize("head", ["Subject: ", "Content-Type: text/plain; format=flowed\n\n"])
def test_large_messages_take_linear_time(registers: Registers, head: str, piece: str) -> None:
    reader = load_reader("message/rfc822")
    assert reader is not None

    def read(content: str) -> None:
        reader(Source(content.encode(), content, "utf-8"), registers)

    def message(size: int) -> str:
        body = piece * (size // len(piece))
        return f"From: {'a' * (size // 10)}@b.nl\nMIME-Version: 1.0\n{head}{body}"

    assert_in_proportion(read, message, 20_000)
