"""Correcting: what a person says of an article goes into the file of corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knipsel.flows.config.corrections_file import edit_corrections, read_corrections
from knipsel.transforms.registers.articles.corrections import (
    Correction,
    corrected,
    parse_article_id,
)
from knipsel.transforms.registers.articles.facts import NOTHING, OF_ONE_ARTICLE
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import NoSuchArticleError, find_article
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions

_SHOWN = 5
"""How many articles a sentence names where several are meant."""


class NoSuchCorrectionError(LookupError):
    """Nothing was corrected that could be taken back."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What is corrected: an article, or the articles of a file, and what they carry now."""

    target: dict[str, str]
    articles: list[Row]

    @property
    def name(self) -> str:
        """The target as the file names it."""
        return next(iter(self.target.values()))


def correct(
    warehouse: Warehouse, name: str, field: str, value: str, *, who: str, why: str
) -> dict[str, Any]:
    """Correct a field of an article, or of the articles of a file; return what was written.

    ``name`` is the identifier of an article, or how it starts, or the name of a file or the end of
    its path. An earlier correction of the same field gives way. Raises ``ValueError`` for a field
    or a value that cannot be, `NoSuchArticleError` where nothing is meant, or it is not said which
    of several.
    """
    field, value, _ = corrected(field, value)
    meant = _meant(warehouse, name)
    if "file_name" in meant.target and len(meant.articles) > 1 and field in OF_ONE_ARTICLE:
        _refuse(meant, field)
    row = {**meant.target, "field": field, "value": value, "who": who, "why": why}
    replaced = edit_corrections(warehouse.corrections_file, row, _same(meant.name, field))
    carried = [article.get(field) for article in meant.articles]
    return {
        "target": meant.name,
        "field": field,
        "value": None if value == NOTHING else value,
        "was": carried[0] if len(set(carried)) == 1 else None,
        "articles": len(meant.articles),
        "replaced": replaced,
        "file": str(warehouse.corrections_file),
    }


def take_back(warehouse: Warehouse, name: str, field: str | None) -> list[Correction]:
    """Take corrections of an article or a file back, of one field or of all; return them.

    Raises `NoSuchCorrectionError` where there is none, or more than one thing is meant.
    """
    rows = read_corrections(warehouse.corrections_file).rows
    key = corrected(field, NOTHING)[0] if field else None
    known = {one.target for one in rows}
    targets = {name} & known or {one for one in known if one.startswith(name)}
    found = [one for one in rows if one.target in targets and key in {None, one.field}]
    if len({one.target for one in found}) != 1:
        how = "Nothing is" if not found else "More than one thing is"
        of = f"{field} of {name}" if field else name
        message = f"{how} corrected that is meant by {of}; `knipsel correct` lists what is."
        raise NoSuchCorrectionError(message)
    target = found[0].target
    edit_corrections(
        warehouse.corrections_file,
        None,
        lambda one: one.target == target and key in {None, one.field},
    )
    return found


def _same(target: str, field: str) -> Any:
    return lambda one: (one.target, one.field) == (target, field)


def _meant(warehouse: Warehouse, name: str) -> _Meant:
    """Return what a person means; raise `NoSuchArticleError` where that is nothing, or unclear."""
    with open_lake_for_questions(warehouse) as connection:
        of_file = ask(connection, _OF_FILE, {"name": name.replace("\\", "/").strip("/")}).mappings()
        if of_file:
            return _Meant({"file_name": name.replace("\\", "/").strip("/")}, of_file)
        try:
            article = find_article(connection, name.lower())
        except NoSuchArticleError as error:
            message = f"{error} Nor has a file here that name."
            raise NoSuchArticleError(message) from error
        held = ask(
            connection,
            "SELECT count(*) FROM articles WHERE document_id = $document_id",
            {"document_id": article["document_id"]},
        ).rows[0][0]
    identifier = str(article["article_id"])
    parse_article_id(identifier)
    return _Meant({"article_id": identifier, "articles": str(held)}, [article])


_OF_FILE = """
SELECT articles.* FROM articles JOIN (SELECT document_id, path FROM documents) USING (document_id)
WHERE ends_with('/' || replace(path, '!/', '/'), '/' || $name) ORDER BY article_id
"""


def _refuse(meant: _Meant, field: str) -> None:
    """Raise `NoSuchArticleError` since a field is of one article, and several are meant."""
    shown = [f"{one['article_id']} ({one['headline'] or 'no headline'})" for one in meant.articles]
    more = f"; and {len(shown) - _SHOWN:,} more" if len(shown) > _SHOWN else ""
    message = (
        f"{meant.name} holds {len(shown):,} articles, and the {field} is of one: name it by its "
        f"identifier: {'; '.join(shown[:_SHOWN])}{more}."
    )
    raise NoSuchArticleError(message)
