"""A reader's conversation over HTTP: every command in right use and in wrong use, and every button."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.desk.topics import NO_TOPIC, TOPICS
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from bot.telegram.commands import COMMANDS

if TYPE_CHECKING:
    from conftest import House

STORM = (
    "Storm reaches the coast of Arvania\n\n"
    "A storm reached the coast of Arvania on Sunday and cut power to 12,000 homes. "
    "Officials asked people to stay indoors until the evening. Repairs are to end by 2026-12-01."
)
TROOPS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "The ministry gave no date for their return."
)


async def test_help_names_every_command_that_telegram_lists(house: "House") -> None:
    page = await house.ask("/help")
    listed = [command["command"] for command in (await house.client.state())["bot"]["commands"]]
    assert listed == [command.name for command in COMMANDS]
    assert all(f"/{name} " in page.text for name in listed)


async def test_subscribe_and_unsubscribe(house: "House") -> None:
    assert "You are subscribed." in (await house.ask("/subscribe")).text
    assert "no more digests" in (await house.ask("/unsubscribe")).text
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert not subscriber.subscribed
    assert subscriber.next_due_at is None


async def test_topics_are_switched_in_place(house: "House") -> None:
    menu = await house.ask("/topics")
    switches = [button for row in menu.buttons for button in row if ":topic:" in (button.data or "")]
    assert len(switches) == len(TOPICS) + len(("all", "none"))
    await house.press(menu, "1:topic:07000000")
    chosen = await house.changed(menu, "health.")
    assert chosen.button("✓ Health")
    await house.press(menu, "1:topic:17000000")
    await house.changed(menu, "health; weather.")
    await house.press(menu, "1:topic:07000000")
    await house.changed(menu, "Chosen: weather.")
    await house.press(menu, "1:topic:all")
    await house.changed(menu, "all topics.")
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert subscriber.topics == frozenset()


async def test_schedule_takes_hours_and_zone_and_answers_slips(house: "House") -> None:
    await house.ask("/subscribe")
    set_ = await house.ask("/schedule 19:00 7am New York")
    assert "Hours: 07:00, 19:00" in set_.text
    assert "America/New_York (now 05:00)" in set_.text
    wrong = await house.ask("/schedule 8 Kyev")
    assert wrong.text == "I don't know the zone 'Kyev'. Did you mean Europe/Kyiv?"
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert (subscriber.times, subscriber.zone) == ((time(7), time(19)), "America/New_York")
    assert subscriber.next_due_at == house.clock() + timedelta(hours=2)


async def test_hours_are_switched_by_buttons_and_one_stays(house: "House") -> None:
    menu = await house.ask("/schedule")
    await house.press(menu, "21:00")
    await house.changed(menu, "Hours: 08:00, 21:00")
    await house.press(menu, "1:hour:0800")
    await house.changed(menu, "Hours: 21:00")
    await house.press(menu, "1:hour:2100")
    await house.caught_up()
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert subscriber.times == (time(21),)


async def test_settings_lead_to_every_view_and_back(house: "House") -> None:
    menu = await house.ask("/settings")
    assert all(label in menu.text for label in ("Digest: off", "Hours: 08:00", "Time zone: Europe/Kyiv", "Topics: all"))
    await house.press(menu, "Topics")
    topics = await house.changed(menu, "Topics of your digest")
    await house.press(topics, "Settings")
    back = await house.changed(menu, "Your settings")
    await house.press(back, "Hours")
    await house.changed(menu, "When your digest comes")


async def test_summary_answers_from_the_store(house: "House") -> None:
    await house.post(STORM)
    answer = await house.ask("/summary")
    assert "Storm reaches the coast of Arvania" in answer.text
    assert "12,000" in answer.text
    assert any(entity.url and "t.me/sample_wire/" in entity.url for entity in answer.entities)


async def test_summary_keeps_to_a_topic_or_a_word(house: "House") -> None:
    await house.post(STORM)
    await house.post(TROOPS)
    conflict = await house.ask("/summary conflict")
    assert "troops" in conflict.text
    assert "Storm" not in conflict.text
    word = await house.ask("/summary homes")
    assert "Storm" in word.text
    assert "border" not in word.text
    nothing = await house.ask("/summary polotics")
    assert "Did you mean the topic 'politics'" in nothing.text


async def test_summary_with_nothing_new_offers_a_longer_time(house: "House") -> None:
    await house.post(STORM)
    house.clock.wind(days=2)
    empty = await house.ask("/summary")
    assert "Storm" not in empty.text
    await house.press(empty, "The last 7 days")
    seen = await house.client.wait_for(SAMPLE_READER, lambda m: "Storm" in m.text, after=empty.message_id)
    assert seen.from_bot


async def test_summary_reads_a_text_of_its_own(house: "House") -> None:
    answer = await house.ask(f"/summary {TROOPS}")
    assert "2,500" in answer.text


async def test_summary_as_a_reply_reads_that_message(house: "House") -> None:
    said = await house.client.say(SAMPLE_READER, "Arvania will send 2,500 troops to its eastern border on Monday.")
    await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said)
    asked = await house.client.say(SAMPLE_READER, "/summary", reply_to=said)
    answer = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=asked)
    assert "2,500" in answer.text


async def test_summary_of_a_link_answers_with_the_stored_reading(house: "House") -> None:
    number = await house.post(TROOPS)
    batches = len(house.reader.batches)
    answer = await house.ask(f"/summary https://t.me/sample_wire/{number}")
    assert "2,500" in answer.text
    assert len(house.reader.batches) == batches
    assert (await house.ask("/summary https://t.me/elsewhere/5")).text == replies.UNKNOWN_POST


async def test_a_long_text_in_private_is_read_and_a_short_one_is_told_how(house: "House") -> None:
    assert "/summary" in (await house.ask("good morning")).text
    answer = await house.ask(" ".join([TROOPS.replace("\n", " ")] * 2))
    assert "2,500" in answer.text


async def test_an_unknown_command_gets_a_hint(house: "House") -> None:
    assert "Did you mean /summary?" in (await house.ask("/sumary")).text
    assert "/help" in (await house.ask("/xyzzy")).text


async def test_a_command_addressed_to_us_is_ours_and_one_addressed_to_another_is_not(house: "House") -> None:
    name = house.application.bot.username
    assert "What I can do" in (await house.ask(f"/help@{name}")).text
    said = await house.client.say(SAMPLE_READER, "/help@another_bot")
    await house.caught_up()
    assert [m for m in await house.client.chat(SAMPLE_READER) if m.message_id > said and m.from_bot] == []


async def test_an_edited_command_does_nothing(house: "House") -> None:
    said = await house.client.say(SAMPLE_READER, "/help")
    await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said)
    await house.client.edit_said(SAMPLE_READER, said, "/subscribe")
    await house.caught_up()
    assert await house.subscriber() is None


async def test_a_block_stops_deliveries_and_an_unblock_lets_them_on(house: "House") -> None:
    await house.ask("/subscribe")
    await house.client.block(SAMPLE_READER)
    await house.caught_up()
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert not subscriber.active
    await house.client.unblock(SAMPLE_READER)
    await house.caught_up()
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert subscriber.active
    assert subscriber.subscribed


async def test_a_forward_is_read_however_short(house: "House") -> None:
    reader = house.server.world.users[SAMPLE_READER_ID]
    origin = {
        "type": "channel",
        "chat": {"id": -1005, "type": "channel", "title": "Harbour Wire"},
        "message_id": 3,
        "date": int((house.clock() - timedelta(days=2)).timestamp()),
    }
    said = house.server.world.say(reader, "A ferry with 140 passengers ran aground.", origin=origin)
    answer = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said.message_id)
    assert "140" in answer.text
    assert "Harbour Wire, as of 20 November 2026" in answer.text


async def test_a_forward_of_a_post_that_was_read_before_is_not_read_again(house: "House") -> None:
    number = await house.post(TROOPS)
    batches = len(house.reader.batches)
    reader = house.server.world.users[SAMPLE_READER_ID]
    channel = {"id": SAMPLE_CHANNEL_ID, "type": "channel", "title": "Sample Wire", "username": "sample_wire"}
    origin = {"type": "channel", "chat": channel, "message_id": number, "date": int(house.clock().timestamp())}
    said = house.server.world.say(reader, TROOPS, origin=origin)
    answer = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said.message_id)
    assert "2,500" in answer.text
    assert len(house.reader.batches) == batches


async def test_a_word_is_found_at_its_beginning_and_never_inside_another(house: "House") -> None:
    await house.post(STORM)
    assert "Storm" in (await house.ask("/summary offic")).text
    assert (
        await house.ask("/summary ower")
    ).text == "Nothing about 'ower' in that time. /summary 7d ower looks further back."
    assert (await house.ask("/summary ower 7d")).text == "Nothing about 'ower' in that time."
    assert "'ower' under health in that time" in (await house.ask("/summary health ower")).text


async def test_an_empty_edition_offers_only_what_is_longer(house: "House") -> None:
    day = await house.ask("/summary 24h")
    assert [button.text for row in day.buttons for button in row] == ["The last 7 days"]
    assert not (await house.ask("/summary 7d")).buttons


async def test_a_reading_says_which_deadlines_have_passed(house: "House") -> None:
    number = await house.post(STORM)
    assert "(passed)" not in (await house.ask(f"/summary https://t.me/sample_wire/{number}")).text
    house.clock.wind(days=30)
    assert "(passed)" in (await house.ask(f"/summary https://t.me/sample_wire/{number}")).text


async def test_buttons_choose_no_more_hours_than_words_do(house: "House") -> None:
    menu = await house.ask("/schedule 1 2 3 4 5 6")
    await house.press(menu, "21:00")
    await house.caught_up()
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert len(subscriber.times) == 6


async def test_stop_is_known_for_what_other_bots_mean_by_it(house: "House") -> None:
    assert "Did you mean /unsubscribe?" in (await house.ask("/stop")).text


async def test_topics_are_chosen_by_words(house: "House") -> None:
    assert "Chosen: health; weather." in (await house.ask("/topics weather and health")).text
    assert "Chosen: all topics." in (await house.ask("/topics all")).text
    assert (await house.ask("/topics wether")).text == "I know no topic 'wether'. Did you mean 'weather'?"
    assert "none, only the words you follow" in (await house.ask("/topics none")).text
    assert "/topics all chooses all" in (await house.ask("/topics xyzzy")).text
    subscriber = await house.subscriber()
    assert subscriber is not None
    assert subscriber.topics == {NO_TOPIC}
