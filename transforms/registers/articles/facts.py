"""Facts that a person states of a document: they win over whatever else is found.

They stand in ``corrections.csv``, beside a file or above it (``beside.py``), or in the register
``catalog.toml``, where an entry names its document by hash or by file name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from knipsel.transforms.model import LONGEST_VALUE, NAME_SEPARATOR, Completeness
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.language import language_of
from knipsel.transforms.text.line_pattern import SplitBefore, parse_line_pattern
from knipsel.transforms.text.version import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXTS = (
    "headline", "alternative_headline", "description", "author", "publisher", "hostname", "url",
    "date_published", "dateline", "genre", "language", "article_section", "completeness", "license",
    "copyright_notice",
)  # fmt: skip
"""The fields that a person may state."""
OF_ONE_ARTICLE = frozenset(
    {"headline", "alternative_headline", "description", "author", "url", "date_published"}
    | {"dateline", "completeness"}
)
"""Fields that the articles of one file do not share: said of a file with several, of none."""
SIDECAR, FOLDER_FILE, BY_HASH, BY_NAME = "sidecar", "folder_file", "catalog_hash", "catalog_name"
FILE_NAMES, CORRECTION = "file_names", "correction"
CURATED = (CORRECTION, SIDECAR, FOLDER_FILE, BY_HASH, BY_NAME, FILE_NAMES)
"""The methods by which it is known what a person states: whose word counts before whose."""
NOTHING = "-"
"""The value of a correction by which an article has none in a field."""
_KEYS = frozenset(
    {*TEXTS, "authors", "split_before", "encoding", "note", "sha256", "file_name", "article"}
)
_HASH = re.compile(r"[0-9a-f]{16,64}$")
"""A hash may be cut, but not shorter than in the identifier of an article."""
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person states of the article at ``article`` (from 1) of a document; None for all.

    The document is known by the beginning of its hash or by the end of its path, or is the one
    that the facts lie beside. ``split_before`` is of the whole document: which lines begin an
    article in it, False where it is one. So is ``encoding``. They are of a document with so many
    ``articles`` alone, where that is said. ``stated_by`` and ``note`` are who stated it, and why.
    ``misnamed`` is a name that has not the form that names of its folder should have.
    """

    values: tuple[tuple[str, str], ...]
    authors: tuple[str, ...] = ()
    article: int | None = 1
    sha256: str | None = None
    file_name: str | None = None
    split_before: SplitBefore = None
    encoding: str | None = None
    articles: int | None = None
    stated_by: str | None = None
    note: str | None = None
    misnamed: str | None = None

    @property
    def name(self) -> str | None:
        """The document as an entry of the catalogue names it; None where a sidecar states them."""
        return self.sha256 or self.file_name

    @property
    def is_told(self) -> bool:
        """Whether somebody says more of the facts than the values."""
        return any(one is not None for one in (self.articles, self.stated_by, self.note))

    def is_of(self, article: int, count: int) -> bool:
        """Say whether they are of the article at a place, in a document of so many."""
        return self.article in {None, article} and self.articles in {None, count}

    def matches(self, document_id: str, path: str) -> bool:
        """Say whether the facts are of a document, by its hash or its path."""
        if self.sha256:
            return document_id.startswith(self.sha256)
        place = path.replace("\\", "/").replace("!/", "/")
        return bool(self.file_name) and f"/{place}".endswith(f"/{self.file_name}")


