"""``corrections.csv``: what people corrected, a line for each value, with who and why.

A line names its article by ``article_id``, or the articles of a file by ``file_name`` (the name, or
the end of the path). It may come out of a spreadsheet: commas, semicolons or tabs divide it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from knipsel.transforms.model import LONGEST_VALUE, NAME_SEPARATOR
from knipsel.transforms.registers.articles.facts import (
    NOTHING,
    TEXTS,
    Facts,
    stated_text,
    stated_value,
)

COLUMNS = ("article_id", "file_name", "field", "value", "who", "why", "articles")
"""The columns, as they are written; of the first two one is filled, of the last three none must
be. ``articles`` is how many the file held when it was corrected."""
_NEEDED = frozenset({"field", "value"})
_TARGETS = ("article_id", "file_name")
_DELIMITERS = ",;\t"
LARGEST_CELL = 100_000
"""Characters of a cell of a correction: a headline or a reason, no text."""
LARGEST_FILE = 20_000_000
"""Characters of the file; some 200,000 corrections, and nobody writes as many."""
_ARTICLE_ID = re.compile(r"([0-9a-f]{16})-([1-9]\d{0,8})$", re.ASCII)
_AUTHOR, _AUTHORS = "author", "authors"
FIELDS = tuple(sorted({*TEXTS, _AUTHORS}))
"""The fields that can be corrected; ``authors`` is another name of ``author``."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the file, ``line`` counted from 1; ``facts`` are what it states."""

    line: int
    target: str
    field: str
    value: str
    facts: Facts

    @property
    def is_of_article(self) -> bool:
        """Whether one article is named, not a file."""
        return self.facts.sha256 is not None


class Corrections:
    """All corrections, to be found by document."""

    def __init__(self, rows: Iterable[Correction] = ()) -> None:
        """Take the lines in their order."""
        self.rows = tuple(rows)
        self._by_document: dict[str, list[Facts]] = {}
        self._by_name: dict[str, list[Facts]] = {}
        for row in reversed(self.rows):
            facts = row.facts
            if facts.sha256:
                self._by_document.setdefault(facts.sha256, []).append(facts)
            elif facts.file_name:
                name = facts.file_name.rpartition("/")[2]
                self._by_name.setdefault(name, []).append(facts)

    def of(self, document_id: str, path: str) -> tuple[Facts, ...]:
        """Return the corrections of a document seen at a path, what counts first.

        Those of an article go before those of a file, and the last line before others.
        """
        if not self.rows:
            return ()
        name = path.replace("\\", "/").rpartition("/")[2]
        by_name = (one for one in self._by_name.get(name, ()) if one.matches(document_id, path))
        return (*self._by_document.get(document_id[:16], ()), *by_name)

    def repeated(self) -> list[tuple[Correction, Correction]]:
        """Return the lines that a later one takes the place of, each with the later one."""
        latest: dict[tuple[str, str], Correction] = {}
        found = []
        for row in reversed(self.rows):
            later = latest.setdefault((row.target, row.field), row)
            if later is not row:
                found.append((row, later))
        return found[::-1]


