"""Texts that a record of JSON holds in parts: sections, blocks, paragraphs, each an object.

So services and editors give them: sections with a headline and a list of paragraphs, blocks
that name their type (*text*, *header*, *image*), or paragraphs whose words lie in pieces with
the markup of each. Parts are no articles of their own, unless they have an author or a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from knipsel.transforms.read.layout import Paragraph, bullet
from knipsel.transforms.read.records.markup import paragraphs_of
from knipsel.transforms.read.records.model import DESCRIPTION, HEADLINE
from knipsel.transforms.read.records.values import Object, joined, plain, scalars
from knipsel.transforms.registers.files.record_fields import field_key
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.read.records.model import Names

_DEEPEST, _WRAPPED = 30, 3
"""Parts within parts, and objects around them, that are looked into; editors nest some ten."""
_LEAST_WORDS, _TELLING = 12, 5
"""Words of prose from which parts are a text, fewer are settings or a picture; and from which a
paragraph that stands there twice is one in two forms."""
_FACTS = frozenset({"date_published", "author", "url"})
"""Fields that an article has; things of many kinds have a headline."""
_TYPE_KEYS = frozenset(
    {"type", "nodetype", "blocktype", "blockname", "style", "tag", "kind", "role"}
)
_PLAIN_KEYS = frozenset({"p", "value", "paragraph", "data", "html", "innerhtml", "string"})
"""Names of the words of a part, beside those that the register has for texts."""
_HEADING_KEYS = frozenset({"heading", "header", "subheading", "tussenkop"})
_HEADING = re.compile(r"(?:sub)?(?:head(?:ing|er|line)?|title)(?:[-_ ]?\d|[-_ ]\w{1,9})?$|h[1-6]$")
_PULL_QUOTE = re.compile(r"pull[-_ ]?quote")
_ITEM = re.compile(r"(?:bullet|bulleted|ordered|unordered)?[-_ ]?list(?:[-_ ]?item)?$|li$")
_ASIDE = re.compile(
    r"image|picture|photo|video|audio|figure|gallery|media|embed|link|related|advert|\bad\b|"
    r"newsletter|html$|script|widget|promo|teaser|divider|poll"
)
"""What a part with such a type holds is no prose of the article: a caption at most."""
_INLINE = re.compile(r"text|span|link|a|strong|em|b|i|inline|hyperlink|mention|hard_?break|br")
_INLINE_KEYS = ("children", "content", "nodes")
_BREAK = re.compile(r"hard_?break|br|linebreak")


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of a text in parts, and the other values of its record with their names."""

    paragraphs: tuple[Paragraph, ...]
    fields: tuple[tuple[str, str], ...]


def find_body(record: Any, names: Names) -> Body | None:
    """Return the text in parts of a record, or None where it has none.

    The record must say something of an article itself, and its parts must not be articles.
    """
    if not isinstance(record, Object):
        return None
    best: tuple[int, int, _Gathered] | None = None
    candidates = list(_candidates(record, names, "", _WRAPPED))
    for number, (key, value) in enumerate(candidates):
        gathered = _gathered(key, value, names)
        if gathered and (best is None or gathered.words > best[0]):
            best = gathered.words, number, gathered
    if best is None:
        return None
    key, value = candidates[best[1]]
    others = _without(record, "", value)
    own_words = max((weight(text) for name, text in others if names.is_text(name)), default=0)
    if own_words >= best[0] or not _says_something(others, names, value):
        return None
    return Body(tuple(best[2].paragraphs), (*others, *best[2].fields))


