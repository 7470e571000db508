"""The docs say what the code says, and show what it prints."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.cli.pages import commands as command_page
from knipsel.flows.cli.pages import duplicates as duplicates_page
from knipsel.flows.cli.pages import metadata as metadata_page
from knipsel.flows.cli.pages import quarantine as quarantine_page
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.topics.find import find_topics
from knipsel.transforms.checks.coding.variables import parse_variables
from knipsel.transforms.registers.annotations.topics import parse_topics
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.own.adding import check_own
from knipsel.transforms.registers.own.kinds import KINDS
from knipsel.warehouse.contract import dictionary
from knipsel.warehouse.release.files.corpus_file import (
    Corpus,
    Creator,
    DataCard,
    parse_corpus,
)
from knipsel.warehouse.release.views.analyst import ANALYST_VIEWS
from tests.doc_sessions import run_session
from tests.own_registers import write_registers
from tests.pipeline import Pipeline, copy_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = load_registers().annotations
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    """Return the code blocks of the README of a kind."""
    return [text for language, text in FENCE.findall(README) if language == kind]


def printed() -> Iterator[tuple[list[str], str]]:
    """Yield each query of the README with what it shows as printed."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            words = shlex.split(command)
            if words[:2] == [".venv/bin/knipsel", "sql"]:
                yield words[1:], output


@pytest.mark.parametrize(
    ("file", "written"),
    [
        (command_page.PAGE, command_page.command_page),
        (dictionary.PAGE, dictionary.dictionary),
        (metadata_page.PAGE, metadata_page.metadata_page),
        (duplicates_page.PAGE, duplicates_page.duplicates_page),
        (quarantine_page.PAGE, quarantine_page.quarantine_page),
    ],
    ids=["commands", "dictionary", "metadata", "duplicates", "quarantine"],
)
def test_generated_pages_are_up_to_date(file: Path, written: Callable[[], str]) -> None:
    """A generated page is what the code gives; `make docs` writes it."""
    assert file.read_text(encoding="utf-8") == written()


def test_queries_print_what_the_readme_shows(released: Pipeline) -> None:
    """Each query of the README prints, on the samples, what stands below it."""
    shown = list(printed())
    assert len(shown) == 4
    for words, output in shown:
        arguments = [*words, "--warehouse", str(released.warehouse.root)]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0
        assert result.stdout == output


def test_the_page_on_annotations_says_what_is_so(released: Pipeline) -> None:
    """Its queries run, and its codebook finds what it says."""
    page = (ROOT / "docs" / "annotations.md").read_text(encoding="utf-8")
    queries = re.findall(r"^\$ knipsel sql (\".*\")$", page, re.MULTILINE)
    assert len(queries) == 2
    for query in queries:
        arguments = ["sql", *shlex.split(query), "--warehouse", str(released.warehouse.root)]
        assert CliRunner().invoke(app, arguments).exit_code == 0
    (codebook,) = [text for language, text in FENCE.findall(page) if language == "toml"]
    text = of_text("De prijs van stroom stijgt na brand in de meldcentrale.", "nl", None, WORDS)
    (topic,) = find_topics(text, parse_topics(tomllib.loads(codebook)))
    assert [text.text[start:end] for start, end in topic.places] == ["prijs van stroom"]
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert {view.name for view in ANALYST_VIEWS} <= named


MISTAKES = {
    "quotations_mine.toml": "",
    "outlets_mine.toml": '[[outlets]]\nname = "x"\nhost = ["x.example"]',
    "quotations_nl_mine.toml": 'verb = "murmelt"',
}
"""Files for which the page on registers shows what is said of them."""


