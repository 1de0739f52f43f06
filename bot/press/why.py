"""Says where a line of an edition is from, and why it was chosen: the sentence, the channel, the time, the link, the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.catalogue import Words, message
from bot.desk.edition import DeadlineLine, Edition, FigureLine, Item, LineKind, News, Source, Told
from bot.desk.memory import Relation
from bot.press.blocks import Blocks
from bot.press.deadlines import deadline_text
from bot.press.edition import lay_out
from bot.press.figures import as_of_text, figure_text, value_text
from bot.press.message import Message
from bot.press.text import TextBuilder, in_marks, one_line, quoted, shortened, split
from bot.press.times import moment_text, period_text, zone_label
from bot.press.wording import and_more, listed, outlet_text, topic_text

_MAX_SENTENCE = 700
_MAX_SIDES = 4
_MAX_SOURCES = 8
_HEARD = 0.05
"""What readers' voices must add to a weight, or take from it, to be worth saying."""
_NEWS = {
    # L10n: why a story was chosen: a clause of a list behind "Chosen because", in which each could be a sentence of its own
    News.STORY: message("it is new"),
    News.FOLLOW_UP: message("it is a new development of an earlier story"),
    News.UPDATE: message("there is something new in a story that was told before"),
    News.CONFIRMED: message("another source now confirms what was told before"),
}
_IMPORTANT = message("it is among the most important figures of this edition")
_RELATIONS = {
    # L10n: why a figure was chosen, behind "Chosen because"
    Relation.CHANGE: message("it changed since you were told"),
    Relation.CORRECTION: message("it corrects what you were told"),
}


