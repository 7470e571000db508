"""Mailboxes and web archives: many documents, one after the other, in one file."""

from __future__ import annotations

import lzma
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.containers.model import Limits, Opened
from tests.archives import LIMITS, gzipped, opened
from tests.warehouse.test_containers import contents

PAGE = b"<html><body><p>Vrede aan zee, zei de burgemeester van Zoutmonde.</p></body></html>"
HTML = "text/html; charset=utf-8"


def message(number: int, body: str) -> str:
    """Return a message."""
    return f"Subject: Bericht {number}\nFrom: a@example.org\n\n{body}"


def test_a_mailbox(tmp_path: Path) -> None:
    """Each message is a member; quoting is undone, and only what divides messages divides."""
    first = message(1, "Dag,\n\nFrom Zoutmonde with love,\nnobody.\n")
    quoted = message(2, ">From now on\n>>From then on\n> From afar\n")
    plain = message(2, "From now on\n>From then on\n> From afar\n")
    last = message(3, "Einde")
    line = "From a@example.org Sat Jan  1 12:00:00 2022\n"
    found = opened(f"{line}{first}\n{line}{quoted}\n{line}{last}".encode(), tmp_path)
    assert (found.container.reader, found.container.media_type) == ("mbox", "application/mbox")
    assert contents(found, tmp_path) == {
        "000001.eml": first.encode(),
        "000002.eml": plain.encode(),
        "000003.eml": last.encode(),
    }


def test_a_mailbox_that_grows_keeps_its_messages(tmp_path: Path) -> None:
    """What is appended comes behind; the messages before have the same names and bytes."""
    line = "From - Sat Jan 01 12:00:00 2022\r\n"
    one = line + message(1, "Een\n").replace("\n", "\r\n")
    more = one + "\r\n" + line + message(2, "Twee\n").replace("\n", "\r\n")
    before, after = opened(one.encode(), tmp_path), opened(more.encode(), tmp_path)
    assert after.members[:1] == before.members
    assert len(after.members) == 2


def test_a_line_without_end_goes_through_in_pieces(tmp_path: Path) -> None:
    """A message that is one long line arrives whole, though it is never held whole."""
    body = "From x" + "woord " * 100_000
    found = opened(f"From a\n{message(1, body)}\n\nFrom b\n{message(2, 'x')}".encode(), tmp_path)
    assert contents(found, tmp_path)["000001.eml"] == message(1, body).encode() + b"\n"
    assert len(found.members) == 2


class Warc:
    """A web archive that is being written."""

    def __init__(self, *, compressed: bool = True) -> None:
        """Start with a record about the archive itself."""
        self.target = BytesIO()
        self.writer = WARCWriter(self.target, gzip=compressed)
        self.writer.write_record(self.writer.create_warcinfo_record("x.warc", {"software": "t"}))

    def response(
        self,
        address: str,
        payload: bytes,
        media_type: str | None = HTML,
        status: str = "200 OK",
        **headers: str,
    ) -> None:
        """Add what a web server answered."""
        fields = [("Content-Type", media_type)] if media_type else []
        fields += [(name.replace("_", "-"), value) for name, value in headers.items()]
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        self.record("response", address, payload, http_headers=http)

    def record(self, kind: str, address: str, payload: bytes, **options: object) -> None:
        """Add a record."""
        stream = BytesIO(payload)
        made = self.writer.create_warc_record(address, kind, payload=stream, **options)
        self.writer.write_record(made)

    @property
    def content(self) -> bytes:
        """The archive so far."""
        return self.target.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
