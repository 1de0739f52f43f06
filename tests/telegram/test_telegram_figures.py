"""Figures over time, over HTTP: the series as text, its chart as a picture, and the choice among several."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.newsroom.ledger import enter_figures
from bot.sandbox.server import SAMPLE_READER
from bot.store import Store
from bot.telegram import replies
from models.api import Article, Reading, Summary
from models.facts import read_facts
from models.sentences import split_sentences

if TYPE_CHECKING:
    from conftest import House

FIRST = "An earthquake in Halmera killed 112 people, the Interior Ministry said."
RISEN = "The death toll from the earthquake in Halmera has risen to 148, the Interior Ministry said."
INJURED = "The earthquake in Halmera injured 900 people, the Red Crescent said."


async def file(store: Store, key: str, text: str, published: datetime, story: int | None = None) -> int:
    """File a post as the real finders read it; returns its story."""
    article = Article(
        key=key, title=None, text=text, published=published, outlet="Harbour Wire", link=f"https://t.me/{key}/1"
    )
    sentences = tuple(split_sentences(text))
    reading = Reading(
        key=key,
        language="en",
        headline=text[:40],
        sentences=sentences,
        summary=Summary(),
        topics=(),
        figures=tuple(read_facts(text, sentences, article.reference).figures),
        deadlines=(),
        vector=b"",
        model="test",
    )
    async with store.begin() as tx:
        await tx.articles.queue(article, published, published)
        placed = await tx.articles.store_reading(key, 1, reading, story, published)
        assert placed is not None
        await enter_figures(tx, article, reading, placed, published)
    return placed


async def file_tolls(house: "House") -> None:
    start = house.clock() - timedelta(days=2)
    story = await file(house.store, "one", FIRST, start)
    await file(house.store, "two", RISEN, start + timedelta(hours=5), story)
    await file(house.store, "three", INJURED, start + timedelta(hours=6), story)


async def test_a_series_is_told_the_newest_first_with_its_chart(house: "House") -> None:
    await file_tolls(house)
    told = await house.ask("/figures killed earthquake halmera")
    lines = told.text.splitlines()
    assert "148" in lines[1]
    assert "was 112" in lines[1]
    assert "112" in lines[2]
    assert {entity.url for entity in told.entities if entity.url} == {"https://t.me/one/1", "https://t.me/two/1"}
    chart = await house.client.wait_for(SAMPLE_READER, lambda message: message.file_name == "photo")
    assert (await house.client.download(chart)).startswith(b"\x89PNG")


async def test_another_series_is_a_button_away_and_one_value_makes_no_chart(house: "House") -> None:
    await file_tolls(house)
    told = await house.ask("/figures earthquake halmera")
    assert "148" in told.text
    follow, other = [button.text for row in told.buttons for button in row]
    assert follow == replies.TELL_CHANGES
    await house.press(told, other)
    second = await house.client.wait_for(SAMPLE_READER, lambda message: "900" in message.text)
    assert len(second.text.splitlines()) == 2
    pictures = [message for message in await house.client.chat(SAMPLE_READER) if message.file_name == "photo"]
    assert len(pictures) == 1


async def test_without_words_and_without_a_find_the_newest_are_offered(house: "House") -> None:
    assert "I follow no figures yet" in (await house.ask("/figures")).text
    await file_tolls(house)
    newest = await house.ask("/figures")
    assert len([button for row in newest.buttons for button in row]) >= 2
    nothing = await house.ask("/figures zeppelin")
    assert nothing.text.startswith("I have no figure about “zeppelin”.")
    assert nothing.buttons


async def test_a_series_that_is_gone_is_answered_kindly(house: "House") -> None:
    await file_tolls(house)
    newest = await house.ask("/figures")
    async with house.store.begin() as tx:
        for key in ("one", "two", "three"):
            await tx.articles.withdraw(key)
    assert await house.answered(newest, newest.buttons[0][0].text) == replies.SERIES_GONE


async def test_a_figure_is_followed_by_a_press_and_left_by_another(house: "House") -> None:
    await file_tolls(house)
    told = await house.ask("/figures killed earthquake halmera")
    assert await house.answered(told, replies.TELL_CHANGES) == replies.FIGURE_FOLLOWED
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert len(subscriber.wishes.figures) == 1
    assert "Chosen: 1 figure you follow" in (await house.ask("/alerts")).text
    assert await house.answered(told, replies.TELL_CHANGES) == replies.FIGURE_LEFT
    await house.press(told, replies.TELL_CHANGES)
    assert "Chosen: none" in (await house.ask("/alerts off")).text
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert subscriber.wishes.figures == frozenset()


async def test_a_member_of_a_group_follows_no_figure_for_it(house: "House") -> None:
    await file_tolls(house)
    world = house.server.world
    owner, member = world.add_user("Owner"), world.add_user("Member")
    group = world.add_group("Newsroom", [owner, member])
    group.members[owner.id] = "creator"
    said = world.say(member, "/figures killed earthquake halmera", chat=group)
    told = await house.client.wait_for(group.id, lambda m: m.from_bot and bool(m.buttons), after=said.message_id)
    for who, answer in ((member, replies.ADMINISTRATORS_ONLY), (owner, replies.FIGURE_FOLLOWED)):
        assert await house.shown(world.press(who, told.message_id, replies.TELL_CHANGES, chat=group)) == answer
