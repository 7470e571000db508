"""What reading one document may take, and the reasons to hold back one that takes more."""

from __future__ import annotations

from dataclasses import dataclass

from knipsel.transforms.model import Rejection

SECONDS = 300
"""The largest files that are read at all, of 32 MB, take up to 126 s on a busy machine (news
articles as JSON lines); real ones under 4 s."""

MEMORY = 3 << 30
"""The same took up to 1.4 GB, real ones some 0.1 GB."""

PATIENCE = 5
"""How many times its processor time a document may take by the clock: on a busy machine a
process waits for its turn, and one that only sleeps must end too."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading a document may take: seconds of processor time, and bytes of memory."""

    seconds: int = SECONDS
    memory: int = MEMORY

    @property
    def patience(self) -> float:
        """Return the seconds by the clock after which a silent reader is given up."""
        return float(self.seconds * PATIENCE)


def too_slow(budget: Budget) -> Rejection:
    """Return the reason to hold back a document that took too much processor time."""
    return Rejection(
        "too_slow",
        f"Reading the file takes more than {budget.seconds:,} s of processor time; split it, or "
        "raise max_document_seconds.",
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