def test_a_web_archive(compressed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Pages are members without their headers, named by address; all else is counted."""
    warc = Warc(compressed=compressed)
    home, other = "https://example.org/", "https://example.org/a/b.html?c=d"
    warc.response(home, PAGE)
    warc.response(other, PAGE + b"2")
    warc.response(other, PAGE + b"3")
    warc.response("https://example.org/gone", PAGE, status="404 Not Found")
    warc.response("https://example.org/x.png", b"\x89PNG\r\n\x1a\n", "image/png")
    warc.response("https://example.org/sniffed", b"%PDF-1.7", None)
    warc.response("https://example.org/picture", b"\x89PNG\r\n\x1a\n", None)
    warc.record("metadata", home, b"a: b", warc_content_type="application/warc-fields")
    warc.record("conversion", "https://example.org/t", b"tekst", warc_content_type="text/plain")
    warc.record("resource", "https://example.org/r", PAGE, warc_content_type="text/html")
    found = opened(warc.content, tmp_path)
    assert found.container.reader == "warc"
    assert contents(found, tmp_path) == {
        home: PAGE,
        other: PAGE + b"2",
        f"{other} (2)": PAGE + b"3",
        "https://example.org/sniffed": b"%PDF-1.7",
        "https://example.org/t": b"tekst",
        "https://example.org/r": PAGE,
    }
    assert found.container.passed_over == {"http_status": 1, "media_type": 2, "record": 2}
    assert found.members[0].file_name == "example.org"


def test_compression_and_chunks_are_undone(tmp_path: Path) -> None:
    """What the server packed is unpacked; what is broken or unknown is passed over."""
    warc = Warc()
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    answers = {
        "gzip": (gzipped(PAGE), {"Content_Encoding": "gzip"}),
        "not-gzip": (PAGE, {"Content_Encoding": "gzip"}),
        "zlib": (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        "deflate": (raw.compress(PAGE) + raw.flush(), {"Content_Encoding": "deflate"}),
        "chunked": (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), {"Transfer_Encoding": "chunked"}),
        "broken": (gzipped(PAGE)[:10] + b"\x07" * 40, {"Content_Encoding": "gzip"}),
        "brotli": (b"\x0b\x02\x80", {"Content_Encoding": "br"}),
    }
    for name, (payload, headers) in answers.items():
        warc.response(f"https://example.org/{name}", payload, **headers)
    found = opened(warc.content, tmp_path)
    sound = ("gzip", "not-gzip", "zlib", "deflate", "chunked")
    assert contents(found, tmp_path) == {f"https://example.org/{name}": PAGE for name in sound}
    assert found.container.passed_over == {"content_encoding": 2, "record": 1}


def test_a_long_address_is_cut(tmp_path: Path) -> None:
    """Two that differ only at their ends have different names still."""
    warc = Warc()
    for end in "ab":
        warc.response("https://example.org/" + "x" * 5000 + end, PAGE + end.encode())
    names = [member.path for member in opened(warc.content, tmp_path).members]
    assert [len(name) for name in names] == [LIMITS.name_characters] * 2
    assert names[0] != names[1]


def four_pages(*, compressed: bool) -> bytes:
    """Return an archive of four pages, each its own record."""
    warc = Warc(compressed=compressed)
    for number in range(4):
        warc.response(f"https://example.org/{number}", PAGE * (number + 2))
    return warc.content


def sound(found: Opened) -> list[str]:
    """Return the paths of the members that can be read."""
    return [member.path for member in found.members if member.container is None]


def held_back(found: Opened) -> list[tuple[str, str]]:
    """Return path and rule of the members that cannot be read."""
    return [
        (member.path, member.container.rejection.rule)
        for member in found.members
        if member.container and member.container.rejection
    ]


@pytest.mark.parametrize("end", [1, 100, 300])
def test_a_web_archive_of_which_nothing_can_be_read(end: int, tmp_path: Path) -> None:
    """It is refused whole."""
    warc = Warc(compressed=False)
    warc.response("https://example.org/", PAGE * 10)
    found = opened(warc.content[: -end - 4], tmp_path)
    assert found.container.rejection is not None
    assert found.container.rejection.rule == "broken_archive"
    assert found.members == ()


@pytest.mark.parametrize("compressed", [True, False])
def test_the_last_record_is_cut_off(compressed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """The others are members; it is held back under its address, and says where it is."""
    found = opened(four_pages(compressed=compressed)[:-60], tmp_path)
    assert sound(found) == [f"https://example.org/{number}" for number in range(3)]
    assert held_back(found) == [("https://example.org/3", "broken_record")]
    container = found.members[-1].container
    assert container is not None
    assert container.rejection is not None
    assert "Record 5" in container.rejection.message


def test_a_damaged_record_in_the_midst(tmp_path: Path) -> None:
    """Where each record is compressed by itself, reading goes on at the next one."""
    content = four_pages(compressed=True)
    at = content.index(b"\x1f\x8b\x08", content.index(b"\x1f\x8b\x08", 20) + 20) + 60
    found = opened(content[:at] + b"\xff" * 8 + content[at + 8 :], tmp_path)
    assert len(sound(found)) == 3
    assert [rule for _, rule in held_back(found)] == ["broken_record"]


@pytest.mark.parametrize(
    ("change", "read", "bad"),
    [
        ((b"Content-Length: ", b"Content-Length: x"), [0, 2, 3], [1]),
        ((b"WARC/1.0\r\nWARC-Type: response", b"WARC/1.0\r\nWARC-Type response"), [0, 2, 3], [1]),
    ],
)
def test_a_bad_header_in_the_midst(
    change: tuple[bytes, bytes], read: list[int], bad: list[int], tmp_path: Path
) -> None:
    content = four_pages(compressed=False)
    begin = content.rindex(b"WARC/1.0", 0, content.index(b"https://example.org/1"))
    head, rest = content[:begin], content[begin:]
    found = opened(head + rest.replace(*change, 1), tmp_path)
    paths = [f"https://example.org/{number}" for number in read]
    assert [path for path in sound(found) if path in paths] == paths
    held = [path for path, _ in held_back(found)]
    assert [f"https://example.org/{number}" for number in bad] == held[: len(bad)]


@pytest.mark.parametrize("by", [-1, 1])
def test_a_length_that_is_off_by_one(by: int, tmp_path: Path) -> None:
    """Some programs count wrong; the page is what is there, and the next record is found."""
    content = four_pages(compressed=False)
    at = content.index(b"Content-Length: ", content.index(b"https://example.org/1")) + 16
    end = content.index(b"\r\n", at)
    length = str(int(content[at:end]) + by).encode()
    found = opened(content[:at] + length + content[end:], tmp_path)
    assert len(sound(found)) == 4


def test_a_record_that_swallows_the_next_is_held_back(tmp_path: Path) -> None:
    content = four_pages(compressed=False)
    at = content.index(b"Content-Length: ", content.index(b"https://example.org/1")) + 16
    found = opened(content[:at] + b"1" + content[at:], tmp_path)
    assert "https://example.org/1" not in sound(found)
    assert held_back(found)[0] == ("https://example.org/1", "broken_record")


def test_what_is_held_back_is_held_back_again(tmp_path: Path) -> None:
    """What stands for it in the archive of sources is a record that cannot be read, too."""
    found = opened(four_pages(compressed=False)[:-60], tmp_path)
    kept = archived_file(tmp_path / "archive", found.members[-1].document_id)
    again = opened(kept.read_bytes(), tmp_path, name="again")
    assert again.container.rejection is not None


def test_damage_outside_of_records_ends_the_archive(tmp_path: Path) -> None:
    """An archive that is compressed as one cannot be read on behind the damage."""
    packed = bytearray(lzma.compress(four_pages(compressed=False) * 200))
    packed[len(packed) // 2] ^= 0xFF
    found = opened(bytes(packed), tmp_path)
    assert found.members == () or held_back(found)


def test_an_endless_header_is_not_held(tmp_path: Path) -> None:
    """A header without end is refused after a bounded number of bytes."""
    content = b"WARC/1.0\r\nWARC-Type: " + b"x" * 20_000_000
    rejection = opened(content, tmp_path).container.rejection
    assert rejection is not None
    assert "a header of more than" in rejection.message


def test_an_answer_that_unpacks_to_very_much_is_passed_over(tmp_path: Path) -> None:
    """Its compression is undone in memory, so there is an end to it."""
    warc = Warc()
    packed = gzipped(bytes(65 << 20))
    warc.response("https://example.org/bomb", packed, Content_Encoding="gzip")
    warc.response("https://example.org/", PAGE)
    limits = Limits(1 << 30, 200, 100, 3, 1024)
    found = opened(warc.content, tmp_path, limits=limits)
    assert found.container.passed_over == {"record": 1, "record_size": 1}
    assert len(found.members) == 1
