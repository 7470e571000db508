"""PDF files written for tests: pages of text at places that the test chooses."""

from __future__ import annotations

import hashlib
import textwrap
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
"""A4 in points."""
ADVANCE = 0.6
"""How far a character of Courier reaches, in its size."""
FONTS = {"F1": "Courier", "F2": "Courier-Bold", "F3": "Times-Roman"}
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


@dataclass
class Page:
    """A page to write on; places are in points from its lower left corner."""

    content: list[bytes] = field(default_factory=list)
    rotation: int = 0
    resources: bytes = b""

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "F1") -> None:
        """Write a line."""
        self._show(f"1 0 0 1 {x:.2f} {y:.2f}", text, size, font)

    def upwards(self, x: float, y: float, text: str, size: float = 10, font: str = "F1") -> None:
        """Write a line that runs up the page."""
        self._show(f"0 1 -1 0 {x:.2f} {y:.2f}", text, size, font)

    def picture(self, left: float, bottom: float, width: float, height: float) -> None:
        """Put a grey picture."""
        place = f"q {width} 0 0 {height} {left} {bottom} cm "
        self.content.append(place.encode() + b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")

    def _show(self, matrix: str, text: str, size: float, font: str) -> None:
        shown = text.encode("cp1252").replace(b"\\", b"\\\\")
        shown = shown.replace(b"(", b"\\(").replace(b")", b"\\)")
        head = f"BT /{font} {size} Tf {matrix} Tm (".encode()
        self.content.append(head + shown + b") Tj ET")


@dataclass
class Column:
    """A column of a page, filled from its top with lines of Courier."""

    page: Page
    left: float
    top: float
    width: float
    size: float = 10
    leading: float = 12

    def write(
        self, text: str, *, indent: int = 0, font: str = "F1", hyphenate: bool = False
    ) -> None:
        """Write a paragraph."""
        for line in wrapped(
            text, int(self.width / (self.size * ADVANCE)), indent, hyphenate=hyphenate
        ):
            bare = line.lstrip(" ")
            shift = (len(line) - len(bare)) * self.size * ADVANCE
            self.page.text(self.left + shift, self.top, bare, self.size, font)
            self.top -= self.leading

    def skip(self, lines: float = 1) -> None:
        """Leave lines blank."""
        self.top -= lines * self.leading


def wrapped(text: str, width: int, indent: int = 0, *, hyphenate: bool = False) -> Iterator[str]:
    """Yield the lines of a paragraph; words are broken where asked, after their fifth letter."""
    if not hyphenate:
        yield from textwrap.wrap(text, width, initial_indent=" " * indent)
        return
    line = " " * indent
    for word in text.split():
        room = width - len(line)
        if len(word) < room or not line.strip():
            line += f" {word}" if line.strip() else word
        elif len(word) > 9 and room > 7 and word.isalpha():
            yield f"{line} {word[:5]}-"
            line = word[5:]
        else:
            yield line
            line = word
    yield line


def one_column(*paragraphs: str, indent: int = 0, blank: float = 0.8) -> Page:
    """Return a page with these paragraphs in a column."""
    page = Page()
    column = Column(page, 70, 760, 450)
    for text in paragraphs:
        column.write(text, indent=indent)
        column.skip(blank)
    return page


def pdf(
    pages: Sequence[Page],
    info: Mapping[str, str] | None = None,
    password: str = "",
    objects: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF file of these pages, encrypted where there is a password.

    ``objects`` are further ones, numbered from 10 on.
    """
    kind = "/Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding"
    fonts = b" ".join(
        f"/{key} << {kind} /BaseFont /{name} >>".encode() for key, name in FONTS.items()
    )
    first = 10 + len(objects)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    body = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< " + fonts + b" >>",
        4: _info(info or {}),
        **{10 + index: one for index, one in enumerate(objects)},
    }
    for index, page in enumerate(pages):
        body[first + 2 * index] = (
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Rotate {page.rotation} /Contents {first + 2 * index + 1} 0 R "
            ).encode()
            + b"/Resources << /Font 3 0 R "
            + page.resources
            + b" >> >>"
        )
        body[first + 2 * index + 1] = stream(b"\n".join(page.content))
    return _file(body, password)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(content)
    head = b"<< /Length %d /Filter /FlateDecode %s >>" % (len(packed), entries)
    return head + b"\nstream\n" + packed + b"\nendstream"


def remapped(text: str, mapping: bytes) -> bytes:
    """Return a file with a line in a font whose characters mean what ``mapping`` says."""
    table = b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00> <ff> "
    table += b"endcodespacerange " + mapping + b" end"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 11 0 R >>"
    page = Page(resources=b"/Font << /F9 10 0 R >>")
    page.text(70, 700, text, font="F9")
    return pdf([page], objects=[font, stream(table)]).replace(b"/Font 3 0 R", b"/Fond 3 0 R")


def _info(info: Mapping[str, str]) -> bytes:
    mark = "\ufeff"
    rows = (f"/{key} <{(mark + text).encode('utf-16-be').hex()}>" for key, text in info.items())
    return ("<< " + " ".join(rows) + " >>").encode()


def _file(body: Mapping[int, bytes], password: str) -> bytes:
    identifier = bytes(16)
    trailer = b"/Root 1 0 R /Info 4 0 R"
    objects = dict(body)
    if password:
        objects[5] = _encryption(password, identifier)
        trailer += b" /Encrypt 5 0 R /ID [<%s> <%s>]" % ((identifier.hex().encode(),) * 2)
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    rows = [b"0000000000 65535 f \n"]
    rows += [
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(1, max(places) + 1)
    ]
    table = b"xref\n0 %d\n" % len(rows) + b"".join(rows)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(rows), trailer, len(out))
    return out + table + end


def _encryption(password: str, identifier: bytes) -> bytes:
    """Return the dictionary of the standard handler, revision 2 (ISO 32000-1, 7.6.3).

    Nothing else of the file needs to be encrypted for a reader to ask for the password.
    """
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    permissions = (-4).to_bytes(4, "little", signed=True)
    digest = hashlib.md5(padded + owner + permissions + identifier, usedforsecurity=False)
    user = _rc4(digest.digest()[:5], _PADDING)
    return b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
        owner.hex().encode(),
        user.hex().encode(),
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
