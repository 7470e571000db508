"""Units to blocks: each either a paragraph with a role, or removed for a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.clean.chosen import Chosen, choose, lead_below
from knipsel.transforms.clean.front.front import Front, find_front
from knipsel.transforms.clean.judge import Judged, JudgedPage, is_heading, judge
from knipsel.transforms.clean.lines.choice import expected_score
from knipsel.transforms.clean.pull_quotes import find_pull_quotes
from knipsel.transforms.clean.reasons import removals
from knipsel.transforms.layout.unit import without_bullet
from knipsel.transforms.layout.units import join_labels
from knipsel.transforms.parse.bylines import starts_with_listed
from knipsel.transforms.parse.date_lines import parse_outlet_signature
from knipsel.transforms.text.words import fold, weight, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.layout.section import Section
    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.model import Role
    from knipsel.transforms.parse.parsed_line import LineReader, ParsedLine
    from knipsel.transforms.registers.pages.words import PageWords

_KICKER = re.compile(r"([^\W\d_][^:]{2,20}):\s+(?=\S)")
_TAIL_INSIDE, _TAIL_OUTSIDE = 4, 6
"""Units before and after the end of the body among which signature and biography are sought."""
_BIOGRAPHY_VERB_WITHIN = 8
_CAPTION_WORDS = 40
_NAME_LINE_WORDS = 10
_KIND_ROLES: dict[str | None, Role] = {
    "headline": "heading",
    "heading": "heading",
    "standfirst": "standfirst",
    "caption": "caption",
    "pull_quote": "pull_quote",
}
"""Roles by what the format says; a headline within the body is a heading there."""


class Block(NamedTuple):
    """A stretch of the source with either the role of a paragraph or the reason of its removal.

    ``kind`` is what the format says it is, as in `knipsel.transforms.layout.unit.Unit`; ``prose``
    and ``lost`` say of a removed one what `knipsel.transforms.clean.reasons.Removal` does.
    """

    start: int
    end: int
    text: str
    role: Role | None = None
    reason: str | None = None
    kind: str | None = None
    prose: int = 0
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """The blocks of a section, and what the models say of how well it was divided.

    ``headline_margin`` is how far the headline is ahead of the next line that could be it,
    ``expected_score`` the F1 in words that the body is expected to have; both None where no model
    was asked.
    """

    blocks: tuple[Block, ...]
    headline_margin: float | None = None
    expected_score: float | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A section of a source with the blocks that it was cut into.

    ``cut`` has their texts as the source has them, ``published`` as they are published; ``lines``
    remembers what was parsed of them.
    """

    section: Section
    source_text: str
    cut: Cut
    published: tuple[Block, ...]
    lines: LineReader

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks with their texts as the source has them."""
        return self.cut.blocks


def clean(section: Section, words: PageWords, lines: LineReader) -> Cut:
    """Divide a section into paragraphs and removed blocks, in the order of the source.

    Where the format does not say what of it is the body, the text alone decides.
    """
    units, kept = section.units, section.kept
    dates, bylines, joiners = lines.words.dates, lines.words.bylines, lines.words.persons.joiners
    page = judge(units if kept else join_labels(units, dates, bylines, joiners), words)
    judged = page.items
    chosen = choose(section, page, words, lines)
    roles, front = _roles(page, chosen, words, lines, section.declared("headline"))
    top = min(roles, default=chosen.begin)
    reasons = removals(judged, roles, top, chosen.furniture, chosen.likelihoods)
    blocks: list[Block] = []
    for index, item in enumerate(judged):
        role = roles.get(index)
        if role == "headline":
            blocks.extend(_headline_blocks(item.unit, bylines.kickers))
        elif role:
            text = without_bullet(item.unit.text)
            blocks.append(Block(item.unit.start, item.unit.end, text, role))
        else:
            place, why = (item.unit.start, item.unit.end, item.unit.text), reasons[index]
            blocks.append(Block(*place, None, why.reason, None, why.prose, why.lost))
    score = expected_score(chosen.shares, chosen.lines, [item.size for item in judged])
    return Cut(tuple(blocks), front.headline_margin, score)


def _headline_blocks(unit: Unit, kickers: frozenset[str]) -> list[Block]:
    """Split the kicker (``Column:``) from a headline."""
    found = _KICKER.match(unit.text)
    if not found or fold(found[1]) not in kickers:
        return [Block(unit.start, unit.end, unit.text, role="headline", kind=unit.kind)]
    label_end = unit.start + len(found[0].rstrip())
    rest = unit.start + found.end()
    return [
        Block(unit.start, label_end, found[0].rstrip(), reason="kicker"),
        Block(rest, unit.end, unit.text[found.end() :], role="headline", kind=unit.kind),
    ]


def _roles(
    page: JudgedPage,
    chosen: Chosen,
    words: PageWords,
    lines: LineReader,
    titles: Iterable[str],
) -> tuple[dict[int, Role], Front]:
    """Return the role of each unit that is part of the article, by its index, and its front."""
    judged = page.items
    if chosen.begin >= chosen.end:
        return {}, Front(chosen.begin)
    front = find_front(judged, chosen, lines, titles)
    if chosen.is_declared:
        front.headline, front.headline_margin = _declared_headline(judged, front), None
    body = range(front.begin, chosen.end)
    roles = _body_roles(judged, body, chosen, lines.words.bylines.credits)
    front.standfirsts = {index for index in front.standfirsts if chosen.lines[index]}
    if front.headline is not None and not chosen.by_format:
        front.standfirsts |= lead_below(front.headline, chosen, judged)
    _add_front(roles, front)
    tail = _tail(judged, front.begin, chosen.end)
    authors = _add_signature(roles, judged, tail, lines)
    authors |= {name for i in front.bylines for name in _byline_names(lines(judged[i].unit.text))}
    _add_name_lines(roles, judged, front, authors)
    _add_biographies(roles, judged, tail, authors, lines.words.bylines.biography_verbs)
    _add_pull_quotes(roles, page, words.function_words)
    if not chosen.by_format:
        _drop_idle_headings(roles)
    return roles, front


def _declared_headline(judged: Sequence[Judged], front: Front) -> int | None:
    """Return the unit that the format calls the headline, or what the text shows to be one."""
    marked = (i for i, item in enumerate(judged) if item.unit.kind == "headline")
    return next(marked, front.headline)


def _body_roles(
    judged: Sequence[Judged], indexes: range, chosen: Chosen, credit_words: tuple[str, ...]
) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    below: Judged | None = None
    for index in reversed(indexes):
        item = judged[index]
        if chosen.by_format:
            role = _kept_role(item, credit_words, is_declared=chosen.is_declared)
        else:
            role = _plain_role(item, below, credit_words)
        if role and (chosen.lines[index] or (role == "caption" and chosen.by_format)):
            roles[index] = role
            below = item
    return roles


def _plain_role(
    item: Judged, following: Judged | None, credit_words: tuple[str, ...]
) -> Role | None:
    if item.reason is not None or item.look in {"placeholder", "invisible"}:
        return None
    if item.unit.kind in _KIND_ROLES:
        return _KIND_ROLES[item.unit.kind]
    if _is_caption(item, credit_words):
        return "caption"
    return "heading" if is_heading(item, following) else "body"


def _kept_role(item: Judged, credit_words: tuple[str, ...], *, is_declared: bool) -> Role | None:
    """Return the role of a unit that the format takes for the body.

    In a page, what a phrase gives away goes all the same; a record of an export is as it is.
    """
    if item.look == "invisible" or item.unit.reason or (item.reason and not is_declared):
        return None
    if item.unit.kind in _KIND_ROLES:
        return _KIND_ROLES[item.unit.kind]
    return "caption" if _is_caption(item, credit_words) else "body"


def _is_caption(item: Judged, credit_words: tuple[str, ...]) -> bool:
    text = item.unit.text
    return (
        ":" in text[:20]
        and weight(text) <= _CAPTION_WORDS
        and starts_with_listed(text, credit_words)
    )


def _add_front(roles: dict[int, Role], front: Front) -> None:
    roles.update(dict.fromkeys(front.standfirsts, "standfirst"))
    roles.update(dict.fromkeys(front.date_lines, "dateline"))
    roles.update(dict.fromkeys(front.bylines, "byline"))
    if front.headline is not None:
        roles[front.headline] = "headline"


def _byline_names(line: ParsedLine) -> list[str]:
    byline = line.byline or line.signature
    return [name.text for name in byline.names] if byline else []


def _add_signature(
    roles: dict[int, Role], judged: Sequence[Judged], tail: range, lines: LineReader
) -> set[str]:
    """Give the signature under the article its role, and return the name in it.

    An outlet and a day can sign it, too; in the head of a page it is they alone that do so.
    """
    for index in tail:
        unit = judged[index].unit
        line = lines(unit.text)
        if unit.is_bullet:
            continue
        if line.signature and unit.reason is None:
            roles[index] = "byline"
            return {line.signature.names[0].text}
        if "dateline" not in roles.values() and parse_outlet_signature(line):
            roles[index] = "dateline"
    return set()


def _add_name_lines(
    roles: dict[int, Role], judged: Sequence[Judged], front: Front, authors: set[str]
) -> None:
    """Give the short lines above the body that hold an author's name the role of a byline."""
    top = front.begin if front.headline is None else front.headline + 1
    first = min(
        (index for index, role in roles.items() if role == "body" and judged[index].is_prose),
        default=top,
    )
    for index in range(top, first):
        text = judged[index].unit.text
        is_free = roles.get(index, "heading") == "heading" and weight(text) <= _NAME_LINE_WORDS
        if is_free and any(name in text for name in authors):
            roles[index] = "byline"


