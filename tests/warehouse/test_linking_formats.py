"""The same article in whatever form it comes is one cluster."""

from __future__ import annotations

import textwrap
from pathlib import Path

from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.news import OTHER_REPORT, REPORT
from tests.pipeline import Pipeline, write_files

_PARAGRAPHS = [f"{part.strip('.')}." for part in REPORT.split(". ")]
_MENU = "  • Nieuws\n  • Sport\n  • Weer\n  • Abonneren\n  • Inloggen\n\n"
_FOOTER = "\n\n  • Privacyverklaring\n  • Contact\n© 2024 De Krant. Alle rechten voorbehouden.\n"


def _forms() -> dict[str, str]:
    """Return the report as clean text, as dumps of two kinds, as a page and as Markdown."""
    body = "\n\n".join(_PARAGRAPHS)
    filled = "\n\n".join(textwrap.fill(part, 72, initial_indent="   ") for part in _PARAGRAPHS)
    items = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("Nieuws", "Sport", "Weer"))
    html = "".join(f"<p>{part}</p>" for part in _PARAGRAPHS)
    return {
        "clean.txt": body,
        "w3m.txt": _MENU + body + _FOOTER,
        "lynx.txt": _MENU + filled + _FOOTER,
        "page.html": f"<html><head><title>Het pakhuis</title></head><body><nav><ul>{items}</ul>"
        f"</nav><article><h1>Het pakhuis</h1>{html}</article></body></html>",
        "notes.md": f"# Het pakhuis\n\n{body}\n",
        "shouted.txt": "\n\n".join(part.replace("’", "'") for part in _PARAGRAPHS) + "\n",
    }


def test_all_forms_are_one_cluster(pipeline: Pipeline, tmp_path: Path) -> None:
    """And another report is none of it."""
    write_files(tmp_path / "inbox", _forms() | {"other.txt": OTHER_REPORT})
    pipeline.ingest(tmp_path / "inbox")
    with open_lake_for_questions(pipeline.warehouse) as connection:
        rows = ask(
            connection,
            "SELECT list_sort(list(file_name)) FROM articles JOIN documents USING (document_id) "
            "GROUP BY cluster_id ORDER BY count(*)",
        ).rows
    assert [row[0] for row in rows] == [["other.txt"], sorted(_forms())]
