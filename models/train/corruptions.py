"""Makes sentences that a source does not bear out from sentences that it does, in the ways models go wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from models.summary.names import is_ordinary

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_NEGATION: Final = re.compile(r" not\b|(?<=[a-z])n[’']t\b")
_AUXILIARY: Final = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|could|should)\b(?! not|n)")
_INSERTED: Final = re.compile(r", (?:who|which|where|including|according|a|an|the) [^,]+,(?= )")
_LEAST_WORDS: Final = 6
_LONG_WORD: Final = 5
_EVEN_ODDS: Final = 0.5

Corrupt = Callable[[str, Sequence[str], Sequence[str], random.Random], str | None]
"""Takes a good sentence, the sentences of its source and those of another article; None where it cannot be done."""


def corrupted(
    sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random, *, kinds: int
) -> Iterator[str]:
    """Make up to ``kinds`` corruptions of one sentence, each of another kind."""
    for corrupt in rng.sample(_ALL, kinds):
        made = corrupt(sentence, own, strange, rng)
        if made is not None and made != sentence:
            yield made


def shortened(sentence: str, rng: random.Random) -> str | None:
    """Leave out what is put in between two commas, or stands behind the last: as true as the sentence was."""
    inserted = list(_INSERTED.finditer(sentence))
    if inserted and rng.random() < _EVEN_ODDS:
        return _put(sentence, rng.choice(inserted), "")
    head = sentence.rpartition(", ")[0]
    return f"{head}." if len(head.split()) >= _LEAST_WORDS else None


def _put(sentence: str, match: re.Match[str], new: str) -> str:
    return sentence[: match.start()] + new + sentence[match.end() :]


def _one(pattern: re.Pattern[str], sentence: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(sentence))
    return rng.choice(found) if found else None


def _named(sentence: str, told: Sequence[str], rng: random.Random) -> str | None:
    found = _one(_NAME, sentence, rng)
    if found is None:
        return None
    names = {name for one in told for name in _NAME.findall(one) if not all(map(is_ordinary, name.split()))}
    others = sorted(name for name in names if not set(name.split()) & set(found.group().split()))
    return _put(sentence, found, rng.choice(others)) if others else None


def _strange_name(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    known = set(_WORD.findall(" ".join(own)))
    return _named(sentence, [one for one in strange if not known.issuperset(_WORD.findall(one))], rng)


def _own_name(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    del strange
    return _named(sentence, own, rng)


def _number(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    del strange
    found = _one(_NUMBER, sentence, rng)
    if found is None:
        return None
    known = set(_NUMBER.findall(" ".join(own)))
    new = str(int(re.sub(r"\D", "", found.group())) + rng.choice((1, 2, 3, 10, 40)))
    return None if new in known else _put(sentence, found, new)


def _spliced(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    """The head of one sentence with the tail of another, as models that copy do."""
    del strange
    return _joined(sentence, own, rng)


def _strange_tail(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    del own
    return _joined(sentence, strange, rng)


def _joined(sentence: str, others: Sequence[str], rng: random.Random) -> str | None:
    tails = [other for other in others if other != sentence and len(other.split()) >= _LEAST_WORDS]
    head = sentence.split()
    if not tails or len(head) < _LEAST_WORDS:
        return None
    tail = rng.choice(tails).split()
    return " ".join([*head[: rng.randint(2, len(head) - 2)], *tail[rng.randint(2, len(tail) - 2) :]])


def _words(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    """One to three long words become words of another article."""
    known = {word.lower() for word in _WORD.findall(" ".join(own))}
    new = [
        word for one in strange for word in _WORD.findall(one)
        if len(word) >= _LONG_WORD and word.islower() and word not in known
    ]  # fmt: skip
    places = [
        match for match in _WORD.finditer(sentence) if len(match.group()) >= _LONG_WORD and match.group().islower()
    ]
    if not new or not places:
        return None
    for match in sorted(rng.sample(places, min(len(places), rng.randint(1, 3))), key=re.Match.start, reverse=True):
        sentence = _put(sentence, match, rng.choice(new))
    return sentence


def _negated(sentence: str, own: Sequence[str], strange: Sequence[str], rng: random.Random) -> str | None:
    del own, strange
    found = _one(_NEGATION, sentence, rng)
    if found is not None:
        return _put(sentence, found, "")
    found = _one(_AUXILIARY, sentence, rng)
    return _put(sentence, found, f"{found.group()} not") if found else None


_ALL: Final[tuple[Corrupt, ...]] = (
    _strange_name, _own_name, _number, _spliced, _spliced, _strange_tail, _words, _words, _negated,
)  # fmt: skip
