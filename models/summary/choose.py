"""Chooses the set of sentences that shares most with the summary an editor is expected to write."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from models.api import Span
from models.summary.measure import MOST_OCCURRENCES, Floats, Pair, Word, pairs_of, stems_of

# An editor's summary of a news story has about this many words. It sets how much a longer summary must bring.
_EXPECTED_WORDS = 50
_SHORT_LIST = 15
_MOST_SENTENCES = 4

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence as it would be printed: its number in the article, its kept pieces, its text, its words.

    ``leans`` says that it needs the sentence before it; ``bonus`` is added to the worth of every set it is in.
    """

    index: int
    spans: tuple[Span, ...]
    text: str
    words: int
    leans: bool
    bonus: float


def choose(
    candidates: Sequence[Candidate], words: Mapping[Word, float], pairs: Mapping[Pair, float], *, max_words: int
) -> list[Candidate]:
    """Choose the best set of at most four candidates and ``max_words`` words.

    The worth of a set is the overlap with the reference that the chances of its words and word pairs let one expect,
    as an F-score (ROUGE-1 and ROUGE-2). A sentence that leans on the one before is chosen with it or not at all.

    Returns:
        The chosen in the order of the article; none where no set fits.
    """
    fitting = [candidate for candidate in candidates if candidate.words <= max_words]
    if not fitting:
        return []
    weigh = _Scale(fitting, words, pairs)
    alone = weigh(np.eye(len(fitting), dtype=np.float32))
    short = sorted(np.argsort(-alone, kind="stable")[:_SHORT_LIST].tolist())
    sets = _standing(_sets(len(short)), [fitting[place] for place in short])
    counted = np.array([fitting[place].words for place in short])
    sets = sets[sets @ counted <= max_words]
    if not len(sets):
        return []
    members = np.zeros((len(sets), len(fitting)), dtype=np.float32)
    members[:, short] = sets
    return [fitting[place] for place in np.flatnonzero(members[weigh(members).argmax()])]


@lru_cache(maxsize=_SHORT_LIST + 1)
def _sets(size: int) -> npt.NDArray[np.bool_]:
    """All sets of one to four of ``size`` things: bool of shape [S, size], small sets first."""
    chosen = [one for count in range(1, _MOST_SENTENCES + 1) for one in combinations(range(size), count)]
    members = np.zeros((len(chosen), size), dtype=np.bool_)
    for row, places in zip(members, chosen, strict=True):
        row[list(places)] = True
    members.setflags(write=False)  # one array for all who ask
    return members


def _standing(sets: npt.NDArray[np.bool_], candidates: Sequence[Candidate]) -> npt.NDArray[np.bool_]:
    """Keep the sets in which a sentence that leans on the one before it has that one beside it."""
    places = {candidate.index: place for place, candidate in enumerate(candidates)}
    for place, candidate in enumerate(candidates):
        if candidate.leans:
            before = places.get(candidate.index - 1)
            missing = sets[:, place] if before is None else sets[:, place] & ~sets[:, before]
            sets = sets[~missing]
    return sets


class _Scale:
    """Weighs sets of candidates, all at once."""

    def __init__(
        self, candidates: Sequence[Candidate], words: Mapping[Word, float], pairs: Mapping[Pair, float]
    ) -> None:
        stems = [stems_of(candidate.text) for candidate in candidates]
        found, self._counts = _table(stems)
        self._words = np.array(
            [[words.get((stem, time), 0.0) for stem in found] for time in range(1, MOST_OCCURRENCES + 1)],
            dtype=np.float32,
        ).reshape(MOST_OCCURRENCES, len(found))
        paired, self._paired = _table([pairs_of(of) for of in stems])
        self._pairs = np.array([pairs.get(pair, 0.0) for pair in paired], dtype=np.float32)
        self._bonus = np.array([candidate.bonus * candidate.words for candidate in candidates], dtype=np.float32)

    def __call__(self, members: Floats) -> Floats:
        """Weigh S sets, given as 0 and 1: float32 of shape [S, candidates] to float32 of shape [S]."""
        count = members @ self._counts
        size = count.sum(axis=1) + _EXPECTED_WORDS
        shared = sum((count >= time) @ chances for time, chances in enumerate(self._words, 1))
        shared_pairs = (members @ self._paired > 0) @ self._pairs
        worth: Floats = (2 * shared + 2 * shared_pairs + members @ self._bonus) / size
        return worth


def _table(rows: Sequence[Sequence[_Key]]) -> tuple[list[_Key], Floats]:
    """Count what stands in each row: the different things, and float32 of shape [rows, things]."""
    places: dict[_Key, int] = {}
    counts = [[places.setdefault(key, len(places)) for key in row] for row in rows]
    table = np.zeros((len(rows), len(places)), dtype=np.float32)
    for line, found in zip(table, counts, strict=True):
        np.add.at(line, found, 1)
    return list(places), table
