"""What an edition is made of: sections, stories, figures and deadlines, as pure data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.desk.profile import Window
from models.api import Deadline, KeyFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who reported a story, where, and when (aware UTC)."""

    outlet: str
    link: str | None
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story: its headline, one or two sentences (none in a brief), and its sources, the lead first.

    ``also`` names the other topics the story is filed under.
    """

    story: int
    headline: str
    summary: str
    sources: tuple[Source, ...]
    also: tuple[str, ...] = ()

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
class FigureLine:
    """A key figure, the sentence it stands in, and where that sentence was published."""

    figure: KeyFigure
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """A deadline or coming event, the sentence it stands in, and where that sentence was published."""

    deadline: Deadline
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A situation report for one profile and one window.

    ``highlights`` are the headlines of the most important stories, none where there are few stories. ``omitted``
    counts the stories that found no room. ``uncertain`` says that the edition before may not have arrived and that
    what it held is in this one. Every time is aware UTC; ``zone`` is where the reader lives.
    """

    as_of: datetime
    window: Window
    zone: str
    next_edition: datetime | None
    highlights: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    omitted: int = 0
    uncertain: bool = False

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to tell."""
        return not (self.sections or self.figures or self.deadlines)
