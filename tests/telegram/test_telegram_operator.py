"""An operator and a stranger walk through everything that operators can do, over HTTP: use, misuse, and use by who may not."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.newsroom.posts import Channels
from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_READER_ID
from bot.store import Kind, Lane, NewOutboxItem
from bot.telegram import operator_views as views
from bot.telegram import replies
from bot.telegram.inbox import keep_updates
from bot.telegram.menus import introduce
from bot.telegram.operator_handlers import ACTIONS

if TYPE_CHECKING:
    from conftest import House

OPERATOR = "Olha"
STRAY = (("menu", ""), ("hold", ""), ("remove", SAMPLE_CHANNEL_ID), ("send", 1), ("withdraw", 1))
FLOOD = (
    "River floods Port Ellery\n\nThe river Sarn flooded the harbour of Port Ellery on Sunday and 4,000 people left their "
    "homes. The mayor expects the water to fall by 2026-12-01."
)
STRIKE = (
    "Ferries stop in Northhaven\n\nFerry crews in Northhaven stopped work on Sunday over pay. The harbour office gave no "
    "date for the end of the strike."
)


@dataclass
class Office:
    """The house, with an operator in it."""

    house: "House"
    operator: int

    async def ask(self, text: str, who: str = OPERATOR) -> SeenMessage:
        return await self.house.client.ask(who, text)

    async def press(self, message: SeenMessage, label: str, text: str) -> SeenMessage:
        """Press a button of the operator's; the message once its text holds ``text``."""
        await self.house.client.press(OPERATOR, message.message_id, label)
        number = message.message_id
        return await self.house.client.wait_for(OPERATOR, lambda m: m.message_id == number and text in m.text)

    async def press_for_answer(self, message: SeenMessage, label: str, who: str = OPERATOR) -> str:
        return await self.house.shown(await self.house.client.press(who, message.message_id, label))

    async def next_to(self, who: str | int, after: int, text: str = "") -> SeenMessage:
        return await self.house.client.wait_for(who, lambda m: m.from_bot and text in m.text, after=after)

    async def last(self, who: str) -> int:
        seen = await self.house.client.chat(who)
        return seen[-1].message_id if seen else 0

    async def bot_is(self, status: str, channel: int, by: str = OPERATOR) -> None:
        await self.house.client._do("set_bot_status", chat=channel, status=status, user=by)
        await self.house.caught_up()

    async def forward(self, channel: int, number: int) -> None:
        """The operator forwards a post of a channel to the bot."""
        person = {"id": self.operator, "first_name": OPERATOR, "is_bot": False}
        chat = {"id": channel, "type": "channel", "title": "Dock Wire", "username": "dock_wire"}
        message = {
            "message_id": 9000 + number,
            "date": 1795341600,
            "chat": {"id": self.operator, "type": "private", "first_name": OPERATOR},
            "from": person,
            "text": STRIKE,
            "forward_origin": {"type": "channel", "chat": chat, "message_id": number, "date": 1795341600},
        }
        update = {"update_id": 2_000_000_000 + number, "message": message}
        await keep_updates(self.house.store, [update], self.house.clock())
        self.house.worker.wake()

    async def covers(self, channel: int) -> bool:
        async with self.house.store.read() as tx:
            return await Channels([SAMPLE_CHANNEL_ID]).are_read(tx, {"id": channel, "username": None})


@pytest.fixture
async def office(house: "House") -> Office:
    operator = await house.client.add_user(OPERATOR, username="olha", started=True)
    desk = house.application.desk
    house.application.desk = replace(desk, admins=frozenset({operator}), channels=(SAMPLE_CHANNEL_ID,))
    return Office(house, operator)


async def test_the_menu_says_what_there_is_and_leads_everywhere(office: Office) -> None:
    menu = await office.ask("/admin")
    assert menu.text.startswith("Operation")
    for label, text in {
        "Sources": "last post|no post yet",
        "Readers": "Subscribed: 0 of 0",
        "Deliveries": "Nothing is queued",
        "Last errors": "No delivery has failed",
        "Parked": "Nothing is parked",
    }.items():
        menu = await office.press(menu, label, text.split("|")[-1])
        menu = await office.press(menu, "Operation", "/admin announce TEXT")


