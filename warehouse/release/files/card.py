"""The card of a release: what it holds and how to read it, for whoever opens the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import yaml

from knipsel.transforms.checks.accuracy import Accuracy
from knipsel.warehouse.release.files.citation import reference
from knipsel.warehouse.release.files.corpus_file import Corpus
from knipsel.warehouse.release.files.croissant import CLEANING
from knipsel.warehouse.release.files.datapackage import DESCRIPTION
from knipsel.warehouse.release.files.facts import ReleaseFacts
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


def front_matter(facts: ReleaseFacts, corpus: Corpus | None) -> str:
    """Return the head of the card that dataset catalogues read."""
    fields: dict[str, Any] = {
        "pretty_name": corpus.title if corpus else "knipsel corpus",
        "license": "other",
    }
    if corpus and corpus.metadata_licence:
        fields["license_name"] = f"{corpus.metadata_licence}, metadata only"
    if facts.languages:
        fields["language"] = list(facts.languages)
    if corpus and corpus.subjects:
        fields["tags"] = list(corpus.subjects)
    fields["size_categories"] = [size_category(facts.rows["articles"])]
    fields["configs"] = [
        {"config_name": table.name, "data_files": f"{table.name}/*.parquet"}
        | ({"default": True} if table.name == "articles" else {})
        for table in facts.tables
    ]
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)
    return f"---\n{text}---"


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


TEXTS = "The texts belong to whoever wrote them: ask before you pass them on."
"""What is true of press articles where the makers say nothing of the rights in them."""

DATA_CARD = {
    "collection": "How the articles were found",
    "biases": "What is in it too often, or too seldom",
    "limitations": "What it is not for",
    "personal_data": "What it tells of people",
    "uses": "What it was made for",
}
"""What people state of a corpus, with the heading that it has in the card."""


def _makers(corpus: Corpus) -> str:
    """Return who made the corpus, as Markdown."""
    return "; ".join(
        f"[{creator.full_name}]({creator.orcid_url})" if creator.orcid_url else creator.full_name
        for creator in corpus.creators
    )


def _licence(corpus: Corpus) -> str:
    """Return what may be done with metadata and texts."""
    licence = corpus.metadata_licence
    of_metadata = f"Metadata and annotations are under {licence}. " if licence else ""
    return of_metadata + (corpus.rights or TEXTS)


def _dates(facts: ReleaseFacts) -> str:
    """Return from when to when the articles are, and how many of them have no date."""
    dates = (facts.coverage or "").replace("/", " to ")
    undated = f"{facts.undated:,} of {facts.rows['articles']:,} without one" * (facts.undated > 0)
    return "; ".join(filter(None, (dates, undated)))


def _introduction(facts: ReleaseFacts, corpus: Corpus | None) -> str:
    """Return the title, and what the makers say: of their corpus, of its use, how to cite it."""
    if corpus is None:
        return f"# Release {facts.release.label}\n"
    rows = {
        "release": facts.release.label,
        "by": _makers(corpus),
        "found at": corpus.address,
        "subjects": ", ".join(corpus.subjects),
        "dates": _dates(facts),
        "languages": ", ".join(facts.languages),
        "contact": corpus.contact,
    }
    table = "\n".join(
        "| {} | {} |".format(key, value.replace("|", r"\|")) for key, value in rows.items() if value
    )
    return f"""# {corpus.title}

{corpus.description or DESCRIPTION}

| | |
|---|---|
{table}

To cite it:

> {reference(corpus, facts.release)}

What a query found is cited with `knipsel search --cite`, which names the release's checksum too.

{_licence(corpus)}

{corpus.version_policy}
"""


def _data_card(corpus: Corpus | None) -> str:
    """Return what users should know, under a heading for each."""
    if corpus is None:
        return ""
    said = {heading: getattr(corpus.data_card, key) for key, heading in DATA_CARD.items()}
    cleaning = "\n\n".join(filter(None, (CLEANING, corpus.data_card.cleaning)))
    parts = [f"\n## {heading}\n\n{text}\n" for heading, text in said.items() if text]
    return "".join([f"\n## How it was cleaned\n\n{cleaning}\n", *parts])


def card(
    facts: ReleaseFacts,
    views: Mapping[str, str],
    *,
    corpus: Corpus | None = None,
    accuracy: Sequence[Accuracy] = (),
    has_registers: bool = False,
) -> str:
    """Return the card as Markdown: ``views`` with their meaning, ``corpus`` as its makers state it.

    ``accuracy`` is how right people found it; ``has_registers`` where there are some of one's own.
    """
    release, rows = facts.release, facts.rows
    created = datetime.fromisoformat(release.created_at)
    of_tables = "\n".join(
        f"| `{table.name}` | {table.description} | {rows[table.name]:,} |" for table in facts.tables
    )
    of_views = "\n".join(f"| `{name}` | {description} |" for name, description in views.items())
    return f"""{front_matter(facts, corpus)}

{_introduction(facts, corpus)}
Made by knipsel on {created:%Y-%m-%d %H:%M} UTC: {rows["articles"]:,} articles out of
{rows["documents"]:,} documents. The folder does not change any more; `SHA256SUMS` proves it.
{"" if corpus else TEXTS + chr(10)}{_revised(release)}{_checked(accuracy)}{_data_card(corpus)}
{"## The tables" + 2 * chr(10) if corpus else ""}| table | one row is | rows |
|---|---|---|
{of_tables}

Every column is described in `datapackage.json`, as contract {release.contract_version} has it, and
as a comment in `knipsel.duckdb`, which holds the same tables and these views:

| view | one row is |
|---|---|
{of_views}

`report.html` says what is in it, over time, and how it came to be, `validation.html` what was
checked and what came of it: open them in a browser, they need no network.
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
