"""What the voices of readers do to the ranking: little, and the same for every reader."""

from __future__ import annotations

from dataclasses import dataclass

VOICES_WEIGHT = 0.25
"""What an outlet whose stories everybody finds useful gains at most: less than a third of what a second source does."""
_DOUBT = 20
"""So many voices of nobody, half of them for it, are counted with those of readers: a few say little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many readers found an outlet's stories useful, and how many did not."""

    useful: int
    useless: int


def leaning(share: Share) -> float:
    """What the voices add to the weight of a story, from ``-VOICES_WEIGHT`` to ``VOICES_WEIGHT``.

    The share of the useful ones with additive smoothing, so that one reader moves an outlet by about a hundredth, and no
    number of them moves a story past one that is like it and has a second source.
    """
    return VOICES_WEIGHT * (share.useful - share.useless) / (share.useful + share.useless + _DOUBT)