async def test_what_there_is_not_is_answered_with_what_there_is(office: Office) -> None:
    assert (await office.ask("/admin flood")).text == "I don't know “flood”. /admin shows what there is."
    for confirmed_elsewhere in ("/admin send 1", "/admin withdraw 1"):
        assert "I don't know" in (await office.ask(confirmed_elsewhere)).text
    for command in ("add", "pause", "resume", "remove", "test"):
        assert (await office.ask(f"/admin {command}")).text.startswith("Which channel?")
    assert (await office.ask("/admin announce")).text.startswith("What shall I announce?")
    assert (await office.ask("/admin kill")).text.startswith("Which line?")
    assert "no such line" in (await office.ask("/admin kill 3")).text


async def test_a_channel_is_added_by_name_paused_resumed_and_removed(office: Office) -> None:
    house = office.house
    channel = await house.client.add_channel("Harbour Wire", username="harbour_wire")
    assert not await office.covers(channel)
    assert "“Harbour Wire” is read" in (await office.ask("/admin add @harbour_wire")).text
    assert await office.covers(channel)
    await house.client.post("harbour_wire", FLOOD, house.clock())
    await house.read_all()
    assert "River floods Port Ellery" in (await office.ask("/admin test @harbour_wire")).text
    listed = await office.ask("/admin sources")
    assert "Harbour Wire (@harbour_wire): read; last post 2026-11-22" in listed.text
    await office.press(listed, "2: pause", "is paused")
    assert not await office.covers(channel)
    await house.client.post("harbour_wire", STRIKE, house.clock())
    await house.read_all()
    assert "Ferries" not in (await office.ask("/summary 24h")).text
    assert "is read" in (await office.ask("/admin resume @harbour_wire")).text
    assert "is removed" in (await office.ask(f"/admin remove {channel}")).text
    assert not await office.covers(channel)
    assert "Harbour Wire" not in (await office.ask("/admin sources")).text


async def test_a_channel_of_the_settings_can_be_removed_and_read_again(office: Office) -> None:
    await office.house.post(FLOOD)
    assert "is removed" in (await office.ask(f"/admin remove {SAMPLE_CHANNEL_ID}")).text
    assert not await office.covers(SAMPLE_CHANNEL_ID)
    listed = await office.ask("/admin sources")
    assert "removed, from the settings" in listed.text
    await office.press(listed, "1: read again", "is read")
    assert await office.covers(SAMPLE_CHANNEL_ID)


async def test_a_channel_is_added_by_a_forward_of_one_of_its_posts(office: Office) -> None:
    channel = await office.house.client.add_channel("Dock Wire", username="dock_wire", bot_status="left")
    before = await office.last(OPERATOR)
    await office.forward(channel, 1)
    offer = await office.next_to(OPERATOR, before)
    assert "“Dock Wire” is not among the sources" in offer.text
    await office.press(offer, "Read it", "I am not its administrator yet")
    assert await office.covers(channel)
    await office.forward(channel, 2)
    assert "not among the sources" not in (await office.next_to(OPERATOR, offer.message_id)).text


async def test_a_readers_forward_is_read_and_offers_nothing(office: Office) -> None:
    await office.house.client.add_channel("Dock Wire", username="dock_wire", bot_status="left")
    said = await office.house.client._do("say", user=SAMPLE_READER, text=STRIKE, forward_from="dock_wire")
    assert "not among the sources" not in (await office.next_to(SAMPLE_READER, said["message_id"])).text


async def test_operators_hear_that_they_made_us_administrator_and_that_we_were_put_out(office: Office) -> None:
    channel = await office.house.client.add_channel("Dock Wire", username="dock_wire", bot_status="left")
    await office.ask("/admin")
    before = await office.last(OPERATOR)
    await office.bot_is("administrator", channel, by=SAMPLE_READER)
    await office.bot_is("administrator", channel)
    offer = await office.next_to(OPERATOR, before)
    assert "Shall I read it?" in offer.text
    await office.press(offer, "Read it", "is read from its next post on")
    await office.bot_is("left", channel, by=SAMPLE_READER)
    await office.next_to(OPERATOR, offer.message_id, "no administrator of “Dock Wire” any more")
    offers = [m for m in await office.house.client.chat(OPERATOR) if "Shall I read it?" in m.text]
    assert not offers, "the one there was has become the answer; a stranger's makes none"


