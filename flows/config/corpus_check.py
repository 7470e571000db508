"""How the articles of a warehouse are held against each other."""

from __future__ import annotations

from dataclasses import replace

from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.config.register_files import load_registers
from knipsel.flows.config.settings import Settings
from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.parse.persons import is_person
from knipsel.warehouse.layout import Warehouse


def corpus_check(warehouse: Warehouse, settings: Settings) -> CorpusCheck:
    """Return the bounds of a warehouse, and what tells a person's name by the registers.

    These are read when the first name is asked about. Raises `BoundsError` where the file of bounds
    is malformed.
    """

    def is_name_of_person(name: str) -> bool:
        persons = load_registers(settings.registers).lines.persons
        return " " in name.strip() and is_person(name, persons)

    bounds = bounds_of(warehouse, settings.bounds).outlet
    if settings.registers is not None:  # only registers of one's own may have another threshold
        probabilities = load_registers(settings.registers).articles.probabilities
        bounds = replace(bounds, threshold=probabilities.least)
    return CorpusCheck(bounds, is_name_of_person)
