"""An edition as messages: when it speaks, what happened, the figures, the deadlines, and when the next one comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.catalogue import Words
from bot.desk.edition import Edition, Line, LineKind
from bot.desk.profile import Length
from bot.press.blocks import BRIEFS, DEADLINES, HIGHLIGHTS, KEY_FIGURES, Blocks
from bot.press.fit import Fitting, Plan, Thread, everything, numbered, threads
from bot.press.message import Message
from bot.press.text import TextBuilder, split


def _plan(edition: Edition, blocks: Blocks) -> Plan:
    return everything(edition) if edition.length is Length.FULL else Fitting(edition, blocks).run()


def lay_out(edition: Edition, words: Words) -> Edition:
    """The edition with its lines numbered as ``render_edition`` prints them, for what is asked about them later."""
    lines, front = numbered(edition, _plan(edition, Blocks(edition, words)))
    return replace(edition, lines=lines, front=front)


def render_edition(edition: Edition, words: Words) -> list[Message]:
    """Set an edition.

    Args:
        edition: What is to be told.
        words: The reader's; what the articles say stays in their language.

    Returns:
        One message, or as many as it takes where the reader wants all of it (``edition.length``), each within
        Telegram's limits; one line for an empty edition. What is left out for room is counted.
    """
    blocks = Blocks(edition, words)
    if edition.is_empty:
        return split(blocks.empty().message())
    plan = _plan(edition, blocks)
    lines, front = (edition.lines, edition.front) if edition.lines else numbered(edition, plan)
    return split(_Page(edition, blocks, plan, lines, front).text().message())


def render_more(edition: Edition, words: Words) -> list[Message]:
    """What of an edition found no room in its message, under the numbers that go on there; empty where it all did."""
    laid = edition if edition.lines else lay_out(edition, words)
    held = laid.lines[laid.front :]
    if not held:
        return []
    blocks = Blocks(edition, words)
    found = {thread.at: thread for thread in threads(edition)}
    places = [line.at for line in held if line.kind is LineKind.STORY]
    plan = Plan(full={at for at in places if at in found}, details={at for at in places if at in found})
    page = _Page(edition, blocks, plan, laid.lines, laid.front)
    text = TextBuilder().bold(words("Left out of the situation report for room")).line()
    page.stories(text)
    for kind, title in ((LineKind.FIGURE, KEY_FIGURES), (LineKind.DEADLINE, DEADLINES)):
        ats = [line.at for line in held if line.kind is kind]
        if ats:
            text.add(blocks.title(title))
        for at in ats:
            text.add(page.figure(at, quote=True) if kind is LineKind.FIGURE else page.deadline(at))
    return split(text.message())


class _Page:
    """One edition being printed by its plan."""

    def __init__(self, edition: Edition, blocks: Blocks, plan: Plan, lines: Sequence[Line], front: int) -> None:
        self.edition = edition
        self.blocks = blocks
        self.plan = plan
        self.front = front
        self.lines = lines
        self.number = {line: at for at, line in enumerate(lines, 1)}

    def text(self) -> TextBuilder:
        """All of it, from the title to the foot."""
        text = self.blocks.head(uncertain=self.edition.uncertain)
        self._highlights(text)
        self.stories(text)
        if self.plan.figures:
            text.add(self.blocks.title(KEY_FIGURES))
        for at in range(self.plan.figures):
            text.add(self.figure(at, quote=at in self.plan.quotes))
        if self.plan.deadlines:
            text.add(self.blocks.title(DEADLINES))
        for at in range(self.plan.deadlines):
            text.add(self.deadline(at))
        self._briefs(text)
        return text.add(self.blocks.foot(self._left_out(), example=min(3, self.front)))

    def _highlights(self, text: TextBuilder) -> None:
        if self.plan.highlights:
            text.add(self.blocks.title(HIGHLIGHTS))
            places = {item.story: at for at, item in enumerate(self.edition.stories)}
            for highlight in self.edition.highlights[: self.plan.highlights]:
                text.add(self.blocks.highlight(highlight.text, self._story(places[highlight.story])))

    def stories(self, text: TextBuilder) -> None:
        """The stories that are told, by topic."""
        told = [thread for thread in threads(self.edition) if thread.at in self.plan.full]
        for _, group in groupby(told, key=lambda thread: thread.topic):
            for number, thread in enumerate(group):
                text.add(TextBuilder().line() if number else self.blocks.title(thread.name))
                self._thread(text, thread)

    def _thread(self, text: TextBuilder, thread: Thread) -> None:
        details = thread.at in self.plan.details
        text.add(self.blocks.story(thread.item, self._story(thread.at), details=details))
        for at, item in zip(thread.places[1:], thread.item.follow_ups, strict=True):
            text.add(self.blocks.follow_up(item, self._story(at)))

    def _briefs(self, text: TextBuilder) -> None:
        found = {thread.at: thread for thread in threads(self.edition)}
        if self.plan.briefs:
            text.add(self.blocks.title(BRIEFS))
        for head in self.plan.briefs:
            thread = found[head]
            for at, item in zip(thread.places, (thread.item, *thread.item.follow_ups), strict=True):
                text.add(self.blocks.brief(item, self._story(at)))

    def _story(self, at: int) -> int:
        return self.number[Line(LineKind.STORY, at)]

    def figure(self, at: int, *, quote: bool) -> TextBuilder:
        """One key figure under its number."""
        return self.blocks.figure(self.edition.figures[at], self.number[Line(LineKind.FIGURE, at)], quote=quote)

    def deadline(self, at: int) -> TextBuilder:
        """One deadline under its number."""
        return self.blocks.deadline(self.edition.deadlines[at], self.number[Line(LineKind.DEADLINE, at)])

    def _left_out(self) -> str:
        held = Counter(line.kind for line in self.lines[self.front :])
        return self.blocks.left_out(held[LineKind.STORY], held[LineKind.FIGURE], held[LineKind.DEADLINE])