async def test_unknown_channels_are_not_added(office: Office) -> None:
    assert "I can't see the channel @nowhere_wire" in (await office.ask("/admin add @nowhere_wire")).text
    assert "no post" in (await office.ask(f"/admin test {SAMPLE_CHANNEL_ID}")).text.casefold()
    assert (await office.ask("/admin add two words")).text.startswith("Which channel?")
    async with office.house.store.read() as tx:
        assert await tx.control.sources() == []


async def test_readers_are_counted_and_not_named(office: Office) -> None:
    await office.house.ask("/subscribe")
    await office.house.ask("/topics politics")
    counts = (await office.ask("/admin readers")).text
    assert "Subscribed: 1 of 1 known chat." in counts
    assert "politics: 1" in counts
    assert "08:00: 1" in counts
    assert "Europe/Kyiv: 1" in counts
    assert str(SAMPLE_READER_ID) not in counts


async def test_deliveries_and_errors_are_shown(office: Office) -> None:
    now = office.house.clock()
    item = NewOutboxItem(
        chat_id=SAMPLE_READER_ID,
        lane=Lane.BROADCAST,
        kind=Kind.REMINDER,
        method="sendMessage",
        params={"chat_id": SAMPLE_READER_ID, "text": "x"},
        dedupe_key="later",
        not_before=now + timedelta(hours=1),
    )
    async with office.house.store.begin() as tx:
        await tx.outbox.put(item, now)
        await tx.outbox.put(replace(item, dedupe_key="broken", not_before=now + timedelta(hours=2)), now)
        rows = await tx.outbox.claim([Lane.BROADCAST], 5, now + timedelta(hours=3))
        await tx.outbox.parked(rows[0].id, "BadRequest: chat not found", now)
    errors = (await office.ask("/admin errors")).text
    assert "reminder parked, sendMessage: BadRequest: chat not found" in errors
    deliveries = (await office.ask("/admin deliveries")).text
    assert "parked: 1" in deliveries
    assert "Oldest in the queue: due 2026-11-22" in deliveries


async def test_what_was_parked_is_shown_with_its_reason(office: Office) -> None:
    async with office.house.store.begin() as tx:
        await tx.inbox.add(1, 5, "{}", office.house.clock())
        await tx.inbox.park(1, "update_unreadable: KeyError", office.house.clock())
    assert "Update 1: update_unreadable: KeyError" in (await office.ask("/admin parked")).text


async def test_an_announcement_is_seen_and_confirmed_before_it_goes_out_once(office: Office) -> None:
    await office.house.ask("/subscribe")
    before = await office.last(SAMPLE_READER)
    first = await office.ask("/admin announce Maintenance tonight.\nBack at 23:00.")
    assert first.text == "Maintenance tonight.\nBack at 23:00."
    question = await office.next_to(OPERATOR, first.message_id, "This goes to 1 known chat")
    assert await office.last(SAMPLE_READER) == before
    await office.house.client.press(OPERATOR, question.message_id, "Send it to everybody")
    number = question.message_id
    await office.house.client.wait_for(OPERATOR, lambda m: m.message_id == number and "on its way to 1" in m.text)
    got = await office.next_to(SAMPLE_READER, before)
    assert got.text == "Maintenance tonight.\nBack at 23:00."
    async with office.house.store.begin() as tx:
        assert await tx.control.publish(1, office.house.clock()) is None


async def test_while_deliveries_are_paused_answers_go_out_and_broadcasts_wait(office: Office) -> None:
    await office.house.ask("/subscribe")
    assert "Paused since 2026-11-22 10:00 UTC" in (await office.ask("/admin pause all")).text
    before = await office.last(SAMPLE_READER)
    now = office.house.clock()
    params = {"chat_id": SAMPLE_READER_ID, **Message("An edition").params()}
    item = NewOutboxItem(
        chat_id=SAMPLE_READER_ID,
        lane=Lane.BROADCAST,
        kind=Kind.EDITION,
        method="sendMessage",
        params=params,
        dedupe_key="e",
    )
    async with office.house.store.begin() as tx:
        await tx.outbox.put(item, now)
    assert (await office.house.ask("/about")).from_bot
    assert "paused" in (await office.ask("/admin")).text
    assert "An edition" not in [m.text for m in await office.house.client.chat(SAMPLE_READER)]
    assert "Paused" not in (await office.ask("/admin resume all")).text
    await office.next_to(SAMPLE_READER, before, "An edition")


