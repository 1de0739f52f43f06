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


def test_a_secret_in_a_local_in_a_chained_error_or_in_a_bound_key_is_hidden_too(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(update=7, address=f"https://host/bot{TOKEN}"):
        try:
            try:
                raise ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getUpdates")
            except ConnectionError as error:
                raise RuntimeError(f"gave up on {SHORT}") from error
        except RuntimeError:
            structlog.get_logger("sitrep").exception("failed", stack_info=True)
            logging.getLogger("telegram").exception("failed")
    written = lines.getvalue()
    assert TOKEN not in written
    assert SHORT not in written
    ours, theirs = map(json.loads, written.splitlines())
    assert "ConnectionError" in ours["exception"]
    assert "ConnectionError" in theirs["exception"]
    assert (ours["update"], theirs["update"]) == (7, 7), "a library's line belongs to the update that it was working on"


@pytest.mark.parametrize("style", ["json", "console"])
def test_hiding_comes_after_the_line_is_written(style: str) -> None:
    """A secret that the renderer itself puts together, of pieces that no earlier step has seen whole, is hidden."""

    class Pieces:
        def __repr__(self) -> str:
            return "".join(["123456789", ":", TOKEN.split(":")[1]])

    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    configure_logs(style=style, level="debug", secret=None, stream=stream)  # type: ignore[arg-type]  # one of the two
    structlog.get_logger("sitrep").info("one", value=Pieces())
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()
    assert TOKEN not in stream.getvalue()
    assert "[token]" in stream.getvalue()
