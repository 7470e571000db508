"""Citing a question: what was asked of which release, what it found, and how to repeat it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb
from pathlib import Path

from knipsel.transforms.text.search.query import DEFAULT_ZONES, Has
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.index.state import identifiers_digest, made_with

MOST_TRIED = 20_000
"""Choices of retracted articles that are tried: a second or two."""
_EXPECTED = re.compile(r"(?:(\d+):)?([0-9a-f]{64})$")


@dataclass(frozen=True, slots=True)
class Citation:
    """What was asked of which release, and what it found.

    ``checksum`` is the SHA-256 of the release's ``SHA256SUMS``, ``result`` the number of articles
    and the SHA-256 of their identifiers, sorted, each on a line: ``318:ab12…``.
    """

    release: str
    checksum: str
    query: str
    understood: str
    articles: int
    surely: int
    result: str
    made_with: dict[str, str]
    command: str
    python: str
    identifiers: tuple[str, ...]


def cite(found: Found, words: str, release: str) -> Citation:
    """Return the citation of a question; ``words`` are what was typed for it."""
    identifiers = found.identifiers()
    result = f"{len(identifiers)}:{identifiers_digest(identifiers)}"
    return Citation(
        release,
        found.index.state.release,
        words,
        str(found.question.query),
        len(identifiers),
        found.surely,
        result,
        made_with(),
        _command(found.question, words, release, result, _named_place(found)),
        _python(found.question, words, release, result, _named_place(found)),
        tuple(identifiers),
    )


def _options(question: Question) -> list[tuple[str, str | bool]]:
    """Return the options of a question by their names, in order."""
    given: list[tuple[str, str | bool]] = []
    if question.first:
        given.append(("from", question.first.isoformat()))
    if question.last:
        given.append(("to", question.last.isoformat()))
    given += [(one.facet, _named(one)) for one in question.names]
    if question.zones != DEFAULT_ZONES:
        given.append(("in", ",".join(question.zones)))
    if question.copies:
        given.append(("copies", True))
    return given


def _named(name: Has) -> str:
    return f'"{name.value}"' if name.is_whole else name.value


def _named_place(found: Found) -> str | None:
    """Return the folder of the warehouse, None for one that is called as commands expect it to be.

    They find that where they run beside it, on whatever machine.
    """
    root = found.index.release.parents[1]
    return None if root.name == DEFAULT_WAREHOUSE.name else str(root)


def _command(question: Question, words: str, release: str, result: str, place: str | None) -> str:
    parts = ["knipsel", "search", *([words] if words else []), "--release", release]
    parts += ["--warehouse", place] if place else []
    for name, value in _options(question):
        parts += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    parts += ["--expect", result]
    if words.startswith("-"):
        parts.remove(words)
        parts += ["--", words]
    return shlex.join(parts)


def _python(question: Question, words: str, release: str, result: str, place: str | None) -> str:
    names = {"from": "first", "to": "last", "in": "zones"}
    several: dict[str, list[str] | bool | str] = {}
    for name, value in _options(question):
        key = names.get(name, name)
        if name in {"from", "to"} or value is True:
            several[key] = value
        elif name == "in":
            several[key] = str(value).split(",")
        else:
            known = several.setdefault(key, [])
            if isinstance(known, list):
                known.append(str(value))
    arguments = "".join(f", {name}={value!r}" for name, value in several.items())
    opened = f"knipsel.open({place!r})" if place else "knipsel.open()"
    return f"{opened}.search({words!r}, release={release!r}{arguments}).compare({result!r})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a question finds again what was cited, and what is different where it is known."""

    is_same: bool
    sentence: str
    retracted: tuple[str, ...] = ()


class ExpectationError(ValueError):
    """What is expected is neither a result as it is cited nor a file of one."""

    def __init__(self, expected: str) -> None:
        """Say what it can be."""
        super().__init__(
            f"{expected[:80]!r} is no result as --cite prints it (318:ab12…), nor a file that "
            "`--cite --json` wrote."
        )


def compare(found: Found, expected: str) -> Comparison:
    """Tell whether what is found now is what was cited: a result, or a file with a citation.

    Of a result alone it is tried which articles of those that were retracted make the difference;
    a file has the identifiers. Raises `ExpectationError`.
    """
    then = _identifiers_in(expected)
    now = found.identifiers()
    if then is not None:
        return _compared(found, then, now)
    match = _EXPECTED.fullmatch(expected.strip())
    if match is None:
        raise ExpectationError(expected)
    if identifiers_digest(now) == match[2]:
        return _same(len(now))
    count = int(match[1]) if match[1] else None
    return _by_digest(found, now, count, match[2])


def _identifiers_in(expected: str) -> list[str] | None:
    """Return the identifiers in a file of a citation, None where it is no such file."""
    if len(expected) > 4_096 or "\0" in expected or not Path(expected).is_file():  # noqa: PLR2004
        return None
    try:
        told = json.loads(Path(expected).read_text(encoding="utf-8"))
        return [str(one) for one in told["identifiers"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ExpectationError(expected) from error


def _same(count: int) -> Comparison:
    return Comparison(
        is_same=True, sentence=f"The result is the same: {count:,} articles, the same identifiers."
    )


def _compared(found: Found, then: Sequence[str], now: Sequence[str]) -> Comparison:
    if set(then) == set(now):
        return _same(len(now))
    gone, new = set(then) - set(now), set(now) - set(then)
    retracted = sorted(gone & set(found.source.retracted()))
    parts = []
    if retracted:
        parts.append(_were(len(retracted), len(then)))
    if rest := len(gone) - len(retracted):
        parts.append(f"{rest:,} are not found any more")
    if new:
        parts.append(f"{len(new):,} are new")
    others = "" if rest or new else f"; the other {len(now):,} are the same"
    sentence = f"The result is another: {', '.join(parts)}{others}."
    return Comparison(is_same=False, sentence=sentence, retracted=tuple(retracted))


def _were(count: int, of: int) -> str:
    return f"{count:,} of {of:,} {'was' if count == 1 else 'were'} retracted"


def _by_digest(found: Found, now: Sequence[str], count: int | None, digest: str) -> Comparison:
    missing = (count or 0) - len(now)
    unknown = f"The result is another: {len(now):,} articles" + (
        f", where {count:,} were cited." if count is not None else " now."
    )
    if missing <= 0:
        return Comparison(is_same=False, sentence=unknown)
    retracted = sorted(set(found.source.retracted()) - set(now))
    for some in islice(combinations(retracted, missing), MOST_TRIED):
        if identifiers_digest([*now, *some]) == digest:
            rest = f"; the other {len(now):,} are the same"
            sentence = f"The result is another: {_were(missing, count or 0)}{rest}."
            return Comparison(is_same=False, sentence=sentence, retracted=tuple(some))
    if retracted and comb(len(retracted), missing) > MOST_TRIED:
        unknown += (
            f" {len(retracted):,} articles were retracted from this release; which of them it "
            "were, only a file of the citation tells (`--cite --json`)."
        )
    return Comparison(is_same=False, sentence=unknown)
