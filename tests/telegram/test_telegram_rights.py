"""In a group only administrators change settings; everybody may ask for news and help."""

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.model import Chat, User
from bot.sandbox.seen import SeenMessage
from bot.store import Subscriber
from bot.telegram import replies

if TYPE_CHECKING:
    from conftest import House

ANONYMOUS_ADMINISTRATOR = 1087968824


class Group:
    """A group with an owner, an administrator, a member and somebody anonymous in it."""

    def __init__(self, house: "House") -> None:
        world = house.server.world
        self.house = house
        self.people = {name: world.add_user(name) for name in ("Owner", "Editor", "Member")}
        self.chat: Chat = world.add_group("Newsroom", list(self.people.values()))
        self.chat.members[self.people["Owner"].id] = "creator"
        self.chat.members[self.people["Editor"].id] = "administrator"
        self.people["Nobody"] = User(id=ANONYMOUS_ADMINISTRATOR, first_name="Group", is_bot=True)

    async def ask(self, name: str, text: str) -> SeenMessage:
        said = self.house.server.world.say(self.people[name], text, chat=self.chat)
        return await self.house.client.wait_for(self.chat.id, lambda m: m.from_bot, after=said.message_id)

    async def press(self, name: str, message: SeenMessage, button: str) -> str | None:
        query = self.house.server.world.press(self.people[name], message.message_id, button, chat=self.chat)
        await self.house.caught_up()
        answered = self.house.server.world.bot.queries[query]["answer"]
        return answered["text"] if answered else None

    async def settings(self) -> Subscriber | None:
        async with self.house.store.read() as tx:
            return await tx.subscribers.get(self.chat.id)


@pytest.fixture
def group(house: "House") -> Group:
    return Group(house)


@pytest.mark.parametrize("command", ["/subscribe", "/unsubscribe", "/schedule 9 Berlin", "/topics all"])
async def test_a_member_is_told_that_administrators_decide(group: Group, command: str) -> None:
    told = await group.ask("Member", command)
    assert told.text == replies.ADMINISTRATORS_ONLY
    assert await group.settings() is None


@pytest.mark.parametrize("name", ["Owner", "Editor", "Nobody"])
async def test_administrators_change_what_they_like_anonymous_ones_too(group: Group, name: str) -> None:
    await group.ask(name, "/subscribe")
    await group.ask(name, "/schedule 9 Berlin")
    settings = await group.settings()
    assert settings is not None
    assert (settings.subscribed, settings.zone) == (True, "Europe/Berlin")


@pytest.mark.parametrize("command", ["/summary", "/help", "/topics", "/schedule", "/settings"])
async def test_a_member_may_ask_and_look(group: Group, command: str) -> None:
    assert (await group.ask("Member", command)).text != replies.ADMINISTRATORS_ONLY


async def test_a_button_under_a_group_message_is_for_administrators(group: Group) -> None:
    menu = await group.ask("Member", "/topics")
    await group.press("Member", menu, "1:topic:07000000")
    assert await group.settings() is None
    await group.press("Owner", menu, "1:topic:07000000")
    settings = await group.settings()
    assert settings is not None
    assert settings.topics == {"medtop:07000000"}


async def test_rights_that_were_taken_away_are_gone_at_once(group: Group) -> None:
    await group.ask("Editor", "/subscribe")
    group.chat.members[group.people["Editor"].id] = "member"
    assert (await group.ask("Editor", "/unsubscribe")).text == replies.ADMINISTRATORS_ONLY


async def test_who_cannot_be_looked_up_is_asked_to_try_again(group: Group) -> None:
    await group.house.client.fault("server_error", method="getChatMember")
    assert (await group.ask("Owner", "/subscribe")).text == replies.RIGHTS_UNKNOWN
    assert await group.settings() is None
