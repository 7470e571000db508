"""Containers are taken apart into their members, to the byte."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.containers.kinds import container_kind
from knipsel.warehouse.intake.containers.model import Opened, RefusedContainerError
from knipsel.warehouse.intake.containers.names import Names, is_hidden, safe_name
from tests.archives import LIMITS, gzipped, opened, special, tarred, zipped

FILES = [("b/second.txt", b"two"), ("first.txt", b"one" * 1000)]


def contents(found: Opened, folder: Path) -> dict[str, bytes]:
    """Return the bytes of each member by its path."""
    return {
        member.path: archived_file(folder / "archive", member.document_id).read_bytes()
        for member in found.members
    }


@pytest.mark.parametrize(
    ("content", "reader", "media_type"),
    [
        (zipped(dict(FILES)), "zip", "application/zip"),
        (tarred(FILES), "tar", "application/x-tar"),
        (gzipped(tarred(FILES)), "tar", "application/gzip"),
        (bz2.compress(tarred(FILES)), "tar", "application/x-bzip2"),
        (lzma.compress(tarred(FILES)), "tar", "application/x-xz"),
    ],
)
def test_archives(content: bytes, reader: str, media_type: str, tmp_path: Path) -> None:
    """Every file of an archive is a member, in the archive's order, whatever packs it."""
    found = opened(content, tmp_path)
    container = found.container
    assert (container.reader, container.media_type, container.entries) == (reader, media_type, 2)
    assert container.rejection is None
    assert list(contents(found, tmp_path).items()) == FILES
    assert [member.file_name for member in found.members] == ["second.txt", "first.txt"]


@pytest.mark.parametrize(
    ("pack", "suffix", "reader"),
    [
        (gzip.compress, ".gz", "gzip"),
        (bz2.compress, ".bz2", "bzip2"),
        (lzma.compress, ".xz", "xz"),
    ],
)
def test_a_compressed_file(pack: type[bytes], suffix: str, reader: str, tmp_path: Path) -> None:
    """It holds one member, of its own name without the suffix; parts follow each other."""
    found = opened(pack(b"one ") + pack(b"two"), tmp_path, f"note.txt{suffix}")
    assert found.container.reader == reader
    assert contents(found, tmp_path) == {"note.txt": b"one two"}


