"""The buttons under an edition, over HTTP: in use, twice, in another chat, and from a release of which nothing is left."""

from typing import TYPE_CHECKING

import pytest

from bot.catalogue import words_in
from bot.press.message import Button
from bot.press.text import TextBuilder
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.store import Kind, Lane, NewOutboxItem
from bot.telegram import replies
from bot.telegram.callback import MAX_BYTES
from bot.telegram.edition_buttons import edition_keyboard

if TYPE_CHECKING:
    from conftest import House

STORM = (
    "Storm reaches the coast of Arvania\n\nA storm reached the coast of Arvania on Sunday and cut power to 12,000 homes. "
    "Officials asked people to stay indoors."
)
FERRIES = (
    "Ferries stop in Port Ellery\n\nThe ferries of Port Ellery stopped on Sunday because crews struck over pay. The harbour "
    "office gave no date."
)


@pytest.fixture
async def edition(house: "House") -> SeenMessage:
    await house.post(STORM)
    await house.post(FERRIES)
    return await house.ask("/summary 24h")


def labels(message: SeenMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def until(house: "House", message: SeenMessage, label: str) -> SeenMessage:
    """The message once it has a button of that label."""
    number = message.message_id
    return await house.client.wait_for(SAMPLE_READER, lambda m: m.message_id == number and label in labels(m))


def line_of(edition: SeenMessage, headline: str) -> str:
    return next(line.split(".")[0] for line in edition.text.splitlines() if headline in line)


async def send(house: "House", chat_id: int, data: str) -> SeenMessage:
    """A message of ours with one button, wherever it came from."""
    message = TextBuilder().line("An old one").message(((Button("Old", data),),))
    params = {"chat_id": chat_id, **message.params()}
    item = NewOutboxItem(
        chat_id=chat_id, lane=Lane.REPLY, kind=Kind.REPLY, method="sendMessage", params=params, dedupe_key=data
    )
    async with house.store.begin() as tx:
        await tx.outbox.put(item, house.clock())
    return await house.client.wait_for(chat_id, lambda m: "Old" in labels(m) and m.buttons[0][0].data == data)


async def test_why_asks_for_a_line_and_answers_for_it(house: "House", edition: SeenMessage) -> None:
    assert labels(edition) == ["More", "Why", "Mute a story", "Useful", "Not useful"]
    assert "number of the line" in await house.answered(edition, "Why")
    asked = await until(house, edition, "Back")
    number = line_of(edition, "Storm reaches")
    await house.press(asked, number)
    why = await house.client.wait_for(SAMPLE_READER, lambda m: m.text.startswith(f"Line {number} of"))
    assert "A storm reached the coast" in why.text
    await until(house, edition, "Why")


async def test_back_brings_the_buttons_back_and_the_text_stays(house: "House", edition: SeenMessage) -> None:
    await house.press(edition, "Useful")
    await house.press(await until(house, edition, "Back"), "Back")
    assert (await until(house, edition, "Useful")).text == edition.text


async def test_more_says_where_there_is_no_more(house: "House", edition: SeenMessage) -> None:
    assert await house.answered(edition, "More") == replies.NOTHING_LEFT_OUT


async def test_a_muted_story_is_in_no_later_edition(house: "House", edition: SeenMessage) -> None:
    await house.press(edition, "Mute a story")
    number = line_of(edition, "Storm reaches")
    assert f"story in line {number}" in await house.answered(await until(house, edition, "Back"), number)
    again = await house.ask("/summary 24h")
    assert "Storm" not in again.text
    assert "Ferries" in again.text


async def test_a_voice_is_kept_once_and_the_last_word_counts(house: "House", edition: SeenMessage) -> None:
    number = line_of(edition, "Ferries stop")
    for label, counts in (("Useful", (1, 0)), ("Useful", (1, 0)), ("Not useful", (0, 1))):
        await house.press(await until(house, edition, label), label)
        assert "Noted" in await house.answered(await until(house, edition, "Back"), number)
        async with house.store.read() as tx:
            share = (await tx.voices.shares(["Sample Wire"]))["Sample Wire"]
        assert (share.useful, share.useless) == counts


async def test_buttons_of_an_edition_of_another_chat_do_nothing(house: "House", edition: SeenMessage) -> None:
    number = int(edition.buttons[0][0].data.rpartition("/")[2])
    other = await house.client.add_user("Ines", started=True)
    for row in edition_keyboard(number, words_in("en")):
        for button in row:
            old = await send(house, other, str(button.data))
            query = await house.client.press("Ines", old.message_id, "Old")
            assert await house.shown(query) == replies.EDITION_GONE
    async with house.store.read() as tx:
        assert await tx.subscribers.get(other) is None


@pytest.mark.parametrize("data", ["1:ed:why/999999", "1:ed:mute/1/999", "1:ed:why", "1:ed:fly/1", "1:ed:why/1/2/3"])
async def test_what_is_no_line_of_no_edition_is_said_and_does_nothing(
    house: "House", edition: SeenMessage, data: str
) -> None:
    before = await house.subscriber()
    old = await send(
        house, SAMPLE_READER_ID, data.replace("/1", "/" + edition.buttons[0][0].data.rpartition("/")[2], 1)
    )
    assert await house.answered(old, "Old") == replies.EDITION_GONE
    assert await house.subscriber() == before


def test_the_data_is_short_whatever_the_number() -> None:
    row = edition_keyboard(10**15 - 1, words_in("en"))
    assert all(len(str(button.data).encode()) + len("/9999") <= MAX_BYTES for buttons in row for button in buttons)
