"""The topics that the codebooks in use know, and those that a codebook would bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from knipsel.flows.config.register_files import load_registers, own_texts, read_text
from knipsel.flows.config.settings import Settings
from knipsel.transforms.model import Annotating
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.transforms.registers.annotations.topics import TopicMeaning
from knipsel.transforms.registers.own.adding import check_own
from knipsel.transforms.registers.own.kinds import ENDING, TOPICS
from knipsel.transforms.registers.tables import parse_toml
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Answer, open_release
from knipsel.warehouse.queries.topics.trial import TriedArticle, try_codebook


def listed_topics(folder: Path | None, annotating: Annotating) -> Answer:
    """Return the topics of the project's codebooks in use and of those in a folder of registers."""
    meanings = load_registers(folder, annotating=annotating).annotations.topics.meanings
    rows = [astuple(meaning) for meaning in meanings]
    return Answer([field.name for field in fields(TopicMeaning)], rows)


def codebooks_in_use(settings: Settings) -> list[str]:
    """Return the codebooks that topics are looked for with: the project's, then one's own files."""
    own = [path for path in own_texts(settings.registers) if path.startswith(TOPICS)]
    return [*settings.codebooks, *own] if "topics" in settings.annotations else []


@dataclass(frozen=True, slots=True)
class CodebookTrial:
    """Registers as they would be with a codebook, and the topics that it bears upon, by name."""

    registers: AnnotationRegisters
    topics: dict[str, TopicMeaning]


def codebook_trial(file: Path, folder: Path | None, annotating: Annotating) -> CodebookTrial:
    """Return what a file would do as a codebook in a folder of registers of one's own.

    It takes the place of the one there that is called the same. Raises `RegisterError` where it is
    malformed, ``FileNotFoundError`` where it is not there.
    """
    name = f"{TOPICS}/{file.stem}{ENDING}"
    text = read_text(file)
    table = parse_toml(name, text)
    check_own(name, table)
    now = load_registers(folder, annotating=annotating).annotations.topics.meanings
    instead = {**own_texts(folder), name: text}
    then = load_registers(folder, annotating=annotating, instead=instead).annotations
    meanings = {one.topic: one for one in (*now, *then.topics.meanings)}
    gone = {one.topic for one in now} - {one.topic for one in then.topics.meanings}
    concerned = {*gone, *(topic for topic in table if topic in meanings)}
    return CodebookTrial(then, {topic: meanings[topic] for topic in sorted(concerned)})


def tried_articles(
    warehouse: Warehouse, trial: CodebookTrial, *, copies: bool = False
) -> Iterator[TriedArticle]:
    """Yield each article of the latest release with what a codebook finds in it.

    Each text counts once, unless ``copies`` are asked for. Raises `NoReleaseError`.
    """
    with open_release(warehouse) as connection:
        yield from try_codebook(connection, trial.registers, trial.topics, copies=copies)
