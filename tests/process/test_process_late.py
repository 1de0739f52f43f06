"""A bot that was off over its readers' hour: soon after it makes up for it, late it leaves the news for the next edition."""

from datetime import UTC, datetime, timedelta

import pytest
from driven_bot import PATIENCE_S, BotProcess, filed

from bot.clock import Clock
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER

pytestmark = pytest.mark.process

STORY = """\
Marovia to halve its force in the Ostra valley by the end of next month

Marovia will cut its force in the disputed Ostra valley to about 1,200 soldiers by the end of next month, the defence
minister said on Tuesday, from roughly 2,500 at present."""


async def test_a_bot_that_was_off_for_long_tells_the_news_with_the_next_edition(
    people: SandboxClient, bot: BotProcess, clock: Clock
) -> None:
    evening = datetime.now(UTC).replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock.advance_to(evening)
    await bot.start(evening)
    await people.ask(SAMPLE_READER, "/subscribe", PATIENCE_S)
    await people.post(SAMPLE_CHANNEL_ID, STORY)
    await filed(bot, 1)
    await bot.stop()

    late = evening + timedelta(hours=18)  # 14:00; the digest is due at 07:00
    clock.advance_to(late)
    await bot.start(late)
    said = await people.say(SAMPLE_READER, "/settings")
    await people.wait_for(SAMPLE_READER, lambda seen: "Your settings" in seen.text, PATIENCE_S, after=said)
    await bot.stop()
    assert "hours_missed" in bot.log
    assert not any("Situation report" in seen.text for seen in await people.chat(SAMPLE_READER))

    morning = evening + timedelta(hours=37)  # 09:00, two hours late
    clock.advance_to(morning)
    await bot.start(morning)
    edition = await people.wait_for(SAMPLE_READER, lambda seen: "Situation report" in seen.text, PATIENCE_S, after=said)
    assert "1,200" in edition.text
