"""The card of a release: what it holds and how to read it, for whoever opens the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from knipsel.transforms.checks.accuracy import Accuracy
from knipsel.warehouse.contract import Table
from knipsel.warehouse.release.versions import Release

SIZE_CATEGORIES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
)
"""The sizes that dataset cards are filed under, by the number of articles they stay below."""


def size_category(articles: int) -> str:
    """Return the size category of a corpus."""
    return next((name for below, name in SIZE_CATEGORIES if articles < below), "1M<n<10M")


def front_matter(languages: list[str], articles: int, tables: Sequence[Table]) -> str:
    """Return the head of the card that dataset catalogues read."""
    lines = ["---", "pretty_name: knipsel corpus", "license: other"]
    if languages:
        lines += ["language:", *(f"  - {language}" for language in languages)]
    lines += ["size_categories:", f"  - {size_category(articles)}", "configs:"]
    for table in tables:
        lines += [f"  - config_name: {table.name}", f"    data_files: {table.name}/*.parquet"]
        if table.name == "articles":
            lines.append("    default: true")
    return "\n".join([*lines, "---"])


REGISTERS = """
`registers/` has a copy of each register of one's own, codebooks among them, that documents were
read or annotated with; `run_inputs` says which runs used which.
"""


CHECKED = """
How right it is, as people found it who checked values that were drawn by chance (of the values of
a field, with the interval of 95 %; what they found wrong may be corrected since):

{lines}
"""


def _checked(accuracy: Sequence[Accuracy]) -> str:
    """Return what people found who checked the corpus; nothing where nobody did."""
    lines = [f"- {one.sentence()}, in release {one.release_version}." for one in accuracy]
    return CHECKED.format(lines="\n".join(lines)) if lines else ""


REVISED = """
It is a revision of release {version}: texts were taken out of it for good. What was cited of
the release and is still there is as it was; tombstones in `retractions` say what went and why.

| revision | at | articles taken out | sources taken out | checksums of before |
|---|---|---|---|---|
{rows}
"""


def _revised(release: Release) -> str:
    """Return what retractions changed; nothing where none did."""
    rows = "\n".join(
        f"| {release.version}.{one.number} | {datetime.fromisoformat(one.revised_at):%Y-%m-%d} | "
        f"{one.articles:,} | {one.documents:,} | `SHA256SUMS.{one.number - 1}` |"
        for one in release.revisions
    )
    return REVISED.format(version=release.version, rows=rows) if rows else ""


def card(
    release: Release,
    tables: Sequence[Table],
    views: Mapping[str, str],
    rows: Mapping[str, int],
    languages: list[str],
    *,
    accuracy: Sequence[Accuracy] = (),
    has_registers: bool = False,
) -> str:
    """Return the card as Markdown: ``views`` with their meaning, ``rows`` of each table.

    ``accuracy`` is how right people found it; ``has_registers`` where there are some of one's own.
    """
    created = datetime.fromisoformat(release.created_at)
    of_tables = "\n".join(
        f"| `{table.name}` | {table.description} | {rows[table.name]:,} |" for table in tables
    )
    of_views = "\n".join(f"| `{name}` | {description} |" for name, description in views.items())
    return f"""{front_matter(languages, rows["articles"], tables)}

# Release {release.label}

Made by knipsel on {created:%Y-%m-%d %H:%M} UTC: {rows["articles"]:,} articles out of
{rows["documents"]:,} documents. The folder does not change any more; `SHA256SUMS` proves it.
The texts belong to whoever wrote them: ask before you pass them on.
{_revised(release)}{_checked(accuracy)}
| table | one row is | rows |
|---|---|---|
{of_tables}

Every column is described in `datapackage.json`, as contract {release.contract_version} has it, and
as a comment in `knipsel.duckdb`, which holds the same tables and these views:

| view | one row is |
|---|---|
{of_views}

`validation.html` says what was checked and what came of it: open it in a browser, it needs no
network.
{REGISTERS if has_registers else ""}
```sql
-- duckdb knipsel.duckdb
SELECT date_published, publisher, headline, authors FROM canonical_articles;
```

```python
import polars

articles = polars.read_parquet("articles/*.parquet")
```
"""
