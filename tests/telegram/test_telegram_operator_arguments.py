"""What operators write after /admin is understood or answered, whatever it is; what stands behind their buttons comes back."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.callback import Verb, decode
from bot.telegram.operator_arguments import AdminRequest, parse_admin, parse_channel, parse_number, parse_press
from bot.telegram.operator_views import button
from bot.telegram.usage import UsageError


@pytest.mark.parametrize(
    ("written", "request_"),
    [
        ("", AdminRequest()),
        ("  Sources ", AdminRequest("sources")),
        ("pause ALL", AdminRequest("hold")),
        ("resume all", AdminRequest("release")),
        ("pause @harbour_wire", AdminRequest("pause", "@harbour_wire")),
        ("announce All is well.\n\nReally.", AdminRequest("announce", "All is well.\n\nReally.")),
    ],
)
def test_words_after_the_command(written: str, request_: AdminRequest) -> None:
    assert parse_admin(written) == request_


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("@Harbour_Wire", "@Harbour_Wire"),
        ("harbour_wire", "@harbour_wire"),
        (" -1001234567890 ", -1001234567890),
        ("https://t.me/harbour_wire/12", "@harbour_wire"),
    ],
)
def test_a_channel_by_name_link_or_id(written: str, channel: int | str) -> None:
    assert parse_channel(written) == channel


@pytest.mark.parametrize(
    "written", ["", "@", "@a b", "7", "-99999999999999999999", "@абвгд", "https://x.org/a", "--12345678"]
)
def test_what_is_no_channel_is_answered(written: str) -> None:
    with pytest.raises(UsageError):
        parse_channel(written)


@given(st.text())
def test_whatever_is_written_nothing_breaks(written: str) -> None:
    asked = parse_admin(written)
    for parse in (parse_channel, parse_number):
        with contextlib.suppress(UsageError):
            parse(asked.argument)


@given(st.sampled_from(["add", "pause", "resume", "remove", "test", "withdraw", "send"]), st.integers(-(2**52), 2**52))
def test_what_is_put_behind_a_button_comes_back(action: str, number: int) -> None:
    callback = decode(button("x", action, number).data)
    assert callback is not None
    assert callback.verb is Verb.ADMIN
    assert parse_press(callback.argument) == AdminRequest(action, str(number))
