"""Which story an article belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.api import Article, Reading


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


def place(article: Article, reading: Reading, recent: Sequence[StoryCard]) -> int | None:
    """The story an article belongs to, or None where it opens a new one."""
    raise NotImplementedError
