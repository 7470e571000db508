"""Secrets stay out of every text: passwords and keys are known here, and blotted out.

They come with the address of the catalogue or of the data, or from the environment. A password
of PostgreSQL is not handed on in the address at all, so that no error can quote it: libpq takes
it from ``PGPASSWORD``.
"""

from __future__ import annotations

import logging
import os
import re
import traceback
from types import TracebackType
from urllib.parse import quote, unquote

BLOT = "***"

SHORTEST = 6
"""Shorter values are only blotted out where a name says what they are: "a" stands everywhere."""

_NAMES = "password|passwd|secret|token|signature|credentials?|api_?key|account_?key|sas|sig"
_VARIABLE = re.compile(f"({_NAMES}|(^|_)key)$", re.IGNORECASE)
"""Variables of the environment that hold a secret; ``AWS_ACCESS_KEY_ID`` only names one."""

_ASSIGNED = re.compile(
    rf"(?P<name>\b(?:[\w-]*[_-]|ssl)?(?:{_NAMES}|access_key)\s*=\s*)"
    r"(?P<value>'(?:[^'\\]|\\.)*'|[^\s'\"&;,)]+)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?P<name>://[^\s/:@'\"]*:)(?P<value>[^\s/'\"]+)(?=@)")

_PASSWORD = re.compile(r"\bpassword\s*=\s*(?P<value>'(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)+)\s*")
_PASSWORD_IN_QUERY = re.compile(r"(?P<mark>[?&])password=(?P<value>[^&#]*)(?P<end>&?)")

_remembered: set[str] = set()


def parted(catalog: str) -> tuple[str, str | None]:
    """Return the address of a PostgreSQL catalogue without its password, and the password.

    Both forms of libpq are known: ``dbname=… password=…``, and ``postgresql://user:…@host/db``.
    """
    if "postgres:" not in catalog:
        return catalog, None
    if "://" in catalog:
        return _parted_address(catalog)
    found = _PASSWORD.search(catalog)
    if not found:
        return catalog, None
    value = found["value"]
    value = value[1:-1] if value.startswith("'") else value
    rest = catalog[: found.start()] + catalog[found.end() :]
    return rest.rstrip(), re.sub(r"\\(.)", r"\1", value)


def _parted_address(catalog: str) -> tuple[str, str | None]:
    if found := _IN_ADDRESS.search(catalog):
        rest = catalog[: found.start("value") - 1] + catalog[found.end() :]
        return rest, unquote(found["value"])
    if found := _PASSWORD_IN_QUERY.search(catalog):
        mark = found["mark"] if found["end"] else ""
        rest = catalog[: found.start()] + mark + catalog[found.end() :]
        return rest, unquote(found["value"])
    return catalog, None


def remember(*addresses: str) -> None:
    """Blot out from now on what is secret in some addresses."""
    for address in addresses:
        _, password = parted(address)
        values = [password, *(found["value"] for found in _ASSIGNED.finditer(address))]
        values += [found["value"] for found in _IN_ADDRESS.finditer(address)]
        _remembered.update(value.strip("'") for value in values if value)


def _known() -> set[str]:
    """Return all secrets that are known, in the forms in which a text may have them."""
    named = {value for name, value in os.environ.items() if _VARIABLE.search(name)}
    known = {value for value in named | _remembered if len(value) >= SHORTEST}
    return known | {quote(value, safe="") for value in known} | {repr(v)[1:-1] for v in known}


def redacted(text: str) -> str:
    """Return a text in which `BLOT` stands for each secret."""
    for secret in sorted(_known(), key=len, reverse=True):
        text = text.replace(secret, BLOT)
    for pattern in (_ASSIGNED, _IN_ADDRESS):
        text = pattern.sub(lambda found: found["name"] + BLOT, text)
    return text


def redacted_traceback(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Return where an error came from, as Python prints it, without secrets."""
    return redacted("".join(traceback.format_exception(kind, error, trace)))


def redact_logs() -> None:
    """Keep secrets out of all logs of this process, whoever writes and whoever keeps them."""
    make = logging.getLogRecordFactory()
    if getattr(make, "redacts", False):
        return

    def record(*args: object, **named: object) -> logging.LogRecord:
        made = make(*args, **named)
        try:
            made.msg, made.args = redacted(made.getMessage()), ()
        except (TypeError, ValueError):  # the logger says itself that its arguments do not fit
            return made
        if made.exc_info and made.exc_info[1] is not None:
            kind, error, trace = made.exc_info
            made.exc_text = redacted_traceback(kind, error, trace).rstrip("\n")
        return made

    record.redacts = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(record)
