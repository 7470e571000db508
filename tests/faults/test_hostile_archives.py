"""Archives made to do harm, or broken on the way: refused whole, with a reason, in bounds."""

from __future__ import annotations

import lzma
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.settings import Settings
from knipsel.warehouse.intake.containers import kinds
from knipsel.warehouse.intake.containers.unpack import take_apart
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.archives import LIMITS, gzipped, opened, refused, special, tarred, zipped
from tests.pipeline import Pipeline, write_files
from tests.texts import article

NOISE = random.Random(7).randbytes(20_000)


def nested(depth: int) -> bytes:
    """Return a ZIP in a ZIP in a ZIP, so many of them."""
    content: bytes = zipped({"a.txt": b"a"})
    for _ in range(depth - 1):
        content = zipped({"inner.zip": content})
    return content


def encrypted() -> bytes:
    """Return a ZIP whose entry says that it is encrypted, in both of its headers."""
    content = bytearray(zipped({"a.txt": b"a"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def packed_by(method: int) -> bytes:
    """Return a ZIP whose entry says that it is packed by a method."""
    content = bytearray(zipped({"a.txt": b"a"}))
    content[8:10] = struct.pack("<H", method)
    at = content.index(b"PK\x01\x02") + 10
    content[at : at + 2] = struct.pack("<H", method)
    return bytes(content)


def altered() -> bytes:
    """Return a ZIP of which one byte of the content changed on the way."""
    content = bytearray(zipped({"sound.txt": b"x", "noise.bin": NOISE}))
    content[len(content) // 2] ^= 1
    return bytes(content)


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "a/../../up.txt",
        "/etc/passwd",
        "\\\\server\\share\\a.txt",
        "..\\up.txt",
        "C:\\a.txt",
        "c:a.txt",
        "a/..",
        "x" * 2000,
    ],
)
@pytest.mark.parametrize("pack", [zipped, lambda files: tarred(files.items())])
def test_paths_that_leave_the_archive(
    name: str, pack: Callable[[dict[str, bytes]], bytes], tmp_path: Path
) -> None:
    """One such name, and none of the files is taken."""
    rule, message = refused(pack({"good.txt": b"x", name: b"x"}), tmp_path)
    assert rule == "unsafe_path"
    assert message.endswith("pack it again with plain names.")


def test_titles_with_a_colon_are_no_drives(tmp_path: Path) -> None:
    """A name may start with a letter and a colon where a space follows."""
    assert opened(tarred([("Q: wat nu.txt", b"x")]), tmp_path).members


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (encrypted(), "encrypted_archive"),
        (packed_by(9), "unsupported_compression"),
        (altered(), "broken_archive"),
        (zipped({"a.txt": NOISE})[:-9], "broken_archive"),
        (zipped({"a.txt": NOISE})[:9000], "broken_archive"),
        (tarred([("a.txt", NOISE)])[:9000], "broken_archive"),
        (tarred([("a.txt", NOISE)])[: 512 + 20_480], "broken_archive"),
        (gzipped(tarred([("a.txt", NOISE)]))[:-4], "broken_archive"),
        (gzipped(NOISE)[:9000], "broken_archive"),
        (gzipped(NOISE)[:-8] + bytes(8), "broken_archive"),
        (gzipped(b"x") + b"behind", "broken_archive"),
        (lzma.compress(NOISE)[:9000], "broken_archive"),
        (b"PK\x03\x04" + NOISE, "broken_archive"),
        (b"PK\x05\x06" + bytes(18), "empty_archive"),
        (tarred([(".hidden", b"x")], special("a", tarfile.SYMTYPE)), "empty_archive"),
        (nested(4), "archive_bomb"),
    ],
)
def test_each_has_its_reason(content: bytes, rule: str, tmp_path: Path) -> None:
    """The reason is a sentence, and nothing of the archive is kept."""
    found, message = refused(content, tmp_path)
    assert (found, message[-1]) == (rule, ".")


def test_three_deep_is_not_too_deep(tmp_path: Path) -> None:
    """The limit is what the setting says."""
    assert [member.path for member in opened(nested(3), tmp_path).members] == [
        "inner.zip",
        "inner.zip!/inner.zip",
        "inner.zip!/inner.zip!/a.txt",
    ]


@pytest.mark.parametrize("pack", ["gzip", "xz", "zip", "tar"])
def test_bombs_by_ratio(pack: str, tmp_path: Path) -> None:
    """What unpacks to a thousand times its size is refused before the disk is full."""
    zeros = bytes(80 << 20)
    content = {
        "gzip": lambda: gzipped(zeros),
        "xz": lambda: lzma.compress(zeros, preset=0),
        "zip": lambda: zipped({"a.txt": b"x", "zeros.txt": zeros}),
        "tar": lambda: gzipped(tarred([("a.txt", b"x"), ("zeros.txt", zeros)])),
    }[pack]()
    rule, message = refused(content, tmp_path)
    assert rule == "archive_bomb"
    assert "200 times its size" in message


