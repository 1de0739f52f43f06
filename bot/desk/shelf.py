"""The recent stories, ready to be compared with: their cards, and how common each word is among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.desk.likeness import Sketch, sketch
from bot.desk.outline import Outline, load_outline
from models.api import IMPRINT_RARITY, VECTOR_SIZE

_BUCKETS: Final = 1 << 16
_PRIOR: Final = 20
"""Texts that the rarity which an imprint brings along counts for, beside the recent stories."""
_RARITY: Final = 0x00FF
_SPARE: Final = 64
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What the desk remembers of a recent story.

    ``vector`` is the mean of its articles' vectors at unit length (little-endian float32), ``newest`` and ``oldest`` the
    publication times of its newest and its first article (aware UTC), ``headline`` and ``imprint`` those of its first,
    ``follows`` the story that it is a later development of, ``told`` its outline as JSON (``bot.desk.outline``).
    """

    story: int
    vector: bytes
    newest: datetime
    headline: str
    oldest: datetime | None = None
    imprint: bytes = b""
    follows: int | None = None
    told: str = ""

    @property
    def opened(self) -> datetime:
        """When its first article was published."""
        return self.oldest or self.newest

    @property
    def outline(self) -> Outline:
        """What its articles have told."""
        return load_outline(self.told)


class Shelf:
    """Cards of recent stories; made once for a batch of articles, and kept up as they are placed.

    Args:
        cards: The cards, in any order.
        vector_bytes: The length of a vector; a card with another has none.
    """

    def __init__(self, cards: Iterable[StoryCard] = (), *, vector_bytes: int = 4 * VECTOR_SIZE) -> None:
        self.cards: list[StoryCard] = sorted(cards, key=lambda card: card.story)
        self._places = {card.story: place for place, card in enumerate(self.cards)}
        self._bytes = vector_bytes
        room = len(self.cards) + _SPARE
        self._vectors = np.zeros((room, vector_bytes // 4), dtype=np.float32)
        self._newest = np.zeros(room)
        self._counts = np.zeros(_BUCKETS)
        if self.cards:
            none = bytes(vector_bytes)
            vectors = b"".join(card.vector if len(card.vector) == vector_bytes else none for card in self.cards)
            self._vectors[: len(self.cards)] = np.frombuffer(vectors, dtype="<f4").reshape(-1, vector_bytes // 4)
            self._newest[: len(self.cards)] = [(card.newest - _EPOCH).total_seconds() for card in self.cards]
            held = np.concatenate([_buckets(card.imprint) for card in self.cards])
            self._counts += np.bincount(held, minlength=_BUCKETS)

    def put(self, card: StoryCard) -> None:
        """Add a card, or replace that of the same story."""
        place = self._places.get(card.story)
        if place is not None:
            self.cards[place] = card
            self._write(place, card)
            return
        place = self._places[card.story] = len(self.cards)
        self.cards.append(card)
        if place == len(self._newest):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
            self._newest = np.concatenate([self._newest, np.zeros_like(self._newest)])
        self._write(place, card)
        self._count(card.imprint)

    def drop(self, story: int) -> None:
        """Forget a story that has vanished; nothing is near it any more."""
        place = self._places.pop(story, None)
        if place is not None:
            self._vectors[place] = 0
            self._newest[place] = -np.inf

    def get(self, story: int) -> StoryCard | None:
        """The card of a story, if it is here."""
        place = self._places.get(story)
        return None if place is None else self.cards[place]

    def closeness(self, vector: bytes) -> npt.NDArray[np.float32]:
        """The cosine of a vector with that of each card; 0 where either has none."""
        if len(vector) != self._bytes:
            return np.zeros(len(self.cards), dtype=np.float32)
        return self._vectors[: len(self.cards)] @ np.frombuffer(vector, dtype="<f4").astype(np.float32)

    def hours_since(self, published: datetime) -> npt.NDArray[np.float64]:
        """Hours from each story's newest article to ``published``; negative where that came before."""
        return ((published - _EPOCH).total_seconds() - self._newest[: len(self.cards)]) / 3600

    @property
    def begins(self) -> bool:
        """Whether there are too few stories yet to tell what is rare here."""
        return len(self.cards) < _PRIOR

    def sketch(self, imprint: bytes) -> Sketch:
        """Unfold an imprint, its words no rarer than they are among the recent stories.

        A desk's channels share names that are rare elsewhere: of the country they all write from, of their own outlet.
        """
        rows = np.frombuffer(imprint[: len(imprint) // 4 * 4], dtype="<u2").reshape(-1, 2).copy()
        rarity = (rows[:, 1] & _RARITY).astype(np.float64)
        share = (self._counts[rows[:, 0]] + _PRIOR * np.exp(-rarity / IMPRINT_RARITY)) / (len(self.cards) + _PRIOR)
        here = np.minimum(rarity, -IMPRINT_RARITY * np.log(np.minimum(share, 1.0)))
        rows[:, 1] = (rows[:, 1] & ~np.uint16(_RARITY)) | here.astype(np.uint16)
        return sketch(rows.tobytes())

    def _write(self, place: int, card: StoryCard) -> None:
        if len(card.vector) == self._bytes:
            self._vectors[place] = np.frombuffer(card.vector, dtype="<f4")
        self._newest[place] = (card.newest - _EPOCH).total_seconds()

    def _count(self, imprint: bytes) -> None:
        self._counts[_buckets(imprint)] += 1


@lru_cache(maxsize=4096)
def _buckets(imprint: bytes) -> npt.NDArray[np.uint16]:
    """Where the words of an imprint are counted, each once."""
    rows = np.frombuffer(imprint[: len(imprint) // 4 * 4], dtype="<u2").reshape(-1, 2)
    return np.unique(rows[:, 0])
