"""Both flows on a schedule: one run at a time, and errors do not end it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings


def test_deployments_follow_the_configuration() -> None:
    """Each flow has its cron, runs once at a time, and drops what comes late."""
    from prefect.client.schemas.objects import ConcurrencyLimitStrategy

    from knipsel.flows.server.schedule import deployments

    settings = Settings(ingest_cron="*/5 * * * *", publish_cron="0 3 * * *")
    ingesting, publishing = deployments(settings, Path("warehouse"))
    assert (ingesting.flow_name, publishing.flow_name) == ("ingest", "publish")
    for deployment, cron in ((ingesting, "*/5 * * * *"), (publishing, "0 3 * * *")):
        (schedule,) = deployment.schedules or []
        assert getattr(schedule.schedule, "cron", None) == cron
        assert deployment.concurrency_limit == 1
        options = deployment.concurrency_options
        assert options is not None
        assert options.collision_strategy == ConcurrencyLimitStrategy.CANCEL_NEW
    assert ingesting.parameters["publish"] is False
    assert Path(str(publishing.parameters["warehouse"])).is_absolute()


def test_serving_goes_on_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is logged and serving starts again; an interruption ends it."""
    from knipsel.flows import serve as serving

    calls: list[int] = []

    def fail_twice(*_: object, **__: object) -> None:
        calls.append(1)
        if len(calls) < 3:
            raise RuntimeError("the server went away")
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "serve", fail_twice)
    monkeypatch.setattr(serving, "RESTART_SECONDS", 0)
    serving.serve_forever(Settings(), Path("warehouse"))
    assert len(calls) == 3
