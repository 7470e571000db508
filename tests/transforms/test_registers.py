"""The registers: well formed, of use, and clear where one is not."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knipsel.flows.config.register_files import load_models
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.pages.reasons import REASONS
from knipsel.transforms.registers.parse import parse_registers

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


def test_own_registers_parse(registers: Registers) -> None:
    assert registers.lines.dates.months["maart"] == 3
    assert registers.lines.outlets.name_of("hcss") == "The Hague Centre for Strategic Studies"
    assert registers.lines.outlets.by_host["trouw.nl"].name == "Trouw"
    assert set(registers.pages.phrases.lines.values()) <= set(REASONS)


def test_registers_can_be_pickled(registers: Registers) -> None:
    again: Registers = pickle.loads(pickle.dumps(registers))  # noqa: S301 - our own bytes
    assert again.pages.models.lines.features == registers.pages.models.lines.features
    pages = replace(again.pages, models=registers.pages.models)
    assert replace(again, pages=pages) == registers


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("language_nl.toml", 'language = "nl"', "language = ", "file"),
        ("language_nl.toml", "byline_words = [", "byline_words = [1, ", "byline_words"),
        ("language_nl.toml", '["mei"], ', "", "months"),
        ("language_nl.toml", '["mei"]', '["juni"]', "months"),
        ("language_nl.toml", 'slash_order = "day"', 'slash_order = "week"', "slash_order"),
        ("months.toml", '["mart"], ["nisan"', '["mart"], ["ocak"', "months"),
        ("regions.toml", '"AE", ', '"AEX", ', "slash_order.day"),
        ("boilerplate_nl.toml", "[paywall]", "[no_such_reason]", "no_such_reason"),
        ("boilerplate_nl.toml", 'contains = ""', "contains = 3", "inline_link.contains"),
        ("outlets.toml", 'name = "Trouw"', 'title = "Trouw"', "outlets.name"),
        ("outlets.toml", 'hosts = ["', 'hosts = [1, "', "outlets.hosts"),
        ("mail.toml", "subject_prefixes = [", "subject_prefixes = [1, ", "subject_prefixes"),
        ("completeness.toml", "cut_lines = [", "cut_lines = [1, ", "cut_lines"),
        ("file_properties.toml", "titles = [", 'titles = ["", ', "titles"),
    ],
)
def test_malformed_register_is_named(
    register_files: dict[str, str], name: str, old: str, new: str, key: str
) -> None:
    assert old in register_files[name]
    files = {**register_files, name: register_files[name].replace(old, new, 1)}
    with pytest.raises(RegisterError, match=f"{name}.*{key}"):
        parse_registers(files, load_models())


def test_what_others_need_of_a_language_is_told_by_its_file(
    register_files: dict[str, str],
) -> None:
    """Outlets have words of the languages too; what is wrong there is no fault of theirs."""
    changed = register_files["language_nl.toml"].replace("outlet_endings = [", "endings = [", 1)
    with pytest.raises(RegisterError, match=r"^language_nl\.toml: outlet_endings: must be a list"):
        parse_registers({**register_files, "language_nl.toml": changed}, load_models())


def test_a_language_is_needed() -> None:
    with pytest.raises(RegisterError, match=r"language_\*\.toml"):
        parse_registers({}, load_models())
