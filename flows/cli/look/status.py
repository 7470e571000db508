"""The command ``status``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.contract import contract_words
from knipsel.flows.cli.look.age import check_age, span_of
from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json, said

if TYPE_CHECKING:
    from pathlib import Path

    from knipsel.flows.runs.open_warehouse import OpenWarehouse
    from knipsel.warehouse.layout import Warehouse

Fact = tuple[str, object]
_NO_CODEBOOK = "none in use, so that no topic is found: `codebooks` in knipsel.toml asks for one"
_UNNAMED = "has no title; a file `corpus.toml` in the warehouse gives it one"


def status(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    fail_if_older: Annotated[
        str | None,
        typer.Option(help="End with exit code 1 where no ingest succeeded for so long: 26h, 2d."),
    ] = None,
) -> None:
    """Tell how the warehouse stands."""
    if fail_if_older is not None:
        span_of(fail_if_older)
    house = opened(warehouse)
    answer = _answer(house)
    print_json(answer) if as_json else _print_status(answer)
    if fail_if_older is not None:
        check_age(answer["last_success"], fail_if_older, datetime.now(UTC))


def _answer(house: OpenWarehouse) -> dict[str, Any]:
    """Return how a warehouse stands, with what people stated of it in vain."""
    from knipsel.flows.config.codebooks import codebooks_in_use
    from knipsel.flows.plan.curated import read_catalog
    from knipsel.warehouse.queries.curated import contradictions
    from knipsel.warehouse.queries.curated import unmatched as without_document

    place, settings = house.place, house.settings
    answer = house.status() | {
        "contradicted_facts": contradictions(place),
        "unmatched_entries": without_document(place, read_catalog(settings.registers)),
        "idle_corrections": [row for row in house.corrections() if row["fate"]],
    }
    codebooks = {"codebooks": codebooks_in_use(settings)}
    return corpus_status(place) | answer | codebooks | bounds_status(place, settings.bounds)


def _print_status(status: Mapping[str, Any]) -> None:
    """Print how a warehouse stands, for people."""
    answer = dict(status)
    answer["contract_version"] = contract_words(answer["contract_version"])
    reasons = answer.pop("quarantine_reasons")
    last_run = answer.pop("last_run") or {}
    contradicted = contradiction_sentences(answer.pop("contradicted_facts"))
    unmatched, idle = answer.pop("unmatched_entries"), answer.pop("idle_corrections")
    audited, outdated = audit_facts(answer), answer.pop("outdated")
    mistake = answer.pop("corpus_error", None)
    answer["codebooks"] = ", ".join(answer.get("codebooks", ())) or _NO_CODEBOOK
    answer["corpus"] = answer.get("corpus") or mistake or _UNNAMED
    facts = [(name.replace("_", " "), value) for name, value in answer.items()]
    shown = ("flow", "started_at", "result", "files_seen", "files_new", "message")
    facts += [
        (f"last run: {name.replace('_', ' ')}", last_run[name])
        for name in shown
        if last_run.get(name) is not None
    ]
    facts += audited
    facts += [("outdated", sentence) for sentence in outdated]
    facts += [
        (f"held back: {reason['rule']}", f"{reason['documents']:,}: {reason['message']}")
        for reason in reasons
    ]
    facts += [("stated, but contradicted", sentence) for sentence in contradicted]
    facts += [("catalogue entry without a document", name) for name in unmatched]
    facts += [("correction without effect", idle_sentence(row)) for row in idle]
    print_facts(facts)


def idle_sentence(row: Mapping[str, Any]) -> str:
    """Return a correction that has no effect, and why, in words."""
    return f"line {row['line']}, {row['target']} {row['field']}: {row['fate']}"


def contradiction_sentences(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return facts that their documents contradict, each in words."""
    return [
        f"{row['article_id']} {row['field']}: {said(row['field'], row['stated'])}, but "
        f"{row['method']}: {said(row['field'], row['found'])}"
        for row in rows
    ]


def bounds_status(warehouse: Warehouse, configured: Path | None) -> dict[str, str | None]:
    """Return which file of bounds holds for a warehouse, or why none can be used."""
    from knipsel.expectations.bounds.file import BoundsError
    from knipsel.flows.config.bounds_file import bounds_of

    try:
        return {"bounds_file": str(bounds_of(warehouse, configured).file), "bounds_error": None}
    except BoundsError as error:
        return {"bounds_file": None, "bounds_error": str(error)}


