"""A copy of the bot without models, or a worker, on a PostgreSQL database that others work with too; it may be killed.

`python shared_bot.py copy DATABASE_URL SERVER_URL NOW` or `python shared_bot.py worker DATABASE_URL`.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from random import Random

import structlog
from half_bot import FAST

from bot.clock import Clock
from bot.delivery.sender import Sender
from bot.delivery.shared_limiter import SharedLimiter
from bot.delivery.tick import Tick
from bot.health import Pulse
from bot.leading import Leading
from bot.logs import configure_logs
from bot.metrics import Metrics
from bot.newsroom.asking import AskedReader
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.press.edition import render_edition
from bot.reading_worker import work
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_TOKEN
from bot.settings import Settings
from bot.store import Bell, Store
from bot.store.line import Line
from bot.telegram.application import build_application, build_bot, connect
from bot.telegram.desk_context import Desk
from bot.telegram.inbox import PollingInbox
from bot.telegram.worker import Worker
from models.api import Article, Reading


class SlowReader(PlainReader):
    """Takes a moment for each article, so that it is killed amidst a batch."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        time.sleep(0.03 * len(articles))
        return super().read(articles)


async def copy(url: str, server_url: str, now: datetime) -> None:
    """All of the bot but its models, which are the workers'; it leads when it may."""
    clock = Clock()
    clock.advance_to(now)
    store = await Store.open(url)
    editions = EditionDesk(store, AskedReader(store, clock), clock)
    bot = build_bot(SAMPLE_TOKEN, f"{server_url}/bot", f"{server_url}/file/bot")
    application = build_application(bot, Desk(store=store, editions=editions, defaults=Defaults(), clock=clock))
    await connect(application, Random(1))
    posts = PostDesk(Channels([SAMPLE_CHANNEL_ID]), clock)
    worker = Worker(store, application, posts, clock, on_articles=lambda: None)
    store.on(Bell.INBOX, worker.wake)
    works = {
        "inbox": PollingInbox(store, bot, clock, worker.wake, random=Random(1), poll_s=1).run,
        "worker": worker.run,
    }
    tick = Tick(store, editions.compose_for, render_edition, clock)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Sender(store, bot, SharedLimiter(FAST), clock).run())
        tasks.create_task(Line(store, url).run(Leading(works, [tick], Pulse(), tick_s=0.2).run))
        structlog.get_logger().info("at_work")


if __name__ == "__main__":
    configure_logs(style="console", level="info", secret=None)
    if sys.argv[1] == "copy":
        asyncio.run(copy(sys.argv[2], sys.argv[3], datetime.fromisoformat(sys.argv[4])))
    else:
        settings = Settings(database_url=sys.argv[2])
        asyncio.run(work(settings, SlowReader(), Clock(), Metrics("test"), memory=lambda: 0))
