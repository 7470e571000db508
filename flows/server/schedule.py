"""Both flows on a schedule: their deployments in Prefect, and what became of their runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import serve
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    TERMINAL_STATES,
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    StateType,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.states import Cancelled, Crashed

from knipsel.flows.config.settings import Settings
from knipsel.flows.ingest import ingest
from knipsel.flows.publish import publish_release

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

LOOKED_AT = 50
"""How many runs that ended last are looked at each time: far more than end in between."""

CUT_OFF = "The process that served it was stopped."
"""What is said of a run that ended with what served it, and did not fail by itself."""

_BEGUN = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run of a deployment that ended, as Prefect has it; ``said`` is what it says of the end."""

    run_id: str
    flow: str
    expected_at: datetime
    ended_at: datetime
    state: str
    said: str


def deployment_name(root: Path) -> str:
    """Return what the deployments of a warehouse are called: several may have one server."""
    digest = hashlib.sha256(str(root.absolute()).encode(errors="surrogateescape")).hexdigest()
    return f"scheduled-{digest[:8]}"


def one_at_a_time() -> ConcurrencyLimitConfig:
    """Return the limit of a deployment: one run, and what comes late is cancelled.

    A run that is late has nothing to do that the next one does not do as well.
    """
    return ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def scheduled(
    flow: Flow[..., Any], name: str, cron: str, parameters: dict[str, Any]
) -> RunnerDeployment:
    """Return a flow's deployment on a schedule."""
    deployment = flow.to_deployment(
        name=name, cron=cron, parameters=parameters, concurrency_limit=one_at_a_time()
    )
    if not isinstance(deployment, RunnerDeployment):
        message = f"{flow.name} was deployed from asynchronous code"
        raise TypeError(message)
    return deployment


def parameters_of_ingest(settings: Settings, root: Path) -> dict[str, Any]:
    """Return what a scheduled ingest is given: all sources that there are, and no release."""
    sources = [str(path.absolute()) for path in settings.sources if path.exists()]
    return {"paths": sources, "warehouse": str(root.absolute()), "publish": False}


def deployments(settings: Settings, root: Path) -> list[RunnerDeployment]:
    """Return the scheduled deployments of both flows."""
    name = deployment_name(root)
    to_publish = {"warehouse": str(root.absolute())}
    return [
        scheduled(ingest, name, settings.ingest_cron, parameters_of_ingest(settings, root)),
        scheduled(publish_release, name, settings.publish_cron, to_publish),
    ]


def serve_flows(settings: Settings, root: Path) -> None:
    """Serve both flows until this process ends.

    A failed run is the run's own affair: it is in ``runs`` and in Prefect's log.
    """
    serve(*deployments(settings, root), limit=1, print_starting_message=False)


def _runs(
    client: SyncPrefectClient, root: Path, states: Iterable[StateType], **more: Any
) -> list[FlowRun]:
    """Return the runs of a warehouse's deployments that are in some states."""
    return client.read_flow_runs(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[deployment_name(root)])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=sorted(states)))
        ),
        **more,
    )


def end_interrupted(root: Path) -> None:
    """End what an earlier process began and Prefect takes to be at work still, or to be late.

    A run that nobody carries out any more would keep all later ones from starting.
    """
    with get_client(sync_client=True) as client:
        for run in _runs(client, root, _BEGUN):
            gone: State[Any] = Crashed(message=CUT_OFF)
            client.set_flow_run_state(run.id, gone)
        for run in _runs(client, root, [StateType.SCHEDULED]):
            due = run.expected_start_time
            if due is not None and due < datetime.now(UTC):
                late: State[Any] = Cancelled(message="Nobody served it then.")
                client.set_flow_run_state(run.id, late)


def ended_runs(root: Path, since: datetime) -> list[EndedRun]:
    """Return the runs of a warehouse that ended since a time, oldest first."""
    with get_client(sync_client=True) as client:
        runs = _runs(client, root, TERMINAL_STATES, sort=FlowRunSort.END_TIME_DESC, limit=LOOKED_AT)
        flows = {run.flow_id: client.read_flow(run.flow_id).name for run in runs}
    ended = [
        EndedRun(
            str(run.id),
            flows[run.flow_id],
            run.expected_start_time or since,
            run.end_time or run.state.timestamp,
            run.state.type.value,
            run.state.message or "",
        )
        for run in runs
        if run.state is not None
    ]
    return sorted((run for run in ended if run.ended_at >= since), key=lambda run: run.ended_at)
