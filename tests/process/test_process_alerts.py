"""The whole bot with its models: news of a topic reaches who asked for it at once, without an hour or a question."""

from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER

SHELLING = (
    "Artillery shells border town in Norland\n\nArtillery fire killed nine soldiers in the border town of Varda on Sunday, the "
    "army of Norland said. Troops exchanged fire with rebels through the night, and two battalions moved to the front."
)


async def test_who_asked_for_alerts_is_told_when_the_news_comes(bot: BotProcess, people: SandboxClient) -> None:
    await bot.start()
    await people.ask(SAMPLE_READER, "/subscribe", PATIENCE_S)
    said = await people.ask(SAMPLE_READER, "/alerts conflict", PATIENCE_S)
    await people.post("sample_wire", SHELLING)
    alert = await people.wait_for(
        SAMPLE_READER, lambda message: message.text.startswith("Just in: "), PATIENCE_S, after=said.message_id
    )
    assert "Artillery shells border town in Norland" in alert.text
    assert "Sample Wire" in alert.text
