"""What is wrong with a call that left for Telegram, worked out apart from the sandbox's own checks (Bot API 10.3)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.account import Sent
from bot.telegram.buttons import PRESSES
from bot.telegram.callback import decode

TEXT_UNITS, CAPTION_UNITS, ENTITIES, BUTTONS, DATA_BYTES = 4096, 1024, 100, 100, 64
WITH_ADDRESS = {"text_link"}


def wrongs(sent: Sent) -> Iterator[str]:
    """Each thing that Telegram would refuse or show otherwise than it was meant, in words; none for a call in order."""
    params = sent.params
    if sent.method.startswith("send") and sent.outcome == "400":
        yield "refused"
    if "parse_mode" in params:
        yield "a parse mode"
    for text, entities, most in (("text", "entities", TEXT_UNITS), ("caption", "caption_entities", CAPTION_UNITS)):
        if text in params:
            yield from _wrongs_of_text(params[text], params.get(entities, []), most)
    if sent.method in {"sendMessage", "editMessageText"} and not str(params.get("text", "")).strip():
        yield "no text"
    yield from _wrongs_of_buttons(params.get("reply_markup", {}).get("inline_keyboard", []))


def _wrongs_of_text(text: str, entities: list[Mapping[str, Any]], most: int) -> Iterator[str]:
    raw = text.encode("utf-16-le")
    units = len(raw) // 2
    if units > most:
        yield f"{units} units of text"
    if text != text.strip():
        yield "white space at an end, which Telegram cuts off"
    if len(entities) > ENTITIES:
        yield f"{len(entities)} entities"
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not 0 <= start < end <= units:
            yield f"{entity} lies outside of {units} units"
            continue
        try:
            covered = raw[2 * start : 2 * end].decode("utf-16-le")
        except UnicodeDecodeError:
            yield f"{entity} cuts a character in two"
            continue
        if covered != covered.strip():
            yield f"{entity} covers white space at an end: {covered!r}"
        if entity["type"] in WITH_ADDRESS and not entity.get("url", "").startswith(("https://", "http://")):
            yield f"{entity} leads nowhere"


def _wrongs_of_buttons(rows: list[list[Mapping[str, Any]]]) -> Iterator[str]:
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        yield f"{len(buttons)} buttons"
    for button in buttons:
        data = button.get("callback_data")
        if not button["text"].strip() or len(button["text"]) > DATA_BYTES:
            yield f"a label nobody can read: {button['text']!r}"
        if data is None:
            continue
        callback = decode(data)
        if not 1 <= len(data.encode()) <= DATA_BYTES or callback is None or callback.verb not in PRESSES:
            yield f"a button that does nothing: {data!r}"
