"""Bounds on the whole corpus, read from a file that people edit.

``bounds.toml`` beside this module is the project's own; it says what the bounds mean. What
is malformed, or not known, is an error that names the file, the key and what is allowed.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NoReturn

from knipsel.transforms.describe.across.rules import CorpusBounds
from knipsel.warehouse.contract.model import Severity

OWN_FILE = Path(__file__).with_name("bounds.toml")
"""The project's own bounds, which hold for any healthy corpus."""

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

Side = Literal["min", "max"]
SIDES: Mapping[Side, tuple[str, Severity]] = {
    "min": ("at least", "critical"),
    "max": ("at most", "warning"),
}
"""A bound's words and severity by its side: what is too little stops, what is too much warns."""


class BoundsError(ValueError):
    """A file of bounds that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a bound can be on: its words for people, and the numbers that it can be."""

    words: str
    numbers: Literal["share", "count"]


MEASURES: Mapping[str, Measure] = {
    "articles": Measure("The number of articles", "count"),
    "documents": Measure("The number of documents", "count"),
    "share_with_date": Measure("The share of articles with a date", "share"),
    "share_with_author": Measure("The share of articles with a byline", "share"),
    "share_with_publisher": Measure("The share of articles with a publisher", "share"),
    "share_quarantined": Measure("The share of documents that is held back", "share"),
    "median_word_count": Measure("The median of the words in an article", "count"),
    "days_since_newest_article": Measure("The number of days since the newest article", "count"),
    "share_kept": Measure("The share of the latest release's articles still there", "share"),
    "share_of_latest": Measure(
        "The number of articles as a share of the latest release's", "share"
    ),
}
SHARE_OF_LANGUAGE = "share_of_language"
LANGUAGES = "languages"
OUTLET = "outlet"
OUTLET_NUMBERS = ("repeats", "run_years", "length_ratio")
"""What a person may set of what the articles of an outlet are held against; `CorpusBounds`."""

