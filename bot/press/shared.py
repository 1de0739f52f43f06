"""Stories and figures as somebody hands them on: each a message of its own, with its sentence, its source and its day."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue import Words
from bot.desk.ledger import Series, conflicts
from bot.desk.memory import Entry
from bot.desk.search import FoundStory
from bot.press.figures import figure_text, value_text
from bot.press.found import NO_HEADLINE
from bot.press.message import Message
from bot.press.series import series_title, when_text
from bot.press.text import TextBuilder, one_line, quoted, sendable, shortened
from bot.press.times import day_text, moment_text, zone_label, zone_of
from bot.press.wording import outlet_text

_MAX_TITLE = 120
_MAX_DESCRIPTION = 200
_MAX_HEADLINE = 200
_MAX_OUTLET = 100
_MAX_SENTENCE = 700
_MAX_SIDES = 3
_LATELY = 12
"""Values of a series that the newest is compared with: each with each, so that all of a long one would take seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What can be handed on: how it is listed among others, and the message that it becomes."""

    title: str
    description: str
    message: Message


def share_story(story: FoundStory, words: Words, *, zone: str) -> Shared:
    """A story: its headline, the first sentence of its summary as it stands in the source, who published it and when."""
    headline = shortened(one_line(story.headline), _MAX_HEADLINE) or words(NO_HEADLINE)
    text = TextBuilder().link(headline, story.link, "bold").line()
    if story.sentence:
        text.quote(quoted(shortened(story.sentence, _MAX_SENTENCE), words))
    _published(text, story, zone, words)
    day = day_text(story.published.astimezone(zone_of(zone)).date(), words)
    return _shared(headline, f"{outlet_text(story.outlet, words)}, {day}", story.sentence, text)


def share_figure(series: Series, words: Words, *, zone: str) -> Shared:
    """A figure as it stands: its newest value, as of when, the sentence it is in, its source, and what others say.

    Args:
        series: With at least one entry.
        words: Those of who asks.
        zone: Where they live, by which times are told.
    """
    entry, lately = series.entries[-1], series.entries[-_LATELY:]
    before = next((one for one in reversed(lately) if one.figure.value != entry.figure.value), None)
    disputed = [pair[pair[0] is entry] for pair in conflicts(lately) if entry in pair]
    changed = before is not None and before not in disputed
    text = TextBuilder().bold(figure_text(entry.figure, words, was=before.figure if before and changed else None))
    text.line().quote(quoted(shortened(entry.sentence, _MAX_SENTENCE), words))
    _published(text, entry, zone, words)
    for other in disputed[:_MAX_SIDES]:
        value = f"{value_text(other.figure, words)}, {when_text(other, words)}"
        text.fill(words("Another source differs: {value}"), value=value).plain(", ")
        text.link(shortened(outlet_text(other.outlet, words), _MAX_OUTLET), other.link).line()
    title = f"{series_title(series, words)}: {value_text(entry.figure, words)}"
    return _shared(title, f"{outlet_text(entry.outlet, words)}, {when_text(entry, words)}", entry.sentence, text)


def _published(text: TextBuilder, told: FoundStory | Entry, zone: str, words: Words) -> None:
    text.link(shortened(outlet_text(told.outlet, words), _MAX_OUTLET), told.link).plain(", ")
    text.time(moment_text(told.published, zone_of(zone), words), told.published).line(f" ({zone_label(zone)})")


def _shared(title: str, where: str, sentence: str, text: TextBuilder) -> Shared:
    described = f"{where}. {one_line(sentence)}" if sentence else where
    return Shared(
        title=shortened(sendable(title), _MAX_TITLE).strip() or "—",
        description=shortened(sendable(described), _MAX_DESCRIPTION),
        message=text.message(),
    )
