"""Exporting: written aside, searched for what may not be in it, and only then put in place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from knipsel.warehouse.exports.about import README, RELEASE_SHA256, About, about, readme
from knipsel.warehouse.exports.formats.bag import PAYLOAD
from knipsel.warehouse.exports.formats.model import Format, Notes
from knipsel.warehouse.exports.formats.parquet import COMPRESSIONS
from knipsel.warehouse.exports.formats.registry import FORMATS, format_of, is_folder
from knipsel.warehouse.exports.leaks import check_leaks
from knipsel.warehouse.exports.model import (
    MOST_SNIPPET_WORDS,
    TIERS,
    Exported,
    ExportError,
    Wanted,
)
from knipsel.warehouse.exports.policy import Sharing, sharing
from knipsel.warehouse.exports.shared import SharedRelease, shared_release
from knipsel.warehouse.exports.source import Source
from knipsel.warehouse.exports.tables import tables_of
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import NoReleaseError
from knipsel.warehouse.release.rollback import find_release
from knipsel.warehouse.release.versions import Release, current_release, read_versions
from knipsel.warehouse.search.index.state import release_digest

Search = Callable[[str, str, bool], tuple[list[str], Sequence[str]]]
"""Finds articles of a release by words, copies too where they are wanted: their identifiers, and
what was not understood."""


_BESIDE = {".md", ".r", ".txt", ".json"}
"""Endings of what lies beside the tables of an export."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where an export goes, and in which form."""

    wanted: Wanted
    form: Format
    is_folder: bool


def export(place: Warehouse, wanted: Wanted, search: Search) -> Exported:
    """Export a release, or a part of it.

    Raises `ExportError` with what cannot be, `NoReleaseError`, `NoSuchReleaseError`, what a query
    raises, and `LeakError` where the export would pass on what it may not: nothing is left then.
    """
    plan = _planned(wanted)
    release = _release(place, wanted.release)
    folder = place.releases / release.version
    shares = sharing(wanted.tier, wanted.policy, wanted.snippet_words)
    chosen, said_of_words = None, list[str]()
    if wanted.words is not None:
        chosen, notes_on_words = search(wanted.words, release.version, wanted.copies)
        said_of_words += notes_on_words
    with (
        shared_release(
            folder, shares, chosen, copies=wanted.copies, in_order=wanted.query is not None
        ) as shared,
        _written_aside(plan) as aside,
    ):
        tiers = shared.tiers()
        tables = tables_of(shared, wanted)
        said_of_facts = list(shared.notes(None if wanted.query else {one.name for one in tables}))
        said = about(folder, release, wanted, shares, tiers, tables).with_notes(said_of_facts)
        source = Source(shared.connection, said, tables, wanted)
        notes = [*said_of_facts, *_write(source, plan, aside)]
        _check(shared, shares, plan, aside)
        _check_unchanged(folder, said)
        files = _put_in_place(plan, aside)
    rows = {table.name: table.rows for table in tables}
    return Exported(
        files, plan.form.name, release.label, rows, tiers, (*said_of_words, *notes), said.citation
    )


def _release(place: Warehouse, version: str | None) -> Release:
    if version is not None:
        return find_release(place, version)
    current = current_release(place, read_versions(place))
    if current is None:
        raise NoReleaseError(place)
    return current


def _planned(wanted: Wanted) -> _Plan:
    """Return the plan of an export; raise `ExportError` for what does not go together."""
    form = format_of(wanted.target, wanted.format)
    plan = _Plan(wanted, form, is_folder(wanted.target, form))
    for is_wrong, sentence in _contradictions(plan):
        if is_wrong:
            raise ExportError(sentence)
    return plan


def _contradictions(plan: _Plan) -> Iterator[tuple[bool, str]]:
    wanted, form = plan.wanted, plan.form
    for what in (str(wanted.target), wanted.words, wanted.query):
        yield what is not None and not _is_unicode(what), f"{what!a} is no text in Unicode."
    several = len(wanted.tables) > 1 or "all" in wanted.tables
    yield (
        wanted.query is not None and (wanted.words is not None or bool(wanted.tables)),
        "A query says itself which rows of which tables it gives: leave --search and --table out.",
    )
    yield (
        wanted.tier not in TIERS,
        f"There is no tier {wanted.tier}; there are {', '.join(TIERS)}.",
    )
    yield (
        not 0 < (wanted.snippet_words or 1) <= MOST_SNIPPET_WORDS,
        f"A snippet has from 1 to {MOST_SNIPPET_WORDS} words.",
    )
    yield (
        wanted.compression not in COMPRESSIONS,
        f"There is no compression {wanted.compression}; there are {', '.join(COMPRESSIONS)}.",
    )
    yield (
        form.of_articles and (wanted.query is not None or bool(wanted.tables)),
        f"{form.name} has a form for articles alone: leave --query and --table out.",
    )
    yield (
        several and form.write_table is not None and not plan.is_folder,
        f"A file of {form.name} has one table; name a folder for several.",
    )
    yield (
        plan.is_folder and form.write_table is None and not (form.is_folder or form.may_be_folder),
        f"{form.name} is written to a file that ends in {' or '.join(form.endings)}.",
    )
    yield from _in_the_way(plan)


