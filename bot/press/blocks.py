"""Sets the parts of an edition one by one: its head, a story, a figure, a deadline, its foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item, News, Source, Told
from bot.desk.memory import Relation
from bot.press.figures import deadline_text, figure_text, label_text, quoted, spread_text, value_text
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import clock_text, covered_parts, day_text, moment_text, period_text, zone_label, zone_of
from models.api import KeyFigure, Range

TITLE = "Situation report"
_UNCERTAIN = "The edition before this one may not have reached you, so what it held is repeated here."
NO_NAME = "source"
_MAX_SOURCES = 4
_MAX_HEADLINE = 200
_MAX_SENTENCE = 400
_MAX_DETAIL = 700
_OLD = timedelta(hours=36)
"""How long before the edition's time a source must have been published for its date to be worth saying."""


class Blocks:
    """The parts of one edition, each set by itself, so that it can be measured before it is put anywhere."""

    def __init__(self, edition: Edition, locale: str) -> None:
        self.edition = edition
        self.locale = locale
        self.zone: tzinfo = zone_of(edition.zone)
        self.today = edition.as_of.astimezone(self.zone).date()

    def _moment(self, text: TextBuilder, moment: datetime) -> None:
        text.time(moment_text(moment, self.zone, self.locale), moment)

    def _covered(self, text: TextBuilder) -> None:
        window = self.edition.window
        first, joint, last, rest = covered_parts(window.start, window.end, self.zone, self.locale)
        text.time(first, window.start).plain(joint).time(last, window.end).plain(rest)

    def head(self, *, uncertain: bool) -> TextBuilder:
        """Title, as of, period covered."""
        text = TextBuilder().bold(TITLE).plain("\nAs of ")
        self._moment(text, self.edition.as_of)
        text.plain(f" ({zone_label(self.edition.zone)})\nCovers ")
        self._covered(text)
        text.line()
        return text.italic(_UNCERTAIN).line() if uncertain else text

    def empty(self) -> TextBuilder:
        """One line, and no more."""
        text = TextBuilder().plain("Situation report: nothing new from ")
        self._covered(text)
        text.plain(f" ({zone_label(self.edition.zone)}).")
        if self.edition.next_edition is not None:
            local = self.edition.next_edition.astimezone(self.zone)
            when = f"{day_text(local.date(), self.locale)}, {clock_text(local, self.locale)}"
            text.plain(" Next edition: ").time(when, self.edition.next_edition).plain(".")
        return text

    def title(self, name: str) -> TextBuilder:
        """The name of a section, after a blank line."""
        name = one_line(name)
        return TextBuilder().plain("\n").styled(name[:1].upper() + name[1:], "bold", "underline").line()

    def highlight(self, text: str, number: int) -> TextBuilder:
        """The headline of a story, and where it stands."""
        return TextBuilder().line(f"• {shortened(one_line(text), _MAX_HEADLINE)} ({number})")

    def story(self, item: Item, number: int, *, details: bool) -> TextBuilder:
        """Headline, what happened, sources; with ``details`` the rest of the summary, folded."""
        text = TextBuilder().plain(f"{number}. ")
        self._headline(text, item)
        text.line()
        if item.follows is not None:
            day = day_text(item.follows.opened.astimezone(self.zone).date(), self.locale)
            headline = shortened(one_line(item.follows.headline), _MAX_HEADLINE)
            text.plain("Follows: ").link(headline, item.follows.link).line(f" ({day})")
        self._lede(text, item)
        rest = " ".join(map(one_line, item.sentences[1:]))
        if details and rest:
            text.quote(shortened(rest, _MAX_DETAIL), expandable=True)
        self._sources(text, item.sources)
        if item.also:
            text.plain(f". Also: {'; '.join(map(one_line, item.also))}")
        return text.line()

    def follow_up(self, item: Item, number: int) -> TextBuilder:
        """A later development, below the story it follows."""
        text = TextBuilder().plain(f"    {number}. Follow-up: ")
        self._headline(text, item)
        text.line()
        self._lede(text, item)
        self._sources(text, item.sources)
        return text.line()

    def brief(self, item: Item, number: int) -> TextBuilder:
        """A story in one line."""
        said = f"Confirmed by {self._names(item)}: " if item.why.news is News.CONFIRMED else ""
        text = TextBuilder().plain(f"{number}. {said}")
        text.link(shortened(one_line(item.headline), _MAX_HEADLINE), item.link)
        if not said:
            text.plain(f" — {self._names(item)}")
        return text.line()

    def _headline(self, text: TextBuilder, item: Item) -> None:
        text.link(shortened(one_line(item.headline), _MAX_HEADLINE), item.link, "bold")

    def _lede(self, text: TextBuilder, item: Item) -> None:
        if item.sentences:
            text.line(shortened(one_line(item.sentences[0]), _MAX_SENTENCE))

    def _names(self, item: Item) -> str:
        names = [one_line(source.outlet) or NO_NAME for source in item.sources if source.repeats is None]
        names = names or [one_line(item.sources[0].outlet) or NO_NAME] if item.sources else [NO_NAME]
        more = len(names) - 1
        return f"{names[0]} and {more} more" if more else names[0]

    def _sources(self, text: TextBuilder, sources: Sequence[Source]) -> None:
        """Who reported it, each name a link to what it published; then who passed it on."""
        own = [source for at, source in enumerate(sources) if source.repeats is None or at == 0]
        passed = [source for source in sources if source not in own]
        text.plain("Source: " if len(own) == 1 else "Sources: ")
        self._listed(text, own)
        if passed:
            text.plain("; repeated by ")
            self._listed(text, passed)

    def _listed(self, text: TextBuilder, sources: Sequence[Source]) -> None:
        shown = sources[:_MAX_SOURCES]
        for number, source in enumerate(shown):
            text.plain(", " if number else "")
            self._source(text, source.outlet, source.link, source.published)
        more = len(sources) - len(shown)
        text.plain(f" and {more} more" if more else "")

    def _source(self, text: TextBuilder, outlet: str, link: str | None, published: datetime) -> None:
        """One source, with the day of publication where that is not about the day of the edition."""
        text.link(one_line(outlet) or NO_NAME, link)
        if self.edition.window.start - published > _OLD:
            text.plain(f" ({day_text(published.astimezone(self.zone).date(), self.locale)})")

    def figure(self, line: FigureLine, number: int, *, quote: bool) -> TextBuilder:
        """A key figure with its source, and with ``quote`` the sentence it stands in, folded."""
        text = TextBuilder().plain(f"{number}. ")
        if line.conflicts:
            self._conflict(text, line)
        else:
            was = line.before.figure if line.before is not None else None
            corrected = line.relation is Relation.CORRECTION
            text.plain(f"{figure_text(line.figure, was=was, corrected=corrected, locale=self.locale)} — ")
            self._source(text, line.outlet, line.link, line.published)
        return text.quote(quoted(line.sentence), expandable=True) if quote and line.sentence else text.line()

    def _conflict(self, text: TextBuilder, line: FigureLine) -> None:
        """Two values or more of one thing, side by side, the lowest first."""
        own = Told(
            figure=line.figure,
            sentence=line.sentence,
            outlet=line.outlet,
            link=line.link,
            published=line.published,
        )
        sides = sorted((own, *line.conflicts), key=lambda told: _bounds(told.figure))
        label = label_text(line.figure)
        spread = spread_text([told.figure for told in sides], locale=self.locale)
        text.plain(f"{label}: {spread}; sources differ: " if label else f"{spread}; sources differ: ")
        for number, told in enumerate(sides):
            text.plain(", " if number else "").plain(f"{value_text(told.figure, locale=self.locale)} (")
            self._source(text, told.outlet, told.link, told.published)
            as_of = told.figure.as_of
            text.plain(f", as of {period_text(as_of, self.locale)})" if as_of is not None else ")")

    def deadline(self, line: DeadlineLine, number: int) -> TextBuilder:
        """A deadline or event to come."""
        said = deadline_text(
            line.deadline,
            locale=self.locale,
            today=self.today,
            moved_from=line.moved_from,
            withdrawn=line.withdrawn,
        )
        text = TextBuilder().plain(f"{number}. {said} — ")
        self._source(text, line.outlet, line.link, line.published)
        return text.line()

    def foot(self, left_out: str, *, example: int = 0) -> TextBuilder:
        """What found no room and how to see it, how to ask for reasons, and when the next edition comes."""
        text = TextBuilder().line()
        if left_out:
            text.line(f"Left out for room: {left_out}. /more shows them.")
        if self.edition.omitted:
            stories = "story" if self.edition.omitted == 1 else "stories"
            text.line(f"{self.edition.omitted} more {stories} of lesser weight are not shown.")
        if example:
            text.line(f"Where line {example} is from, and why it is here: /why {example}")
        if self.edition.next_edition is not None:
            text.plain("Next edition: ")
            self._moment(text, self.edition.next_edition)
            text.line()
        return text


def _bounds(figure: KeyFigure) -> tuple[object, object]:
    value = figure.value
    return (value.low, value.high) if isinstance(value, Range) else (value, value)
