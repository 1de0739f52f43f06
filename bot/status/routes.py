"""Who is let in to the status page, and what is served to whom."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.health import Health
from bot.newsroom.archive import draw
from bot.status.facts import gather
from bot.status.page import ENGLISH, login_page, status_page
from bot.store import Store

COOKIE = "sitrep_status"
MAX_FORM_BYTES = 4096
STATIC = {"style.css": "text/css", "icon.svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Handler = Callable[[Request], Awaitable[Response]]


class Door:
    """Opens to the token in the header ``Authorization: Bearer``, or to the cookie that it is changed for.

    The cookie is a keyed hash, so that the token itself is in no browser's files.
    """

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self.cookie = hmac.new(self._token, b"sitrep status page", sha256).hexdigest()

    def fits(self, token: str) -> bool:
        """Whether this is the token, in a time that says nothing of how much of it is right."""
        return hmac.compare_digest(token.encode(), self._token)

    def opens(self, request: Request) -> bool:
        """Whether a request carries the token or the cookie."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.fits(token.strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.cookie.encode())


def status_routes(
    token: str,
    store: Store,
    health: Health,
    clock: Callable[[], datetime],
    *,
    channels: Sequence[int | str] = (),
    feeds: Sequence[str] = (),
) -> list[BaseRoute]:
    """``GET /status`` and its charts for who has the token; a form for who has not."""
    door = Door(token)

    async def page(_: Request) -> Response:
        facts = await gather(store, channels, feeds, clock())
        return HTMLResponse(status_page(facts, health.ill, ready=health.ready), headers=HEADERS)

    async def chart(request: Request) -> Response:
        async with store.read() as tx:
            series = await tx.ledger.series(request.path_params["number"])
        if series is None:
            return Response(status_code=404, headers=HEADERS)
        drawn = await draw(series, ENGLISH)
        return Response(drawn.content, media_type=drawn.media_type, headers=HEADERS)

    async def enter(request: Request) -> Response:
        if not door.fits(await _posted_token(request)):
            return HTMLResponse(login_page(wrong=True), 401, headers=HEADERS)
        answer = RedirectResponse("/status", 303, headers=HEADERS)
        secure = "https" in {request.url.scheme, request.headers.get("x-forwarded-proto")}
        answer.set_cookie(COOKIE, door.cookie, path="/status", httponly=True, samesite="strict", secure=secure)
        return answer

    return [
        Route("/status", _behind(door, page), methods=["GET"]),
        Route("/status", enter, methods=["POST"]),
        Route("/status/chart/{number:int}.png", _behind(door, chart), methods=["GET"]),
        *(Route(f"/status/{name}", _static(name, media_type), methods=["GET"]) for name, media_type in STATIC.items()),
    ]


def _behind(door: Door, handler: Handler) -> Handler:
    async def guarded(request: Request) -> Response:
        if door.opens(request):
            return await handler(request)
        headers = {**HEADERS, "WWW-Authenticate": "Bearer"}
        return HTMLResponse(login_page(wrong=False), 401, headers=headers)

    return guarded


async def _posted_token(request: Request) -> str:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM_BYTES:
            return ""
    return parse_qs(body.decode(errors="replace")).get("token", [""])[0]


def _static(name: str, media_type: str) -> Handler:
    async def handler(_: Request) -> Response:
        return Response((files("bot.status") / name).read_bytes(), media_type=media_type, headers=HEADERS)

    return handler
