"""What decides a run: where it is configured, which version it makes, what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.flows.config.inputs import inputs_of
from knipsel.flows.config.register_files import own_texts
from knipsel.flows.config.settings import Settings
from knipsel.transforms.model import ANNOTATORS
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.text.version import annotating_part, code_of, marked, reading_part
from knipsel.warehouse.intake.run_inputs import RunInput
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.outdated import Outdated
from tests.own_registers import HARBOURS, READING, write_registers


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where the command runs, with a folder for a warehouse in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archief").mkdir()
    return tmp_path


def test_the_environment_then_the_warehouse_then_the_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each setting by itself, and those in tables too."""
    (here / "knipsel.toml").write_text(
        "workers = 2\nbatch_documents = 20\nbatch_bytes = 200\n[duplicates]\nbands = 22\n", "utf-8"
    )
    (here / "archief" / "knipsel.toml").write_text(
        "batch_documents = 30\nbatch_bytes = 300\n[duplicates]\nbands = 33\nanchors = 3\n", "utf-8"
    )
    monkeypatch.setenv("KNIPSEL_BATCH_BYTES", "400")
    monkeypatch.setenv("KNIPSEL_DUPLICATES__ANCHORS", "4")
    found = Settings.of(Path("archief"))
    assert (found.workers, found.batch_documents, found.batch_bytes) == (2, 30, 400)
    assert (found.duplicates.bands, found.duplicates.anchors) == (33, 4)
    assert Settings.of(Path("elders")).batch_documents == 20


