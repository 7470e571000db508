"""The page of the docs about the quarantine: its table is written from the register of advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knipsel.expectations.advice import ADVICE

PAGE = Path(__file__).resolve().parents[3] / "docs" / "quarantine.md"

INTRODUCTION = """# The quarantine

This page is written from the code (`make docs`); a test fails where the two differ.

A document that cannot be read, holds no article, or has a row that breaks the contract is *held
back*: nothing of it is published, its bytes stay in the archive, and every reason is a row of
`quarantine`: the rule, the row and the value that failed, what is wrong, and since when. The
others go on. A reason that no longer holds stays on record with `resolved_at`; one that is found
again stands as it was, with the day when it was first found.

## Looking

```console
$ knipsel quarantine list
│ id       │ file      │ rules      │ message                                … │ read by │ newer │
│ ed9dfe81 │ big.txt   │ too_large  │ The file has 3,822 bytes; more than 2, … │ 6       │       │
│ 47fb3fde │ short.txt │ no_article │ There is no article in the file, only … │ 5       │ yes   │
Held back: 2 documents.
- 1 document by no_article: There are only menus or a few words.
- 1 document by too_large: The file has more bytes than `max_document_bytes`.
The transforms are newer than those that read 1 of them: `knipsel quarantine replay` reads them
again.
$ knipsel quarantine show short.txt
```

`show` takes the start of an identifier, a file's name or its path. It prints where the document
was seen, every reason, open and resolved, what to do about each, how the file begins, and what
the transforms of today would make of it.

## The way back

```console
$ knipsel quarantine replay                   # all that is held back
$ knipsel quarantine replay --rule too_large  # what one rule holds back
$ knipsel quarantine replay ed9dfe81          # one document
```

`replay` reads documents again, from the archive: the inbox may be gone. It goes the whole way of
an ingest (read, audit, one transaction, release). What passes is published, and its reasons are
resolved; what fails stays, with the reasons that it has now. Use it after an update, after a
setting was raised, after a catalogue was corrected. An archive that was refused (a ZIP, say) is
taken apart again, and what is in it becomes documents as if it had been so at once. A document
whose bytes the archive has no more, or not unharmed, is named and stays as it is.

```console
$ knipsel quarantine release ed9dfe81 --reason "an essay, and really that long"
```

`release` publishes one document in spite of its reasons, where these are judgements that a person
can overrule; the table below says of which rules that is so. Of the others it says why not: where
no text could be read, or no article was found, there is nothing to publish, and rows that break
the contract would break what readers rely on. A release is a row of `quarantine` itself, with the
rule `released`, the rule that it overrules as `value`, and the person's reason as `message`. It
lasts: later versions of the transforms read the document in spite of that rule, too. It covers
that rule alone; a document that fails another one later is held back again.

## After the transforms changed

```console
$ knipsel reprocess --dry-run
$ knipsel reprocess
```

An ingest reads a document again when it sees its file and the transforms, the lines that `learn`
found or what is stated of the document have changed since. `reprocess` does so without the files,
for all documents that would be read at another version now, or for those that are named; `--all`
reads those of the current version as well. All are replaced in one transaction, and linked anew.

`--dry-run` changes nothing. It prints what would become of how many documents, in how many articles
each field changes, and diffs of some (`--limit`), the gravest first. A document that was published
and fails now is held back, and its articles vanish from the next release: the dry run names it
before all else. Releases that were made before stay as they are.

Neither command changes when a file was last seen. Counts add up as in an ingest: `files_seen` of
such a run are the documents that it took up. Another run at the same time does no harm: where it
has read a document in between, its outcome stands. Documents that were retracted are never read
again.

## Errors of knipsel's own

`transform_error`, and each rule below whose advice is to report it, is a fault of knipsel and not
of the file. What holds the document back is named by its type and its place in the code, and
quotes nothing of the document: report it as it stands, with the file if you may pass it on; after
an update, `replay` reads the document again.

Where such errors hold back more than three documents of a run (`own_error_documents`) and more
than 2 % of those that it reads (`own_error_share`), the fault is not in single files: the run
fails, nothing is committed, and the message says which error is the most frequent and which file
is the easiest to send. To commit the others all the same, raise `own_error_share` for that run
(`KNIPSEL_OWN_ERROR_SHARE=1`). Annotators never hold a document back
([the audit](audit.md#errors-of-knipsels-own)).

## Rules

What each rule means and what to do about it; *release* says whether `quarantine release` can
overrule it.

| rule | meaning | what to do | release |
|---|---|---|---|"""


def _rows() -> Iterator[str]:
    """Yield a row for each rule."""
    for name, advice in ADVICE.items():
        release = "yes" if advice.can_be_released else f"no: {advice.refusal}"
        yield f"| `{name}` | {advice.meaning} | {advice.advice} | {release} |"


def quarantine_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([INTRODUCTION, *_rows()]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(quarantine_page(), encoding="utf-8")
