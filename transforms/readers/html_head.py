"""What a page declares of itself in its head: JSON-LD, Open Graph, meta and link elements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from transforms.dates import date_bounds
from transforms.readers.reading import HeadTag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# How sure each way of declaring is; what a publisher writes for machines is seldom wrong.
_JSON_LD, _OPEN_GRAPH, _META, _LINK, _TITLE = 0.95, 0.93, 0.92, 0.94, 0.75
_TITLE_SEPARATORS = " \u00a0-–—|·•:»«"
_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Report", "LiveBlogPosting"}
    | {"OpinionNewsArticle", "AnalysisNewsArticle", "ReportageNewsArticle"}
)
_META_FIELDS = {
    "og:title": ("headline", "opengraph", _OPEN_GRAPH),
    "og:description": ("description", "opengraph", _OPEN_GRAPH),
    "og:site_name": ("publisher", "opengraph", _OPEN_GRAPH),
    "og:url": ("hostname", "opengraph", _OPEN_GRAPH),
    "article:published_time": ("date_published", "opengraph", _OPEN_GRAPH),
    "article:modified_time": ("date_modified", "opengraph", _OPEN_GRAPH),
    "article:author": ("author", "opengraph", _OPEN_GRAPH - 0.1),
    "author": ("author", "meta", _META),
    "date": ("date_published", "meta", _META),
    "dc.date": ("date_published", "meta", _META),
    "dc.date.issued": ("date_published", "meta", _META),
    "dcterms.date": ("date_published", "meta", _META),
    "pubdate": ("date_published", "meta", _META),
    "datepublished": ("date_published", "meta", _META),
    "dc.creator": ("author", "meta", _META),
    "dc.publisher": ("publisher", "meta", _META),
}
_LONGEST_VALUE = 2_000
_LARGEST_SCRIPT = 1_000_000
_ISO_LENGTHS = (len("2022-12-24"), len("2022-12"), len("2022"))


def head_tags(root: HtmlElement) -> Iterator[HeadTag]:
    """Yield what the page declares, each value as this project writes it."""
    for tag in _declared(root):
        value = _as_written(tag.field, " ".join(tag.value.split()))
        if value and len(value) <= _LONGEST_VALUE:
            yield HeadTag(tag.field, value, tag.method, tag.confidence)


def _declared(root: HtmlElement) -> Iterator[HeadTag]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            yield from _json_ld(script.text or "")
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold()
        if name in _META_FIELDS and meta.get("content"):
            yield HeadTag(_META_FIELDS[name][0], meta.get("content") or "", *_META_FIELDS[name][1:])
    for link in root.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and link.get("href"):
            yield HeadTag("hostname", link.get("href") or "", "canonical", _LINK)
    site = _site_in_title(root)
    if site:
        yield HeadTag("publisher", site, "title", _TITLE)


def _site_in_title(root: HtmlElement) -> str | None:
    """Return what the title has besides the headline, if the page claims copyright by that name."""
    title = _plain(root.findtext(".//title"))
    headlines = {_plain(heading.text_content()) for heading in root.iter("h1")}
    for headline in headlines - {"", title}:
        before, found, after = title.partition(headline)
        site = (before + after).strip(_TITLE_SEPARATORS)
        if found and site and not (before and after) and f"© {site}" in _plain(root.text_content()):
            return site
    return None


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _as_written(field: str, value: str) -> str | None:
    if field.startswith("date_"):
        return _edtf(value)
    if field == "hostname":
        return _hostname(value)
    if field == "author" and "://" in value:
        return None
    return value


def _edtf(value: str) -> str | None:
    """Return the date that an ISO 8601 time begins with, as fine as it is."""
    for length in _ISO_LENGTHS:
        if (
            len(value) >= length
            and date_bounds(value[:length]).not_before
            and not value[length : length + 1].isdigit()
        ):
            return value[:length]
    return None


def _hostname(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _json_ld(text: str) -> Iterator[HeadTag]:
    if len(text) > _LARGEST_SCRIPT:
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data):
        kinds = node.get("@type")
        if any(
            kind in _ARTICLE_TYPES
            for kind in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(kind, str)
        ):
            yield from _article_tags(node)
            return


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    rows = data if isinstance(data, list) else [data]
    for row in rows:
        if isinstance(row, dict):
            yield row
            graph = row.get("@graph")
            yield from (
                node
                for node in (graph if isinstance(graph, list) else [])
                if isinstance(node, dict)
            )


def _article_tags(node: dict[str, Any]) -> Iterator[HeadTag]:
    fields = {
        "headline": "headline",
        "datePublished": "date_published",
        "dateModified": "date_modified",
        "description": "description",
    }
    for key, field in fields.items():
        if isinstance(node.get(key), str):
            yield HeadTag(field, node[key], "json-ld", _JSON_LD)
    authors = _names_in(node.get("author"))
    if authors:
        yield HeadTag("author", "; ".join(authors), "json-ld", _JSON_LD)
    for publisher in _names_in(node.get("publisher"))[:1]:
        yield HeadTag("publisher", publisher, "json-ld", _JSON_LD)


def _names_in(value: Any) -> list[str]:
    rows = value if isinstance(value, list) else [value]
    names = [row.get("name") if isinstance(row, dict) else row for row in rows]
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]
