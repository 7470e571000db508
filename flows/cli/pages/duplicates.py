"""The page of the docs about duplicates: its tables are written from the code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from knipsel.transforms.duplicates import settings as settings_module
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.queries.articles.duplicates import METHODS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "duplicates.md"

INTRODUCTION = """# Duplicates

This page is written from the code (`make docs`); a test fails where the two differ.

News repeats itself: agency copy in ten papers, a column again on another site, a page pasted twice
with other menus, a teaser and the whole article, this morning's version and tonight's. knipsel
deletes none of them. Each article stays, and carries

- `cluster_id`: articles that are the same one share it; it is the smallest `article_id` of them;
- `canonical_article_id`, `is_canonical`: the one that stands for all: what may be whole before what
  is cut off, then the surest text, the surest headline, authors and day, HTML before what was made
  of it, the earliest, then by identifier; length alone decides nothing. The view
  `canonical_articles` has only these; count them to count each article once.

Copies of one outlet are witnesses of each other: where one is surer of its headline, day or
authors, the others carry that, with its identifier in `statements.evidence_article_id`. A copy
whose outlet is not known may be told, but tells nothing; nothing is told from outlet to outlet, nor
by an excerpt.

Each pair that was compared is a row of `duplicates`, whether it was accepted or not: with its
`relation`, `similarity`, `containment`, the `method` that decided and `is_duplicate`. To see an
article's pairs side by side with what differs, why each was accepted or refused, and why the
canonical article is canonical:

```console
$ knipsel explain ARTICLE duplicates
```

| relation | two articles |
|---|---|
| `identical` | have the same words; case, punctuation and breaks may differ |
| `revision` | are two versions of one text |
| `excerpt` | one of them is a part of the other: a teaser, an extract |
| `same_template` | share many words, but each says something else: daily counts. No duplicates |
| `distinct` | share a passage and little else. No duplicates |

## How it is done

1. **Candidates.** Each text has a MinHash signature, cut into bands, and some passages of eight
   words chosen by winnowing: any stretch of {stretch} words that two texts share is found,
   however long the rest of either is. Texts that share a band, or enough passages, are compared.
   A passage that many texts have (a template's) leads each of them to a few *anchors*, so that the
   pairs do not grow with the square of the texts.
2. **Verdicts.** Each pair is compared on the clean texts. The score is the *containment* (the
   share of the shingles of the shorter text that the longer one has) less what speaks against it:
   the share of telling words (long ones) that each text has to itself, and the share of numbers
   that differ between the same words. Copies and templates share equally many words; rare words
   and numbers tell them apart. From {duplicate} on two texts are duplicates, below {distinct} they
   are proven distinct, between the two it is left open.
3. **Clusters.** A chain of duplicates makes a family, whose texts are all compared with each other
   (up to {family}). Pairs join in the order of their score, as long as the other pairs agree: where
   A~B and B~C but A and C are proven distinct, C stays out. What two texts share with several
   others that are unlike each other is their template, and joins none: a text that is nothing
   else, or a pair that is not sure by itself. Nor does a round-up join the articles in it, once
   {carriers} of them are there; with fewer it is taken for a longer version.

All of this follows from the set of texts alone: any order of arrival, any batches, any
retractions in between give the same pairs, clusters and canonical articles as ingesting all at
once. Signatures and verdicts are in the lake (`text_keys`, `text_pairs`; they are not part of a
release), and a run only looks at what its articles touch.
"""

MEASURED = """
## What is like a retracted text

What was retracted cannot be compared any more, but what comes later is held against it. Of each
retracted text the lake keeps a sketch (`retracted_texts`, not part of a release): of each set that
the comparison above counts in, its size and the last eight bits of 512 MinHash values, from which
the overlap with another text can be estimated and no word can be read. The score is that of the
comparison, and the bound too: from 0.35 on an article is held back as `like_retracted`. Settings of
one's own do not count here, since a text that is gone cannot be sketched anew.

On 150 Dutch news articles of 80 words and more, each in sixteen forms (a word more, other
quotation marks, capitals, other white space, a paragraph before, within or after it, without its
first or last, three quarters, either half, words broken at the ends of lines, one word in 25
mistyped, within a round-up of four, other numbers), all forms were found but for those with other
numbers, of which 36 were: texts with other numbers are reports from one template. Of 3,000 other
articles of the same broadcaster three were like one of the 150, each a later version of it. Of the
pairs of Dutch news that people labelled, among them many that share a template or a round-up, the
sketches find 47 of 49 duplicates, as the comparison does, and 17 of 860 others, where the
comparison has 18: such a text waits for a person, who may release it. A score was 0.03 to 0.05
off, once in three times.

## What was measured

`benchmarks/README.md` has the figures with their commands, by band of similarity: `make
bench-duplicates` measures speed and growth, and with `DUMPS=` and `NEWS=` the quality on pages and
news that you have. The defaults were chosen on sixteen extractions each of 181 pages and on 909
pairs of Dutch news: daily counts and podcasts of one broadcaster, known by their headlines, and
some ninety others that were read.
"""

METHODS_HEAD = """
## Methods

| method | meaning |
|---|---|"""

SETTINGS_HEAD = """
## Settings

In `knipsel.toml` under `[duplicates]`, or as `KNIPSEL_DUPLICATES__NAME` in the environment. The
first run with other settings signs and compares all texts anew.

| setting | default | meaning |
|---|---|---|"""


def _meanings() -> dict[str, str]:
    """Return what stands under each setting in the code."""
    tree = ast.parse(inspect.getsource(settings_module))
    (made,) = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == DuplicateSettings.__name__
    ]
    return {
        before.target.id: " ".join(after.value.value.split())
        for before, after in zip(made.body, made.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign)
        and isinstance(before.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }


def _settings() -> Iterator[str]:
    """Yield a row for each setting."""
    meanings = _meanings()
    for field in fields(DuplicateSettings):
        meaning = meanings[field.name].replace("``", "`")
        yield f"| `{field.name}` | {field.default} | {meaning} |"


def duplicates_page() -> str:
    """Return the page as Markdown."""
    defaults = DuplicateSettings()
    introduction = INTRODUCTION.format(
        stretch=defaults.passage_words + defaults.passage_window - 1,
        duplicate=defaults.duplicate_score,
        distinct=f"{defaults.distinct_score:g}",
        family=defaults.family_texts,
        carriers=defaults.template_carriers,
    )
    methods = [f"| `{name}` | {meaning} |" for name, meaning in METHODS.items()]
    lines = [introduction.rstrip(), METHODS_HEAD, *methods, SETTINGS_HEAD, *_settings()]
    return "\n".join([*lines, MEASURED.rstrip()]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(duplicates_page(), encoding="utf-8")
