"""The article in the data of a page: the one that the page itself is about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from knipsel.transforms.read.html.data.elements import tree_paragraphs
from knipsel.transforms.read.html.data.scripts import JSON_LD, NEXT_FLIGHT
from knipsel.transforms.read.html.json_ld import article_node
from knipsel.transforms.read.layout import Paragraph, join_surrogates
from knipsel.transforms.read.records.bodies import find_body
from knipsel.transforms.read.records.markup import one_line, paragraphs_of
from knipsel.transforms.read.records.model import HEADLINE
from knipsel.transforms.read.records.values import Object, scalars
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from knipsel.transforms.read.records.model import Names

AUTHOR = "author"
_LEAST_WORDS = 12
"""Words of a text, as of an article of any page."""
_MOST_OBJECTS = 200_000
"""Objects and lists of a script that are looked at; the largest pages have some ten thousand."""
_TELLING_TITLE = 15
"""Characters of a title that names an article though the page adds to it: a site, a subtitle."""
_MOST_SCALARS, _DEEPEST = 200, 60
"""Plain values of the authors of an article, and objects within objects of one, at most."""
_NEARLY = 0.8
"""Share of the longest text's words from which on the one in more paragraphs is taken."""


@dataclass(frozen=True, slots=True)
class DataArticle:
    """An article in the data of a page.

    ``source`` is what holds its text: a property of JSON-LD, or the name of a script; ``fields``
    are the plain values of the object around it, with their names.
    """

    source: str
    paragraphs: tuple[Paragraph, ...]
    fields: tuple[tuple[str, str], ...] = ()
    is_json_ld: bool = False

    @property
    def words(self) -> int:
        """The number of words of its text."""
        return sum(weight(one.text) for one in self.paragraphs)


def find_article(
    values: Iterable[tuple[str, Any]], titles: Collection[str], names: Names
) -> DataArticle | None:
    """Return the article whose headline is one of the page's own ``titles``, in its longest form.

    JSON-LD describes the page that it stands in, so its article needs no such proof.
    """
    folded = {fold(title) for title in titles} - {""}
    found = [one for name, value in values for one in _articles(name, value, folded, names)]
    found = [one for one in found if one.words >= _LEAST_WORDS]
    most = max((one.words for one in found), default=0)
    whole = [one for one in found if one.words >= _NEARLY * most]
    return max(whole, key=lambda one: (len(one.paragraphs), len(one.fields)), default=None)


def _articles(
    name: str, value: Any, titles: Collection[str], names: Names
) -> Iterator[DataArticle]:
    if name == JSON_LD:
        node = article_node(value)
        yield from _json_ld_articles(node) if node else ()
        return
    for inner in _objects(value):
        headline = _headline(inner, names)
        if headline and _is_titled(fold(headline), titles):
            paragraphs, fields = _text_of(inner, names)
            yield DataArticle(name, tuple(paragraphs), fields)
    if name == NEXT_FLIGHT:
        headline, paragraphs = tree_paragraphs(value)
        if headline and _is_titled(fold(headline), titles):
            yield DataArticle(name, tuple(paragraphs))


def _json_ld_articles(node: dict[str, Any]) -> Iterator[DataArticle]:
    body = node.get("articleBody")
    if isinstance(body, str):
        yield DataArticle("articleBody", tuple(_paragraphs(body)), is_json_ld=True)
    updates = node.get("liveBlogUpdate")
    if isinstance(updates, list):
        paragraphs = tuple(one for update in updates for one in _update(update))
        yield DataArticle("liveBlogUpdate", paragraphs, is_json_ld=True)


def _update(update: Any) -> Iterator[Paragraph]:
    """Yield an entry of a live blog: its time and headline as a heading, and its text."""
    if not isinstance(update, dict):
        return
    head = [update.get(key) for key in ("datePublished", "headline")]
    told = " ".join(one_line(one) for one in head if isinstance(one, str))
    if told:
        yield Paragraph(told, "heading")
    body = update.get("articleBody")
    yield from _paragraphs(body) if isinstance(body, str) else ()


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line, kind in paragraphs_of(join_surrogates(text)):
        yield Paragraph(line, kind)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value, outer ones first; it is a loop, since values nest deeply."""
    stack, count = [value], 0
    while stack and count < _MOST_OBJECTS:
        inner = stack.pop()
        count += 1
        if isinstance(inner, dict):
            yield inner
        members = inner.values() if isinstance(inner, dict) else inner
        stack.extend(one for one in members if isinstance(one, dict | list))


def _headline(record: dict[str, Any], names: Names) -> str | None:
    """Return the headline that an object names, itself or in an object of its own."""
    for key, value in record.items():
        if isinstance(value, str) and names.says(HEADLINE, key):
            return one_line(value)
        if isinstance(value, dict):
            for inner, text in value.items():
                if isinstance(text, str) and names.says(HEADLINE, f"{key}.{inner}"):
                    return one_line(text)
    return None


def _is_titled(headline: str, titles: Collection[str]) -> bool:
    return headline in titles or any(
        min(len(headline), len(title)) >= _TELLING_TITLE
        and (headline.startswith(title) or title.startswith(headline))
        for title in titles
    )


def _text_of(
    record: dict[str, Any], names: Names
) -> tuple[list[Paragraph], tuple[tuple[str, str], ...]]:
    """Return the text of a record, in one value or in parts, and its other plain values."""
    plain = [(key, value) for key, value in record.items() if isinstance(value, str)]
    fields = [(key, value) for key, value in plain if not names.is_text(key)]
    fields += _authors(record, names)
    texts = [value for key, value in plain if names.is_text(key)]
    best = max(texts, key=weight, default="")
    body = None if weight(best) >= _LEAST_WORDS else find_body(_as_object(record), names)
    return (list(body.paragraphs) if body else [*_paragraphs(best)]), tuple(fields)


def _authors(record: dict[str, Any], names: Names) -> Iterator[tuple[str, str]]:
    """Yield the names of the authors whom a record describes by objects of their own."""
    for key, value in record.items():
        if isinstance(value, dict | list) and names.says(AUTHOR, key):
            inner = islice(scalars(_as_object(value), key), _MOST_SCALARS)
            yield from ((name, text) for name, text in inner if names.says(AUTHOR, name))


def _as_object(value: Any, depth: int = 0) -> Any:
    """Return a value as the readers of records have it, without what lies too deep in it."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return Object([(key, _as_object(member, depth + 1)) for key, member in value.items()])
    return [_as_object(item, depth + 1) for item in value] if isinstance(value, list) else value
