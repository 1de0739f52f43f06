"""Owns what is offered to who types the bot's name in any chat: stories and figures that their words mean, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest

from bot.desk.ledger import Series
from bot.desk.search import FoundStory, wished
from bot.store import Transaction

PER_PAGE = 20
"""Results of one answer; Telegram takes 50, and asks for the next ones when somebody scrolls to the end."""
MOST_FIGURES = 6
"""Figures that are offered, all of them on the first page, between the stories."""
MOST_OFFERED = 200
"""Who has scrolled so far is better off with other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One page of what is offered, the best first; ``next_at`` is where the next one begins, None after the last."""

    found: Sequence[FoundStory | Series]
    next_at: int | None


async def offer(tx: Transaction, words: str, at: int, now: datetime) -> Offer:
    """The stories and figures that some words mean; the newest where nothing is said that could be looked for.

    Args:
        tx: The store.
        words: As they were typed, however many.
        at: How many stories were offered before.
        now: By which the age of stories counts.
    """
    wish = wished([words])
    room = max(0, min(PER_PAGE, MOST_OFFERED - at))
    figures: Sequence[Series] = ()
    if at == 0:
        figures = await (tx.ledger.find(words, MOST_FIGURES) if wish else tx.ledger.newest(MOST_FIGURES))
        room -= len(figures)
    sought = tx.search.stories(wish, room + 1, now, skip=at) if wish else tx.search.newest(room + 1, skip=at)
    stories = await sought
    mixed = chain.from_iterable(zip_longest(stories[:room], figures))
    return Offer(found=[one for one in mixed if one is not None], next_at=at + room if len(stories) > room else None)
