"""Text that may be missing: from what is removed to what people are told."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from knipsel.flows.cli.look.status import audit_facts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.shown import show
from knipsel.warehouse.queries.queries import status
from tests.pipeline import Pipeline
from tests.transforms.test_removed_prose import PAINTING, page, paragraphs


@pytest.fixture
def published(tmp_path: Path) -> Pipeline:
    """Return a warehouse with a page that lacks text, and one that is whole."""
    house = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    files = tmp_path / "files"
    files.mkdir()
    foot = f"<p>© 2024 De Krant</p>{paragraphs(PAINTING, 14)}"
    (files / "lacking.html").write_text(page(foot), encoding="utf-8")
    (files / "whole.html").write_text(page("<p>© 2024</p>", "<p>Einde.</p>"), encoding="utf-8")
    house.ingest(files)
    house.publish()
    return house


def article_of(pipeline: Pipeline, name: str) -> str:
    """Return the identifier of the article that a file holds."""
    database = str(pipeline.warehouse.latest / "knipsel.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        query = "SELECT article_id FROM articles JOIN documents USING (document_id)"
        row = connection.execute(f"{query} WHERE file_name = ?", [name]).fetchone()
    assert row
    return str(row[0])


def test_the_warning_is_told_everywhere(published: Pipeline) -> None:
    house, lacking = published.warehouse, article_of(published, "lacking.html")
    assert show(house, lacking)["warnings"] == ["mostly_removed", "prose_removed"]
    assert show(house, article_of(published, "whole.html"))["warnings"] == []
    answer = status(house) | {"bounds_error": None, "bounds_file": None}
    told = [str(value) for name, value in audit_facts(answer) if name == "warning"]
    validation = (house.latest / "validation.html").read_text(encoding="utf-8")
    for rule in ("prose_removed", "mostly_removed"):
        assert any(rule in one and lacking in one for one in told)
        assert rule.replace("_", " ") in validation
