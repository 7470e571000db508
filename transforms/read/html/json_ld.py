"""What a page declares of its article in JSON-LD, in the terms of schema.org."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.model import NAME_SEPARATOR
from knipsel.transforms.read.layout import join_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator

CERTAIN, _LANGUAGE_CERTAIN = 0.95, 0.8
"""What a publisher writes for machines is seldom wrong, but programs put a default language."""
_METHOD = "json-ld"
_LARGEST = 1_000_000
_MOST_NODES = 2_000
"""Nodes of a graph that are looked at; pages describe their menus and all their pictures."""
_OTHER_TYPES = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting"})
_TEXTS = {
    "headline": "headline",
    "alternativeHeadline": "alternative_headline",
    "datePublished": "date_published",
    "dateModified": "date_modified",
    "description": "description",
    "articleSection": "article_section",
    "genre": "genre",
    "keywords": "keywords",
    "wordCount": "word_count",
    "isAccessibleForFree": "is_accessible_for_free",
    "copyrightNotice": "copyright_notice",
    "dateline": "dateline",
    "pageStart": "pagination",
    "printEdition": "print_edition",
    "license": "license",
    "inLanguage": "language",
}
_HALF_CHARACTER = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
_PEOPLE = ("author", "creator", "publisher", "copyrightHolder")
_JOINED = frozenset({"author", "creator"})
_FIELDS = {"creator": "author", "copyrightHolder": "copyright_holder"}


def _loaded(text: str) -> Any:
    """Return what JSON says; halves of characters, which it can name, are made whole or U+FFFD."""
    data = json.loads(text, strict=False)
    if not _HALF_CHARACTER.search(text):
        return data
    return json.loads(join_surrogates(json.dumps(data, ensure_ascii=False)))


def json_ld_tags(text: str) -> Iterator[HeadTag]:
    """Yield what the first article in a script of JSON-LD declares; nothing where it is broken."""
    if len(text) > _LARGEST:
        return
    try:
        data = _loaded(text.strip().rstrip(";"))
    except (ValueError, RecursionError):
        return
    nodes = [*islice(_nodes(data), _MOST_NODES)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    node = article_node(data)
    if node:
        yield from _article_tags(node, named)


def article_node(data: Any) -> dict[str, Any] | None:
    """Return the first article in the data of a script of JSON-LD."""
    return next(filter(_is_article, islice(_nodes(data), _MOST_NODES)), None)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top, in graphs, and those that they say are the page's main one."""
    for row in data if isinstance(data, list) else [data]:
        if isinstance(row, dict):
            yield row
            graph = row.get("@graph")
            inner = [*(graph if isinstance(graph, list) else []), row.get("mainEntity")]
            yield from (node for node in inner if isinstance(node, dict))


def _is_article(node: dict[str, Any]) -> bool:
    return any(kind.endswith("Article") or kind in _OTHER_TYPES for kind in _kinds(node))


def _kinds(node: dict[str, Any]) -> list[str]:
    """Return the types of a node without the address of the vocabulary."""
    kinds = node.get("@type")
    return [
        kind.rpartition("/")[2].rpartition(":")[2]
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    ]


def _article_tags(node: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[HeadTag]:
    for key, field in _TEXTS.items():
        value = _text(node.get(key))
        if value:
            certain = _LANGUAGE_CERTAIN if field == "language" else CERTAIN
            yield HeadTag(field, value, _METHOD, certain)
    for kind in _kinds(node):
        yield HeadTag("schema_type", kind, _METHOD, CERTAIN)
    for key in _PEOPLE:
        names = _names(node.get(key), named)
        if names:
            value = NAME_SEPARATOR.join(names) if key in _JOINED else names[0]
            yield HeadTag(_FIELDS.get(key, key), value, _METHOD, CERTAIN)


def _text(value: Any) -> str:
    """Return a value as text; of an object its name or address, the items of a list together."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "url", "@id") if value.get(key)), None)
    if isinstance(value, list):
        return NAME_SEPARATOR.join(item.strip() for item in value if isinstance(item, str))
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any, named: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of persons or bodies; one may be described elsewhere in the graph."""
    names: list[str] = []
    for row in value if isinstance(value, list) else [value]:
        identifier = row.get("@id") if isinstance(row, dict) else None
        known = named.get(identifier, {}) if isinstance(identifier, str) else {}
        name = (row.get("name") or known.get("name")) if isinstance(row, dict) else row
        names += [_text(one) for one in (name if isinstance(name, list) else [name]) if _text(one)]
    return names
