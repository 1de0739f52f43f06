"""What the bot says reads well aloud: no meaning by a sign or a colour alone, no line without a word, ticks said in words."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.delivery.tick import Tick
from bot.press.edition import render_edition
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER
from bot.telegram.commands import COMMANDS
from bot.telegram.edition_buttons import edition_keyboard
from bot.telegram.keyboards import CHOSEN

if TYPE_CHECKING:
    from conftest import House

NEWS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "They are to return by 2026-12-20."
)
READ_AS_WORDS = frozenset("+=<>")
"""Signs that every screen reader says."""
NOT_SAID = {"So", "Sk", "Sm", "Co", "Cn", "Cs", "No"}
"""Kinds of characters that a screen reader skips, or spells out at length: pictures, arrows, ticks, modifiers."""
FORMS = 1
"""Of each command so many forms are tried; the first shows its menu or its answer."""
SHORT_FOR = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday", "All": "all", "No alerts": "none", "None": "none", "Daily": "every day", "Weekly": "at",
    "Twice": ",", "Say when nothing happened": "one line says so", "Send nothing then": "nothing is sent",
    "Words I follow": "the words you follow",
}  # fmt: skip
"""What a label says in fewer words than the text above it."""


def unread(text: str) -> Iterator[str]:
    """What of a text would be lost on somebody who hears it."""
    for char in text:
        if unicodedata.category(char) in NOT_SAID and char not in READ_AS_WORDS:
            yield f"{char!r} in {text!r}"
    for line in text.splitlines():
        if line.strip() and not any(char.isalnum() for char in line):
            yield f"a line without a word: {line!r}"


def unsaid(message: SeenMessage) -> Iterator[str]:
    """Ticks whose meaning does not stand in the text above, and labels that say nothing aloud."""
    every = [button for row in message.buttons for button in row]
    text = message.text.casefold()
    for button in every:
        label = button.text.removeprefix(CHOSEN)
        yield from unread(label)
        if button.text == label:
            continue
        names = [said for short, said in SHORT_FOR.items() if label.startswith(short)] or [label]
        said = any(name.casefold() in text for name in [*names, label.partition(" ")[0]])
        if not said and not ("days: every day" in text or "days: weekdays" in text):
            yield f"{button.text!r} is not said in {message.text!r}"


async def test_all_that_a_reader_is_told_reads_well_aloud(house: "House") -> None:
    await house.post(NEWS)
    for form in (
        "/subscribe",
        "/follow troops",
        "/mute football",
        "/topics conflict health",
        "/alerts health followed",
    ):
        await house.ask(form)
    for command in COMMANDS:
        for usage in command.usage[:FORMS] or (f"/{command.name}",):
            await house.ask(usage.partition(" (")[0])
            await house.ask(f"/help {command.name}")
    for form in (
        "/schedule",
        "/frequency",
        "/quiet 22:00-07:00",
        "/alerts",
        "/figures 2500",
        "/schedule Mon Thu",
        "/xyzzy",
    ):
        await house.ask(form)
    await house.ask("/schedule every day")
    await house.ask("/resume")
    await house.ask("/subscribe")
    await house.ask("/topics all")
    house.clock.wind(minutes=1)
    await house.post(NEWS.replace("Arvania", "Belmora").replace("2,500", "700"))
    house.clock.wind(hours=21)
    tick = Tick(
        house.store, house.application.desk.editions.compose_for, render_edition, house.clock, keyboard=edition_keyboard
    )
    assert await tick() == 1
    await house.client.wait_for(SAMPLE_READER, lambda m: m.text.startswith("Situation report\nAs of Monday"), 30)
    said = [message for message in await house.client.chat(SAMPLE_READER) if message.from_bot]
    assert len(said) > 2 * len(COMMANDS)
    found = [wrong for message in said for wrong in (*unread(message.text), *unsaid(message))]
    assert found == []
    offer = await house.client.inline(SAMPLE_READER, "troops")
    assert [
        wrong for one in offer.results for part in (one.title, one.description, one.text) for wrong in unread(part)
    ] == []


async def test_a_press_on_a_switch_says_what_it_did_in_words(house: "House") -> None:
    menu = await house.ask("/topics")
    assert "health" in (await house.answered(menu, "Health")).casefold()
    hours = await house.ask("/schedule")
    assert await house.answered(hours, "21:00") == "Hours: 08:00, 21:00"
    often = await house.ask("/frequency")
    assert await house.answered(often, "Full") == "Length: full, as many messages as it takes"
    quiet = await house.ask("/quiet")
    assert await house.answered(quiet, "22:00-07:00") == "Now: 22:00-07:00"
