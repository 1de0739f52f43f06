"""Promise 15: the token never leaves: not into output, logs, tracebacks, pages or the database, whatever goes wrong."""

import sqlite3
from pathlib import Path

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess, filed
from promise_proof import WHOLE, Proof

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SandboxServer

pytestmark = pytest.mark.process

CANARY = "987654321:CANARY-that-sings-where-it-should-not_AbC"
SECRET = "canary-of-the-webhook-that-must-not-be-seen"
POST = "Flood in Halvers kills 12\n\nA flood killed 12 people in Halvers on Sunday, the mayor said. Schools are closed."

WAYS = [("polling", "console"), ("polling", "json"), ("webhook", "console"), ("webhook", "json")]
"""How updates come in and how logs look; the last has most secrets to keep."""


def parts(secret: str) -> tuple[str, ...]:
    """The secret, and the half of it that is one."""
    return secret, secret.partition(":")[2] or secret


def everything_kept(folder: Path) -> bytes:
    """Every file the bot wrote, its database among them."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


@pytest.mark.promise(15, "the token never leaves")
@pytest.mark.parametrize(("way", "log_format"), WAYS if WHOLE else WAYS[-1:])
async def test_promise_15_no_secret_in_logs_pages_or_database(
    tmp_path: Path, port: int, way: str, log_format: str, proof: Proof
) -> None:
    async with SandboxServer(limits=None, token=CANARY) as server, SandboxClient(server.root_url) as people:
        hook = {"SITREP_WEBHOOK__URL": f"http://127.0.0.1:{port}/webhook", "SITREP_WEBHOOK__SECRET": SECRET}
        bot = BotProcess(
            server,
            tmp_path,
            SITREP_TOKEN=CANARY,
            SITREP_LOG_LEVEL="debug",
            SITREP_LOG_FORMAT=log_format,
            SITREP_WEB__PORT=str(port),
            **(hook if way == "webhook" else {}),
        )
        await bot.start()
        await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
        await people.post(SAMPLE_CHANNEL_ID, POST)
        await filed(bot, 1)
        for kind in ("server_error", "drop", "slow"):
            await people.fault(kind, times=1)
            await people.ask(SAMPLE_READER, "/summary", PATIENCE_S)
        # A database that fails in the middle brings tracebacks.
        with sqlite3.connect(tmp_path / "sitrep.db") as other:
            other.execute("alter table subscribers rename to gone")
        await people.say(SAMPLE_READER, "/topics")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            pages = "".join([(await client.get(path)).text for path in ("/healthz", "/readyz", "/", "/webhook")])
        with sqlite3.connect(tmp_path / "sitrep.db") as other:
            other.execute("alter table gone rename to subscribers")
        await people.wait_for(SAMPLE_READER, lambda seen: "topics" in seen.text.casefold(), PATIENCE_S)
        await bot.stop()

    log = bot.log
    assert "Traceback" in log or "exception" in log, "nothing went wrong, so nothing was proved"
    own_words = everything_kept(tmp_path)
    for secret in (CANARY, SECRET):
        for part in parts(secret):
            assert part not in log
            assert part not in pages
            assert part.encode() not in own_words
    proof.note(f"{way}, {log_format}: 0 hits in {len(log):,} characters of DEBUG log with tracebacks")


@pytest.mark.promise(15, "the token never leaves")
async def test_promise_15_a_refused_start_says_no_secret(tmp_path: Path, port: int, proof: Proof) -> None:
    async with SandboxServer(limits=None, token="123456:another-token-than-the-bot-has_1234") as server:
        bot = BotProcess(server, tmp_path, SITREP_TOKEN=CANARY, SITREP_LOG_LEVEL="debug")
        await bot.start()
        assert await bot.ended() != 0
        wrong = BotProcess(
            server,
            tmp_path,
            SITREP_TOKEN=f"{CANARY} ",
            SITREP_WEBHOOK__URL=f"http://127.0.0.1:{port}/webhook",
            SITREP_WEBHOOK__SECRET="short and CANARY",
        )
        await wrong.start()
        assert await wrong.ended() == 2
    assert "CANARY" not in bot.log
    assert "refuses the token" in bot.log
    proof.note("a refused token and wrong settings are named without their values")
