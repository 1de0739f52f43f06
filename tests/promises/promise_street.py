"""A sandbox full of readers, news for them, and lives of the bot that a proof may end at any moment."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from daily import subscriber

from bot.newsroom.doubles import PlainReader
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.sandbox.account import Sent
from bot.sandbox.server import SandboxServer
from bot.store import State, Store, Subscriber
from models.api import Article

_HALF_BOT = Path(__file__).with_name("half_bot.py")

PATIENCE_S = 120


def database(folder: Path) -> str:
    """Where a proof keeps its database."""
    return f"sqlite+aiosqlite:///{folder / 'sitrep.db'}"


async def settle_in(store: Store, subscribers: Iterable[Subscriber]) -> None:
    """Have the store know these readers."""
    async with store.begin() as tx:
        for one in subscribers:
            await tx.subscribers.save(one)


async def move_in(server: SandboxServer, store: Store, readers: int, due: datetime) -> list[int]:
    """So many new people who have started the bot and subscribed."""
    people = [server.world.add_user(f"Reader {number}", started=True).id for number in range(readers)]
    await settle_in(store, (subscriber(chat_id, due) for chat_id in people))
    return people


async def file_news(store: Store, words: Sequence[str], now: datetime) -> None:
    """File one story for each word, told with it and with no other."""
    loop = ReadingLoop(store, room := ThreadedReader(PlainReader()), lambda: now)
    async with store.begin() as tx:
        for word in words:
            article = Article(
                key=f"-100:{word}",
                title=f"{word} opens its {word.lower()}hall",
                text=f"{word} opened the {word.lower()}hall. {word} {word.lower()}ers came to {word.lower()}burg.",
                published=now - timedelta(minutes=5),
                outlet="Orland Wire",
                link=f"https://t.me/orland/{len(word)}",
            )
            await tx.articles.queue(article, now, now)
    while await loop.run_once():
        pass
    room.close()


async def is_done(store: Store, now: datetime) -> bool:
    """Whether nobody is due and nothing is under way."""
    async with store.read() as tx:
        counts = await tx.outbox.counts()
        return not counts[State.QUEUED] and not counts[State.SENDING] and not await tx.subscribers.due(now, 1)


async def until(holds: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(patience_s):
        while not holds():  # noqa: ASYNC110  another process makes it so
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def life(folder: Path, server: SandboxServer, now: datetime) -> AsyncIterator[asyncio.subprocess.Process]:
    """One life of half a bot, ended by SIGKILL."""
    command = (sys.executable, str(_HALF_BOT), database(folder), server.root_url, now.isoformat())
    with (folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(*command, stderr=log, stdin=asyncio.subprocess.DEVNULL)
    try:
        yield process
        assert process.returncode is None, (folder / "log.txt").read_text(encoding="utf-8")[-3000:]
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def arrived(sends: Sequence[Sent]) -> list[Sent]:
    """What of it reached a chat, whether the bot was told so or not."""
    return [sent for sent in sends if sent.message_id is not None]


def chat_of(sent: Sent) -> int:
    """Where it went."""
    assert isinstance(sent.chat_id, int)
    return sent.chat_id


def text_of(sent: Sent) -> str:
    """What a message says."""
    return str(sent.params["text"])