def _tail(judged: Sequence[Judged], begin: int, end: int) -> range:
    """Return the indexes of the units around the end of the body, but never its first."""
    return range(max(begin + 1, end - _TAIL_INSIDE), min(len(judged), end + _TAIL_OUTSIDE))


def _add_biographies(
    roles: dict[int, Role],
    judged: Sequence[Judged],
    tail: range,
    authors: set[str],
    verbs: frozenset[str],
) -> None:
    for index in tail:
        item = judged[index]
        if roles.get(index, "body") == "body" and _is_biography(item.unit.text, authors, verbs):
            roles[index] = "biography"


def _is_biography(text: str, authors: set[str], verbs: frozenset[str]) -> bool:
    """Say whether a paragraph tells who an author is: it is a footnote, or begins with the name."""
    bare = text.lstrip("*†‡¹ ")
    opening = words(bare[:200])[:_BIOGRAPHY_VERB_WITHIN]
    if not any(word in verbs for word in opening):
        return False
    name = next((name for name in sorted(authors) if bare.startswith(name)), None)
    if name:
        return any(word in verbs for word in words(bare[len(name) :][:40])[:1])
    return bare != text and bare[:1].isupper()


def _add_pull_quotes(
    roles: dict[int, Role], page: JudgedPage, function_words: frozenset[str]
) -> None:
    indexes = [
        index for index in sorted(roles) if roles[index] in {"standfirst", "body", "heading"}
    ]
    texts = [page.items[index].unit.text for index in indexes]
    for found in find_pull_quotes(texts, function_words, page.alike(indexes)):
        if not page.items[indexes[found]].unit.is_bullet:
            roles[indexes[found]] = "pull_quote"


def _drop_idle_headings(roles: dict[int, Role]) -> None:
    """Take the role from headings that no text follows."""
    followed = False
    for index in sorted(roles, reverse=True):
        if roles[index] == "heading" and not followed:
            del roles[index]
        elif roles[index] in {"body", "standfirst"}:
            followed = True
