"""Which XML a text is, by its first element: a feed, a news format, a list of either."""

from __future__ import annotations

import re

RSS, ATOM = "application/rss+xml", "application/atom+xml"
NITF, NEWSML, TEI = "application/nitf+xml", "application/newsml+xml", "application/tei+xml"
ENEX = "application/enex+xml"
OPML, SITEMAP = "text/x-opml", "application/sitemap+xml"
_ROOTS = {
    "rss": RSS,
    "nitf": NITF,
    "newsml": NEWSML,
    "newsmessage": NEWSML,
    "newsitem": NEWSML,
    "packageitem": NEWSML,
    "tei": TEI,
    "tei.2": TEI,
    "teicorpus": TEI,
    "teicorpus.2": TEI,
    "en-export": ENEX,
    "opml": OPML,
    "urlset": SITEMAP,
    "sitemapindex": SITEMAP,
}
_NAMED = (
    ("feed", "/atom", ATOM),
    ("rdf", "purl.org/rss/", RSS),
    ("doc", "fingerprint=", "application/xml"),  # as trafilatura writes pages
)
"""First elements that others use as well, with what stands in that element."""
_HEAD = 65_536
_LEADING = "\ufeff\u200b \t\r\n"
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s[^\[>]{0,2000}(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s{0,99})?>", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})([^>]{0,8000})")


def root_start(text: str) -> int | None:
    """Return where the first element of an XML text begins, or None where there is none.

    What may stand before it are a declaration, comments and a document type, which is not read:
    so no entity is ever defined.
    """
    at = 0
    while True:
        at = _after_space(text, at)
        closing = next((end for begin, end in _SKIPPED if text.startswith(begin, at)), None)
        if closing:
            end = text.find(closing, at)
            if end < 0:
                return None
            at = end + len(closing)
        elif text.startswith("<!", at):
            found = _DOCTYPE.match(text, at)
            if not found:
                return None
            at = found.end()
        else:
            return at if _ROOT.match(text, at) else None


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _LEADING:
        at += 1
    return at


def root_name(text: str) -> str | None:
    """Return the name of the first element of an XML text, without its prefix."""
    at = root_start(text[:_HEAD])
    found = None if at is None else _ROOT.match(text, at)
    return found[1] if found else None


def xml_media_type(text: str) -> str | None:
    """Return the media type of a feed, a news format or a list of them; None for other texts."""
    at = root_start(text[:_HEAD])
    found = None if at is None else _ROOT.match(text, at)
    if not found:
        return None
    name = found[1].casefold()
    for root, part, media_type in _NAMED:
        if name == root and part in found[2].casefold():
            return media_type
    return _ROOTS.get(name)
