"""Every temporary table of the warehouse: what a row of it is, who makes it, who reads it.

A commit, a retraction and the questions of commands work in SQL, on tables and views that only
their own connection has. Many are made in one module and read in another, which no signature
says. So each is declared here, once, and made by the functions in `knipsel.warehouse.sql`, which
know no other. A test compares the declarations with the SQL of the modules.
"""

from __future__ import annotations

from knipsel.warehouse.contract.temporary_tables.model import TemporaryTable, made_by
from knipsel.warehouse.contract.temporary_tables.retraction import OF_A_RETRACTION

__all__ = ["TEMPORARY_TABLES", "TemporaryTable", "UndeclaredTableError", "declared"]


class UndeclaredTableError(LookupError):
    """A temporary table was to be made that is not declared."""


OF_A_COMMIT = (
    *made_by(
        "lake.commit",
        staged_=(
            "A row as the run staged it; none where it read nothing.",
            (
                "lake.entities lake.insertion lake.quarantine queries.changes.diffs "
                "queries.changes.listed retraction.near_copies retraction.returning"
            ),
        ),
        staged_stored="An article of the lake that was annotated anew, or a document without one.",
        seen=(
            "A file that the run saw, or took up from the archive: its document and path.",
            "lake.sightings retraction.returning",
        ),
        run_released=("Why a person publishes a document in spite of a rule.", "lake.quarantine"),
        before=(
            "A document of the run as the lake knew it.",
            "lake.quarantine queries.changes.listed retraction.near_copies",
        ),
        fresh=(
            "A staged document whose outcome counts: it is new, or replaces what is there.",
            (
                "flows.runs.work lake.quarantine queries.changes.listed retraction.near_copies "
                "retraction.returning"
            ),
        ),
        reasons=(
            "A reason to hold a fresh document back, numbered.",
            "lake.quarantine queries.changes.listed",
        ),
        passed=(
            "A fresh document that nothing holds back.",
            "lake.quarantine queries.changes.listed",
        ),
        replaced=(
            "A document whose rows leave the lake, since the run has others.",
            "lake.quarantine linking.index",
        ),
        reannotated=(
            "The same, of documents that pass: only their annotations are replaced.",
            "lake.insertion queries.changes.diffs queries.changes.listed",
        ),
        arriving=(
            "An article that comes, or stays and has new annotations.",
            "lake.entities queries.changes.listed",
        ),
        audit_quarantine="A reason that the audit has to hold a document back.",
        run_validations="What a rule found.",
        inputs_of_run="What the outcome of the run depends on.",
        replaces="A document that is read whatever its version, and the run that had read it.",
        waived=(
            "A document, and a rule that it was read in spite of.",
            "retraction.near_copies",
        ),
    ),
    *made_by(
        "lake.commit retraction.lake",
        staged_text_keys=(
            "A key by which the text of a staged article finds others.",
            "linking.index",
        ),
        incoming=(
            "An article that comes into the lake; none in a retraction.",
            (
                "lake.insertion linking.articles linking.comparing linking.index linking.link "
                "linking.settle.outlets queries.changes.diffs queries.changes.listed"
            ),
        ),
    ),
    *made_by(
        "lake.commit retraction.lake",
        incoming_worth=(
            "How sure such an article is of its headline, authors and day, by its document alone.",
            "linking.articles",
        ),
    ),
    *made_by(
        "lake.insertion",
        renewed_="A row of a document that was annotated anew, as of the run that did it.",
    ),
    *made_by(
        "retraction.returning",
        tainted=(
            "An archive that holds something retracted, and the tombstone of that.",
            "lake.commit",
        ),
    ),
    *made_by(
        "retraction.near_copies",
        like_pairs="An article that comes and is like a retracted text, with the hash of that.",
        like_retracted=(
            "A reason to hold back a document that has such an article.",
            "retraction.returning",
        ),
    ),
    *made_by(
        "lake.quarantine",
        held=(
            "A reason that is open in the lake for a fresh document, numbered.",
            "queries.changes.listed",
        ),
        standing=(
            "Two reasons that are the same one: the number of an open one and of one of the run.",
            "queries.changes.listed",
        ),
        unchanged=(
            "A fresh document of which the run says nothing but what the lake knows.",
            "lake.commit",
        ),
    ),
    *made_by(
        "lake.entities",
        met="An entity that arriving articles mention, as its register has it.",
    ),
    *made_by(
        "lake.sightings",
        run_clock="When the run started.",
        places_inside="A place in a container that was taken up, and when that was seen.",
    ),
)

