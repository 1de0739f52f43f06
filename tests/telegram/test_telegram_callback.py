import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.topics import TOPICS
from bot.telegram.callback import MAX_BYTES, Callback, Verb, decode

arguments = st.text("abcdefXYZ0123456789_-+/", max_size=50)


@given(verb=st.sampled_from(Verb), argument=arguments)
def test_data_comes_back_as_it_was_written(verb: Verb, argument: str) -> None:
    data = Callback(verb, argument).encode()
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == Callback(verb, argument)


def test_a_topic_button_carries_version_verb_and_code() -> None:
    assert Callback(Verb.TOPIC, "04000000").encode() == "1:topic:04000000"
    assert all(len(Callback(Verb.TOPIC, code).encode()) > 0 for code in (c.partition(":")[2] for c in TOPICS))


@pytest.mark.parametrize("data", [None, "", "0:topic:04000000", "1:gone:x", "1", "topic", "1:topic:a b", "2:show:x"])
def test_data_of_another_release_or_bot_is_not_ours(data: str | None) -> None:
    assert decode(data) is None


@given(data=st.text(max_size=80))
def test_any_data_is_ours_or_nothing(data: str) -> None:
    found = decode(data)
    assert found is None or found.encode() == data or data.endswith(":") or ":" not in data[2:]


@pytest.mark.parametrize("argument", ["x" * 64, "with space", "a:b", "ü"])
def test_data_that_telegram_or_we_could_not_carry_is_refused(argument: str) -> None:
    with pytest.raises(ValueError, match="not callback data"):
        Callback(Verb.TOPIC, argument).encode()
