"""What happens in the rooms, told to whoever counts it; the rooms know nobody but this."""

from __future__ import annotations


class Observer:
    """Hears of what happened and does nothing with it: who counts overrides what it counts.

    Called in passing, from the event loop and from the reader's thread: an observer is quick, and raises nothing. What it
    is told are words of the code (a kind, a step, the code of an error), never of a chat, a text or an address.
    """

    def update_settled(self, kind: str, outcome: str) -> None:
        """An update of a kind (``message``, ``channel_post``, ...) was ``done``, ``parked``, or ``failed`` and is tried again."""

    def article_settled(self, outcome: str) -> None:
        """An article was ``read`` and filed, or ``failed`` to be read."""

    def reading_took(self, step: str, seconds: float) -> None:
        """A batch of articles spent so long in one step of being read."""

    def sentence_refused(self, reason: str) -> None:
        """The gate refused a sentence that a configured summariser wrote, for what it got wrong."""

    def fetched(self, outcome: str) -> None:
        """The gate to the web let a page or feed through (``read``, ``unchanged``), or why it did not."""

    def edition_composed(self, outcome: str, seconds: float) -> None:
        """An edition was composed (``told``, ``empty``), or ``failed`` to be; it took so long."""

    def delivery_ended(self, kind: str, outcome: str) -> None:
        """A call of a kind (``edition``, ``reply``, ...) ended: a verdict, ``sent``, or ``held`` where it never went out."""

    def limiter_waited(self, lane: str, seconds: float) -> None:
        """A call waited so long for its turn."""


NOBODY = Observer()
"""Counts nothing: what a room has when it is given no other."""
