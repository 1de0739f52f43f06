"""Which story an article belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.desk.words import content, names, overlap
from models.api import Article, Reading

WINDOW = timedelta(hours=72)
"""How far from a story's newest article another of its articles may lie."""
SAME = 0.60
"""Cosine from which two articles tell one story, whatever their headlines; chosen on labelled news clusters."""
LIKELY = 0.48
"""Cosine from which they do if their headlines share half of their words."""
UNLIKELY = 0.30
"""Cosine below which even the same headline is another story ("Market report", "Weather tomorrow")."""
_HALF = 0.5
_REPOST = 0.8
_MIN_REPOST_WORDS = 4
_CLEAR = 0.1
"""How much closer two articles must be whose headlines name entirely different people and places."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What the desk remembers of a recent story.

    ``vector`` is the mean of its articles' vectors at unit length (little-endian float32), ``newest`` the publication
    time of its newest article (aware UTC), ``headline`` that of its first article.
    """

    story: int
    vector: bytes
    newest: datetime
    headline: str


def _vectors(cards: Sequence[StoryCard], size: int) -> npt.NDArray[np.float32]:
    """One row a card; a card without a vector of that size is a row of zeros."""
    rows = [card.vector if len(card.vector) == size else bytes(size) for card in cards]
    return np.frombuffer(b"".join(rows), dtype="<f4").reshape(len(cards), -1)


def _same_story(closeness: float, headline: str, other: str) -> float | None:
    """How surely two headlines at a given closeness tell one story; None where they do not."""
    ours, theirs = content(headline), content(other)
    shared = overlap(ours, theirs)
    if (named := names(headline)) and (others := names(other)) and not named & others:
        return closeness + shared if closeness >= SAME + _CLEAR else None
    repost = shared >= _REPOST and min(len(ours), len(theirs)) >= _MIN_REPOST_WORDS
    if closeness >= SAME or (shared >= _HALF and closeness >= LIKELY) or repost:
        return closeness + shared
    return None


def place(article: Article, reading: Reading, recent: Sequence[StoryCard]) -> int | None:
    """The story an article belongs to.

    Args:
        article: The article, with its time of publication.
        reading: Its reading; without a vector only a repost of the same headline finds its story.
        recent: The stories it may belong to, in any order; those more than 72 hours away are passed over.

    Returns:
        The closest story that is close enough; None where the article opens a new one.
    """
    near = sorted(
        (card for card in recent if abs(article.published - card.newest) <= WINDOW), key=lambda card: card.story
    )
    if not near:
        return None
    if reading.vector:
        closeness = _vectors(near, len(reading.vector)) @ np.frombuffer(reading.vector, dtype="<f4")
    else:
        closeness = np.full(len(near), UNLIKELY, dtype=np.float32)
    best: tuple[float, int] | None = None
    for card, close in zip(near, closeness.tolist(), strict=True):
        if close < UNLIKELY - 1e-6:
            continue
        score = _same_story(max(close, UNLIKELY), reading.headline, card.headline)
        if score is not None and (best is None or score > best[0]):
            best = (score, card.story)
    return None if best is None else best[1]
