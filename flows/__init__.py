"""Prefect flows that wire the steps, the command line, and the schedules.

Prefect reads its settings when it is first imported, so they are set here, before any
module of this package can import it.
"""

from flows.prefect_settings import apply_prefect_settings

apply_prefect_settings()
