"""Facts that a person states of a document: they win over whatever else is found.

They stand in the register ``catalog.toml``, where an entry names its document by hash or by file
name, or beside a file in ``NAME.meta.toml``. Of all files in a folder, ``_folder.meta.toml`` there
says how they are to be read.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from knipsel.transforms.model import LONGEST_VALUE, NAME_SEPARATOR, Completeness
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.language import language_of
from knipsel.transforms.text.line_pattern import SplitBefore, parse_line_pattern
from knipsel.transforms.version import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIDECAR_SUFFIX = ".meta.toml"
FOLDER_FILE = f"_folder{SIDECAR_SUFFIX}"
"""The file that says how all others in its folder are to be read."""
FOLDER = "folder"
"""The table of a sidecar that holds what the folder's file says; the sidecar's own wins."""
_TEXTS = (
    "headline", "alternative_headline", "description", "author", "publisher", "hostname", "url",
    "date_published", "dateline", "genre", "language", "article_section", "completeness", "license",
    "copyright_notice",
)  # fmt: skip
_OF_FOLDER = frozenset({"split_before", "encoding", "note"})
_KEYS = frozenset({*_TEXTS, *_OF_FOLDER, "authors", "sha256", "file_name", "article"})
_HASH = re.compile(r"[0-9a-f]{16,64}$")
"""A hash may be cut, but not shorter than in the identifier of an article."""
_LARGEST_SIDECAR = 100_000
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person states of the article at ``article`` (from 1) of a document.

    The document is known by the beginning of its hash or by the end of its path, or is the one
    that the facts lie beside. ``split_before`` is of the whole document: which lines begin an
    article in it, False where it is one. So is ``encoding``.
    """

    values: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    article: int = 1
    sha256: str | None = None
    file_name: str | None = None
    split_before: SplitBefore = None
    encoding: str | None = None

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


def parse_catalog(table: Mapping[str, Any]) -> tuple[Facts, ...]:
    """Parse ``catalog.toml``; raise ``ValueError("key: problem")`` where it is malformed."""
    rows = table.get("documents", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("documents: must be a list of tables")
    return tuple(_catalogued(row) for row in rows)


def _catalogued(row: Mapping[str, Any]) -> Facts:
    facts = _facts(row)
    if (facts.sha256 is None) == (facts.file_name is None):
        raise ValueError("documents: each entry needs either sha256 or file_name")
    return facts


def parse_sidecar(text: str) -> Facts:
    """Parse the text of ``NAME.meta.toml``; raise ``ValueError`` where it is bad."""
    if len(text) > _LARGEST_SIDECAR:
        message = f"it has more than {_LARGEST_SIDECAR:,} characters"
        raise ValueError(message)
    table = tomllib.loads(text)
    folder = _folder(table.pop(FOLDER, {}))
    facts = _facts({**{key: folder[key] for key in folder if key != "note"}, **table})
    if facts.sha256 or facts.file_name:
        raise ValueError("sha256, file_name: are for the catalogue; a sidecar is of its file")
    return facts


def with_folder(sidecar: str | None, folder: str | None) -> str | None:
    """Return a sidecar with what the file of its folder says, which lies beside several."""
    if folder is None:
        return sidecar
    return f"{sidecar or ''}\n[{FOLDER}]\n{folder}"


def _folder(table: object) -> Mapping[str, Any]:
    """Return what the file of a folder says; raise ``ValueError`` for what is of one file."""
    unknown = sorted(set(table) - _OF_FOLDER) if isinstance(table, dict) else [FOLDER]
    if unknown:
        message = (
            f"{unknown[0]}: {FOLDER_FILE} cannot say it of all files; known are "
            f"{', '.join(sorted(_OF_FOLDER))}"
        )
        raise ValueError(message)
    return table if isinstance(table, dict) else {}


def _facts(row: Mapping[str, Any]) -> Facts:
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        message = f"{unknown[0]}: is no field; known are {', '.join(sorted(_KEYS))}"
        raise ValueError(message)
    values = {key: _value(key, row[key]) for key in _TEXTS if key in row}
    authors = row.get("authors", [values["author"]] if "author" in values else [])
    if not isinstance(authors, list):
        raise ValueError("authors: must be a list of names")  # noqa: TRY004 - a person's mistake
    names = tuple(_text("authors", name) for name in authors)
    if names:
        values.setdefault("author", NAME_SEPARATOR.join(names))
    return Facts(
        tuple(sorted(values.items())),
        names,
        _position(row),
        _hash(row),
        _name(row),
        _split_before(row),
        _text("encoding", row["encoding"]) if "encoding" in row else None,
    )


def _value(key: str, given: object) -> str:
    """Return the value of a field as this project writes it; raise ``ValueError`` for no such."""
    value = _text(key, given)
    _check(key, value)
    return language_of(value) or value if key == "language" else value


def _text(key: str, value: object) -> str:
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
    value = _text("sha256", row["sha256"]).lower()
    if not _HASH.match(value):
        raise ValueError(
            "sha256: must be the hash of a file in hex, or its first 16 digits or more"
        )
    return value


def _name(row: Mapping[str, Any]) -> str | None:
    if "file_name" not in row:
        return None
    return _text("file_name", row["file_name"]).replace("\\", "/").strip("/")


def facts_of(
    document_id: str, path: str, catalog: Iterable[Facts], sidecar: Facts | None
) -> list[tuple[str, Facts]]:
    """Return the facts of a document, each with the method by which it is known."""
    found = [
        ("catalog_hash" if one.sha256 else "catalog_name", one)
        for one in catalog
        if one.matches(document_id, path)
    ]
    return [*([("sidecar", sidecar)] if sidecar else []), *found]


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
) -> str:
    """Return the version of the transforms with what is stated of a document.

    A document of which something else is stated is another: it is read again.
    """
    facts = facts_of(document_id, path, catalog, None)
    rows = [repr((method, one.article, one.values, one.authors)) for method, one in facts]
    rows += [one.encoding for _, one in facts if one.encoding]
    rows += [repr(one.split_before) for _, one in facts if one.split_before is not None]
    if sidecar is not None:
        rows.append(sidecar)
    if not rows:
        return transform_version
    digest = hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass"))
    return marked(transform_version, digest.hexdigest()[:_DIGITS])
