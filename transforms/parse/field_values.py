"""Values that files declare, as this project writes them: dates in EDTF, host names, names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from knipsel.transforms.model import LONGEST_VALUE, NAME_SEPARATOR
from knipsel.transforms.parse.bylines import parse_byline
from knipsel.transforms.parse.dated_line import DatedLine
from knipsel.transforms.parse.dates import find_dates
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.language import language_of
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knipsel.transforms.registers.lines.persons import PersonWords
    from knipsel.transforms.registers.lines.words import LineWords

_ISO_LENGTHS = (len("2022-12-24"), len("2022-12"), len("2022"))
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?(?:Z|[+-]\d{4})?)?$", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?:[/ T]|$)", re.ASCII)
"""A date that begins with its year has one order alone, whatever stands between its parts."""
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?$", re.ASCII)
_EPOCH_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = 315_532_800, 4_102_444_800
"""Seconds since 1970 of 1980 and of 2100: other numbers are hardly those of a publication."""
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}$")
_LETTER = re.compile(r"[^\W\d_]")
"""What has none is the number of a person or section in a database, and no name."""
_COUNT = re.compile(r"(\d{1,7})(?:\s[^\W\d_]{1,20})?$")
"""A number, alone or with the word for what it counts behind it."""
_LISTED = re.compile(r"'([^']{1,200})'|\"([^\"]{1,200})\"")
_LAST_FIRST = re.compile(r"([^\W\d_][^,]{0,60}), ([^\W\d_][^,]{0,60})$")
"""A name as lists of authors turn it; in a list with semicolons a comma is for nothing else."""
_LEAST_NAME_WORDS = 2


def as_written(field: str, value: str, words: LineWords) -> str | None:
    """Return ``value`` as the field ``field`` has it, or None where it is no such value."""
    if not value or len(value) > LONGEST_VALUE:
        return None
    special: dict[str, Callable[[], str | None]] = {
        "date_published": lambda: edtf_of(value, words.dates.months),
        "date_modified": lambda: edtf_of(value, words.dates.months),
        "hostname": lambda: hostname_of(value),
        "language": lambda: language_of(value),
        "author": lambda: names_of(value, words) if _LETTER.search(value) else None,
        "article_section": lambda: value if _LETTER.search(value) else None,
        "publisher": lambda: None if "://" in value else value,
        "word_count": lambda: found[1] if (found := _COUNT.match(value)) else None,
        "url": lambda: value if hostname_of(value) and "://" in value else None,
    }
    return special[field]() if field in special else value


def edtf_of(value: str, months: Mapping[str, int]) -> str | None:
    """Return the date that a value gives as EDTF, as fine as it is, or None.

    Known are ISO 8601, its compact form, seconds and milliseconds since 1970 (in UTC), and
    what stands in texts. The day is the one that was written, in the zone in which it was.
    """
    value = value.strip()
    found = {one.edtf for one in find_dates(value, months)}
    if len(found) > 1:
        return None
    year_first = _YEAR_FIRST.match(value)
    known = year_first and _known("-".join(part.zfill(2) for part in year_first.groups() if part))
    iso = known or iso_date(value)
    if iso:
        return iso
    compact = _COMPACT.match(value)
    if compact:
        return _known("-".join(compact.groups()))
    epoch = _EPOCH.match(value)
    if epoch:
        return _epoch_day(int(epoch[1]))
    return found.pop() if found else None


def iso_date(value: str) -> str | None:
    """Return the date that an ISO 8601 time begins with, as fine as it is."""
    for length in _ISO_LENGTHS:
        rest = value[length : length + 1]
        if len(value) >= length and _known(value[:length]) and not (rest.isdigit() or rest == "-"):
            return value[:length]
    return None


def _known(edtf: str) -> str | None:
    return edtf if date_bounds(edtf).not_before else None


def _epoch_day(seconds: int) -> str | None:
    if not _EARLIEST <= seconds < _LATEST:
        return None
    return (_EPOCH_BEGIN + timedelta(seconds=seconds)).date().isoformat()


def hostname_of(url: str) -> str | None:
    """Return the host of an address, or of a bare host name, without ``www.``."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and _HOST.match(host) else None


def names_of(value: str, words: LineWords) -> str | None:
    """Return the names of authors joined by semicolons, without ``By`` before them."""
    if "://" in value:
        return None
    listed = _LISTED.findall(value) if value.startswith("[") and value.endswith("]") else []
    if listed:
        return NAME_SEPARATOR.join(single or double for single, double in listed)
    if ";" in value:
        names = (name.strip() for name in value.split(";"))
        return NAME_SEPARATOR.join(_LAST_FIRST.sub(r"\2 \1", name) for name in names if name)
    value = _without_roles(value, words.persons) if ", " in value else value
    for text in (value, f"{words.bylines.words[0]} {value}"):
        byline = parse_byline(DatedLine(text, words))
        if byline and all(len(name.text.split()) >= _LEAST_NAME_WORDS for name in byline.names):
            return NAME_SEPARATOR.join(name.text for name in byline.names)
    return value if fold(value) else None


def _without_roles(value: str, persons: PersonWords) -> str:
    """Return names without what those named do behind a comma: ``Anna de Boer, editor``."""
    name, *others = value.split(", ")
    kept = [part for part in others if not _is_role(part.split(), persons)]
    return ", ".join((name, *kept))


def _is_role(part: Sequence[str], persons: PersonWords) -> bool:
    """Say whether words end in a role and begin with no first name; surnames may be roles too."""
    return (
        bool(part) and fold(part[-1]) in persons.roles and fold(part[0]) not in persons.given_names
    )
