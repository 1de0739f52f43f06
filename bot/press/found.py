"""Stories that were looked for, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue import Words, message
from bot.desk.search import FoundStory
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import day_text, zone_of

_MAX_HEADLINE = 200
NO_HEADLINE = message("Without a headline")


def render_found(stories: Sequence[FoundStory], wanted: str, words: Words, *, zone: str) -> Message:
    """Set what was found, in the order given.

    Args:
        stories: At least one.
        wanted: What was looked for, as it is said back.
        words: The reader's.
        zone: Where the reader lives, by which days are named.
    """
    # L10n: {wanted} is what a reader looked for
    text = TextBuilder().bold(words("Stories about “{wanted}”", wanted=wanted)).line()
    if not any(story.complete for story in stories):
        text.line(words("None has all of these words; these have most of them."))
    return _listed(text, stories, zone, words)


def render_latest(stories: Sequence[FoundStory], words: Words, *, zone: str) -> Message:
    """Set the newest stories, in the order given: at least one."""
    return _listed(TextBuilder().bold(words("The newest stories")).line(), stories, zone, words)


def _listed(text: TextBuilder, stories: Sequence[FoundStory], zone: str, words: Words) -> Message:
    for story in stories:
        day = day_text(story.published.astimezone(zone_of(zone)).date(), words)
        headline = shortened(one_line(story.headline), _MAX_HEADLINE) or words(NO_HEADLINE)
        text.plain("• ").link(headline, story.link)
        text.line(f" — {', '.join(filter(None, (one_line(story.outlet), day)))}")
    return text.message()
