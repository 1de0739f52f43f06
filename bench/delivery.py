"""How near the sender comes to what Telegram allows, what a message costs, and how long readers who ask wait meanwhile.

`python -m bench.delivery [CHATS]` has a whole bot tell so many chats (2,000; 20,000 take eleven minutes) against a sandbox as strict
as Telegram's documentation, and prints the rate as a share of 30 a second, the refusals (429), processor time per message beside
that of a bare loop of python-telegram-bot, and the 95th percentile of /help, by the server's clock. What came of it is written into
docs/reliability.md, in place of the last run of that size.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from telegram import Bot
from telegram.request import HTTPXRequest

from bench.findings import Finding, row
from bench.people import daily_reader
from bot.newsroom.doubles import PlainReader
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.sandbox.account import Sent
from bot.sandbox.server import SAMPLE_TOKEN, STRICT_LIMITS, SandboxServer
from bot.store import Store
from models.api import Article

LIMIT = 30
"""Messages a second that Telegram allows."""

ASKED = 60
"""Readers who say /help during the broadcast."""

PATIENCE_S = 180.0
WARM_UP = 60
"""Messages before the processor's time is taken: starting is not sending."""

BARE = 400
"""Messages of a bare loop, before the broadcast and after it: what else the machine does weighs on both."""

_PAGE = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
_BEGIN, _END = "<!-- broadcasts -->", "<!-- end of broadcasts -->"
_HEAD = """
| chats | date | load of the machine | rate, of 30 a second | refused (429) | p95 of /help | processor, a message | bare `send_message` loop |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


SAMPLE: dict[str, object] = {
    "text": "Orland Wire: the harbour opens\n" * 13,
    "entities": [
        {"type": "text_link", "offset": 31 * line, "length": 11, "url": "https://t.me/orland/6"} for line in range(13)
    ],
    "link_preview_options": {"is_disabled": True},
    "reply_markup": {
        "inline_keyboard": [[{"text": f"Button {n}", "callback_data": f"1:ed:more/{n}"}] for n in range(5)]
    },
}
"""A message as large as the editions that are told here."""


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
            await tx.subscribers.save(daily_reader(chat_id, now, now))
    room = ThreadedReader(PlainReader())
    await ReadingLoop(store, room, lambda: now).run_once()
    room.close()


def processor_s(pid: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def until_sent(server: SandboxServer, count: int) -> None:
    """Wait for so many sends."""
    async with asyncio.timeout(PATIENCE_S + count / 10):
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
    text, rest = str(params.pop("text")), params
    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    async with Bot(
        SAMPLE_TOKEN, f"{url}/bot", f"{url}/file/bot", request=requests[0], get_updates_request=requests[1]
    ) as bot:
        for _ in range(WARM_UP):
            await bot.send_message(chat_id, text)
        begun = resource.getrusage(resource.RUSAGE_SELF)
        for _ in range(messages):
            await bot.send_message(chat_id, text, api_kwargs=dict(rest))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """What came of telling so many chats, and how busy the machine was.

    ``waited_s`` are the waits for /help, sorted; ``spent_s`` are processor seconds of a message, ``bare_s`` those of a bare
    loop of the library.
    """

    chats: int
    load: float
    took_s: float
    rate: float
    refused: int
    waited_s: tuple[float, ...]
    spent_s: float
    bare_s: float

    def waited(self, share: float) -> float:
        """The wait that this share of those who asked did not exceed."""
        return self.waited_s[min(int(len(self.waited_s) * share), len(self.waited_s) - 1)]


async def observe(count: int) -> Broadcast:
    """Tell so many chats and look on."""
    before = await bare_cost(SAMPLE, BARE)
    told, waited, spent = await broadcast(count)
    load = os.getloadavg()[0 if count < 5_000 else 1]
    params = {name: value for name, value in told[0].params.items() if name != "chat_id"}
    took = told[-1].at_s - told[0].at_s
    return Broadcast(
        chats=count,
        load=load,
        took_s=took,
        rate=(len(told) - 1 + ASKED) / took,
        refused=sum(sent.outcome == "429" for sent in told),
        waited_s=tuple(waited),
        spent_s=spent,
        bare_s=(before + await bare_cost(params, BARE)) / 2,
    )


def measure(*, quick: bool) -> list[Finding]:
    """The table of this part."""
    seen = asyncio.run(observe(300 if quick else 2_000))
    cells: list[tuple[str, float | None]] = [
        ("messages/s", seen.rate),
        ("share of 30/s", seen.rate / LIMIT),
        ("refused (429)", seen.refused),
        ("/help p50 s", seen.waited(0.5)),
        ("/help p95 s", seen.waited(0.95)),
        ("processor ms a message", 1000 * seen.spent_s),
        ("bare library, ms", 1000 * seen.bare_s),
        ("x of the bare library", seen.spent_s / seen.bare_s),
    ]
    return row("Delivery to a server as strict as Telegram", f"{seen.chats:,} chats", cells)


async def main(count: int) -> None:
    """Measure, print and write down."""
    seen = await observe(count)
    share, p95 = seen.rate / LIMIT, seen.waited(0.95)
    ours, bare_ms, times = 1000 * seen.spent_s, 1000 * seen.bare_s, seen.spent_s / seen.bare_s
    print(
        f"{count:,} chats told in {seen.took_s:.1f} s, {ASKED} × /help meanwhile: {seen.rate:.2f} messages a second, "
        f"{share:.3f} of {LIMIT}"
    )
    print(f"refused by the strict server (429): {seen.refused}")
    print(f"/help: p50 {seen.waited(0.5):.2f} s, p95 {p95:.2f} s, longest {seen.waited_s[-1]:.2f} s")
    print(f"processor: {ours:.2f} ms a message, bare library {bare_ms:.2f} ms: {times:.2f} ×")
    write_down(
        count,
        f"{datetime.now(UTC):%Y-%m-%d}",
        f"{seen.load:.1f}",
        f"{share:.3f}",
        seen.refused,
        f"{p95:.2f} s",
        f"{ours:.2f} ms",
        f"{bare_ms:.2f} ms ({times:.2f} ×)",
    )


def write_down(count: int, *found: object) -> None:
    """Put a row into the page, by the number of chats, in place of an older one."""
    page = _PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    old, after = rest.split(_END)
    rows = {int(line.split("|")[1].replace(",", "")): line for line in old.splitlines() if line[2:3].isdigit()}
    rows[count] = "| " + " | ".join(str(cell) for cell in (f"{count:,}", *found)) + " |"
    lines = "".join(f"{rows[size]}\n" for size in sorted(rows))
    _PAGE.write_text(f"{before}{_BEGIN}{_HEAD}{lines}{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        asyncio.run(bare(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
