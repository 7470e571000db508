"""Prefect flows that wire the steps, the command line, and the schedules.

Prefect reads its settings when it is first imported, so they are set here, before any
module of this package can import it. Logs are kept free of secrets from here on.
"""

from importlib import import_module
from types import ModuleType

from knipsel.flows.server.settings import apply_settings
from knipsel.warehouse.addresses.secrets import redact_logs

FLOWS = frozenset({"ingest", "publish", "reprocess"})
"""The modules of flows, which are there without having been imported, as `knipsel.flows.ingest`."""


def __getattr__(name: str) -> ModuleType:
    """Import a module of flows when it is first asked for."""
    if name in FLOWS:
        return import_module(f"{__name__}.{name}")
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


redact_logs()
apply_settings()
