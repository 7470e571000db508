"""What a feed says of all its entries: the outlet, the language, the rights."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.layout.section import HeadTag, Section
    from knipsel.transforms.registers.lines.outlets import OutletRegister

_METHOD = "channel_field"
_OUTLET, _OWN_SITE, _OTHERS = 0.9, 0.6, 0.6
"""How sure it is that a feed's title is the outlet: where the register has it, and where it does
not. Of entries on another site a feed that gathers them says nothing."""
_SHARED = frozenset({"language", "copyright_notice", "author"})
_TITLE_PARTS = re.compile(r"\s+[-–—|»:·]\s+|:\s+")


def shared_tags(channel: Iterable[HeadTag], outlets: OutletRegister) -> Iterator[HeadTag]:
    """Yield what the fields of a feed say of all its entries."""
    for tag in channel:
        if tag.field == "publisher":
            yield from _outlet(tag, outlets)
        elif tag.field in _SHARED:
            yield replace(tag, method=_METHOD, confidence=_OTHERS)


def with_shared(section: Section, shared: Iterable[HeadTag], site: str | None) -> Section:
    """Return an entry's section with what its feed says, where the entry does not say it.

    ``site`` is the host of the feed; entries on another host are not the feed's own.
    """
    if not section.is_declared or host_of(section.head) not in {None, site}:
        return section
    own = {tag.field for tag in section.head}
    return replace(section, head=(*section.head, *(one for one in shared if one.field not in own)))


def host_of(tags: Iterable[HeadTag]) -> str | None:
    """Return the host on which a feed's site, or an entry, lies."""
    return next((tag.value for tag in tags if tag.field == "hostname"), None)


def _outlet(tag: HeadTag, outlets: OutletRegister) -> Iterator[HeadTag]:
    """Yield the outlet that the title of a feed names, alone or beside a section's name."""
    parts = [part for part in _TITLE_PARTS.split(tag.value) if part]
    names = (outlets.name_of(part) for part in (tag.value, *parts))
    listed = next((name for name in names if name), None)
    if listed:
        yield replace(tag, value=listed, method=_METHOD, confidence=_OUTLET)
    elif len(parts) == 1:
        yield replace(tag, method=_METHOD, confidence=_OWN_SITE)
