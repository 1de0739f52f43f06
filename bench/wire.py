"""A news wire of any length, made of the sample month: each round tells the same kind of news of other places and people.

Every name of a round is another than that of any round before, and the large numbers move, so that no article repeats an earlier one,
while texts, lengths, figures and dates stay what posts are like.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

from bot.replay import sample_month
from models.api import Article

_SYLLABLES = (
    "bar",
    "cor",
    "den",
    "fal",
    "gar",
    "hol",
    "kel",
    "lan",
    "mor",
    "nar",
    "ost",
    "pel",
    "rov",
    "sel",
    "tor",
    "ven",
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Easter|Ramadan|Christmas"
_KEPT = frozenset(f"{_MONTHS}|{_DAYS}".split("|"))
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
"""A capitalised word in the middle of a sentence is a name, for our purpose."""
_WORD = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")
_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")


def texts(seed: int = 1) -> Iterator[str]:
    """Posts without end; the same for a seed."""
    random = Random(seed)
    month = [post.text for post in sample_month() if not post.edited]
    names = sorted({name for text in month for name in _NAME.findall(text)} - _KEPT)
    for number in itertools.count():
        made = {name: "".join(random.choices(_SYLLABLES, k=3)).capitalize() for name in names} if number else {}
        for text in random.sample(month, len(month)):
            yield _varied(text, made, random) if number else text


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """So many posts as articles of now."""
    now = datetime.now(UTC)
    for number, text in enumerate(itertools.islice(texts(seed), count)):
        title, _, body = text.strip().partition("\n\n")
        key = f"wire:{seed}:{number}"
        yield Article(
            key=key, title=title if body else None, text=body or title, published=now, outlet=f"Wire {number % 9}"
        )


def _varied(text: str, names: dict[str, str], random: Random) -> str:
    factor = random.uniform(0.5, 2.0)
    text = _WORD.sub(lambda found: _renamed(found.group(), names), text)
    return _NUMBER.sub(lambda found: f"{max(1_000, round(int(found.group().replace(',', '')) * factor)):,}", text)


def _renamed(word: str, names: dict[str, str]) -> str:
    if word.isupper() and word.capitalize() in names:
        return names[word.capitalize()].upper()
    return names.get(word, word)
