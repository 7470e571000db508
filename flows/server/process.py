"""The process that runs a Prefect server on a socket that it is given.

It ends when its standard input closes, which happens even where its parent was killed, so
that no server is ever left behind.
"""

from __future__ import annotations

import socket
import sys

from knipsel.flows.server.parent import end_with_parent


def main() -> None:
    """Serve Prefect's API on the socket whose number is the first argument."""
    end_with_parent()
    listener = socket.socket(fileno=int(sys.argv[1]))
    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        log_level="error",
        lifespan="on",
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
