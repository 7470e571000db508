"""How the steps of a run are carried out: as they are, or as tasks of Prefect.

The order of the steps is written once, in `knipsel.flows.runs.ingesting` and
`knipsel.flows.runs.rereading`; they are given one of these to carry them out with.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, Protocol, TypeVar

import duckdb

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import Discovered
from knipsel.flows.read.protocol import Job
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.flows.runs.progress import ReadingShown

P = ParamSpec("P")
T = TypeVar("T")

RETRIES = 3
RETRY_SECONDS = 2
"""Retries help where another process holds the catalogue for a moment, or a worker went
away; a wrong input stays wrong."""

log = logging.getLogger("knipsel")


class Steps(Protocol):
    """Carries out the steps of a run; one that may succeed by itself is tried again."""

    def carry_out(self, name: str, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a step returns."""
        ...

    def read(self, job: Job, found: Discovered, settings: Settings) -> None:
        """Read and stage all batches of a plan, as many at a time as the settings say."""
        ...

    def note(self, text: str) -> None:
        """Keep a sentence about the run in its log."""
        ...


def passes_by_itself(error: BaseException) -> bool:
    """Tell whether what failed may succeed when it is tried again."""
    if isinstance(error, (duckdb.IOException, duckdb.TransactionException)):
        return "lock" in str(error) or "conflict" in str(error).lower()
    return isinstance(error, (ConnectionError, TimeoutError))


def readers_at_once(settings: Settings, batches: int, new_bytes: int) -> int:
    """Return how many batches are read at a time.

    Each has a reading process of its own (`knipsel.flows.read.supervisor`); a small run makes do
    with one, since starting others takes longer than its work.
    """
    is_large = new_bytes > settings.large_run_bytes
    return max(1, min(settings.workers, batches)) if is_large else 1


def patiently(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a step returns, which is tried again where that may help."""
    for _ in range(RETRIES):
        try:
            return step(*args, **kwargs)
        except Exception as error:
            if not passes_by_itself(error):
                raise
            log.warning("Trying again in %d seconds: %s", RETRY_SECONDS, error)
            time.sleep(RETRY_SECONDS)
    return step(*args, **kwargs)


@contextmanager
def _executor(settings: Settings, found: Discovered) -> Iterator[Executor]:
    """Have what batches are read with: threads here, or the configured Dask cluster."""
    if settings.dask_address:
        from distributed import Client

        with Client(settings.dask_address) as client:  # type: ignore[no-untyped-call]
            yield client.get_executor()
    else:
        with ThreadPoolExecutor(
            readers_at_once(settings, found.batches, found.new_bytes)
        ) as threads:
            yield threads


class PlainSteps:
    """Carries out steps as they are: no server, nothing but this process and its readers."""

    def carry_out(self, name: str, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a step returns."""
        del name
        return patiently(step, *args, **kwargs)

    def read(self, job: Job, found: Discovered, settings: Settings) -> None:
        """Read all batches, and raise what any of them raised."""
        with (
            ending_idle(),
            ReadingShown(job.run.run_id) as shown,
            _executor(settings, found) as executor,
        ):
            futures = [
                executor.submit(patiently, read_batch_apart, job, batch)
                for batch in range(found.batches)
            ]
            try:
                for future in futures:
                    shown.batch_done(future.result())
            finally:
                for future in futures:  # those that did not begin have no need to any more
                    future.cancel()

    def note(self, text: str) -> None:
        """Keep a sentence in the log of this process."""
        log.info(text)
