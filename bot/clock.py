"""The time of day, which the demo may wind forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time (aware UTC): the real one, plus what it was wound forward by."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        return datetime.now(UTC) + self._ahead

    def set_to(self, moment: datetime) -> None:
        """Start again at ``moment``, which may be past; only while nobody has been told the time."""
        self._ahead = moment - datetime.now(UTC)

    def advance_to(self, moment: datetime) -> None:
        """Wind forward to ``moment``; a moment already past changes nothing."""
        self._ahead += max(timedelta(), moment - self())
