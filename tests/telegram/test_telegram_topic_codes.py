"""Topics in the data of buttons and in deep links."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.desk.topics import OWN_PREFIX, TOPICS
from bot.newsroom.readers import Chat, Defaults, newcomer
from bot.telegram import choice_views, start_views
from bot.telegram.callback import Callback, Verb, decode
from bot.telegram.scene import Scene
from bot.telegram.topic_codes import code_of, label_of, linked_name, linked_topic, mark, named, sign_of

own_names = st.text(min_size=1, max_size=40)


@given(names=st.sets(own_names, max_size=5))
def test_every_topic_on_offer_comes_back_from_its_button(names: set[str]) -> None:
    offer = {**TOPICS, **{f"{OWN_PREFIX}{name}": name for name in names}}
    if len({mark(name) for name in names}) < len(names):
        return
    for code, name in offer.items():
        callback = decode(Callback(Verb.TOPIC, sign_of(code)).encode())
        assert callback is not None
        assert code_of(callback.argument, offer) == code
        assert label_of(words_in("en"), code, offer).strip() or not name.strip()


@given(name=own_names, others=st.lists(own_names))
def test_a_sign_names_nothing_but_its_own(name: str, others: list[str]) -> None:
    found = named(mark(name), others)
    assert found is None or mark(found) == mark(name)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("conflict", "medtop:16000000"),
        ("16000000", "medtop:16000000"),
        ("red_sea_shipping", "own:Red Sea shipping"),
        ("Health", "medtop:07000000"),
        ("nonsense", None),
    ],
)
def test_a_link_names_a_topic(payload: str, code: str | None) -> None:
    assert linked_topic(payload, {**TOPICS, "own:Red Sea shipping": "Red Sea shipping"}) == code


def test_a_link_names_an_outlet_by_its_letters() -> None:
    assert linked_name("harbour_wire", ["Sample Wire", "Harbour-Wire!"]) == "Harbour-Wire!"
    assert linked_name("___", ["Sample Wire", "!!"]) is None


def test_however_many_topics_an_operator_has_each_is_on_a_page_and_no_message_has_too_many_buttons() -> None:
    offer = {**TOPICS, **{f"{OWN_PREFIX}Topic {number}": f"Topic {number}" for number in range(120)}}
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    scene = Scene(subscriber=newcomer(Chat(chat_id=7, kind="private"), Defaults(), now), now=now, topics=offer)
    messages = [choice_views.topics(scene, number) for number in range(1, 10)] + [start_views.first_step(scene)]
    assert all(sum(map(len, message.keyboard or ())) <= 100 for message in messages)
    shown = {button.data for message in messages[:-1] for row in message.keyboard or () for button in row}
    assert {Callback(Verb.TOPIC, sign_of(code)).encode() for code in offer} <= shown
