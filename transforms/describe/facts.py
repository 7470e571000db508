"""Facts that a person states of a document, as candidates: they win over whatever is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidate import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.registers.articles.facts import Facts

CURATED = frozenset({"sidecar", "catalog_hash", "catalog_name"})
"""Methods of what a person stated."""
_CONFIDENCE = {"sidecar": 1.0, "catalog_hash": 0.99, "catalog_name": 0.98}
"""What is said of the file itself outranks what is said of a content, or of a name."""


def stated(
    facts: Iterable[tuple[str, Facts]], article: int, language: str | None = None
) -> Iterator[Candidate]:
    """Yield what a person states of the article at a place (from 1) of its document.

    ``language`` is stated of every article, before all else.
    """
    if language is not None:
        yield Candidate("language", language, "sidecar", _CONFIDENCE["sidecar"])
    for method, one in facts:
        for field, value in one.values if one.article == article else ():
            names = one.authors if field == "author" else ()
            yield Candidate(field, value, method, _CONFIDENCE[method], names=names)
