"""How long ago the last run succeeded, for whoever watches over a schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import typer

from knipsel.flows.config import alerts


class StaleError(RuntimeError):
    """No run succeeded for longer than it may be."""

    def __init__(self, last: datetime | None, allowed: str) -> None:
        """Say when one did, and what is allowed."""
        when = f"ended at {last:%Y-%m-%d %H:%M} UTC" if last else "has not been yet"
        super().__init__(
            f"The last ingest that succeeded {when}; {allowed} ago is allowed. "
            "`knipsel status` says how the last run ended."
        )


def span_of(text: str) -> timedelta:
    """Return a stretch of time such as ``26h``, ``90m`` or ``2d``; raise where it is none."""
    try:
        return alerts.span_of(text)
    except ValueError as error:
        message = f"{error}."
        raise typer.BadParameter(message, param_hint="--fail-if-older") from error


def check_age(last: datetime | None, allowed: str, now: datetime) -> None:
    """Raise `StaleError` where the last success lies further back than ``allowed``."""
    span = span_of(allowed)
    if last is None or now - last.astimezone(UTC) > span:
        raise StaleError(last.astimezone(UTC) if last else None, allowed)
