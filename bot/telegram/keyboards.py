"""Owns the buttons that views share: one that leads to another view, a switch, a page of many."""

from collections.abc import Sequence

from bot.catalogue import Words
from bot.press.message import Button, Keyboard
from bot.press.text import sendable
from bot.telegram.callback import Callback, Verb

CHOSEN = "✓ "
"""Before what is chosen; the text above the buttons says the same in words."""

UNNAMED = "—"
"""On a button for what has no name that could be shown."""

PAGE_ROWS = 12


def act(label: str, verb: Verb, argument: str = "") -> Button:
    """A button that does something; of its label the characters stay that Telegram shows."""
    return Button(sendable(label).strip() or UNNAMED, Callback(verb, argument).encode())


def lead(label: str, view: str) -> Button:
    """A button that leads to a view."""
    return act(label, Verb.SHOW, view)


def switch(label: str, verb: Verb, argument: str, *, chosen: bool) -> Button:
    """A button that chooses something or leaves it out."""
    return act((CHOSEN if chosen else "") + label, verb, argument)


def rows(buttons: Sequence[Button], width: int) -> Keyboard:
    """Buttons in rows of a width."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def page(words: Words, buttons: Sequence[Button], width: int, number: int, view: str) -> Keyboard:
    """The rows of one page, counted from 1, and what leads to the others; a page that is no more is the last one."""
    every = rows(buttons, width)
    pages = max(1, -(-len(every) // PAGE_ROWS))
    at = min(max(number, 1), pages)
    shown = every[(at - 1) * PAGE_ROWS : at * PAGE_ROWS]
    turn = [
        lead(words("Page {number} of {count}", number=other, count=pages), f"{view}-{other}")
        for other in (at - 1, at + 1)
        if 1 <= other <= pages
    ]
    return (*shown, tuple(turn)) if turn else shown
