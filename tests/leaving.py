"""What is wrong with a call that left for Telegram, worked out apart from the sandbox's own checks (Bot API 10.3)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.sandbox.account import Sent
from bot.telegram.buttons import PRESSES
from bot.telegram.callback import decode

TEXT_UNITS, CAPTION_UNITS, ENTITIES, BUTTONS, DATA_BYTES, ANSWER_CHARS = 4096, 1024, 100, 100, 64, 200
COMMANDS, RESULTS, FILE_BYTES = 100, 50, 50 * 2**20
WITH_ADDRESS = {"text_link"}
KINDS = {"bold", "italic", "underline", "code", "blockquote", "expandable_blockquote", "date_time", *WITH_ADDRESS}
DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028-\u202e\ud800-\udfff]")
"""Characters that Telegram drops or changes on arrival."""
NO_FAULT_OF_OURS = (
    "chat not found",
    "user not found",
    "not modified",
    "query is too old",
    "message to edit not found",
    "upgraded to a supergroup",
    "need administrator rights",
)
"""What a call in order is refused for: the world has changed, or somebody named what is not there."""
BROKE_OFF = "the request broke off"
"""The bot died while it sent: of such a call nothing is known."""
WITH_TEXT = {"sendMessage", "editMessageText", "sendMessageDraft"}
PREVIEWED = {"sendMessage", "editMessageText"}
TEXTS = (("text", "entities", TEXT_UNITS), ("caption", "caption_entities", CAPTION_UNITS))


def wrongs(sent: Sent) -> Iterator[str]:
    """Each thing that Telegram would refuse or show otherwise than it was meant, in words; none for a call in order."""
    return iter(()) if BROKE_OFF in sent.refused else _wrongs_of_call(sent)


def _wrongs_of_call(sent: Sent) -> Iterator[str]:
    params = sent.params
    if sent.outcome == "400" and not any(words in sent.refused for words in NO_FAULT_OF_OURS):
        yield f"refused: {sent.refused}"
        return
    if "parse_mode" in params:
        yield "a parse mode"
    if sent.method in WITH_TEXT and not str(params.get("text", "")).strip():
        yield "no text"
    if sent.method in PREVIEWED and not params.get("link_preview_options", {}).get("is_disabled"):
        yield "a preview of some link"
    for text, entities, most in TEXTS:
        if text in params:
            short = ANSWER_CHARS if sent.method == "answerCallbackQuery" else most
            yield from _wrongs_of_text(params[text], params.get(entities, []), short)
    yield from _wrongs_of_buttons(params.get("reply_markup", {}).get("inline_keyboard", []))
    yield from (f"{name} of {size} bytes" for name, size in sent.files.items() if not 0 < size <= FILE_BYTES)
    yield from _wrongs_of_menu(params.get("commands", []))
    for name, most in (("description", 512), ("short_description", 120)):
        if len(str(params.get(name, ""))) > most:
            yield f"a {name} of more than {most} characters"
    if sent.method == "answerInlineQuery":
        yield from _wrongs_of_results(params["results"])


def _wrongs_of_text(text: str, entities: Iterable[Mapping[str, Any]], most: int) -> Iterator[str]:
    raw = text.encode("utf-16-le", "surrogatepass")
    units = len(raw) // 2
    if units > most:
        yield f"{units} units of text"
    if text != text.strip():
        yield "white space at an end, which Telegram cuts off"
    if found := DROPPED.search(text):
        yield f"a character that Telegram drops: {found[0]!r}"
    given = list(entities)
    if len(given) > ENTITIES:
        yield f"{len(given)} entities"
    for entity in given:
        yield from _wrongs_of_entity(entity, raw)


def _wrongs_of_entity(entity: Mapping[str, Any], raw: bytes) -> Iterator[str]:
    units, start, end = len(raw) // 2, entity["offset"], entity["offset"] + entity["length"]
    if entity["type"] not in KINDS:
        yield f"{entity} is of a kind that we do not use"
    if not 0 <= start < end <= units:
        yield f"{entity} lies outside of {units} units"
        return
    try:
        covered = raw[2 * start : 2 * end].decode("utf-16-le")
    except UnicodeDecodeError:
        yield f"{entity} cuts a character in two"
        return
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
        if not button["text"].strip() or len(button["text"]) > DATA_BYTES or DROPPED.search(button["text"]):
            yield f"a label nobody can read: {button['text']!r}"
        if data is None:
            continue
        callback = decode(data)
        if not 1 <= len(data.encode()) <= DATA_BYTES or callback is None or callback.verb not in PRESSES:
            yield f"a button that does nothing: {data!r}"


def _wrongs_of_menu(commands: list[Mapping[str, str]]) -> Iterator[str]:
    if len(commands) > COMMANDS:
        yield f"{len(commands)} commands"
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            yield f"a command that Telegram does not take: {command}"


def _wrongs_of_results(results: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(results) > RESULTS or len({result["id"] for result in results}) < len(results):
        yield f"{len(results)} results, or some twice"
    for result in results:
        content = result["input_message_content"]
        if not 1 <= len(result["id"].encode()) <= DATA_BYTES or not result["title"].strip():
            yield f"a result that nobody can choose: {result['id']!r}"
        if DROPPED.search(result["title"] + result.get("description", "")):
            yield f"a result that Telegram would change: {result['title']!r}"
        if not content.get("link_preview_options", {}).get("is_disabled"):
            yield "a result with a preview of some link"
        yield from _wrongs_of_text(content["message_text"], content.get("entities", []), TEXT_UNITS)
