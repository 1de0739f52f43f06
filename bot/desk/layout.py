"""What an edition is made of: sections, stories, figures and deadlines, as pure data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.desk.memory import Relation
from bot.desk.profile import Length, Window
from models.api import Deadline, KeyFigure, Period


class News(StrEnum):
    """What is new about a story in the window of an edition."""

    STORY = "story"
    FOLLOW_UP = "follow-up"
    UPDATE = "update"
    """It was told before, and there is something new in it."""
    CONFIRMED = "confirmed"
    """It was told before, and another source now says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who reported a story, where, and when (aware UTC); ``repeats`` names the outlet whose report it passes on."""

    outlet: str
    link: str | None
    published: datetime
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a story was chosen and stands where it does.

    ``sources`` are independent ones: those that repeat another count once with it. ``topics`` are names of topics the
    reader asked for, ``words`` those of the reader's words that the story holds, ``figures`` how many of its figures
    matter. ``leaning`` is what readers' voices on the lead's outlet add to its weight or take from it.
    """

    sources: int
    news: News
    figures: int
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    leaning: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The story that another one follows: its headline, when it was opened (aware UTC), and where it stands."""

    headline: str
    opened: datetime
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story: its headline, what happened in a few sentences, and its sources, the lead first.

    ``also`` names the other topics the story is filed under. ``rank`` is its place among all stories of the edition, 0
    the most important. ``follow_ups`` came after it in the same window, the earliest first; ``follows`` is the story
    it follows itself where that one is not in the edition. ``article_key`` is the article the sentences stand in,
    ``language`` what it is written in (ISO 639-1; "und" where that is not known): of any but English the figures are not read.
    """

    story: int
    headline: str
    sentences: tuple[str, ...]
    sources: tuple[Source, ...]
    also: tuple[str, ...] = ()
    rank: int = 0
    why: Why
    follow_ups: tuple[Item, ...] = ()
    follows: Followed | None = None
    article_key: str = ""
    language: str = "en"

    @property
    def summary(self) -> str:
        """The sentences joined by a space."""
        return " ".join(self.sentences)

    @property
    def link(self) -> str | None:
        """Where the lead article is."""
        return next((source.link for source in self.sources if source.link), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories under one topic, the most important first."""

    topic_code: str
    topic_name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one source said of a figure: earlier, or in conflict with another. ``published`` is aware UTC."""

    figure: KeyFigure
    sentence: str
    outlet: str
    link: str | None
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A key figure, the sentence it stands in, and where that sentence was published.

    ``before`` is what was told last, where ``relation`` is a change or a correction. ``conflicts`` are what other
    sources say, the lowest first; the line's own figure is not among them. ``article_key`` is the article it stands in.
    """

    figure: KeyFigure
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    story: int
    relation: Relation = Relation.NEW
    before: Told | None = None
    conflicts: tuple[Told, ...] = ()
    series: int | None = None
    article_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """A deadline or coming event, the sentence it stands in, and where that sentence was published.

    ``moved_from`` is the day it was due before, ``article_key`` the article it stands in.
    """

    deadline: Deadline
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    story: int
    moved_from: Period | None = None
    withdrawn: bool = False
    article_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """The headline of one of the most important stories."""

    story: int
    text: str


class LineKind(StrEnum):
    """What a numbered line of an edition tells."""

    STORY = "story"
    FIGURE = "figure"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be asked about: the ``at``-th of the edition's stories, figures or deadlines (from 0)."""

    kind: LineKind
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A situation report for one profile and one window.

    ``highlights`` are the most important stories, none where there are few stories. ``omitted``
    counts the stories that found no room. ``uncertain`` says that the edition before may not have arrived and that
    what it held is in this one. Every time is aware UTC; ``zone`` is where the reader lives.

    ``lines`` are all that has a number, in the order of the numbers from 1, of which the first ``front`` stand in the
    message and the others behind "/more"; empty until the press has laid the edition out.
    """

    as_of: datetime
    window: Window
    zone: str
    next_edition: datetime | None
    highlights: tuple[Highlight, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    omitted: int = 0
    uncertain: bool = False
    length: Length = Length.SHORT
    lines: tuple[Line, ...] = ()
    front: int = 0

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to tell."""
        return not (self.sections or self.figures or self.deadlines)

    @property
    def stories(self) -> tuple[Item, ...]:
        """Every story in reading order, follow-ups behind the story they follow."""
        return tuple(self._each())

    def _each(self) -> Iterator[Item]:
        for section in self.sections:
            for item in section.items:
                yield item
                yield from item.follow_ups
