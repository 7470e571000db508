"""Who may look: this machine, who has the token, and nothing but what the page itself loads."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

COOKIE = "knipsel"
"""The cookie that keeps the token of the first address."""

WITHOUT_COOKIE = "Open the address that `knipsel explore` printed: it has the token of this page.\n"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Nothing is loaded from elsewhere, nothing is run that stands in a text, nobody frames it."""

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guard:
    """What each request is held against.

    ``hosts`` are the names under which the page is asked for: another one is that of a site which
    had its name point to this machine. ``token`` is in the first address, and in a cookie then.
    """

    token: str
    hosts: Collection[str]

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Answer a request, or say why not."""
        response = self._refusal(request)
        if response is None:
            response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This is not the address of the page.\n", 421)
        given = request.query_params.get("token")
        if given is not None and self._fits(given):
            return self._welcome(request)
        if not self._fits(request.cookies.get(COOKIE, "")):
            return PlainTextResponse(WITHOUT_COOKIE, 403)
        if request.method not in {"GET", "HEAD"} and not self._is_own(request):
            return PlainTextResponse("Another site may not change anything here.\n", 403)
        return None

    def _is_own(self, request: Request) -> bool:
        """Tell whether a request comes from the page itself, as far as the browser says."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin")
        is_here = origin is None or origin.partition("://")[2] in self.hosts
        return site in {"same-origin", "none"} and is_here

    def _fits(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())

    def _welcome(self, request: Request) -> Response:
        """Keep the token in a cookie, and out of the address that people share."""
        rest = request.url.remove_query_params("token")
        response = RedirectResponse(f"{rest.path}?{rest.query}" if rest.query else rest.path, 303)
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", path="/")
        return response
