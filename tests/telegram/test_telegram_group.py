"""A group, a forum and a channel as subscribers: who decides for them, where editions go, what a move or a removal means."""

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.model import Chat, User
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER_ID
from bot.store import Subscriber
from bot.telegram import replies
from bot.telegram.commands import COMMANDS, Scope

if TYPE_CHECKING:
    from conftest import House

RIGHT_USE = {
    "subscribe": "/subscribe",
    "unsubscribe": "/unsubscribe",
    "pause": "/pause 3d",
    "resume": "/resume",
    "schedule": "/schedule Mon 9 Berlin",
    "frequency": "/frequency weekly",
    "quiet": "/quiet 22:00-07:00",
    "topics": "/topics health",
    "follow": "/follow grain",
    "mute": "/mute football",
    "sources": "/sources all",
    "alerts": "/alerts conflict",
    "export": "/export",
    "language": "/language de",
    "forget": "/forget",
}
"""Of each command that chooses for a group, a use that changes or shows what only its administrators may."""


class Room:
    """A group with its owner and a member in it."""

    def __init__(self, house: "House", *, basic: bool = False, forum: bool = False) -> None:
        world = house.server.world
        self.house = house
        self.owner, self.member = world.add_user("Owner"), world.add_user("Member")
        self.chat: Chat = world.add_group("Newsroom", [self.owner, self.member], basic=basic)
        self.chat.members[self.owner.id] = "creator"
        self.chat.is_forum = forum

    async def ask(self, who: User, text: str, *, thread: int | None = None) -> SeenMessage:
        said = self.house.server.world.say(who, text, chat=self.chat, thread=thread)
        return await self.house.client.wait_for(self.chat.id, lambda m: m.from_bot, after=said.message_id)

    async def settings(self, chat_id: int | None = None) -> Subscriber | None:
        async with self.house.store.read() as tx:
            return await tx.subscribers.get(chat_id or self.chat.id)


def test_every_command_that_chooses_is_tried_by_somebody_who_may_not() -> None:
    assert set(RIGHT_USE) == {command.name for command in COMMANDS if command.scope is Scope.CHOOSING}


async def test_a_member_may_choose_nothing_for_the_group(house: "House") -> None:
    room = Room(house)
    for text in RIGHT_USE.values():
        assert (await room.ask(room.member, text)).text == replies.ADMINISTRATORS_ONLY, text
    assert (await room.ask(room.member, "/start t_conflict")).text == replies.ADMINISTRATORS_ONLY
    assert await room.settings() is None


async def test_its_owner_may_choose_everything(house: "House") -> None:
    room = Room(house)
    for text in RIGHT_USE.values():
        assert (await room.ask(room.owner, text)).text != replies.ADMINISTRATORS_ONLY, text
    settings = await room.settings()
    assert settings is not None
    assert (settings.zone, settings.topics, settings.wishes.follow) == (
        "Europe/Berlin",
        {"medtop:07000000"},
        {"grain"},
    )


async def test_a_members_press_on_the_owners_menu_changes_nothing(house: "House") -> None:
    room = Room(house)
    menu = await room.ask(room.owner, "/start")
    query = house.server.world.press(room.member, menu.message_id, "Health", chat=room.chat)
    assert await house.shown(query) == replies.ADMINISTRATORS_ONLY
    asked = await room.ask(room.owner, "/forget")
    query = house.server.world.press(room.member, asked.message_id, "Yes, delete it all", chat=room.chat)
    assert await house.shown(query) == replies.ADMINISTRATORS_ONLY
    settings = await room.settings()
    assert settings is not None
    assert settings.topics == frozenset()


async def test_where_a_member_cannot_be_looked_up_the_list_of_administrators_decides(house: "House") -> None:
    room = Room(house)
    await house.client.fault("forbidden", method="getChatMember")
    assert "You are subscribed." in (await room.ask(room.owner, "/subscribe")).text
    assert (await room.ask(room.member, "/unsubscribe")).text == replies.ADMINISTRATORS_ONLY


