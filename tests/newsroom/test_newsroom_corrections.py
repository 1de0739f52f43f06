"""An edited post reaches those who were told the old number, once, and nobody else."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from daily import Daily, subscriber

from bot.store import Kind, OutboxItem, Store, Wishes
from models.api import Article

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
SAID = "The quake killed 41 people in Halvers, officials said. Schools are closed."


class Desk(Daily):
    def __init__(self, store: Store) -> None:
        super().__init__(store, MORNING - timedelta(hours=2))

    async def post(self, text: str, key: str = "-100:7") -> None:
        article = Article(
            key=key,
            title="Quake hits Halvers",
            text=text,
            published=MORNING - timedelta(hours=3),
            outlet="Orland Wire",
            link="https://t.me/orland/7",
        )
        async with self.store.begin() as tx:
            await tx.articles.queue(article, self.now, self.now)
        assert await self.loop.run_once() == 1

    async def subscribe(self, *chats: int, **changes: object) -> None:
        await self.save(*(subscriber(chat, MORNING, **{"watermark": None, **changes}) for chat in chats))

    async def deliver(self, at: datetime) -> list[OutboxItem]:
        self.now = at
        return await self.delivered()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def lines(items: Sequence[OutboxItem]) -> list[tuple[int, str]]:
    return [(item.chat_id, item.params["text"].split("\n")[0]) for item in items if item.kind is Kind.CORRECTION]


async def test_those_who_were_told_get_one_line(desk: Desk) -> None:
    await desk.subscribe(1, 2)
    await desk.post(SAID)
    assert len(await desk.deliver(MORNING)) == 2
    await desk.subscribe(3)
    await desk.post(SAID.replace("41", "14"))
    told = lines(await desk.deliver(MORNING + timedelta(minutes=5)))
    assert [chat for chat, _ in told] == [1, 2]
    assert all(line.startswith("Corrected: ") and line.endswith("14 (we said 41)") for _, line in told), told


async def test_an_edit_that_is_read_twice_or_changes_words_alone_says_nothing_more(desk: Desk) -> None:
    await desk.subscribe(1)
    await desk.post(SAID)
    await desk.deliver(MORNING)
    await desk.post(SAID.replace("41", "14"))
    await desk.post(SAID.replace("41", "14") + " Rain is expected.")
    assert len(lines(await desk.deliver(MORNING + timedelta(minutes=5)))) == 1


async def test_a_second_edit_corrects_what_the_first_said(desk: Desk) -> None:
    await desk.subscribe(1)
    await desk.post(SAID)
    await desk.deliver(MORNING)
    await desk.post(SAID.replace("41", "14"))
    await desk.deliver(MORNING + timedelta(minutes=5))
    await desk.post(SAID.replace("41", "17"))
    [(_, line)] = lines(await desk.deliver(MORNING + timedelta(minutes=9)))
    assert line.endswith("17 (we said 14)")


async def test_who_was_not_told_is_not_corrected(desk: Desk) -> None:
    await desk.subscribe(1)
    await desk.subscribe(2, topics=frozenset({"medtop:15000000"}))
    await desk.post(SAID)
    await desk.deliver(MORNING)
    await desk.post(SAID.replace("41", "14"))
    assert [chat for chat, _ in lines(await desk.deliver(MORNING + timedelta(minutes=5)))] == [1]


async def test_an_edit_before_the_edition_corrects_nothing(desk: Desk) -> None:
    await desk.subscribe(1)
    await desk.post(SAID)
    await desk.post(SAID.replace("41", "14"))
    items = await desk.deliver(MORNING)
    assert [item.kind for item in items] == [Kind.EDITION]
    assert "14" in items[0].params["text"]


async def test_a_correction_waits_for_the_end_of_quiet_hours(desk: Desk) -> None:
    await desk.subscribe(1, wishes=Wishes(quiet=(time(8, 30), time(18))))
    await desk.post(SAID)
    await desk.deliver(MORNING)
    desk.now = MORNING + timedelta(hours=1)
    await desk.post(SAID.replace("41", "14"))
    assert lines(await desk.deliver(MORNING + timedelta(hours=9))) == []
    assert len(lines(await desk.deliver(MORNING + timedelta(hours=10)))) == 1


async def test_a_chat_that_is_gone_is_left_alone(desk: Desk) -> None:
    await desk.subscribe(1)
    await desk.post(SAID)
    await desk.deliver(MORNING)
    async with desk.store.begin() as tx:
        await tx.subscribers.deactivate(1, "blocked", MORNING)
    await desk.post(SAID.replace("41", "14"))
    assert lines(await desk.deliver(MORNING + timedelta(minutes=5))) == []
