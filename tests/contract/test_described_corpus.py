"""What people state of their corpus reaches each file that describes a release to others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlcroissant import Dataset

from knipsel.warehouse.contract import BY_NAME, TABLES
from knipsel.warehouse.release.files.citation import reference
from knipsel.warehouse.release.files.corpus_file import read_corpus
from knipsel.warehouse.release.versions import Release, read_index
from tests.pipeline import Pipeline


@pytest.fixture(scope="module")
def folder(released: Pipeline) -> Path:
    """Return the folder of the release of the samples."""
    return released.warehouse.latest.resolve()


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    """Return what the release says of itself."""
    return read_index(folder)


def read_json(file: Path) -> dict[str, Any]:
    """Return what a JSON file holds."""
    return dict(json.loads(file.read_text("utf-8")))


def test_what_describes_a_release_is_in_its_checksums(folder: Path) -> None:
    """And in its index, as all its files are."""
    files = read_json(folder / "index.json")["files"]
    sums = (folder / "SHA256SUMS").read_text("utf-8")
    for name in ("corpus.toml", "CITATION.cff", "croissant.json", "datacite.json"):
        assert f"{files[name]['sha256']}  {name}\n" in sums


def test_it_is_cited_by_makers_title_release_and_doi(folder: Path, release: Release) -> None:
    """In the card as in a list of references."""
    cited = reference(read_corpus(folder), release)
    year = release.created_at[:4]
    assert cited == (
        f"Maker, Ann; The Makers ({year}): Samples, written for knipsel. Release 000001. "
        "https://doi.org/10.5072/samples."
    )
    assert cited in (folder / "README.md").read_text("utf-8")


def test_citation_file_has_what_the_format_asks_for(folder: Path, release: Release) -> None:
    """A person and an organisation, each in its own keys."""
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    person = {"family-names": "Maker", "given-names": "Ann", "affiliation": "A University"}
    assert citation["authors"] == [person, {"name": "The Makers"}]
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == release.label
    assert citation["date-released"] == release.created_at[:10]
    assert citation["license"] == "CC-BY-4.0"


def test_a_registry_of_dois_finds_what_it_asks_for(folder: Path) -> None:
    """What nobody stated has the mark that the format has for it."""
    described = read_json(folder / "datacite.json")
    assert described["doi"] == "10.5072/samples"
    assert [maker["nameType"] for maker in described["creators"]] == ["Personal", "Organizational"]
    assert described["publisher"] == {"name": ":unav"}
    assert described["rightsList"][0]["rightsIdentifier"] == "cc-by-4.0"
    first, _, last = next(
        date["date"] for date in described["dates"] if date["dateType"] == "Coverage"
    ).partition("/")
    assert first < last


def test_the_card_begins_with_what_catalogues_read(folder: Path) -> None:
    """The rest is Markdown; what stands in a cell does not end it."""
    _, head, text = (folder / "README.md").read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    assert fields["pretty_name"] == "Samples, written for knipsel"
    assert [one["config_name"] for one in fields["configs"]] == [table.name for table in TABLES]
    assert text.startswith("\n# Samples, written for knipsel\n")
    assert "| subjects | press, a \\| b |" in text
    assert "## How the articles were found\n\nWritten by hand.\n" in text


def test_the_data_package_names_the_makers(folder: Path) -> None:
    """As its standard has them."""
    package = read_json(folder / "datapackage.json")
    assert package["name"] == "samples-written-for-knipsel"
    assert package["contributors"][0]["familyName"] == "Maker"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_croissant_is_read_by_its_own_library(folder: Path) -> None:
    """Without a warning; each table has its columns, and a table its rows."""
    dataset = Dataset(jsonld=str(folder / "croissant.json"))
    assert dataset.metadata.issues.report() == ""
    assert {one.id: len(one.fields) for one in dataset.metadata.record_sets} == {
        table.name: len(table.columns) for table in TABLES
    }
    rows = list(dataset.records("articles"))
    assert len(rows) == read_json(folder / "index.json")["tables"]["articles"]["rows"]
    assert set(rows[0]) == {f"articles/{name}" for name in BY_NAME["articles"].column_names}
    assert dataset.metadata.data_collection == "Written by hand."
