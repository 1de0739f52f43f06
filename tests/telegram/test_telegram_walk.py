"""Everything that help says can be written, written; everything that a menu offers, pressed."""

from typing import TYPE_CHECKING

from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from bot.telegram.commands import COMMANDS

if TYPE_CHECKING:
    from conftest import House

NEWS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "They are to return by 2026-12-20."
)
NOT_A_FORM = {"summary": 3}
"""Of /summary the last form describes what may follow it."""
REGRETS = ("I don't know /", "I don't understand", "I don't know the", "Write ", replies.BROKEN)
MENUS = ("topics", "schedule", "words", "sources", "alerts", "quiet", "frequency", "pause", "privacy")
COMMAND_OF = {"words": "follow"}
LAST = frozenset({"1:forget:yes"})


async def test_every_form_that_help_shows_is_understood(house: "House") -> None:
    await house.post(NEWS)
    await house.client.ask(SAMPLE_READER, "/subscribe")
    channel = house.server.world.add_channel("Desk Digest", username="channel")
    channel.members[SAMPLE_READER_ID] = "administrator"
    for command in COMMANDS:
        for usage in command.usage[: NOT_A_FORM.get(command.name)]:
            forms = usage.partition(" (")[0]
            for form in forms.replace(" or ", ", /summary ").split(", ") if command.name == "summary" else [forms]:
                written = form if form.startswith("/") else f"/{command.name} {form}"
                said = await house.client.say(SAMPLE_READER, written)
                answer = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said)
                assert not answer.text.startswith(REGRETS), (written, answer.text)
                await house.caught_up()


async def test_every_button_of_every_menu_does_something(house: "House") -> None:
    await house.post(NEWS)
    await house.ask("/follow grain, red sea")
    await house.ask("/mute football")
    for view in MENUS:
        menu = await house.ask(f"/{COMMAND_OF.get(view, view)}")
        await house.caught_up()
        shown = await _now(house, menu.message_id)
        for data in [button.data for row in shown.buttons for button in row if button.data]:
            if data in LAST or ":show:" in data:
                continue
            present = await _now(house, menu.message_id)
            if present.button(data):
                assert await house.answered(menu, data) != replies.STALE_BUTTON, data
                await house.caught_up()
    async with house.store.read() as tx:
        assert (await tx.outbox.counts())["parked"] == 0
        assert await tx.inbox.parked(10) == []


async def _now(house: "House", number: int) -> SeenMessage:
    return next(message for message in await house.client.chat(SAMPLE_READER) if message.message_id == number)
