"""What the desk remembers beside the articles of a window: threads of stories, figures told before, deadlines that moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.desk.filed import FiledArticle
from bot.desk.voices import Share
from models.api import Deadline, KeyFigure, Period, Span

FactKey = tuple[str, Span]
"""A figure or deadline among all that were filed: its article's key and its span there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A story by its headline, the story it follows (None: it opens a thread), and when it was opened (aware UTC)."""

    story: int
    follows: int | None
    headline: str
    opened: datetime
    link: str | None = None


class Relation(StrEnum):
    """What a figure is to the series it was entered in."""

    NEW = "new"
    REPEAT = "repeat"
    CHANGE = "change"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure as it was filed: who published it, when and where, in which sentence. Times are aware UTC.

    ``corrects``: its article says that it corrects what was told before. ``retracted``: the article has been edited
    since, and no longer prints the figure. ``thread`` is the story that its thread began with (None: its own).
    """

    article_key: str
    story: int
    figure: KeyFigure
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    filed_at: datetime
    vector: bytes = b""
    corrects: bool = False
    retracted: bool = False
    thread: int | None = None

    @property
    def root(self) -> int:
        """The story that its thread began with; its own where it follows none."""
        return self.story if self.thread is None else self.thread


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureNote:
    """What the ledger knows of a figure.

    ``before`` is the entry it repeats, changes or corrects. ``conflicts`` are entries of other sources that speak of the
    same thing and time and cannot both be right, the lowest first. ``first_told`` is when its value was first filed.
    """

    series: int
    relation: Relation
    before: Entry | None = None
    conflicts: tuple[Entry, ...] = ()
    first_told: datetime | None = None


class DeadlineState(StrEnum):
    """Where a deadline stands on a given day."""

    UPCOMING = "upcoming"
    DUE = "due"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineEntry:
    """One deadline as it was filed; see ``Entry``."""

    article_key: str
    story: int
    deadline: Deadline
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    filed_at: datetime
    vector: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineNote:
    """What the deadline book knows of a deadline: its entry there, the day it was moved from, when its day was first filed."""

    entry: int
    moved_from: Period | None = None
    withdrawn: bool = False
    first_told: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What ``compose`` may know beside the articles. An empty one knows nothing: every figure is new.

    ``earlier`` are articles that were filed before the window, by the story that goes on in it, the earliest first.
    ``voices`` say how readers found the stories of an outlet.
    """

    threads: Mapping[int, Thread] = field(default_factory=dict)
    figures: Mapping[FactKey, FigureNote] = field(default_factory=dict)
    deadlines: Mapping[FactKey, DeadlineNote] = field(default_factory=dict)
    earlier: Mapping[int, tuple[FiledArticle, ...]] = field(default_factory=dict)
    voices: Mapping[str, Share] = field(default_factory=dict)
