"""How near the sender comes to what Telegram allows, what a message costs, and how long readers who ask wait meanwhile.

`python -m bench.delivery [CHATS]` has a whole bot tell so many chats (2,000; 20,000 take eleven minutes) against a sandbox as strict
as Telegram's documentation, and prints the rate as a share of 30 a second, the refusals (429), processor time per message beside
that of a bare loop of python-telegram-bot, and the 95th percentile of /help, by the server's clock.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from datetime import time as hour_of_day
from pathlib import Path
from random import Random

from bot.newsroom.doubles import PlainReader
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.sandbox.account import Sent
from bot.sandbox.server import SAMPLE_TOKEN, STRICT_LIMITS, SandboxServer
from bot.store import Store, Subscriber
from bot.telegram.application import build_bot
from models.api import Article

ASKED = 60
"""Readers who say /help during the broadcast."""

PATIENCE_S = 180.0
WARM_UP = 60
"""Messages before the processor's time is taken: starting is not sending."""


async def fill(store: Store, chats: list[int], now: datetime) -> None:
    """A morning's news, and so many readers who are due."""
    async with store.begin() as tx:
        for place in ("Abelin", "Brovka", "Cindra", "Dorvik"):
            text = f"{place} opened its harbour on Monday. {len(place) * 100} ships wait in {place} for a berth, the port said."
            link = f"https://t.me/orland/{len(place)}"
            article = Article(
                key=place, title=f"{place} opens its harbour", text=text, published=now, outlet="Orland Wire", link=link
            )
            await tx.articles.queue(article, now, now)
        for chat_id in chats:
            reader = Subscriber(
                chat_id=chat_id,
                kind="private",
                language="en",
                subscribed=True,
                active=True,
                topics=frozenset(),
                times=(hour_of_day(now.hour, now.minute),),
                zone="UTC",
                watermark=now - timedelta(days=1),
                next_due_at=now,
                created_at=now,
            )
            await tx.subscribers.save(reader)
    room = ThreadedReader(PlainReader())
    await ReadingLoop(store, room, lambda: now).run_once()
    room.close()


def processor_s(pid: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def until_sent(server: SandboxServer, count: int) -> None:
    """Wait for so many sends."""
    async with asyncio.timeout(PATIENCE_S + count / 20):
        while len(server.world.sends) < count:  # noqa: ASYNC110  another process sends
            await asyncio.sleep(0.02)


async def broadcast(count: int) -> tuple[list[Sent], list[float], float]:
    """All sends to the chats that were told, how long each /help waited (s), and processor seconds of a message."""
    random = Random(1)
    async with SandboxServer(limits=STRICT_LIMITS) as server:
        world = server.world
        chats = [world.add_user(f"Reader {number}", started=True).id for number in range(count)]
        askers = [world.add_user(f"Asker {number}", started=True) for number in range(ASKED)]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "sitrep.db"
            store = await Store.open(f"sqlite+aiosqlite:///{file}")
            await fill(store, chats, datetime.now(UTC) - timedelta(minutes=2))
            await store.close()
            environment = os.environ | {
                "SITREP_TOKEN": SAMPLE_TOKEN,
                "SITREP_BASE_URL": server.base_url,
                "SITREP_BASE_FILE_URL": server.base_file_url,
                "SITREP_DATABASE_URL": f"sqlite:///{file}",
                "SITREP_LOG_LEVEL": "error",
                "SITREP_MODELS__THREADS": "1",
            }
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
            await until_sent(server, WARM_UP)
            begun = processor_s(process.pid)
            length_s = (count - 2 * WARM_UP) / 30
            said: dict[int, float] = {}
            moments = sorted(random.uniform(0, 0.9 * length_s) for _ in askers)
            for asker, before, moment in zip(askers, [0.0, *moments], moments, strict=False):
                await asyncio.sleep(moment - before)
                said[asker.id] = time.monotonic()
                world.say(asker, "/help")
            await until_sent(server, count + ASKED)
            spent = (processor_s(process.pid) - begun) / (count + ASKED - WARM_UP)
            process.terminate()
            await process.wait()
        asked = {
            sent.chat_id: sent.at_s for sent in world.sends if sent.chat_id in said and sent.message_id is not None
        }
        told = [sent for sent in world.sends if sent.chat_id not in said]
        return told, sorted(asked[chat_id] - said[chat_id] for chat_id in said), spent


async def bare(url: str, chat_id: int, messages: int, params: dict[str, object]) -> None:
    """In a process of its own: print the processor seconds of a message that the library sends, one after another."""
    async with build_bot(SAMPLE_TOKEN, f"{url}/bot", f"{url}/file/bot") as bot:
        for _ in range(WARM_UP):
            await bot.send_message(chat_id, str(params["text"]))
        begun = resource.getrusage(resource.RUSAGE_SELF)
        for _ in range(messages):
            await bot.send_message(chat_id, str(params["text"]), api_kwargs={"entities": params.get("entities", [])})
        used = resource.getrusage(resource.RUSAGE_SELF)
    print((used.ru_utime - begun.ru_utime + used.ru_stime - begun.ru_stime) / messages)


async def bare_cost(params: dict[str, object], messages: int) -> float:
    """Processor seconds of a message sent by a bare loop of the library, with nothing kept and nothing limited."""
    async with SandboxServer(limits=None) as server:
        reader = server.world.add_user("Reader", started=True)
        arguments = (server.root_url, str(reader.id), str(messages), json.dumps(params))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.delivery", "--bare", *arguments, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await process.communicate()
    return float(printed)


async def main(count: int) -> None:
    """Measure and print."""
    told, waited, spent = await broadcast(count)
    params = {name: value for name, value in told[0].params.items() if name in {"text", "entities"}}
    floor = await bare_cost(params, 500)
    took = told[-1].at_s - told[0].at_s
    refused = sum(sent.outcome == "429" for sent in told)
    rate = (len(told) - 1 + ASKED) / took
    print(
        f"{count:,} chats told in {took:.1f} s, {ASKED} × /help meanwhile: {rate:.2f} messages a second, {rate / 30:.3f} of 30"
    )
    print(f"refused by the strict server (429): {refused}")
    print(
        f"/help: p50 {waited[len(waited) // 2]:.2f} s, p95 {waited[int(len(waited) * 0.95)]:.2f} s, longest {waited[-1]:.2f} s"
    )
    print(f"processor: {1000 * spent:.2f} ms a message, bare library {1000 * floor:.2f} ms: {spent / floor:.2f} ×")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        asyncio.run(bare(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
