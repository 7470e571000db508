"""What `quarantine list` and `quarantine show` print: for people, in bounds, and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.cli.print.terminal import printable_text
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.layout import Warehouse
from tests.archives import zipped
from tests.pipeline import Pipeline, write_files
from tests.texts import article

ESCAPE = "Home \x1b[31mred\x1b[0m \u202eContact"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline that holds documents back for several rules; tests only read it."""
    place = tmp_path_factory.mktemp("held")
    pipeline = Pipeline(Warehouse.at(place / "warehouse"))
    pipeline.settings.max_document_bytes = 2000
    inbox = place / "inbox"
    texts = {f"{number}.txt": f"Home {number}" for number in range(3)}
    write_files(inbox, {**texts, "a.txt": article(1), "long.txt": article(2) * 2})
    write_files(inbox / "one", {"same.txt": ESCAPE})
    write_files(inbox / "two", {"same.txt": "Contact\n" * 30})
    (inbox / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(10))
    (inbox / "bad.zip").write_bytes(zipped({"../x.txt": article(4)}))
    pipeline.ingest(inbox)
    return pipeline


def run(pipeline: Pipeline, *arguments: str) -> tuple[int, str, str]:
    """Run a command of the quarantine; return its exit code, what it printed, and its error."""
    from knipsel.flows.runs.errors import explain

    place = str(pipeline.warehouse.root)
    result = CliRunner().invoke(app, ["quarantine", *arguments, "--warehouse", place])
    error = explain(result.exception)[1] if isinstance(result.exception, Exception) else ""
    return result.exit_code, result.stdout, error


def test_the_list_is_sorted_bounded_and_summed_up(held: Pipeline) -> None:
    code, printed, _ = run(held, "list", "--limit", "3")
    assert code == 0
    rows = [line for line in printed.splitlines() if line.startswith("│")]
    assert [row.split("│")[2].strip() for row in rows] == ["0.txt", "1.txt", "2.txt"]
    assert "5 more are held back; --limit shows more." in printed
    assert "Held back: 8 documents." in printed
    assert "- 5 documents by no_article: There are only menus or a few words." in printed
    assert "- 1 document by too_large" in printed
    assert run(held, "list", "--limit", "3") == (code, printed, "")


def test_the_list_for_programs(held: Pipeline) -> None:
    """All documents, or those of a rule, each with an identifier that `show` knows."""
    listed = json.loads(run(held, "list", "--json", "--limit", "1")[1])
    assert len(listed["documents"]) == 8
    newer = [row["file_name"] for row in listed["documents"] if row["is_newer"]]
    assert newer == ["long.txt"], "what is too large here is not where the command runs"
    assert {row["rule"]: row["can_be_released"] for row in listed["rules"]} == {
        "no_article": False,
        "too_large": True,
        "unsafe_path": False,
        "unsupported_media_type": False,
    }
    (picture,) = json.loads(run(held, "list", "--json", "--rule", "unsupported_media_type")[1])[
        "documents"
    ]
    assert picture["file_name"] == "p.png"
    shown = json.loads(run(held, "show", picture["id"], "--json")[1])
    assert shown["document"]["document_id"] == picture["document_id"]
    assert shown["text"] is None
    assert run(held, "list", "--rule", "nonsense")[1] == "Nothing is held back.\n"


def test_newer_transforms_are_told_of(held: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    from knipsel.flows.config import inputs

    monkeypatch.setattr(inputs, "current_version", lambda *_: "newer")
    printed = run(held, "list")[1]
    assert "The transforms are newer than those that read 8 of them" in printed


def test_all_about_a_document(held: Pipeline) -> None:
    """Facts, places, reasons with what to do, how it begins, what it would be; nothing escapes."""
    printed = run(held, "show", "one/same.txt")[1]
    assert "seen at" in printed
    assert "Held back by no_article" in printed
    assert "What to do: See with `knipsel preview FILE --removed`" in printed
    assert r"Home \x1b[31mred\x1b[0m \u202eContact" in printed
    assert "\x1b[31m" not in printed
    assert "Would be quarantined: no_article" in printed
    long = run(held, "show", "two/same.txt", "--lines", "4")[1]
    assert long.count("  Contact\n") == 4
    assert "there is more; --lines shows more" in long


def test_a_document_that_would_pass_now(held: Pipeline) -> None:
    printed = run(held, "show", "long.txt")[1]
    assert "Held back by too_large" in printed
    assert "Or release the document" in printed
    assert "article id" in printed
    assert article(2).split("\n\n")[0][:60] in printed


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere.txt", "No document has the name 'nowhere.txt'"),
        ("", "No document has the name ''"),
        ("%", "No document has the name '%'"),
        ("same.txt", "2 documents may be meant by 'same.txt'"),
    ],
)
def test_a_name_that_means_none_or_several_is_one_sentence(
    held: Pipeline, name: str, sentence: str
) -> None:
    code, printed, error = run(held, "show", name)
    assert (code, printed) == (1, "")
    assert error.startswith(sentence)
    assert error.endswith(".")
    assert "\n" not in error


def test_a_document_whose_bytes_are_gone_can_be_shown(pipeline: Pipeline, tmp_path: Path) -> None:
    write_files(tmp_path / "inbox", {"a.txt": "Home"})
    pipeline.ingest(tmp_path / "inbox")
    (listed,) = json.loads(run(pipeline, "list", "--json")[1])["documents"]
    archived_file(pipeline.warehouse.archive, listed["document_id"]).unlink()
    assert "Its bytes are not in the archive" in run(pipeline, "show", "a.txt")[1]


def test_signs_that_are_commands_to_a_terminal_are_escaped() -> None:
    assert printable_text("a\x07b\x9bc\u2066d\ne\tf é 漢") == r"a\x07b\x9bc\u2066d\ne" + "\tf é 漢"
