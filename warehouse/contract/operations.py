"""Tables of the work itself: what was held back, what was checked, what ran."""

from __future__ import annotations

from knipsel.warehouse.contract import columns as c
from knipsel.warehouse.contract.model import Column, ForeignKey, Matches, OneOf, Table

QUARANTINE = Table(
    name="quarantine",
    title="Quarantine",
    description="A reason why a document is, or was, held back; or (rule `released`) a person's "
    "reason to publish it in spite of the rule in `value`.",
    columns=(
        c.DOCUMENT_ID,
        c.FILE_NAME,
        Column(
            "table_name",
            c.STRING,
            "The table whose row failed; `documents` where it is unread.",
            holds="fact",
        ),
        Column("row_key", c.STRING, "The key of the row that failed.", holds="fact"),
        Column("rule", c.STRING, "The rule that it failed.", holds="fact"),
        Column(
            "column_name",
            c.STRING,
            "The column that the rule is about.",
            nullable=True,
            holds="fact",
        ),
        Column(
            "value",
            c.STRING,
            "What stood there, cut where it is long.",
            nullable=True,
            holds="text",
        ),
        Column(
            "message", c.STRING, "What is wrong, in a sentence.", "schema:description", holds="fact"
        ),
        c.RUN_ID,
        c.FIRST_SEEN_AT,
        Column(
            "resolved_at",
            c.TIMESTAMP,
            "When the document passed after all; null while it is held back.",
            nullable=True,
        ),
    ),
    primary_key=(),
    sort_by=("document_id", "table_name", "row_key", "rule", "column_name", "run_id"),
    foreign_keys=(ForeignKey(("document_id",), "documents"),),
)

VALIDATIONS = Table(
    name="validations",
    title="Validations",
    description="The outcome of a rule in a run.",
    columns=(
        c.RUN_ID,
        Column("suite", c.STRING, "The suite that the rule belongs to.", holds="fact"),
        Column("rule", c.STRING, "The rule.", holds="fact"),
        Column(
            "column_name", c.STRING, "The column that it is about.", nullable=True, holds="fact"
        ),
        c.SEVERITY,
        Column("success", c.BOOLEAN, "Whether no row failed."),
        Column("element_count", c.INTEGER, "The number of rows checked.", rules=(c.NOT_NEGATIVE,)),
        Column(
            "unexpected_count",
            c.INTEGER,
            "The number of rows that failed.",
            rules=(c.NOT_NEGATIVE,),
        ),
        Column(
            "observed_value",
            c.STRING,
            "What was seen, where it is one value; else the keys of the first rows that failed; of "
            "an annotator that failed, the errors, each with the first articles that it arose at.",
            nullable=True,
            holds="text",
        ),
    ),
    primary_key=(),
    sort_by=("run_id", "suite", "rule", "column_name"),
    foreign_keys=(ForeignKey(("run_id",), "runs"),),
)


def _count(name: str, description: str) -> Column:
    """Return a column that counts."""
    return Column(name, c.INTEGER, description, rules=(c.NOT_NEGATIVE,))


RUNS = Table(
    name="runs",
    title="Runs",
    description="A run of a flow.",
    columns=(
        c.RUN_ID.named("run_id", "The run: the identifier of its Prefect flow run."),
        Column("flow", c.STRING, "The flow that ran.", "prov:Activity", holds="fact"),
        Column("started_at", c.TIMESTAMP, "When it started.", "prov:startedAtTime"),
        Column("ended_at", c.TIMESTAMP, "When its work was committed.", "prov:endedAtTime"),
        Column(
            "result",
            c.STRING,
            "How it ended.",
            rules=(OneOf(("success", "failure")),),
        ),
        _count("files_seen", "Files that the run saw."),
        _count("files_new", "Files whose content was read for the first time or anew."),
        _count("articles_published", "Articles that it published."),
        _count("documents_quarantined", "Documents that it held back."),
        Column(
            "release_version",
            c.STRING,
            "The first release that holds its outcome; null until there is one.",
            "schema:version",
            nullable=True,
            holds="fact",
        ),
        c.TRANSFORM_VERSION,
        Column(
            "code_version",
            c.STRING,
            "The version of knipsel that ran.",
            "schema:softwareVersion",
            holds="fact",
        ),
        Column(
            "contract_version",
            c.INTEGER,
            "The version of the contract that it wrote.",
            rules=(c.FROM_ONE,),
        ),
        Column("message", c.STRING, "What went wrong, in a sentence.", nullable=True, holds="fact"),
    ),
    primary_key=("run_id",),
    sort_by=("started_at", "run_id"),
)

