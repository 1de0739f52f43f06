"""Choices as steps from settings to settings, and what is due after them, against the real store."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.topics import TOPICS
from bot.errors import Skip
from bot.newsroom import choices, readers
from bot.newsroom.readers import Chat, Defaults
from bot.store import Store

if TYPE_CHECKING:
    from conftest import WoundClock

CHAT = Chat(chat_id=7, kind="private")
KYIV = Defaults(times=(time(8),), zone="Europe/Kyiv")
NEWCOMER = readers.newcomer(CHAT, KYIV, datetime(2026, 11, 22, 10, tzinfo=UTC))
words = st.lists(st.sampled_from(["grain", "Grain", "grains", "red sea", "drone", "drones", "Війна"]), max_size=6)


@given(follow=words, mute=words)
def test_a_word_is_followed_or_muted_and_never_both_or_twice(follow: list[str], mute: list[str]) -> None:
    known = choices.muted(choices.followed(NEWCOMER, follow), mute)
    wishes = known.wishes
    keys = [choices.folded(word) for word in (*wishes.follow, *wishes.mute)]
    assert len(keys) == len(set(keys))
    assert {choices.folded(word) for word in mute} == {choices.folded(word) for word in wishes.mute}
    assert choices.forgotten_words(known, [*follow, *mute]).wishes == NEWCOMER.wishes


def test_words_are_limited_and_what_is_there_stays() -> None:
    full = choices.followed(NEWCOMER, [f"word{number}x" for number in range(choices.MAX_WORDS)])
    with pytest.raises(Skip):
        choices.followed(full, ["another"])
    assert choices.followed(full, ["word1x"]) == full


@given(presses=st.lists(st.sampled_from(sorted(TOPICS)), max_size=30))
def test_topics_that_are_switched_are_always_on_offer_and_never_all_one_by_one(presses: list[str]) -> None:
    known = choices.no_topics(NEWCOMER)
    for code in presses:
        known = choices.switched_topic(known, code, TOPICS)
        assert known.topics < TOPICS.keys()


@given(presses=st.lists(st.integers(0, 6), max_size=20))
def test_one_day_stays(presses: list[int]) -> None:
    known = NEWCOMER
    for day in presses:
        known = choices.switched_day(known, day)
        assert known.wishes.days


async def test_a_pause_drops_what_waits_and_what_is_due_comes_after_it(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
        paused = await readers.pause(tx, CHAT, KYIV, clock(), until=clock() + timedelta(days=3))
        assert paused.next_due_at is not None
        assert paused.next_due_at > clock() + timedelta(days=3)
        resumed = await readers.pause(tx, CHAT, KYIV, clock(), until=None)
        assert resumed.next_due_at is not None
        assert resumed.next_due_at < clock() + timedelta(days=1)
        await readers.pause(tx, CHAT, KYIV, clock(), until=clock() + timedelta(days=3))
        assert (await readers.subscribe(tx, CHAT, KYIV, clock())).next_due_at == resumed.next_due_at
