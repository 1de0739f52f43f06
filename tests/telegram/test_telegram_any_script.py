"""No script breaks anything: posts, commands, words, group titles and inline queries of all kinds, through the whole bot."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.tick import Tick
from bot.press.edition import render_edition
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from bot.telegram.edition_buttons import edition_keyboard

if TYPE_CHECKING:
    from conftest import House

ALPHABETS = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي\u064e\u0651\u0640",
    "אבגדהוזחטיכלמנסעפצקרשת\u05b8\u05bc",
    "新闻部队战争协议表示周日新聞ニュース軍隊한국어뉴스",
    "👩‍👩‍👧‍👦🇺🇦👍🏽⚠️🚢🔥1️⃣",
    "АБВГДЕЖабвгдеёжїєґ",
    "กขคงจ\u0e34\u0e35देवनागरी\u093e\u094d",
    "abcdefgh éüß ŁØ",
    "\u200f\u200e\u2067\u2069\u202e\u202c\u200b\ufeff",
    "0123456789٠١٢٣۴۵６７,.٫%€",
    "/@#<>&\"'“”«»\\|_*[]()`~:-–—",
)
WORD = st.sampled_from(ALPHABETS).flatmap(lambda letters: st.text(letters, min_size=1, max_size=12))
LINE = st.lists(WORD, min_size=1, max_size=14).map(" ".join).filter(lambda line: bool(line.strip()))
POST = st.lists(LINE, min_size=1, max_size=5).map("\n\n".join)
COMMANDS = ("summary", "search", "figures", "deadlines", "follow", "mute", "topics", "alerts", "sources")
TIMES = ("schedule", "quiet", "pause", "frequency", "why", "help", "start", "subscribe")
SAMPLES = (
    ("أعلنت وزارة الدفاع إرسال ٢٥٠٠ جندي إلى الحدود يوم الأحد.", "جندي"),
    ("משרד הביטחון הודיע על שליחת 2,500 חיילים לגבול ביום ראשון.", "חיילים"),
    ("国防部周日宣布向边境派遣2500名士兵。", "士兵"),
    ("🚨🚨 2,500 👩‍🚒 to the border 🇺🇦, says the ministry 👍🏽", "border"),
    ("Arvania שולחת 2,500 جنود 到边境 on Sunday 🚢", "Arvania"),
)


async def everything_said(house: "House", post: str, line: str) -> None:
    """A post comes, and a reader and a group say whatever they like about it."""
    world = house.server.world
    reader = world.users[SAMPLE_READER_ID]
    world.post(next(chat for chat in world.chats.values() if chat.type == "channel"), post, date=house.clock())
    for command in (*COMMANDS, *TIMES):
        world.say(reader, f"/{command} {line}")
    group = world.add_group(line[:100], [reader])
    world.say(reader, f"/summary {line}", chat=group)
    world.say(reader, line)
    world.say(reader, f"/{line}")
    await house.read_all()


async def nothing_failed(house: "House") -> None:
    async with house.store.read() as tx:
        assert await tx.inbox.parked(10) == []
        assert (await tx.outbox.counts())["parked"] == 0
    for chat in (*house.server.world.chats.values(), *house.server.world.bot.dialogues.values()):
        assert all(message.text != replies.BROKEN for message in chat.messages.values())


async def edition(house: "House") -> str:
    """What the reader's next edition says."""
    house.clock.wind(hours=21)
    before = max((message.message_id for message in await house.client.chat(SAMPLE_READER)), default=0)
    tick = Tick(
        house.store, house.application.desk.editions.compose_for, render_edition, house.clock, keyboard=edition_keyboard
    )
    assert await tick() == 1
    told = await house.client.wait_for(SAMPLE_READER, lambda m: "Situation report" in m.text, after=before)
    return told.text


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(post=POST, line=LINE)
async def test_whatever_is_posted_and_said_is_answered(house: "House", post: str, line: str) -> None:
    await everything_said(house, post, line)
    await house.client.inline(SAMPLE_READER, line[:200])
    await nothing_failed(house)


async def test_posts_of_many_scripts_reach_the_edition_and_are_found_by_their_words(house: "House") -> None:
    await house.ask("/subscribe")
    for text, word in SAMPLES:
        house.clock.wind(minutes=1)
        await house.post(text)
        await house.ask(f"/follow {word}")
        assert word in (await house.ask("/follow")).text
        told = (await house.ask(f"/summary {word}")).text
        assert told.startswith("Situation report"), word
        assert word in told
        offer = await house.client.inline(SAMPLE_READER, word)
        assert offer.results or offer.button
    await house.ask("/topics all")
    told = await edition(house)
    assert [word for _, word in SAMPLES if word not in told] == []
    await nothing_failed(house)


async def test_a_channel_a_group_and_a_person_may_be_called_anything(house: "House") -> None:
    world = house.server.world
    for name in ("قناة الأخبار", "חדשות", "新闻频道", "🔥 News\u202e🔥", "<b>&amp;"):
        person = world.add_user(name, started=True)
        group = world.add_group(name, [person])
        group.members[person.id] = "creator"
        said = world.say(person, "/subscribe", chat=group)
        answer = await house.client.wait_for(group.id, lambda m: m.from_bot, after=said.message_id)
        assert "You are subscribed." in answer.text
        channel = world.add_channel(name)
        world.post(channel, f"{name}: 2,500 troops", date=house.clock() - timedelta(minutes=1))
    await house.read_all()
    await nothing_failed(house)
