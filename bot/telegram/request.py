"""Carries the library's calls to Telegram, without what they need none of: cookies, redirects, logging in, compression."""

from __future__ import annotations

import functools
import ssl
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

KEPT_S = 3.0
"""How long a connection is kept that nobody uses: less than any server keeps it. One that is used in the moment in which the
server closes it leaves a message in doubt; with 5 s on both sides that was one in 2,000 on a busy machine."""


class DirectRequest(BaseRequest):
    """A request that goes straight to httpx's transport, at about three quarters of the processor time of the library's own.

    Errors are raised as ``telegram.request.HTTPXRequest`` raises them, with httpx's own as their cause.

    Args:
        connections: How many there may be at once.
        connect_s: Seconds to wait for a connection.
        answer_s: Seconds to wait for an answer, for room to write, and for one of the connections.
        proxy: The proxy to go through, if any.
    """

    def __init__(self, connections: int, *, connect_s: float, answer_s: float, proxy: str | None = None) -> None:
        self._limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEPT_S)
        self._proxy = proxy
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._transport: httpx.AsyncHTTPTransport | None = self._made()

    def _made(self) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=_certificates(), limits=self._limits, proxy=self._proxy)

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._answer_s

    async def initialize(self) -> None:
        """Get ready again after a shutdown."""
        self._transport = self._transport or self._made()

    async def shutdown(self) -> None:
        """Let go of the connections."""
        if self._transport is not None:
            transport, self._transport = self._transport, None
            await transport.aclose()

    async def do_request(  # noqa: PLR0917  as the library has it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; returns the status and the body of the answer."""
        if self._transport is None:
            raise RuntimeError("This DirectRequest is not initialized!")
        asked = {"connect": connect_timeout, "read": read_timeout, "write": write_timeout, "pool": pool_timeout}
        usual = {"connect": self._connect_s, "read": self._answer_s, "write": self._answer_s, "pool": self._answer_s}
        try:
            request = httpx.Request(
                method,
                url,
                headers={"User-Agent": self.USER_AGENT},
                data=request_data.json_parameters if request_data else None,
                files=request_data.multipart_data if request_data else None,
                extensions={
                    "timeout": {
                        name: usual[name] if seconds is self.DEFAULT_NONE else seconds
                        for name, seconds in asked.items()
                    }
                },
            )
            response = await self._transport.handle_async_request(request)
            try:
                return response.status_code, await response.aread()
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError(f"httpx.{type(error).__name__}: {error}") from error


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust, read once: it takes longer than all else that a request is made of."""
    return httpx.create_ssl_context()


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for an address; None where there is none."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