def test_bombs_by_bytes_and_entries(tmp_path: Path) -> None:
    """Limits count what nested archives hold, too; hidden entries count as well."""
    files = {f"{number}.txt": NOISE for number in range(3)}
    inner = zipped({"inner.zip": zipped(files), "one.txt": b"x"})
    most = len(zipped(files)) + 3 * len(NOISE) + 1
    enough = replace(LIMITS, unpacked_bytes=most, members=5)
    assert len(opened(inner, tmp_path, limits=enough).members) == 5
    rule, message = refused(inner, tmp_path / "a", replace(enough, unpacked_bytes=most - 1))
    assert (rule, "bytes; split it" in message) == ("archive_bomb", True)
    rule, message = refused(inner, tmp_path / "b", replace(enough, members=4))
    assert (rule, "more than 4 entries" in message) == ("archive_bomb", True)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()


def test_a_bomb_within_makes_a_bomb_of_all_around_it(tmp_path: Path) -> None:
    """However much air is packed around it, and however deep it lies."""
    bomb = gzipped(bytes(80 << 20))
    around = zipped({"a.txt": random.Random(1).randbytes(500_000), "bomb.gz": bomb})
    assert refused(zipped({"inner.zip": around}), tmp_path)[0] == "archive_bomb"


def test_a_directory_of_very_many_entries_is_not_read(tmp_path: Path) -> None:
    """It is counted before it is held in memory, when the kind is told and after."""
    content = zipped({f"{number}": b"" for number in range(300)})
    file = tmp_path / "a.zip"
    file.write_bytes(content)
    few = replace(LIMITS, members=299)
    assert kinds.container_kind(file, few) == ("zip", "application/zip")
    assert refused(content, tmp_path / "a", few)[0] == "archive_bomb"
    assert len(opened(content, tmp_path / "b", limits=replace(LIMITS, members=300)).members) == 300


def test_a_very_long_tar_header_is_not_held(tmp_path: Path) -> None:
    """A header of many megabytes is refused after the first."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"comment": "x" * (5 << 20)}
        archive.addfile(info)
    rule, message = refused(target.getvalue(), tmp_path)
    assert (rule, "a header of more than" in message) == ("broken_archive", True)


def test_large_files_that_are_passed_over_are_no_header(tmp_path: Path) -> None:
    """What is skipped between two members may be long."""
    files = [(".hidden", bytes(5 << 20)), ("a.txt", b"a")]
    assert [member.path for member in opened(tarred(files), tmp_path).members] == ["a.txt"]


def test_overlapping_entries_of_a_zip(tmp_path: Path) -> None:
    """A directory that names the same bytes many times unpacks in bounds or not at all."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(30 << 20))
        (entry,) = archive.infolist()
        archive.filelist.extend([entry] * 50)
    assert refused(target.getvalue(), tmp_path)[0] in {"archive_bomb", "broken_archive"}


WARC = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a/\r\nContent-Length: 4\r\n"
    b"Content-Type: text/html\r\n\r\npage\r\n\r\n"
)
SEEDS = [
    zipped({"a.txt": b"aaa", "b/c.txt": NOISE[:300], "d.gz": gzipped(b"d")}),
    tarred([("a.txt", b"aaa"), ("b/c.txt", NOISE[:300])]),
    gzipped(tarred([("a.txt", b"aaa")])),
    lzma.compress(b"abc" * 100),
    WARC,
    b"From a\nSubject: b\n\nc\n\nFrom d\nSubject: e\n\nf\n",
]


@given(data=st.data())
def test_any_damage_gives_an_outcome(data: st.DataObject, tmp_path: Path) -> None:
    """However bytes are changed or cut off, the archive is taken, refused, or no archive."""
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    file = tmp_path / "damaged"
    file.write_bytes(bytes(content))
    found = take_apart(file, file.name, LIMITS, tmp_path / "archive")
    assert found is None or bool(found.members) == (found.container.rejection is None)


def test_a_run_takes_an_archive_whole_or_not_at_all(tmp_path: Path) -> None:
    """A refused archive is held back as one document; the run goes on, and knows it after."""
    limits = Settings(max_archive_bytes=100_000)
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"), limits, audited=True)
    inbox = tmp_path / "inbox"
    write_files(inbox, {"good.txt": article(1)})
    sound = {f"{number}.txt": article(number) for number in range(2, 5)}
    (inbox / "up.zip").write_bytes(zipped({**sound, "../up.txt": "x"}))
    (inbox / "locked.zip").write_bytes(encrypted())
    (inbox / "long.zip").write_bytes(zipped({**sound, "long.txt": b"woord " * 20_000}))
    (inbox / "cut.tgz").write_bytes(gzipped(tarred([("a.txt", NOISE)]))[:-4])
    assert pipeline.ingest(inbox) == RunCounts(5, 0, 1, 4, 0, 1)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        held_back = dict(ask(connection, "SELECT file_name, rule FROM quarantine").rows)
    assert held_back == {
        "up.zip": "unsafe_path",
        "locked.zip": "encrypted_archive",
        "long.zip": "archive_bomb",
        "cut.tgz": "broken_archive",
    }
    assert (
        len([path for path in (tmp_path / "warehouse/archive").rglob("??/*") if path.is_file()])
        == 5
    )
    assert pipeline.ingest(inbox) == RunCounts(5, 5, 0, 0, 0, 0)
    pipeline.publish()


def test_an_error_of_the_machine_is_not_the_archives_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk stops the run; nothing is held back for it."""
    from knipsel.warehouse.intake.containers import unpack

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(unpack, "keep_stream", full)
    with pytest.raises(OSError, match="No space left"):
        opened(zipped({"a.txt": b"a"}), tmp_path)
    assert list((tmp_path / "archive").iterdir()) == []
