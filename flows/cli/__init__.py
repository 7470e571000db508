"""The command line: its commands in rooms by task, each with its options and what it prints.

Prefect reads its settings when it is first imported, so those of a command are set here.
"""

from knipsel.flows.server.settings import apply_command_settings

apply_command_settings()
