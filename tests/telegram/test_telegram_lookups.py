"""Looking things up, over HTTP: where a line is from, what was left out, and stories by their words."""

from typing import TYPE_CHECKING

from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies

if TYPE_CHECKING:
    from conftest import House

STORM = (
    "Storm reaches the coast of Arvania\n\n"
    "A storm reached the coast of Arvania on Sunday and cut power to 12,000 homes. "
    "Officials asked people to stay indoors until the evening. Repairs are to end by 2026-12-01."
)
FERRIES = (
    "Ferries stop in Port Ellery\n\n"
    "The ferries of Port Ellery stopped on Sunday because crews struck over pay. The harbour office gave no date for the "
    "end of the strike."
)


async def test_why_explains_a_line_of_the_last_edition_whether_it_came_by_itself_or_was_asked_for(
    house: "House",
) -> None:
    assert (await house.ask("/why 1")).text == replies.NO_EDITION_YET
    post = await house.post(STORM)
    edition = await house.ask("/summary 24h")
    assert "Storm reaches the coast" in edition.text
    why = await house.ask("/why 1")
    assert "A storm reached the coast of Arvania on Sunday" in why.text
    assert "Sample Wire" in why.text
    assert f"https://t.me/sample_wire/{post}" in {entity.url for entity in why.entities}
    assert "no line 99" in (await house.ask("/why 99")).text


async def test_why_asks_for_a_number_and_takes_it_in_words(house: "House") -> None:
    await house.post(STORM)
    await house.ask("/summary 24h")
    assert (await house.ask("/why")).text.startswith("Which line? Write its number: /why 3")
    assert (await house.ask("/why not")).text.startswith("Which line?")
    assert "A storm reached" in (await house.ask("/why line 1?")).text


async def test_why_speaks_of_the_newest_edition(house: "House") -> None:
    await house.post(STORM)
    await house.ask("/summary storm 24h")
    await house.post(FERRIES)
    await house.ask("/summary ferries 24h")
    assert "ferries of Port Ellery" in (await house.ask("/why 1")).text
    await house.ask("/summary storm 24h")
    assert "A storm reached" in (await house.ask("/why 1")).text


async def test_an_edition_that_no_version_of_today_can_read_is_as_none(house: "House") -> None:
    await house.post(STORM)
    await house.ask("/summary 24h")
    async with house.store.begin() as tx:
        await tx.editions._connection.exec_driver_sql("UPDATE editions SET body = '{}'")
    assert (await house.ask("/why 1")).text == replies.NO_EDITION_YET


async def test_more_tells_what_found_no_room(house: "House") -> None:
    assert (await house.ask("/more")).text == replies.NO_EDITION_YET
    await house.post(STORM)
    await house.ask("/summary 24h")
    assert (await house.ask("/more")).text == replies.NOTHING_LEFT_OUT


async def test_search_finds_stories_by_words_and_says_where_they_are(house: "House") -> None:
    await house.post(STORM)
    number = await house.post(FERRIES)
    found = await house.ask("/search ferry strikes")
    assert found.text.splitlines() == [
        "Stories about “ferry strikes”",
        "• Ferries stop in Port Ellery — Sample Wire, 22 November 2026",
    ]
    assert [entity.url for entity in found.entities if entity.type == "text_link"] == [
        f"https://t.me/sample_wire/{number}"
    ]
    partly = await house.ask("/search ferry volcano")
    assert "None has all of these words" in partly.text


async def test_search_answers_what_it_cannot_use(house: "House") -> None:
    await house.post(STORM)
    assert (await house.ask("/search")).text.startswith("What shall I look for?")
    assert (await house.ask("/search the of")).text.startswith("What shall I look for?")
    long = "volcano " * 40
    nothing = await house.ask(f"/search {long}")
    assert nothing.text.startswith("I have no story about “volcano volcano")
    assert len(nothing.text) < 200


async def test_anybody_in_a_group_may_look_things_up(house: "House") -> None:
    await house.post(FERRIES)
    group = await house.client.add_group("Desk", [SAMPLE_READER_ID])
    said = await house.client.say(SAMPLE_READER, "/search ferries", chat=group)
    answer = await house.client.wait_for(group, lambda message: message.from_bot, after=said)
    assert "Ferries stop" in answer.text
    assert answer.reply_to == said


async def test_the_newest_stories_are_listed(house: "House") -> None:
    assert (await house.ask("/latest")).text == replies.NO_NEWS_YET
    await house.post("A ferry ran aground off Belmora\n\nA ferry ran aground off Belmora early on Sunday.")
    house.clock.wind(hours=1)
    number = await house.post(
        "Arvania to send troops\n\nArvania will send 2,500 troops to its border, a minister said."
    )
    told = await house.ask("/latest")
    lines = told.text.splitlines()
    assert lines[0] == "The newest stories"
    assert lines[1].startswith("• Arvania to send troops — Sample Wire, 22 November 2026")
    assert lines[2].startswith("• A ferry ran aground off Belmora")
    assert f"https://t.me/sample_wire/{number}" in {entity.url for entity in told.entities}
