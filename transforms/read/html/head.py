"""What a page declares of itself: JSON-LD, Open Graph, meta, link, time and title elements."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.model import LONGEST_VALUE, NAME_SEPARATOR
from knipsel.transforms.parse.field_values import as_written
from knipsel.transforms.parse.headlines import AROUND_HEADLINE
from knipsel.transforms.read.html.json_ld import json_ld_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from knipsel.transforms.registers.lines.words import LineWords

# How sure each way of declaring is; what a publisher writes for machines is seldom wrong.
_OPEN_GRAPH, _META, _LINK, _TIME, _TITLE = 0.93, 0.92, 0.94, 0.9, 0.75
_OG_AUTHOR, _LANGUAGE, _LONE_TIME, _WHOLE_TITLE, _TWITTER = 0.83, 0.8, 0.7, 0.6, 0.85
_META_FIELDS = {
    "og:title": ("headline", "opengraph", _OPEN_GRAPH),
    "og:description": ("description", "opengraph", _OPEN_GRAPH),
    "og:site_name": ("publisher", "opengraph", _OPEN_GRAPH),
    "og:type": ("page_type", "opengraph", _OPEN_GRAPH),
    "og:url": ("hostname", "opengraph", _OPEN_GRAPH),
    "og:locale": ("language", "opengraph", _LANGUAGE),
    "article:published_time": ("date_published", "opengraph", _OPEN_GRAPH),
    "article:modified_time": ("date_modified", "opengraph", _OPEN_GRAPH),
    "article:author": ("author", "opengraph", _OG_AUTHOR),
    "article:section": ("article_section", "opengraph", _OPEN_GRAPH),
    "article:tag": ("keywords", "opengraph", _OPEN_GRAPH),
    "article:content_tier": ("is_accessible_for_free", "opengraph", _OPEN_GRAPH),
    "author": ("author", "meta", _META),
    "description": ("description", "meta", _META),
    "keywords": ("keywords", "meta", _META),
    "news_keywords": ("keywords", "meta", _META),
    "date": ("date_published", "meta", _META),
    "dc.date": ("date_published", "meta", _META),
    "dc.date.issued": ("date_published", "meta", _META),
    "dcterms.date": ("date_published", "meta", _META),
    "dcterms.created": ("date_published", "meta", _META),
    "pubdate": ("date_published", "meta", _META),
    "publish-date": ("date_published", "meta", _META),
    "datepublished": ("date_published", "meta", _META),
    "datemodified": ("date_modified", "meta", _META),
    "last-modified": ("date_modified", "meta", _META),
    "article:published": ("date_published", "opengraph", _OPEN_GRAPH),
    "article.published": ("date_published", "meta", _META),
    "og:article:published_time": ("date_published", "opengraph", _OPEN_GRAPH),
    "og:published_time": ("date_published", "opengraph", _OPEN_GRAPH),
    "rnews:datepublished": ("date_published", "meta", _META),
    "parsely-pub-date": ("date_published", "meta", _META),
    "sailthru.date": ("date_published", "meta", _META),
    "cxenseparse:recs:publishtime": ("date_published", "meta", _META),
    "cxenseparse:publishtime": ("date_published", "meta", _META),
    "publication_date": ("date_published", "meta", _META),
    "publish_date": ("date_published", "meta", _META),
    "published_at": ("date_published", "meta", _META),
    "originalpublicationdate": ("date_published", "meta", _META),
    "citation_publication_date": ("date_published", "meta", _META),
    "citation_date": ("date_published", "meta", _META),
    "dc.date.created": ("date_published", "meta", _META),
    "dc.date.published": ("date_published", "meta", _META),
    "dcterms.issued": ("date_published", "meta", _META),
    "og:updated_time": ("date_modified", "opengraph", _OPEN_GRAPH),
    "article:modified": ("date_modified", "opengraph", _OPEN_GRAPH),
    "dcterms.modified": ("date_modified", "meta", _META),
    "dc.date.modified": ("date_modified", "meta", _META),
    "twitter:title": ("headline", "meta", _TWITTER),
    "sailthru.title": ("headline", "meta", _TWITTER),
    "parsely-title": ("headline", "meta", _TWITTER),
    "citation_title": ("headline", "meta", _META),
    "citation_author": ("author", "meta", _META),
    "parsely-author": ("author", "meta", _META),
    "sailthru.author": ("author", "meta", _META),
    "cxenseparse:author": ("author", "meta", _META),
    "article:author_name": ("author", "meta", _META),
    "byl": ("author", "meta", _META),
    "dcterms.creator": ("author", "meta", _META),
    "application-name": ("publisher", "meta", _TWITTER),
    "citation_journal_title": ("publisher", "meta", _META),
    "parsely-section": ("article_section", "meta", _META),
    "dc.title": ("headline", "meta", _META),
    "dc.creator": ("author", "meta", _META),
    "dc.publisher": ("publisher", "meta", _META),
    "dc.language": ("language", "meta", _LANGUAGE),
    "content-language": ("language", "meta", _LANGUAGE),
    "dc.rights": ("copyright_notice", "meta", _META),
    "copyright": ("copyright_notice", "meta", _META),
    "dcterms.license": ("license", "meta", _META),
    "section": ("article_section", "meta", _META),
    "genre": ("genre", "meta", _META),
    "wordcount": ("word_count", "meta", _META),
}
_REPEATED = frozenset(
    {"article:tag", "article:author", "author", "dc.creator", "dcterms.creator"}
    | {"parsely-author", "citation_author"}
)
"""Elements that a page has one of for each value; together they are one."""
_TIMES = {"datepublished": "date_published", "datemodified": "date_modified"}
_FREE = {"free": "true", "true": "true", "locked": "false", "metered": "false", "false": "false"}
_TIME_FIELDS = {"date_published": "time_published", "date_modified": "time_modified"}
_ISO_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}(?::\d{2}){1,2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_MOST_ELEMENTS = 5_000


def head_tags(root: HtmlElement, words: LineWords) -> Iterator[HeadTag]:
    """Yield what the page declares, each value as this project writes it."""
    for tag in _declared(root):
        value = _as_written(tag.field, " ".join(_without_entities(tag.value).split()), words)
        if value and len(value) <= LONGEST_VALUE:
            yield HeadTag(tag.field, value, tag.method, tag.confidence)
            time = _ISO_TIME.match(tag.value.strip()) if tag.field in _TIME_FIELDS else None
            if time:
                yield HeadTag(_TIME_FIELDS[tag.field], time[0], tag.method, tag.confidence)


def _without_entities(value: str) -> str:
    """Undo the entities that are left in a value: sites escape twice, and in JSON for nothing."""
    return unescape(value) if _ENTITY.search(value) else value


def _declared(root: HtmlElement) -> Iterator[HeadTag]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            yield from json_ld_tags(script.text or "")
    yield from _meta_tags(root)
    for link in root.iter("link", "a"):
        relation = (link.get("rel") or "").casefold().split()
        address = link.get("href") or ""
        if link.tag == "link" and "canonical" in relation:
            yield HeadTag("hostname", address, "canonical", _LINK)
            yield HeadTag("url", address, "canonical", _LINK)
        elif "license" in relation:
            yield HeadTag("license", address, "link", _LINK)
    yield from _times(root)
    language = root.get("lang") or root.get("xml:lang")
    if language:
        yield HeadTag("language", language, "html_lang", _LANGUAGE)
    yield from _title_tags(root)


def _meta_tags(root: HtmlElement) -> Iterator[HeadTag]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        keys = (meta.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        name = next((key for key in keys if key), "").casefold()
        content = " ".join((meta.get("content") or "").split())
        if name in _META_FIELDS and content and content not in found.setdefault(name, []):
            found[name].append(content)
    for name, values in found.items():
        field, method, certain = _META_FIELDS[name]
        names = [one for one in values if field != "author" or "://" not in one]
        together = [NAME_SEPARATOR.join(names)] if name in _REPEATED else names
        yield from (HeadTag(field, value, method, certain) for value in together)


def _times(root: HtmlElement) -> Iterator[HeadTag]:
    """Yield the times that are marked as those of publication, or the only one of the page."""
    days: dict[str, None] = {}
    is_marked = False
    for element in root.iter("time"):
        written = (element.get("datetime") or "").strip()
        role = (element.get("itemprop") or "").casefold()
        field = "date_published" if element.get("pubdate") is not None else _TIMES.get(role)
        if written and field:
            is_marked = True
            yield HeadTag(field, written, "time", _TIME)
        if written and len(days) < _MOST_ELEMENTS:
            days[written[: len("2022-12-24")]] = None
    if len(days) == 1 and not is_marked:
        yield HeadTag("date_published", next(iter(days)), "time", _LONE_TIME)


def _title_tags(root: HtmlElement) -> Iterator[HeadTag]:
    title = _plain(root.findtext(".//title"))
    site = _site_in_title(root, title)
    if site:
        yield HeadTag("publisher", site, "title", _TITLE)
    headline = title.removesuffix(site).removeprefix(site) if site else title
    headline = headline.strip(AROUND_HEADLINE)
    if headline:
        yield HeadTag("headline", headline, "title", _WHOLE_TITLE)


def _site_in_title(root: HtmlElement, title: str) -> str | None:
    """Return what the title has besides the headline, if the page claims copyright by that name."""
    headlines = {_plain(heading.text_content()) for heading in root.iter("h1")}
    for headline in headlines - {"", title}:
        before, found, after = title.partition(headline)
        site = (before + after).strip(AROUND_HEADLINE)
        if found and site and not (before and after) and f"© {site}" in _plain(root.text_content()):
            return site
    return None


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _as_written(field: str, value: str, words: LineWords) -> str | None:
    if field == "is_accessible_for_free":
        return _FREE.get(value.casefold())
    if field == "author":  # as it is printed: publishers put one name, or join them
        return None if "://" in value else value
    return as_written(field, value, words)
