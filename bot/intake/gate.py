"""The one door to the web: fetches a page for reading, from public addresses only, and never more than it should."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.errors import Retryable, Skip
from bot.intake.addresses import is_denied

MAX_WIRE_BYTES = 2 * 1024 * 1024
MAX_BODY_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 3
TIMEOUT_S = 15.0
_PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GZIP_WINDOW = 31
_OK = 200
_SERVER_TROUBLE = 500
_TOO_MANY = 429
_HEADERS = {
    "accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5",
    "accept-encoding": "gzip",
    "user-agent": "Sitrep/1 (news digest bot)",
}

Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address it came from after redirects, its bytes, and the type the server named."""

    url: str
    body: bytes
    content_type: str


async def resolve(host: str, port: int) -> list[str]:
    """Every address a name stands for, asked once."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Gate:
    """Fetches pages. What it does not let through raises ``Skip``; what may work later raises ``Retryable``.

    Args:
        resolve: How a name becomes addresses.
        denied: Which addresses are refused.
        ports: Which ports may be asked.
        timeout_s: For all of one fetch, redirects and body included.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        denied: Callable[[str], bool] = is_denied,
        ports: Collection[int] = _PORTS,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._resolve = resolve
        self._denied = denied
        self._ports = ports
        self._timeout_s = timeout_s

    async def fetch(self, url: str) -> Page:
        """Fetch a page.

        Raises:
            Skip: the address, a redirect, the type or the size is refused, or the server says there is no such page.
            Retryable: the network or the server failed, or it took longer than the time allowed.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url)
        except TimeoutError as error:
            raise Retryable("fetch_timeout", f"The page did not come within {self._timeout_s:g} s.") from error
        except httpx.HTTPError as error:
            raise Retryable("fetch_failed", "The page could not be fetched.", reason=type(error).__name__) from error

    async def _follow(self, url: str) -> Page:
        # A client without proxies from the environment; every hop comes back here to be checked.
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._timeout_s) as client:
            for _ in range(MAX_REDIRECTS + 1):
                target = self._checked(url)
                async with self._asked(client, target, await self._vetted(target)) as response:
                    if response.status_code not in _REDIRECTS:
                        return await _page(target, response)
                    url = _next(target, response)
        raise Skip("fetch_redirects", f"The page redirects more than {MAX_REDIRECTS} times.")

    def _checked(self, url: str) -> httpx.URL:
        """The address, if its form is one that may be asked."""
        if any(char.isspace() or not char.isprintable() for char in url):
            raise Skip("url_refused", "An address of a page has no spaces.")
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise Skip("url_refused", "This is not an address of a page.") from error
        if target.scheme not in _DEFAULT_PORTS or not target.host or target.userinfo:
            raise Skip("url_refused", "Only http and https addresses without a user name are fetched.")
        if _port(target) not in self._ports:
            raise Skip("url_refused", "Only the ports 80 and 443 are fetched from.", port=_port(target))
        return target.copy_with(fragment=None)

    async def _vetted(self, target: httpx.URL) -> str:
        """The address to connect to: resolved once, refused if any answer is not public."""
        try:
            addresses = await self._resolve(target.raw_host.decode("ascii").strip("[]"), _port(target))
        except (OSError, UnicodeError) as error:
            raise Retryable(
                "fetch_unresolved", f"There is no server {target.host} to be found.", host=target.host
            ) from error
        if not addresses or any(map(self._denied, addresses)):
            raise Skip("address_refused", f"{target.host} is not on the public internet.", host=target.host)
        return addresses[0]

    @asynccontextmanager
    async def _asked(self, client: httpx.AsyncClient, target: httpx.URL, address: str) -> AsyncIterator[httpx.Response]:
        """Ask the very address that was vetted, under the name that was asked for."""
        headers = {**_HEADERS, "host": target.netloc.decode("ascii")}
        request = client.build_request(
            "GET",
            target.copy_with(host=address),
            headers=headers,
            extensions={"sni_hostname": target.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()


def _port(target: httpx.URL) -> int:
    return target.port or _DEFAULT_PORTS[target.scheme]


def _next(target: httpx.URL, response: httpx.Response) -> str:
    try:
        return str(target.join(response.headers.get("location", "")))
    except (httpx.InvalidURL, ValueError) as error:
        raise Skip("url_refused", "The page redirects to something that is not an address.") from error


async def _page(target: httpx.URL, response: httpx.Response) -> Page:
    status = response.status_code
    if status >= _SERVER_TROUBLE or status == _TOO_MANY:
        raise Retryable("fetch_status", f"The page's server answered {status}.", status=status)
    if status != _OK:
        raise Skip("fetch_status", f"The page's server answered {status}.", status=status)
    content_type = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if content_type not in {"text/html", "application/xhtml+xml", "text/plain", ""}:
        raise Skip("fetch_type", "The address leads to something that is not a page.", content_type=content_type)
    return Page(str(target), await _body(response), content_type)


async def _body(response: httpx.Response) -> bytes:
    """The body, inflated by us so that both its sizes can be bounded."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise Skip("fetch_encoding", "The page is packed in a way that was not asked for.", encoding=encoding)
    inflate = zlib.decompressobj(_GZIP_WINDOW) if encoding.endswith("gzip") else None
    body = bytearray()
    wire = 0
    async for chunk in response.aiter_raw():
        wire += len(chunk)
        if wire > MAX_WIRE_BYTES:
            raise Skip("fetch_too_large", "The page is larger than 2 MiB as sent.")
        try:
            body += chunk if inflate is None else inflate.decompress(chunk, MAX_BODY_BYTES + 1 - len(body))
        except zlib.error as error:
            raise Skip("fetch_damaged", "The page cannot be unpacked.") from error
        if len(body) > MAX_BODY_BYTES or (inflate is not None and inflate.unconsumed_tail):
            raise Skip("fetch_too_large", "The page is larger than 5 MiB.")
    return bytes(body)


async def fetch(url: str) -> Page:
    """Fetch a page through the gate; see :meth:`Gate.fetch`."""
    return await Gate().fetch(url)