async def test_a_killed_story_is_in_no_later_edition_and_those_who_got_it_are_told(office: Office) -> None:
    house = office.house
    await house.ask("/subscribe")
    await house.post(FLOOD)
    await house.post(STRIKE)
    told = await house.ask("/summary 24h")
    assert "River floods" in told.text
    preview = await office.ask("/admin preview")
    number = next(line.split(".")[0] for line in preview.text.splitlines() if "River floods" in line)
    question = await office.ask(f"/admin kill {number}")
    assert "Withdraw “River floods Port Ellery”?" in question.text
    before = await office.last(SAMPLE_READER)
    await office.press(question, "Withdraw it", "Withdrawn. 1 chat ")
    line = await office.next_to(SAMPLE_READER, before)
    assert line.text.startswith("Withdrawn: River floods Port Ellery.")
    again = await house.ask("/summary 24h")
    assert "River" not in again.text
    assert "4,000" not in again.text
    assert "Ferries stop" in again.text
    assert "no story" in (await house.ask("/search river floods")).text
    assert "River" not in (await house.ask("/figures")).text
    await house.post(FLOOD.replace("on Sunday", "late on Sunday"))
    assert "River" not in (await house.ask("/summary 24h")).text
    corrections = [m for m in await house.client.chat(SAMPLE_READER) if m.text.startswith("Withdrawn:")]
    assert len(corrections) == 1


async def test_confirmations_pressed_twice_do_nothing_more(office: Office) -> None:
    house = office.house
    await house.post(FLOOD)
    await office.ask("/admin preview")
    first = await office.ask("/admin kill 1")
    second = await office.ask("/admin kill 1")
    await office.press(first, "Withdraw it", "Withdrawn.")
    assert await office.press_for_answer(second, "Withdraw it") == "That story was withdrawn before."


async def test_to_a_reader_there_are_no_such_commands(office: Office) -> None:
    for action in ("", *ACTIONS, "send 1", "withdraw 1", "pause all", "kill 1"):
        said = await office.ask(f"/admin {action}", SAMPLE_READER)
        assert said.text == "I don't know /admin. /help lists what I can do."
    assert "admin" not in (await office.ask("/help", SAMPLE_READER)).text.replace("administrator", "")
    assert "admin" not in (await office.ask("/admn", SAMPLE_READER)).text.replace("admn", "")


async def test_an_operators_button_in_a_readers_hand_is_a_stale_one(office: Office) -> None:
    house = office.house
    after = (await office.ask("/start", SAMPLE_READER)).message_id
    buttons = [views.button(action, action, argument) for action, argument in STRAY]
    stray = TextBuilder().line("Whatever").message(tuple((one,) for one in buttons))
    item = NewOutboxItem(
        chat_id=SAMPLE_READER_ID,
        lane=Lane.REPLY,
        kind=Kind.REPLY,
        method="sendMessage",
        params={"chat_id": SAMPLE_READER_ID, **stray.params()},
        dedupe_key="stray",
    )
    async with house.store.begin() as tx:
        await tx.outbox.put(item, house.clock())
    message = await office.next_to(SAMPLE_READER, after, "Whatever")
    for action, _ in STRAY:
        assert await office.press_for_answer(message, action, SAMPLE_READER) == replies.STALE_BUTTON
    async with house.store.read() as tx:
        assert await tx.control.held_since() is None
    assert await office.covers(SAMPLE_CHANNEL_ID)


async def test_only_operators_are_shown_their_commands(office: Office) -> None:
    bot = office.house.application.bot
    await introduce(bot, [office.operator])
    menus = office.house.server.world.bot.commands
    for (scope, _), commands in menus.items():
        assert ("admin" in {command["command"] for command in commands}) == (str(office.operator) in scope)
    assert any(str(office.operator) in scope for scope, _ in menus)
