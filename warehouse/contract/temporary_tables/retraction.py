"""The temporary tables of a retraction."""

from __future__ import annotations

from knipsel.warehouse.contract.temporary_tables.model import made_by

OF_A_RETRACTION = (
    *made_by(
        "retraction.everywhere",
        everywhere_articles=(
            "An article as any place has it: its document, text, cluster and publisher.",
            "retraction.copies retraction.targets",
        ),
        everywhere_sightings=(
            "A place that any place knows a document at.",
            "retraction.mentions retraction.targets",
        ),
        everywhere_pairs=("Two articles that any place compared.", "retraction.targets"),
        everywhere_documents=(
            "A document as the first place has it that knows it.",
            (
                "flows.keep.retract retraction.lake retraction.mentions retraction.sources "
                "retraction.targets"
            ),
        ),
        known_articles=(
            "An article as the lake has it, or as others had it where the lake does not.",
            "retraction.targets",
        ),
    ),
    *made_by(
        "retraction.lake retraction.targets",
        retract_articles=(
            "An article that goes, its document, and the hash of its text.",
            (
                "flows.keep.retract retraction.copies retraction.mentions retraction.rows "
                "retraction.sources"
            ),
        ),
        retract_archived=("A document whose bytes go.", "flows.runs.leftovers retraction.rows"),
    ),
    *made_by(
        "retraction.rows",
        retract_documents=(
            "A document that loses all rows in a place and becomes a tombstone there.",
            (
                "flows.keep.retract retraction.lake retraction.mentions retraction.releases "
                "retraction.sources retraction.targets"
            ),
        ),
        retract_stretches=(
            "Where an article that goes stood in a source that keeps others.",
            "retraction.sources",
        ),
    ),
    *made_by(
        "retraction.lake",
        retract_tombstones=("A tombstone that the retraction left.", "retraction.releases"),
    ),
    *made_by(
        "retraction.mentions",
        retract_headlines=(
            "A headline of an article that goes, and its document.",
            "flows.keep.retract",
        ),
        retract_mentions=(
            "A removed span with a line that has such a headline.",
            "retraction.rows",
        ),
        retract_remainders=(
            "What is left of such a span without the line.",
            "retraction.releases retraction.rows",
        ),
        retract_said=("What a note of a run has of a text that goes.", "retraction.releases"),
    ),
    *made_by(
        "retraction.near_copies",
        retract_sketches="What a text that goes is known by when something like it comes.",
    ),
    *made_by(
        "retraction.proof.strangers", archived_names="A source that the archive has a file of."
    ),
    *made_by(
        "retraction.targets",
        asked_articles="An article that was asked for.",
        asked_documents="A document that was asked for.",
        asked_sources="A document that was asked for, or is in one that is an archive.",
        unlinked_copies="An article that stays and that nobody compared with what goes.",
    ),
)
