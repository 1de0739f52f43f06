"""An edition as messages: when it speaks, what happened, the figures, the deadlines, and when the next one comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item, Section, Source
from bot.press.figures import deadline_text, figure_text, quoted
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened, split
from bot.press.times import clock_text, covered_text, day_text, moment_text, zone_label, zone_of

TITLE = "Situation report"
_UNCERTAIN = "The edition before this one may not have reached you, so what it held is repeated here."
_NO_NAME = "source"
_MAX_SOURCES = 4
_MAX_HEADLINE = 200
_MAX_SUMMARY = 700
_OLD = timedelta(hours=36)
"""How long before the edition's time a source must have been published for its date to be worth saying."""


class _Page:
    """One edition being set."""

    def __init__(self, edition: Edition, locale: str) -> None:
        self.edition = edition
        self.locale = locale
        self.zone: tzinfo = zone_of(edition.zone)
        self.text = TextBuilder()

    def moment(self, moment: datetime) -> str:
        return moment_text(moment, self.zone, self.locale)

    def covered(self) -> str:
        return covered_text(self.edition.window.start, self.edition.window.end, self.zone, self.locale)

    def head(self) -> None:
        """Title, as of, period covered."""
        self.text.bold(TITLE).line()
        self.text.line(f"As of {self.moment(self.edition.as_of)} ({zone_label(self.edition.zone)})")
        self.text.line(f"Covers {self.covered()}")
        if self.edition.uncertain:
            self.text.italic(_UNCERTAIN).line()

    def highlights(self, highlights: Sequence[str]) -> None:
        """The headlines of the most important stories."""
        if highlights:
            self.text.blank().bold("Highlights").line()
            for highlight in highlights:
                self.text.line(f"• {shortened(one_line(highlight), _MAX_HEADLINE)}")

    def section(self, section: Section) -> None:
        """A topic and its stories; the topic stands on the first story, so that no part of a split ends with it."""
        name = one_line(section.topic_name)
        self.text.blank().styled(name[:1].upper() + name[1:], "bold", "underline").line()
        for number, item in enumerate(section.items):
            if number:
                self.text.blank()
            self.item(item)

    def item(self, item: Item) -> None:
        """Headline, summary, sources."""
        self.text.link(shortened(one_line(item.headline), _MAX_HEADLINE), item.link, "bold").line()
        if item.summary:
            self.text.line(shortened(one_line(item.summary), _MAX_SUMMARY))
        self.sources(item.sources)
        if item.also:
            self.text.plain(f". Also: {'; '.join(map(one_line, item.also))}")
        self.text.line()

    def sources(self, sources: Sequence[Source]) -> None:
        """Who reported it, each name a link to what it published."""
        shown = sources[:_MAX_SOURCES]
        self.text.plain("Source: " if len(sources) == 1 else "Sources: ")
        for number, source in enumerate(shown):
            self.text.plain(", " if number else "")
            self.source(source.outlet, source.link, source.published)
        more = len(sources) - len(shown)
        self.text.plain(f" and {more} more" if more else "")

    def source(self, outlet: str, link: str | None, published: datetime) -> None:
        """One source, with the day of publication where that is not about the day of the edition."""
        self.text.link(one_line(outlet) or _NO_NAME, link)
        if self.edition.window.start - published > _OLD:
            self.text.plain(f" ({day_text(published.astimezone(self.zone).date(), self.locale)})")

    def figures(self, lines: Sequence[FigureLine]) -> None:
        """The key figures, each with its source and the sentence it stands in."""
        if lines:
            self.text.blank().styled("Key figures", "bold", "underline").line()
            for line in lines:
                self.text.plain(f"• {figure_text(line.figure, locale=self.locale)} — ")
                self.source(line.outlet, line.link, line.published)
                self.text.quote(quoted(line.sentence), expandable=True)

    def deadlines(self, lines: Sequence[DeadlineLine]) -> None:
        """The deadlines and events to come."""
        if lines:
            today = self.edition.as_of.astimezone(self.zone).date()
            self.text.blank().styled("Deadlines and dates", "bold", "underline").line()
            for line in lines:
                self.text.plain(f"• {deadline_text(line.deadline, locale=self.locale, today=today)} — ")
                self.source(line.outlet, line.link, line.published)
                self.text.line()

    def foot(self) -> None:
        """What found no room, and when the next edition comes."""
        if self.edition.omitted:
            stories = "story" if self.edition.omitted == 1 else "stories"
            self.text.blank().line(f"{self.edition.omitted} more {stories} found no room in this edition.")
        if self.edition.next_edition is not None:
            self.text.blank().line(f"Next edition: {self.moment(self.edition.next_edition)}")

    def empty(self) -> None:
        """One line, and no more."""
        self.text.plain(f"Situation report: nothing new from {self.covered()} ({zone_label(self.edition.zone)}).")
        if self.edition.next_edition is not None:
            local = self.edition.next_edition.astimezone(self.zone)
            self.text.plain(f" Next edition: {day_text(local.date(), self.locale)}, {clock_text(local, self.locale)}.")


def render_edition(edition: Edition, *, locale: str = "en") -> list[Message]:
    """Set an edition.

    Args:
        edition: What is to be told.
        locale: A BCP 47 tag, for the form of numbers and dates; the wording is English.

    Returns:
        The messages to send, in order, each within Telegram's limits; one line for an empty edition.
    """
    page = _Page(edition, locale)
    if edition.is_empty:
        page.empty()
        return split(page.text.message())
    page.head()
    page.highlights(edition.highlights)
    for section in edition.sections:
        page.section(section)
    page.figures(edition.figures)
    page.deadlines(edition.deadlines)
    page.foot()
    return split(page.text.message())