def test_a_warehouse_remembers_its_registers(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its folder, or where its file says, from that folder on; the environment goes before."""
    place = Path("archief")
    (here / "knipsel.toml").write_text('registers = "gewoon"\n', "utf-8")
    assert Settings.of(place).registers == Path("gewoon")
    (here / "archief" / "registers").mkdir()
    assert Settings.of(place).registers == here / "archief" / "registers"
    said = 'registers = "../eigen"\nbounds = "grenzen.toml"\narchive = "bron"\nsources = ["in"]\n'
    (here / "archief" / "knipsel.toml").write_text(said, "utf-8")
    found = Settings.of(place)
    assert found.registers == here / "archief" / ".." / "eigen"
    assert (found.bounds, found.sources) == (
        here / "archief" / "grenzen.toml",
        [here / "archief" / "in"],
    )
    assert found.warehouse_at(place).archive == here / "archief" / "bron"
    monkeypatch.setenv("KNIPSEL_REGISTERS", "nu")
    assert Settings.of(place).registers == Path("nu")


def test_a_file_of_settings_that_cannot_be_read_is_named(here: Path) -> None:
    """The sentence says which one it is."""
    (here / "archief" / "knipsel.toml").write_text("workers =", "utf-8")
    with pytest.raises(ValueError, match=r"archief/knipsel\.toml: Invalid value"):
        Settings.of(Path("archief"))


def version(folder: Path, texts: dict[str, str], annotations: tuple[str, ...] = ANNOTATORS) -> str:
    """Return the version that registers make, without a warehouse."""
    registers = write_registers(folder, texts) if texts else None
    settings = Settings(registers=registers, annotations=annotations)  # type: ignore[arg-type]
    return inputs_of(Warehouse.at(folder / "none"), settings).transform_version


def test_what_changes_which_part_of_the_version(tmp_path: Path) -> None:
    """Annotators have theirs; comments, and what counts for single documents, change neither."""
    plain = version(tmp_path, {})
    reading, annotating = reading_part(plain), annotating_part(plain)

    def changed(name: str, text: str) -> tuple[bool, bool]:
        found = version(tmp_path / name.replace("/", "-"), {name: text})
        return reading_part(found) != reading, annotating_part(found) != annotating

    assert changed("genres_mine", READING) == (True, False)
    assert changed("topics/mine", HARBOURS) == (False, True)
    assert changed("quotations_nl_mine", 'verbs = "murmelt"') == (False, True)
    assert changed("catalog", '[[documents]]\nfile_name = "a"\ngenre = "essay"') == (False, False)
    assert changed("mail", "# niets nog") == (False, False)
    one = version(tmp_path / "one", {"topics/mine": HARBOURS})
    other = version(tmp_path / "other", {"topics/mine": f"# van ons\n{HARBOURS}"})
    assert one == other
    names = version(tmp_path, {}, ("mentions",))
    assert (reading_part(names), annotating_part(names) != annotating) == (reading, True)
    assert version(tmp_path, {}) == plain


def test_the_parts_of_a_version() -> None:
    """Marks of a document belong to its reading."""
    whole = "10.aa+11.bb"
    assert (reading_part(whole), annotating_part(whole)) == ("10.aa", "11.bb")
    assert marked(whole, "cc") == "10.aa~cc+11.bb"
    assert code_of(marked(whole, "cc")) == ("10", "11")
    assert code_of("9+abcd") != code_of("10.aa+11.bb")


def test_everything_of_ones_own_is_listed(tmp_path: Path) -> None:
    """With what it does, or its value; what is as by default is not."""
    own = {"topics/mine": HARBOURS, "genres": f"replaces = true\n{READING}", "catalog": ""}
    registers = write_registers(tmp_path / "own", own)
    warehouse = Warehouse.at(tmp_path / "warehouse")
    warehouse.root.mkdir()
    line = '[[lines]]\nline = "lees ook"\nuse = true\n'
    warehouse.furniture_file.write_text(line, "utf-8")
    warehouse.bounds_file.write_text("", "utf-8")
    settings = Settings(
        registers=registers, annotations=("mentions",), codebooks=(), max_document_bytes=1000
    )
    found = inputs_of(warehouse, settings)
    told = {(one.kind, one.name): one.value for one in found.rows}
    assert told == {
        ("register", "project"): None,
        ("catalogue", "catalog.toml"): "is new",
        ("codebook", "topics/mine.toml"): "adds to topics.toml",
        ("register", "genres.toml"): "replaces genres.toml",
        ("furniture", "furniture.toml"): "lines in use: 1",
        ("bounds", "bounds.toml"): None,
        ("setting", "annotations"): '["mentions"]',
        ("setting", "max_document_bytes"): "1000",
    }
    assert set(found.copies.values()) == {own["topics/mine"], own["genres"]}
    plain = inputs_of(Warehouse.at(tmp_path / "other"), Settings(codebooks=()))
    assert [one.name for one in plain.rows] == ["project"]
    assert isinstance(plain.rows[0], RunInput)


def test_the_folder_of_registers(tmp_path: Path) -> None:
    """What editors leave is passed over; what cannot be read is said, and so is no folder."""
    folder = write_registers(
        tmp_path / "own", {"mail": "", ".mail": "x", "a/b/c": "", ".git/x": ""}
    )
    (folder / "genres.toml").write_bytes(b"\xef\xbb\xbf" + READING.encode())
    assert own_texts(folder) == {"mail.toml": "", "a/b/c.toml": "", "genres.toml": READING}
    (folder / "mail.toml").write_bytes(b"\xff")
    with pytest.raises(RegisterError, match=r"mail\.toml: file: is no UTF-8"):
        own_texts(folder)
    with pytest.raises(RegisterError, match="there is no such folder"):
        own_texts(tmp_path / "nowhere")


def test_what_is_said_of_outdated_documents() -> None:
    """What changed, how many there are, and what to do; nothing where all are current."""
    assert Outdated(0, 0, is_code=False).sentences() == []
    (sentence,) = Outdated(1, 0, is_code=True).sentences()
    assert sentence == (
        "knipsel changed since 1 document was read, which makes it outdated; `knipsel reprocess` "
        "brings it up to date."
    )
    (sentence,) = Outdated(1000, 200, is_code=False).sentences()
    assert sentence.startswith("Registers or settings changed since 1,200 documents were read")
