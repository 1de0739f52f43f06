"""Posts that add to earlier ones, from post to story: against the real store and desk."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from conftest import raw_post

from bot.desk.budget import News
from bot.desk.profile import Window
from bot.newsroom.budgets import BudgetDesk
from bot.newsroom.doubles import PlainReader
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import Store

if TYPE_CHECKING:
    from conftest import WoundClock

CHANNEL_ID = -1001234567890
NEWS = "A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore. Nobody was hurt."
MORE = (
    "The operator of the ferry said on Monday that it would be out of service, and that 3 passengers were in hospital."
)
OTHER = "Corvenna elected its mayor after three rounds."


async def publish(
    store: Store, clock: "WoundClock", number: int, text: str, *, edited: bool = False, **more: Any
) -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    async with store.begin() as tx:
        await desk.receive(tx, raw_post(number, text, clock(), **more), edited=edited)


async def read(store: Store, clock: "WoundClock") -> None:
    threaded = ThreadedReader(PlainReader())
    await ReadingLoop(store, threaded, clock).run_once()
    threaded.close()


async def stories(store: Store, *numbers: int) -> list[int]:
    async with store.read() as tx:
        filed = [await tx.articles.get(f"post:{CHANNEL_ID}:{number}") for number in numbers]
    return [one.story for one in filed if one is not None]


def answering(number: int) -> dict[str, Any]:
    return {"reply_to_message": {"message_id": number, "date": 1, "chat": {"id": CHANNEL_ID}, "text": NEWS}}


async def test_a_reply_of_the_next_day_is_told_with_what_it_answers_as_what_is_new(
    store: Store, clock: "WoundClock"
) -> None:
    await publish(store, clock, 5, NEWS)
    await read(store, clock)
    clock.wind(hours=20)
    told = clock()
    await publish(store, clock, 9, MORE, **answering(5))
    clock.wind(minutes=1)
    await read(store, clock)
    [first, second] = await stories(store, 5, 9)
    assert first == second
    budget = await BudgetDesk(store).draw_up(Window(told, clock() + timedelta(minutes=1)))
    [dossier] = budget.dossiers.values()
    assert dossier.news is News.UPDATE
    assert dossier.sentences == (MORE,)


async def test_without_the_reply_it_would_be_a_story_of_its_own(store: Store, clock: "WoundClock") -> None:
    await publish(store, clock, 5, NEWS)
    await read(store, clock)
    clock.wind(hours=20)
    await publish(store, clock, 9, MORE)
    await read(store, clock)
    assert len(set(await stories(store, 5, 9))) == 2


async def test_a_thread_of_replies_that_comes_at_once_is_one_story(store: Store, clock: "WoundClock") -> None:
    await publish(store, clock, 12, MORE + " Divers are there.", **answering(10))
    await publish(store, clock, 10, MORE, **answering(9))
    await publish(store, clock, 9, NEWS)
    for number, earlier in ((10, 9), (12, 10)):  # what was answered is known by now
        clock.wind(seconds=1)
        await publish(store, clock, number, f"{MORE} Part {number}.", edited=True, edit_date=1, **answering(earlier))
    await read(store, clock)
    assert len(set(await stories(store, 9, 10, 12))) == 1


@pytest.mark.parametrize(
    ("number", "hours", "more"),
    [
        (9, 1, {"reply_to_message": {"message_id": 4711, "chat": {"id": CHANNEL_ID}}}),
        (9, 1, {"reply_to_message": {"message_id": 5, "chat": {"id": -100999}}}),
        (9, 1, {"reply_to_message": {"message_id": 9, "chat": {"id": CHANNEL_ID}}}),
        (9, 1, {"reply_to_message": {"message_id": 5, "forum_topic_created": {}, "chat": {"id": CHANNEL_ID}}}),
        (9, 80, answering(5)),
    ],
)
async def test_a_reply_to_what_is_unknown_elsewhere_or_long_ago_stands_for_itself(
    store: Store, clock: "WoundClock", number: int, hours: int, more: dict[str, Any]
) -> None:
    await publish(store, clock, 5, NEWS)
    await read(store, clock)
    clock.wind(hours=hours)
    await publish(store, clock, number, OTHER, **more)
    await read(store, clock)
    assert len(set(await stories(store, 5, number))) == 2


async def test_an_edit_that_adds_paragraphs_stays_in_its_story(store: Store, clock: "WoundClock") -> None:
    await publish(store, clock, 5, NEWS)
    await read(store, clock)
    before = await stories(store, 5)
    clock.wind(hours=4)
    await publish(store, clock, 6, OTHER)
    await read(store, clock)
    longer = f"{NEWS}\n\n" + "\n\n".join(f"{OTHER} Round {number} took {number} days." for number in range(9))
    await publish(store, clock, 5, longer, edited=True, edit_date=1)
    await read(store, clock)
    assert await stories(store, 5) == before
    async with store.read() as tx:
        filed = await tx.articles.get(f"post:{CHANNEL_ID}:5")
    assert filed is not None
    assert "Round 8" in filed.article.text


async def test_the_label_of_an_update_is_no_part_of_what_is_read(store: Store, clock: "WoundClock") -> None:
    await publish(store, clock, 5, f"UPDATE 14:20\n\n{MORE}")
    async with store.read() as tx:
        [queued] = await tx.articles.waiting(5, clock())
    assert queued.article.text == MORE
    assert queued.article.title is None
    assert queued.article.continues
