"""Marks: stars, tags and notes of people on articles, in a file of theirs beside the releases.

They are no part of a release. Each carries the hash of the text that it was made on, so that one
made on another text is told from one that still holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from knipsel.warehouse.layout import Warehouse

MOST_CHARACTERS = 10_000
"""Of a note or of tags: what a person types, not a file."""

_TABLE = """
CREATE TABLE IF NOT EXISTS marks (
    article_id TEXT NOT NULL, coder TEXT NOT NULL, star INTEGER NOT NULL, tags TEXT NOT NULL,
    note TEXT NOT NULL, text_sha256 TEXT NOT NULL, marked_at TEXT NOT NULL,
    PRIMARY KEY (article_id, coder)
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person marked an article with; tags are words with blanks between them."""

    article_id: str
    coder: str
    star: bool
    tags: str
    note: str
    text_sha256: str
    marked_at: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing left of it."""
        return not (self.star or self.tags or self.note)


def marks_file(warehouse: Warehouse) -> Path:
    """Return where the marks of a warehouse are."""
    return warehouse.root / "marks.sqlite"


def read_marks(warehouse: Warehouse, article_id: str | None = None) -> list[Mark]:
    """Return all marks, or those of an article, the newest first."""
    file = marks_file(warehouse)
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as marks:
        rows = marks.execute(
            "SELECT article_id, coder, star, tags, note, text_sha256, marked_at FROM marks "
            "WHERE ? IS NULL OR article_id = ? ORDER BY marked_at DESC, article_id, coder",
            (article_id, article_id),
        ).fetchall()
    return [Mark(name, coder, bool(star), *rest) for name, coder, star, *rest in rows]


def keep_mark(warehouse: Warehouse, mark: Mark) -> None:
    """Keep a mark in place of the one that the same person made; an empty one takes it away."""
    values = asdict(mark)
    for name in ("tags", "note"):
        if len(values[name]) > MOST_CHARACTERS:
            message = f"The {name} are longer than {MOST_CHARACTERS:,} characters."
            raise ValueError(message)
    with _opened(warehouse) as marks:
        marks.execute("DELETE FROM marks WHERE article_id = :article_id AND coder = :coder", values)
        if not mark.is_empty:
            marks.execute(
                "INSERT INTO marks VALUES "
                "(:article_id, :coder, :star, :tags, :note, :text_sha256, :marked_at)",
                values,
            )


def forget_marks(warehouse: Warehouse, article_ids: Collection[str]) -> None:
    """Take away what people marked some articles with, so that nothing of it can be read again."""
    if not marks_file(warehouse).exists():
        return
    with _opened(warehouse) as marks:
        marks.executemany("DELETE FROM marks WHERE article_id = ?", [(one,) for one in article_ids])
    with closing(sqlite3.connect(marks_file(warehouse))) as marks:
        marks.execute("VACUUM")


@contextmanager
def _opened(warehouse: Warehouse) -> Iterator[sqlite3.Connection]:
    """Open the marks to change them, all at once or not at all."""
    with closing(sqlite3.connect(marks_file(warehouse))) as marks, marks:
        marks.execute("PRAGMA secure_delete = ON")
        marks.execute(_TABLE)
        yield marks
