"""How the bot behaves at other people's doors: it asks what it may read, comes one at a time, and not at once again."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from bot.errors import Retryable, Skip
from bot.intake.gate import AGENT, Gate
from bot.intake.robots import Robots, read_robots

ROBOTS_HOLD = timedelta(hours=24)
"""RFC 9309, 2.4: a robots.txt is not to be used for longer than a day."""
_ROBOTS_CHARS = 500 * 1024
"""RFC 9309, 2.5: at least so much of it is to be read."""
_MAX_HOSTS = 1000
_MAX_RULES = 50_000
"""Lines of robots.txt held in all, some 20 MB of them; what comes beyond costs the hosts that were left longest ago."""
_LONGEST_PAUSE_S = 10.0
_PRIVATE = "address_refused"


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots: Robots | None = None
    asked_at: datetime | None = None
    left_at: float | None = None

    @property
    def rules(self) -> int:
        """How many rules are held."""
        return 0 if self.robots is None else len(self.robots.rules)


class Manners:
    """What a visit to each host takes; of hosts that were not visited lately nothing is remembered.

    Args:
        gate: What robots.txt is fetched through.
        clock: Aware UTC.
        pause_s: Between two requests to one host, unless its robots.txt asks for more.
    """

    def __init__(self, gate: Gate, clock: Callable[[], datetime], *, pause_s: float = 1.0) -> None:
        self._gate = gate
        self._clock = clock
        self._pause_s = pause_s
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def visit(self, target: httpx.URL) -> AsyncIterator[None]:
        """Wait for a turn at the host and hold it.

        Raises:
            Skip: ``robots_refused``: its robots.txt does not want this page read.
            Retryable: its robots.txt cannot be had, which RFC 9309 takes for a no until it can.
        """
        host = self._host(target)
        async with host.turn:
            robots = await self._robots(host, target)
            if not robots.allow(target.raw_path.decode("ascii")):
                raise Skip("robots_refused", f"{target.host} does not want this page to be read by programs.")
            await self._pause(host, robots)
            try:
                yield
            finally:
                host.left_at = asyncio.get_running_loop().time()

    def _host(self, target: httpx.URL) -> _Host:
        origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
        host = self._hosts.setdefault(origin, _Host())
        self._hosts.move_to_end(origin)
        return host

    def _forget(self) -> None:
        """Forget the hosts that were left longest ago, where there are too many or they have too many rules."""
        rules = sum(host.rules for host in self._hosts.values())
        for name, host in list(self._hosts.items()):
            if len(self._hosts) <= _MAX_HOSTS and rules <= _MAX_RULES:
                return
            if not host.turn.locked():
                rules -= host.rules
                del self._hosts[name]

    async def _robots(self, host: _Host, target: httpx.URL) -> Robots:
        now = self._clock()
        if host.robots is not None and host.asked_at is not None and now - host.asked_at < ROBOTS_HOLD:
            return host.robots
        address = target.copy_with(raw_path=b"/robots.txt")
        try:
            page = await self._gate.fetch(str(address), kinds={"text/plain", "text/html"})
            is_text = page.content_type == "text/plain"
            text = page.body.decode("utf-8", "replace")[:_ROBOTS_CHARS] if is_text else ""
        except Skip as skip:
            if skip.code == _PRIVATE:
                raise
            text = ""  # RFC 9309, 2.3.1.3: what cannot be had for good forbids nothing
        except Retryable as error:
            raise Retryable("robots_unreachable", f"{target.host} does not say what may be read.") from error
        host.robots, host.asked_at = read_robots(text, AGENT), now
        self._forget()
        return host.robots

    async def _pause(self, host: _Host, robots: Robots) -> None:
        if host.left_at is None:
            return
        pause_s = max(self._pause_s, min(robots.delay_s, _LONGEST_PAUSE_S))
        left_s = host.left_at + pause_s - asyncio.get_running_loop().time()
        if left_s > 0:
            await asyncio.sleep(left_s)
