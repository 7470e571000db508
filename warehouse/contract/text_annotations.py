"""Tables of what the text says: quotations, names, times, topics."""

from __future__ import annotations

from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.contract.articles import OF_ARTICLE
from knipsel.warehouse.contract.model import Column, ForeignKey, Matches, Table

SPAN = (c.ARTICLE_ID, c.PARAGRAPH_ID, c.TEXT, c.CHAR_START, c.CHAR_END)
"""Where in a text an annotation stands, and the characters there."""

IN_PARAGRAPH = (*OF_ARTICLE, ForeignKey(("paragraph_id",), "paragraphs"))

QUOTATIONS = Table(
    name="quotations",
    title="Quotations",
    description="A quotation, direct or indirect.",
    columns=(
        Column(
            "quotation_id",
            c.STRING,
            "The quotation: its article, `.q`, and its number in the article.",
            "schema:identifier",
            rules=(Matches(c.ARTICLE_ID_PATTERN + r"\.q[1-9][0-9]*"),),
        ),
        *SPAN,
        Column(
            "speaker",
            c.STRING,
            "Who says it, in full; null where the text does not say.",
            "schema:spokenByCharacter",
            nullable=True,
            holds="name",
        ),
        c.MENTION_ID.named("speaker_mention_id", "The mention that names the speaker.").optional(),
        Column(
            "cue",
            c.STRING,
            "The word or phrase that attributes it.",
            "tei:quote",
            nullable=True,
            holds="fact",
        ),
        Column("is_direct", c.BOOLEAN, "Whether it stands in quotation marks.", "tei:direct"),
        c.CONFIDENCE,
    ),
    primary_key=("quotation_id",),
    sort_by=("article_id", "char_start", "quotation_id"),
    foreign_keys=(*IN_PARAGRAPH, ForeignKey(("speaker_mention_id",), "mentions")),
)

MENTIONS = Table(
    name="mentions",
    title="Mentions",
    description="A name in the text.",
    columns=(
        c.MENTION_ID,
        *SPAN,
        c.ENTITY_KIND,
        Column(
            "name",
            c.STRING,
            "The name in full, as far as a register or the text tells.",
            "schema:name",
            holds="name",
        ),
        c.ENTITY_ID.optional("Who or what is meant; null where no register knows the name."),
        c.METHOD,
        c.CONFIDENCE,
    ),
    primary_key=("mention_id",),
    sort_by=("article_id", "char_start", "mention_id"),
    foreign_keys=(*IN_PARAGRAPH, ForeignKey(("entity_id",), "entities")),
)

ENTITIES = Table(
    name="entities",
    title="Entities",
    description="Who or what a name means.",
    columns=(
        c.ENTITY_ID,
        c.ENTITY_KIND,
        Column("name", c.STRING, "The name in full.", "schema:name", holds="name"),
        Column(
            "uri",
            c.STRING,
            "Its address, such as Wikidata's.",
            "schema:sameAs",
            nullable=True,
            holds="fact",
        ),
    ),
    primary_key=("entity_id",),
    sort_by=("entity_id",),
)

TIME_EXPRESSIONS = Table(
    name="time_expressions",
    title="Time expressions",
    description="A time that the text mentions.",
    columns=(
        Column(
            "time_expression_id",
            c.STRING,
            "The expression: its article, `.t`, and its number in the article.",
            "schema:identifier",
            rules=(Matches(c.ARTICLE_ID_PATTERN + r"\.t[1-9][0-9]*"),),
        ),
        *SPAN,
        Column(
            "edtf",
            c.STRING,
            "The time as EDTF; null where it is not safe to say.",
            "dcterms:temporal",
            nullable=True,
            rules=(Matches(c.EDTF_PATTERN),),
        ),
        c.NOT_BEFORE,
        c.NOT_AFTER,
        c.PRECISION,
        Column(
            "anchor",
            c.STRING,
            "The date that a relative expression was counted from.",
            nullable=True,
            holds="fact",
        ),
        c.CHAR_START.named("sentence_start", "Where its sentence begins in `articles.text`."),
        c.CHAR_END.named("sentence_end", "Where its sentence ends in `articles.text`, exclusive."),
    ),
    primary_key=("time_expression_id",),
    sort_by=("article_id", "char_start", "time_expression_id"),
    foreign_keys=IN_PARAGRAPH,
)

TOPICS = Table(
    name="topics",
    title="Topics",
    description="A topic of the codebook in an article.",
    columns=(
        c.ARTICLE_ID,
        Column(
            "topic", c.STRING, "The topic, as the codebook names it.", "schema:about", holds="fact"
        ),
        Column("matches", c.INTEGER, "How often it is named.", rules=(c.FROM_ONE,)),
        c.CHAR_START.named(
            "first_char_start",
            "Where it is first named in `articles.text`, in Unicode code points from 0.",
        ),
    ),
    primary_key=("article_id", "topic"),
    sort_by=("article_id", "topic"),
    foreign_keys=OF_ARTICLE,
)

TOPIC_MATCHES = Table(
    name="topic_matches",
    title="Topic matches",
    description="A place where an article names a topic.",
    columns=(
        c.ARTICLE_ID,
        c.PARAGRAPH_ID,
        Column(
            "topic", c.STRING, "The topic, as the codebook names it.", "schema:about", holds="fact"
        ),
        c.TEXT,
        c.CHAR_START,
        c.CHAR_END,
    ),
    primary_key=("article_id", "topic", "char_start"),
    sort_by=("article_id", "char_start", "topic"),
    foreign_keys=(*IN_PARAGRAPH, ForeignKey(("article_id", "topic"), "topics")),
)

TABLES = (QUOTATIONS, MENTIONS, ENTITIES, TIME_EXPRESSIONS, TOPICS, TOPIC_MATCHES)