def test_an_xz_file_may_be_padded(tmp_path: Path) -> None:
    """Zeros between and behind its parts are nothing."""
    packed = lzma.compress(b"one ") + bytes(8) + lzma.compress(b"two") + bytes(4)
    assert list(contents(opened(packed, tmp_path), tmp_path).values()) == [b"one two"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    """Links, devices, hidden files and what a Mac adds are no members, and nobody follows them."""
    files = [("a.txt", b"a"), (".DS_Store", b"x"), ("__MACOSX/._a.txt", b"x"), ("d/.git/b", b"x")]
    others = [
        special("link.txt", tarfile.SYMTYPE),
        special("hard.txt", tarfile.LNKTYPE),
        special("pipe", tarfile.FIFOTYPE),
        special("disk", tarfile.BLKTYPE),
        special("folder", tarfile.DIRTYPE),
    ]
    found = opened(tarred(files, *others), tmp_path)
    assert contents(found, tmp_path) == {"a.txt": b"a"}
    assert found.container.passed_over == {"directory": 1, "hidden": 3, "link": 2, "special": 2}
    assert found.container.entries == 9


def test_links_in_a_zip_are_passed_over(tmp_path: Path) -> None:
    """A ZIP marks a link by the mode of its entry; what it holds is the link's target."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", "")
        archive.writestr("a.txt", "a")
    found = opened(target.getvalue(), tmp_path)
    assert contents(found, tmp_path) == {"a.txt": b"a"}
    assert found.container.passed_over == {"directory": 1, "link": 1}


def test_equal_names_are_numbered(tmp_path: Path) -> None:
    """Two files of a name are two members, also where a number is in a name already."""
    names = ["a.txt", "a (2).txt", "a.txt", "x/../a.txt", "no-suffix", "no-suffix"]
    found = opened(tarred((name, name.encode()) for name in names), tmp_path)
    assert [member.path for member in found.members] == [
        *("a.txt", "a (2).txt", "a (3).txt", "a (4).txt"),
        *("no-suffix", "no-suffix (2)"),
    ]


def test_nested_archives(tmp_path: Path) -> None:
    """An archive in an archive is a member, and so is what it holds."""
    inner = gzipped(tarred([("c.txt", b"c")]))
    found = opened(zipped({"b.tgz": inner, "a.txt": b"a"}), tmp_path)
    assert contents(found, tmp_path) == {"b.tgz": inner, "b.tgz!/c.txt": b"c", "a.txt": b"a"}
    nested = found.members[0].container
    assert nested is not None
    assert (nested.reader, nested.media_type) == ("tar", "application/gzip")
    assert [member.container for member in found.members[1:]] == [None, None]


def test_a_broken_inner_archive_is_refused_alone(tmp_path: Path) -> None:
    """It is a member with a reason; the others are taken."""
    found = opened(zipped({"bad.gz": gzipped(b"x" * 99)[:-5], "a.txt": b"a"}), tmp_path)
    bad, good = found.members
    assert bad.container is not None
    assert bad.container.rejection is not None
    assert bad.container.rejection.rule == "broken_archive"
    assert (good.path, found.container.rejection) == ("a.txt", None)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>" * 99})[:-40],
        zipped({"mimetype": "application/epub+zip", "content.opf": "<p/>"}),
        b"From here to the sea\nit is an hour.\n",
        b"From the sea",
        b"",
        bytes(1024),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_container(content: bytes, tmp_path: Path) -> None:
    """Office documents are ZIPs and still documents; a text may start as a mailbox does."""
    file = tmp_path / "file"
    file.write_bytes(content)
    assert container_kind(file, LIMITS) is None


def test_a_tar_whose_first_file_is_a_pdf_is_a_tar(tmp_path: Path) -> None:
    """The mark of a PDF stands early in it, but behind the header of the TAR."""
    found = opened(tarred([("a.pdf", b"%PDF-1.7 ...")]), tmp_path)
    assert found.container.reader == "tar"


NAMES = st.lists(st.text("ab./ é(2)", min_size=1, max_size=8), max_size=12)


@given(names=NAMES)
def test_names_are_unique_and_stay_inside(names: list[str]) -> None:
    """Whatever they were, members' names are relative, without dots that lead anywhere, once."""
    taken = Names()
    given_names = []
    for name in names:
        try:
            given_names.append(taken.unique(safe_name(name, LIMITS)))
        except RefusedContainerError as refusal:
            assert refusal.rejection.rule == "unsafe_path"  # noqa: PT017 - some may pass
    assert len(set(given_names)) == len(given_names)
    for name in given_names:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))


FILE_LISTS = st.dictionaries(
    st.text("abcdé/", min_size=1, max_size=9).map(lambda name: f"x{name}x"),
    st.binary(max_size=200),
    min_size=1,
    max_size=6,
)


@given(files=FILE_LISTS, packed=st.sampled_from(["zip", "tar", "tgz"]))
def test_any_files_come_back_to_the_byte(
    files: dict[str, bytes], packed: str, tmp_path: Path
) -> None:
    """Packing and taking apart gives the same contents, in the same order."""
    content = zipped(files) if packed == "zip" else tarred(files.items())
    found = opened(gzipped(content) if packed == "tgz" else content, tmp_path)
    outer = [member for member in found.members if "!/" not in member.path]
    kept = [archived_file(tmp_path / "archive", m.document_id).read_bytes() for m in outer]
    assert kept == list(files.values())
    assert not any(is_hidden(member.path) for member in outer)
