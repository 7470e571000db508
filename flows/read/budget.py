"""What reading one document may take, and the reasons to hold back one that takes more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from knipsel.transforms.model import Rejection

SECONDS = 300
"""The largest files that are read at all, of 32 MB, take up to 126 s on a busy machine (news
articles as JSON lines); real ones under 4 s."""

MEMORY = 3 << 30
"""The same took up to 1.4 GB, real ones some 0.1 GB."""

RUN_SECONDS = 900
"""What all slow files of a run may take together, by the clock. Seven texts of 10 to 25 MB, two
read at a time, take some 400 s of it."""

SLOW_SECONDS = 60
"""A file that takes longer is slow: real ones take under 4 s."""

PATIENCE = 5
"""How many times its processor time a document may take by the clock: on a busy machine a
process waits for its turn, and one that only sleeps must end too."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading a document may take: seconds of processor time, and bytes of memory.

    ``run_seconds`` is what all documents of a run may take together that are slow.
    """

    seconds: int = SECONDS
    memory: int = MEMORY
    run_seconds: int = RUN_SECONDS

    def after(self, spent: float) -> Self:
        """Return the budget of the next document of a run whose slow ones took so many seconds.

        Where theirs is spent none may be slow any more; all others are read as ever.
        """
        left = self.run_seconds - int(spent)
        return replace(self, seconds=min(self.seconds, max(left, SLOW_SECONDS)))

    @property
    def patience(self) -> float:
        """Return the seconds by the clock after which a silent reader is given up."""
        return float(self.seconds * PATIENCE)


def too_slow(budget: Budget) -> Rejection:
    """Return the reason to hold back a document that took too much processor time."""
    return Rejection(
        "too_slow",
        f"Reading the file takes more than {budget.seconds:,} s of processor time, which is what "
        "it may take, or what slow files of the run had left; split it, or raise "
        "max_document_seconds or max_slow_seconds.",
        str(budget.seconds),
    )


def stood_still(budget: Budget) -> Rejection:
    """Return the reason to hold back a document at which its reader stood still."""
    return Rejection(
        "too_slow",
        f"Reading the file was not done after {budget.patience:,.0f} s by the clock; split it, or "
        "raise max_document_seconds.",
        str(budget.seconds),
    )


def too_much_memory() -> Rejection:
    """Return the reason to hold back a document that took too much memory."""
    return Rejection(
        "too_much_memory",
        "Reading the file takes more memory than a file may; split it, or raise "
        "max_document_memory.",
    )


def reader_crashed(how: str) -> Rejection:
    """Return the reason to hold back a document at which the reader went down."""
    return Rejection(
        "reader_crashed",
        f"The program that reads the file crashed at it, twice ({how}); save it in another "
        "format, such as plain text.",
        how,
    )
