"""What kind of text this is, by its shape alone: JSON, JSON Lines, RIS, mail, Markdown."""

from __future__ import annotations

import json
import re

_LEADING = "\ufeff\u200b \t\r\n"
_LOOK = 65_536

_RECORD = re.compile(
    r"(?:\[\s{0,99}){0,3}\{\s{0,999}(?:\}|\"(?:[^\"\\\n]|\\.){0,200}\"\s{0,9}:)", re.DOTALL
)
"""Where an object begins, or a list of them: no other text begins with a name and a colon so."""
_SCALARS_LIMIT = 1_000_000
"""Characters of a text that is tried as a list of plain values, which is read to its end for it."""


def is_json(text: str) -> bool:
    """Say whether a text is JSON or JSON Lines, also where it is broken off."""
    start = text[:_LOOK].lstrip(_LEADING)
    if _RECORD.match(start):
        return True
    if not start.startswith("[") or len(text) > _SCALARS_LIMIT:
        return False
    try:
        return isinstance(json.loads(text.strip(_LEADING)), list)
    except (ValueError, RecursionError):
        return False


def is_json_lines(text: str) -> bool:
    """Say whether a text that is JSON has an object on each line, and more than one of them."""
    start = len(text) - len(text.lstrip(_LEADING))
    end = text.find("\n", start)
    if not text.startswith("{", start) or end < 0:
        return False
    following = text[end : end + _LOOK].lstrip(_LEADING)
    return text[start:end].rstrip().endswith("}") and following.startswith("{")


_REFERENCE = re.compile(r"TY {1,2}- {0,2}[A-Z]{3,8}[ \t]{0,9}\r?\n[A-Z][A-Z0-9] {1,2}-")


def is_references(text: str) -> bool:
    """Say whether a text is references in RIS: it begins with the type of the first one."""
    return _REFERENCE.match(text[:_LOOK].lstrip(_LEADING)) is not None


_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|$)")
_MOST_HEADER_LINES = 2_000
_ADDRESSING = frozenset({"from", "to", "subject", "date"})
_SENDING = frozenset(
    {"message-id", "mime-version", "received", "return-path", "content-type", "delivered-to"}
)
_ENOUGH_ADDRESSING = 3


def is_mail(text: str) -> bool:
    """Say whether a text is a message of RFC 5322: headers, each with a name, and a blank line.

    A header that somebody put above an article has a date or a title, but not who sent it and
    to whom, and no programs' headers.
    """
    names: set[str] = set()
    for number, line in enumerate(text[:_LOOK].lstrip(_LEADING).split("\n")):
        bare = line.rstrip("\r")
        found = _HEADER.match(bare)
        if not bare.strip() or number > _MOST_HEADER_LINES:
            break
        if found:
            names.add(found[1].casefold())
        elif not number or bare[0] not in " \t":
            return False
    is_sent = bool(names & _SENDING) and bool(names & {"from", "subject"})
    return is_sent or len(names & _ADDRESSING) >= _ENOUGH_ADDRESSING


_FRONT_MATTER = re.compile(
    r"---[ \t]{0,9}\n"
    r"(?:[A-Za-z_][\w -]{0,40}:(?:[ \t][^\n]{0,2000})?\n|[ \t-][^\n]{0,2000}\n|\n){1,200}?"
    r"(?:---|\.\.\.)[ \t]{0,9}(?:\n|$)"
)
_HEADING = re.compile(r"(?:^|\n)#{1,6} [^\s#][^\n]{0,200}(?=\n)")
_MARKS = (
    _HEADING,
    re.compile(r"(?<!!)\[[^\[\]\n]{1,200}\]\((?:https?://|/|mailto:|#)[^()\s]{0,500}\)"),
    re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?\)"),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"),
    re.compile(r"(?<![\w_*])(?:_[^\s_][^_\n]{0,200}_|\*[^\s*][^*\n]{0,200}\*)(?![\w_*])"),
    re.compile(r"(?:^|\n)> [^\n]{1,2000}"),
    re.compile(r"(?:^|\n)(?:```|~~~)[\w -]{0,30}\n"),
    re.compile(r"\n[^\s\n][^\n]{2,150}\n(?:={3,}|-{3,})[ \t]{0,9}\n"),
    re.compile(r"\n {0,3}\[[^\[\]\n]{1,100}\]: {1,4}<?https?://\S{1,500}"),
)
"""Headings, links, pictures, then weaker marks: bold, emphasis, quotes, fences, underlines,
definitions."""
_STRONG_MARKS, _ENOUGH_MARKS = 3, 2
_EARLY = 1_500
"""Characters within which Markdown shows; a page that quotes some has its menus there."""


def front_matter_end(text: str) -> int:
    """Return the length of the fields between dashes that a text begins with, or 0."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def is_markdown(text: str) -> bool:
    """Say whether a text is surely Markdown.

    It begins with fields between dashes, or with a heading and has more of them, or it has two
    kinds of marks, of which one is a heading, a link or a picture. A plain text has an asterisk
    or a number sign now and then, but not these.
    """
    head = text[:_LOOK].replace("\r\n", "\n").replace("\r", "\n").lstrip(_LEADING)
    if front_matter_end(head):
        return True
    if not any(mark.search(head[:_EARLY]) for mark in _MARKS[:_STRONG_MARKS]):
        return False
    headings = _HEADING.findall(head)
    begins_so = head.startswith("#") and len(headings) >= _ENOUGH_MARKS
    return begins_so or sum(mark.search(head) is not None for mark in _MARKS) >= _ENOUGH_MARKS
