"""Inline mode over HTTP: what is offered to who types the bot's name in a chat, and what becomes of it."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from bot.newsroom import operators
from bot.newsroom.offers import MOST_FIGURES, PER_PAGE
from bot.sandbox.inline import ask_inline
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies

if TYPE_CHECKING:
    from conftest import House

TROOPS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "The ministry gave no date for their return."
)


async def test_words_find_stories_and_figures_each_with_its_sentence_source_and_day(house: "House") -> None:
    number = await house.post(TROOPS)
    offer = await house.client.inline(SAMPLE_READER, "arvania troops")
    story, figure = offer.results[:2]
    assert story.title == "Arvania to send troops to the border"
    assert story.description.startswith("Sample Wire, 22 November 2026. Arvania will send 2,500 troops")
    for shared in (story, figure):
        assert (
            "“Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday.”"
            in shared.text
        )
        assert "Sample Wire, Sunday 22 November 2026, 12:00 (Europe/Kyiv)" in shared.text
        assert {one.url for one in shared.entities if one.url} == {f"https://t.me/sample_wire/{number}"}
    assert "2,500" in figure.title
    assert offer.button is None


async def test_a_chosen_result_is_posted_in_a_group_and_read_by_nobody(house: "House") -> None:
    await house.post(TROOPS)
    batches = len(house.reader.batches)
    world = house.server.world
    group = world.add_group("Newsroom", [world.users[SAMPLE_READER_ID]], bot_status="administrator")
    offer = await house.client.inline(SAMPLE_READER, "troops")
    shared = await house.client.choose(SAMPLE_READER, offer, offer.results[0].id, chat=group.id)
    assert (shared.via_bot, shared.sender, shared.text) == (True, SAMPLE_READER, offer.results[0].text)
    own = await house.client.choose(SAMPLE_READER, offer, offer.results[0].id)
    await house.caught_up()
    assert [m for m in await house.client.chat(group.id) if m.from_bot] == []
    assert [m for m in await house.client.chat(SAMPLE_READER) if m.message_id > own.message_id] == []
    assert len(house.reader.batches) == batches


async def test_what_another_bot_says_for_a_person_is_no_command_of_theirs(house: "House") -> None:
    world = house.server.world
    other = world.add_user("Other")
    for text in ("/subscribe", "/forget", " ".join([TROOPS.replace("\n", " ")] * 3)):
        world.say(world.users[SAMPLE_READER_ID], text, via=other)
    await house.caught_up()
    assert await house.subscriber() is None
    assert [m for m in await house.client.chat(SAMPLE_READER) if m.from_bot] == []


async def test_a_result_sent_to_a_channel_that_is_read_is_no_news(house: "House") -> None:
    await house.post(TROOPS)
    async with house.store.read() as tx:
        filed = await tx.articles.count()
    offer = await house.client.inline(SAMPLE_READER, "troops")
    world = house.server.world
    channel = next(chat for chat in world.chats.values() if chat.type == "channel")
    message = world.new_message(channel, None, offer.results[0].text)
    message.via = world.bot.user
    world.bot.updates.put("channel_post", message.to_json())
    await house.read_all()
    async with house.store.read() as tx:
        assert await tx.articles.count() == filed


async def test_nothing_typed_offers_the_newest(house: "House") -> None:
    await house.post("A ferry ran aground off Belmora\n\nA ferry ran aground off Belmora early on Sunday.")
    house.clock.wind(hours=1)
    await house.post(TROOPS)
    offer = await house.client.inline(SAMPLE_READER, "")
    stories = [result.title for result in offer.results if result.id.startswith("s")]
    assert stories == ["Arvania to send troops to the border", "A ferry ran aground off Belmora"]


async def test_nothing_found_says_so_and_its_button_leads_to_how_to_look(house: "House") -> None:
    assert (await house.client.inline(SAMPLE_READER, "")).button == "I have no news to share yet."
    await house.post(TROOPS)
    offer = await house.client.inline(SAMPLE_READER, "volcano eruption in the far north of nowhere")
    assert offer.results == ()
    assert offer.button is not None
    assert offer.button.startswith("I have nothing about “volcano eruption in")
    told = await house.ask(f"/start {offer.start_parameter}")
    assert told.text == replies.LOOKED_FOR
    assert await house.subscriber() is None


async def test_many_results_come_page_by_page_each_once(house: "House") -> None:
    random = Random(7)
    for number in range(PER_PAGE + 5):
        words = ["".join(random.choices("bcdfglmnprst", k=8)) for _ in range(12)]
        text = f"Harbour {words[0]}\n\nThe harbour {' '.join(words)}."
        await house.client.post("sample_wire", text, house.clock() - timedelta(minutes=number))
    await house.read_all()
    seen: list[str] = []
    offset, pages = "", 0
    while pages == 0 or offset:
        offer = await house.client.inline(SAMPLE_READER, "harbour", offset)
        assert len(offer.results) <= PER_PAGE
        seen += [result.id for result in offer.results]
        offset, pages = offer.next_offset, pages + 1
    stories = [one for one in seen if one.startswith("s")]
    async with house.store.read() as tx:
        every = await tx.search.newest(50)
    assert pages > 1
    assert len(set(seen)) == len(seen)
    assert len(stories) == len(every)
    assert len(seen) - len(stories) <= MOST_FIGURES


async def test_a_page_that_we_never_offered_is_the_first_or_empty(house: "House") -> None:
    await house.post(TROOPS)
    for offset in ("-1", "x", "٣", "99999999"):
        assert (await house.client.inline(SAMPLE_READER, "troops", offset)).results
    assert (await house.client.inline(SAMPLE_READER, "troops", "9999")).results == ()


async def test_a_withdrawn_story_is_offered_no_more(house: "House") -> None:
    await house.post(TROOPS)
    async with house.store.begin() as tx:
        [story] = await tx.search.newest(1)
        await operators.withdraw(tx, story.story, house.clock())
    assert (await house.client.inline(SAMPLE_READER, "")).results == ()
    assert (await house.client.inline(SAMPLE_READER, "troops")).results == ()


async def test_who_asks_inline_is_no_reader_yet_and_an_export_holds_what_they_typed(house: "House") -> None:
    await house.client.inline(SAMPLE_READER, "troops in norland")
    assert await house.subscriber() is None
    async with house.store.read() as tx:
        records = await tx.dossier.of(SAMPLE_READER_ID)
    assert "troops in norland" in str(records)


async def test_a_failed_answer_is_logged_and_nothing_else(house: "House") -> None:
    await house.client.fault("server_error", method="answerInlineQuery", times=1)
    world = house.server.world
    ask_inline(world, world.users[SAMPLE_READER_ID], "troops")
    await house.caught_up()
    async with house.store.read() as tx:
        assert await tx.inbox.parked(10) == []