def own_values(record: Object, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the plain values of a record with their names, but those of articles within it."""
    told = {
        meaning[0]
        for name, value in record.members
        if not isinstance(value, Object | list) and (meaning := names.meaning(name))
    }
    for key, value in record.members:
        items = value if isinstance(value, list) else []
        if not any(_is_article(item, names, told) for item in items):
            yield from scalars(value, key)


def _candidates(
    record: Object, names: Names, name: str, levels: int
) -> Iterator[tuple[str, Object | list[Any]]]:
    """Yield the members that may hold parts, also those of objects that only wrap fields."""
    for key, value in record.members:
        whole = joined(name, key)
        if not isinstance(value, Object | list):
            continue
        if field_key(key) in names.register.parts and _has_objects(value):
            yield whole, value
        elif isinstance(value, Object) and key.casefold() in names.register.wrappers and levels:
            yield from _candidates(value, names, whole, levels - 1)


def _has_objects(value: Object | list[Any]) -> bool:
    return isinstance(value, Object) or any(isinstance(item, Object) for item in value)


def _without(value: Any, name: str, left_out: Any) -> list[tuple[str, str]]:
    """Return the plain values of a record with their names, but those of one part of it."""
    if isinstance(value, Object) and value is not left_out:
        found: list[tuple[str, str]] = []
        for key, member in value.members:
            if member is not left_out:
                found += (
                    _without(member, joined(name, key), left_out)
                    if isinstance(member, Object) and not name.count(".") > _WRAPPED
                    else scalars(member, joined(name, key))
                )
        return found
    return [*scalars(value, name)]


def _says_something(fields: list[tuple[str, str]], names: Names, body: Any) -> bool:
    """Say whether a record has a date, author or address; a headline is enough for plain parts."""
    told = {meaning[0] for name, _ in fields if (meaning := names.meaning(name))}
    if told & _FACTS:
        return True
    items = body if isinstance(body, list) else [body]
    return HEADLINE in told and not any(
        names.says(HEADLINE, key)
        for item in items
        if isinstance(item, Object)
        for key, _ in item.members
    )


def _gathered(key: str, value: Object | list[Any], names: Names) -> _Gathered | None:
    gathered = _Gathered(names)
    try:
        gathered.walk(value, key, None, 0)
    except _NoBodyError:
        return None
    return gathered if gathered.words >= _LEAST_WORDS else None


class _NoBodyError(Exception):
    """What was taken for parts are articles, or no text."""


@dataclass(slots=True)
class _Gathered:
    """Paragraphs and other values while they are gathered from parts."""

    names: Names
    paragraphs: list[Paragraph] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    words: int = 0

    def walk(self, value: Any, name: str, kind: str | None, depth: int) -> None:
        """Gather what a part holds; raise `_NoBodyError` where it is an article of its own."""
        if depth > _DEEPEST:
            raise _NoBodyError
        if isinstance(value, list):
            for item in value:
                self.walk(item, name, kind, depth + 1)
        elif isinstance(value, Object):
            self._walk_object(value, name, kind, depth)
        elif value is not None:
            self._add(plain(value), name, kind)

    def _walk_object(self, value: Object, name: str, kind: str | None, depth: int) -> None:
        if _is_article(value, self.names, _FACTS):
            raise _NoBodyError
        kind = _kind(value) or kind
        inline = _inline_text(value)
        if inline is not None and kind != _OTHER:
            self._add_paragraphs(name, inline, kind)
            self.fields += [
                (joined(name, key), plain(member))
                for key, member in value.members
                if not isinstance(member, Object | list) and member is not None
            ]
            return
        for key, member in value.members:
            self.walk(member, joined(name, key), kind, depth + 1)

    def _add(self, text: str, name: str, kind: str | None) -> None:
        """Add a plain value: as a paragraph where its name says so, else as a field."""
        key = field_key(name.rpartition(".")[2])
        meaning = self.names.meaning(name.rpartition(".")[2])
        if not text.strip() or key in _TYPE_KEYS or (meaning and meaning[0] == DESCRIPTION):
            self.fields.append((name, text))
        elif key == "caption":
            self._add_paragraphs(name, text, "caption")
        elif kind == _OTHER:
            self.fields.append((name, text))
        elif key in _HEADING_KEYS or (meaning and meaning[0] in _TITLES):
            self._add_paragraphs(name, text, "heading")
        elif key in _PLAIN_KEYS or self.names.is_text(key) or (kind == _LISTED and key == "items"):
            self._add_paragraphs(name, text, kind)
        else:
            self.fields.append((name, text))

    def _add_paragraphs(self, name: str, text: str, kind: str | None) -> None:
        """Add the paragraphs of a value; another form of one that is there is but a field."""
        for line, own in paragraphs_of(text):
            if weight(line) >= _TELLING and line in self.seen:
                self.fields.append((name, line))
                continue
            self.seen.add(line)
            if kind == _LISTED:
                self.paragraphs.append(Paragraph(line if own else bullet("") + line))
            else:
                self.paragraphs.append(Paragraph(line, kind or own))
            self.words += weight(line) if kind in {None, _LISTED} else 0


_OTHER, _LISTED = "other", "listed"
_TITLES = frozenset({HEADLINE, "alternative_headline"})


def _kind(value: Object) -> str | None:
    """Return what the type of a part says of its words."""
    for key, member in value.members:
        if field_key(key) not in _TYPE_KEYS or not isinstance(member, str):
            continue
        told = member.casefold().rpartition("/")[2]
        if _HEADING.match(told):
            return "heading"
        if _PULL_QUOTE.search(told):
            return "pull_quote"
        if _ASIDE.search(told) and not _INLINE.fullmatch(told):
            return _OTHER
        if _ITEM.fullmatch(told):
            return _LISTED
    return None


def _is_article(part: Any, names: Names, around: AbstractSet[str]) -> bool:
    """Say whether a part is an article, a comment or a post: it has a text and its own facts.

    ``around`` are the fields of what it is a part of: where that is no article either, a
    headline is enough.
    """
    if not isinstance(part, Object):
        return False
    told = {
        meaning[0]
        for key, member in part.members
        if isinstance(member, str) and member and (meaning := names.meaning(key))
    }
    if "text" not in told:
        return False
    is_alone = HEADLINE in told and not around & _FACTS
    return is_alone or bool(told & {"date_published", "author"}) or {HEADLINE, "url"} <= told


def _inline_text(part: Object) -> str | None:
    """Return the words of a paragraph that lie in pieces; None where it has other parts."""
    for key, member in part.members:
        if key.casefold() in _INLINE_KEYS and isinstance(member, list) and member:
            pieces = [_piece(item, 0) for item in member]
            words = [piece for piece in pieces if piece is not None]
            return "".join(words) if len(words) == len(pieces) else None
    return None


def _piece(item: Any, depth: int) -> str | None:
    """Return the words of a piece of a paragraph; None where it is no such piece."""
    if not isinstance(item, Object) or depth > _DEEPEST:
        return None
    told = [str(member).casefold() for key, member in item.members if field_key(key) in _TYPE_KEYS]
    if any(not _INLINE.fullmatch(one) for one in told[:1]):
        return None
    if told and _BREAK.fullmatch(told[0]):
        return "\n"
    for key, member in item.members:
        if key.casefold() in {"text", "value"} and isinstance(member, str):
            return member
        if key.casefold() in _INLINE_KEYS and isinstance(member, list):
            pieces = [_piece(one, depth + 1) for one in member]
            return None if None in pieces else "".join(piece or "" for piece in pieces)
    return None
