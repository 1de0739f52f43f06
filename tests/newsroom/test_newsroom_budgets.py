"""What editions are drawn up from: no more articles than a machine bears, and shared where that takes long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.desk.edition import Budget
from bot.desk.profile import Window
from bot.newsroom.budgets import SHARED_MOST_S, SLOW_S, BudgetDesk
from bot.newsroom.doubles import PlainReader
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import Store
from models.api import Article

if TYPE_CHECKING:
    from conftest import WoundClock

PLACES = ("Abelin", "Brovka", "Cindra", "Dorvik")


async def filed(store: Store, clock: WoundClock, places: Sequence[str] = PLACES) -> None:
    """An article from each place, a minute after one another."""
    room = ThreadedReader(PlainReader())
    loop = ReadingLoop(store, room, clock)
    for place in places:
        text = f"{place} opened its harbour. {len(place) * 100} ships wait in {place}."
        made = Article(key=place, title=place, text=text, published=clock(), outlet="Wire")
        async with store.begin() as tx:
            await tx.articles.queue(made, clock(), clock())
        await loop.run_once()
        clock.wind(minutes=1)
    room.close()


def told(budget: Budget) -> set[str]:
    return {one.article.key for dossier in budget.dossiers.values() for one in dossier.articles}


async def test_of_a_window_with_too_many_articles_the_stories_most_reported_are_told(
    store: Store, clock: WoundClock
) -> None:
    start = clock()
    stories: dict[str, int | None] = {}
    async with store.begin() as tx:
        for key in ("flood", "flood again", "strike", "vote", "flood still"):
            made = Article(key=key, title=key, text=f"There is a {key}.", published=clock(), outlet=key)
            (reading,) = PlainReader().read([made])
            await tx.articles.queue(made, clock(), clock())
            subject = key.split()[0]
            stories[subject] = await tx.articles.store_reading(key, 1, reading, stories.get(subject), clock())
            clock.wind(minutes=1)
    whole = Window(start - timedelta(hours=1), clock())
    thin = await BudgetDesk(store, most=4).draw_up(whole)
    assert told(thin) == {"flood", "flood again", "flood still", "vote"}, "of two with one report the later"
    assert thin.window == whole
    assert told(await BudgetDesk(store, most=2).draw_up(whole)) == {"flood again", "flood still"}
    assert len(told(await BudgetDesk(store, most=5).draw_up(whole))) == len(stories) + 2


class Hands:
    """A monotonic clock that goes on by so much each time it is looked at."""

    def __init__(self, step_s: float) -> None:
        self.now_s, self.step_s = 0.0, step_s

    def __call__(self) -> float:
        self.now_s += self.step_s
        return self.now_s


async def test_what_takes_long_is_shared_for_a_while(store: Store, clock: WoundClock) -> None:
    hands = Hands(SLOW_S + 0.5)
    desk = BudgetDesk(store, monotonic=hands)
    await filed(store, clock, PLACES[:1])
    day = timedelta(days=1)
    first = await desk.current(Window(clock() - day, clock()))
    await filed(store, clock, PLACES[1:2])
    assert await desk.current(Window(clock() - day, clock())) is first
    assert told(await desk.current(Window(clock() - 7 * day, clock()))) == {"Abelin", "Brovka"}, "another window"
    hands.now_s += SHARED_MOST_S
    assert told(await desk.current(Window(clock() - day, clock()))) == {"Abelin", "Brovka"}


async def test_what_is_quick_is_as_it_stands(store: Store, clock: WoundClock) -> None:
    desk = BudgetDesk(store, monotonic=Hands(0.1))
    for place in PLACES:
        await filed(store, clock, [place])
        assert place in told(await desk.current(Window(clock() - timedelta(days=1), clock())))
