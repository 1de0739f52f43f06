"""Every command of the registry in right use, in wrong use, and in use by somebody who may not: a new one needs all three."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from bot.telegram.commands import COMMANDS, Command, Scope
from bot.telegram.operator_commands import OPERATOR_COMMANDS

if TYPE_CHECKING:
    from conftest import House

NEWS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "They are to return by 2026-12-20."
)


@dataclass(frozen=True)
class Uses:
    """What is written, and what the answer says. ``right`` and ``wrong`` are the reader's own.

    ``barred`` is written by a member of a group who is no administrator; of a command that is for everybody it says what
    such a member gets, which changes nothing.
    """

    right: tuple[str, str]
    wrong: tuple[str, str]
    barred: tuple[str, str]


NOT_YOURS = replies.ADMINISTRATORS_ONLY
EVERY: Mapping[str, Uses] = {
    "summary": Uses(
        ("/summary", "Arvania to send troops"),
        ("/summary 400d", "400d is out of reach: ask for 1h to 31d"),
        ("/summary", "Arvania to send troops"),
    ),
    "latest": Uses(
        ("/latest", "Arvania to send troops to the border"),
        ("/latest grain talks", "To look for words, write: /search grain talks"),
        ("/latest", "Arvania to send troops to the border"),
    ),
    "more": Uses(
        ("/more", replies.NOTHING_LEFT_OUT), ("/more", replies.NO_EDITION_YET), ("/more", replies.NO_EDITION_YET)
    ),
    "why": Uses(
        ("/why 1", "“Arvania will send 2,500 troops"),
        ("/why is that", "Which line? Write its number: /why 3"),
        ("/why 1", replies.NO_EDITION_YET),
    ),
    "figures": Uses(
        ("/figures", "The newest figures I follow."),
        ("/figures xyzzy", "I follow no figures yet"),
        ("/figures", "The newest figures I follow."),
    ),
    "deadlines": Uses(
        ("/deadlines", "20 December 2026"),
        ("/deadlines xyzzy", "I know of no date to come about “xyzzy”."),
        ("/deadlines", "20 December 2026"),
    ),
    "search": Uses(
        ("/search troops", "Arvania to send troops to the border"),
        ("/search", "What shall I look for? Write a few words, such as /search"),
        ("/search troops", "Arvania to send troops to the border"),
    ),
    "subscribe": Uses(
        ("/subscribe", "You are subscribed."),
        ("/subscribe to the weather", "/subscribe @channel"),
        ("/subscribe", NOT_YOURS),
    ),
    "unsubscribe": Uses(
        ("/unsubscribe", "You get no more digests."),
        ("/unsubscribe from the weather", "/unsubscribe @channel"),
        ("/unsubscribe", NOT_YOURS),
    ),
    "pause": Uses(
        ("/pause 3d", "paused until Wednesday, 25 November"),
        ("/pause when I say", "/pause until 5 May"),
        ("/pause 3d", NOT_YOURS),
    ),
    "resume": Uses(("/resume", "No pause any more."), ("/resume what", "No pause any more."), ("/resume", NOT_YOURS)),
    "schedule": Uses(
        ("/schedule 07:30 New York", "America/New_York"),
        ("/schedule 8 Kyev", "I don't know the zone 'Kyev'. Did you mean Europe/Kyiv?"),
        ("/schedule 9", NOT_YOURS),
    ),
    "frequency": Uses(
        ("/frequency weekly Friday", "Now: Friday at"),
        ("/frequency hourly", "/frequency daily"),
        ("/frequency daily", NOT_YOURS),
    ),
    "quiet": Uses(
        ("/quiet 22:00-07:00", "Now: 22:00-07:00"), ("/quiet 22", "From when to when?"), ("/quiet off", NOT_YOURS)
    ),
    "topics": Uses(
        ("/topics politics health", "Chosen: health; politics"),
        ("/topics wether", "I know no topic 'wether'. Did you mean 'weather'?"),
        ("/topics all", NOT_YOURS),
    ),
    "follow": Uses(
        ("/follow grain, “red sea”", "Followed: grain; red sea"),
        ("/follow the", "stands in nearly every story"),
        ("/follow grain", NOT_YOURS),
    ),
    "mute": Uses(("/mute football", "Muted: football"), ("/mute of", "stands in nearly"), ("/mute grain", NOT_YOURS)),
    "sources": Uses(
        ("/sources all", "Chosen: all sources."),
        ("/sources Reuters", "by their buttons: /sources"),
        ("/sources all", NOT_YOURS),
    ),
    "alerts": Uses(
        ("/alerts conflict", "Chosen: conflict, war and peace"),
        ("/alerts helth", "I know no topic 'helth'"),
        ("/alerts off", NOT_YOURS),
    ),
    "language": Uses(("/language en", "English"), ("/language klingon", "klingon"), ("/language de", NOT_YOURS)),
    "settings": Uses(
        ("/settings", "Your settings"), ("/settings xyzzy", "Your settings"), ("/settings", "Your settings")
    ),
    "export": Uses(("/export", ""), ("/export xyzzy", ""), ("/export", NOT_YOURS)),
    "forget": Uses(
        ("/forget", "Delete everything I know of this chat?"),
        ("/forget it", "Delete everything"),
        ("/forget", NOT_YOURS),
    ),
    "privacy": Uses(("/privacy", "What I keep of you"), ("/privacy xyzzy", "What I keep"), ("/privacy", "What I keep")),
    "help": Uses(
        ("/help schedule", "/schedule 07:30"),
        ("/help xyzzy", "I don't know /xyzzy. /help lists"),
        ("/help", "What I can do"),
    ),
    "about": Uses(("/about", "Sitrep"), ("/about xyzzy", "Sitrep"), ("/about", "Sitrep")),
    "start": Uses(
        ("/start t_conflict", "The link chose the topic: conflict, war and peace."),
        ("/start t_nonsense", replies.UNKNOWN_LINK),
        ("/start t_conflict", NOT_YOURS),
    ),
    "admin": Uses(
        ("/admin readers", "Readers"),
        ("/admin xyzzy", "/admin"),
        ("/admin readers", "I don't know /admin."),
    ),
}
"""By the name of the command."""
AFTER = ("unsubscribe", "resume", "forget")
"""What is tried after the others, because it ends something."""
FILE = "sitrep.json"


def test_every_command_has_its_three_uses() -> None:
    assert EVERY.keys() == {command.name for command in (*COMMANDS, *OPERATOR_COMMANDS)}


async def test_right_use_does_what_it_says(house: "House") -> None:
    await house.post(NEWS)
    await house.ask("/summary")
    for command in _in_order():
        written, said = EVERY[command.name].right
        await _expect(house, command, await house.ask(written), said)


async def test_wrong_use_is_answered_with_what_would_be_right(house: "House") -> None:
    for command in COMMANDS:
        written, said = EVERY[command.name].wrong
        if command.name == "deadlines":
            await house.post(NEWS)
        await _expect(house, command, await house.ask(written), said)


async def test_who_may_not_is_told_so_and_changes_nothing(house: "House") -> None:
    await house.post(NEWS)
    world = house.server.world
    owner, member = world.add_user("Owner"), world.add_user("Member")
    group = world.add_group("Newsroom", [owner, member])
    group.members[owner.id] = "creator"
    for command in COMMANDS:
        written, said = EVERY[command.name].barred
        assert (said == NOT_YOURS) == (command.scope is Scope.CHOOSING or command.name == "start"), command.name
        if command.name in {"more", "why"}:
            continue  # below: a group in which somebody has asked has an edition to ask about
        message = world.say(member, written, chat=group)
        answer = await house.client.wait_for(group.id, lambda m: m.from_bot, after=message.message_id)
        assert said in answer.text, (written, answer.text)
    async with house.store.read() as tx:
        assert await tx.subscribers.get(group.id) is None


async def test_who_has_had_no_edition_cannot_ask_about_one_of_somebody_else(house: "House") -> None:
    await house.post(NEWS)
    await house.ask("/summary")
    world = house.server.world
    stranger = world.add_user("Stranger")
    for name in ("more", "why"):
        written, said = EVERY[name].barred
        message = world.say(stranger, written)
        answer = await house.client.wait_for(stranger.id, lambda m: m.from_bot, after=message.message_id)
        assert answer.text == said


async def test_operators_commands_are_theirs_alone(house: "House") -> None:
    uses = EVERY["admin"]
    assert uses.barred[1] in (await house.ask(uses.barred[0])).text
    house.application.desk = replace(house.application.desk, admins=frozenset({SAMPLE_READER_ID}))
    assert uses.right[1] in (await house.ask(uses.right[0])).text
    assert uses.wrong[1] in (await house.ask(uses.wrong[0])).text


def _in_order() -> list[Command]:
    return sorted(COMMANDS, key=lambda command: command.name in AFTER)


async def _expect(house: "House", command: Command, answer: SeenMessage, said: str) -> None:
    assert said in answer.text, (command.name, answer.text)
    if command.name == "export":
        assert answer.file_name == FILE
    await house.caught_up()
    assert all(message.text != replies.BROKEN for message in await house.client.chat(SAMPLE_READER))
