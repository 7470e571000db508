"""The topics that the codebooks in use know."""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.registers.annotations.topics import TopicMeaning
from knipsel.warehouse.queries.queries import Answer


def listed_topics(folder: Path | None) -> Answer:
    """Return the topics of the project's codebook and of those in a folder of registers."""
    meanings = load_registers(folder).annotations.topics.meanings
    rows = [astuple(meaning) for meaning in meanings]
    return Answer([field.name for field in fields(TopicMeaning)], rows)
