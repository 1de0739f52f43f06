"""Owns the buttons under an edition: more, why, mute a story, useful or not; each knows its edition by number."""

import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Message as TelegramMessage

from bot.catalogue import Words, message
from bot.desk.edition import Edition, Item, LineKind
from bot.newsroom import archive, choices, readers
from bot.press.edition import render_more
from bot.press.message import Button, Keyboard, keyboard_params
from bot.press.why import render_why
from bot.store import Voice
from bot.telegram import replies
from bot.telegram.callback import Callback, Verb
from bot.telegram.desk_context import DeskContext
from bot.telegram.rights import must_be_in_charge
from bot.telegram.usage import UsageError

_NUMBERS = re.compile(r"[a-z]+/\d{1,15}(?:/\d{1,4})?", re.ASCII)
_PER_ROW = 8
_MOST_NUMBERS = 48
"""Telegram takes 100 buttons under a message."""
_ASKS = {
    "why": message("Press the number of the line you ask about."),
    "mute": message("Press the number of the story you want no more of."),
    "good": message("Press the number of the story that was useful."),
    "bad": message("Press the number of the story that was not useful."),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An edition that the chat was sent, and its number."""

    number: int
    edition: Edition


_Act = Callable[[DeskContext, _Asked, int], Coroutine[Any, Any, None]]
"""Does something about an edition and one of its lines (0: none)."""


def edition_keyboard(number: int, words: Words) -> Keyboard:
    """What stands under the last message of an edition in a language."""
    # L10n: A button under an edition: shows what found no room in it.
    more = _button(words("More"), "more", number)
    # L10n: A button under an edition: asks why a line is in it.
    why = _button(words("Why"), "why", number)
    return (
        (more, why, _button(words("Mute a story"), "mute", number)),
        # L10n: Buttons under an edition: whether one of its stories was useful.
        (_button(words("Useful"), "good", number), _button(words("Not useful"), "bad", number)),
    )


async def press_edition(context: DeskContext, argument: str) -> None:
    """A button under an edition, as in ``why/812`` (which line?) or ``why/812/3``.

    Raises:
        UsageError: the chat was sent no such edition, or it has no such line any more.
    """
    action, *numbers = argument.split("/")
    if _NUMBERS.fullmatch(argument) is None:
        raise UsageError(replies.EDITION_GONE)
    async with context.desk.store.read() as tx:
        edition = await archive.edition_of(tx, context.chat.chat_id, int(numbers[0]))
    if edition is None:
        raise UsageError(replies.EDITION_GONE)
    asked, line = _Asked(int(numbers[0]), edition), int(numbers[1]) if len(numbers) > 1 else None
    act = (_PRESSES if line is None else _ON_LINES).get(action)
    if act is None:
        raise UsageError(replies.EDITION_GONE)
    await act(context, asked, line or 0)


def _numbers(words: Words, asked: _Asked, action: str) -> Keyboard:
    """The numbers of the lines to choose from: all for "why", those of stories for the others."""
    lines = asked.edition.lines[: asked.edition.front]
    kept = [at for at, line in enumerate(lines, 1) if action == "why" or line.kind is LineKind.STORY][:_MOST_NUMBERS]
    buttons = [_button(str(at), action, asked.number, at) for at in kept]
    rows: Sequence[tuple[Button, ...]] = [tuple(buttons[at : at + _PER_ROW]) for at in range(0, len(buttons), _PER_ROW)]
    return (*rows, (_button(words("Back"), "back", asked.number),))


def _choose(action: str) -> _Act:
    async def choose(context: DeskContext, asked: _Asked, _: int) -> None:
        _put(context, _numbers(context.words, asked, action))
        context.answer(context.words(_ASKS[action]))

    return choose


async def _back(context: DeskContext, asked: _Asked, _: int) -> None:
    _put(context, _under(context, asked))


async def _more(context: DeskContext, asked: _Asked, _: int) -> None:
    held = render_more(asked.edition, context.words)
    if held:
        context.reply(*held)
    else:
        context.answer(context.words(replies.NOTHING_LEFT_OUT))


async def _why(context: DeskContext, asked: _Asked, line: int) -> None:
    context.reply(render_why(asked.edition, line, context.words))
    _put(context, _under(context, asked))


async def _mute(context: DeskContext, asked: _Asked, line: int) -> None:
    story = _story(asked.edition, line).story
    await must_be_in_charge(context.incoming, context)
    async with context.sheet.effect() as tx:
        await readers.change(
            tx, context.chat, context.desk.defaults, context.now, lambda known: choices.muted_story(known, story)
        )
        _put(context, _under(context, asked))
    context.answer(context.words("You get no more of the story in line {number}, and of what follows it.", number=line))


def _voice(*, useful: bool) -> _Act:
    async def say(context: DeskContext, asked: _Asked, line: int) -> None:
        item = _story(asked.edition, line)
        await must_be_in_charge(context.incoming, context)
        outlet = item.sources[0].outlet if item.sources else ""
        voice = Voice(chat_id=context.chat.chat_id, story=item.story, useful=useful, outlet=outlet, said_at=context.now)
        async with context.sheet.effect() as tx:
            await readers.change(tx, context.chat, context.desk.defaults, context.now, lambda known: known)
            await tx.voices.say(voice)
            _put(context, _under(context, asked))
        said = (
            message("Noted: line {number} was useful. Thank you.")
            if useful
            else message("Noted: line {number} was not useful. Thank you.")
        )
        context.answer(context.words(said, number=line))

    return say


def _story(edition: Edition, line: int) -> Item:
    if not 1 <= line <= len(edition.lines) or edition.lines[line - 1].kind is not LineKind.STORY:
        raise UsageError(replies.EDITION_GONE)
    return edition.stories[edition.lines[line - 1].at]


def _under(context: DeskContext, asked: _Asked) -> Keyboard:
    return edition_keyboard(asked.number, context.words)


def _put(context: DeskContext, keyboard: Keyboard) -> None:
    """Other buttons under the message that was pressed; its text stays."""
    pressed = context.incoming.effective_message
    if isinstance(pressed, TelegramMessage):
        params = {"message_id": pressed.message_id, "reply_markup": keyboard_params(keyboard)}
        context.sheet.send("editMessageReplyMarkup", {"chat_id": context.chat.chat_id, **params})


def _button(label: str, action: str, *numbers: int) -> Button:
    return Button(label, Callback(Verb.EDITION, "/".join((action, *map(str, numbers)))).encode())


_ON_LINES: Mapping[str, _Act] = {"why": _why, "mute": _mute, "good": _voice(useful=True), "bad": _voice(useful=False)}
_PRESSES: Mapping[str, _Act] = {"more": _more, "back": _back} | {action: _choose(action) for action in _ASKS}
