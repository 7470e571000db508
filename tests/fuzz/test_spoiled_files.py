"""Spoiled files of every format: each gives articles that hold together, or a reason.

Few examples of each; ``make fuzz`` sends thousands through the whole pipeline.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.containers.unpack import take_apart
from tests.archives import LIMITS
from tests.fuzz import mutations
from tests.fuzz.hostile import HOSTILE
from tests.fuzz.long import spoiled_file
from tests.fuzz.seeds import SEEDS
from tests.profiles import examples

CONTAINERS = ("ZIP", "TAR", "compressed TAR", "GZ", "BZ2", "XZ", "WARC", "MBOX")
NUMBERS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is added to files short: these tests are for every day."""
    monkeypatch.setattr(mutations, "MOST_BYTES", 4000)


def become(content: bytes) -> ProcessedDocument:
    """Return what a document becomes; assert that it holds together, or has a reason."""
    raw = RawDocument(hashlib.sha256(content).hexdigest(), "/inbox/file", content)
    document = process(raw, load_registers())
    findings, _ = check_document(document)
    assert findings == []
    assert bool(document.articles) != bool(document.rejections)
    json.dumps(asdict(document), default=str, ensure_ascii=False).encode()  # no half characters
    for rejection in document.rejections:
        assert rejection.message.endswith(".")
    return document


@pytest.mark.parametrize("kind", [kind for kind in SEEDS if kind not in CONTAINERS])
@examples(quick=3, long=20)
@given(number=NUMBERS)
@example(number=20_000_000)  # a workbook with a part that cannot be unpacked
@example(number=286)  # a PDF whose letters lie where numbers are too coarse for their height
def test_documents(kind: str, number: int) -> None:
    chance = random.Random(number)
    other = SEEDS[chance.choice(list(SEEDS))](number)
    become(mutations.mutated(chance, SEEDS[kind](number), other))


@pytest.mark.parametrize("kind", CONTAINERS)
@examples(quick=3, long=20)
@given(number=NUMBERS)
def test_containers(kind: str, number: int, tmp_path: Path) -> None:
    """They are taken apart or refused, and nothing is written but into the archive."""
    chance = random.Random(number)
    other = SEEDS[chance.choice(list(SEEDS))](number)
    file = tmp_path / "file"
    file.write_bytes(mutations.mutated(chance, SEEDS[kind](number), other))
    opened = take_apart(file, file.name, LIMITS, tmp_path / "archive")
    assert {one.name for one in tmp_path.iterdir()} <= {"file", "archive"}
    if opened is None:
        become(file.read_bytes())
        return
    assert bool(opened.members) != bool(opened.container.rejection)
    for member in opened.members:
        if member.container is None:
            become(archived_file(tmp_path / "archive", member.document_id).read_bytes())


@examples(quick=3, long=20)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    become(content)


@examples(quick=3, long=20)
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_not(content: bytes) -> None:
    """Text that comes out can be written again: it has no halves of characters."""
    decode(content, load_registers().encodings).text.encode()


@examples(quick=3, long=20)
@given(st.text(st.characters(codec=None), max_size=300))
def test_any_text_is_cleaned(text: str) -> None:
    become(text.encode("utf-8", "surrogatepass"))


def test_files_follow_from_their_number() -> None:
    """A finding can be looked at again; the files made by hand differ as well."""
    assert spoiled_file(1, 7) == spoiled_file(1, 7)
    assert spoiled_file(1, 7) != spoiled_file(2, 7)
    for make in HOSTILE:
        assert make(3) == make(3)
