"""A warehouse for programs: what the commands do with it, without a Prefect server."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack
from uuid import uuid4

from knipsel.flows.config.settings import Settings
from knipsel.flows.keep.house import Upkeep
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE, Warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from knipsel.flows.plan.checking import Added
    from knipsel.flows.runs.rereading import Choice
    from knipsel.flows.runs.summary import AgainSummary, IngestSummary
    from knipsel.warehouse.backup.restore import Restored
    from knipsel.warehouse.backup.take import Taken
    from knipsel.warehouse.exports.model import Exported, ExportOptions
    from knipsel.warehouse.release.checks.counts import Counts
    from knipsel.warehouse.release.checks.draw import Draw
    from knipsel.warehouse.release.publish import Published
    from knipsel.warehouse.release.versions import Release
    from knipsel.warehouse.search.ask import Sort
    from knipsel.warehouse.search.result import Names, SearchResult, Told

Row = dict[str, Any]
Places = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""A path, or several."""


@dataclass(frozen=True, slots=True)
class OpenWarehouse(Upkeep):
    """A warehouse in a folder, and all that can be done with it.

    Nothing is held open between two calls, so that several programs may use one warehouse at the
    same time: runs read side by side, and commit one after the other. Modules are loaded when
    something needs them. Raises what the commands show as a sentence: `NoWarehouseError` where
    nothing was ingested yet, `NoReleaseError` where nothing was published,
    `WarehouseBusyError` after ten minutes of waiting for another run.
    """

    place: Warehouse
    settings: Settings

    @property
    def folder(self) -> Path:
        """The folder of the warehouse."""
        return self.place.root

    def ingest(self, paths: Places | None = None, *, publish: bool = True) -> IngestSummary:
        """Ingest files: read, clean, describe, audit, commit, and publish a release.

        ``paths`` are files and folders, the configured ``sources`` where none are given. What
        cannot be published is held back with reasons, and is no error. Raises `NoSuchPathError`,
        `UnreadableFileError` where a file cannot be read, `UnpublishedError` where the files are
        committed but no release could be made.
        """
        from knipsel.flows.runs.ingesting import ingest_files
        from knipsel.flows.runs.work import at_work, work_of

        sources = self.sources(paths)
        with at_work(work_of("ingest", self.place, self.settings)) as work:
            return ingest_files(work, sources, publish=publish)

    def sources(self, paths: Places | None = None) -> list[Path]:
        """Return where files are looked for: at ``paths``, or in the configured ``sources``.

        Raises `NoSuchPathError` for the first path that does not exist, or where none does.
        """
        from knipsel.warehouse.intake.inbox import NoSuchPathError

        if paths is None:
            configured = self.settings.sources
            if sources := [path for path in configured if path.exists()]:
                return sources
            message = f"There is no folder {' or '.join(map(str, configured))} here."
            raise NoSuchPathError(message)
        named = [paths] if isinstance(paths, (str, os.PathLike)) else paths
        listed = [Path(path) for path in named]
        for path in listed:
            if not path.exists():
                message = f"There is no file or folder at {path}."
                raise NoSuchPathError(message)
        return listed

    def publish(self) -> Published:
        """Publish a release of what the lake holds, where the last one does not hold it.

        Raises `UnfitReleaseError` where a rule that is critical fails; the last release stays.
        """
        from knipsel.flows.runs.stages import run_without_flow
        from knipsel.flows.runs.work import publish_by_itself

        run = run_without_flow(str(uuid4()), datetime.now(UTC))
        return publish_by_itself(self.place, self.settings, run)

    def replay(
        self,
        documents: Sequence[str] | None = None,
        rule: str | None = None,
        *,
        publish: bool = True,
    ) -> AgainSummary:
        """Read documents that are held back again, from the archive; publish those that pass.

        ``documents`` are their identifiers; without them all, or those that ``rule`` holds back.
        """
        from knipsel.flows.runs.rereading import Choice

        return self._read_again("replay", Choice(documents, rule), publish=publish)

    def reprocess(
        self, documents: Sequence[str] | None = None, *, is_all: bool = False, publish: bool = True
    ) -> AgainSummary:
        """Bring outdated documents up to date: read again, or only annotated anew.

        With ``is_all`` also those that the current transforms have read.
        """
        from knipsel.flows.runs.rereading import Choice

        choice = Choice(documents, is_outdated=True, is_all=is_all)
        return self._read_again("reprocess", choice, publish=publish)

    def _read_again(self, flow_name: str, choice: Choice, *, publish: bool) -> AgainSummary:
        from knipsel.flows.runs.rereading import read_documents_again
        from knipsel.flows.runs.work import at_work, work_of

        begun = work_of(flow_name, self.place, self.settings, is_sighting=False)
        with at_work(begun) as work:
            return read_documents_again(work, choice, publish=publish)

    def sql(self, query: str, *, lake: bool = False) -> DuckDBPyRelation:
        """Ask the latest release, or the ``lake``; return the answer as a relation of DuckDB.

        ``.df()`` makes it a data frame of pandas, ``.pl()`` of polars, ``.arrow()`` a reader of
        Arrow. The query only reads the tables: no file, no network, no setting, within
        bounds on memory, disk and time. Raises `RefusedQueryError` where it does more.
        """
        from knipsel.warehouse.queries.relations import ask_for_relation

        return ask_for_relation(self.place, query, self.settings.max_query_seconds, lake=lake)

    def search(
        self,
        words: str = "",
        *,
        first: str | date | None = None,
        last: str | date | None = None,
        publisher: Names = (),
        language: Names = (),
        speaker: Names = (),
        topic: Names = (),
        zones: Collection[str] = ("headline", "text"),
        copies: bool = False,
        sort: Sort = "relevance",
        release: str | None = None,
        told: Told | None = None,
    ) -> SearchResult:
        """Search the texts of a release, the latest where none is named.

        ``first`` and ``last`` are days, or dates such as ``2022``; ``zones`` are of headline, text
        and quotations. With ``copies`` each copy of an article is found too. ``told`` hears of it
        where an index must be made first. Raises ``ValueError`` for what cannot be asked, and
        `NoReleaseError`; what is wrong with a query is no error, but in ``notes``.
        """
        from knipsel.warehouse.search.result import NOBODY, search

        return search(
            self.place,
            words,
            first=first,
            last=last,
            publisher=publisher,
            language=language,
            speaker=speaker,
            topic=topic,
            zones=zones,
            copies=copies,
            sort=sort,
            release=release,
            told=told or NOBODY,
        )

    def article(self, article: str) -> Row:
        """Return an article as read: ``article``, ``paragraphs``, ``removed_spans``.

        ``article`` is its identifier, or how it starts, its file, or words of its headline. Raises
        `NoSuchArticleError`, and `SeveralArticlesError`, which lists them, where several fit.
        """
        from knipsel.warehouse.queries.articles.shown import show

        return show(self.place, article)

    def explain(self, article: str, field: str | None = None) -> list[Row]:
        """Return why an article carries its values: each field with its candidates.

        Raises `NoSuchArticleError`, or `NoSuchFieldError`.
        """
        from knipsel.warehouse.queries.articles.explanation import explain

        return explain(self.place, article, field)

    def explain_duplicates(self, article: str) -> Row:
        """Return what an article was compared with, and why it is a duplicate or is not."""
        from knipsel.warehouse.queries.articles.duplicates import explain_duplicates

        return explain_duplicates(self.place, article, self.settings.duplicates)

    def correct(self, article: str, field: str, value: str, *, who: str, why: str) -> Row:
        """Correct a field of an article, in the file of corrections; `reprocess` applies it.

        ``article`` is its identifier, or how it starts, or the name of a file. Raises
        ``ValueError`` for a field or a value that cannot be, `NoSuchArticleError`.
        """
        from knipsel.flows.plan.correcting import correct

        return correct(self.place, article, field, value, who=who, why=why)

    def take_back(self, article: str, field: str | None = None) -> list[Row]:
        """Take corrections back, of one field or of all; return them.

        Raises `NoSuchCorrectionError`.
        """
        from knipsel.flows.plan.correcting import take_back

        taken = take_back(self.place, article, field)
        return [{"target": one.target, "field": one.field, "value": one.value} for one in taken]

    def corrections(self) -> list[Row]:
        """Return each correction, with how many articles have it and why it has no effect."""
        from knipsel.flows.config.corrections_file import read_corrections
        from knipsel.warehouse.queries.curated import fates

        return fates(self.place, read_corrections(self.place.corrections_file))

    def check_draw(
        self,
        count: int,
        fields: Sequence[str],
        by: Sequence[str] = (),
        seed: int = 1,
        *,
        to: str | os.PathLike[str],
    ) -> Draw:
        """Draw values of the latest release by chance, and write a sheet for a person to check.

        ``to`` is a new file, as XLSX or CSV by its ending. Raises ``ValueError`` for what cannot be
        checked, or makes no strata, and for a file that is there; `NoReleaseError`.
        """
        from knipsel.flows.plan.checking import check_form, write_sheet
        from knipsel.transforms.checks.fields import checkables
        from knipsel.warehouse.release.checks.draw import Wanted, draw_values
        from knipsel.warehouse.release.checks.population import check_strata

        file = Path(to)
        check_strata(by)
        check_form(file)
        wanted = Wanted(count, checkables(fields), tuple(by), seed)
        drawn = draw_values(self.place, self.release(), wanted)
        write_sheet(drawn, file)
        return drawn

    def check_add(self, file: str | os.PathLike[str], *, who: str) -> Added:
        """Take in a sheet that a person marked: keep the checks, correct what is wrong.

        Raises `SheetError` with a sentence for each cell that is wrong; nothing is taken in then.
        """
        from knipsel.flows.plan.checking import add_checks
        from knipsel.flows.runs.leftovers import finish_what_was_begun
        from knipsel.flows.runs.lock import running
        from knipsel.flows.runs.stages import run_record, run_without_flow

        run = run_without_flow(str(uuid4()), datetime.now(UTC))
        with running(self.place, finish_what_was_begun):
            record = run_record(run, "check", datetime.now(UTC))
            return add_checks(self.place, Path(file), who, run.started_at, record)

    def count(self, by: Sequence[str], where: Sequence[str] = ()) -> Counts:
        """Count the articles of the latest release, each text once.

        ``by`` are names such as month and publisher, ``where`` conditions such as
        ``topic=climate``. Raises ``ValueError`` for what cannot be counted, `NoReleaseError`.
        """
        from knipsel.transforms.checks.counting import question_of
        from knipsel.warehouse.release.checks.counts import count_articles

        return count_articles(self.place, question_of(by, where))

    def correct_from(
        self, sheet: str, *, who: str | None = None, why: str | None = None
    ) -> list[Row]:
        """Take up the values of a sheet as `doubt` writes it; return the corrections made.

        ``sheet`` is its text; ``who`` and ``why`` count where a line has none of its own. Raises
        ``ValueError`` with the line where one cannot be; nothing is taken up then.
        """
        from knipsel.flows.plan.sheets import correct_from

        return correct_from(self.place, sheet, who=who, why=why)

    def doubts(self, *, below: float = 0.7) -> list[Row]:
        """Return what is in doubt, as `knipsel.warehouse.linking.settle.doubt.doubts` does."""
        from knipsel.warehouse.linking.settle.doubt import doubts

        return doubts(self.place, below=below)

    def status(self) -> Row:
        """Return how the warehouse stands: counts, the last run, what is held back.

        ``outdated_documents`` counts those that would come out otherwise now, ``outdated`` says
        so in a sentence.
        """
        from knipsel.flows.plan.reprocessing import outdated_now
        from knipsel.warehouse.queries.queries import status

        answer = status(self.place)
        found = outdated_now(self.place, self.settings)
        return answer | {"outdated_documents": found.documents, "outdated": found.sentences()}

    def backup(self, folder: str | os.PathLike[str], *, keep: int | None = None) -> Taken:
        """Copy what is new of the warehouse into a folder of backups.

        Only so many of the newest backups are kept as ``keep`` says. Raises `NoWarehouseError`,
        `BackupPlaceError`.
        """
        from knipsel.flows.keep.backup import back_up

        return back_up(self.place, Path(folder), keep)

    def export(self, to: str | os.PathLike[str], **options: Unpack[ExportOptions]) -> Exported:
        """Export the articles of a release, or other tables of it, to a file or a folder.

        The options are those of `ExportOptions`. Raises `ExportError` for what cannot be exported,
        or may not be passed on; `NoReleaseError`.
        """
        from knipsel.flows.keep.export import export_to

        return export_to(self.place, Path(to), options)

    def releases(self) -> list[Release]:
        """Return the releases, oldest first."""
        from knipsel.warehouse.release.versions import read_versions

        return read_versions(self.place)

    def release(self) -> Release:
        """Return the release that readers take; its files lie in ``folder / "latest"``.

        Raises `NoReleaseError`.
        """
        from knipsel.warehouse.queries.queries import NoReleaseError
        from knipsel.warehouse.release.versions import current_release

        release = current_release(self.place, self.releases())
        if release is None:
            raise NoReleaseError(self.place)
        return release


def open_warehouse(
    folder: str | os.PathLike[str] = DEFAULT_WAREHOUSE, settings: Settings | None = None
) -> OpenWarehouse:
    """Return the warehouse in a folder; the first ingest makes it where there is none.

    ``settings`` are those of the environment and of ``knipsel.toml``, in the warehouse or here,
    where none are given. A warehouse in another folder than the default one is self-contained: its
    archive lies in it.
    """
    settings = settings or Settings.of(Path(folder))
    return OpenWarehouse(settings.warehouse_at(Path(folder)), settings)


def restore_warehouse(
    backups: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    number: str | None = None,
) -> Restored:
    """Make a warehouse again in a folder that is not there yet, from a folder of backups.

    The backup of that ``number`` is taken, or the newest. Raises `NoBackupError`,
    `DamagedBackupError`, `TakenPlaceError`.
    """
    from knipsel.flows.keep.backup import restore

    return restore(Path(backups), Path(folder), number)
