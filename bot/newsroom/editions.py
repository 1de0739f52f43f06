"""Owns the making of editions and readings on demand: from the store alone, or of a text that was just brought."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.catalogue import words_in
from bot.desk.edition import Budget, Edition, compose_from
from bot.desk.filed import FiledArticle
from bot.desk.profile import Profile, Window
from bot.desk.words import UNSPACED
from bot.intake.article import article_from_text
from bot.newsroom.budgets import BudgetDesk
from bot.newsroom.sources import matters_of
from bot.press.edition import lay_out
from bot.store import Store, Subscriber
from models.api import Article, Reading

DEFAULT_SPAN = timedelta(hours=24)
"""What /summary covers for somebody who has had no edition yet."""

LONGEST_CATCH_UP = timedelta(days=7)
"""An edition that was missed for longer than this is not caught up in full by /summary."""


class ReadingRoom(Protocol):
    """Where texts are read: the models, behind a door that does not hold up the conversation."""

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch; see ``models.api.Reader.read``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What /summary is to cover: a window (``start`` None: since the last edition), topic codes, and words."""

    start: datetime | None = None
    topics: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


class EditionDesk:
    """Composes editions from what is filed, and has single texts read."""

    def __init__(self, store: Store, room: ReadingRoom, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._room = room
        self._clock = clock
        self._budgets = BudgetDesk(store)
        self._composed: dict[tuple[Profile, Window], Edition] = {}

    async def compose_for(
        self,
        profile: Profile,
        window: Window,
        next_edition: datetime | None,
        uncertain: bool = False,  # noqa: FBT001, FBT002  the order that the tick calls by
    ) -> Edition:
        """What the tick asks for: one edition for everybody who shares a profile and a window, to be laid out per language.

        Composed once, whatever their next hours are; kept until a window with another end is asked for.
        """
        budget = await self._budgets.sealed(window)
        if (profile, window) not in self._composed:
            self._composed = {kept: edition for kept, edition in self._composed.items() if kept[1].end == window.end}
            self._composed[profile, window] = await asyncio.to_thread(self._compose, budget, profile)
        return replace(self._composed[profile, window], next_edition=next_edition, uncertain=uncertain)

    def _compose(self, budget: Budget, profile: Profile) -> Edition:
        return compose_from(budget, profile, now=self._clock(), next_edition=None)

    async def summary_now(self, subscriber: Subscriber, wish: Wish) -> Edition:
        """What /summary answers: since the subscriber's last edition, or as wished. Needs no model."""
        now = self._clock()
        start = wish.start or max(subscriber.watermark or now - DEFAULT_SPAN, now - LONGEST_CATCH_UP)
        base = subscriber.profile
        everything = bool(wish.words) and not wish.topics
        topics = wish.topics or (frozenset() if everything else base.topics)
        profile = replace(base, topics=topics)
        budget = await self._budgets.current(Window(start, now))
        if wish.words:
            budget = budget.keeping(lambda piece: _mentions(piece, wish.words))
        edition = await asyncio.to_thread(self._compose, budget, profile)
        laid = await asyncio.to_thread(lay_out, edition, words_in(subscriber.language))
        return replace(laid, next_edition=subscriber.next_due_at)

    async def summary_of_text(self, text: str, *, published: datetime, outlet: str = "") -> tuple[Article, Reading]:
        """Read one text that a person brought. Waits for the models where they are still loading.

        Raises:
            ModelUnavailable: the models cannot be used.
            Skip: the text has nothing in it that could be read.
        """
        article = article_from_text(text, published=published, key="brought", outlet=outlet)
        return article, await self.read(article)

    async def read(self, article: Article) -> Reading:
        """Read one article that is not filed.

        Raises:
            ModelUnavailable: the models cannot be used.
        """
        return (await self._room.read([article]))[0]

    async def stored(self, chat: int | str, message_id: int) -> FiledArticle | None:
        """The article of a post, by its channel's id or username, of a digest the first; None where it is unknown or not read yet."""
        async with self._store.read() as tx:
            key = await tx.posts.by_link(chat, message_id)
            filed = [await tx.articles.get(matter.key) for matter in await matters_of(tx, key)] if key else []
            return next(filter(None, filed), None)


def _mentions(filed: FiledArticle, words: Sequence[str]) -> bool:
    """Whether an article holds words that begin with each of these."""
    held = f"{filed.reading.headline}\n{filed.article.text}\n{filed.article.outlet}".casefold()
    return all(re.search(rf"(?<![^\W{UNSPACED}]){re.escape(word.casefold())}", held) for word in words)
