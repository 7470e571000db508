"""Who published an article, and which site carries it: by copyright lines and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.clean.boilerplate import address_in
from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.parse.bylines import Name
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.text.words import repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.clean.blocks import Cleaned
    from knipsel.transforms.registers.lines.outlets import OutletRegister

_COPYRIGHT, _COPYRIGHT_UNLISTED, _HOST, _ADDRESS_LINE = 0.55, 0.4, 0.6, 0.7
_COPYRIGHT_LINE = re.compile(
    r"(?:©|\(c\)|copyright)[\s©:,]*(?:(?:19|20)\d{2}(?:\s?[-–—]\s?(?:19|20)?\d{2})?[\s,.:|]*)?"
    r"(?:by\s|door\s|copyright\s)?(?P<name>[^\n|·•;:]{2,60})",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\.\s|\.$|,|\s[-–—]\s|\(|\s(?=all rights|alle recht|tous droits|19\d\d|20\d\d)", re.IGNORECASE
)
_MOST_WORDS = 6
_LINES_AT_ENDS = 6
"""Blocks at the beginning and the end of a file among which its own address may stand."""


def site_candidates(cleaned: Cleaned, outlets: OutletRegister) -> Iterator[Candidate]:
    """Yield the holders of copyright that the page names, and its address on a line alone."""
    blocks = cleaned.blocks
    for block in blocks:
        if block.reason == "legal":
            yield from _copyright(Evidence(block, cleaned.source_text), outlets)
    ends = [*blocks[:_LINES_AT_ENDS], *blocks[_LINES_AT_ENDS:][-_LINES_AT_ENDS:]]
    for block in ends:
        if block.role in {None, "body"} and (url := address_in(block.text.strip(), block.reason)):
            yield from _address(Evidence(block, cleaned.source_text), url)


def _copyright(evidence: Evidence, outlets: OutletRegister) -> Iterator[Candidate]:
    text = evidence.block.text
    found = _COPYRIGHT_LINE.search(text)
    if not found:
        return
    printed = _NAME_ENDS.split(f" {found['name']}")[0].strip(" .,-–—")
    listed = outlets.name_of(printed)
    if not printed:
        return
    begins_well = printed[:1].isupper() or printed[:1].isdigit()
    if listed or (begins_well and len(printed.split()) <= _MOST_WORDS):
        begin = found.start("name") + found["name"].index(printed)
        yield evidence.candidate(
            "publisher" if listed else "copyright_holder",  # a company owns many an outlet
            listed or repair(printed),
            "copyright_line",
            _COPYRIGHT if listed else _COPYRIGHT_UNLISTED,
            Name(printed, begin, begin + len(printed)),
        )


def _address(evidence: Evidence, url: str) -> Iterator[Candidate]:
    host = hostname_of(url)
    if host:
        begin = evidence.block.text.index(url)
        place = Name(url, begin, begin + len(url))
        yield evidence.candidate("url", url, "address_line", _ADDRESS_LINE, place)
        yield evidence.candidate("hostname", host, "address_line", _ADDRESS_LINE, place)


def host_publishers(
    candidates: Iterable[Candidate], outlets: OutletRegister
) -> Iterator[Candidate]:
    """Yield the outlets whose hosts are among ``candidates``."""
    for one in candidates:
        listed = outlets.of_host(one.value) if one.field == "hostname" else None
        if listed:
            yield Candidate(
                "publisher", listed.name, "host", _HOST, one.original, one.start, one.end
            )
