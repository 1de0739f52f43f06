"""Every row of the table in RELIABILITY.md, raised as python-telegram-bot raises it."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.outcome import Outcome, Verdict, classify

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (caused(TimedOut(), httpx.ConnectTimeout("")), Verdict.UNSENT),
        (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")), Verdict.UNSENT),
        (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("")), Verdict.UNSENT),
        (Conflict("terminated by other getUpdates request"), Verdict.UNSENT),
        (caused(TimedOut(), httpx.ReadTimeout("")), Verdict.UNCLEAR),
        (caused(TimedOut(), httpx.WriteTimeout("")), Verdict.UNCLEAR),
        (TimedOut(), Verdict.UNCLEAR),
        (caused(NetworkError("httpx.ReadError"), httpx.ReadError("")), Verdict.UNCLEAR),
        (caused(NetworkError("httpx.WriteError"), httpx.WriteError("")), Verdict.UNCLEAR),
        (caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("")), Verdict.UNCLEAR),
        (NetworkError("Internal Server Error"), Verdict.UNCLEAR),
        (NetworkError("Bad Gateway"), Verdict.UNCLEAR),
        (caused(NetworkError("Bad Gateway (502). Parsing failed"), TelegramError("Invalid server response")), Verdict.UNCLEAR),
        (caused(NetworkError("Unknown error"), RuntimeError("This DirectRequest is not initialized!")), Verdict.UNSENT),
        (caused(NetworkError("Unknown error"), RuntimeError("unable to perform operation")), Verdict.UNCLEAR),
        (caused(NetworkError("Unknown error"), UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates")), Verdict.HOPELESS),
        (RetryAfter(5), Verdict.FLOOD),
        (NetworkError("Too Many Requests"), Verdict.FLOOD),
        (Forbidden("Forbidden: bot was blocked by the user"), Verdict.GONE),
        (Forbidden("Forbidden: user is deactivated"), Verdict.GONE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Verdict.GONE),
        (BadRequest("Chat not found"), Verdict.GONE),
        (BadRequest("PEER_ID_INVALID"), Verdict.GONE),
        (BadRequest("CHAT_WRITE_FORBIDDEN"), Verdict.GONE),
        (BadRequest("Not enough rights to send text messages to the chat"), Verdict.GONE),
        (ChatMigrated(-1005), Verdict.MIGRATED),
        (BadRequest("Can't parse entities: unsupported start tag"), Verdict.REFUSED),
        (BadRequest("Message is too long"), Verdict.REFUSED),
        (BadRequest("Message is not modified: specified new message content is the same"), Verdict.SENT),
        (BadRequest("Query is too old and response timeout expired or query ID is invalid"), Verdict.HOPELESS),
        (BadRequest("Message to edit not found"), Verdict.HOPELESS),
        (caused(EndPointNotFound("Endpoint 'sendMesage' not found"), InvalidToken("Not Found")), Verdict.HOPELESS),
        (caused(EndPointNotFound("Endpoint 'sendMessage' not found"), InvalidToken("Unauthorized")), Verdict.UNAUTHORISED),
        (InvalidToken("Unauthorized"), Verdict.UNAUTHORISED),
        (RuntimeError("This DirectRequest is not initialized!"), Verdict.UNCLEAR),
        (ValueError("anything"), Verdict.UNCLEAR),
    ],
)  # fmt: skip
def test_the_table(error: BaseException, verdict: Verdict) -> None:
    assert classify(error).verdict is verdict


def test_facts_go_with_the_verdict() -> None:
    assert classify(ChatMigrated(-1005)).chat_id == -1005
    assert classify(RetryAfter(7)).retry_after_s == 7
    assert classify(RetryAfter(timedelta(seconds=2.5))).retry_after_s >= 2
    assert classify(NetworkError("Too Many Requests")).retry_after_s > 0


def test_the_token_is_not_in_what_is_said_of_an_error() -> None:
    outcome = classify(InvalidToken("The token `1:secret` was rejected by the server."))
    assert outcome == Outcome(verdict=Verdict.UNAUTHORISED, error="InvalidToken")
