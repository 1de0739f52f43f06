"""The news of a month, invented and filed by the very code that files the bot's: for measurements that need a store as it grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as hour_of_day
from random import Random

import numpy as np

from bench.people import daily_reader
from bot.desk.topics import TOPICS
from bot.newsroom.deadlines import enter_deadlines
from bot.newsroom.doubles import PlainReader
from bot.newsroom.ledger import enter_figures
from bot.store import Store, Subscriber, Transaction, Wishes
from models.api import VECTOR_SIZE, Article, Reading, Topic
from models.imprint import load_imprinter

MONTH = timedelta(days=30)
_SYLLABLES = ["ba", "do", "ri", "ken", "lu", "mar", "so", "ti", "ven", "gar", "no", "pel", "qua", "ras"]
_WORDS = 4000
_NOUNS = ("troops", "people", "homes", "tonnes", "ships", "euros", "patients", "soldiers")
_OUTLETS = 60
_AT_ONCE = 500
"""Articles that are filed in one transaction."""
_ALIKE, _OWN = 0.5, 0.5
"""What all vectors have in common, and what sets a report of a story apart, beside what sets the story apart (1).

The cosine of two reports of one story is 0.83 then, of two stories 0.17.
"""


def invented(count: int, now: datetime, random: Random) -> Iterator[Article]:
    """So many articles of the month before ``now``: stories of one to eight reports, whose figures move."""
    words = ["".join(random.choices(_SYLLABLES, k=3)) for _ in range(_WORDS)]
    weights = [1 / (rank + 5) for rank in range(_WORDS)]
    outlets = [f"{random.choice(words).capitalize()} Wire" for _ in range(_OUTLETS)]
    told = story = 0
    while told < count:
        place, *about = (word.capitalize() for word in random.choices(words, weights, k=4))
        subject, noun, level = " ".join(random.choices(words, k=5)), random.choice(_NOUNS), random.randint(20, 90_000)
        begun = now - MONTH * random.random()
        for report in range(min(random.choice((1, 1, 1, 2, 3, 8)), count - told)):
            published = min(begun + timedelta(hours=3 * report), now)
            filler = ". ".join(" ".join(random.choices(words, weights, k=18)).capitalize() for _ in range(8))
            day = published.date() + timedelta(days=random.randint(3, 60))
            text = (
                f"{place} counts {level + 10 * report:,} {noun} after {subject}, {' and '.join(about)} said. {filler}. "
                f"{place} must answer for {subject} by {day}."
            )
            yield Article(
                key=f"bench:{story}:{report}",
                title=f"{place} counts {noun} after {subject}",
                text=text,
                published=published,
                outlet=random.choice(outlets),
                link=f"https://t.me/wire/{told + 1}",
            )
            told += 1
        story += 1


class InventedReader(PlainReader):
    """Reads as ``PlainReader`` does, with vectors and imprints by which stories are told apart as those of the models are."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch of what was invented."""
        return [
            replace(
                reading,
                vector=_vector(article),
                imprint=load_imprinter().imprint(f"{article.title}\n{article.text}"),
                topics=reading.topics or (_topic(article),),
            )
            for article, reading in zip(articles, super().read(articles), strict=True)
        ]


def _story(article: Article) -> int:
    return int(article.key.split(":")[1])


def _vector(article: Article) -> bytes:
    shared, story = np.random.default_rng(0), np.random.default_rng(1 + _story(article))
    raw = _ALIKE * shared.standard_normal(VECTOR_SIZE) + story.standard_normal(VECTOR_SIZE)
    raw += _OWN * np.random.default_rng([*article.key.encode()]).standard_normal(VECTOR_SIZE)
    return bytes((raw / np.linalg.norm(raw)).astype("<f4").tobytes())


def _topic(article: Article) -> Topic:
    codes = sorted(TOPICS)
    code = codes[_story(article) % len(codes)]
    return Topic(code=code, name=TOPICS[code], confidence=0.9)


async def fill(store: Store, articles: int, readers: int, now: datetime) -> None:
    """File the news of a month, and readers with words of their own; says on the way how far it is.

    All is done by the code that files what the bot reads, but for finding an article's story, which is known here.
    """
    random = Random(1)
    async with store.begin() as tx:
        for number in range(readers):
            await tx.subscribers.save(_reader(1001 + number, now, random))
    reader = InventedReader()
    stories: dict[int, int] = {}
    news = sorted(invented(articles, now, random), key=lambda article: article.published)
    for start in range(0, len(news), _AT_ONCE):
        batch = news[start : start + _AT_ONCE]
        async with store.begin() as tx:
            for article, reading in zip(batch, reader.read(batch), strict=True):
                await _file(tx, article, reading, stories)
        print(f"filed {start + len(batch):,} of {len(news):,} articles", file=sys.stderr, flush=True)


async def _file(tx: Transaction, article: Article, reading: Reading, stories: dict[int, int]) -> None:
    """File one article in its story, by the number that it was invented under."""
    told, at = _story(article), article.published
    await tx.articles.queue(article, at, at)
    story = await tx.articles.store_reading(article.key, 1, reading, stories.get(told), at)
    if story is None:
        raise RuntimeError(f"{article.key} was not filed")
    stories[told] = story
    await enter_figures(tx, article, reading, story, at)
    await enter_deadlines(tx, article, reading, story, at)


def _reader(chat_id: int, now: datetime, random: Random) -> Subscriber:
    return replace(
        daily_reader(chat_id, now + timedelta(hours=12), now),
        times=(hour_of_day(random.randrange(24)),),
        zone=random.choice(("Europe/Kyiv", "America/New_York", "UTC", "Asia/Tokyo")),
        wishes=Wishes(follow=frozenset({"".join(random.choices(_SYLLABLES, k=3)) for _ in range(3)})),
    )
