"""Logs never carry the token: not in messages, not in arguments, not in tracebacks."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SHORT = "42:short"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logs(style="json", level="debug", secret=SHORT, stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_event_is_one_json_line_with_its_facts(lines: io.StringIO) -> None:
    structlog.get_logger("sitrep").info("delivery_sent", chat=7)
    event = json.loads(lines.getvalue())
    assert (event["event"], event["chat"], event["level"]) == ("delivery_sent", 7, "info")


@pytest.mark.parametrize("secret", [TOKEN, SHORT, TOKEN.replace(":", "%3A")])
def test_a_token_is_hidden_wherever_it_comes_from(lines: io.StringIO, secret: str) -> None:
    structlog.get_logger("sitrep").info("one", url=f"https://host/bot{secret}/getMe")
    logging.getLogger("httpx").warning("two %s", f"/bot{secret}/")
    try:
        raise ValueError(secret)
    except ValueError:
        logging.getLogger("third.party").exception("three")
        structlog.get_logger("sitrep").exception("four")
    written = lines.getvalue()
    assert secret not in written
    assert written.count("[token]") >= 4