def render_why(edition: Edition, number: int, words: Words) -> Message:
    """Answer for one line of an edition.

    Args:
        edition: The edition as it was sent.
        number: The number of the line, from 1, those behind "/more" included.
        words: The reader's.

    Returns:
        One message; for a number that no line has, which numbers there are.
    """
    laid = edition if edition.lines else lay_out(edition, words)
    if not laid.lines:
        return Message(words("There was nothing in that edition to ask about."))
    if not 1 <= number <= len(laid.lines):
        return Message(
            words(
                "That edition has no line {line}: its lines are numbered from 1 to {last}.",
                line=number,
                last=len(laid.lines),
            )
        )
    line = laid.lines[number - 1]
    reasons = _Reasons(laid, words)
    text = TextBuilder().bold(words("Line {line} of the situation report", line=number)).line()
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

    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition = edition
        self.blocks = Blocks(edition, words)
        self.words = words
        self.numbers = {line: at for at, line in enumerate(edition.lines, 1)}

    def story(self, text: TextBuilder, item: Item) -> None:
        """The first sentence of a story, who reported it, and what it was ranked by."""
        text.line(one_line(item.headline))
        first, *others = item.sources or (None,)
        if item.sentences:
            text.quote(quoted(shortened(item.sentences[0], _MAX_SENTENCE), self.words))
        if first is not None:
            self._published(text, first.outlet, first.link, first.published)
        if others:
            self._others(text, others)
        self._chosen(text, "; ".join(_reasons(item, self.words)))

    def _others(self, text: TextBuilder, others: Sequence[Source]) -> None:
        names = TextBuilder()
        for number, source in enumerate(others[:_MAX_SOURCES]):
            names.plain(", " if number else "").link(outlet_text(source.outlet, self.words), source.link)
            if source.repeats:
                # L10n: in brackets behind an outlet that passed on the report of another, {name}
                repeating = self.words("repeating {name}", name=one_line(source.repeats))
                names.plain(f" ({repeating})")
        # L10n: {names} are one or more outlets, besides the one named above
        phrase = self.words("Reported too by {names}")
        text.fill(phrase, names=and_more(names, max(0, len(others) - _MAX_SOURCES), self.words)).line()

    def _chosen(self, text: TextBuilder, reasons: str) -> None:
        # L10n: {reasons} is a list of clauses, as in "it is new; one source reports it"; choose words behind which each can be a
        # sentence of its own, such as "Chosen for these reasons: {reasons}."
        text.blank().line(self.words("Chosen because {reasons}.", reasons=reasons))

    def figure(self, text: TextBuilder, line: FigureLine) -> None:
        """The sentence a figure stands in, what was told before it, and what others say."""
        words = self.words
        text.line(figure_text(line.figure, words))
        text.quote(quoted(shortened(line.sentence, _MAX_SENTENCE), self.words))
        self._published(text, line.outlet, line.link, line.published)
        if line.before is not None:
            if line.relation is Relation.CORRECTION:
                # L10n: {value} is a wrong number that was told before, as it stands by itself, with its date
                phrase = words("Corrected; told before: {value}")
            else:
                # L10n: {value} is the number that was told before, as it stands by itself, with its date
                phrase = words("Changed; told before: {value}")
            self._told(text.blank(), phrase, line.before)
        for side in line.conflicts[:_MAX_SIDES]:
            self._told(text.blank(), words("Another source differs: {value}"), side)
        reasons = [words(_RELATIONS.get(line.relation, _IMPORTANT))]
        if line.conflicts:
            # L10n: a second reason for which a figure was chosen, behind "Chosen because"
            reasons.append(words("sources differ on it"))
        self._chosen(text, listed(reasons, words))
        self._from(text, line.story)

    def deadline(self, text: TextBuilder, line: DeadlineLine) -> None:
        """The sentence a date stands in, and the day it was due before."""
        said = deadline_text(
            line.deadline,
            self.words,
            today=self.blocks.today,
            moved_from=line.moved_from,
            withdrawn=line.withdrawn,
        )
        text.line(said)
        text.quote(quoted(shortened(line.sentence, _MAX_SENTENCE), self.words))
        self._published(text, line.outlet, line.link, line.published)
        if line.withdrawn:
            # L10n: why a deadline was chosen, behind "Chosen because"
            reason = self.words("it holds no more")
        elif line.moved_from is not None:
            day = period_text(line.moved_from, self.words, governed=True)
            if line.moved_from.start == line.moved_from.end:
                # L10n: as before; {date} is the former day
                reason = self.words.within("a day", "it was moved from {date}", date=day)
            else:
                # L10n: as before; {date} is the former month, quarter, season or year, in the form it has behind "from"
                reason = self.words.within("a month or longer", "it was moved from {date}", date=day)
        else:
            # L10n: as before; of a deadline or date
            reason = self.words("it is to come and was set or named in the time this edition covers")
        self._chosen(text, reason)
        self._from(text, line.story)

    def _published(self, text: TextBuilder, outlet: str, link: str | None, published: datetime) -> None:
        text.link(outlet_text(outlet, self.words), link).plain(", ")
        text.time(moment_text(published, self.blocks.zone, self.words), published)
        text.line(f" ({zone_label(self.edition.zone)})")

    def _told(self, text: TextBuilder, phrase: str, told: Told) -> None:
        as_of = told.figure.as_of
        when = f", {as_of_text(told.figure, as_of, self.words)}" if as_of is not None else ""
        text.fill(phrase, value=f"{value_text(told.figure, self.words)}{when}").line()
        text.quote(quoted(shortened(told.sentence, _MAX_SENTENCE), self.words))
        self._published(text, told.outlet, told.link, told.published)

    def _from(self, text: TextBuilder, story: int) -> None:
        """The story that a figure or date belongs to."""
        for line, number in self.numbers.items():
            if line.kind is LineKind.STORY and self.edition.stories[line.at].story == story:
                headline = one_line(self.edition.stories[line.at].headline)
                text.line(self.words("Its story is line {line}: {headline}", line=number, headline=headline))


def _reasons(item: Item, words: Words) -> list[str]:
    why = item.why
    found = [words(_NEWS[why.news])]
    if why.sources == 1:
        found.append(words("one source reports it"))
    else:
        found.append(
            words.plural("{count} independent source reports it", "{count} independent sources report it", why.sources)
        )
    if why.leaning >= _HEARD:
        # L10n: readers' votes have moved a story up or down; "its source" is the outlet it comes from
        found.append(words("readers found other stories of its source useful"))
    elif why.leaning <= -_HEARD:
        found.append(words("readers found other stories of its source of little use, which puts it further down"))
    if why.figures == 1:
        found.append(words("one figure in it matters"))
    elif why.figures:
        found.append(words.plural("{count} figure in it matters", "{count} figures in it matter", why.figures))
    if why.topics:
        # L10n: {topics} are names of topics
        topics = listed([topic_text(name, words) for name in why.topics], words)
        found.append(words("you asked for {topics}", topics=topics))
    if why.words:
        # L10n: {wanted} are words, in quotation marks, that a reader wants to see news about
        wanted = listed([in_marks(one_line(word), words) for word in why.words], words)
        found.append(words("you follow {wanted}", wanted=wanted))
    return found
