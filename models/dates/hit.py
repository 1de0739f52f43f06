"""What a rule of the grammar works with (a hit in a scene), and what it gives back (a draft)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from models.dates.scene import Scene
from models.dates.tables import MODIFIERS
from models.dates.tense import Tense, tense_at
from models.dates.timex import TimexType

_PARTS = {"START": "early", "MID": "mid", "END": "late"}
_EDGES = {"START": "start", "MID": "mid", "END": "end"}


class Draft(NamedTuple):
    """A normalised expression before it is laid on the text.

    ``part`` narrows the period, see ``almanac.period_of``. ``skip`` leaves so many tokens of the match out at its
    beginning, ``drop`` at its end. ``back`` marks a comparison with a year before, which is not what the text tells of.
    """

    type: TimexType
    value: str
    mod: str | None = None
    part: str | None = None
    skip: int = 0
    drop: int = 0
    back: bool = False


@dataclass(slots=True)
class Hit:
    """A match of a rule over the classes of a scene."""

    scene: Scene
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Index of the first token."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Index behind the last token."""
        return self.match.end()

    def has(self, group: str) -> bool:
        """Whether a named group of the rule took part (False too where the rule has no such group)."""
        return group in self.match.re.groupindex and bool(self.match[group])

    def word(self, group: str) -> str:
        """The group's first token in lower case; empty where the group did not take part."""
        return self.scene.lower(self.match.start(group)) if self.has(group) else ""

    def words(self, group: str) -> list[str]:
        """The group's tokens in lower case."""
        if not self.has(group):
            return []
        return [self.scene.lower(index) for index in range(*self.match.span(group))]

    def integer(self, group: str) -> int:
        """The group's first token as a number. ValueError where it is none."""
        return int(self.word(group))

    def base(self, group: str) -> str:
        """The group's first token without a possessive ending."""
        return self.word(group).removesuffix("'s")

    @property
    def before(self) -> str:
        """The token before the hit, in lower case."""
        return self.scene.lower(self.start - 1)

    @property
    def after(self) -> str:
        """The token after the hit, in lower case."""
        return self.scene.lower(self.end)

    def tense(self) -> Tense:
        """Which way the sentence looks at the hit."""
        return tense_at(self.scene.tokens, self.start, self.end)

    def quarter_told(self, reach: int) -> tuple[int, int] | None:
        """Year and number of the quarter whose result the text is telling, said so many tokens back at most."""
        memory = self.scene.memory
        if memory.quarter is None or self.start - memory.quarter[2] > reach:
            return None
        if memory.months is not None and memory.months > memory.quarter[2]:
            return None
        return memory.quarter[:2]

    def modifier(self) -> tuple[str | None, str | None]:
        """The TIMEX3 mod and the part of the period that the groups ``mod`` ("late") or ``edge`` ("end of") give."""
        if self.has("mod"):
            word = self.word("mod")
            mod = MODIFIERS.get(word)
            return mod, None if word in {"earlier", "later"} else _PARTS[mod or "MID"]
        if self.has("edge"):
            mod = MODIFIERS.get(self.word("edge"))
            return mod, _EDGES[mod or "MID"]
        return None, None


Normaliser = Callable[[Hit], Draft | None]


class Rule(NamedTuple):
    """A pattern over token classes, and what makes a value of its match; None refuses the match."""

    pattern: str
    normalise: Normaliser