OF_CHECKS = (
    *made_by(
        "release.checks.kept_rows",
        new_rows="A row that a sheet brings, in the columns of its table.",
    ),
)

OF_LINKING = (
    *made_by(
        "linking.index",
        departing=("An article that leaves, and its text.", "linking.link linking.settle.outlets"),
        text_articles=(
            "An article that will be in the lake: its text, and its row where it is there.",
            "linking.articles linking.clustering linking.comparing",
        ),
        touched_texts=("A text of an article that comes or goes.", "linking.clustering"),
        gone_texts=(
            "A text that no article has any more.",
            "linking.candidates linking.clustering",
        ),
        new_texts=("A text that no article had, and the first that has it.", "linking.candidates"),
        gone_keys=("A key of a text that is gone.", "linking.candidates"),
        new_keys=("A key of a text that is new.", "linking.candidates"),
        unsigned="A text in the lake whose keys are made anew, and its first article.",
        lake_keys="A key of such a text.",
    ),
    *made_by(
        "linking.candidates",
        parted=("Two texts that are candidates no more.", "linking.clustering"),
        to_compare=("Two candidates that nobody compared yet.", "linking.clustering"),
        active="A text whose pairs are worked out again.",
        active_keys="A key of an active text, or of one that is gone.",
        key_members="A text that has an active key, where several have it.",
        last_anchors="A key, and the last text that it leads others to.",
        shifted="A text that became an anchor of a key, or ceased to be one.",
        candidates="Two texts with enough keys in common.",
    ),
    *made_by(
        "linking.clustering",
        reached=("A text whose cluster may have changed.", "linking.articles"),
        text_clusters=("The cluster of a text that was reached.", "linking.articles"),
        decisions=("What two texts of a family are, once all were asked.", "linking.articles"),
        links="Two texts that are proven duplicates, either way round.",
        joined="A text that was reached and has a link.",
        listed_families="A text of a family, as it was worked out.",
        family_texts="A text of a family, which family, and how many it has.",
        forgotten="Two texts that a family led to which they are not both in any more.",
        in_families="The cluster of a text that is in a family.",
        decided="What two texts of a family are, as it was worked out.",
    ),
    *made_by(
        "linking.articles",
        elected=(
            "An article of a cluster that was reached: the cluster, and who stands for it.",
            "lake.insertion linking.settle.outlets",
        ),
        reached_articles="The row in the lake of an article whose text was reached.",
        pairs_reached="A pair of texts, one of which was reached.",
        neighbours="The text of such a pair that was not.",
        speakers="An article of any of these, by its place among those that have its text.",
        wanted_rows="A row that `duplicates` is to have.",
        present_rows="A row that it has.",
    ),
    *made_by(
        "linking.comparing",
        wanted_texts="A text that is to be fetched.",
        wanted_articles="The article that a text is fetched from.",
        compared="Two texts, and what comparing them found.",
    ),
)


def _settling(modules: str) -> str:
    """Return modules of the step after linking by their full names."""
    return " ".join(f"linking.settle.{module}" for module in modules.split())