def corpus_status(warehouse: Warehouse) -> dict[str, str | None]:
    """Return the title of a corpus, or why its ``corpus.toml`` cannot be used."""
    from knipsel.warehouse.release.files.corpus_file import CorpusFileError, read_corpus

    try:
        corpus = read_corpus(warehouse.root)
    except CorpusFileError as error:
        return {"corpus": None, "corpus_error": str(error)}
    return {"corpus": corpus.title if corpus else None, "corpus_error": None}


def _words(rule: Mapping[str, Any]) -> str:
    """Return a rule that failed in words: what was seen, or how many rows and which."""
    from knipsel.expectations.bounds.file import bound_sentence
    from knipsel.warehouse.intake.containers.model import PASSED_OVER
    from knipsel.warehouse.lake.staging import ANNOTATOR_FAILED

    if rule["suite"] == "bounds":
        return bound_sentence(rule["rule"], rule["observed_value"])
    counts = f"{rule['unexpected_count']:,} of {rule['element_count']:,}"
    reason = rule["rule"].removeprefix("not_")
    if rule["suite"] == "containers":
        return f"{counts} entries were passed over: {PASSED_OVER.get(reason, reason)}."
    if rule["rule"] == ANNOTATOR_FAILED:
        return _annotator_words(rule)
    about = ".".join(filter(None, (rule["suite"].removeprefix("release."), rule["column_name"])))
    rows = f": {rule['observed_value']}" if rule["observed_value"] else ""
    return f"{about}: {rule['rule']} fails for {counts}{rows}."


def _annotator_words(rule: Mapping[str, Any]) -> str:
    """Return what an annotator that failed costs, and what to send."""
    sources = rule["sources"]
    send = f", with {' or '.join(sources)} if you may pass it on" if sources else ""
    return (
        f"{rule['suite'].replace('_', ' ')} are missing in {rule['unexpected_count']:,} of "
        f"{rule['element_count']:,} articles, by an error of knipsel's own: "
        f"{rule['observed_value']}. Report it{send}."
    )


def _stopped(answer: Mapping[str, Any], audit: Mapping[str, Any]) -> str:
    """Return what stands and what to do where a release was stopped."""
    from pathlib import Path

    from knipsel.expectations.bounds.file import remedy
    from knipsel.warehouse.layout import Warehouse

    latest = answer["latest_release"]
    stays = f"release {latest} stays" if latest else "there is no release yet"
    bounds = (rule["rule"] for rule in audit["failing"] if rule["suite"] == "bounds")
    file, own = answer["bounds_file"], Warehouse.at(Path(answer["warehouse"])).bounds_file
    change = f", or {remedy(next(bounds, ''), Path(file), own)}" if file else ""
    return f"{stays}; find out why{change}; then run `knipsel publish`."


def _release_facts(answer: Mapping[str, Any], audit: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield what the newest audit of a release found."""
    if audit["stopped"]:
        yield "release was stopped", _stopped(answer, audit)
    for rule in audit["failing"]:
        is_critical = rule["severity"] == "critical"
        yield "stopped by" if is_critical else "warning", _words(rule)


def _entry_facts(audit: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield what the newest audit of files that came in found."""
    for rule in audit["failing"]:
        outcome = "held back by a rule" if rule["severity"] == "critical" else "warning"
        yield f"last files: {outcome}", _words(rule)


def audit_facts(answer: dict[str, Any]) -> list[Fact]:
    """Take what concerns audits and releases out of the answer of `status`; return it in words."""
    unpublished = answer.pop("unpublished_tables")
    release, entry = answer.pop("release_audit"), answer.pop("entry_audit")
    facts: list[Fact] = []
    if unpublished and not (release and release["stopped"]):
        facts.append(("not published yet", f"{', '.join(unpublished)}; run `knipsel publish`."))
    elif unpublished:
        facts.append(("not published yet", f"{', '.join(unpublished)}."))
    facts += _release_facts(answer, release) if release else ()
    facts += _entry_facts(entry) if entry else ()
    error = answer.pop("bounds_error")
    if error:
        facts.append(("bounds", error))
    if answer["bounds_file"] is None:
        del answer["bounds_file"]
    return facts
