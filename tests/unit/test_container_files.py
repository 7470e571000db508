"""The files for containers say what is so, as far as that can be told without an engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml
from typer.main import get_command

from knipsel.flows.cli.main import app
from knipsel.flows.config.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def test_an_image_is_installed_as_a_checkout_is() -> None:
    """From the lock, without resolving: the options are those of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for options in (
        "--require-hashes --no-deps -r requirements.lock",
        "--no-deps --no-build-isolation",
    ):
        assert options in DOCKERFILE
        assert options in makefile


def test_no_texts_come_into_an_image() -> None:
    """What git does not take of the folders with texts, no image does."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").partition("Below these two lies")[2]
    rules = [line for line in ignored.splitlines()[2:] if line and not line.startswith("#")]
    taken = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept = [rule for rule in rules if "inbox" not in rule and "samples" not in rule]
    assert [line for line in taken if line in kept] == kept
    assert {line for line in taken if line.startswith("!")} <= set(kept)


def test_containers_run_commands_that_there_are() -> None:
    """With options that these have, and settings that are known."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    run = [json.loads(found) for found in re.findall(r"CMD (\[.*?\])$", DOCKERFILE, re.MULTILINE)]
    assert [words[0] for words in run] == ["knipsel", "serve"]
    for words in (run[0][1:], run[1]):
        options = {name for one in commands[words[0]].params for name in one.opts}
        assert {word for word in words if word.startswith("--")} <= options
    environment = COMPOSE["services"]["knipsel"]["environment"]
    named = {*environment, *re.findall(r"\b(KNIPSEL_\w+)=", DOCKERFILE)}
    known = {f"KNIPSEL_{name.upper()}" for name in Settings.model_fields}
    assert {name for name in named if name.startswith("KNIPSEL_")} <= known
    assert set(COMPOSE["volumes"]) == {"prefect", "catalogue"}