OF_SETTLING = (
    *made_by(
        "linking.settle.outlets",
        left_outlets="An outlet that loses an article.",
        outlet_articles=(
            "An article, its outlet, and what of it is compared with the outlet's others.",
            _settling("articles findings values warnings"),
        ),
        settled_outlets=(
            "An outlet whose articles may come out otherwise than before.",
            _settling("articles findings warnings"),
        ),
        judged_outlets=(
            "The same, and the outlets of copies that are asked.",
            _settling("articles values warnings"),
        ),
    ),
    *made_by(
        "linking.settle.values",
        given_values=(
            "A value that an article gives for a field, by itself.",
            _settling("articles findings headings warnings"),
        ),
        outlet_names="A name that an outlet goes by.",
        suspects="A value that more articles share than may, or that names the outlet.",
        value_verdicts=(
            "A value of an outlet that something speaks against.",
            _settling("articles findings headings"),
        ),
    ),
    *made_by(
        "linking.settle.headings",
        headings_below=("A line under a headline that many articles share.", _settling("values")),
    ),
    *made_by(
        "linking.settle.articles",
        unsettled=(
            "An article that may come out otherwise, or is asked as a copy of one.",
            _settling("headings"),
        ),
        redated=("An article that has another day than before.", _settling("settle")),
        changed_articles="An article that comes out otherwise, and what it carries.",
        changed_statements="A statement of such an article.",
        changed_authors="An author of such an article.",
        other_authors="Such an article that has other authors than before.",
    ),
    *made_by(
        "linking.settle.settle",
        redated_documents="A document of an article whose times count from another day now.",
    ),
    *made_by(
        "linking.settle.warnings",
        outlet_paragraphs=(
            "A block of the text of an article, and how many others have it.",
            _settling("values"),
        ),
    ),
    *made_by(
        "linking.settle.findings",
        wanted_findings="A row that `findings` is to have.",
        present_findings="A row that it has.",
    ),
)

OF_RELEASES = (
    *made_by(
        "release.publish",
        publish_run="The run that publishes and does nothing else.",
        publish_inputs="What the outcome of that run depends on.",
        release_audit="What a rule found of the release.",
    ),
    *made_by(
        "release.history",
        released_="A row that a release has of runs, or of what rules found.",
        open_runs="A run that the lake does not know to be in the release.",
        stopped_validations="What a rule found of a release that was stopped by it.",
    ),
    *made_by("release.rollback", buried="A document that was retracted."),
)

OF_QUESTIONS = (
    *made_by(
        "lake.known",
        wanted="A document that is asked about, with the version to read it at.",
        opened="A container among them that was taken apart.",
    ),
    *made_by(
        "lake.stored_documents",
        wanted_again="A document that is to be read again.",
        wanted_away="A document that may have been retracted.",
        wanted_places="A document whose places are asked for.",
    ),
    *made_by(
        "queries.changes.listed",
        old="An article that a fresh document has in the lake.",
        kept="An article that it has there and will have.",
        changed_fields="An article, and a column or a table in which it changes.",
    ),
    *made_by(
        "intake.stored",
        wanted_stored="A document that is to be annotated anew, and its batch.",
    ),
    *made_by("queries.suggestions.furniture", lines="A line; whether an article kept it."),
)

OF_EXPORTS = tuple(
    made_by(
        "exports.shared",
        chosen_articles="An article that a search found, to be exported.",
        held_facts="A fact that repeats words of a text that is held back.",
    )
)

TEMPORARY_TABLES = (
    *OF_A_COMMIT,
    *OF_CHECKS,
    *OF_LINKING,
    *OF_SETTLING,
    *OF_A_RETRACTION,
    *OF_RELEASES,
    *OF_QUESTIONS,
    *OF_EXPORTS,
)


def declared(name: str) -> str:
    """Return a name that is declared; raise `UndeclaredTableError` for any other."""
    if not any(table.stands_for(name) for table in TEMPORARY_TABLES):
        message = f"The temporary table {name} is not declared in {__name__}."
        raise UndeclaredTableError(message)
    return name
