"""Owns the key to the sample month: which posts tell one event, which figures and deadlines there are, and what became of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("truth.toml")

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Event(BaseModel):
    """What several posts tell; ``follows`` is the event of the same thread that it came after."""

    model_config = _STRICT
    name: str
    posts: tuple[str, ...]
    follows: str | None = None


class Printed(BaseModel):
    """A value of a series as a post prints it; ``edited``: the post prints it since it was edited."""

    model_config = _STRICT
    post: str
    value: Decimal
    how: Literal["new", "repeat", "change", "correction", "conflict"] = Field(alias="is")
    qualifier: str = ""
    edited: bool = False


class TrueSeries(BaseModel):
    """One figure over the month, the earliest first."""

    model_config = _STRICT
    name: str
    kind: str
    unit: str
    what: str
    entries: tuple[Printed, ...]


class TrueConflict(BaseModel):
    """Two posts of one day that cannot both be right, the lower value first."""

    model_config = _STRICT
    series: str
    posts: tuple[str, str]
    values: tuple[Decimal, Decimal]


class TrueCorrection(BaseModel):
    """A value that its own post took back."""

    model_config = _STRICT
    series: str
    post: str
    old: Decimal
    new: Decimal


class Fixed(BaseModel):
    """A day as a post names it."""

    model_config = _STRICT
    post: str
    due: date
    how: Literal["new", "same", "moved", "withdrawn"] = Field(alias="is")


class TrueDeadline(BaseModel):
    """One deadline or coming event over the month, the earliest first."""

    model_config = _STRICT
    name: str
    what: str
    entries: tuple[Fixed, ...]


class _File(BaseModel):
    model_config = _STRICT
    noise: tuple[str, ...]
    other_language: tuple[str, ...]
    copies: dict[str, str]
    event: tuple[Event, ...]
    series: tuple[TrueSeries, ...]
    conflict: tuple[TrueConflict, ...]
    correction: tuple[TrueCorrection, ...]
    deadline: tuple[TrueDeadline, ...]


@dataclass(frozen=True)
class Truth:
    """The key. A post is ``channel/number``; ``copies`` are word for word, by the post they copy."""

    noise: frozenset[str]
    other_language: frozenset[str]
    copies: Mapping[str, str]
    events: Mapping[str, Event]
    series: tuple[TrueSeries, ...]
    conflicts: tuple[TrueConflict, ...]
    corrections: tuple[TrueCorrection, ...]
    deadlines: tuple[TrueDeadline, ...]

    @cached_property
    def event_of(self) -> Mapping[str, str]:
        """The event that each post tells; noise tells none."""
        return {post: event.name for event in self.events.values() for post in event.posts}

    def thread_of(self, post: str) -> str | None:
        """The event that opened the thread of a post."""
        name = self.event_of.get(post)
        while name is not None and (follows := self.events[name].follows) is not None:
            name = follows
        return name


def load_truth(text: str | None = None) -> Truth:
    """Read the key of the sample month.

    Raises:
        pydantic.ValidationError: it is not one.
    """
    read = _File.model_validate(tomllib.loads(text or FILE.read_text(encoding="utf-8")))
    return Truth(
        noise=frozenset(read.noise),
        other_language=frozenset(read.other_language),
        copies=read.copies,
        events={event.name: event for event in read.event},
        series=read.series,
        conflicts=read.conflict,
        corrections=read.correction,
        deadlines=read.deadline,
    )
