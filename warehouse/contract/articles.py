"""Tables of the articles themselves: text, authors, paragraphs, evidence, duplicates."""

from __future__ import annotations

from typing import get_args

from knipsel.transforms.model import Completeness, Role
from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.contract.model import Column, ForeignKey, Holds, Matches, OneOf, Table

OF_ARTICLE = (ForeignKey(("article_id",), "articles"),)


def _text(name: str, description: str, term: str | None, *, holds: Holds) -> Column:
    """Return a column for a value that not every article names."""
    return Column(name, c.STRING, description, term, nullable=True, holds=holds)


ARTICLES = Table(
    name="articles",
    title="Articles",
    description="An article: its clean text and what is known of it.",
    columns=(
        c.ARTICLE_ID,
        c.DOCUMENT_ID,
        c.POSITION,
        _text(
            "headline",
            "The headline, without kicker and site name.",
            "schema:headline",
            holds="headline",
        ),
        _text(
            "alternative_headline",
            "A second headline: a kicker or a subtitle.",
            "schema:alternativeHeadline",
            holds="headline",
        ),
        _text("description", "The standfirst or lead.", "schema:description", holds="text"),
        Column(
            "text",
            c.STRING,
            "The body: paragraphs joined by a blank line, headings included, headline not.",
            "schema:articleBody",
            holds="text",
        ),
        Column(
            "language",
            c.STRING,
            "The language as a BCP 47 tag; null where the text is too short to tell.",
            "schema:inLanguage",
            nullable=True,
            rules=(Matches(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"),),
        ),
        _text("author", "The byline as printed.", "schema:author", holds="fact"),
        _text(
            "publisher", "The outlet that published the article.", "schema:publisher", holds="fact"
        ),
        _text("hostname", "The host that the page came from.", None, holds="fact"),
        _text(
            "genre",
            "The kind of piece, where the text or the page says so.",
            "schema:genre",
            holds="fact",
        ),
        _text(
            "article_section", "The section of the outlet.", "schema:articleSection", holds="fact"
        ),
        _text("pagination", "The page or pages in print.", "schema:pagination", holds="fact"),
        _text(
            "print_edition", "The edition or issue in print.", "schema:printEdition", holds="fact"
        ),
        _text(
            "identifier",
            "What a database or an agency calls the article.",
            "schema:identifier",
            holds="fact",
        ),
        _text(
            "dateline", "Place and date as printed above the text.", "schema:dateline", holds="fact"
        ),
        Column(
            "date_published",
            c.STRING,
            "When it was published, as EDTF and no finer than the evidence: `2022-12` is a month.",
            "schema:datePublished",
            nullable=True,
            rules=(Matches(c.EDTF_PATTERN),),
        ),
        c.NOT_BEFORE.named("date_published_not_before", "The first day that it can be."),
        c.NOT_AFTER.named("date_published_not_after", "The last day that it can be."),
        c.PRECISION.named("date_published_precision", "How finely the date is known."),
        Column(
            "completeness",
            c.STRING,
            "Whether the source holds the whole article.",
            rules=(OneOf(get_args(Completeness)),),
        ),
        c.WORD_COUNT,
        Column(
            "char_count",
            c.INTEGER,
            "The length of `text` in Unicode code points.",
            "ninjs:charCount",
            rules=(c.FROM_ONE,),
        ),
        Column(
            "text_sha256",
            c.STRING,
            "SHA-256 of `text` in UTF-8, in hex.",
            "schema:sha256",
            rules=(Matches(r"[0-9a-f]{64}"),),
        ),
        c.CONFIDENCE.named(
            "text_confidence",
            "How right the text is to be expected: the F1 in words, from 0 to 1, by how likely "
            "each line that was kept or removed is of the article; null where no model judged it.",
        ).optional(),
        c.ARTICLE_ID.named(
            "cluster_id", "The cluster of duplicates: the smallest `article_id` among its members."
        ),
        c.ARTICLE_ID.named(
            "canonical_article_id", "The member that stands for the cluster; itself where alone."
        ),
        Column(
            "is_canonical",
            c.BOOLEAN,
            "Whether the article stands for its cluster; count these to count each text once.",
        ),
        _text("license", "The licence, as an address.", "schema:license", holds="fact"),
        _text(
            "copyright_notice",
            "The copyright notice as printed.",
            "schema:copyrightNotice",
            holds="fact",
        ),
        c.FIRST_SEEN_AT,
        c.RUN_ID,
        c.TRANSFORM_VERSION,
    ),
    primary_key=("article_id",),
    sort_by=("date_published_not_before", "article_id"),
    foreign_keys=(ForeignKey(("document_id",), "documents"),),
)

ARTICLE_AUTHORS = Table(
    name="article_authors",
    title="Article authors",
    description="A name in a byline.",
    columns=(
        c.ARTICLE_ID,
        c.POSITION,
        Column("name", c.STRING, "The name without titles and roles.", "schema:name", holds="fact"),
        c.CONFIDENCE.named(
            "confidence",
            "The probability that the name is right; null where it is not estimated.",
        ).optional(),
    ),
    primary_key=("article_id", "position"),
    sort_by=("article_id", "position"),
    foreign_keys=OF_ARTICLE,
)

ROLES: tuple[str, ...] = get_args(Role)

PARAGRAPHS = Table(
    name="paragraphs",
    title="Paragraphs",
    description="A block of an article, in reading order.",
    columns=(
        c.PARAGRAPH_ID,
        c.ARTICLE_ID,
        c.POSITION,
        Column("role", c.STRING, "What the block is.", "ninjs:role", rules=(OneOf(ROLES),)),
        Column(
            "heading",
            c.STRING,
            "The heading of the section that it stands in.",
            "tei:head",
            nullable=True,
            holds="text",
        ),
        c.TEXT,
        c.CHAR_START.optional(
            "Where it starts in `articles.text`, in Unicode code points from 0; "
            "null where the role is not part of it."
        ),
        c.CHAR_END.optional(
            "Where it ends in `articles.text`, exclusive; null where the role is not part of it."
        ),
        c.SOURCE_START,
        c.SOURCE_END,
        c.WORD_COUNT,
    ),
    primary_key=("paragraph_id",),
    sort_by=("article_id", "position"),
    foreign_keys=OF_ARTICLE,
)

STATEMENTS = Table(
    name="statements",
    title="Statements",
    description="A candidate value of a metadata field, with its evidence.",
    columns=(
        c.ARTICLE_ID,
        Column("field", c.STRING, "The field that the value is for.", "ftm:prop", holds="fact"),
        Column("value", c.STRING, "The value.", "ftm:value", holds="text"),
        Column(
            "original_text",
            c.STRING,
            "The evidence as it stands in the source; null where it has no text there.",
            "ftm:original_value",
            nullable=True,
            holds="text",
        ),
        c.SOURCE_START.optional(),
        c.SOURCE_END.optional(),
        c.METHOD,
        c.CONFIDENCE.named(
            "confidence",
            "The probability that the value is right, learnt from pages with known values: 0 where "
            "it was rejected, 1 where a person states it, null where there was nothing to learn "
            "it from.",
        ).optional(),
        Column("chosen", c.BOOLEAN, "Whether the article carries this value."),
        Column(
            "stated_by",
            c.STRING,
            "Who stated the value; null where it was found, or nobody says.",
            "prov:wasAttributedTo",
            nullable=True,
            holds="fact",
        ),
        Column(
            "note",
            c.STRING,
            "Why whoever stated the value states it; the form of names by which one was read.",
            "schema:description",
            nullable=True,
            holds="fact",
        ),
        Column(
            "confidence_basis",
            c.STRING,
            "What speaks for the value and against it, each with its points, the heaviest first; "
            "null where nothing was weighed.",
            nullable=True,
            holds="fact",
        ),
        Column(
            "names",
            c.STRING,
            "The names that a value of `author` gives, with `; ` between them.",
            "schema:name",
            nullable=True,
            holds="fact",
        ),
        Column(
            "document_confidence",
            c.NUMBER,
            "The confidence that the document alone gives it, before its copies and the other "
            "articles of its outlet are asked.",
            "ninjs:confidence",
            nullable=True,
            rules=(c.SHARE,),
        ),
        Column(
            "document_rank",
            c.INTEGER,
            "Its place in the order in which the document alone would choose, 1 where it does "
            "choose it; null where it cannot be.",
            "schema:position",
            nullable=True,
            rules=(c.FROM_ONE,),
        ),
        c.ARTICLE_ID.named(
            "evidence_article_id",
            "The copy, of the same outlet, that says so; null where the document itself does.",
        ).optional(),
    ),
    primary_key=(),
    sort_by=("article_id", "field", "value", "method", "source_start"),
    foreign_keys=OF_ARTICLE,
)

DUPLICATES = Table(
    name="duplicates",
    title="Duplicates",
    description="A pair of articles that was compared.",
    columns=(
        c.ARTICLE_ID,
        c.ARTICLE_ID.named("other_article_id", "The article that it was compared with."),
        Column(
            "relation",
            c.STRING,
            "What the two are to each other.",
            "dcterms:relation",
            rules=(OneOf(("identical", "revision", "excerpt", "same_template", "distinct")),),
        ),
        Column(
            "similarity",
            c.NUMBER,
            "The Jaccard similarity of their shingles of three words, from 0 to 1.",
            rules=(c.SHARE,),
        ),
        Column(
            "containment",
            c.NUMBER,
            "The share of the shorter text's shingles that the longer has, from 0 to 1.",
            rules=(c.SHARE,),
        ),
        Column(
            "method",
            c.STRING,
            "What decided that: the comparison of the texts, or what other texts say of the two.",
            "prov:wasGeneratedBy",
            rules=(OneOf(("text_sha256", "comparison", "chain", "common_text", "compilation")),),
        ),
        Column("is_duplicate", c.BOOLEAN, "Whether they are proven to be the same article."),
    ),
    primary_key=("article_id", "other_article_id"),
    sort_by=("article_id", "other_article_id"),
    foreign_keys=(*OF_ARTICLE, ForeignKey(("other_article_id",), "articles")),
)

FINDINGS = Table(
    name="findings",
    title="Findings",
    description="What the other articles of its outlet say against a value of an article.",
    columns=(
        c.ARTICLE_ID,
        Column(
            "field",
            c.STRING,
            "The field that is in doubt; `text` is the body.",
            "ftm:prop",
            holds="fact",
        ),
        Column("rule", c.STRING, "The rule that found it.", "prov:wasGeneratedBy", holds="fact"),
        Column(
            "effect",
            c.STRING,
            "What it meant: the value was taken away, made less sure, or a person may look.",
            rules=(OneOf(("rejected", "lowered", "warning")),),
        ),
        Column(
            "carriers",
            c.INTEGER,
            "In how many articles of the outlet it stands, copies counted once.",
            rules=(c.FROM_ONE,),
        ),
        Column(
            "outlet_articles",
            c.INTEGER,
            "How many articles of the outlet there are, copies counted once.",
            rules=(c.FROM_ONE,),
        ),
    ),
    primary_key=("article_id", "field", "rule"),
    sort_by=("article_id", "field", "rule"),
    foreign_keys=OF_ARTICLE,
)

TABLES = (ARTICLES, ARTICLE_AUTHORS, PARAGRAPHS, STATEMENTS, DUPLICATES, FINDINGS)
