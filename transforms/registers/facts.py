"""Facts that a person states of a document, in a catalogue or beside the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person states of the article at ``article`` (from 1) of a document.

    The document is known by the beginning of its hash or by the end of its path, or is the one
    that the facts lie beside.
    """

    values: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    article: int = 1
    sha256: str | None = None
    file_name: str | None = None

    @property
    def name(self) -> str | None:
        """The document as an entry of the catalogue names it; None where a sidecar states them."""
        return self.sha256 or self.file_name

    def matches(self, document_id: str, path: str) -> bool:
        """Say whether the facts are of a document, by its hash or its path."""
        if self.sha256:
            return document_id.startswith(self.sha256)
        place = path.replace("\\", "/").replace("!/", "/")
        return bool(self.file_name) and f"/{place}".endswith(f"/{self.file_name}")
