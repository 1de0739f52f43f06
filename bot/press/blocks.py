"""Sets the parts of an edition one by one: its head, a story, a figure, a deadline, its foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.catalogue import Words, message
from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item, News, Source, Told
from bot.desk.memory import Relation
from bot.press.deadlines import deadline_text
from bot.press.figures import as_of_text, figure_text, label_text, spread_text, value_text
from bot.press.text import TextBuilder, capital, one_line, quoted, shortened
from bot.press.times import clock_text, date_text, day_text, moment_text, short_moment_text, zone_label, zone_of
from bot.press.wording import and_more, foreign_language, foreign_text, listed, outlet_text, topic_text
from models.api import KeyFigure, Range

TITLE = message("Situation report")
KEY_FIGURES = message("Key figures")
DEADLINES = message("Deadlines and dates")
HIGHLIGHTS = message("Highlights")
# L10n: the title over stories that are told in one line each
BRIEFS = message("Also reported")
_UNCERTAIN = message("The edition before this one may not have reached you, so what it held is repeated here.")
_MAX_SOURCES = 4
_MAX_HEADLINE = 200
_MAX_SENTENCE = 400
_MAX_DETAIL = 700
_OLD = timedelta(hours=36)
"""How long before the edition's time a source must have been published for its date to be worth saying."""


