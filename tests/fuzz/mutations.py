"""Ways to spoil a file, each by a seeded chance: the same seed spoils it the same way."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

MOST_BYTES = 400_000
"""Up to so much is added at a time: enough to see what grows faster than its input."""

ALPHABETS = (
    *(b"a", b" ", b"\n", b"\r", b"\t", b'"', b"'", b"(", b")", b"[", b"]", b"{", b"}", b"<"),
    *(b">", b"&", b"0", b"9", b"-", b"_", b"*", b"#", b"|", b",", b";", b":", b".", b"/", b"\\"),
    *(b"=", b"@", b"\0", b"\xff", b"\xc2\xa0", b"\xe2\x80\x8b", b"a ", b"a\n", b"\n\n", b" \n"),
    *(b"a-\n", b"1/", b"[a](", b"<a>", b"<a ", b"&amp", b"&#", b"**", b"_a", b"> ", b'"a",'),
    *(b"\\par ", b"{\\a", b"A. ", b"Aa ", b"=\n", b"=20", b"http://", b"a@b.", b"\xe2\x80\x9c"),
)
NESTS = (
    *((b"[", b"]"), (b'{"a":', b"}"), (b"<div>", b"</div>"), (b"<b><i>", b"</i></b>")),
    *((b"{", b"}"), (b"<table><tr><td>", b"</td></tr></table>"), (b"<ul><li>", b"</li></ul>")),
    *((b"<< /A ", b" >>"), (b"> ", b""), (b"* ", b""), (b"(", b")"), (b"<!--", b"-->")),
    *((b"<w:p><w:r>", b"</w:r></w:p>"), (b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>")),
)
ODD = (
    *("\u202e", "\u2066", "\u0301" * 200, "\U0001f468\u200d\U0001f469", "\U00010330", "\ufeff"),
    *("\x1b[2J\x1b]0;x\x07", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\ufffe", "\u00ad", "\r"),
    *("\\ud800", "\\udfff\\ud800", "\\u0000", "\\x", "&#xD800;", "&#0;", "&#x110000;", "&bol;"),
    *("ﷺ", "İ", "ß", "ǆ", "\u0130\u0131", "𝔸", "Z̸̧̢͓", "１２", "٣", "²"),
)
RAW = (b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf", b"\x80", b"\xff\xfe", b"\xef\xbb\xbf")
NUMBERS = (
    *(b"1e9999", b"-1e9999", b"99999999999999999999999", b"-1", b"0", b"NaN", b"2147483648"),
    *(
        b"-2147483649",
        b"18446744073709551616",
        b"1" * 5000,
        b"0.1e-999",
        b"0x7fffffff",
        b"\xd9\xa3",
    ),
)
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = (
    f'<!DOCTYPE a [<!ENTITY l0 "lol">{LOL}]><a>&l9;</a>'.encode(),
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]><a/>',
)

Chance = random.Random
Mutation = Callable[[Chance, bytes, bytes], bytes]
"""Spoils the second by chance, the third is a file of another format."""


def _place(chance: Chance, content: bytes) -> int:
    return chance.randint(0, len(content))


def _length(chance: Chance) -> int:
    """Return a length, short ones as often as long ones of each size."""
    return int(MOST_BYTES ** chance.uniform(0.2, 1.0))


def _put(chance: Chance, content: bytes, more: bytes) -> bytes:
    at = _place(chance, content)
    return content[:at] + more + content[at:]


def flips(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Change some bits."""
    spoiled = bytearray(content)
    for _number in range(chance.randint(1, 30) if spoiled else 0):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def noise(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Write noise over a stretch."""
    at = _place(chance, content)
    more = chance.randbytes(chance.randint(1, 2000))
    return content[:at] + more + content[at + len(more) :]


def cut(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Cut the file off."""
    return content[: _place(chance, content)]


def hole(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Leave a stretch out."""
    start, end = sorted((_place(chance, content), _place(chance, content)))
    return content[:start] + content[end:]


def splice(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Go on as a file of another format."""
    return content[: _place(chance, content)] + other[_place(chance, other) :]


def within(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Put a file of another format into it."""
    return _put(chance, content, other)


def repeated(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Repeat a stretch many times."""
    start = _place(chance, content)
    block = content[start : start + chance.randint(1, 3000)]
    return _put(chance, content, block * (_length(chance) // max(len(block), 1)))


def run(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put in a long run of one thing."""
    one = chance.choice(ALPHABETS)
    return _put(chance, content, one * (_length(chance) // len(one)))


def mixture(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put in a long run of a few things in turn, or by chance."""
    few = chance.choices(ALPHABETS, k=chance.randint(2, 4))
    if chance.random() < 0.5:
        return _put(chance, content, b"".join(few) * (_length(chance) // len(b"".join(few))))
    return _put(chance, content, b"".join(chance.choices(few, k=_length(chance) // 3)))


def nested(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Nest something very deep, closed or not."""
    begin, end = chance.choice(NESTS)
    depth = _length(chance) // (len(begin) + len(end))
    return _put(chance, content, begin * depth + chance.choice((b"", end * depth)))


def long_words(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put in a long line without a space."""
    letters = bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyzABCDEZ0123-", k=_length(chance)))
    return _put(chance, content, letters)


def many_lines(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put in very many short lines."""
    words = [bytes(chance.choices(b"abcde .,", k=chance.randint(0, 9))) for _ in range(50)]
    return _put(chance, content, b"\n".join(chance.choices(words, k=_length(chance) // 6)))


def odd_characters(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Strew characters that turn, combine, control or are none."""
    for _number in range(chance.randint(1, 30)):
        is_raw = chance.random() < 0.2
        odd = chance.choice(RAW) if is_raw else chance.choice(ODD).encode()
        content = _put(chance, content, odd)
    return content


def numbers(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put other numbers in the place of some."""
    return re.sub(
        rb"\d+",
        lambda found: chance.choice(NUMBERS) if chance.random() < 0.2 else found[0],
        content,
    )


def entities(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Put in declarations of entities that grow, or that name files."""
    more = chance.choice(ENTITIES)
    if b"<" in content and chance.random() < 0.5:
        declaration = more.partition(b"]>")[0] + b"]>"
        return content.replace(b"?>", b"?>" + declaration, 1)
    return more + content if chance.random() < 0.5 else _put(chance, content, more)


def recoded(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Write the file in another encoding, or its bytes as if they were another's characters."""
    text = content.decode(chance.choice(("utf-8", "latin-1", "cp1252", "utf-16")), "replace")
    to = chance.choice(("utf-8", "utf-16", "utf-16-be", "utf-32", "cp1252", "utf-7", "cp037"))
    return text.encode(to, "replace")


def swapped(chance: Chance, content: bytes, _: bytes) -> bytes:
    """Bring the lines into another order."""
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


MUTATIONS: tuple[Mutation, ...] = (
    *(flips, noise, cut, hole, splice, within, repeated, run, mixture, nested, long_words),
    *(many_lines, odd_characters, numbers, entities, recoded, swapped),
)


def _inside_zip(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Spoil one member of a ZIP, and leave the ZIP sound."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        text_like = [name for name in names if name.endswith((".xml", ".rels", ".txt", ".html"))]
        chosen = chance.choice(text_like or names)
        if "word/document.xml" in names and chance.random() < 0.5:
            chosen = "word/document.xml"
        for name in names:
            data = old.read(name)
            spoiled = spoil(chance, data, other) if name == chosen else data
            new.writestr(zipfile.ZipInfo(name), spoiled, zipfile.ZIP_DEFLATED)
    return target.getvalue()


_PACKERS: Sequence[tuple[bytes, Callable[[bytes], bytes], Callable[[bytes], bytes]]] = (
    (b"\x1f\x8b", gzip.decompress, lambda data: gzip.compress(data, mtime=0)),
    (b"BZh", bz2.decompress, bz2.compress),
    (b"\xfd7zXZ\0", lzma.decompress, lzma.compress),
)


def inside(chance: Chance, content: bytes, other: bytes) -> bytes | None:
    """Spoil what is packed in a file and pack it again; None where nothing is packed."""
    if content.startswith(b"PK\x03\x04"):
        return _inside_zip(chance, content, other)
    for mark, unpack, pack in _PACKERS:
        if content.startswith(mark):
            return pack(spoil(chance, unpack(content), other))
    if content.startswith(b"%PDF"):
        return _inside_pdf(chance, content, other)
    return None


def _inside_pdf(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Spoil a compressed stream of a PDF file; readers mend the table of places."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL))
    if not streams:
        return spoil(chance, content, other)
    found = chance.choice(streams)
    try:
        data = zlib.compress(spoil(chance, zlib.decompress(found[1]), other))
    except zlib.error:
        return spoil(chance, content, other)
    start, end = found.span(1)
    changed = content[:start] + data + content[end:]
    return re.sub(rb"/Length \d+", b"/Length %d" % len(data), changed)


def spoil(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Return a file spoiled in one to three ways."""
    for _number in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(MUTATIONS)(chance, content, other)
    return content


def mutated(chance: Chance, content: bytes, other: bytes) -> bytes:
    """Return a file spoiled from outside, or inside of what packs it."""
    packed = inside(chance, content, other) if chance.random() < 0.7 else None
    return spoil(chance, content, other) if packed is None else packed
