"""Promise 6: what many outlets tell in their own words, and repeat, is told once; a correction is one notice to who was told.

The stories are made up, and read by the real models. Each has a toll of its own: of two landslides with one toll, told in the very
same words but for the names, one post in 1,500 was placed with the other. How well posts of real outlets are placed is measured by
bench.placing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from daily import Daily
from promise_proof import Proof
from promise_street import database, settle_in, subscriber

from bot.desk.corrections import articles_told
from bot.desk.profile import Length
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.reading import ThreadedReader
from bot.reader_process import make_reader
from bot.store import Kind, OutboxItem, Store, Wishes, load_edition
from models.settings import ReaderSettings

MORNING = datetime(2030, 11, 22, 7, tzinfo=UTC)
WORDINGS = (
    "{n} people killed as {thing} hits {place}\n\nA {thing} hit {place} at dawn and killed {n} people, {person} of the {body} said.",
    "{thing} in {place} kills {n}\n\nAt least {n} people were killed when a {thing} hit {place}, said {person}, who leads the {body}.",
    "{place}: {thing} leaves {n} people dead\n\nThe {thing} that hit {place} left {n} people dead, according to {person} of the {body}.",
    "{person}: {n} killed by {thing} in {place}\n\n{person} of the {body} said that {n} people were killed by the {thing} in {place}.",
    "Toll of {thing} in {place} at {n}, {body} says\n\n{n} people were killed by the {thing} in {place}, the {body} said. {person} asked for help.",
)
THINGS = (
    "flood",
    "quake",
    "landslide",
    "wildfire",
    "storm",
    "avalanche",
    "explosion",
    "collision",
    "heatwave",
    "collapse",
)
CHANNELS = (-1001, -1002, -1003)
"""Each repeats every wording."""

A_DAY = 25
"""Stories in one edition; of more than 40 some would find no room."""

TOLD, NOT_TOLD = (1, 2, 3), 4
SPORT = "medtop:15000000"


@dataclass(frozen=True)
class Story:
    """What happened somewhere, once."""

    thing: str
    place: str
    person: str
    body: str
    n: int

    def told(self, wording: int, n: int | None = None) -> str:
        facts = {"thing": self.thing, "place": self.place, "person": self.person, "body": self.body}
        return WORDINGS[wording].format(**facts, n=n or self.n)


def names(random: Random) -> set[str]:
    """Names that nobody has."""
    return {
        "".join(random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(3)).capitalize()
        + random.choice("bdfgklmnprstvz")
        for _ in range(8_000)
    }


def stories(random: Random, many: int) -> list[Story]:
    pool = sorted(names(random))
    random.shuffle(pool)
    tolls = random.sample(range(11, 11 + 3 * many), many)
    return [
        Story(
            thing=random.choice(THINGS),
            place=pool.pop(),
            person=f"{pool.pop()} {pool.pop()}",
            body=f"{pool.pop()} Council",
            n=toll,
        )
        for toll in tolls
    ]


class Newsroom(Daily):
    """Posts come in, are read and placed; mornings pass."""

    def __init__(self, store: Store, room: ThreadedReader) -> None:
        super().__init__(store, MORNING, room)
        self.number = 0
        self.posts = PostDesk(Channels(CHANNELS), self.clock)

    async def post(self, texts: Sequence[tuple[int, str]]) -> list[int]:
        """Publish texts in channels, each as a post of its own; their numbers."""
        numbers = []
        for start in range(0, len(texts), 50):
            async with self.store.begin() as tx:
                for channel, text in texts[start : start + 50]:
                    self.number += 1
                    numbers.append(self.number)
                    assert await self.posts.receive(tx, self._raw(channel, self.number, text), edited=False)
        await self.read()
        return numbers

    async def edit(self, channel: int, number: int, text: str) -> None:
        async with self.store.begin() as tx:
            await self.posts.receive(tx, self._raw(channel, number, text), edited=True)
        await self.read()

    async def read(self) -> None:
        while await self.loop.run_once():
            pass

    def _raw(self, channel: int, number: int, text: str) -> dict[str, Any]:
        chat = {"id": channel, "type": "channel", "title": f"Wire {-channel}", "username": f"wire_{-channel}"}
        return {"message_id": number, "chat": chat, "date": int(self.now.timestamp()), "text": text}

    async def editions_of(self, items: Sequence[OutboxItem]) -> dict[int, Any]:
        """The editions that were delivered, by chat."""
        numbers = {item.chat_id: item.edition_id for item in items if item.kind is Kind.EDITION}
        found = {}
        async with self.store.read() as tx:
            for chat, number in numbers.items():
                row = await tx.inbox._connection.exec_driver_sql("select body from editions where id = ?", (number,))
                found[chat] = load_edition(row.scalar_one())
        return found


@pytest.mark.promise(6, "one story, one mention")
async def test_promise_6_each_story_is_told_once_and_corrected_once(tmp_path: Path, proof: Proof) -> None:
    many = proof.size(1_000, f"stories × {len(WORDINGS)} wordings × {len(CHANNELS)} repeats")
    random = proof.random
    store = await Store.open(database(tmp_path))
    full = Wishes(length=Length.FULL)
    await settle_in(store, [subscriber(chat, MORNING, wishes=full) for chat in TOLD])
    await settle_in(store, [subscriber(NOT_TOLD, MORNING, topics=frozenset({SPORT}), wishes=full)])
    newsroom = Newsroom(store, ThreadedReader(make_reader(ReaderSettings(threads=1))))
    told_in_all = corrected = spared = 0
    every = stories(random, many)
    for start in range(0, many, A_DAY):
        today = every[start : start + A_DAY]
        morning = MORNING + timedelta(days=start // A_DAY)
        texts = [
            (story, channel, wording) for story in today for channel in CHANNELS for wording in range(len(WORDINGS))
        ]
        random.shuffle(texts)
        written: dict[int, tuple[int, int, Story]] = {}
        for hour in range(6):
            newsroom.now = morning - timedelta(minutes=90 - 10 * hour)  # later it would be news of the same
            share = texts[hour::6]
            numbers = await newsroom.post([(channel, story.told(wording)) for story, channel, wording in share])
            written |= {
                number: (channel, wording, story)
                for number, (story, channel, wording) in zip(numbers, share, strict=True)
            }
        newsroom.now = morning
        delivered = await newsroom.delivered()
        text = "\n".join(item.params["text"] for item in delivered if item.chat_id == TOLD[0])
        editions = await newsroom.editions_of(delivered)
        edition = editions[TOLD[0]]
        # What came later of a story stands below it, in its own lines.
        items = [item for section in edition.sections for item in section.items]
        mentioned = Counter(written[int(item.article_key.rpartition(":")[2])][2].place for item in items)
        assert not edition.omitted
        assert set(mentioned.values()) == {1}, mentioned.most_common(3)
        assert set(mentioned) == {story.place for story in today}
        headlines = Counter(item.headline for item in items)
        assert set(headlines.values()) == {1}
        assert all(headline in text for headline in headlines)
        told_in_all += mentioned.total()

        newsroom.now = morning + timedelta(hours=1)
        lead = random.choice(edition.figures) if edition.figures else None
        if lead is not None:
            number = int(lead.article_key.rpartition(":")[2])
            channel, wording, story = written[number]
            for _ in range(3):  # the same edit comes again
                await newsroom.edit(channel, number, story.told(wording, story.n + 1000))
            notices = [item.chat_id for item in await newsroom.delivered() if item.kind is Kind.CORRECTION]
            # Now and then a disaster is filed under sport as well, and then the fourth reader was told it too.
            holds = {chat for chat, one in editions.items() if lead.article_key in articles_told(one)}
            assert holds >= set(TOLD)
            assert sorted(notices) == sorted(holds), story
            corrected += 1
            spared += NOT_TOLD not in holds
    await store.close()
    assert corrected >= spared > 0
    proof.note(
        f"{told_in_all:,} stories mentioned, each once in its edition; {corrected} corrections, one notice each to all who were "
        f"told, none to the reader who was not ({spared} times)"
    )