def parse_catalog(table: Mapping[str, Any]) -> tuple[Facts, ...]:
    """Parse ``catalog.toml``; raise ``ValueError("key: problem")`` where it is malformed."""
    rows = table.get("documents", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("documents: must be a list of tables")
    return tuple(_catalogued(row) for row in rows)


def _catalogued(row: Mapping[str, Any]) -> Facts:
    facts = facts_in(row)
    if (facts.sha256 is None) == (facts.file_name is None):
        raise ValueError("documents: each entry needs either sha256 or file_name")
    return facts


def facts_in(row: Mapping[str, Any]) -> Facts:
    """Return the facts in a table; raise ``ValueError("key: problem")`` where it is malformed."""
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        message = f"{unknown[0]}: is no field; known are {', '.join(sorted(_KEYS))}"
        raise ValueError(message)
    values = {key: stated_value(key, row[key]) for key in TEXTS if key in row}
    authors = row.get("authors", [values["author"]] if "author" in values else [])
    if not isinstance(authors, list):
        raise ValueError("authors: must be a list of names")  # noqa: TRY004 - a person's mistake
    names = tuple(stated_text("authors", name) for name in authors)
    if names:
        values.setdefault("author", NAME_SEPARATOR.join(names))
    return Facts(
        tuple(sorted(values.items())),
        names,
        _position(row),
        _hash(row),
        _name(row),
        _split_before(row),
        stated_text("encoding", row["encoding"]) if "encoding" in row else None,
        note=stated_text("note", row["note"]) if "note" in row else None,
    )


def stated_value(key: str, given: object) -> str:
    """Return the value of a field as this project writes it; raise ``ValueError`` for no such."""
    value = stated_text(key, given)
    _check(key, value)
    return language_of(value) or value if key == "language" else value


def stated_text(key: str, value: object) -> str:
    """Return a text in single spaces; raise ``ValueError`` where it is none, or too long."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_VALUE:
        message = f"{key}: must be a text that is not empty"
        raise ValueError(message)
    return " ".join(value.split())


def _check(key: str, value: str) -> None:
    """Raise ``ValueError`` for a value that its field cannot have."""
    kinds = get_args(Completeness)
    if key == "date_published" and date_bounds(value).precision == "unknown":
        message = f"date_published: {value!r} is no date in EDTF, such as 2023-03-10 or 2022-12"
    elif key == "completeness" and value not in kinds:
        message = f"completeness: must be one of {', '.join(kinds)}"
    elif key == "language" and language_of(value) is None:
        message = f"language: {value!r} is no BCP 47 tag, such as nl or nl-BE"
    else:
        return
    raise ValueError(message)


def _position(row: Mapping[str, Any]) -> int:
    value = row.get("article", 1)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("article: must be the number of an article in its document, from 1")
    return value


def _split_before(row: Mapping[str, Any]) -> SplitBefore:
    value = row.get("split_before")
    if value is None or value is False:
        return None if value is None else False
    if not isinstance(value, str):
        raise ValueError("split_before: must be a line, or false where the file is one article")  # noqa: TRY004 - a person's mistake
    try:
        return parse_line_pattern(value)
    except ValueError as error:
        message = f"split_before: {error}"
        raise ValueError(message) from error


def _hash(row: Mapping[str, Any]) -> str | None:
    if "sha256" not in row:
        return None
    value = stated_text("sha256", row["sha256"]).lower()
    if not _HASH.match(value):
        raise ValueError(
            "sha256: must be the hash of a file in hex, or its first 16 digits or more"
        )
    return value


def _name(row: Mapping[str, Any]) -> str | None:
    if "file_name" not in row:
        return None
    return stated_text("file_name", row["file_name"]).replace("\\", "/").strip("/")


def facts_of(
    document_id: str,
    path: str,
    catalog: Iterable[Facts],
    beside: Iterable[tuple[str, Facts]] = (),
    corrections: Iterable[Facts] = (),
) -> list[tuple[str, Facts]]:
    """Return the facts of a document, each with the method by which it is known.

    They stand in the order in which they count, as ``corrections`` do, those of the document.
    """
    found = [
        (BY_HASH if one.sha256 else BY_NAME, one)
        for one in catalog
        if one.matches(document_id, path)
    ]
    known = [*((CORRECTION, one) for one in corrections), *beside, *found]
    return sorted(known, key=lambda one: CURATED.index(one[0]))


def stated_encoding(facts: Iterable[tuple[str, Facts]]) -> str | None:
    """Return the encoding that a person states of a document, None where nobody does."""
    return next((one.encoding for _, one in facts if one.encoding), None)


def stated_split(facts: Iterable[tuple[str, Facts]]) -> SplitBefore:
    """Return which lines a person says begin an article; False for none, None if nobody says."""
    said = (one.split_before for _, one in facts)
    return next((one for one in said if one is not None), None)


def facts_version(
    transform_version: str,
    document_id: str,
    path: str,
    catalog: Iterable[Facts],
    sidecar: str | None,
    *,
    corrections: Iterable[Facts] = (),
) -> str:
    """Return the version of the transforms with what is stated of a document.

    A document of which something else is stated is another: it is read again. ``sidecar`` is the
    text of what lies beside it.
    """
    facts = facts_of(document_id, path, catalog, (), corrections)
    rows = [repr((method, one.article, one.values, one.authors)) for method, one in facts]
    rows += [repr((one.articles, one.stated_by, one.note)) for _, one in facts if one.is_told]
    rows += [one.encoding for _, one in facts if one.encoding]
    rows += [repr(one.split_before) for _, one in facts if one.split_before is not None]
    if sidecar is not None:
        rows.append(sidecar)
    if not rows:
        return transform_version
    digest = hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass"))
    return marked(transform_version, digest.hexdigest()[:_DIGITS])
