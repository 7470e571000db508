"""Both flows on a schedule, for as long as nobody stops them."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow

from knipsel.flows.config.settings import Settings
from knipsel.flows.ingest import ingest
from knipsel.flows.publish import publish_release

RESTART_SECONDS = 10
"""How long to wait before serving again after an error: long enough not to fill a log."""

log = logging.getLogger(__name__)


def one_at_a_time() -> ConcurrencyLimitConfig:
    """Return the limit of a deployment: one run, and what comes late is cancelled.

    A run that is late has nothing to do that the next one does not do as well.
    """
    return ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def scheduled(flow: Flow[..., Any], cron: str, parameters: dict[str, Any]) -> RunnerDeployment:
    """Return a flow's deployment on a schedule."""
    deployment = flow.to_deployment(
        name="scheduled", cron=cron, parameters=parameters, concurrency_limit=one_at_a_time()
    )
    if not isinstance(deployment, RunnerDeployment):
        message = f"{flow.name} was deployed from asynchronous code"
        raise TypeError(message)
    return deployment


def deployments(settings: Settings, warehouse: Path) -> list[RunnerDeployment]:
    """Return the scheduled deployments of both flows."""
    folder = str(warehouse.absolute())
    sources = [str(path.absolute()) for path in settings.sources]
    to_ingest = {"paths": sources, "warehouse": folder, "publish": False}
    return [
        scheduled(ingest, settings.ingest_cron, to_ingest),
        scheduled(publish_release, settings.publish_cron, {"warehouse": folder}),
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
