"""The topics that the codebooks in use know."""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path

from flows.register_files import load_registers
from transforms.annotations.topics import TopicMeaning
from warehouse.queries import Answer


def listed_topics(folder: Path | None) -> Answer:
    """Return the topics of the project's codebook and of those in a folder of registers."""
    meanings = load_registers(folder).annotations.topics.meanings
    rows = [astuple(meaning) for meaning in meanings]
    return Answer([field.name for field in fields(TopicMeaning)], rows)
