"""Dates to come, over HTTP: the list, the calendar file, and reminders by button."""

from typing import TYPE_CHECKING

from bot.newsroom import reminders
from bot.newsroom.readers import Chat
from bot.sandbox.client import SandboxClient
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies

if TYPE_CHECKING:
    from conftest import House

BRIDGE = "Bridge at Port Ellery closed\n\nEngineers must repair the bridge of Port Ellery by 2026-12-01."
GRAIN = "Grain talks go on\n\nNorland must answer the offer on grain exports by 2027-03-31."
CHAT = Chat(chat_id=SAMPLE_READER_ID, kind="private", language="en")


async def document(client: SandboxClient) -> SeenMessage:
    return await client.wait_for(SAMPLE_READER, lambda message: message.file_name == "deadlines.ics")


async def followed(house: "House") -> frozenset[int]:
    async with house.store.read() as tx:
        return await reminders.followed(tx, CHAT)


async def test_what_falls_due_is_listed_the_next_thirty_days_first(house: "House") -> None:
    assert (await house.ask("/deadlines")).text == "I know of no date to come."
    await house.post(GRAIN)
    await house.post(BRIDGE)
    told = await house.ask("/deadlines")
    lines = [line for line in told.text.splitlines() if line]
    assert lines[0] == "The next 30 days"
    assert lines[1].startswith("1. ")
    assert "1 December 2026: Engineers must repair the bridge" in lines[1]
    assert lines[2] == "Later"
    assert "31 March 2027" in lines[3]
    assert "Sample Wire" in lines[3]


async def test_words_choose_among_the_dates(house: "House") -> None:
    await house.post(GRAIN)
    await house.post(BRIDGE)
    told = await house.ask("/deadlines Bridges")
    assert "repair the bridge" in told.text
    assert "grain" not in told.text
    assert (await house.ask("/deadlines volcano")).text.startswith("I know of no date to come about “volcano”.")


async def test_the_calendar_file_comes_by_command_and_by_button(house: "House") -> None:
    await house.post(GRAIN)
    await house.post(BRIDGE)
    await house.client.say(SAMPLE_READER, "/deadlines grain ics")
    one = await house.client.download(await document(house.client))
    assert one.startswith(b"BEGIN:VCALENDAR")
    assert one.count(b"BEGIN:VEVENT") == 1
    told = await house.ask("/deadlines")
    await house.press(told, "Calendar file")
    both = await house.client.wait_for(SAMPLE_READER, lambda m: m.file_name == "deadlines.ics", after=told.message_id)
    assert (await house.client.download(both)).count(b"BEGIN:VEVENT") == 2


async def test_a_press_turns_a_reminder_on_and_off_again(house: "House") -> None:
    await house.post(BRIDGE)
    told = await house.ask("/deadlines")
    assert await house.answered(told, "Remind me of 1") == replies.REMINDED
    assert len(await followed(house)) == 1
    assert await house.answered(told, "Remind me of 1") == replies.NOT_REMINDED
    assert await followed(house) == frozenset()
    assert await house.answered(told, "Remind me of all") == replies.REMINDED_OF_ALL
    assert await house.answered(told, "Only those I choose") == replies.NOT_REMINDED_OF_ALL


async def test_in_a_group_only_administrators_turn_reminders_on(house: "House") -> None:
    await house.post(BRIDGE)
    stranger = await house.client.add_user("Stranger")
    group = await house.client.add_group("Desk", [SAMPLE_READER_ID, stranger])
    said = await house.client.say("Stranger", "/deadlines", chat=group)
    told = await house.client.wait_for(group, lambda message: message.from_bot, after=said)
    query = await house.client.press("Stranger", told.message_id, "Remind me of 1", chat=group)
    await house.caught_up()
    assert (await house.shown(query)) == replies.ADMINISTRATORS_ONLY