INPUT_KINDS = (
    "register", "codebook", "catalogue", "corrections", "furniture", "bounds", "setting",
)  # fmt: skip
"""What decides a run."""

RUN_INPUTS = Table(
    name="run_inputs",
    title="Run inputs",
    description="What decided a run that read something, beside the code: the project's registers "
    "as a whole, and whatever was one's own. A release says so too (`publish`), of its bounds.",
    columns=(
        c.RUN_ID,
        Column(
            "kind",
            c.STRING,
            "What it is: a register, a codebook (a register of topics), a catalogue (of what is "
            "stated of documents), corrections, furniture, bounds, or a setting that is not as by "
            "default.",
            "prov:used",
            rules=(OneOf(INPUT_KINDS),),
        ),
        Column(
            "name",
            c.STRING,
            "The file, by its path in the folder of registers; or the setting. `project` is all "
            "registers of the project.",
            "schema:name",
            holds="fact",
        ),
        Column(
            "sha256",
            c.STRING,
            "SHA-256 of the file in hex; a release has a copy of registers and codebooks in "
            "`registers/`. Null for a setting.",
            "schema:sha256",
            nullable=True,
            rules=(Matches(r"[0-9a-f]{64}"),),
        ),
        Column(
            "value",
            c.STRING,
            "The value of a setting, as JSON; what a register does to which one of the project; "
            "how many corrections there are.",
            "schema:value",
            nullable=True,
            holds="fact",
        ),
    ),
    primary_key=("run_id", "kind", "name"),
    sort_by=("run_id", "kind", "name"),
    foreign_keys=(ForeignKey(("run_id",), "runs"),),
)

RETRACTIONS = Table(
    name="retractions",
    title="Retractions",
    description="What was taken away for good: all that is left of an article or a source.",
    columns=(
        c.DOCUMENT_ID,
        c.ARTICLE_ID.optional("The article; null where its source held none."),
        Column(
            "text_sha256",
            c.STRING,
            "SHA-256 of the article's text in hex, to know the text by if it comes again.",
            nullable=True,
            holds="fact",
        ),
        Column("reason", c.STRING, "Why it was taken away.", "schema:description", holds="fact"),
        Column("retracted_at", c.TIMESTAMP, "When it was taken away.", "prov:invalidatedAtTime"),
        c.RUN_ID,
    ),
    primary_key=(),
    sort_by=("document_id", "article_id"),
    foreign_keys=(ForeignKey(("document_id",), "documents"),),
)

CHECKED_TABLES = ("articles", "quotations", "topics", "removed_spans")
"""The tables whose rows people check."""

CHECKED_DOCUMENT = "CASE WHEN table_name = 'removed_spans' THEN split_part(row_key, ':', 1) END"
CHECKED_ARTICLE = (
    "CASE WHEN table_name <> 'removed_spans' "
    f"THEN regexp_extract(row_key, '^{c.ARTICLE_ID_PATTERN}') END"
)
"""Whose row was checked, in SQL over a check: the document of a removed span, else an article."""

