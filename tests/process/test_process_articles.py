"""What a reader's digest says of whole articles: the figures, the dates, the topics, and nothing that is not news."""

import os
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from driven_bot import PATIENCE_S, BotProcess, filed

from bot.clock import Clock
from bot.sandbox.client import SandboxClient
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER

pytestmark = pytest.mark.process

HERE = Path(__file__).with_name("articles")
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
REAL_ARTICLES = Path(os.environ.get("SITREP_ARTICLES_DIR", Path(__file__).parents[3] / "shared" / "articles"))


async def digest_of(text: str, posted: date | None, people: SandboxClient, bot: BotProcess, clock: Clock) -> str:
    """Post an article to a subscriber's channel on a day, and give the digest of the next morning."""
    evening = datetime.now(UTC).replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock.advance_to(evening)
    await bot.start(evening)
    assert "You are subscribed" in (await people.ask(SAMPLE_READER, "/subscribe", PATIENCE_S)).text
    when = datetime(posted.year, posted.month, posted.day, 15, tzinfo=UTC) if posted else None
    await people.post(SAMPLE_CHANNEL_ID, text, when)
    await filed(bot, 1)
    await bot.stop()
    morning = (evening + timedelta(days=1)).replace(hour=7)
    last = (await people.chat(SAMPLE_READER))[-1].message_id
    clock.advance_to(morning)
    await bot.start(morning)
    end = await people.wait_for(SAMPLE_READER, lambda seen: "Next edition" in seen.text, PATIENCE_S, after=last)
    parts = [seen for seen in await people.chat(SAMPLE_READER) if last < seen.message_id <= end.message_id]
    assert any(links_to_the_post(part) for part in parts)
    return "\n".join(part.text for part in parts)


def links_to_the_post(seen: SeenMessage) -> bool:
    return any(entity.url == "https://t.me/sample_wire/1" for entity in seen.entities)


def summary_stands_in(text: str, digest: str, headline: str) -> bool:
    """Whether each sentence under the headline is made of words of the article in their order."""
    body = digest.rpartition(f"{headline}\n")[2].partition("\nSource")[0]
    source = text.replace("\n", " ")
    at = 0
    for word in body.split():
        found = source.find(word.rstrip(".,"), at)
        if found < 0:
            return False
        at = found
    return True


@pytest.mark.parametrize("name", EXPECTED)
async def test_an_article_nobody_tuned_for_is_reported_right(
    name: str, people: SandboxClient, bot: BotProcess, clock: Clock
) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    expected = EXPECTED[name]
    digest = await digest_of(text, expected["posted"], people, bot, clock)
    wanted = [*expected["figures"], *expected["deadlines"], *expected["as_of"], expected["headline"]]
    assert [words for words in wanted if words not in digest] == [], digest
    assert [words for words in expected["left_out"] if words in digest] == [], digest
    assert any(topic in digest.casefold() for topic in expected["topics"]), digest


@pytest.mark.parametrize("posted", [date(2021, 7, 26), None], ids=["on its day", "today"])
async def test_the_real_article_is_reported_right_whenever_it_is_posted(
    posted: date | None, people: SandboxClient, bot: BotProcess, clock: Clock
) -> None:
    file = REAL_ARTICLES / "iraq-2021-07-26.txt"
    if not file.exists():
        pytest.skip(f"no real articles at {REAL_ARTICLES}; SITREP_ARTICLES_DIR names another folder")
    text = file.read_text(encoding="utf-8")
    digest = await digest_of(text, posted, people, bot, clock)
    headline = "Biden says US ending Iraq combat missions by year’s end"
    for words in (
        headline,
        "about 2,500",
        "as of January 2021",
        "from about 3,000",
        "31 December 2021",
        "October 2021",
    ):
        assert words in digest, digest
    assert "politics" in digest.casefold()
    assert "conflict" in digest.casefold()
    assert "Join our" not in digest
    assert "combat" in digest.split("31 December 2021")[1].split("\n")[0]
    assert "election" in digest.split("October 2021")[1].split("\n")[0]
    assert summary_stands_in(text, digest, headline)
