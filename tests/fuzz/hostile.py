"""Files made by hand to do harm: bombs, ways out of a folder, names that are no names."""

from __future__ import annotations

import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable

from tests.archives import gzipped, special, tarred, zipped
from tests.docx_files import WORD, replaced, saved, with_body, written
from tests.fuzz.mutations import LOL
from tests.fuzz.seeds import timeless
from tests.texts import article

NAMES = (
    *("../up.txt", "../../../../tmp/up.txt", "/etc/passwd", "..\\up.txt", "C:\\up.txt", "a/../b"),
    *("line\nbreak.txt", "carriage\rreturn.txt", "'; DROP TABLE documents; --.txt", '"quoted".txt'),
    *("\x1b[31mred\x1b[0m.txt", "\u202etxt.exe", "nul\0l.txt", "a" * 255, "é" * 120, "!/x.txt"),
    *("a!/b.txt", "$(touch x).txt", "`id`.txt", "-rf", "%s%n.txt", "{0}.txt", "[bold]x.txt", "."),
    *("\ud800.txt".encode("utf-8", "surrogatepass").decode("latin-1"), " ", "con.txt", "a\tb.txt"),
)
"""Names of members that lead out, or are more than a name to whoever prints or runs them."""

_ZEROS = bytes(80 << 20)


def named_zip(number: int) -> bytes:
    """Return a ZIP with a member of an odd name, and one that is sound."""
    name = NAMES[number % len(NAMES)]
    return zipped({name: article(number), "sound.txt": article(number + 1)})


def named_tar(number: int) -> bytes:
    """Return a TAR with a member of an odd name."""
    name = NAMES[number % len(NAMES)].replace("\0", "")
    return tarred([(name, article(number).encode()), ("sound.txt", article(number + 1).encode())])


def linked_tar(number: int) -> bytes:
    """Return a TAR with links and devices, and a file below a link."""
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.BLKTYPE)
    links = [special("out", kind) for kind in kinds]
    return tarred([("out/a.txt", article(number).encode())], *links)


def bomb(number: int) -> bytes:
    """Return an archive that unpacks to a thousand times its size."""
    pack = (
        lambda: zipped({"zeros.txt": _ZEROS}),
        lambda: gzipped(_ZEROS),
        lambda: lzma.compress(_ZEROS, preset=0),
        lambda: gzipped(tarred([("zeros.txt", _ZEROS)])),
        lambda: zipped({"inner.gz": gzipped(_ZEROS)}),
    )
    return pack[number % len(pack)]() + bytes(number % 7)


def nested_zip(number: int) -> bytes:
    """Return a ZIP in a ZIP, and so on."""
    content: bytes | str = article(number)
    for depth in range(number % 12):
        content = zipped({f"{depth}.zip" if depth else "a.txt": content})
    return content if isinstance(content, bytes) else content.encode()


def docx_entities(number: int) -> bytes:
    """Return a DOCX whose text is entities: ones that grow, or a file of the machine."""
    kinds = (
        f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{LOL}]>',
        '<!DOCTYPE w:document [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">',
    )
    body = f"<w:p><w:r><w:t>{article(number)}&l9;</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    head = '<?xml version="1.0"?>' + kinds[number % len(kinds)]
    return timeless(replaced(with_body(""), {"word/document.xml": (head + document).encode()}))


def docx_bomb(number: int) -> bytes:
    """Return a DOCX of which a part unpacks to a thousand times its size."""
    zeros = b"<a>" + b" " * (60 << 20) + b"</a>"
    name = ("word/document.xml", "word/media/a.png", "docProps/core.xml")[number % 3]
    return timeless(replaced(saved(written(article(number))), {name: zeros}))


def docx_deep(number: int) -> bytes:
    """Return a DOCX of tables within tables."""
    depth = (10, 200, 5000, 100_000)[number % 4]
    begin, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    text = f"<w:p><w:r><w:t>{number}</w:t></w:r></w:p>"
    return timeless(with_body(begin * depth + text + end * depth))


def html_scripts(number: int) -> bytes:
    """Return a page that would do something in a browser, and one that is very deep."""
    harm = (
        "<script>while(1){}</script>",
        '<img src=x onerror="while(1){}"><iframe src="file:///etc/passwd"></iframe>',
        "<svg><script>alert(1)</script></svg><object data='http://127.0.0.1:9/'></object>",
        '<link rel=import href="file:///etc/passwd"><base href="http://127.0.0.1:9/">',
        "<div>" * 100_000,
        "<p " + " ".join(f"a{at}=1" for at in range(50_000)) + ">",
        "<select>" + "<option>a" * 50_000,
        "<table>" * 3000 + "<td>x",
    )[number % 8]
    text = "".join(f"<p>{one}</p>" for one in article(number).split("\n\n"))
    return f"<!doctype html><html><body>{harm}<article>{text}</article></body></html>".encode()


def json_hard(number: int) -> bytes:
    """Return JSON that is deep, doubled or not quite of this world."""
    kinds: tuple[Callable[[], str], ...] = (
        lambda: "[" * 100_000 + "]" * 100_000,
        lambda: '{"a":' * 50_000 + "1" + "}" * 50_000,
        lambda: '[{"title": "\\ud800", "text": "\\udc00 ' + "woord " * 30 + '\\u0000"}]',
        lambda: '[{"text": ' + "9" * 10_000 + ', "title": 1e999, "date": -1e999}]',
        lambda: "{" + ",".join(f'"text": "{article(at)}"' for at in range(50)) + "}",
        lambda: json.dumps([{f"k{at}": {"text": article(at)} for at in range(200)}]),
        lambda: '[{"text": NaN, "title": Infinity}]',
        lambda: json.dumps([{"text": article(number), "url": "javascript:alert(1)"}]),
    )
    return kinds[number % len(kinds)]().encode()


def pdf_hard(number: int) -> bytes:
    """Return a PDF that refers to itself, claims very much, or has scripts."""
    root = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]>>"
    script = "1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(1){})>>>>endobj"
    kinds = (
        f"{root}<</Type/Pages/Kids[2 0 R]/Count 1>>endobj",
        f"{root}<</Type/Pages/Kids[3 0 R]/Count 999999999>>endobj 3 0 obj{page}endobj",
        f"{script} 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj",
        f"1 0 obj<</Length 99999999999/Filter[{'/FlateDecode' * 500}]>>stream\nx\nendstream",
        "<<" * 20_000 + ">>" * 20_000,
    )
    return f"%PDF-1.7\n{kinds[number % len(kinds)]}\ntrailer<</Root 1 0 R>>%%EOF {number}".encode()


def mail_hard(number: int) -> bytes:
    """Return a mail of very many parts, or of parts within parts."""
    depth = (10, 300, 3000)[number % 3]
    heads = "".join(
        f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(depth)
    )
    many = "From: a@b\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    parts = "--x\r\nContent-Type: text/plain\r\n\r\nwoord\r\n" * 20_000
    return (many + parts if number % 2 else f"From: a@b\r\nSubject: s\r\n{heads}").encode()


def many_members(number: int) -> bytes:
    """Return a ZIP whose directory names the same bytes many times."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{number}.txt", random.Random(number).randbytes(5000))
        (entry,) = archive.infolist()
        archive.filelist.extend([entry] * 300)
    return target.getvalue()


HOSTILE: tuple[Callable[[int], bytes], ...] = (
    *(named_zip, named_tar, linked_tar, bomb, nested_zip, docx_entities, docx_bomb, docx_deep),
    *(html_scripts, json_hard, pdf_hard, mail_hard, many_members),
)
"""Each makes another file for another number."""
