"""Whom an edition is composed for, and the time it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Length(StrEnum):
    """How much of an edition a reader is sent: one message, or all of it in as many as that takes."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Profile:
    """What two readers must share to get the same edition.

    ``topics`` are codes; none means all of them. ``zone`` is an IANA name. The language is no part of it: an edition is
    composed once for readers of all languages, and worded for each.
    ``follow`` and ``mute`` are words and phrases: a story that holds one of the first is wanted whatever its topic, one
    that holds one of the second is not. ``sources`` are outlets; none means all. ``muted_stories`` are left out with
    whatever follows them.
    """

    topics: frozenset[str] = frozenset()
    zone: str = "UTC"
    follow: frozenset[str] = frozenset()
    mute: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    muted_stories: frozenset[int] = frozenset()
    length: Length = Length.SHORT


@dataclass(frozen=True, slots=True)
class Window:
    """The time an edition covers, aware UTC: after ``start``, up to and with ``end``."""

    start: datetime
    end: datetime