def test_the_page_on_registers_says_what_is_so(tmp_path: Path) -> None:
    """Its files are taken and add what it says, its session prints what is there."""
    page = (ROOT / "docs" / "registers.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"`([\w/]+\.toml)`:\n\n```toml\n(.*?)```", page, re.DOTALL))
    assert len(files) == 7
    folder = write_registers(tmp_path / "registers", {n[:-5]: text for n, text in files.items()})
    own = load_registers(folder)
    names = own.annotations.names.entities
    assert "murmelt" in own.annotations.quotations["nl"].cues
    assert own.lines.outlets.by_host["kadekrant.example"].name == "De Kadekrant"
    assert own.articles.genres.labels["havenpraat"] == "column"
    assert names["M. Drahorad"].entity_id == "mila-drahorad"
    assert names["het bondgenootschap"] == names["NAVO"]
    assert "harbours" in {one.topic for one in own.annotations.topics.meanings}
    assert own.pages.phrases.lines["meer van de kade"] == "navigation"
    assert own.catalog[0].file_name == "clippings/kade.txt"
    (session,) = [text for language, text in FENCE.findall(page) if language == "console"]
    command, _, output = session.removeprefix("$ ").partition("\n")
    printed = run_session(command, tmp_path)
    assert printed.replace(str(tmp_path), "clippings-warehouse") == output
    (mistakes,) = [text for language, text in FENCE.findall(page) if language == "text"]
    for line in mistakes.splitlines():
        file, _, _ = line.partition(": ")
        with pytest.raises(RegisterError, match=re.escape(line)):
            check_own(file, tomllib.loads(MISTAKES[file]))
    assert all(f"`{kind.beginning}" in page for kind in KINDS)


def test_sessions_about_trust_print_what_is_shown(released: Pipeline, tmp_path: Path) -> None:
    """The commands of the page, one after the other on a new warehouse, print what is there."""
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    root = copy_of(released, tmp_path).warehouse.root
    sessions = [text for language, text in FENCE.findall(page) if language == "console"]
    assert len(sessions) == 5
    for session in sessions:
        for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            assert run_session(command, root) == output


def test_sessions_about_search_print_what_is_shown(released: Pipeline) -> None:
    """Each command of the page prints what stands below it."""
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    sessions = [text for language, text in FENCE.findall(page) if language == "console"]
    assert len(sessions) == 8
    for session in sessions:
        command, _, output = session.removeprefix("$ ").partition("\n")
        checksum = re.compile(r"(?m)^checksum .*$")  # it holds when the release was made
        printed = run_session(command, released.warehouse.root)
        assert checksum.sub("", printed).strip() == checksum.sub("", output).strip()


def test_python_of_the_readme_runs(released: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The snippets for other tools run as they stand."""
    monkeypatch.chdir(released.warehouse.root.parent)
    snippets = blocks("python")
    assert snippets
    for snippet in snippets:
        names: dict[str, object] = {}
        exec(snippet, names)  # noqa: S102 - it is the project's own documentation
        for name in ("authors", "articles", "paragraphs", "statements"):
            assert len(names[name])  # type: ignore[arg-type]


def test_every_command_is_documented() -> None:
    """A command has a help text, and stands on the page about the command line."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    page = command_page.PAGE.read_text(encoding="utf-8")
    inner = {
        f"{name} {part}": command
        for name, group in commands.items()
        for part, command in getattr(group, "commands", {}).items()
    }
    for name, command in (commands | inner).items():
        assert command.help
        assert f"\n## {name}\n" in page


def test_make_targets_of_the_readme_exist() -> None:
    """What the README says to make can be made."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|\$ )make ([a-z]+)", README)):
        assert f"\n{target}:" in makefile


def test_the_page_on_naming_a_corpus_says_what_is_so() -> None:
    """Its file is taken, and its table has each key that there is."""
    page = (ROOT / "docs" / "corpus-file.md").read_text(encoding="utf-8")
    (example,) = [text for language, text in FENCE.findall(page) if language == "toml"]
    assert parse_corpus(example).creators[0].family_name == "Wiersma"
    keys = {*Corpus.model_fields, *Creator.model_fields, *DataCard.model_fields}
    assert keys <= set(re.findall(r"`(\w+)`", page))


def test_the_page_on_coding_says_what_is_so() -> None:
    """Its variables are taken."""
    page = (ROOT / "docs" / "coding.md").read_text(encoding="utf-8")
    (example,) = [text for language, text in FENCE.findall(page) if language == "toml"]
    found = parse_variables(tomllib.loads(example))
    assert [one.level for one in found] == ["ordinal", "interval", "nominal"]
