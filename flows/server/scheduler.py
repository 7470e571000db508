"""The process that serves both flows on their schedules, for `knipsel.flows.server.serving`.

Prefect's runner takes minutes to end, since it lets runs finish, and has handlers of signals of its
own. So it has a process and a session to itself, which end at once when whoever started it goes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from knipsel.flows.server.parent import end_group, end_with_parent


def main() -> None:
    """Serve the flows of the warehouse in the folder that the first argument names."""
    end_with_parent(end_group)
    from knipsel.flows.config.settings import Settings
    from knipsel.flows.server.schedule import end_interrupted, serve_flows

    root = Path(sys.argv[1])
    end_interrupted(root)
    serve_flows(Settings.of(root), root)


if __name__ == "__main__":
    main()
