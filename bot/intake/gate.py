"""The one door to the web: fetches a page for reading, from public addresses only, and never more than it should."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass

import httpx

from bot.errors import Retryable, Skip
from bot.intake.addresses import is_denied
from bot.intake.body import DOCUMENTS, media_type, read_body
from bot.observer import NOBODY, Observer

MAX_REDIRECTS = 3
TIMEOUT_S = 15.0
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"}) | DOCUMENTS
FEEDS = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
        "text/plain",
        "text/html",
    }
)
"""Feeds are served under the type of pages by more servers than not."""
USER_AGENT = "Sitrep/1 (news digest bot; reads pages that channels link to)"
AGENT = "Sitrep"
"""The name that a robots.txt may speak of."""

_PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_UNCHANGED = 304
_SERVER_TROUBLE = 500
_TOO_MANY = 429

Resolve = Callable[[str, int], Awaitable[list[str]]]
Visit = Callable[[httpx.URL], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page's version, to be told to it when the page is asked for again."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address it came from after redirects, its bytes, and the type the server named.

    ``unchanged``: the server says that nothing is new since the version of the validators; there is no body.
    """

    url: str
    body: bytes
    content_type: str
    validators: Validators = Validators()
    unchanged: bool = False


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
        timeout_s: For all of one fetch, redirects and body included, waiting for a turn at a host not.
        visit: Held around each request: who else may ask the same host meanwhile, and whether it may be asked at all.
        observer: Is told how each fetch ended.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        denied: Callable[[str], bool] = is_denied,
        ports: Collection[int] = _PORTS,
        timeout_s: float = TIMEOUT_S,
        visit: Visit = lambda _: nullcontext(),
        observer: Observer = NOBODY,
    ) -> None:
        self._resolve = resolve
        self._denied = denied
        self._ports = ports
        self._timeout_s = timeout_s
        self._visit = visit
        self._observer = observer

    def polite(self, visit: Visit) -> Gate:
        """The same gate, each of whose requests is made under ``visit``."""
        return Gate(
            resolve=self._resolve,
            denied=self._denied,
            ports=self._ports,
            timeout_s=self._timeout_s,
            visit=visit,
            observer=self._observer,
        )

    async def fetch(self, url: str, *, kinds: Collection[str] = PAGES, known: Validators = Validators()) -> Page:
        """Fetch a page.

        Args:
            url: Where it is.
            kinds: The media types that may come.
            known: Of the version that is here already, where there is one.

        Raises:
            Skip: the address, a redirect, the type or the size is refused, or the server says there is no such page.
            Retryable: the network or the server failed, or it took longer than the time allowed.
        """
        try:
            page = await self._fetch(url, kinds, known)
        except (Skip, Retryable) as error:
            self._observer.fetched(error.code)
            raise
        self._observer.fetched("unchanged" if page.unchanged else "read")
        return page

    async def _fetch(self, url: str, kinds: Collection[str], known: Validators) -> Page:
        try:
            return await self._follow(url, kinds, known)
        except TimeoutError as error:
            raise Retryable("fetch_timeout", f"The page did not come within {self._timeout_s:g} s.") from error
        except httpx.HTTPError as error:
            raise Retryable("fetch_failed", "The page could not be fetched.", reason=type(error).__name__) from error

    async def _follow(self, url: str, kinds: Collection[str], known: Validators) -> Page:
        loop = asyncio.get_running_loop()
        left_s = self._timeout_s
        # A client without proxies from the environment; every hop comes back here to be checked.
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._timeout_s) as client:
            for _ in range(MAX_REDIRECTS + 1):
                target = self._checked(url)
                async with self._visit(target), asyncio.timeout(left_s):
                    began = loop.time()
                    address = await self._vetted(target)
                    async with self._asked(client, target, address, _headers(kinds, known)) as response:
                        if response.status_code not in _REDIRECTS:
                            return await _page(target, response, kinds)
                        url = _next(target, response)
                    left_s -= loop.time() - began
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
    async def _asked(
        self, client: httpx.AsyncClient, target: httpx.URL, address: str, headers: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """Ask the very address that was vetted, under the name that was asked for."""
        request = client.build_request(
            "GET",
            target.copy_with(host=address),
            headers={**headers, "host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": target.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()


def _headers(kinds: Collection[str], known: Validators) -> dict[str, str]:
    told = {"if-none-match": known.etag, "if-modified-since": known.modified}
    return {
        "accept": ", ".join(sorted(kinds)),
        "accept-encoding": "gzip",
        "user-agent": USER_AGENT,
        **{name: value for name, value in told.items() if value},
    }


def _port(target: httpx.URL) -> int:
    return target.port or _DEFAULT_PORTS[target.scheme]


def _next(target: httpx.URL, response: httpx.Response) -> str:
    try:
        return str(target.join(response.headers.get("location", "")))
    except (httpx.InvalidURL, ValueError) as error:
        raise Skip("url_refused", "The page redirects to something that is not an address.") from error


async def _page(target: httpx.URL, response: httpx.Response, kinds: Collection[str]) -> Page:
    status = response.status_code
    if status >= _SERVER_TROUBLE or status == _TOO_MANY:
        raise Retryable("fetch_status", f"The page's server answered {status}.", status=status)
    validators = Validators(_plain(response, "etag"), _plain(response, "last-modified"))
    if status == _UNCHANGED:
        return Page(str(target), b"", "", validators, unchanged=True)
    if status != _OK:
        raise Skip("fetch_status", f"The page's server answered {status}.", status=status)
    body = await read_body(response, kinds)
    return Page(str(target), body, media_type(response) or "text/html", validators)


def _plain(response: httpx.Response, name: str) -> str | None:
    """A header that may be said again as it came: of printable ASCII, and no longer than such things are."""
    value = str(response.headers.get(name, "")).strip()
    return value if 0 < len(value) <= 200 and value.isascii() and value.isprintable() else None


async def fetch(url: str) -> Page:
    """Fetch a page through the gate; see :meth:`Gate.fetch`."""
    return await Gate().fetch(url)
