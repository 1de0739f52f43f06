"""The whole bot on a webhook: the sandbox posts its updates, the bot answers; a killed one takes up where it stopped."""

from pathlib import Path

from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SandboxServer


def on_webhook(sandbox: SandboxServer, folder: Path, port: int) -> BotProcess:
    return BotProcess(
        sandbox,
        folder,
        SITREP_WEB__PORT=str(port),
        SITREP_WEBHOOK__URL=f"http://127.0.0.1:{port}/webhook",
        SITREP_WEBHOOK__SECRET="a-word-that-nobody-guesses",
    )


async def test_a_reader_is_answered_over_the_webhook_also_after_a_kill(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path, port: int
) -> None:
    bot = on_webhook(sandbox, tmp_path, port)
    await bot.start()
    assert "/summary" in (await people.ask(SAMPLE_READER, "/help", PATIENCE_S)).text
    await bot.kill()
    await people.say(SAMPLE_READER, "/subscribe")
    await bot.start()
    await people.wait_for(SAMPLE_READER, lambda message: "ubscribed" in message.text, PATIENCE_S)
    assert await bot.stop() == 0


async def test_without_a_secret_it_refuses_to_start(sandbox: SandboxServer, tmp_path: Path, port: int) -> None:
    url = f"http://127.0.0.1:{port}/webhook"
    bot = BotProcess(sandbox, tmp_path, SITREP_WEB__PORT=str(port), SITREP_WEBHOOK__URL=url)
    await bot.start()
    assert await bot.ended() == 2
    assert "webhook.secret is missing" in bot.log
