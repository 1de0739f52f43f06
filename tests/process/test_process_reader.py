"""A reader's whole way with the bot, over HTTP against the sandbox, with the time passed in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from driven_bot import PATIENCE_S, BotProcess, filed, read_again

from bot.clock import Clock
from bot.sandbox.client import SandboxClient
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SandboxServer

pytestmark = pytest.mark.process

KYIV = ZoneInfo("Europe/Kyiv")
WITHDRAWAL = """\
Marovia to halve its force in the Ostra valley

Marovia will cut its force in the disputed Ostra valley to about 1,200 soldiers, the defence minister said on Tuesday.

The army lost 41 soldiers in the fighting along the border last year, and both governments have agreed to a ceasefire."""

TRANSFER = """\
Alden Rovers sell striker for record 58 million euros

Alden Rovers have sold striker Miko Laine to Real Castella for 58 million euros, a record for the football league.

Laine scored 31 goals in 38 matches last season and helped the club to win the championship and the cup final."""


def tomorrow_at(hour: int, minute: int = 0) -> datetime:
    return datetime.now(UTC).replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=1)


def is_edition(seen: SeenMessage) -> bool:
    return seen.from_bot and "Situation report" in seen.text


async def test_a_reader_subscribes_chooses_gets_the_digest_at_the_hour_and_leaves(
    people: SandboxClient, bot: BotProcess, clock: Clock
) -> None:
    evening = tomorrow_at(20)
    clock.advance_to(evening)
    await bot.start(evening)

    greeting = await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    assert "Sitrep" in greeting.text
    assert "You are subscribed" in (await people.ask(SAMPLE_READER, "/subscribe")).text
    sheet = await people.ask(SAMPLE_READER, "/topics")
    await people.press(SAMPLE_READER, sheet.message_id, "Conflict, war and peace")
    await people.wait_for(SAMPLE_READER, lambda seen: "✓ Conflict" in labels(seen), PATIENCE_S)
    answer = await people.ask(SAMPLE_READER, "/schedule 6:45 Kyiv")
    assert "06:45" in answer.text
    assert "Europe/Kyiv" in answer.text

    await people.post(SAMPLE_CHANNEL_ID, WITHDRAWAL)
    await people.post(SAMPLE_CHANNEL_ID, TRANSFER)
    await filed(bot, 2)
    now = await people.ask(SAMPLE_READER, "/summary")
    assert "about 1,200" in now.text
    assert "58 million" not in now.text, "sport was not chosen"
    everything = await people.ask(SAMPLE_READER, "/summary sport")
    assert "58 million" in everything.text
    assert await bot.stop() == 0

    # 06:45 in Kyiv, which is on UTC+2 or +3 by the season.
    due = min(
        moment for hour in (3, 4) if (moment := tomorrow_at(hour, 45) + timedelta(days=1)).astimezone(KYIV).hour == 6
    )
    last = (await people.chat(SAMPLE_READER))[-1].message_id
    clock.advance_to(due - timedelta(seconds=2))
    await bot.start(due - timedelta(seconds=2))
    digest = await people.wait_for(SAMPLE_READER, is_edition, PATIENCE_S, after=last)
    assert digest.date >= due
    assert "06:45 (Europe/Kyiv)" in digest.text
    assert "about 1,200" in digest.text
    assert "58 million" not in digest.text
    assert any(entity.url == "https://t.me/sample_wire/1" for entity in digest.entities), "a link to the post"

    assert "no more digests" in (await people.ask(SAMPLE_READER, "/unsubscribe")).text
    last = (await people.chat(SAMPLE_READER))[-1].message_id
    await bot.stop()
    clock.advance_to(due + timedelta(days=1))
    await bot.start(due + timedelta(days=1))
    await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
    assert not [seen for seen in await people.chat(SAMPLE_READER) if is_edition(seen) and seen.message_id > last]


async def test_commands_are_answered_without_waiting_for_the_models(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path
) -> None:
    bot = BotProcess(sandbox, tmp_path, SITREP_MODELS__SUMMARISER=str(tmp_path / "not-there"))
    await bot.start()
    assert "/subscribe" in (await people.ask(SAMPLE_READER, "/help", PATIENCE_S)).text
    assert "Situation report" in (await people.ask(SAMPLE_READER, "/summary", PATIENCE_S)).text
    assert await bot.stop() == 0


async def test_an_edited_post_is_read_again(people: SandboxClient, bot: BotProcess) -> None:
    await bot.start()
    number = await people.post(SAMPLE_CHANNEL_ID, WITHDRAWAL)
    await filed(bot, 1)
    await people.edit_post(SAMPLE_CHANNEL_ID, number, WITHDRAWAL.replace("1,200", "1,400"))
    await read_again(bot, "about 1,400")
    answer = await people.ask(SAMPLE_READER, "/summary")
    assert "about 1,400" in answer.text
    assert "1,200" not in answer.text


async def test_stopped_by_sigterm_the_bot_ends_in_good_order(people: SandboxClient, bot: BotProcess) -> None:
    await bot.start()
    await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.log


def labels(seen: SeenMessage) -> str:
    return "\n".join(button.text for row in seen.buttons for button in row)
