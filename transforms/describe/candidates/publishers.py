"""Who published an article, and which site carries it: by copyright lines and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from knipsel.transforms.clean.boilerplate import address_in
from knipsel.transforms.describe.candidate import Candidate, Evidence
from knipsel.transforms.parse.bylines import Name
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.registers.lines.outlet_names import is_host
from knipsel.transforms.text.words import fold, repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.clean.blocks import Cleaned
    from knipsel.transforms.registers.lines.outlet_names import OutletNames
    from knipsel.transforms.registers.lines.outlets import OutletRegister

_COPYRIGHT, _COPYRIGHT_UNLISTED, _HOST, _ADDRESS_LINE = 0.55, 0.4, 0.6, 0.7
_SIGN = r"(?:©|\(c\)(?=\s)|\bcopyrights?\b)"
SIGN = re.compile(_SIGN, re.IGNORECASE)
"""The sign of copyright, or the word."""
_YEARS = r"(?:19|20)\d{2}(?:\s?[-–—/]\s?(?:(?:19|20)?\d{2})?)?"
_BETWEEN = r"[\s©:,.|·•–—-]"
_NAME = r"[^\n|·•;:©]{2,60}"
_BEFORE_SIGN = re.compile(rf"\W{{0,4}}(?P<name>{_NAME}?)[\s®™]*{_SIGN}", re.IGNORECASE)
"""A name with which the line begins: *De Kleine Krant © 2021*."""
_MOST_WORDS = 6
_LINES_AT_ENDS = 6
"""Blocks at the beginning and the end of a file among which its own address may stand."""


@lru_cache(maxsize=8)
def _line_pattern(names: OutletNames) -> re.Pattern[str]:
    """Return what finds the sign of copyright, what stands behind it, and the name."""
    rights, words = _any_of(names.rights), _any_of(names.holder_words)
    skipped = rf"(?:{_BETWEEN}|copyright\b|{_YEARS}|(?:{rights})\b|(?:{words})[\s:])"
    return re.compile(rf"{_SIGN}{skipped}*+(?P<name>{_NAME})", re.IGNORECASE)


@lru_cache(maxsize=8)
def _name_ends(names: OutletNames) -> re.Pattern[str]:
    """Return what ends a name: a full stop that no abbreviation has, a dash, rights, a year."""
    full_stop = r"(?<!\b\w)(?<!\bSt)\.(?:\s|$)"
    behind = rf"\s(?={_any_of(names.rights + names.made_by)}|(?:19|20)\d\d)"
    return re.compile(rf"{full_stop}|,|\s[-–—]\s|\(|!\s|{behind}", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; for none where there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


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
    """Yield the outlet that a copyright line names; a company owns many, an agency's is a part."""
    place = holder_in(evidence.block.text, outlets.names)
    if place is None:
        return
    found = (
        outlets.of_host(place.text.lower().removeprefix("www.")) if is_host(place.text) else None
    )
    listed = found.name if found else outlets.name_of(place.text)
    is_own = listed is not None and fold(place.text) not in outlets.agencies
    yield evidence.candidate(
        "publisher" if is_own else "copyright_holder",
        listed or repair(place.text),
        "copyright_line",
        _COPYRIGHT if is_own else _COPYRIGHT_UNLISTED,
        place,
    )


def holder_in(text: str, names: OutletNames) -> Name | None:
    """Return who holds the copyright by a line such as ``© 2021 De Kleine Krant B.V.``."""
    found = _line_pattern(names).search(text)
    printed = _name_ends(names).split(f" {found['name']}")[0].strip(" .,-–—®™") if found else ""
    if found is None or not _can_be_holder(printed, names):
        found = _BEFORE_SIGN.match(text)
        printed = found["name"].strip(" .,-–—®™") if found else ""
    if found is None or not _can_be_holder(printed, names):
        return None
    begin = found.start("name") + found["name"].index(printed)
    end = begin + len(printed)
    if text[end : end + 1] == "." and re.search(r"\b\w\.\s?\w$", printed):  # B.V., e. V.
        end += 1
    return Name(text[begin:end], begin, end)


def _can_be_holder(printed: str, names: OutletNames) -> bool:
    """Say whether this can be a name: it has a capital, behind an article perhaps, or is a host."""
    first, _, rest = printed.partition(" ")
    begin = (rest if first in names.articles else printed)[:1]
    is_name = begin.isupper() or begin.isdigit() or is_host(printed)
    return is_name and not SIGN.search(printed) and len(printed.split()) <= _MOST_WORDS


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
