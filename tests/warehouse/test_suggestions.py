"""Names that no register knows: listed, and known once they are in one."""

from __future__ import annotations

from pathlib import Path

from knipsel.flows.cli.registers.suggest import as_register, identifier_of
from knipsel.flows.config.settings import Settings
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.queries.suggestions.unregistered import unregistered_names
from tests.pipeline import Pipeline, write_files
from tests.texts import article

SPOKEN = "‘De dijk houdt het’, zegt Oda Zeilmaker. ‘Maar niet lang meer’, zegt Zeilmaker later."


def suggested(pipeline: Pipeline, articles: int = 2) -> list[dict[str, object]]:
    """Return the names that are suggested."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return unregistered_names(connection, articles, 10).mappings()


def test_from_a_suggestion_to_a_register(pipeline: Pipeline, tmp_path: Path) -> None:
    """What is suggested can be put into a register as it is, and is known then."""
    texts = {f"{number}.txt": f"{article(number)}\n\n{SPOKEN}" for number in range(3)}
    write_files(tmp_path / "inbox", texts)
    pipeline.ingest(tmp_path / "inbox")
    found = next(row for row in suggested(pipeline) if row["name"] == "Oda Zeilmaker")
    counts = (found["kind"], found["articles"], found["mentions"], found["quotations"])
    assert counts == ("person", 3, 6, 6)
    assert found["spellings"] == ["Oda Zeilmaker", "Zeilmaker"]
    (tmp_path / "registers" / "entities").mkdir(parents=True)
    register = tmp_path / "registers" / "entities" / "mine.toml"
    register.write_text(as_register(suggested(pipeline)), encoding="utf-8")
    pipeline.settings = Settings(registers=tmp_path / "registers")
    pipeline.reprocess(is_all=True)
    assert "Oda Zeilmaker" not in [row["name"] for row in suggested(pipeline, articles=1)]
    with open_lake_for_questions(pipeline.warehouse, views=True) as connection:
        query = "SELECT DISTINCT entity_id, entity, speaker FROM who_said_what"
        rows = ask(connection, query).rows
        entities = ask(connection, "SELECT name FROM entities WHERE entity_id = 'oda-zeilmaker'")
    assert ("oda-zeilmaker", "Oda Zeilmaker", "Oda Zeilmaker") in rows
    assert entities.rows == [("Oda Zeilmaker",)]
    pipeline.settings = Settings()
    pipeline.reprocess(is_all=True)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        assert ask(connection, "FROM entities WHERE entity_id = 'oda-zeilmaker'").rows == []


def test_identifiers_are_plain_and_apart() -> None:
    """They are ASCII, and no two are the same."""
    assert identifier_of("Žofia d'Énergie", set()) == "zofia-d-energie"
    assert identifier_of("A b", {"a-b", "a-b-2"}) == "a-b-3"
    assert identifier_of("李", set()) == "name"
