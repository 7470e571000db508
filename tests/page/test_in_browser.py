"""The pages in a browser: whether everybody can use them, and whether they fit a phone."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import axe_core_python  # type: ignore[import-untyped]
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from knipsel.flows.page.app import make_app
from knipsel.flows.page.serving import listener, names_of
from knipsel.flows.page.site import Site
from tests.page.conftest import TOKEN

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
pytestmark = [
    pytest.mark.long,  # a browser for each page
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on this machine."),
]

RUN = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const said = found.violations.map((one) => one.id + ": " + one.nodes[0].html);
  const out = document.createElement("pre");
  out.id = "outcome";
  out.textContent = JSON.stringify({said, wide});
  document.body.append(out);
});
"""
PAGES = (
    *("/", "/search?q=vrede", "/search?q=vrede&view=lines", "/cite?q=vrede", "/held-back"),
    *("/sql?query=SELECT+publisher,count(*)+FROM+articles+GROUP+BY+1", "/marks", "/nowhere"),
    *("/speakers", "/times", "/article/c", "/article/0c51271a?show=quotations&show=names"),
)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    """Serve the pages, each with what checks it loaded behind it."""
    opened = listener("127.0.0.1", 0)
    port = opened.getsockname()[1]
    app = make_app(lambda: site, TOKEN, names_of("127.0.0.1", port))

    async def script(request: Request) -> Response:
        del request
        return Response(AXE.read_text("utf-8") + RUN, media_type="text/javascript")

    checked = Starlette(routes=[Route("/checks.js", script), Mount("/", _with_checks(app))])
    server = uvicorn.Server(uvicorn.Config(checked, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([opened],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    assert isinstance(opened, socket.socket)


def _with_checks(app: Starlette) -> Starlette:
    """Return the application with a script at the end of each page."""
    from starlette.middleware.base import BaseHTTPMiddleware

    async def add(request: Request, call_next: object) -> Response:
        answer = await call_next(request)  # type: ignore[operator]
        body = b"".join([part async for part in answer.body_iterator])
        headers = {
            name: value for name, value in answer.headers.items() if name != "content-length"
        }
        if "text/html" in headers.get("content-type", ""):
            body = body.replace(b"</body>", b'<script src="/checks.js"></script></body>')
        return Response(body, answer.status_code, headers)

    app.add_middleware(BaseHTTPMiddleware, dispatch=add)
    return app


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_a_page(address: str, path: str, width: int, tmp_path: Path) -> None:
    """No rule of axe is broken, and nothing sticks out of a phone."""
    mark = "&" if "?" in path else "?"
    shown = subprocess.run(
        [
            str(CHROMIUM),
            *(
                "--headless",
                "--hide-scrollbars",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
            ),
            *("--no-first-run", "--disable-sync", "--virtual-time-budget=8000", "--dump-dom"),
            *(f"--user-data-dir={tmp_path}", f"--window-size={width},900"),
            f"{address}{path}{mark}token={TOKEN}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    found = re.search(r'<pre id="outcome">(.*?)</pre>', shown, re.DOTALL)
    assert found, shown[-2000:]
    outcome = json.loads(unescape(found[1]))
    assert outcome["said"] == []
    assert outcome["wide"] <= 0
