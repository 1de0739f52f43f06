"""Serves the one port of a process: /healthz, /readyz and /metrics for machines, and of the bot what else is chosen."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from bot.errors import Fatal
from bot.health import Health


def health_routes(health: Health) -> list[BaseRoute]:
    """``GET /healthz``: 200 while all parts are well, 503 otherwise; ``GET /readyz``: 200 once all have been at work.

    Both answer ``{"status": "well" | "ill" | "starting", "ill": {part: reason}, "parts": [...]}``.
    """

    def answer(status: str, *, good: bool) -> JSONResponse:
        ill = {str(part): reason for part, reason in health.ill.items()}
        body = {"status": "ill" if ill else status, "ill": ill, "parts": [str(part) for part in health.parts]}
        return JSONResponse(body, 200 if good else 503, headers={"Cache-Control": "no-store"})

    async def healthz(_: Request) -> JSONResponse:
        return answer("well", good=not health.ill)

    async def readyz(_: Request) -> JSONResponse:
        ready = health.ready
        return answer("well" if ready else "starting", good=ready)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


@contextlib.asynccontextmanager
async def serving(routes: Sequence[BaseRoute], host: str, port: int) -> AsyncIterator[int]:
    """The routes, answered for as long as the block lasts; gives the port.

    Raises:
        Fatal: ``web_port_taken``.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise Fatal(
            "web_port_taken", f"{host}:{port} cannot be listened on ({error.strerror}): set web.port to another."
        ) from error
    config = uvicorn.Config(
        Starlette(routes=list(routes)),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]), name="web")
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """uvicorn in the bot's own event loop, which has the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave SIGINT and SIGTERM alone."""
        yield
