"""A reader's choices over HTTP: each command in right use and in wrong use, and every button of its menu."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.desk.profile import Length
from bot.desk.topics import NO_TOPIC, TOPICS
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.store import ALERT_FOLLOWED, Subscriber, Wishes
from bot.store.dossier import tables_about_chats
from bot.telegram import replies
from bot.telegram.commands import COMMANDS

if TYPE_CHECKING:
    from conftest import House

TROOPS = (
    "Arvania to send troops to the border\n\n"
    "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday. "
    "The ministry gave no date for their return."
)


async def known(house: "House") -> Subscriber:
    found = await house.subscriber()
    assert found is not None
    return found


async def wishes(house: "House") -> Wishes:
    return (await known(house)).wishes


async def test_three_taps_subscribe_and_a_first_digest_comes_at_once(house: "House") -> None:
    await house.post(TROOPS)
    menu = await house.ask("/start")
    assert len(menu.text.partition("\n\n")[0].splitlines()) == 3
    await house.press(menu, "Continue with all topics")
    hours = await house.changed(menu, "Step 2 of 3")
    await house.press(hours, "07:00")
    zones = await house.changed(menu, "Step 3 of 3")
    await house.press(zones, "1:begin:z-Europe/London")
    told = await house.changed(menu, "You are subscribed.")
    assert "The next one comes tomorrow at 07:00 (Europe/London)." in told.text
    digest = await house.client.wait_for(SAMPLE_READER, lambda m: "2,500" in m.text, after=menu.message_id)
    assert digest.from_bot
    assert (await known(house)).next_due_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert "You get a digest at 07:00 (Europe/London)." in (await house.ask("/start")).text


async def test_topics_may_be_chosen_on_the_way_and_one_may_go_back(house: "House") -> None:
    menu = await house.ask("/start")
    await house.press(menu, "Health")
    await house.changed(menu, "Chosen: health.")
    await house.press(menu, "1:begin:t-17000000")
    chosen = await house.changed(menu, "Chosen: health; weather.")
    await house.press(chosen, "Continue with 2 topics")
    await house.changed(menu, "Step 2 of 3")
    await house.press(menu, "Back")
    await house.changed(menu, "Step 1 of 3")
    assert (await known(house)).topics == {"medtop:07000000", "medtop:17000000"}
    assert not (await known(house)).subscribed


async def test_a_link_chooses_a_topic_or_a_source_and_a_strange_one_is_said_to_be_so(house: "House") -> None:
    await house.post(TROOPS)
    assert "The link chose the topic: conflict, war and peace." in (await house.ask("/start t_conflict")).text
    assert (await known(house)).topics == {"medtop:16000000"}
    assert "The link chose the source: Sample Wire." in (await house.ask("/start src_sample_wire")).text
    assert (await wishes(house)).sources == {"Sample Wire"}
    assert replies.UNKNOWN_LINK in (await house.ask("/start t_nonsense")).text
    assert replies.UNKNOWN_LINK in (await house.ask("/start 💥 1:2:3")).text


async def test_a_link_adds_a_topic_for_somebody_who_is_subscribed(house: "House") -> None:
    await house.ask("/subscribe")
    await house.ask("/start t_health")
    assert (await known(house)).topics == frozenset()
    await house.ask("/topics politics")
    await house.ask("/start t_health")
    assert (await known(house)).topics == {"medtop:07000000", "medtop:11000000"}


async def test_pause_and_resume(house: "House") -> None:
    await house.ask("/subscribe")
    assert "paused until Wednesday, 25 November, 12:00" in (await house.ask("/pause 3d")).text
    assert (await known(house)).next_due_at == datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
    assert "paused until" in (await house.ask("/settings")).text
    assert "is in the past" in (await house.ask("/pause 2020-01-01")).text
    assert "/pause until 5 May" in (await house.ask("/pause when I say")).text
    assert "tomorrow at 08:00" in (await house.ask("/resume")).text
    menu = await house.ask("/pause")
    await house.press(menu, "1 week")
    paused = await house.changed(menu, "paused until Sunday, 29 November, 12:00")
    await house.press(paused, "Resume")
    await house.changed(menu, "No pause any more.")
    assert (await known(house)).next_due_at == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


async def test_words_are_followed_muted_and_taken_off(house: "House") -> None:
    menu = await house.ask("/follow grain, “red sea”, Війна")
    assert "Followed: grain; red sea; Війна" in menu.text
    await house.ask('/mute "transfer window"')
    muted = await house.ask("/mute GRAIN")
    assert (await wishes(house)).mute == {"transfer window", "GRAIN"}
    assert (await wishes(house)).follow == {"red sea", "Війна"}
    await house.press(muted, "Unmute GRAIN")
    left = await house.changed(muted, "Muted: transfer window\n")
    await house.press(left, "Unfollow Війна")
    await house.changed(muted, "Followed: red sea\n")
    await house.press(muted, "Settings")
    await house.changed(muted, "Followed words: red sea")


async def test_words_that_say_nothing_or_are_too_many_are_answered(house: "House") -> None:
    assert "stands in nearly every story" in (await house.ask("/follow the")).text
    assert "too long" in (await house.ask(f"/mute {'x' * 50}")).text
    words = ", ".join(f"word{number}x" for number in range(21))
    assert "more than 20 words" in (await house.ask(f"/follow {words}")).text
    assert await house.subscriber() is None


async def test_sources_are_switched(house: "House") -> None:
    assert "No channel has posted yet." in (await house.ask("/sources")).text
    await house.post(TROOPS)
    menu = await house.ask("/sources")
    await house.press(menu, "Sample Wire")
    await house.caught_up()
    assert (await wishes(house)).sources == frozenset(), "the only source there is, is all of them"
    assert "by their buttons" in (await house.ask("/sources Harbour")).text
    assert "all sources" in (await house.ask("/sources all")).text


async def test_alerts_are_chosen_by_words_and_by_buttons(house: "House") -> None:
    menu = await house.ask("/alerts followed conflict")
    assert "Chosen: the words you follow; conflict, war and peace" in menu.text
    assert (await wishes(house)).alerts == {ALERT_FOLLOWED, "medtop:16000000"}
    await house.press(menu, "Health")
    await house.changed(menu, "health; conflict")
    assert "I know no topic 'helth'" in (await house.ask("/alerts helth")).text
    await house.press(menu, "No alerts")
    await house.changed(menu, "Chosen: none")
    await house.ask("/alerts conflict")
    await house.ask("/alerts off")
    assert (await wishes(house)).alerts == frozenset()


async def test_topics_all_none_and_again(house: "House") -> None:
    menu = await house.ask("/topics")
    await house.press(menu, "None")
    await house.changed(menu, "the digest will be empty")
    assert (await known(house)).topics == {NO_TOPIC}
    await house.press(menu, "1:topic:07000000")
    await house.changed(menu, "Chosen: health.")
    await house.press(menu, "All topics")
    await house.changed(menu, "Chosen: all topics.")


async def test_an_operators_own_topic_is_one_among_the_others(house: "House") -> None:
    desk = house.application.desk
    names = {**TOPICS, "own:Red Sea shipping": "Red Sea shipping"}
    house.application.desk = replace(desk, defaults=replace(desk.defaults, topic_names=names))
    menu = await house.ask("/topics")
    await house.press(menu, "Red Sea shipping")
    await house.changed(menu, "Chosen: Red Sea shipping.")
    assert (await known(house)).topics == {"own:Red Sea shipping"}
    assert "Chosen: health; Red Sea shipping." in (await house.ask("/topics shipping health")).text
    assert "Red Sea shipping" in (await house.ask("/start t_red_sea_shipping")).text


async def test_days_of_the_week_are_kept(house: "House") -> None:
    await house.ask("/subscribe")
    menu = await house.ask("/schedule Mon Thu 8am")
    assert "Days: Monday, Thursday" in menu.text
    await house.press(menu, "Fri")
    await house.changed(menu, "Days: Monday, Thursday, Friday")
    assert (await wishes(house)).days == {0, 3, 4}
    assert "Days: weekdays" in (await house.ask("/schedule weekdays 07:30")).text
    await house.press(menu, "Every day")
    await house.changed(menu, "Days: every day")
    only = await house.ask("/schedule Sunday")
    assert await house.answered(only, "Sun" if only.button("Sun") else "✓ Sun") == replies.LAST_DAY_STAYS


async def test_a_location_gives_the_zone_and_says_which(house: "House") -> None:
    reader = house.server.world.users[SAMPLE_READER_ID]
    said = house.server.world.say(reader, "", location={"latitude": 40.71, "longitude": -74.0})
    told = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said.message_id)
    assert "I took the time zone of New York, America/New_York." in told.text
    assert (await known(house)).zone == "America/New_York"


async def test_frequency_length_and_empty_digests(house: "House") -> None:
    menu = await house.ask("/frequency twice a day")
    assert (await known(house)).times == (time(8), time(20))
    await house.press(menu, "Weekly")
    await house.changed(menu, "Now: Monday at 08:00")
    assert "Now: Friday at 08:00" in (await house.ask("/frequency weekly friday")).text
    assert "/frequency daily" in (await house.ask("/frequency hourly")).text
    await house.press(menu, "Full")
    await house.changed(menu, "full, as many messages")
    await house.press(menu, "Send nothing then")
    await house.changed(menu, "nothing is sent")
    chosen = await wishes(house)
    assert (chosen.length, chosen.sends_empty, chosen.days) == (Length.FULL, False, {4})


async def test_quiet_hours(house: "House") -> None:
    menu = await house.ask("/quiet 23:30-06:15")
    assert "Now: 23:30-06:15" in menu.text
    assert (await wishes(house)).quiet == (time(23, 30), time(6, 15))
    assert "From when to when?" in (await house.ask("/quiet 22")).text
    await house.press(menu, "22:00-07:00")
    await house.changed(menu, "Now: 22:00-07:00")
    await house.ask("/quiet off")
    assert (await wishes(house)).quiet is None


async def test_settings_lead_everywhere_and_back(house: "House") -> None:
    menu = await house.ask("/settings")
    heads = {
        "Topics": "Topics of your digest",
        "Hours": "When your digest comes",
        "Words": "Words you follow and mute",
        "Sources": "Sources of your digest",
        "Alerts": "News of what you choose",
        "Quiet hours": "In quiet hours no alert",
        "How often, how long": "How often, and how much",
        "Your data": "What I keep of you",
    }
    for label, head in heads.items():
        await house.press(menu, label)
        view = await house.changed(menu, head)
        await house.press(view, "Settings")
        await house.changed(menu, "Your settings")


async def test_export_hands_over_all_that_is_kept(house: "House") -> None:
    await house.ask("/subscribe")
    await house.ask("/follow grain")
    said = await house.client.say(SAMPLE_READER, "/export")
    file = await house.client.wait_for(SAMPLE_READER, lambda m: m.file_name == "sitrep.json", after=said)
    data = json.loads(await house.client.download(file))
    assert data["chat"] == SAMPLE_READER_ID
    assert "grain" in data["records"]["subscribers"][0]["wishes"]
    assert any("/follow grain" in row["raw"] for row in data["records"]["inbox"])
    assert any("You are subscribed." in row["params"] for row in data["records"]["outbox"])


async def test_forget_asks_first_and_then_leaves_nothing(house: "House") -> None:
    await house.post(TROOPS)
    await house.ask("/subscribe")
    await house.ask("/follow grain")
    await house.ask("/summary")
    asked = await house.ask("/forget")
    await house.press(asked, "No, keep it")
    await house.changed(asked, "What I keep of you")
    assert await house.subscriber() is not None
    asked = await house.ask("/forget")
    told = await house.answered(asked, "Yes, delete it all")
    assert "records are deleted" in told
    await house.changed(asked, "I know nothing of you any more")
    async with house.store.read() as tx:
        assert await tx.dossier.of(SAMPLE_READER_ID) == {}
        edition = await tx.editions.get(1)
    assert edition is not None
    assert edition.profile_key == "", "it is too young to be deleted, and no longer says for whom it was made"
    assert {"subscribers", "outbox", "corrected", "reminder_readers", "deadline_follows"} <= tables_about_chats().keys()
    again = await house.ask("/start")
    assert "Step 1 of 3" in again.text


async def test_help_is_by_task_and_on_one_command(house: "House") -> None:
    page = (await house.ask("/help")).text
    assert all(f"/{command.name} – " in page for command in COMMANDS)
    assert "Choose when it comes" in page
    assert "/schedule Mon Thu 8am" in (await house.ask("/help schedule")).text
    assert "Did you mean /help topics?" in (await house.ask("/help topcs")).text


@pytest.mark.parametrize("command", ["/about", "/privacy"])
async def test_what_is_said_about_the_bot(house: "House", command: str) -> None:
    assert len((await house.ask(command)).text.splitlines()) > 3
    assert await house.subscriber() is None


@pytest.mark.parametrize(
    ("data", "head"),
    [
        ("0:topic:04000000", "Topics of your digest"),
        ("1:hour:2599", "When your digest comes"),
        ("1:unf:0123456789", "Words you follow and mute"),
        ("1:quiet:9999-0000", "Quiet hours"),
        ("1:show:nowhere", "Your settings"),
        ("1:topics:old", "Your settings"),
    ],
)
async def test_a_button_that_is_out_of_date_is_answered_with_the_new_one(house: "House", data: str, head: str) -> None:
    menu = await house.ask("/settings")
    sent = house.server.world.bot.dialogues[SAMPLE_READER_ID].messages[menu.message_id]
    sent.keyboard = [[{"text": "Old", "callback_data": data}]]
    assert await house.answered(menu, "Old") == replies.STALE_BUTTON
    shown = await house.client.wait_for(SAMPLE_READER, lambda m: head in m.text and m.buttons and not m.button("Old"))
    assert shown.from_bot
    assert await house.subscriber() is None


async def test_a_button_pressed_twice_does_what_it_says_once(house: "House") -> None:
    menu = await house.ask("/settings")
    for _ in range(2):
        await house.press(menu, "Subscribe")
    await house.caught_up()
    assert (await known(house)).subscribed
    pausing = await house.ask("/pause")
    for _ in range(2):
        await house.press(pausing, "1 day")
    await house.caught_up()
    assert (await wishes(house)).paused_until == house.clock() + timedelta(days=1)
    async with house.store.read() as tx:
        assert (await tx.outbox.counts())["parked"] == 0


async def test_of_many_quick_presses_only_the_last_is_waited_for(house: "House") -> None:
    menu = await house.ask("/topics")
    seq = house.server.world.changes.seq
    await house.client.fault("flood", method="editMessageText", times=1, retry_after_s=1)
    for code in ("01", "02", "03", "04", "05", "06"):
        await house.press(menu, f"1:topic:{code}000000")
    await house.caught_up()
    shown = await house.changed(menu, "education; environment.")
    assert shown.button("✓ Education")
    told = await house.server.world.changes.since(seq, 0) or []
    edits = [change for change in told if change.kind == "message" and "edit_date" in change.data]
    assert 1 <= len(edits) < 6
