"""Batches hold every new document once, in bounds."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.plan import assign_batches
from knipsel.warehouse.intake.inbox import FoundFile

FILES = st.lists(
    st.builds(
        FoundFile,
        path=st.text(min_size=1),
        file_name=st.just("a.txt"),
        document_id=st.text("abc", min_size=1, max_size=3),
        byte_size=st.integers(0, 50),
    )
)


@given(files=FILES, most_bytes=st.integers(1, 100), most_documents=st.integers(1, 5))
def test_batches(files: list[FoundFile], most_bytes: int, most_documents: int) -> None:
    """Numbers run from 0 without gaps; no batch is too large but for one large document."""
    settings = Settings(batch_bytes=most_bytes, batch_documents=most_documents)
    batches = assign_batches(files, settings)
    assert set(batches) == {file.document_id for file in files}
    assert set(batches.values()) == set(range(len(set(batches.values()))))
    sizes: Counter[int] = Counter()
    first = {file.document_id: file.byte_size for file in reversed(files)}
    for document, batch in batches.items():
        sizes[batch] += first[document]
    members = Counter(batches.values())
    assert all(count <= most_documents for count in members.values())
    assert all(size <= most_bytes or members[batch] == 1 for batch, size in sizes.items())