ALLOWED_NUMBERS: Mapping[str, tuple[str, Callable[[float], bool]]] = {
    "share": ("a number from 0 to 1", lambda number: 0 <= number <= 1),
    "count": ("a number from 0 on", lambda number: number >= 0),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a measure must reach or must not pass, once it is measured on ``counts_from``.

    ``measure`` is a key of `MEASURES`, or ``share_of_language.`` with a language.
    """

    measure: str
    side: Side
    asked: float
    counts_from: int = 0

    @property
    def rule(self) -> str:
        """The bound in words, as ``validations.rule`` has it."""
        return f"{self.measure} {SIDES[self.side][0]} {number_text(self.asked)}"

    @property
    def severity(self) -> Severity:
        """How much it matters where it is broken."""
        return SIDES[self.side][1]

    def holds(self, seen: float) -> bool:
        """Tell whether a measured number is within the bound."""
        return seen >= self.asked if self.side == "min" else seen <= self.asked


UNLESS_NAMED = Bound("share_of_latest", "min", 0.1, 10)
"""The bound that holds whatever a file leaves out: no release drops from many articles to next to
none unless a person says so there. Who takes nine articles in ten away does it on purpose; with
fewer than ten, one file more or less decides."""


@dataclass(frozen=True, slots=True)
class LanguageBound:
    """Languages that must be there (``required``), or that alone are expected (``allowed``)."""

    kind: Literal["required", "allowed"]
    languages: tuple[str, ...]
    counts_from: int = 0

    @property
    def rule(self) -> str:
        """The bound in words, as ``validations.rule`` has it."""
        verb = "include" if self.kind == "required" else "only"
        return f"{LANGUAGES} {verb} {', '.join(self.languages)}"

    @property
    def severity(self) -> Severity:
        """How much it matters where it is broken."""
        return "critical" if self.kind == "required" else "warning"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a file, in its order."""

    file: Path
    numbers: tuple[Bound, ...] = ()
    languages: tuple[LanguageBound, ...] = ()
    outlet: CorpusBounds = field(default_factory=CorpusBounds)


def remedy(rule: str, in_force: Path, own: Path) -> str:
    """Return what a person can do about a broken bound who wants the release all the same.

    ``in_force`` is the file that was read, ``own`` the one that a warehouse has or can have.
    """
    if rule == UNLESS_NAMED.rule:
        return f"lift it: write [{UNLESS_NAMED.measure}] and below it min = 0 into {own}"
    if in_force == OWN_FILE:
        return f"ask for less in {own}, for which {in_force} is the pattern"
    return f"ask for less in {in_force}"


def number_text(number: float) -> str:
    """Return a number as people write it: whole where it is, else up to six digits."""
    return str(int(number)) if float(number).is_integer() else f"{number:.6g}"


def bound_sentence(rule: str, seen: str | None) -> str:
    """Return a broken bound in words, from its rule and what was seen."""
    measure, _, asked = rule.partition(" ")
    language = measure.removeprefix(f"{SHARE_OF_LANGUAGE}.")
    if measure == LANGUAGES:
        asked = asked.replace("only", "be only", 1)
        return f"The languages found are {seen or 'none'}; they are to {asked} ({measure})."
    known = MEASURES.get(measure)
    words = known.words if known else f"The share of articles in {language}"
    return f"{words} is {seen}, and {asked} is asked for ({measure})."


def _refuse(file: Path, problem: str) -> NoReturn:
    """Raise `BoundsError` about a file."""
    message = f"The bounds in {file} cannot be used: {problem}."
    raise BoundsError(message)


def _number(file: Path, key: str, value: Any, numbers: str) -> float:
    """Return the number of a key, where it is one that is allowed."""
    words, is_allowed = ALLOWED_NUMBERS[numbers]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not is_allowed(value):
        _refuse(file, f"{key} is {value!r}, but must be {words}")
    return float(value)


def _table(file: Path, name: str, value: Any, keys: Sequence[str]) -> Mapping[str, Any]:
    """Return a table with no other keys than those named, and more than ``from``."""
    if not isinstance(value, dict):
        _refuse(file, f"{name} must be a table [{name}] with {' or '.join(keys[:-1])}")
    for key in value:
        if key not in keys:
            _refuse(file, f"{name}.{key} is not known; [{name}] takes {', '.join(keys)}")
    if not value.keys() - {"from"}:
        _refuse(file, f"[{name}] asks for nothing; give it {' or '.join(keys[:-1])}")
    return value


def _counts_from(file: Path, name: str, table: Mapping[str, Any]) -> int:
    """Return from how many on a bound counts."""
    return math.ceil(_number(file, f"{name}.from", table.get("from", 0), "count"))


def _bounds_of(file: Path, name: str, value: Any, numbers: str) -> Iterator[Bound]:
    """Yield the bounds on one measure."""
    table = _table(file, name, value, ("min", "max", "from"))
    counts_from = _counts_from(file, name, table)
    found = [
        Bound(name, side, _number(file, f"{name}.{side}", table[side], numbers), counts_from)
        for side in SIDES
        if side in table
    ]
    if len(found) == len(SIDES) and found[0].asked > found[1].asked:
        _refuse(file, f"{name}.min is larger than {name}.max")
    yield from found


def _language_shares(file: Path, value: Any) -> Iterator[Bound]:
    """Yield the bounds on the shares of languages."""
    if not isinstance(value, dict) or not value:
        _refuse(file, f"{SHARE_OF_LANGUAGE} needs a language, as in [{SHARE_OF_LANGUAGE}.nl]")
    for language, table in value.items():
        _check_tag(file, f"{SHARE_OF_LANGUAGE}.{language}", language)
        yield from _bounds_of(file, f"{SHARE_OF_LANGUAGE}.{language}", table, "share")


def _check_tag(file: Path, key: str, language: Any) -> None:
    """Refuse what is no language tag."""
    if not isinstance(language, str) or not LANGUAGE_TAG.fullmatch(language):
        _refuse(file, f"{key} names {language!r}, but must name languages such as nl or pt-BR")


def _languages(file: Path, value: Any) -> Iterator[LanguageBound]:
    """Yield the bounds on which languages there are."""
    table = _table(file, LANGUAGES, value, ("required", "allowed", "from"))
    for kind in ("required", "allowed"):
        if kind not in table:
            continue
        tags = table[kind]
        if not isinstance(tags, list) or not tags:
            _refuse(file, f'{LANGUAGES}.{kind} must be a list such as ["nl", "en"]')
        for tag in tags:
            _check_tag(file, f"{LANGUAGES}.{kind}", tag)
        yield LanguageBound(kind, tuple(tags), _counts_from(file, LANGUAGES, table))


def _outlet_bounds(file: Path, value: Any) -> CorpusBounds:
    """Return the bounds on what the articles of an outlet may have in common."""
    table = _table(file, OUTLET, value, (*OUTLET_NUMBERS, "from"))
    return replace(
        CorpusBounds(),
        **{key: _number(file, f"{OUTLET}.{key}", number, "count") for key, number in table.items()},
    )


def parse_bounds(file: Path, text: str) -> Bounds:
    """Return the bounds that a TOML text asks for; ``file`` is named in errors.

    Raises `BoundsError`.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _refuse(file, f"it is no TOML, {error}")
    numbers: list[Bound] = []
    languages: list[LanguageBound] = []
    outlet = CorpusBounds()
    for name, value in tables.items():
        if name in MEASURES:
            numbers += _bounds_of(file, name, value, MEASURES[name].numbers)
        elif name == SHARE_OF_LANGUAGE:
            numbers += _language_shares(file, value)
        elif name == LANGUAGES:
            languages += _languages(file, value)
        elif name == OUTLET:
            outlet = _outlet_bounds(file, value)
        else:
            known = ", ".join((*MEASURES, SHARE_OF_LANGUAGE, LANGUAGES, OUTLET))
            _refuse(file, f"there is no bound on {name!r}; there are {known}")
    return Bounds(file, tuple(numbers), tuple(languages), outlet)


def read_bounds(file: Path = OWN_FILE) -> Bounds:
    """Return the bounds in a file; `BoundsError` where it is missing or malformed."""
    try:
        return parse_bounds(file, file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        _refuse(file, "there is no such file")
    except UnicodeDecodeError:
        _refuse(file, "it is not in UTF-8")
