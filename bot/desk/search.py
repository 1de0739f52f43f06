"""Finds stories by words: which words an article is kept under, and which story answers a wish best."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.words import content
from models.api import Article, Reading

MAX_TERMS = 120
"""Words an article is kept under: its headline's, its summary's, those of its figures and deadlines, then the text's."""
MAX_WISHED = 8
"""Words of a wish that are looked for."""
MAX_TERM_CHARS = 64

IN_HEADLINE, IN_SUMMARY, IN_TEXT = 3, 2, 1
"""How much a word counts by where it stands."""

_SHORTEST = 3
_HALF_LIFE = timedelta(days=30)
"""After so long a story weighs half of what it weighed on its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One story that holds words of a wish: how much each counts there, and when the newest of them was published."""

    story: int
    weights: Mapping[str, int]
    newest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStory:
    """A story that was looked for, as its newest article tells it.

    ``sentence`` is the first of its summary, as it stands in the article. ``complete``: it holds all words of the wish.
    """

    story: int
    headline: str
    sentence: str
    published: datetime
    outlet: str
    link: str | None
    complete: bool


def terms(text: str) -> frozenset[str]:
    """The words of a text as they are compared: lower case, without accents, common endings and function words."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return frozenset(_of_either_number(word)[:MAX_TERM_CHARS] for word in content(plain))


def _of_either_number(stem: str) -> str:
    """The stem without the letter in which "city" and "cities", "strike" and "strikes" differ."""
    return stem[:-1] if stem.endswith(("y", "i", "e")) and len(stem) > _SHORTEST else stem


def terms_of(article: Article, reading: Reading) -> dict[str, int]:
    """The words an article is found by, each with its weight."""
    summary = [piece.text for piece in reading.summary.pieces]
    labels = [figure.label for figure in reading.figures] + [deadline.what for deadline in reading.deadlines]
    sentences = [article.text[span.start : span.end] for span in reading.sentences] or [article.text]
    found: dict[str, int] = {}
    parts = (
        (IN_HEADLINE, [reading.headline, article.title or ""]),
        (IN_SUMMARY, summary + labels),
        (IN_TEXT, sentences),
    )
    for weight, texts in parts:
        for text in texts:
            for term in sorted(terms(text)):
                if len(found) < MAX_TERMS:
                    found.setdefault(term, weight)
    return found


def wished(words: Iterable[str]) -> tuple[str, ...]:
    """The terms of a wish, each once, in its order; none where it holds nothing but function words."""
    found = [term for word in words for term in sorted(terms(word))]
    return tuple(dict.fromkeys(found))[:MAX_WISHED]


def best(matches: Iterable[Match], wish: Sequence[str], now: datetime) -> list[Match]:
    """The stories that hold most of the words, the best first.

    Where some hold all of the wish, those that do not are left out; else those with at least half of it stay. Among
    them counts where the words stand (a headline most) and how new the story is.
    """
    found = list(matches)
    most = max((len(match.weights) for match in found), default=0)
    if 2 * most < len(wish):
        return []
    full = [match for match in found if len(match.weights) == most]
    return sorted(full, key=lambda match: (-_score(match, wish, now), -match.newest.timestamp(), match.story))


def _score(match: Match, wish: Sequence[str], now: datetime) -> float:
    strength = sum(match.weights.values()) / (IN_HEADLINE * len(wish))
    age = max(now - match.newest, timedelta())
    return strength + math.exp2(-(age / _HALF_LIFE))
