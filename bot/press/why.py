"""Says where a line of an edition is from, and why it was chosen: the sentence, the channel, the time, the link, the reasons."""

from __future__ import annotations

from datetime import datetime

from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item, LineKind, News, Told
from bot.desk.memory import Relation
from bot.press.blocks import NO_NAME, Blocks
from bot.press.edition import lay_out
from bot.press.figures import deadline_text, figure_text, quoted, value_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened, split
from bot.press.times import moment_text, period_text, zone_label

_MAX_SENTENCE = 700
_MAX_SIDES = 4
_MAX_SOURCES = 8
_HEARD = 0.05
"""What readers' voices must add to a weight, or take from it, to be worth saying."""
_NEWS = {
    News.STORY: "it is new",
    News.FOLLOW_UP: "it is a new development of an earlier story",
    News.UPDATE: "there is something new in a story that was told before",
    News.CONFIRMED: "another source now confirms what was told before",
}


def render_why(edition: Edition, number: int, *, locale: str = "en") -> Message:
    """Answer for one line of an edition.

    Args:
        edition: The edition as it was sent.
        number: The number of the line, from 1, those behind "/more" included.
        locale: For the form of numbers and dates.

    Returns:
        One message; for a number that no line has, which numbers there are.
    """
    laid = edition if edition.lines else lay_out(edition, locale=locale)
    if not laid.lines:
        return Message("There was nothing in that edition to ask about.")
    if not 1 <= number <= len(laid.lines):
        return Message(f"That edition has no line {number}: its lines are numbered from 1 to {len(laid.lines)}.")
    line = laid.lines[number - 1]
    reasons = _Reasons(laid, locale)
    text = TextBuilder().bold(f"Line {number} of the situation report").line()
    match line.kind:
        case LineKind.STORY:
            reasons.story(text, laid.stories[line.at])
        case LineKind.FIGURE:
            reasons.figure(text, laid.figures[line.at])
        case LineKind.DEADLINE:
            reasons.deadline(text, laid.deadlines[line.at])
    return split(text.message())[0]


class _Reasons:
    """What can be said for the lines of one edition."""

    def __init__(self, edition: Edition, locale: str) -> None:
        self.edition = edition
        self.blocks = Blocks(edition, locale)
        self.locale = locale
        self.numbers = {line: at for at, line in enumerate(edition.lines, 1)}

    def story(self, text: TextBuilder, item: Item) -> None:
        """The first sentence of a story, who reported it, and what it was ranked by."""
        text.line(one_line(item.headline))
        first, *others = item.sources or (None,)
        if item.sentences:
            text.quote(quoted(shortened(item.sentences[0], _MAX_SENTENCE)))
        if first is not None:
            self._published(text, first.outlet, first.link, first.published)
        if others:
            text.plain("Reported too by ")
            for number, source in enumerate(others[:_MAX_SOURCES]):
                text.plain(", " if number else "").link(one_line(source.outlet) or NO_NAME, source.link)
                text.plain(f" (repeating {one_line(source.repeats)})" if source.repeats else "")
            more = len(others) - _MAX_SOURCES
            text.line(f" and {more} more" if more > 0 else "")
        text.blank().line(f"Chosen because {'; '.join(_reasons(item))}.")

    def figure(self, text: TextBuilder, line: FigureLine) -> None:
        """The sentence a figure stands in, what was told before it, and what others say."""
        text.line(figure_text(line.figure, locale=self.locale))
        text.quote(quoted(shortened(line.sentence, _MAX_SENTENCE)))
        self._published(text, line.outlet, line.link, line.published)
        if line.before is not None:
            said = "Corrected; told before: " if line.relation is Relation.CORRECTION else "Changed; told before: "
            self._told(text.blank(), said, line.before)
        for side in line.conflicts[:_MAX_SIDES]:
            self._told(text.blank(), "Another source differs: ", side)
        reason = {
            Relation.CHANGE: "it changed since you were told",
            Relation.CORRECTION: "it corrects what you were told",
        }.get(line.relation, "it is among the most important figures of this edition")
        parts = [reason, *(["sources differ on it"] if line.conflicts else [])]
        text.blank().line(f"Chosen because {' and '.join(parts)}.")
        self._from(text, line.story)

    def deadline(self, text: TextBuilder, line: DeadlineLine) -> None:
        """The sentence a date stands in, and the day it was due before."""
        said = deadline_text(
            line.deadline,
            locale=self.locale,
            today=self.blocks.today,
            moved_from=line.moved_from,
            withdrawn=line.withdrawn,
        )
        text.line(said)
        text.quote(quoted(shortened(line.sentence, _MAX_SENTENCE)))
        self._published(text, line.outlet, line.link, line.published)
        if line.withdrawn:
            reason = "it holds no more"
        elif line.moved_from is not None:
            reason = f"it was moved from {period_text(line.moved_from, self.locale)}"
        else:
            reason = "it is to come and was set or named in the time this edition covers"
        text.blank().line(f"Chosen because {reason}.")
        self._from(text, line.story)

    def _published(self, text: TextBuilder, outlet: str, link: str | None, published: datetime) -> None:
        text.link(one_line(outlet) or NO_NAME, link).plain(", ")
        text.time(moment_text(published, self.blocks.zone, self.locale), published)
        text.line(f" ({zone_label(self.edition.zone)})")

    def _told(self, text: TextBuilder, said: str, told: Told) -> None:
        as_of = told.figure.as_of
        when = f", as of {period_text(as_of, self.locale)}" if as_of is not None else ""
        text.line(f"{said}{value_text(told.figure, locale=self.locale)}{when}")
        text.quote(quoted(shortened(told.sentence, _MAX_SENTENCE)))
        self._published(text, told.outlet, told.link, told.published)

    def _from(self, text: TextBuilder, story: int) -> None:
        """The story that a figure or date belongs to."""
        for line, number in self.numbers.items():
            if line.kind is LineKind.STORY and self.edition.stories[line.at].story == story:
                text.line(f"Its story is line {number}: {one_line(self.edition.stories[line.at].headline)}")


def _reasons(item: Item) -> list[str]:
    why = item.why
    sources = "one source reports it" if why.sources == 1 else f"{why.sources} independent sources report it"
    found = [_NEWS[why.news], sources]
    if abs(why.leaning) >= _HEARD:
        liked = "useful" if why.leaning > 0 else "of little use, which puts it further down"
        found.append(f"readers found other stories of its source {liked}")
    if why.figures:
        found.append("one figure in it matters" if why.figures == 1 else f"{why.figures} figures in it matter")
    if why.topics:
        found.append(f"you asked for {' and '.join(map(one_line, why.topics))}")
    if why.words:
        found.append("you follow " + " and ".join(f"“{one_line(word)}”" for word in why.words))
    return found
