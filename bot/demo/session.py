"""Runs the very bot against the sandbox: the sample channels publish, a sample reader subscribes, the digest arrives."""

from __future__ import annotations

import asyncio
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from rich.console import Console
from rich.text import Text

from bot.app import Sitrep, reader_process, until_stopped
from bot.clock import Clock
from bot.demo.month import Month
from bot.demo.stage import READER, Programme, Stage
from bot.sandbox.client import SandboxClient
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.sandbox.terminal import render_message
from bot.settings import Settings

CHANNELS = {"harbor_wire": "Harbor Wire", "meridian_desk": "Meridian Desk"}
HELD_BACK = 3
"""So many of the sample posts are published after the first /summary, to have something new in the digest."""

MODELS_LOAD_S = 180
"""A slow machine may need this long to load the models for the first time."""

LAST_LINE = "Next edition"
"""Ends an edition, which may take more than one message."""

_NEXT_STEPS = """\
What to do next:
  1. Get a token: write to @BotFather in Telegram, /newbot.
  2. cp config.example.toml config.toml, and put in the token and your channels.
  3. Make the bot an administrator of each channel, and type make run again."""


@dataclass(frozen=True, slots=True)
class SamplePost:
    """A post of the sample channels."""

    channel: str
    text: str


def sample_posts() -> list[SamplePost]:
    """The sample posts, in the order they are published."""
    raw = tomllib.loads((files("bot.demo") / "posts.toml").read_text(encoding="utf-8"))
    return [SamplePost(channel=post["channel"], text=post["text"].strip()) for post in raw["post"]]


async def run_demo(settings: Settings, *, stay: bool) -> None:
    """Show the whole job; with ``stay``, go on serving the page until stopped.

    Raises:
        Fatal: ``port_taken``, naming the setting.
    """
    await until_stopped(_demo(settings, Console(), stay=stay))


async def run_sandbox(settings: Settings) -> None:
    """``sitrep sandbox``: the local Bot API server and its page until stopped.

    Raises:
        Fatal: ``port_taken``, naming the setting.
    """
    await until_stopped(_sandbox(settings, Console()))


async def _sandbox(settings: Settings, console: Console) -> None:
    async with SandboxServer(port=settings.sandbox.port, sample=False) as server:
        for username, title in CHANNELS.items():
            server.world.add_channel(title, username=username)
        server.world.add_user(READER)
        console.print(f"The page is at {server.page_url} and a bot is connected by:")
        for name, value in {
            "SITREP_TOKEN": SAMPLE_TOKEN,
            "SITREP_BASE_URL": server.base_url,
            "SITREP_BASE_FILE_URL": server.base_file_url,
            "SITREP_CHANNELS": _channel_setting(),
        }.items():
            console.print(f"export {name}={value}", highlight=False, soft_wrap=True)
        await server.serve_forever()


async def _demo(settings: Settings, console: Console, *, stay: bool) -> None:
    clock = Clock()
    port = settings.sandbox.port if stay else 0
    server = SandboxServer(port=port, clock=clock, advance_to=clock.advance_to, sample=False)
    async with server:
        with reader_process(settings) as models:
            await _perform(Stage(settings, server, clock, models), console, stay=stay)


async def _perform(stage: Stage, console: Console, *, stay: bool) -> None:
    """One programme after the other, each in a world of its own; the first alone unless told to ``stay``."""
    act: Today | Month = Today(stage, console)
    while True:
        stage.clock.set_to(act.begins)
        async with stage.bot(act.channels) as sitrep:
            await act.play(sitrep)
            if not stay:
                return
            if not console.quiet:
                _say_what_next(console, stage.server)
            wish = await stage.next_wish()
        console = Console(quiet=True)
        act = Month(stage) if wish is Programme.MONTH else Today(stage, console)


def _say_what_next(console: Console, server: SandboxServer) -> None:
    console.rule()
    console.print(f"The page is at {server.page_url} : post an article there, write to the bot. Ctrl-C ends it.")
    console.print(_NEXT_STEPS, highlight=False)


def _channel_setting() -> str:
    return ",".join(f"@{name}" for name in CHANNELS)


class Today:
    """The sample channels and the sample reader, on the day it is."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self._stage = stage
        self._console = console
        self.channels = CHANNELS
        self.begins = datetime.now(UTC)

    async def play(self, sitrep: Sitrep) -> None:
        """The whole conversation, up to the digest of the next morning."""
        self._stage.tell(Programme.TODAY, "playing")
        async with SandboxClient(self._stage.server.root_url) as client:
            await _Conversation(self._console, client, sitrep, self._stage).play()
        self._stage.tell(Programme.TODAY, "over")


class _Conversation:
    """What the sample channels and the sample reader do, printed as the reader sees it."""

    def __init__(self, console: Console, client: SandboxClient, sitrep: Sitrep, stage: Stage) -> None:
        self._console = console
        self._client = client
        self._sitrep = sitrep
        self._stage = stage

    async def play(self) -> None:
        posts = sample_posts()
        await self._publish(posts[:-HELD_BACK])
        for command in ("/start", "/subscribe", "/topics"):
            await self._ask(command)
        await self._everything_read()
        await self._ask("/summary")
        await self._publish(posts[-HELD_BACK:])
        await self._ask("/schedule 07:00 Europe/Kyiv")
        await self._everything_read()
        await self._next_morning()

    async def _publish(self, posts: list[SamplePost]) -> None:
        for post in posts:
            await self._client.post(post.channel, post.text)
            title = post.text.splitlines()[0]
            self._console.print(Text.assemble((CHANNELS[post.channel], "bold cyan"), " posts: ", title))

    async def _everything_read(self) -> None:
        with self._console.status("Reading the articles (the models load once, a few seconds) ..."):
            async with asyncio.timeout(MODELS_LOAD_S):
                await self._stage.all_read()

    async def _ask(self, text: str) -> None:
        self._console.print(Text.assemble("\n", (READER, "bold green"), f" writes: {text}"))
        self._show(await self._client.ask(READER, text))

    async def _next_morning(self) -> None:
        newest = (await self._client.chat(READER))[-1]
        last = newest.message_id
        async with self._sitrep.store.read() as tx:
            reader = await tx.subscribers.get(newest.chat_id)
        if reader is None or reader.next_due_at is None:
            raise RuntimeError("the sample reader is not subscribed")
        self._stage.wind(reader.next_due_at)
        self._console.print(Text(f"\nThe clock goes on to the next morning, {reader.next_due_at:%Y-%m-%d %H:%M} UTC."))
        end = await self._client.wait_for(READER, lambda message: LAST_LINE in message.text, after=last)
        for message in await self._client.chat(READER):
            if last < message.message_id <= end.message_id:
                self._show(message)

    def _show(self, message: SeenMessage) -> None:
        self._console.print(render_message(message))
