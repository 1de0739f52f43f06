"""How long a fetched page is kept, and what happens when it is gone: against the real store, gate and parser."""

from datetime import timedelta
from typing import TYPE_CHECKING

from news_web import CHANNEL_ID, Web, following, post, publish
from test_newsroom_following import NEWS, PAGE

from bot.newsroom.stale_pages import StalePages
from bot.store import Store

if TYPE_CHECKING:
    from conftest import WoundClock


async def known(store: Store, *numbers: int) -> list[bool]:
    async with store.read() as tx:
        return [await tx.pages.of_article(f"post:{CHANNEL_ID}:{number}") is not None for number in numbers]


async def test_an_old_page_is_forgotten_and_fetched_whole_when_it_is_linked_to_again(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE, 'etag: "v1"')
    stale = StalePages(store, clock, keep=timedelta(days=30))
    async with following(store, web, clock) as loop:
        await publish(store, clock, post(5, NEWS, web.link("/ferry"), int(clock().timestamp())))
        await loop.run_once()
        clock.wind(days=31)
        assert await stale() == 1
        assert await known(store, 5) == [False]
        await publish(store, clock, post(6, NEWS, web.link("/ferry"), int(clock().timestamp())))
        assert await loop.run_once() == 1
    assert "if-none-match" not in web.asked[-1].lower()
    assert await known(store, 5, 6) == [False, True]


async def test_a_page_that_is_still_linked_to_stays_and_is_asked_for_conditionally(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE, 'etag: "v1"')
    stale = StalePages(store, clock, keep=timedelta(days=30))
    async with following(store, web, clock) as loop:
        for number in (5, 6):
            await publish(store, clock, post(number, NEWS, web.link("/ferry"), int(clock().timestamp())))
            assert await loop.run_once() == 1
            clock.wind(days=20)
            assert await stale() == 0
    assert 'if-none-match: "v1"' in web.asked[-1].lower()
    assert await known(store, 5, 6) == [True, True]


async def test_however_many_pages_there_are_the_newest_stay_and_no_more(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        for number in range(40):
            await tx.pages.want(f"https://a.example/{number}", f"post:{CHANNEL_ID}:{number}", clock())
            clock.wind(seconds=1)
    stale = StalePages(store, clock, keep=timedelta(days=30), most=25)
    assert await stale() == 15
    assert await known(store, *range(40)) == [False] * 15 + [True] * 25


async def test_pages_are_looked_through_once_an_hour(store: Store, clock: "WoundClock") -> None:
    stale = StalePages(store, clock, keep=timedelta(minutes=1))
    assert await stale() == 0
    async with store.begin() as tx:
        await tx.pages.want("https://a.example/", "a", clock())
    clock.wind(minutes=59)
    assert await stale() == 0
    clock.wind(minutes=1)
    assert await stale() == 1
