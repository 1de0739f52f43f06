"""The index of words to stories: what /search looks in, at a cost that does not grow with the archive."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.search import FoundStory, Match, best, terms_of
from bot.store.codec import load_article
from bot.store.sql import Repository
from bot.store.tables import readings, story_words
from models.api import Article, Reading

NEWEST_PER_WORD = 200
"""Of each word so many of the newest articles are looked at; a rarer word finds the older stories."""

_NEWEST = (
    select(story_words.c.story)
    .where(story_words.c.word == bindparam("word"))
    .order_by(story_words.c.published.desc())
    .limit(NEWEST_PER_WORD)
)
_HELD = (
    select(
        story_words.c.story,
        story_words.c.word,
        func.max(story_words.c.weight).label("weight"),
        func.max(story_words.c.published).label("newest"),
    )
    .where(
        story_words.c.story.in_(bindparam("stories", expanding=True)),
        story_words.c.word.in_(bindparam("words", expanding=True)),
    )
    .group_by(story_words.c.story, story_words.c.word)
)
_LATEST = (
    select(readings.c.article, readings.c.headline)
    .where(readings.c.story == bindparam("story"))
    .order_by(readings.c.published.desc())
    .limit(1)
)


class Search(Repository):
    """Stories by their words."""

    async def stories(self, wish: Sequence[str], limit: int, now: datetime) -> list[FoundStory]:
        """The stories that answer a wish best, as their newest article tells them.

        Args:
            wish: Terms as ``bot.desk.search.wished`` makes them, at most eight.
            limit: How many stories at most.
            now: By which their age counts.
        """
        stories: set[int] = set()
        for word in wish:
            stories |= set((await self._connection.scalars(_NEWEST, {"word": word})).all())
        if not stories:
            return []
        weights: dict[int, dict[str, int]] = {}
        newest: dict[int, datetime] = {}
        for row in await self._connection.execute(_HELD, {"stories": sorted(stories), "words": list(wish)}):
            weights.setdefault(row.story, {})[row.word] = row.weight
            newest[row.story] = max(row.newest, newest.get(row.story, row.newest))
        matches = [Match(story=story, weights=held, newest=newest[story]) for story, held in weights.items()]
        found = [await self._told(match, wish) for match in best(matches, wish, now)[:limit]]
        return [story for story in found if story is not None]

    async def _told(self, match: Match, wish: Sequence[str]) -> FoundStory | None:
        row = (await self._connection.execute(_LATEST, {"story": match.story})).one_or_none()
        if row is None:
            return None
        article = load_article(row.article)
        return FoundStory(
            story=match.story,
            headline=row.headline,
            published=article.published,
            outlet=article.outlet,
            link=article.link,
            complete=len(match.weights) == len(wish),
        )


async def file_words(
    connection: AsyncConnection, article: Article, reading: Reading | None, story: int, before: int | None
) -> None:
    """Keep an article under its words (None: under none), and no longer where it was: in the story ``before``."""
    if before is not None:
        mine = (story_words.c.story == before, story_words.c.article_key == article.key)
        await connection.execute(delete(story_words).where(*mine))
    weights = {} if reading is None else terms_of(article, reading)
    if weights:
        shared = {"story": story, "article_key": article.key, "published": article.published}
        rows = [{**shared, "word": word, "weight": weight} for word, weight in weights.items()]
        await connection.execute(insert(story_words), rows)
