"""Serving the page: on this machine, until somebody ends it."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from knipsel.flows.page.app import SiteNow, make_app
from knipsel.transforms.text.search.lemmas import lemma_group, lemmas

TOKEN_BYTES = 24
"""Random bytes in the token of a page: more than anybody can try."""


def listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens; a port of 0 is any that is free. Raises ``OSError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    return made


def names_of(host: str, port: int) -> set[str]:
    """Return under which names the page is asked for at an address."""
    shown = f"[{host}]" if ":" in host else host
    local = {"127.0.0.1", "localhost", "[::1]"}
    return {f"{name}:{port}" for name in ({shown} | local if shown in local else {shown})}


def serve(site: SiteNow, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve a page until it is interrupted; ``told`` is told the address to open."""
    with listener(host, port) as opened:
        port = opened.getsockname()[1]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        app = make_app(site, token, names_of(host, port))
        shown = f"[{host}]" if ":" in host else host
        Thread(target=_warm, args=(site,), daemon=True).start()
        told(f"http://{shown}:{port}/?token={token}")
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
        with suppress(KeyboardInterrupt):  # how it ends, and nothing is left behind
            uvicorn.Server(config).run(sockets=[opened])


def _warm(site: SiteNow) -> None:
    """Load the lemmas of the languages of the corpus before somebody waits for them."""
    for row in site().ask("SELECT DISTINCT language FROM articles ORDER BY language"):
        lemmas(lemma_group(row["language"]))["a"]
