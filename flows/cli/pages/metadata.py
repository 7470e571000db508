"""The page of the docs about metadata: its tables are written from the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.describe.choice import REJECTIONS
from knipsel.transforms.describe.methods import METHODS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "metadata.md"

INTRODUCTION = """# Metadata

This page is written from the code (`make docs`); a test fails where the two differ.

Every value that an article carries comes from a *candidate*: a row of `statements` with the
field, the value, the evidence as it stands in the source (`original_text` at
`source_start:source_end`, null where the evidence is no part of the text, such as a tag in a
page's head), the method by which it was found, and how sure that method is. The surest candidate
is `chosen`, the first in the source among equals; the others stay. To see them with their
evidence in context, and why each won or lost:

```console
$ knipsel explain ARTICLE
$ knipsel explain ARTICLE date_published
```

What nothing says is null: a text without a headline has none, and not its first sentence.

## Dates

`date_published` is EDTF (ISO 8601-2) and never finer than its evidence: `2023-03-10`, `2022-12`,
`2025`, an interval. `date_published_not_before`, `date_published_not_after` and
`date_published_precision` say the same in columns to sort and filter by.

- The day is the one that was written, in the zone in which it was; a time that stands beside it
  is the statement `time_published`.
- A date of a change (`Updated`, `Laatst bijgewerkt`, `dateModified`) is `date_modified`. Of two
  days in one line without a label the earlier is that of publication.
- `3/4/2023` is read in the order that other dates of the document show, else in that of its
  language and country where they are known. Where nothing tells, as on an English page from
  nowhere, it is not read.
- Two digits are a year behind an apostrophe (`'23`), or where a line is known to hold the date.
- Where nothing names a date, it is null, but not always unbounded: a text that tells of the 28th
  of August 2025 as past was not published before, and a page that was changed on a day was
  published by then. These bounds fill `date_published_not_before` and `date_published_not_after`
  with the precision `interval`, and are statements of these two fields. A bound is no date:
  a page that only says when it was changed has no date of publication here.
- The name of a file counts where nothing in it names a date, and a folder only in the form
  `2023/03/10/`: other folders are as often named after the day of a collection.

## Completeness

`complete` where the text is of some length and ends as a sentence does and nothing shows a cut, or
where it has the number of words that its source declares; `truncated` where a line under it, its
last words or that number show that more should follow; `teaser` where it is short besides;
`unknown` where nothing tells, or where running text was removed that may be of the article
([the audit](audit.md#text-that-may-be-missing)). The statement `completeness` quotes what shows
it. Phrases: `corpus/registers/completeness.toml`.

## Other fields

- `author` is the byline as printed, `article_authors` the names in it without roles and degrees.
  An agency alone is a byline and no author.
- `publisher` is the outlet that published the article. The site that carries it, by its host or its
  claim to copyright, is a candidate that a byline or signature outranks; a company that claims
  copyright and is no outlet of the register is the statement `copyright_holder`.
- `headline` comes without its label (`Column:`), which is the statement `kicker`, and without the
  name of the site, which is `site_name`.
- `genre` is one of {genres}; a label that is none of them is the statement `genre_label`.
  Labels: `corpus/registers/genres.toml`.
- `text_source` says which of a page's data held the text, where the page does not show it
  ([formats](formats.md#data-of-a-page)); `page_type` is its `og:type`.
- `dateline` is the place with which the text begins (`BRUSSEL (ANP) -`), else the line above it
  that holds the date; the agency beside a place is the statement `agency`.
- Each paragraph whose language is not the article's is a statement `paragraph_language`.

## What people state

`catalog.toml` among [your registers](registers.md) holds what you know of single documents, by the
hash of a file (in full or by the 16 digits that begin the identifiers of its articles) or by the
end of its path. It may state headline, alternative_headline, description, author (as printed),
authors (a list of names), publisher, hostname, url, date_published (EDTF), dateline, genre,
language, article_section, completeness, license and copyright_notice; `article` tells which of
several in a file is meant:

```toml
[[documents]]
sha256 = "0123456789abcdef"
authors = ["Jan Brood"]
date_published = "2023-03"
publisher = "De Kadekrant"
note = "where this knowledge comes from"
```

The same fields can stand in a file beside the source: `column.txt.meta.toml` states facts of
`column.txt`. It is no source itself, and is kept with the document in the archive. What is stated
wins: first what stands beside the file, then entries by hash, then by name. A document is read
again when what is stated of it changes; a malformed sidecar holds its document back until it is
mended. Taking a sidecar away does not take back what it said, since the same content may be seen
elsewhere; an empty one does. `split_before` says which lines begin an article
([formats](formats.md#several-articles-in-one-file)), and `encoding = "cp1250"` how the bytes of a
file are to be read, whatever the file declares ([encodings](formats.md#encodings)); both may stand
in `_folder.meta.toml`, for all files of a folder. `knipsel status` lists entries that match no
document and facts that a document contradicts, `knipsel ingest` sidecars that lie beside no file.
"""

METHODS_HEAD = """
## Methods

How a value was found; `method:reason` is a candidate that cannot be, for that reason.

| method | meaning |
|---|---|"""

REJECTIONS_HEAD = """
| reason | the value cannot be, because |
|---|---|"""


def _rows(meanings: Mapping[str, str]) -> Iterator[str]:
    return (f"| `{name}` | {meaning} |" for name, meaning in meanings.items())


def metadata_page() -> str:
    """Return the page as Markdown."""
    kinds = sorted(set(load_registers().articles.genres.labels.values()))
    introduction = INTRODUCTION.replace("{genres}", ", ".join(f"`{kind}`" for kind in kinds))
    lines = [introduction.rstrip(), METHODS_HEAD, *_rows(METHODS)]
    return "\n".join([*lines, REJECTIONS_HEAD, *_rows(REJECTIONS)]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(metadata_page(), encoding="utf-8")
