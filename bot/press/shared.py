"""Stories and figures as somebody hands them on: each a message of its own, with its sentence, its source and its day."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.ledger import Series, conflicts
from bot.desk.memory import Entry
from bot.desk.search import FoundStory
from bot.press.figures import figure_text, quoted, value_text
from bot.press.message import Message
from bot.press.series import series_title
from bot.press.text import TextBuilder, one_line, sendable, shortened
from bot.press.times import day_text, moment_text, period_text, zone_label, zone_of

_MAX_TITLE = 120
_MAX_DESCRIPTION = 200
_MAX_HEADLINE = 200
_MAX_OUTLET = 100
_MAX_SENTENCE = 700
_MAX_SIDES = 3
_LATELY = 12
"""Values of a series that the newest is compared with: each with each, so that all of a long one would take seconds."""
_NO_HEADLINE = "Without a headline"
_NO_NAME = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What can be handed on: how it is listed among others, and the message that it becomes."""

    title: str
    description: str
    message: Message


def share_story(story: FoundStory, *, zone: str, locale: str = "en") -> Shared:
    """A story: its headline, the first sentence of its summary as it stands in the source, who published it and when."""
    headline = shortened(one_line(story.headline), _MAX_HEADLINE) or _NO_HEADLINE
    text = TextBuilder().link(headline, story.link, "bold").line()
    if story.sentence:
        text.quote(quoted(shortened(story.sentence, _MAX_SENTENCE)))
    _published(text, story, zone, locale)
    day = day_text(story.published.astimezone(zone_of(zone)).date(), locale)
    return _shared(headline, ", ".join(filter(None, (one_line(story.outlet), day))), story.sentence, text)


def share_figure(series: Series, *, zone: str, locale: str = "en") -> Shared:
    """A figure as it stands: its newest value, as of when, the sentence it is in, its source, and what others say.

    Args:
        series: With at least one entry.
        zone: Where who asks lives, by which times are told.
        locale: For the form of numbers and dates.
    """
    entry, lately = series.entries[-1], series.entries[-_LATELY:]
    before = next((one for one in reversed(lately) if one.figure.value != entry.figure.value), None)
    disputed = [pair[pair[0] is entry] for pair in conflicts(lately) if entry in pair]
    changed = before is not None and before not in disputed
    text = TextBuilder().bold(
        figure_text(entry.figure, was=before.figure if before and changed else None, locale=locale)
    )
    text.line().quote(quoted(shortened(entry.sentence, _MAX_SENTENCE)))
    _published(text, entry, zone, locale)
    for other in disputed[:_MAX_SIDES]:
        _differs(text, other, locale)
    value = f"{series_title(series)}: {value_text(entry.figure, locale=locale)}"
    return _shared(value, f"{one_line(entry.outlet) or _NO_NAME}, {_as_of(entry, locale)}", entry.sentence, text)


def _published(text: TextBuilder, told: FoundStory | Entry, zone: str, locale: str) -> None:
    text.link(shortened(one_line(told.outlet), _MAX_OUTLET) or _NO_NAME, told.link).plain(", ")
    text.time(moment_text(told.published, zone_of(zone), locale), told.published).line(f" ({zone_label(zone)})")


def _differs(text: TextBuilder, other: Entry, locale: str) -> None:
    text.plain(f"Another source differs: {value_text(other.figure, locale=locale)}, {_as_of(other, locale)}, ")
    text.link(shortened(one_line(other.outlet), _MAX_OUTLET) or _NO_NAME, other.link).line()


def _as_of(entry: Entry, locale: str) -> str:
    if entry.figure.as_of is not None:
        return f"as of {period_text(entry.figure.as_of, locale)}"
    return f"published {day_text(entry.published.date(), locale)}"


def _shared(title: str, where: str, sentence: str, text: TextBuilder) -> Shared:
    described = f"{where}. {one_line(sentence)}" if sentence else where
    return Shared(
        title=shortened(sendable(title), _MAX_TITLE).strip() or _NO_HEADLINE,
        description=shortened(sendable(described), _MAX_DESCRIPTION),
        message=text.message(),
    )
