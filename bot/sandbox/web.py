"""The sandbox's web application: the Bot API, the control API and the page, for this machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox import botapi, control
from bot.sandbox.loopback import is_own_request
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STATIC = {
    "index.html": "text/html",
    "page.css": "text/css",
    "reading.css": "text/css",
    "icon.svg": "image/svg+xml",
} | dict.fromkeys(
    [
        f"{name}.js"
        for name in ("page", "talk", "lists", "post", "menu", "trial", "reading", "thread", "bubble", "text")
    ],
    "text/javascript",
)
SHOWN_IMAGES = frozenset({"image/png", "image/jpeg"})

Handler = Callable[[World, Request], Awaitable[Response]]


class Gate:
    """Refuses requests that come from pages of other servers or under another name, and adds security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 403."""
        headers = Headers(scope=scope)

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        if is_own_request(headers.get("host"), headers.get("origin")):
            await self._app(scope, receive, secured)
        else:
            await botapi.refuse(Refusal(403, "Forbidden: not a request to this machine"))(scope, receive, secured)


def create_app(world: World, *, strict: bool = True) -> ASGIApp:
    """The application around a world; with ``strict`` unknown parameters of Bot API calls are refused."""

    def bound(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return await handler(world, request)

        return endpoint

    async def call(request: Request) -> Response:
        return await botapi.answer(world, request, strict=strict)

    routes = [
        Route("/", _index),
        Route("/static/{name}", _static),
        Route("/sandbox/files/{file_id}", bound(_show_file)),
        Route("/sandbox/api/state", bound(control.state)),
        Route("/sandbox/api/messages", bound(control.messages)),
        Route("/sandbox/api/changes", bound(control.changes)),
        Route("/sandbox/api/sends", bound(control.sends)),
        Route("/sandbox/api/pulse", bound(control.pulse)),
        Route("/sandbox/api/reading", bound(control.reading)),
        Route("/sandbox/api/{action}", bound(control.act), methods=["POST"]),
        Route("/file/bot{token}/{path:path}", bound(botapi.download)),
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
    ]
    return Gate(Starlette(routes=routes))


async def _index(_request: Request) -> Response:
    return _file("index.html")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    return _file(name) if name in STATIC else Response(status_code=404)


def _file(name: str) -> Response:
    data = files("bot.sandbox").joinpath("static", name).read_bytes()
    return Response(data, media_type=STATIC[name])


async def _show_file(world: World, request: Request) -> Response:
    """A photo for the page to show; anything else only to be saved."""
    stored = world.files.get(request.path_params["file_id"])
    if stored is None:
        return Response(status_code=404)
    if stored.mime in SHOWN_IMAGES:
        return Response(stored.data, media_type=stored.mime)
    headers = {"Content-Disposition": "attachment"}
    return Response(stored.data, media_type="application/octet-stream", headers=headers)