async def test_editions_go_to_the_topic_of_the_forum_that_was_chosen(house: "House") -> None:
    room = Room(house, forum=True)
    told = await room.ask(room.owner, "/subscribe", thread=42)
    assert told.thread == 42
    assert "Digests come to this topic." in told.text
    settings = await room.settings()
    assert settings is not None
    assert settings.thread_id == 42
    await room.ask(room.owner, "/topics health", thread=7)
    settings = await room.settings()
    assert settings is not None
    assert settings.thread_id == 42, "a choice elsewhere does not move the editions"
    await room.ask(room.owner, "/subscribe", thread=7)
    settings = await room.settings()
    assert settings is not None
    assert settings.thread_id == 7


async def test_a_move_to_a_supergroup_keeps_everything(house: "House") -> None:
    room = Room(house, basic=True)
    await room.ask(room.owner, "/subscribe")
    await room.ask(room.owner, "/follow grain")
    before = await room.settings()
    new = house.server.world.migrate(room.chat)
    await house.caught_up()
    after = await room.settings(new.id)
    assert before is not None
    assert after is not None
    assert (after.wishes, after.subscribed, after.next_due_at) == (before.wishes, True, before.next_due_at)
    assert await room.settings() is None
    async with house.store.read() as tx:
        assert set(await tx.dossier.of(room.chat.id)) <= {"inbox"}
        assert "outbox" in await tx.dossier.of(new.id)


async def test_being_put_out_is_noticed_and_so_is_a_return(house: "House") -> None:
    room = Room(house)
    await room.ask(room.owner, "/subscribe")
    house.server.world.set_bot_status(room.chat, "kicked", room.owner)
    await house.caught_up()
    settings = await room.settings()
    assert settings is not None
    assert not settings.active
    house.server.world.set_bot_status(room.chat, "member", room.owner)
    await house.caught_up()
    settings = await room.settings()
    assert settings is not None
    assert settings.active


async def test_menus_in_groups_offer_members_what_they_may(house: "House") -> None:
    menus = {scope: [one["command"] for one in menu] for (scope, _), menu in house.server.world.bot.commands.items()}
    members = next(menu for scope, menu in menus.items() if "all_group_chats" in scope)
    administrators = next(menu for scope, menu in menus.items() if "all_chat_administrators" in scope)
    assert set(RIGHT_USE).isdisjoint(members)
    assert {"summary", "help"} <= set(members)
    assert set(members) | set(RIGHT_USE) == set(administrators)


@pytest.fixture
def channel(house: "House") -> Chat:
    found = house.server.world.add_channel("Desk Digest", username="desk_digest")
    found.members[SAMPLE_READER_ID] = "administrator"
    return found


async def test_a_channel_gets_digests_as_its_administrator_has_chosen_them(house: "House", channel: Chat) -> None:
    await house.ask("/topics health")
    assert "Digests are posted in @desk_digest" in (await house.ask("/subscribe @Desk_Digest")).text
    async with house.store.read() as tx:
        subscriber = await tx.subscribers.get(channel.id)
    assert subscriber is not None
    assert (subscriber.kind, subscriber.topics, subscriber.subscribed) == ("channel", {"medtop:07000000"}, True)
    own = await house.subscriber()
    assert own is not None
    assert not own.subscribed
    house.server.world.set_bot_status(channel, "member", house.server.world.users[SAMPLE_READER_ID])
    await house.caught_up()
    async with house.store.read() as tx:
        subscriber = await tx.subscribers.get(channel.id)
    assert subscriber is not None
    assert not subscriber.active
    channel.members[house.application.bot.id] = "administrator"
    assert "No more digests in @desk_digest." in (await house.ask("/unsubscribe https://t.me/desk_digest")).text


async def test_a_channel_of_somebody_else_or_out_of_reach_stays_as_it_is(house: "House", channel: Chat) -> None:
    assert "I cannot post in @no_such_channel" in (await house.ask("/subscribe @no_such_channel")).text
    assert "/subscribe @channel" in (await house.ask("/subscribe health please")).text
    channel.members[SAMPLE_READER_ID] = "member"
    assert "Only an administrator of @desk_digest" in (await house.ask("/subscribe @desk_digest")).text
    channel.members[SAMPLE_READER_ID] = "creator"
    channel.members[house.application.bot.id] = "member"
    assert "I cannot post in @desk_digest" in (await house.ask("/subscribe @desk_digest")).text
    room = Room(house)
    assert (await room.ask(room.owner, "/subscribe @desk_digest")).text == replies.CHANNELS_IN_PRIVATE
    async with house.store.read() as tx:
        assert await tx.subscribers.get(channel.id) is None
