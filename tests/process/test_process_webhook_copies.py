"""Two copies of the bot behind one webhook address: whichever an update is posted to, it has one effect, in its chat's order."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SandboxServer
from bot.store import Store
from bot.web import serving

pytestmark = pytest.mark.process

ASKED = 12


class Balancer:
    """Hands what Telegram posts to two copies in turn, and every third update to both, as where an answer was lost."""

    def __init__(self, ports: tuple[int, int]) -> None:
        self.ports = ports
        self.taken: Counter[int] = Counter()
        self.updates = 0
        self._http = httpx.AsyncClient(trust_env=False)

    async def answer(self, request: Request) -> Response:
        body, turn = await request.body(), self.updates
        first, second = self.ports[turn % 2], self.ports[1 - turn % 2]
        status = 503
        for port in (first, second) if turn % 3 == 2 else (first,):
            url = f"http://127.0.0.1:{port}/webhook"
            answer = await self._http.post(url, content=body, headers=dict(request.headers))
            status = answer.status_code
            self.taken[port] += status == 200
        self.updates += 1
        return Response(status_code=status)

    async def close(self) -> None:
        await self._http.aclose()


def ports(count: int) -> list[int]:
    """Ports that are free, each another."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    found = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return found


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    first, second = ports(2)
    balancer = Balancer((first, second))
    yield balancer
    await balancer.close()


@pytest.fixture
async def copies(
    sandbox: SandboxServer, tmp_path: Path, postgres_url: str, balancer: Balancer, port: int
) -> AsyncIterator[list[BotProcess]]:
    """Both at work, behind the balancer's address."""
    found = []
    async with serving([Route("/webhook", balancer.answer, methods=["POST"])], "127.0.0.1", port):
        for own in balancer.ports:
            folder = tmp_path / str(own)
            folder.mkdir()
            bot = BotProcess(
                sandbox,
                folder,
                SITREP_DATABASE_URL=postgres_url,
                SITREP_MODELS__IN_BOT="false",
                SITREP_WEB__PORT=str(own),
                SITREP_WEBHOOK__URL=f"http://127.0.0.1:{port}/webhook",
                SITREP_WEBHOOK__SECRET="a-word-that-nobody-guesses",
            )
            found.append(bot)
            await bot.start()
            async with asyncio.timeout(PATIENCE_S):
                while "bot_started" not in bot.log:
                    bot.must_live()
                    await asyncio.sleep(0.05)
        yield found
        for bot in found:
            await bot.stop()


async def test_updates_posted_to_both_have_one_effect_each_and_keep_the_order_of_their_chat(
    people: SandboxClient, copies: list[BotProcess], balancer: Balancer, postgres_url: str
) -> None:
    await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    before = len(await people.chat(SAMPLE_READER))
    for number in range(ASKED):
        await people.say(SAMPLE_READER, f"/follow word{chr(ord('a') + number)}")
        await people.post(SAMPLE_CHANNEL_ID, f"Harbour {number} opens\n\nHarbour {number} opened on Tuesday.")
    last = f"word{chr(ord('a') + ASKED - 1)}"
    await people.wait_for(SAMPLE_READER, lambda seen: seen.from_bot and last in seen.text, PATIENCE_S)
    answers = [seen.text for seen in (await people.chat(SAMPLE_READER))[before:] if seen.from_bot]
    assert len(answers) == ASKED
    for number, text in enumerate(answers):
        said = [f"word{chr(ord('a') + other)}" for other in range(ASKED)]
        assert [word in text for word in said] == [other <= number for other in range(ASKED)], (number, text)
    async with asyncio.timeout(PATIENCE_S):
        while (await people.state())["pending_updates"]:  # noqa: ASYNC110  the server is asked over HTTP
            await asyncio.sleep(0.05)
    store = await Store.open(postgres_url)
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with store.read() as tx:
                if not await tx.inbox.waiting():
                    counts = await tx.articles.counts()
                    break
            await asyncio.sleep(0.05)
    await store.close()
    assert counts == {"queued": ASKED}, "a post that came to both is one article"
    assert min(balancer.taken[port] for port in balancer.ports) >= ASKED, "both took updates"
    assert sum(balancer.taken.values()) > balancer.updates, "some came to both"
    assert ["leading_began" in bot.log for bot in copies] == [True, False]