class Blocks:
    """The parts of one edition, each set by itself, so that it can be measured before it is put anywhere."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition = edition
        self.words = words
        self.zone: tzinfo = zone_of(edition.zone)
        self.today = edition.as_of.astimezone(self.zone).date()

    def _moment(self, moment: datetime) -> TextBuilder:
        return TextBuilder().time(moment_text(moment, self.zone, self.words), moment)

    def _covered(self, within_one_day: str, over_days: str) -> TextBuilder:
        """One of two phrases on the time covered, with its {start}, {end} and, within one day, {day}.

        The year is said only where it changes.
        """
        window = self.edition.window
        first, last = window.start.astimezone(self.zone), window.end.astimezone(self.zone)
        if first.date() == last.date():
            start, end = (clock_text(local, self.words) for local in (first, last))
        else:
            with_year = first.year != last.year
            start, end = (short_moment_text(local, self.words, with_year=with_year) for local in (first, last))
        return TextBuilder().fill(
            within_one_day if first.date() == last.date() else over_days,
            start=TextBuilder().time(start, window.start),
            end=TextBuilder().time(end, window.end),
            day=date_text(last.date(), "MMMMd", self.words),
            zone=zone_label(self.edition.zone),
        )

    def head(self, *, uncertain: bool) -> TextBuilder:
        """Title, as of, period covered."""
        words = self.words
        text = TextBuilder().bold(words(TITLE)).line()
        # L10n: {moment} is as in "Monday 26 July 2021, 07:00", {zone} as in "Europe/Kyiv"
        as_of = words("As of {moment} ({zone})")
        text.fill(as_of, moment=self._moment(self.edition.as_of), zone=zone_label(self.edition.zone)).line()
        text.add(
            self._covered(
                # L10n: the time that a report covers; {start} and {end} are hours, {day} is as in "26 July"
                words("Covers {start} to {end} on {day}"),
                # L10n: the time that a report covers; {start} and {end} are as in "26 July, 07:00"
                words("Covers {start} to {end}"),
            )
        ).line()
        return text.italic(words(_UNCERTAIN)).line() if uncertain else text

    def empty(self) -> TextBuilder:
        """One line, and no more."""
        words = self.words
        text = self._covered(
            # L10n: {start} and {end} are hours, {day} is as in "26 July"
            words("Situation report: nothing new from {start} to {end} on {day} ({zone})."),
            # L10n: {start} and {end} are as in "26 July, 07:00"
            words("Situation report: nothing new from {start} to {end} ({zone})."),
        )
        if self.edition.next_edition is not None:
            local = self.edition.next_edition.astimezone(self.zone)
            when = TextBuilder().time(short_moment_text(local, words, with_year=True), self.edition.next_edition)
            # L10n: {moment} is as in "27 July 2021, 07:00"
            text.plain(" ").fill(words("Next edition: {moment}."), moment=when)
        return text

    def title(self, name: str) -> TextBuilder:
        """The name of a section, a topic or one of the titles above, after a blank line."""
        return TextBuilder().plain("\n").styled(capital(topic_text(name, self.words)), "bold", "underline").line()

    def highlight(self, text: str, number: int) -> TextBuilder:
        """The headline of a story, and where it stands."""
        return TextBuilder().line(f"• {shortened(one_line(text), _MAX_HEADLINE)} ({number})")

    def story(self, item: Item, number: int, *, details: bool) -> TextBuilder:
        """Headline, what happened, sources; with ``details`` the rest of the summary, folded."""
        text = TextBuilder().plain(f"{number}. ")
        self._headline(text, item)
        text.line()
        if item.follows is not None:
            day = day_text(item.follows.opened.astimezone(self.zone).date(), self.words)
            headline = shortened(one_line(item.follows.headline), _MAX_HEADLINE)
            earlier = TextBuilder().link(headline, item.follows.link)
            # L10n: below a story: the earlier story that it continues, and its day
            text.fill(self.words("Follows: {headline} ({day})"), headline=earlier, day=day).line()
        self._lede(text, item)
        rest = " ".join(map(one_line, item.sentences[1:]))
        if details and rest:
            text.quote(shortened(rest, _MAX_DETAIL), expandable=True)
        self._foreign(text, item)
        self._sources(text, item.sources)
        if item.also:
            topics = "; ".join(topic_text(name, self.words) for name in item.also)
            # L10n: behind the sources of a story: the other topics it is filed under
            text.plain(". ").plain(self.words("Also: {topics}", topics=topics))
        return text.line()

    def follow_up(self, item: Item, number: int) -> TextBuilder:
        """A later development, below the story it follows."""
        headline = TextBuilder()
        self._headline(headline, item)
        # L10n: a story that continues the one above it
        text = (
            TextBuilder().plain(f"    {number}. ").fill(self.words("Follow-up: {headline}"), headline=headline).line()
        )
        self._lede(text, item)
        self._foreign(text, item)
        self._sources(text, item.sources)
        return text.line()

    def brief(self, item: Item, number: int) -> TextBuilder:
        """A story in one line."""
        text = TextBuilder().plain(f"{number}. ")
        headline = TextBuilder().link(shortened(one_line(item.headline), _MAX_HEADLINE), item.link)
        names = TextBuilder().plain(self._names(item))
        if item.why.news is News.CONFIRMED:
            # L10n: {names} are the outlets that now say the same as an outlet before: "Confirmed by City Post and 2 more: Troops leave"
            text.fill(self.words("Confirmed by {names}: {headline}"), names=names, headline=headline)
        else:
            text.add(headline).plain(" — ").add(names)
        if language := foreign_language(item.language, self.words):
            text.plain(f" ({language})")
        return text.line()

    def _headline(self, text: TextBuilder, item: Item) -> None:
        text.link(shortened(one_line(item.headline), _MAX_HEADLINE), item.link, "bold")

    def _lede(self, text: TextBuilder, item: Item) -> None:
        if item.sentences:
            text.line(shortened(one_line(item.sentences[0]), _MAX_SENTENCE))

    def _foreign(self, text: TextBuilder, item: Item) -> None:
        if said := foreign_text(item.language, self.words):
            text.italic(said).line()

    def _names(self, item: Item) -> str:
        names = [outlet_text(source.outlet, self.words) for source in item.sources if source.repeats is None]
        names = names or [outlet_text(item.sources[0].outlet if item.sources else "", self.words)]
        return and_more(TextBuilder().plain(names[0]), len(names) - 1, self.words).message().text

    def _sources(self, text: TextBuilder, sources: Sequence[Source]) -> None:
        """Who reported it, each name a link to what it published; then who passed it on."""
        own = [source for at, source in enumerate(sources) if source.repeats is None or at == 0]
        passed = [source for source in sources if source not in own]
        # L10n: who reported a story: one name after "Source", several after "Sources"
        text.fill(self.words("Source: {names}" if len(own) == 1 else "Sources: {names}"), names=self._listed(own))
        if passed:
            # L10n: behind the sources of a story: who only passed the report on
            text.plain("; ").fill(self.words("repeated by {names}"), names=self._listed(passed))

    def _listed(self, sources: Sequence[Source]) -> TextBuilder:
        shown = sources[:_MAX_SOURCES]
        text = TextBuilder()
        for number, source in enumerate(shown):
            text.plain(", " if number else "")
            self._source(text, source.outlet, source.link, source.published)
        return and_more(text, len(sources) - len(shown), self.words)

    def _source(self, text: TextBuilder, outlet: str, link: str | None, published: datetime) -> None:
        """One source, with the day of publication where that is not about the day of the edition."""
        text.link(outlet_text(outlet, self.words), link)
        if self.edition.window.start - published > _OLD:
            text.plain(f" ({day_text(published.astimezone(self.zone).date(), self.words)})")

    def figure(self, line: FigureLine, number: int, *, quote: bool) -> TextBuilder:
        """A key figure with its source, and with ``quote`` the sentence it stands in, folded."""
        text = TextBuilder().plain(f"{number}. ")
        if line.conflicts:
            self._conflict(text, line)
        else:
            was = line.before.figure if line.before is not None else None
            corrected = line.relation is Relation.CORRECTION
            text.plain(f"{figure_text(line.figure, self.words, was=was, corrected=corrected)} — ")
            self._source(text, line.outlet, line.link, line.published)
        return (
            text.quote(quoted(line.sentence, self.words), expandable=True) if quote and line.sentence else text.line()
        )

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
        spread = spread_text([told.figure for told in sides], self.words)
        said = TextBuilder()
        for number, told in enumerate(sides):
            said.plain(", " if number else "").plain(f"{value_text(told.figure, self.words)} (")
            self._source(said, told.outlet, told.link, told.published)
            as_of = told.figure.as_of
            said.plain(f", {as_of_text(told.figure, as_of, self.words)})" if as_of is not None else ")")
        # L10n: {spread} is from the lowest to the highest number, {values} are the numbers with their sources, as in "120 to
        # 134 killed; sources differ: 120 (City Post), 134 (Harbour Wire)"
        phrase = self.words("{spread}; sources differ: {values}")
        text.plain(f"{label}: " if label else "").fill(phrase, spread=spread, values=said)

    def deadline(self, line: DeadlineLine, number: int) -> TextBuilder:
        """A deadline or event to come."""
        said = deadline_text(
            line.deadline,
            self.words,
            today=self.today,
            moved_from=line.moved_from,
            withdrawn=line.withdrawn,
        )
        text = TextBuilder().plain(f"{number}. {said} — ")
        self._source(text, line.outlet, line.link, line.published)
        return text.line()

    def left_out(self, stories: int, figures: int, dates: int) -> str:
        """As in "12 stories, 1 figure and 2 dates"; empty where there is none of them."""
        words = self.words
        return listed(
            [
                *([words.plural("{count} story", "{count} stories", stories)] if stories else []),
                *([words.plural("{count} figure", "{count} figures", figures)] if figures else []),
                *([words.plural("{count} date", "{count} dates", dates)] if dates else []),
            ],
            words,
        )

    def foot(self, left_out: str, *, example: int = 0) -> TextBuilder:
        """What found no room and how to see it, how to ask for reasons, and when the next edition comes."""
        words, omitted = self.words, self.edition.omitted
        text = TextBuilder().line()
        if left_out:
            # L10n: {what} is as in "12 stories, 1 figure and 2 dates"
            text.line(words("Left out for room: {what}. /more shows them.", what=left_out))
        if omitted:
            text.line(
                words.plural(
                    "{count} more story of lesser weight is not shown.",
                    "{count} more stories of lesser weight are not shown.",
                    omitted,
                )
            )
        if example:
            text.line(words("Where line {line} is from, and why it is here: /why {line}", line=example))
        if self.edition.next_edition is not None:
            # L10n: {moment} is as in "Tuesday 27 July 2021, 07:00"; no full stop
            text.fill(words("Next edition: {moment}"), moment=self._moment(self.edition.next_edition)).line()
        return text


def _bounds(figure: KeyFigure) -> tuple[object, object]:
    value = figure.value
    return (value.low, value.high) if isinstance(value, Range) else (value, value)
