"""What of the texts may be passed on: a file of rules by publisher, licence and date.

``` toml
default = "metadata"
snippet_words = 25

[[rules]]
tier = "full"
license = "https://creativecommons.org/*"

[[rules]]
tier = "snippet"
publisher = ["De Havenbode", "Het Noordblad"]
published_before = "2000"
```

All conditions of a rule must hold. Of the rules that fit an article the strictest counts, and the
default where none does. What is not known of an article may be anything: a rule that may fit counts
where that is stricter. Copies of a text share the strictest tier among them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from knipsel.transforms.text.edtf import date_bounds
from knipsel.warehouse.exports.model import (
    MOST_SNIPPET_WORDS,
    SNIPPET_WORDS,
    TIERS,
    ExportError,
    Tier,
)
from knipsel.warehouse.sql import quoted

POLICY_FILE = "sharing.toml"
"""The file in a warehouse."""


def _first_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    day = date_bounds(str(value)).not_before
    if day is None:
        raise ValueError("it is no date, such as 2000, 2000-05 or 2000-05-17")
    return day


class Rule(BaseModel):
    """A rule: the tier of the articles that meet all its conditions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tier: Tier
    publisher: tuple[str, ...] = ()
    license: tuple[str, ...] = ()
    published_from: date | None = None
    published_before: date | None = None

    @field_validator("publisher", "license", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("published_from", "published_before", mode="before")
    @classmethod
    def _as_day(cls, value: Any) -> date:
        return _first_day(value)

    def conditions(self) -> list[tuple[str, str]]:
        """Return each condition in SQL over ``articles``: that it holds surely, and possibly."""
        found = [_one_of("publisher", self.publisher), _one_of("license", self.license)]
        first, last = "date_published_not_before", "date_published_not_after"
        if self.published_from is not None:
            found.append(_both(first, last, f">= DATE '{self.published_from}'"))
        if self.published_before is not None:
            found.append(_both(last, first, f"< DATE '{self.published_before}'"))
        return [one for one in found if one is not None]

    @property
    def surely(self) -> str:
        """That the rule fits for sure, in SQL."""
        return " AND ".join(sure for sure, _ in self.conditions()) or "true"

    @property
    def possibly(self) -> str:
        """That it may fit."""
        return " AND ".join(possible for _, possible in self.conditions()) or "true"


def _both(sure: str, possible: str, condition: str) -> tuple[str, str]:
    return (
        f"coalesce({sure} {condition}, false)",
        f"coalesce({possible} {condition}, true)",
    )


def _one_of(column: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """Return that a column has one of some names; a star stands for anything."""
    if not names:
        return None
    patterns = (one.translate(_ESCAPED).replace("*", "%") for one in names)
    likes = " OR ".join(f"{column} ILIKE {quoted(one)} ESCAPE '!'" for one in patterns)
    return f"coalesce({likes}, false)", f"coalesce({likes}, true)"


_ESCAPED = {ord(sign): f"!{sign}" for sign in "!%_"}


class Policy(BaseModel):
    """What may be passed on of which articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: Tier = "metadata"
    snippet_words: int = Field(SNIPPET_WORDS, ge=1, le=MOST_SNIPPET_WORDS)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is passed on in an export: its policy, and what is asked for besides, no more of it.

    ``policy`` is None where none holds.
    """

    most: Tier
    policy: Policy | None
    snippet_words: int

    @property
    def is_all(self) -> bool:
        """Whether all of all texts is passed on."""
        return self.most == "full" and self.policy is None

    def rank(self) -> str:
        """Return the place of an article's tier in `TIERS`, in SQL over ``articles``."""
        most = TIERS.index(self.most)
        if self.policy is None:
            return str(most)
        default = TIERS.index(self.policy.default)
        sure = " OR ".join(f"({rule.surely})" for rule in self.policy.rules) or "false"
        all_of_it = len(TIERS) - 1
        parts = [str(most), f"CASE WHEN {sure} THEN {all_of_it} ELSE {default} END"]
        parts += [
            f"CASE WHEN {rule.possibly} THEN {TIERS.index(rule.tier)} ELSE {all_of_it} END"
            for rule in self.policy.rules
        ]
        return f"least({', '.join(parts)})"


def read_policy(file: Path) -> Policy:
    """Return the policy in a file; raise `ExportError` with what is wrong in it."""
    try:
        return Policy.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        message = f"There is no policy at {file}."
        raise ExportError(message) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file} is no TOML: {error}."
        raise ExportError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        message = f"{file}: {where} is wrong: {said}."
        raise ExportError(message) from error


def sharing(most: Tier, file: Path | None, snippet_words: int | None) -> Sharing:
    """Return what is passed on: by a policy's file, where there is one, and at most a tier."""
    policy = read_policy(file) if file else None
    words = snippet_words or (policy.snippet_words if policy else SNIPPET_WORDS)
    if policy and snippet_words:
        words = min(snippet_words, policy.snippet_words)
    return Sharing(most, policy, words)