def table_in(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return what divides cells of a file, and its rows with the line on which each begins.

    Raises ``ValueError`` where it is no table, or too large.
    """
    if len(text) > LARGEST_FILE:
        message = f"file: it has more than {LARGEST_FILE:,} characters"
        raise ValueError(message)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begin = 1
    try:
        for cells in reader:
            if any(len(cell) > LARGEST_CELL for cell in cells):
                message = f"line {begin}: a cell has more than {LARGEST_CELL:,} characters"
                raise ValueError(message)
            rows.append((begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        message = f"line {begin}: it is no CSV ({error})"
        raise ValueError(message) from error
    return delimiter, rows


def parse_corrections(text: str) -> Corrections:
    """Parse the file; raise ``ValueError("line: problem")`` for the first line that is malformed.

    The error says how many others are.
    """
    _, rows = table_in(text)
    if not rows:
        return Corrections()
    names = columns_of(rows[0][1])
    found, problems = [], []
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            found.append(_correction(line, _named(names, cells)))
        except ValueError as error:
            problems.append((line, str(error)))
    if problems:
        line, problem = problems[0]
        more = f" (and {len(problems) - 1:,} more lines are wrong)" if len(problems) > 1 else ""
        message = f"line {line}: {problem}{more}"
        raise ValueError(message)
    return Corrections(found)


def columns_of(head: Sequence[str]) -> list[str]:
    """Return the names of the columns; raise ``ValueError`` where one is missing or unknown.

    A column without a name is one that a spreadsheet left empty.
    """
    names = [name.strip().casefold().replace(" ", "_") for name in head]
    unknown = [name for name in names if name and name not in COLUMNS]
    known = f"the columns are {', '.join(COLUMNS)}"
    if unknown:
        message = f"line 1: {unknown[0]!r} is no column; {known}"
        raise ValueError(message)
    missing = sorted(_NEEDED - set(names))
    if missing or not set(_TARGETS) & set(names):
        message = f"line 1: there is no column {(missing or _TARGETS)[0]}; {known}"
        raise ValueError(message)
    named = [name for name in names if name]
    if len(set(named)) < len(named):
        raise ValueError("line 1: a column stands there twice")
    return names


def _named(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by column; raise ``ValueError`` for one that has no column."""
    row: dict[str, str] = {}
    for place, cell in enumerate(cells):
        text = " ".join(cell.split())
        name = names[place] if place < len(names) else ""
        if text and not name:
            message = f"{text[:40]!r} stands in no column; put quotes around a value with commas"
            raise ValueError(message)
        if text:
            row[name] = text
    return row


def _correction(line: int, row: Mapping[str, str]) -> Correction:
    """Return what a row states; raise ``ValueError`` with what is wrong."""
    targets = [row[name] for name in _TARGETS if name in row]
    if len(targets) != 1:
        raise ValueError("name one thing to correct: an article_id, or a file_name")
    field, value, authors = corrected(row.get("field", ""), row.get("value", ""))
    sha256 = article = file_name = None
    if "article_id" in row:
        sha256, article = parse_article_id(row["article_id"])
    else:
        file_name = stated_text("file_name", row["file_name"]).replace("\\", "/").strip("/")
    facts = Facts(
        ((field, value),),
        authors,
        article,
        sha256,
        file_name,
        articles=_count(row.get("articles")),
        stated_by=row.get("who"),
        note=row.get("why"),
    )
    target = f"{sha256}-{article}" if sha256 else file_name or ""
    return Correction(line, target, field, value, facts)


def corrected(field: str, value: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the field and the value of a correction as they are kept, and the authors in it.

    Raises ``ValueError`` for a field that is none, and for a value that it cannot have.
    """
    name = field.strip()
    if name not in FIELDS:
        message = f"{name!r} is no field that can be corrected; these are {', '.join(FIELDS)}"
        raise ValueError(message)
    name = _AUTHOR if name == _AUTHORS else name
    if not value.strip():
        message = f"{name}: there is no value; write {NOTHING} where the article has none"
        raise ValueError(message)
    if value.strip() == NOTHING:
        return name, NOTHING, ()
    if name == _AUTHOR:
        names = tuple(filter(None, (one.strip() for one in stated_text(name, value).split(";"))))
        return name, stated_value(name, NAME_SEPARATOR.join(names)), names
    return name, stated_value(name, value), ()


def parse_article_id(text: str) -> tuple[str, int]:
    """Return the beginning of a document's hash and the place of an article in it.

    Raises ``ValueError`` for what is no identifier.
    """
    found = _ARTICLE_ID.match(text.strip().lower())
    if found is None:
        message = f"{text[:LONGEST_VALUE]!r} is no identifier of an article, such as {'0' * 16}-1"
        raise ValueError(message)
    return found[1], int(found[2])


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not int(text[:9]):
        message = f"articles: {text[:40]!r} is not how many articles a file holds"
        raise ValueError(message)
    return int(text[:9])


def edited(
    text: str | None,
    row: Mapping[str, str] | None,
    is_replaced: Callable[[Correction], bool],
) -> str:
    """Return the text of the file with a row more, and without those that it takes the place of.

    All other rows stay as they are. Raises ``ValueError`` where the file is malformed.
    """
    known = parse_corrections(text) if text else Corrections()
    gone = {one.line for one in known.rows if is_replaced(one)}
    delimiter, rows = table_in(text) if text else (",", [])
    head = list(rows[0][1]) if rows else list(COLUMNS)
    names = columns_of(head)
    head += [name for name in row or () if name not in names]
    names = [*names, *(name for name in row or () if name not in names)]
    kept = [cells for line, cells in rows[1:] if line not in gone]
    new = [[row.get(name, "") for name in names]] if row else []
    return "".join(_lines([head, *kept, *new], delimiter))


def _lines(rows: Iterable[Sequence[str]], delimiter: str) -> Iterator[str]:
    target = StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(rows)
    yield target.getvalue()
