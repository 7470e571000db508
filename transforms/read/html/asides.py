"""Elements of a page that stand beside its text: menus, forms, cards and boxes, by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAGS = frozenset({"nav", "aside", "dialog", "footer"})
_ROLES = frozenset({"navigation", "complementary", "dialog", "contentinfo", "search", "menu"})
_WHOLE_PAGE = frozenset({"html", "body", "main", "article", "h1"})
"""Elements whose names speak of a whole page or article: ``has-sidebar``, ``comments-open``."""
_NAMES = re.compile(
    r"(?<![A-Za-z])(?i:"
    r"table[-_ ]?of[-_ ]?contents|modal|pop[-_]?up|tool[-_]?tip|disclosure|disclaimer"
    r"|newsletters?|sign[-_]?up|cta|call[-_]to[-_]action|recirc|promo|cookies?|consent|gdpr"
    r"|pagination|comment[-_]?list|disqus|respond|bread[-_]?crumbs?|outbrain|taboola|advert"
    r"|advertisement|sponsored|recent[-_]posts|latest[-_]posts|most[-_]?(?:read|popular)"
    r"|more[-_]stories|read[-_](?:more|next)|up[-_]next|also[-_]read|post[-_]nav(?:igation)?"
    r"|(?:about[-_]?)?author[-_]?(?:box|info|bio|card|profile)|about[-_]?author|screen[-_]reader"
    r"|sr[-_]only|visually[-_]hidden|related[-_]?(?:posts|articles|links|content|stories|news)"
    r")(?![a-z])"
)
"""What makers of pages call such elements, in their classes and identifiers. Names that as often
are those of the text's own element, *sidebar*, *share*, *social*, *teaser*, are not among them."""
_LONGEST_NAMES = 300


def is_aside(element: HtmlElement, tag: str) -> bool:
    """Say whether an element is named as one that stands beside the text."""
    if tag in _TAGS or element.get("role") in _ROLES:
        return True
    if tag in _WHOLE_PAGE:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _NAMES.search(names[:_LONGEST_NAMES]) is not None