def _is_unicode(text: str) -> bool:
    """Tell whether a text has no halves of characters, as a name that is no UTF-8 has."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _in_the_way(plan: _Plan) -> Iterator[tuple[bool, str]]:
    target = plan.wanted.target
    yield (
        target.exists() and not plan.wanted.overwrite,
        f"{target} is there already; name another place, or say --overwrite.",
    )
    yield (
        target.is_dir() and not plan.is_folder,
        f"{target} is a folder; name a file.",
    )
    yield (
        target.is_dir() and not _is_export(target),
        f"{target} has other things in it than an export, which would be lost; name another.",
    )
    own = Path(__file__).resolve().parent
    yield (
        own in (target.resolve(), *target.resolve().parents),
        f"{target} lies among the files of the program; name another place.",
    )


def _is_export(folder: Path) -> bool:
    """Tell whether a folder has an export in it, and nothing else; so has one that is empty."""
    entries = list(folder.iterdir())
    if not entries:
        return True
    page = folder / README
    if not page.is_file() or RELEASE_SHA256 not in page.read_text("utf-8", "replace"):
        return False
    endings = {ending for form in FORMATS for ending in form.endings} | _BESIDE
    return all(
        one.name == PAYLOAD if one.is_dir() else one.suffix.lower() in endings for one in entries
    )


@contextmanager
def _written_aside(plan: _Plan) -> Iterator[Path]:
    """Have a folder beside the target while the block runs; nothing of it is left then."""
    beside = plan.wanted.target.absolute().parent
    beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=beside, prefix=f".{plan.wanted.target.name}.unfinished-") as aside:
        yield Path(aside)


def _write(source: Source, plan: _Plan, aside: Path) -> Notes:
    """Write an export into a folder; return what its format could not hold, in sentences."""
    form, target = plan.form, plan.wanted.target
    if form.write_table is None:
        assert form.write is not None  # noqa: S101 - a format is written in one way or the other
        notes = form.write(source, aside if plan.is_folder else aside / target.name)
    else:
        notes = []
        for table in source.tables:
            name = f"{table.name}{form.ending}" if plan.is_folder else target.name
            notes += form.write_table(source, table, aside / name)
    if not form.tells_itself or plan.is_folder:
        page = readme(source.about.with_notes(notes), source.tables, _names(aside))
        name = README if plan.is_folder else f"{target.name}.{README}"
        (aside / name).write_text(page, encoding="utf-8", newline="\n")
    return notes


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def _check(shared: SharedRelease, shares: Sharing, plan: _Plan, aside: Path) -> None:
    """Raise `LeakError` where the files that were written have what may not be passed on."""
    if shares.is_all:
        return
    files = [file for file in sorted(aside.rglob("*")) if file.is_file()]
    written = (text for file in files for text in _texts(plan.form, file))
    check_leaks(shared.connection, written, shares.snippet_words)


def _check_unchanged(folder: Path, said: About) -> None:
    """Raise `ExportError` where a text was taken out of the release meanwhile."""
    if release_digest(folder) != dict(said.facts)[RELEASE_SHA256]:
        message = "The release was written anew meanwhile, as by a retraction; export it again."
        raise ExportError(message)


def _texts(form: Format, file: Path) -> Iterator[str]:
    """Yield all text in a file of an export; what is beside its tables is read as it stands."""
    if file.suffix.lower() in form.endings:
        yield from form.texts(file)
    else:
        yield file.read_text(encoding="utf-8")


def _put_in_place(plan: _Plan, aside: Path) -> tuple[Path, ...]:
    """Move what was written to where it belongs; the export itself comes last."""
    target = plan.wanted.target
    if plan.is_folder:
        before = aside / "before"
        whole = aside / "whole"
        whole.mkdir()
        for entry in sorted(aside.iterdir()):
            if entry != whole:
                entry.rename(whole / entry.name)
        if target.exists():
            target.rename(before)
        whole.rename(target)
        shutil.rmtree(before, ignore_errors=True)
        return (target,)
    names = sorted(_names(aside), key=lambda name: name == target.name)
    for name in names:
        (aside / name).replace(target.with_name(name))
    return tuple(target.with_name(name) for name in reversed(names))
