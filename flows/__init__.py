"""Prefect flows that wire the steps, the command line, and the schedules.

Prefect reads its settings when it is first imported, so they are set here, before any
module of this package can import it. Logs are kept free of secrets from here on.
"""

from knipsel.flows.server.settings import apply_prefect_settings
from knipsel.warehouse.secrets import redact_logs

redact_logs()
apply_prefect_settings()
