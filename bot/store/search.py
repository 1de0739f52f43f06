"""The index of words to stories: what /search looks in, at a cost that does not grow with the archive."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.search import FoundStory, Match, best, terms_of
from bot.store.codec import load_article, load_reading
from bot.store.operator_tables import withdrawn_stories
from bot.store.sql import Repository
from bot.store.tables import readings, stories, story_words
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
    select(readings.c.article, readings.c.reading, readings.c.vector, readings.c.headline)
    .where(readings.c.story == bindparam("story"))
    .order_by(readings.c.published.desc())
    .limit(1)
)


class Search(Repository):
    """Stories by their words."""

    async def stories(self, wish: Sequence[str], limit: int, now: datetime, *, skip: int = 0) -> list[FoundStory]:
        """The stories that answer a wish best, as their newest article tells them.

        Args:
            wish: Terms as ``bot.desk.search.wished`` makes them, at most eight.
            limit: How many stories at most.
            now: By which their age counts.
            skip: How many of the best to leave out.
        """
        holding: set[int] = set()
        for word in wish:
            holding |= set((await self._connection.scalars(_NEWEST, {"word": word})).all())
        if not holding:
            return []
        weights: dict[int, dict[str, int]] = {}
        newest: dict[int, datetime] = {}
        for row in await self._connection.execute(_HELD, {"stories": sorted(holding), "words": list(wish)}):
            weights.setdefault(row.story, {})[row.word] = row.weight
            newest[row.story] = max(row.newest, newest.get(row.story, row.newest))
        matches = [Match(story=story, weights=held, newest=newest[story]) for story, held in weights.items()]
        ranked = best(matches, wish, now)[skip : skip + limit]
        found = [await self._told(match.story, complete=len(match.weights) == len(wish)) for match in ranked]
        return [story for story in found if story is not None]

    async def newest(self, limit: int, *, skip: int = 0) -> list[FoundStory]:
        """The stories that something was published of last; none that was withdrawn."""
        withdrawn = exists().where(withdrawn_stories.c.story == stories.c.id)
        query = select(stories.c.id).where(~withdrawn).order_by(stories.c.newest.desc()).limit(limit).offset(skip)
        numbers = (await self._connection.scalars(query)).all()
        found = [await self._told(number, complete=True) for number in numbers]
        return [story for story in found if story is not None]

    async def _told(self, story: int, *, complete: bool) -> FoundStory | None:
        row = (await self._connection.execute(_LATEST, {"story": story})).one_or_none()
        if row is None:
            return await self._kept(story, complete=complete)
        article, summary = load_article(row.article), load_reading(row.reading, row.vector).summary
        return FoundStory(
            story=story,
            headline=row.headline,
            sentence=summary.pieces[0].text if summary.pieces else "",
            published=article.published,
            outlet=article.outlet,
            link=article.link,
            complete=complete,
        )

    async def _kept(self, story: int, *, complete: bool) -> FoundStory | None:
        """A story whose articles have aged out, as its newest article told it; None where there is none."""
        query = select(stories).where(stories.c.id == story, stories.c.outlet.is_not(None))
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return FoundStory(
            story=story,
            headline=row.headline,
            sentence=row.sentence or "",
            published=row.newest,
            outlet=row.outlet,
            link=row.link,
            complete=complete,
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
