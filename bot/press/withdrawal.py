"""A withdrawn story as a message: one line to those who were told it."""

from bot.catalogue import Words
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened

_MAX_HEADLINE = 300


def render_withdrawal(headline: str, words: Words) -> Message:
    """One line that names the story by its headline."""
    # L10n: of a news story; behind it stands its headline
    text = TextBuilder().bold(words("Withdrawn:")).plain(f" {shortened(one_line(headline), _MAX_HEADLINE)}. ")
    return text.plain(words("We no longer stand by this report; please disregard it.")).message()
