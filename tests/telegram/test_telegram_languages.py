"""Whatever is said to people is in the catalogue; each chat is spoken to in its language, as chosen, or as Telegram is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from pseudo import TONGUE, outside, pseudo_language, unworded

from bot.catalogue import LANGUAGES, words_in
from bot.sandbox.model import User
from bot.sandbox.profile import menu
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from bot.telegram.commands import COMMANDS, DESCRIPTION
from bot.telegram.languages import AUTO, parse_language
from bot.telegram.menus import introduce
from bot.telegram.usage import UsageError
from bot.telegram.views import native_name

if TYPE_CHECKING:
    from conftest import House

BOT = Path(replies.__file__).parents[1]
SPEAKERS = {"line": (0,), "plain": (0,), "bold": (0,), "italic": (0,), "styled": (0,), "link": (0,), "quote": (0,)}
SPEAKERS |= {"row": (1, 2), "act": (0,), "lead": (0,), "switch": (0,), "button": (0,), "Button": (0,), "Message": (0,)}
SPEAKERS |= {"say": (0,), "_say": (2,), "answer": (0,), "CallbackAnswer": (0,), "UsageError": (0, 1)}
"""Which arguments of which calls are shown to people."""
SILENT = {"Sitrep ", " UTC", "a button that is out of date"}
"""The name, a zone that is called so in every language, and what nobody is shown."""


def spoken_literals(source: str) -> list[str]:
    """Literals with letters that are given to what shows them, unworded; commands are no words."""
    found: list[str] = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for at in SPEAKERS.get(name, ()):
            found += _literals(call.args[at]) if at < len(call.args) else []
    return [text for text in found if text not in SILENT and any(map(str.isalpha, text)) and not text.startswith("/")]


def _literals(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Call | ast.Subscript | ast.Compare | ast.Lambda):
        return []
    if isinstance(node, ast.FormattedValue):
        return _literals(node.value)
    return [text for child in ast.iter_child_nodes(node) for text in _literals(child)]


def test_a_literal_that_is_shown_is_noticed() -> None:
    source = 'text.line(f"{number} stories")\nact("Go" if x else y, verb)\nrow(text, words("Days"), format(days))\nsay("/help")'
    assert spoken_literals(source) == [" stories", "Go"]


@pytest.mark.parametrize("room", ["telegram", "newsroom"])
def test_no_text_of_the_conversation_is_shown_without_being_worded(room: str) -> None:
    spoken = {path.name: spoken_literals(path.read_text()) for path in (BOT / room).glob("*.py")}
    assert {name: texts for name, texts in spoken.items() if texts} == {}


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with pseudo_language(tmp_path, monkeypatch, {"politics": "Politik und Staat"}):
        yield


ASKED = (
    "/help", "/help sumary", "/help xyzzy", "/about", "/privacy", "/forget", "/xyzzy", "/sumary", "hello there",
    "/settings", "/subscribe", "/subscribe now", "/subscribe @nobody_at_all", "/schedule", "/schedule Mon Thu 8am Kyiv",
    "/schedule weekdays", "/schedule weekends", "/schedule §", "/schedule 25:00", "/schedule 24:00", "/schedule Kyivv",
    "/schedule Xyzzyx", "/schedule +09:17", "/schedule 1 2 3 4 5 6 7", "/schedule Kyiv UTC+5", "/frequency",
    "/frequency hourly", "/frequency weekly Friday", "/frequency twice a day", "/quiet", "/quiet 22:00-07:00", "/quiet 22",
    "/quiet 22-22", "/pause", "/pause 3d", "/settings", "/pause yesterday", "/pause 1999-01-01", "/pause 2y",
    "/pause until 31 February", "/pause 400d", "/resume", "/topics", "/topics politics health", "/topics polticks",
    "/topics xyzzy", "/topics none", "/topics all", "/follow", "/follow grain, “red sea”", "/follow the",
    "/follow " + "x" * 50, "/mute", "/mute football", "/sources", "/sources all", "/sources Reuters", "/alerts",
    "/alerts followed", "/alerts off", "/language", "/language klingon", "/summary 900d", "/summary https://example.org",
    "/summary https://t.me/somewhere_else/3", "/summary xyzzy", "/summary 24h polticks", "/summary 7d conflict xyzzy",
    "/why", "/why 3", "/more", "/figures", "/figures xyzzy", "/deadlines", "/deadlines xyzzy", "/search", "/search xyzzy",
    "/export", "/unsubscribe", "/start", "/start t_conflict", "/start t_xyzzy", "/start src_xyzzy", "/unsubscribe @nobody",
)  # fmt: skip
OPERATING = (
    "/admin", "/admin sources", "/admin xyzzy", "/admin readers", "/admin deliveries", "/admin errors", "/admin parked",
    "/admin add", "/admin add @nobody_at_all", "/admin pause -1", "/admin pause -99999999999999999", "/admin announce",
    "/admin announce ⟦Hello⟧", "/admin kill x", "/admin kill 3", "/admin test @sample_wire", "/admin pause all",
    "/admin deliveries", "/admin", "/admin resume all", "/help admin",
)  # fmt: skip
NEWS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "They are to return by 2026-12-20."
)
READ = (
    "/summary", "/why 1", "/why 2", "/why 3", "/why 99", "/more", "/figures", "/figures troops", "/deadlines",
    "/deadlines ics", "/search troops", "/search border xyzzy", "/summary conflict", "/summary 7d", f"/summary {NEWS}",
)  # fmt: skip
PRESSED = (
    ("/start", "1:begin:hour"), ("/settings", "1:sub:"), ("/settings", "1:unsub:"), ("/topics", "1:topic:07000000"),
    ("/topics", "1:topic:all"), ("/topics", "1:topic:none"), ("/alerts", "1:alert:followed"), ("/alerts", "1:alert:off"),
    ("/sources", "1:src:all"), ("/forget", "1:forget:no"), ("/frequency", "1:often:weekly"), ("/admin", "1:adm:sources"),
)  # fmt: skip
CLDR = Locale(TONGUE)
KNOWN = frozenset({
    "Politik", "und", "Staat",
    *re.findall(r"\w+", f"{NEWS} {NEWS.title()}"),
    "UTC", "Europe", "Kyiv", "Berlin", "Sitrep", "Sample", "Wire", "Etc", "GMT", "Reader", "Desk", "message",
    *" ".join(map(native_name, LANGUAGES)).split(), *CLDR.days["stand-alone"]["wide"].values(),
    *CLDR.days["stand-alone"]["abbreviated"].values(), *CLDR.months["format"]["wide"].values(),
    # what the walk itself writes, and the names of places and states of the outbox
    "grain", "red", "sea", "football", "sent", "queued", "dead", "parked", "uncertain", "sending", "dropped", "Africa",
    "America", "Asia", "London", "New", "York", "superseded", "cancelled", "failed", "ics", "WORD",
})  # fmt: skip


@pytest.mark.usefixtures("pseudo")
async def test_a_walk_through_every_corner_finds_no_word_that_is_not_in_the_catalogue(house: "House") -> None:
    house.server.world.users[SAMPLE_READER_ID].language = TONGUE
    house.application.desk = replace(house.application.desk, admins=frozenset({SAMPLE_READER_ID}))
    await introduce(house.application.bot, [SAMPLE_READER_ID])
    found: dict[str, list[str]] = {}
    await house.post(NEWS)
    for text in (*READ, *ASKED, *(f"/help {command.name}" for command in COMMANDS), *OPERATING):
        await house.ask(text)
    for text, data in PRESSED:
        said = await house.client.say(SAMPLE_READER, text)
        shown = await house.client.wait_for(SAMPLE_READER, partial(_offers, data), after=said)
        found[data] = unworded(await house.answered(shown, data), KNOWN)
    await house.caught_up()
    seen = await house.client.chat(SAMPLE_READER)
    told = [message for message in seen if message.from_bot]
    for message in told:
        found[message.text] = unworded(message.text, KNOWN)
        found |= {button.text: unworded(button.text, KNOWN) for row in message.buttons for button in row}
    bot = house.server.world.bot
    for command in menu(bot, SAMPLE_READER_ID, TONGUE):
        found[command["description"]] = unworded(command["description"], KNOWN)
    assert {text: words for text, words in found.items() if words} == {}
    assert len(told) > len(ASKED)
    assert sum("⟦" in message.text for message in told) > 0.9 * len(told)


def _offers(data: str, message: SeenMessage) -> bool:
    return message.from_bot and message.button(data) is not None


def test_what_stands_in_no_brackets_is_seen() -> None:
    assert outside("⟦Chosen⟧: ⟦the ⟦word⟧s⟧ and more") == ":  and more"
    assert unworded("⟦Hours⟧: 08:00 Uhr\n/schedule every day", frozenset()) == ["Uhr"]


@pytest.mark.usefixtures("pseudo")
async def test_a_reader_is_spoken_to_as_telegram_is_until_they_choose_and_then_as_they_chose(house: "House") -> None:
    reader = house.server.world.users[SAMPLE_READER_ID]
    reader.language = "de-AT"
    assert (await house.ask("/help")).text.startswith("⟦What I can do⟧")
    await house.ask("/subscribe")
    await house.caught_up()
    reader.language = "fr"
    assert (await house.ask("/help")).text.startswith("What I can do")
    known = await house.subscriber()
    assert known is not None and known.language == "fr"  # noqa: PT018  the editions to come follow as well
    chosen = await house.ask("/language Deutsch")
    assert "⟦Language⟧" not in chosen.text
    assert "Deutsch" in chosen.text
    assert chosen.text.startswith("⟦The language I speak⟧")
    assert (await house.ask("/help")).text.startswith("⟦What I can do⟧")
    await house.caught_up()
    known = await house.subscriber()
    assert known is not None
    assert (known.language, known.wishes.language_chosen) == ("de", True)
    await house.press(await house.ask("/language"), "1:lang:auto")
    await house.caught_up()
    assert (await house.ask("/help")).text.startswith("What I can do")


@pytest.mark.usefixtures("pseudo")
async def test_the_menu_of_a_chat_speaks_the_language_it_chose(house: "House") -> None:
    bot = house.server.world.bot
    await introduce(house.application.bot)
    line = next(command.line for command in COMMANDS if command.name == "why")

    def shown(language: str) -> str:
        return next(one["description"] for one in menu(bot, SAMPLE_READER_ID, language) if one["command"] == "why")

    assert [shown(language) for language in ("", "en", "fr", "de")] == [line, line, line, f"⟦{line}⟧"]
    assert bot.texts["description", ""] == DESCRIPTION
    assert bot.texts["description", "de"] == f"⟦{DESCRIPTION}⟧"
    await house.ask("/language de")
    await house.caught_up()
    assert shown("en") == f"⟦{line}⟧"
    await house.ask("/language auto")
    await house.caught_up()
    assert shown("en") == line
    await introduce(house.application.bot, [SAMPLE_READER_ID], {SAMPLE_READER_ID: "de"})
    assert [shown(language) for language in ("", "uk")] == [f"⟦{line}⟧", f"⟦{line}⟧"]


@pytest.mark.usefixtures("pseudo")
async def test_a_group_speaks_what_its_administrators_chose_whoever_writes(house: "House") -> None:
    world = house.server.world
    owner, member = world.add_user("Owner", language="fr"), world.add_user("Member", language="de")
    chat = world.add_group("Newsroom", [owner, member])
    chat.members[owner.id] = "creator"

    async def ask(who: User, text: str) -> str:
        said = world.say(who, text, chat=chat)
        return (await house.client.wait_for(chat.id, lambda m: m.from_bot, after=said.message_id)).text

    assert (await ask(owner, "/subscribe")).startswith("You are subscribed.")
    assert (await ask(member, "/help")).startswith("What I can do")
    assert await ask(member, "/language de") == replies.ADMINISTRATORS_ONLY
    assert "As in Telegram" not in await ask(owner, "/language")
    assert (await ask(owner, "/language auto")).startswith("Telegram knows no language of a group.")
    assert (await ask(owner, "/language de")).startswith("⟦The language I speak⟧")
    assert (await ask(owner, "/help")).startswith("⟦What I can do⟧")
    assert await ask(member, "/language en") == f"⟦{replies.ADMINISTRATORS_ONLY}⟧"


@pytest.mark.usefixtures("pseudo")
async def test_topics_are_chosen_by_their_names_in_the_readers_language_as_well(house: "House") -> None:
    house.server.world.users[SAMPLE_READER_ID].language = "de"
    assert "Politik und Staat" in (await house.ask("/topics Staat")).text
    assert "⟦health⟧" in (await house.ask("/topics health")).text
    assert "⟦Did you mean 'Politik und Staat'?⟧" in (await house.ask("/topics Politk")).text
    assert "⟦I know no topic 'und'.⟧" in (await house.ask("/topics und")).text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("de", "de"),
        ("German", "de"),
        ("DEUTSCH", "de"),
        ("español", "es"),
        ("espanol", "es"),
        ("Українська", "uk"),
        ("украинский", "uk"),
        ("русский", "ru"),
        ("english", "en"),
        ("auto", AUTO),
        (" ", None),
    ],
)
def test_a_language_is_understood_by_its_code_and_by_its_name_in_any_language(written: str, code: str | None) -> None:
    assert parse_language(written) == code


@pytest.mark.parametrize("written", ["klingon", "العربية", "中文", "😀", "x" * 4000, "{", "{language}", "de en"])
def test_any_other_language_is_refused_with_those_there_are(written: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_language(written)
    for language in LANGUAGES:
        said = refused.value.said(words_in(language))
        assert "Українська" in said
        assert len(said) < 200
