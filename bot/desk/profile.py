"""Whom an edition is composed for, and the time it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What two readers must share to get the same edition.

    ``topics`` are codes; none means all of them. ``language`` is a BCP 47 tag for wording, ``zone`` an IANA name.
    """

    topics: frozenset[str] = frozenset()
    language: str = "en"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Window:
    """The time an edition covers, aware UTC: after ``start``, up to and with ``end``."""

    start: datetime
    end: datetime
