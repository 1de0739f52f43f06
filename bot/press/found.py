"""Stories that were looked for, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.search import FoundStory
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import day_text, zone_of

_MAX_HEADLINE = 200
_NO_HEADLINE = "Without a headline"


def render_found(stories: Sequence[FoundStory], words: str, *, zone: str, locale: str = "en") -> Message:
    """Set what was found, in the order given.

    Args:
        stories: At least one.
        words: What was looked for, as it is said back.
        zone: Where the reader lives, by which days are named.
        locale: For the form of dates.
    """
    text = TextBuilder().bold(f"Stories about “{words}”").line()
    if not any(story.complete for story in stories):
        text.line("None has all of these words; these have most of them.")
    return _listed(text, stories, zone, locale)


def render_latest(stories: Sequence[FoundStory], *, zone: str, locale: str = "en") -> Message:
    """Set the newest stories, in the order given: at least one."""
    return _listed(TextBuilder().bold("The newest stories").line(), stories, zone, locale)


def _listed(text: TextBuilder, stories: Sequence[FoundStory], zone: str, locale: str) -> Message:
    for story in stories:
        day = day_text(story.published.astimezone(zone_of(zone)).date(), locale)
        text.plain("• ").link(shortened(one_line(story.headline), _MAX_HEADLINE) or _NO_HEADLINE, story.link)
        text.line(f" — {', '.join(filter(None, (one_line(story.outlet), day)))}")
    return text.message()
