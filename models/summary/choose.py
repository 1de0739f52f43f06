"""Chooses the set of sentences that shares most with the summary an editor is expected to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from models.api import Span
from models.summary.measure import Pair, Word, expected_words, pairs_of, stems_of

# An editor's summary of a news story has about this many words. It sets how much a longer summary must bring.
_EXPECTED_WORDS = 50
_SHORT_LIST = 15
_MOST_SENTENCES = 4


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
    stems = {candidate.index: stems_of(candidate.text) for candidate in candidates}
    fitting = [candidate for candidate in candidates if candidate.words <= max_words]
    if not fitting:
        return []
    weigh = _Scale(words, pairs, stems)
    ranked = sorted(fitting, key=lambda candidate: -weigh((candidate,)))
    short = sorted(ranked[:_SHORT_LIST], key=lambda candidate: candidate.index)
    best: tuple[Candidate, ...] = ()
    worth = float("-inf")
    for size in range(1, _MOST_SENTENCES + 1):
        for chosen in combinations(short, size):
            if sum(candidate.words for candidate in chosen) > max_words or not _stands(chosen):
                continue
            found = weigh(chosen)
            if found > worth:
                best, worth = chosen, found
    return list(best)


def _stands(chosen: Sequence[Candidate]) -> bool:
    before = -2
    for candidate in chosen:
        if candidate.leans and candidate.index - 1 != before:
            return False
        before = candidate.index
    return True


class _Scale:
    """Weighs sets of candidates."""

    def __init__(
        self, words: Mapping[Word, float], pairs: Mapping[Pair, float], stems: Mapping[int, Sequence[str]]
    ) -> None:
        self._words = words
        self._pairs = pairs
        self._counts = {index: Counter(of) for index, of in stems.items()}
        self._paired = {index: frozenset(pairs_of(of)) for index, of in stems.items()}

    def __call__(self, chosen: Sequence[Candidate]) -> float:
        count: Counter[str] = Counter()
        for candidate in chosen:
            count.update(self._counts[candidate.index])
        paired = frozenset[Pair]().union(*(self._paired[candidate.index] for candidate in chosen))
        size = count.total()
        shared = expected_words(count, self._words)
        shared_pairs = sum(self._pairs.get(pair, 0.0) for pair in paired)
        bonus = sum(candidate.bonus * candidate.words for candidate in chosen) / (size + _EXPECTED_WORDS)
        return 2 * shared / (size + _EXPECTED_WORDS) + 2 * shared_pairs / (size + _EXPECTED_WORDS) + bonus
