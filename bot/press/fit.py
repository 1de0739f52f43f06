"""Decides what of an edition stands in one message: the most important of everything, and the least important left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.desk.edition import Edition, Item, Line, LineKind, News
from bot.press.blocks import BRIEFS, DEADLINES, HIGHLIGHTS, KEY_FIGURES, Blocks
from bot.press.message import MAX_ENTITIES, MAX_UNITS
from bot.press.text import TextBuilder, one_line

MAX_FULL = 10
"""Stories that are told in sentences; the others are headlines."""
_BUSY = 12
_MAX_FULL_OF_MANY = 6
"""Where there are more stories than ``_BUSY``: then more headlines tell more than more sentences."""
MIN_HIGHLIGHTS = 2
_FIRST = 3
"""Stories that come before the figures when room is given out."""
_FIRST_BRIEFS = 6
_ANY = 99
"""The number a block is measured with: none is wider."""
_LEFT_OUT = (40, 5, 7)
"""Stories, figures and dates: more than are ever left out."""


@dataclass(slots=True)
class Plan:
    """What stands in the message: stories by number in the edition's ``stories``, heads of threads for ``full``.

    ``briefs`` are headlines, the most important first; ``figures`` and ``deadlines`` say how many of each, ``quotes``
    under which figures their sentence stands.
    """

    full: set[int] = field(default_factory=set)
    details: set[int] = field(default_factory=set)
    briefs: list[int] = field(default_factory=list)
    highlights: int = 0
    figures: int = 0
    quotes: set[int] = field(default_factory=set)
    deadlines: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """A story at its place among ``Edition.stories``, and its follow-ups, which have the places behind it."""

    at: int
    item: Item
    topic: str
    name: str

    @property
    def places(self) -> range:
        """Of the story and its follow-ups."""
        return range(self.at, self.at + 1 + len(self.item.follow_ups))


def threads(edition: Edition) -> Iterator[Thread]:
    """The threads of an edition in reading order."""
    at = 0
    for section in edition.sections:
        for item in section.items:
            yield Thread(at, item, section.topic_code, section.topic_name)
            at += 1 + len(item.follow_ups)


def everything(edition: Edition) -> Plan:
    """All of an edition, in as many messages as it takes."""
    found = list(threads(edition))
    told = {thread.at for thread in found if thread.item.why.news is not News.CONFIRMED}
    briefs = [thread.at for thread in found if thread.at not in told]
    plan = Plan(told, set(told), briefs, len(edition.highlights), len(edition.figures), set(), len(edition.deadlines))
    plan.quotes = set(quotable(edition, plan))
    return plan


def quotable(edition: Edition, plan: Plan) -> Iterator[int]:
    """The figures whose sentence does not stand in the message anyway, in a story or under another figure."""
    stories = edition.stories
    said = {one_line(stories[at].sentences[0]) for at in plan.full if stories[at].sentences}
    for at, line in enumerate(edition.figures[: plan.figures]):
        sentence = one_line(line.sentence)
        if sentence and sentence not in said:
            said.add(sentence)
            yield at


class _Room:
    """What is left of a message."""

    def __init__(self, units: int, entities: int) -> None:
        self.units = units
        self.entities = entities

    def take(self, *blocks: TextBuilder) -> bool:
        """Use the room of some blocks, if there is room for all of them."""
        units = sum(block.size[0] for block in blocks)
        entities = sum(block.size[1] for block in blocks)
        if units > self.units or entities > self.entities:
            return False
        self.units -= units
        self.entities -= entities
        return True


class Fitting:
    """One edition being fitted into one message."""

    def __init__(self, edition: Edition, blocks: Blocks) -> None:
        self.edition = edition
        self.blocks = blocks
        self.plan = Plan()
        self.room = _Room(MAX_UNITS, MAX_ENTITIES)
        self.topics: set[str] = set()
        self.threads = sorted(threads(edition), key=lambda thread: _rank(thread.item))
        self.told = [thread for thread in self.threads if thread.item.why.news is not News.CONFIRMED]

    def run(self) -> Plan:
        """Give the room out, what matters most first."""
        self.room.take(
            self.blocks.head(uncertain=True), self.blocks.foot(self.blocks.left_out(*_LEFT_OUT), example=_ANY)
        )
        stories = iter(self.told[: _MAX_FULL_OF_MANY if len(self.told) > _BUSY else MAX_FULL])
        self._stories(stories, _FIRST)
        self._figures()
        self._highlights()
        self._deadlines()
        self._stories(stories, MAX_FULL)
        rest = iter([thread for thread in self.threads if thread.at not in self.plan.full])
        titled = self._briefs(rest, _FIRST_BRIEFS, titled=False)
        self._quotes()
        self._details()
        self._briefs(rest, len(self.threads), titled=titled)
        return self.plan

    def _stories(self, stories: Iterator[Thread], count: int) -> None:
        for _ in range(count):
            thread = next(stories, None)
            if thread is None:
                return
            title = [] if thread.topic in self.topics else [self.blocks.title(thread.name)]
            if not self.room.take(*title, *self._told(thread)):
                # The ones behind it matter less: none of them takes its room.
                for _ in stories:
                    pass
                return
            self.topics.add(thread.topic)
            self.plan.full.add(thread.at)

    def _told(self, thread: Thread) -> Iterator[TextBuilder]:
        yield TextBuilder().line()
        yield self.blocks.story(thread.item, _ANY, details=False)
        for item in thread.item.follow_ups:
            yield self.blocks.follow_up(item, _ANY)

    def _figures(self) -> None:
        blocks = [self.blocks.figure(line, _ANY, quote=False) for line in self.edition.figures]
        self.plan.figures = self._as_many(KEY_FIGURES, blocks)

    def _deadlines(self) -> None:
        blocks = [self.blocks.deadline(line, _ANY) for line in self.edition.deadlines]
        self.plan.deadlines = self._as_many(DEADLINES, blocks)

    def _as_many(self, title: str, blocks: Iterable[TextBuilder]) -> int:
        count = 0
        for block in blocks:
            if not self.room.take(block, *([] if count else [self.blocks.title(title)])):
                break
            count += 1
        return count

    def _highlights(self) -> None:
        """Those whose stories are told; two at least, or none."""
        places = {item.story: at for at, item in enumerate(self.edition.stories)}
        wanted = [highlight for highlight in self.edition.highlights if highlight.story in places]
        blocks = [self.blocks.highlight(highlight.text, _ANY) for highlight in wanted]
        for count in range(len(blocks), MIN_HIGHLIGHTS - 1, -1):
            if self.room.take(self.blocks.title(HIGHLIGHTS), *blocks[:count]):
                self.plan.highlights = count
                return

    def _quotes(self) -> None:
        for at in quotable(self.edition, self.plan):
            line = self.edition.figures[at]
            bare, whole = (self.blocks.figure(line, _ANY, quote=quote).size for quote in (False, True))
            if not self._extend(bare, whole):
                return
            self.plan.quotes.add(at)

    def _details(self) -> None:
        for thread in self.told:
            if thread.at not in self.plan.full:
                continue
            bare, whole = (self.blocks.story(thread.item, _ANY, details=details).size for details in (False, True))
            if bare != whole and self._extend(bare, whole):
                self.plan.details.add(thread.at)

    def _extend(self, bare: tuple[int, int], whole: tuple[int, int]) -> bool:
        units, entities = whole[0] - bare[0], whole[1] - bare[1]
        if units > self.room.units or entities > self.room.entities:
            return False
        self.room.units -= units
        self.room.entities -= entities
        return True

    def _briefs(self, rest: Iterator[Thread], count: int, *, titled: bool) -> bool:
        """Headlines, as many as there is room for; whether their section has its title."""
        for _ in range(count):
            thread = next(rest, None)
            if thread is None:
                return titled
            lines = [self.blocks.brief(item, _ANY) for item in (thread.item, *thread.item.follow_ups)]
            if not self.room.take(*lines, *([] if titled else [self.blocks.title(BRIEFS)])):
                for _ in rest:
                    pass
                return titled
            titled = True
            self.plan.briefs.append(thread.at)
        return titled


def _rank(item: Item) -> int:
    return min(item.rank, *(one.rank for one in item.follow_ups)) if item.follow_ups else item.rank


def numbered(edition: Edition, plan: Plan) -> tuple[tuple[Line, ...], int]:
    """Every line of an edition in the order of its number, those in the message first, and how many these are."""
    found = {thread.at: thread for thread in threads(edition)}
    front = [Line(LineKind.STORY, at) for head in sorted(plan.full) for at in found[head].places]
    front += [Line(LineKind.FIGURE, at) for at in range(plan.figures)]
    front += [Line(LineKind.DEADLINE, at) for at in range(plan.deadlines)]
    front += [Line(LineKind.STORY, at) for head in plan.briefs for at in found[head].places]
    shown = set(front)
    whole = [Line(LineKind.STORY, at) for at in range(len(edition.stories))]
    whole += [Line(LineKind.FIGURE, at) for at in range(len(edition.figures))]
    whole += [Line(LineKind.DEADLINE, at) for at in range(len(edition.deadlines))]
    return (*front, *(line for line in whole if line not in shown)), len(front)
