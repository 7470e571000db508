"""The page of the docs about metadata: its tables are written from the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.describe.choice import REJECTIONS
from knipsel.transforms.describe.methods import METHODS
from knipsel.transforms.registers.articles.corrections import FIELDS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "metadata.md"

INTRODUCTION = """# Metadata

This page is written from the code (`make docs`); a test fails where the two differ.

Every value that an article carries comes from a *candidate*: a row of `statements` with the
field, the value, the evidence as it stands in the source (`original_text` at
`source_start:source_end`, null where the evidence is no part of the text, such as a tag in a
page's head), the method by which it was found, and how likely it is right. The likeliest candidate
is `chosen`, the first in the source among equals; the others stay. To see them with their evidence
in context, why each won or lost, and what speaks for it and against it:

```console
$ knipsel explain ARTICLE
$ knipsel explain ARTICLE date_published
```

What nothing says is null: a text without a headline has none, and not its first sentence.

## How sure a value is

`confidence` of a headline, a day and an author is **the probability that the value is right**; of
an author it is that all names are, and `article_authors.confidence` has it for each. It was learnt
from pages whose values are known, and from the same pages without the lines that give them: what
is taken for a headline there is wrong in the way in which it is where the own one cannot be read.
What agrees makes a value surer (a headline that stands twice, a day that the page prints and
declares; all that a page tells machines is one witness), what disagrees less sure (another day, an
address that does not speak of it, a name among short lines). `confidence_basis` keeps what was
weighed.

![Stated against true shares](confidence.svg)

Each point is a tenth of certainty, with the number of values, on pages that the models were not
fitted to; the register `corpus/registers/probabilities.toml` and this figure are made by
`python -m benchmarks.probabilities.fit`.

- A value that is less likely right than wrong is held back: it is null in `articles`, and stays a
  statement that is not chosen. Where no day is sure but days of one month are together, the month
  is the date. To be stricter, put `least = 0.8` into `probabilities_mine.toml` among your
  [registers](registers.md).
- `confidence` is 1 where a person states the value, 0 where it was rejected, and **null where
  nothing was at hand to learn it from**: for the fields of records, exports and feeds, and for
  publisher, genre, language and the rest. There the way of finding a value decides, as ever.
- `text_confidence` of an article is how right its text is to be expected: the F1 in words, by how
  likely each line that was kept or removed is of the article.
- In `articles_wide` these are `headline_confidence`, `date_published_confidence` and
  `author_confidence`: count with `WHERE date_published_confidence >= 0.9`, say.

## Dates

`date_published` is EDTF (ISO 8601-2) and never finer than its evidence: `2023-03-10`, `2022-12`,
`2025`, an interval. Count by `month_published` (`2023-03`) and `year_published` in the views
`articles_wide` and `canonical_articles`: they are null where the date is not known so finely.
`date_published_in_words` says a date as people do (*summer 2022*, *between 3 and 5 May 2021*,
*before 2020*), as the commands do beside EDTF. `date_published_not_before` and
`date_published_not_after` are the first and the last day that it can be, to filter by and not to
count by, `date_published_precision` says how fine it is.

- The day is the one that was written, in the zone in which it was; a time that stands beside it
  is the statement `time_published`.
- A date of a change (`Updated`, `Laatst bijgewerkt`, `dateModified`) is `date_modified`. Of two
  days in one line without a label the earlier is that of publication.
- `3/4/2023` is read in the order that other dates of the document show, else in that of its
  language and country where they are known. Where nothing tells, as on an English page from
  nowhere, it is not read.
- Two digits are a year behind an apostrophe (`'23`), where a line is known to hold the date, and
  where it shows that three short numbers are a day: a weekday, a time or a label beside them, or
  a part of the line for themselves. `23-10-05` may begin with its year, and is read where the
  language begins with the day.
- A day that the page prints at its headline beats the one that it declares in its head; of days
  that it declares, one that only an update, an event or a masthead gives is none. The day with
  which the text opens (`Ghent, 12 May 2021 -`) is the least sure of all.
- A day whose label gives it to something else (`Printed on`, `Retrieved`, `Born`) is a statement
  that says so, and never the date.
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
  An agency alone is a byline and no author. A printed byline beats an account, an outlet or a cut
  name that the page declares, and a person whom it shows nowhere; of declared authors, the place
  that names most wins.
- `publisher` is the outlet that published the article. The site that carries it, by its host or its
  claim to copyright, is a candidate that a byline or signature outranks; a company that claims
  copyright and is no outlet of the register is the statement `copyright_holder`. An outlet that no
  register lists is known by the name of its site that the page declares, by a signature or date
  line of the article, and, with less confidence, by a line with copyright, the title of the page or
  the name over it: where two of these agree or the host is called so, or where the name has the
  form of an outlet's (*De Kleine Krant*). A legal form and years fall off. What nothing bears out
  is a statement with that reason. `knipsel registers suggest outlets` lists these outlets for a
  person ([registers](registers.md#what-to-add)).
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

What you know wins over what a document says, and is marked as yours (`method`). Of two things that
people state of one field, this counts first: `corrections.csv`; the sidecar of the file; the
nearest `_folder.meta.toml`; an entry of the catalogue by hash, then by name; the name of the file,
in a form that you state. The others stay as statements, and so does what the document says. The
fields are {fields}; a date is EDTF. A document is read again when what is stated of it changes.

### Corrections

`knipsel correct` says what an article should carry, with who says so and why:

```console
$ knipsel correct 0123456789abcdef-1 headline "A bridge of stone" --who Mia --why "On page 3"
$ knipsel correct 0123456789abcdef-1 author "Anna Boer; Karl Vest" --who Mia --why "Printed below"
$ knipsel correct 0123456789abcdef-1 date_published - --who Mia --why "Day of the download"
$ knipsel correct column.txt publisher "De Kadekrant" --who Mia --why "Cut from it"
$ knipsel correct
$ knipsel correct 0123456789abcdef-1 headline --remove
$ knipsel reprocess
```

`-` states that an article has none: the field is null, and what the document says is rejected as
`no_value`. Several authors are divided by `;`. What `--who` and `--why` say stands in `statements`,
in each release too. Without arguments all corrections are listed, with what became of each. They
are lines of `corrections.csv` in the warehouse, which you may edit yourself, in a spreadsheet as
well (save it as *CSV UTF-8*; commas, semicolons or tabs divide it):

```csv
article_id,file_name,field,value,who,why,articles
0123456789abcdef-1,,headline,A bridge of stone,Mia,"The paper, page 3",1
,column.txt,publisher,De Kadekrant,Mia,Cut from it,
```

A line names one article by `article_id`, or by `file_name` (the name, or the end of the path; no
`*`) all articles of such files: then headline, description, author, date, address, dateline and
completeness count only where the file holds one article. Of two lines on one field of the same
thing the last counts, and one on an article goes before one on a file. `who`, `why` and `articles`
may be missing. Other columns, fields that are none and values that cannot be are refused: the first
such line is named, and nothing is read until it is mended.

Corrections stay through every reading, and `explain` shows each with who and why. An identifier is
made of the hash of the file and the place of the article in it, so it is the same after every
reading, unless a file is divided into articles otherwise. `articles` is how many the file held when
it was corrected (the command writes it): where it holds more or fewer now, the correction is not
applied to what may be another article. `knipsel status` lists what has no effect, and why; each
run records the hash of the file in `run_inputs`. A retraction takes the corrections of what goes
out of the file. A file whose bytes changed is another document: what was corrected by `article_id`
names the old one, by `file_name` both.

### Beside a file, and above it

`column.txt.meta.toml` states facts of `column.txt`, of its first article unless `article = 2` says
otherwise:

```toml
authors = ["Jan Brood"]
date_published = "2023-03"
encoding = "cp1250"
```

`_folder.meta.toml` states facts of all articles of all files in its folder and in the folders
below; the nearest one that states a field counts, field by field. Headline, description, address
and dateline cannot be said so; a date can, and then wins over the day that a text has.

```toml
publisher = "De Kadekrant"
language = "nl"
copyright_notice = "(c) De Kadekrant"
split_before = "Document # of #"
file_names = "{publisher}_{date}_{section}.txt"
```

`split_before` says which lines begin an article
([formats](formats.md#several-articles-in-one-file)), `encoding` how the bytes are to be read
([encodings](formats.md#encodings)).

Both are no sources, and are kept with their documents in the archive. They are looked for within
what you name: of a folder in all of it, of a single file in its own folder alone (name the folder
where those above it count). In a ZIP or TAR they state facts of what lies beside and below them
there; those around the archive hold for what is in it as well, and so does `archive.zip.meta.toml`.
One that is malformed holds back what it is of, and is named, until it is mended. Taking one away
does not take back what it said, since the same content may be seen elsewhere; an empty one does.
`knipsel ingest` lists those that lie beside, or above, no file.

### Names of files

`file_names` in `_folder.meta.toml` says what the names of files tell, as `docvarsfrom` of readtext
does: each field stands in braces, all else is meant to the letter. `{date}` is `date_published`,
`{section}` is `article_section`, `{}` is a part that tells nothing. A pattern without an ending is
of names without theirs.

- A date is a year, a month or a day: `2023`, `2023-03`, `20230310`, `2023_03_10`, `2023.03.10`.
- A value cannot hold the letters before or behind it: of *De_Kade_2023_x.txt* it is not certain
  where the publisher ends. Two fields need something between them.
- A name tells all, or nothing. One that has not the form, or no such date, says nothing of its
  article; the run says how many there are, and the statement `file_names` which
  (`file_names:misnamed`). A file that is given the right name is read again.
- In a file with several articles it tells only what these share, such as the publisher.

### The catalogue

`catalog.toml` among [your registers](registers.md) holds what you know of single documents, by the
hash of a file (in full or by the 16 digits that begin the identifiers of its articles) or by the
end of its path; `article` tells which of several in a file is meant:

```toml
[[documents]]
sha256 = "0123456789abcdef"
authors = ["Jan Brood"]
date_published = "2023-03"
publisher = "De Kadekrant"
note = "where this knowledge comes from"
```

`knipsel status` lists entries that match no document, and facts that a document contradicts.
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
    introduction = introduction.replace("{fields}", ", ".join(f"`{field}`" for field in FIELDS))
    lines = [introduction.rstrip(), METHODS_HEAD, *_rows(METHODS)]
    return "\n".join([*lines, REJECTIONS_HEAD, *_rows(REJECTIONS)]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(metadata_page(), encoding="utf-8")
