"""The process that runs a Prefect server on a socket that it is given.

It ends when its standard input closes, which happens even where its parent was killed, so
that no server is ever left behind.
"""

from __future__ import annotations

import os
import socket
import sys
import threading


def _end_with_parent() -> None:
    """Wait for the parent to go, and go too."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serve Prefect's API on the socket whose number is the first argument."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
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
