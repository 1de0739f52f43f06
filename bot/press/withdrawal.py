"""A withdrawn story as a message: one line to those who were told it."""

from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened

_MAX_HEADLINE = 300


def render_withdrawal(headline: str) -> Message:
    """One line that names the story by its headline."""
    text = TextBuilder().bold("Withdrawn:").plain(f" {shortened(one_line(headline), _MAX_HEADLINE)}. ")
    return text.plain("We no longer stand by this report; please disregard it.").message()
