"""Warehouses to retract something of: articles with words of their own, and how to take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from knipsel.flows.keep.retract import retract
from knipsel.flows.runs.leftovers import Outcome
from knipsel.flows.runs.stages import run_without_flow
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.retraction.targets import Request, Targets
from tests.pipeline import Pipeline, write_files
from tests.texts import article

NOW = datetime(2024, 7, 1, tzinfo=UTC)
"""When everything is retracted."""


def marked(number: int, mark: str) -> str:
    """Return an article in which words stand that are in no other."""
    first, *rest = article(number).split("\n\n")
    opening = f"De bode {mark}bode kwam in de nacht met het bericht van {mark}heuvel over de dam."
    return "\n\n".join([f"{first} {opening}", *rest, f"Dat zei {mark}slot in de raadszaal."])


def take(
    pipeline: Pipeline, *names: str, reason: str = "op verzoek", **request: object
) -> tuple[Targets, Outcome]:
    """Retract and return what went."""
    pipeline.runs += 1
    run = run_without_flow(f"retract-{pipeline.runs}", NOW)
    asked = Request(names, **request)  # type: ignore[arg-type]
    return retract(pipeline.warehouse, asked, reason, run, DuplicateSettings())


def rows(pipeline: Pipeline, query: str) -> list[tuple[object, ...]]:
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def identifier(pipeline: Pipeline, mark: str) -> str:
    ((found,),) = rows(pipeline, f"SELECT article_id FROM articles WHERE contains(text, '{mark}')")
    return str(found)


def published(folder: Path, numbers: Iterable[int], archive: str | None = None) -> Pipeline:
    """Return a pipeline with a release of articles with the marks ``vraag0`` and so on.

    Their files are in ``inbox`` beside the warehouse; so is the ``archive`` where it is named.
    """
    place = folder / archive if archive else None
    pipeline = Pipeline(Warehouse.at(folder / "warehouse", archive=place))
    texts = {f"{number}.txt": marked(number, f"vraag{number}") for number in numbers}
    return published_more(pipeline, texts)


def published_more(pipeline: Pipeline, files: Mapping[str, str | bytes]) -> Pipeline:
    """Publish a release more, with files that are put into the inbox."""
    inbox = pipeline.warehouse.root.parent / "inbox"
    for name, content in files.items():
        if isinstance(content, bytes):
            (inbox / name).write_bytes(content)
        else:
            write_files(inbox, {name: content})
    pipeline.ingest(inbox)
    pipeline.publish()
    return pipeline
