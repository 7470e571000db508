"""Both flows on a schedule, for as long as nobody stops them."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment

from flows.ingest import ingest
from flows.publishing import publish_release
from flows.settings import Settings

RESTART_SECONDS = 10
"""How long to wait before serving again after an error: long enough not to fill a log."""

log = logging.getLogger(__name__)


def one_at_a_time() -> ConcurrencyLimitConfig:
    """Return the limit of a deployment: one run, and what comes late is cancelled.

    A run that is late has nothing to do that the next one does not do as well.
    """
    return ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(settings: Settings, warehouse: Path) -> list[RunnerDeployment]:
    """Return the scheduled deployments of both flows."""
    folder = str(warehouse.absolute())
    sources = [str(path.absolute()) for path in settings.sources]
    return [
        ingest.to_deployment(
            name="scheduled",
            cron=settings.ingest_cron,
            parameters={"paths": sources, "warehouse": folder, "publish": False},
            concurrency_limit=one_at_a_time(),
        ),
        publish_release.to_deployment(
            name="scheduled",
            cron=settings.publish_cron,
            parameters={"warehouse": folder},
            concurrency_limit=one_at_a_time(),
        ),
    ]


def serve_forever(settings: Settings, warehouse: Path) -> None:
    """Serve both flows until interrupted; an error is logged and serving goes on.

    A failed run is the run's own affair: it is in ``runs`` and in Prefect's log.
    """
    while True:
        try:
            serve(*deployments(settings, warehouse), limit=1)
        except KeyboardInterrupt:
            return
        except Exception:
            log.exception("Serving failed; it starts again in %d seconds.", RESTART_SECONDS)
            time.sleep(RESTART_SECONDS)
        else:
            return
