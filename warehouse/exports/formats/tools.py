"""For tools that take a corpus as CSV with columns of their own: quanteda and AmCAT."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from knipsel.warehouse.exports.cells import Changes, is_day, plain
from knipsel.warehouse.exports.formats.delimited import csv_texts
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.source import Source

ARTICLES_FILE = "articles.csv"

READ_IN_R = """# {citation}
# Run it in this folder; readtext and quanteda come from CRAN.
if (requireNamespace("quanteda", quietly = TRUE) && requireNamespace("readtext", quietly = TRUE)) {{
  articles <- readtext::readtext("articles.csv", text_field = "text", docid_field = "doc_id")
  corpus <- quanteda::corpus(articles)
}} else {{
  articles <- read.csv("articles.csv", encoding = "UTF-8", na.strings = "")
}}
"""
"""Without the packages the script still reads the table: R itself can."""

AMCAT_COLUMNS = ("title", "date", "text", "publisher", "author", "section", "page", "language")
"""Title, date and text are what AmCAT asks of every document; the others it takes as they are."""
_AMCAT_FACTS = (
    *("article_id", "date_published", "date_published_not_before", "date_published_not_after"),
    *("date_published_precision", "authors", "topics", "word_count"),
)


def _mappings(source: Source) -> Iterator[dict[str, Any]]:
    (table,) = source.tables
    for row in source.rows(table):
        yield dict(zip(table.column_names, row, strict=True))


def write_quanteda(source: Source, folder: Path) -> Notes:
    """Write the articles as readtext wants them, with the script in R that reads them."""
    (table,) = source.tables
    facts = [name for name in table.column_names if name not in {"article_id", "text"}]
    changes = Changes()
    with (folder / ARTICLES_FILE).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("doc_id", "text", *facts))
        for row in _mappings(source):
            cells = (row["article_id"], row.get("text"), *(row[name] for name in facts))
            writer.writerow(changes.without_zero(plain(cell)) for cell in cells)
    script = READ_IN_R.format(citation=source.about.citation.replace("\n", " "))
    (folder / "read.R").write_text(script, encoding="utf-8", newline="\n")
    return list(changes.notes())


def write_amcat(source: Source, file: Path) -> Notes:
    """Write the articles with the columns of AmCAT; its date is empty where no day is known."""
    changes = Changes()
    without_day = 0
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow((*AMCAT_COLUMNS, *_AMCAT_FACTS))
        for row in _mappings(source):
            day = _day(row)
            without_day += day is None
            named = (
                *(row["headline"], day, row.get("text"), row["publisher"], row["author"]),
                *(row["article_section"], row["pagination"], row["language"]),
            )
            cells = (*named, *(row[name] for name in _AMCAT_FACTS))
            writer.writerow(changes.without_zero(plain(cell)) for cell in cells)
    notes = list(changes.notes())
    if without_day:
        notes.append(
            f"{without_day:,} articles have no date for AmCAT, since no day is known; "
            "date_published says what is."
        )
    return notes


def _day(row: dict[str, Any]) -> date | None:
    known = row["date_published"]
    return date.fromisoformat(known) if known and is_day(known) else None


QUANTEDA = Format(
    "quanteda",
    "a folder for quanteda and readtext in R",
    (".csv",),
    csv_texts,
    write=write_quanteda,
    is_folder=True,
    of_articles=True,
)
AMCAT = Format(
    "amcat",
    "CSV with the columns of AmCAT",
    (".csv",),
    csv_texts,
    write=write_amcat,
    of_articles=True,
)
