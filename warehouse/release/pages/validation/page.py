"""``validation.html``: what the audit found, for people; it loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from knipsel.warehouse.intake.containers.model import PASSED_OVER
from knipsel.warehouse.lake.staging import ANNOTATOR_FAILED
from knipsel.warehouse.release.pages.render import environment
from knipsel.warehouse.release.pages.validation.advice import advice
from knipsel.warehouse.release.pages.validation.facts import SHOWN_DOCUMENTS, Facts, Row, ask_facts
from knipsel.warehouse.release.pages.validation.plot import share, trend_svg, when
from knipsel.warehouse.release.versions import Release

TEMPLATE = "validation.html.jinja"
PAGE = "validation.html"

RULE_WORDS: Mapping[str, str] = {
    "expect_column_values_to_not_be_null": "is there",
    "expect_column_values_to_be_in_set": "is one of the values allowed",
    "expect_column_values_to_match_regex": "has the form of the column",
    "expect_column_values_to_be_between": "lies in the range of the column",
    "expect_column_values_to_be_unique": "is a key of one row only",
    "expect_compound_columns_to_be_unique": "are a key of one row only",
    ANNOTATOR_FAILED: "are missing by an error of knipsel's own",
}
"""What the rules of the contract are called on the page, and that on annotators."""


def rule_words(row: Row) -> str:
    """Return a rule in words."""
    if row["suite"] == "bounds":
        return str(row["rule"])
    return RULE_WORDS.get(row["rule"], str(row["rule"]).replace("_", " "))


def suite_words(suite: str) -> str:
    """Return what a suite is about."""
    names = {"document": "each document, to the character", "bounds": "bounds on the whole corpus"}
    return names.get(suite) or f"table {suite.removeprefix('release.')}"


def _outcome(row: Row) -> str:
    """Return how a rule came out in this release: not checked, passed, failed or warned."""
    if row["elements"] is None:
        return "not checked"
    if not row["failing"]:
        return "passed"
    return "failed" if row["severity"] == "critical" else "warning"


def _rules(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return rules for a table, those that failed first."""
    shown = [
        {
            **row,
            "words": rule_words(row),
            "about": suite_words(row["suite"]),
            "outcome": _outcome(row),
        }
        for row in rows
    ]
    return sorted(shown, key=lambda row: row["outcome"] not in {"failed", "warning"})


def _many(count: int, one: str, more: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {one if count == 1 else more}"


def _summary(facts: Facts, rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the sentences on top of the page."""
    corpus = facts.corpus
    documents = _many(corpus["published"], "document", "documents")
    yield f"{_many(corpus['articles'], 'article', 'articles')} out of {documents} are published."
    if corpus["quarantined"]:
        new = corpus["documents"] - corpus["retracted"]
        held = _many(corpus["quarantined"], "document is", "documents are")
        yield f"{held} held back: {corpus['quarantined'] / new:.0%} of {new:,}."
    else:
        yield "No document is held back."
    if corpus["retracted"]:
        yield f"{_many(corpus['retracted'], 'document was', 'documents were')} retracted."
    checked = [row for row in rules if row["outcome"] != "not checked"]
    failed = [row for row in checked if row["outcome"] == "failed"]
    warned = sum(row["outcome"] == "warning" for row in checked)
    yield (
        f"{_many(len(checked), 'rule was', 'rules were')} checked: "
        f"{len(checked) - len(failed) - warned:,} passed, "
        f"{_many(warned, 'gives a warning', 'give a warning')}, {len(failed):,} failed."
    )
    if failed:
        yield "What fails a rule on entry is held back and is not in this release."


def _passed_over(entry: Sequence[Row]) -> list[dict[str, Any]]:
    """Return why entries of archives were passed over, and how many."""
    return [
        {**row, "reason": PASSED_OVER.get(reason, reason)}
        for row in entry
        if row["suite"] == "containers"
        for reason in [row["rule"].removeprefix("not_")]
    ]


def _warnings(facts: Facts, rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules that warn, each with what was seen and the articles that it names."""

    def key(row: Row) -> tuple[object, ...]:
        return row["suite"], row["rule"], row["column_name"]

    return [
        {
            **row,
            "articles": [one for one in facts.examples if key(one) == key(row)],
            "is_own_error": row["rule"] == ANNOTATOR_FAILED,
        }
        for row in rules
        if row["outcome"] == "warning"
    ]


def _reason(reason: Row, shown: Sequence[Row]) -> dict[str, Any]:
    """Return an open reason with what to do and its first documents.

    ``message`` is what is said of all of them; None where each has a message of its own.
    """
    messages = {one["message"] for one in shown}
    return {
        **reason,
        "advice": advice(reason["rule"], is_of_audit=reason["is_of_audit"]),
        "message": messages.pop() if len(messages) == 1 else None,
        "has_values": any(one["value"] is not None for one in shown),
        "shown": shown,
    }


def _held_back(facts: Facts) -> list[dict[str, Any]]:
    """Return the open reasons, the most frequent first."""
    return [
        _reason(reason, [one for one in facts.documents if one["rule"] == reason["rule"]])
        for reason in facts.held_back
    ]


def _context(facts: Facts, release: Release) -> dict[str, Any]:
    """Return what the template is filled with."""
    entry = _rules([row for row in facts.entry if row["suite"] != "containers"])
    corpus = _rules(facts.release)
    bounds = [row for row in corpus if row["suite"] == "bounds"]
    across = [row for row in corpus if row["suite"] != "bounds"]
    return {
        "release": release,
        "run": facts.run,
        "summary": list(_summary(facts, [*entry, *corpus])),
        "warnings": _warnings(facts, [*bounds, *across, *entry]),
        "bounds": bounds,
        "entry": entry,
        "across": across,
        "held_back": _held_back(facts),
        "most_documents": SHOWN_DOCUMENTS,
        "passed_over": _passed_over(facts.entry),
        "attempts": [{**row, "words": rule_words(row)} for row in facts.attempts],
        "trend": [{**row, "when": when(row), "share": share(row)} for row in facts.trend],
    }


def validation_page(connection: duckdb.DuckDBPyConnection, release: Release) -> str:
    """Return the page of a release, whose tables the connection uses by default.

    The same tables give the same page.
    """
    from markupsafe import Markup

    templates = environment(Path(__file__).parent)
    facts = ask_facts(connection, release.version)
    # The plot holds numbers and times only.
    plot = Markup(trend_svg(facts.trend))  # noqa: S704
    return templates.get_template(TEMPLATE).render(_context(facts, release), plot=plot)