CHECKS = Table(
    name="checks",
    title="Checks",
    description="A value of a release that was drawn by chance, and what a person said of it.",
    columns=(
        Column(
            "check_id",
            c.STRING,
            "The check: the draw that it belongs to, a dash, and a digest of what was drawn.",
            "schema:identifier",
            rules=(Matches(r"[0-9a-f]{8}-[0-9a-f]{8}"),),
        ),
        Column(
            "release_version",
            c.STRING,
            "The release that it was drawn from.",
            "schema:version",
            holds="fact",
        ),
        Column(
            "table_name",
            c.STRING,
            "The table of the value.",
            rules=(OneOf(CHECKED_TABLES),),
        ),
        Column(
            "row_key",
            c.STRING,
            "The key of its row; its parts are divided by colons.",
            holds="fact",
        ),
        Column("field", c.STRING, "The column of the value.", holds="fact"),
        Column(
            "value",
            c.STRING,
            "The value as it was drawn, cut where it is long; null where there was none.",
            "schema:value",
            nullable=True,
            holds="text",
        ),
        Column(
            "verdict",
            c.STRING,
            "What the person said: of no value that it is right says that there is none.",
            "schema:reviewRating",
            rules=(OneOf(("right", "wrong", "unknown")),),
        ),
        Column(
            "right_value",
            c.STRING,
            "The right value where the one drawn is wrong; `-` where there is none; null where the "
            "person did not say.",
            nullable=True,
            holds="text",
        ),
        Column("stratum", c.STRING, "The part of the table that it was drawn from.", holds="fact"),
        Column(
            "chance",
            c.NUMBER,
            "The chance, from 0 to 1, that a row of this stratum had to be drawn.",
            rules=(c.SHARE,),
        ),
        Column(
            "population",
            c.INTEGER,
            "The number of rows in the stratum when it was drawn.",
            rules=(c.FROM_ONE,),
        ),
        Column("coder", c.STRING, "Who checked it.", "schema:author", holds="fact"),
        Column("checked_at", c.TIMESTAMP, "When it was taken in.", "schema:dateCreated"),
    ),
    primary_key=("check_id",),
    sort_by=("release_version", "table_name", "field", "check_id"),
)

CODES = Table(
    name="codes",
    title="Codes",
    description="What a person said of an article, a paragraph or a quotation, by a variable.",
    columns=(
        Column(
            "code_id",
            c.STRING,
            "The code: a digest of its unit, its variable and its coder.",
            "schema:identifier",
            rules=(Matches(r"[0-9a-f]{16}"),),
        ),
        c.ARTICLE_ID,
        Column(
            "unit",
            c.STRING,
            "What was coded.",
            rules=(OneOf(("article", "paragraph", "quotation")),),
        ),
        Column(
            "unit_id",
            c.STRING,
            "Which: its identifier in `articles`, `paragraphs` or `quotations`.",
            rules=(Matches(c.ARTICLE_ID_PATTERN + r"(?:\.[pq][1-9][0-9]*)?"),),
        ),
        Column("variable", c.STRING, "What was asked.", "schema:propertyID", holds="fact"),
        Column("value", c.STRING, "What the person said.", "schema:value", holds="fact"),
        Column("coder", c.STRING, "Who coded it.", "schema:author", holds="fact"),
        Column("coded_at", c.TIMESTAMP, "When it was taken in.", "schema:dateCreated"),
        Column(
            "sample_id",
            c.STRING,
            "The sample that the unit was drawn in; null where it was in none.",
            nullable=True,
            holds="fact",
        ),
        Column(
            "text_sha256",
            c.STRING,
            "SHA-256 in hex of the text that was coded: another text has to be coded anew.",
            holds="fact",
        ),
        Column(
            "note",
            c.STRING,
            "What the person noted beside it.",
            "schema:comment",
            nullable=True,
            holds="fact",
        ),
    ),
    primary_key=("code_id",),
    sort_by=("article_id", "unit_id", "variable", "coder"),
)

TABLES = (QUARANTINE, VALIDATIONS, RUNS, RUN_INPUTS, RETRACTIONS, CHECKS, CODES)
