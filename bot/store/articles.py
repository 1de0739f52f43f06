"""Articles from the moment they are queued to be read until they are filed under a story."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.desk.filed import FiledArticle
from bot.store.book import Book
from bot.store.codec import dump_article, dump_reading, load_article, load_reading
from bot.store.control import Control
from bot.store.engine import POSTGRESQL
from bot.store.facts import erase_facts, write_facts
from bot.store.jobs import defer_reading, is_deferred
from bot.store.operator_tables import withdrawn_stories
from bot.store.records import QueuedArticle
from bot.store.search import file_words
from bot.store.sql import Repository, decoded
from bot.store.stories import Stories
from bot.store.tables import articles, deadlines, figures, marks, readings, story_words
from bot.store.types import Instant
from models.api import Article, Reading

QUEUED, READ, PARKED = "queued", "read", "parked"

MAX_ATTEMPTS = 3
"""An article that failed to be read this often is parked with its error."""

CLOCK_SLIP = timedelta(minutes=10)
"""A window sealed this far in the future was sealed by a clock that has been put right since."""

EARLIER = 6
"""So many articles of a story are enough to know what it has told."""

_EARLIER = (
    select(readings)
    .where(readings.c.story == bindparam("story"), readings.c.filed_at <= bindparam("before", type_=Instant()))
    .order_by(readings.c.published.desc())
    .limit(EARLIER)
)
_UNREAD = (
    select(
        articles.c.body,
        readings.c.story,
        readings.c.vector,
        or_(
            exists().where(figures.c.article_key == articles.c.key),
            exists().where(deadlines.c.article_key == articles.c.key),
        ).label("has_facts"),
    )
    .select_from(articles.outerjoin(readings, readings.c.article_key == articles.c.key))
    .where(articles.c.key == bindparam("key"), articles.c.revision == bindparam("revision"))
    .with_for_update(of=articles)  # an edit waits until this revision is filed
)
_GET = select(readings).where(readings.c.article_key == bindparam("key"))
_FILE = insert(readings)
_FILE_AGAIN = update(readings).where(readings.c.article_key == bindparam("of"))
_SETTLE = update(articles).where(articles.c.key == bindparam("of")).values(state=READ, error=None)
_SEALED = "sealed"
_TICK = timedelta(microseconds=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=8)
def _queue(dialect: str, columns: tuple[str, ...]) -> ReturningInsert[int]:
    """An INSERT that, where the article is known, replaces these columns and goes on to the next revision; gives the revision."""
    statement = postgresql.insert(articles) if dialect == POSTGRESQL else sqlite.insert(articles)
    again = {name: statement.excluded[name] for name in columns} | {"revision": articles.c.revision + 1}
    return statement.on_conflict_do_update(index_elements=["key"], set_=again).returning(articles.c.revision)


class Articles(Repository):
    """The text as it stands (queued, read or parked), and beside it the last reading with the text it was made from."""

    def __init__(self, connection: AsyncConnection, stories: Stories, control: Control, book: Book) -> None:
        super().__init__(connection)
        self._stories = stories
        self._control = control
        self._book = book
        self._filed_after: datetime | None = None

    async def queue(self, article: Article, ready_at: datetime, now: datetime) -> None:
        """Have an article read at ``ready_at`` or later; a known one gets the new text and the next revision."""
        fresh = {"body": dump_article(article), "state": QUEUED, "attempts": 0, "error": None, "ready_at": ready_at}
        row = {"key": article.key, "revision": 1, "queued_at": now, **fresh}
        queue = _queue(self._connection.dialect.name, tuple(fresh))
        revision = int((await self._connection.execute(queue, row)).scalar_one())
        await defer_reading(self._connection, article.key, revision, ready_at - now)

    async def waiting(self, limit: int, now: datetime) -> list[QueuedArticle]:
        """Up to ``limit`` articles that are ready to be read, those that waited longest first."""
        query = (
            select(articles.c.body, articles.c.revision, articles.c.attempts)
            .where(articles.c.state == QUEUED, articles.c.ready_at <= now)
            .order_by(articles.c.ready_at, articles.c.key)
            .limit(limit)
        )
        return [
            QueuedArticle(article=load_article(row.body), revision=row.revision, attempts=row.attempts)
            for row in await self._connection.execute(query)
        ]

    async def still_queued(self, revisions: Mapping[str, int]) -> list[QueuedArticle]:
        """Those of some articles, by key, that wait to be read in this very revision."""
        columns = (articles.c.key, articles.c.body, articles.c.revision, articles.c.attempts)
        query = select(*columns).where(articles.c.key.in_(list(revisions)), articles.c.state == QUEUED)
        return [
            QueuedArticle(article=load_article(row.body), revision=row.revision, attempts=row.attempts)
            for row in await self._connection.execute(query.order_by(articles.c.key))
            if row.revision == revisions[row.key]
        ]

    async def defer_overdue(self, before: datetime, limit: int = 100) -> int:
        """Give articles that were to be read before an instant, and have no job waiting, a new one; returns how many."""
        overdue = (articles.c.state == QUEUED) & (articles.c.ready_at < before)
        query = select(articles.c.key, articles.c.revision).where(overdue).order_by(articles.c.ready_at).limit(limit)
        renewed = 0
        for row in (await self._connection.execute(query)).all():
            if not await is_deferred(self._connection, row.key, row.revision):
                await defer_reading(self._connection, row.key, row.revision, timedelta())
                renewed += 1
        return renewed

    async def next_ready(self) -> datetime | None:
        """When the next article is ready to be read; None where none waits."""
        query = select(func.min(articles.c.ready_at)).where(articles.c.state == QUEUED)
        found: datetime | None = await self._connection.scalar(query)
        return found

    async def store_reading(
        self,
        key: str,
        revision: int,
        reading: Reading,
        story: int | None,
        now: datetime,
        *,
        follows: int | None = None,
    ) -> int | None:
        """File what was read: the reading, its figures and deadlines, its place in a story.

        An article's first reading dates its filing (``filed_between``); a later one replaces figures and deadlines and
        moves the article to the new story, and leaves the date.

        Args:
            key: The article.
            revision: That of the text that was read.
            reading: What was found in it.
            story: Where it belongs; None, or a story that is gone, opens a new one.
            now: When.
            follows: The story that a new one follows; one that is gone is followed by none.

        Returns:
            The story; None, and nothing done, where the article has been replaced or withdrawn meanwhile.
        """
        row = (await self._connection.execute(_UNREAD, {"key": key, "revision": revision})).one_or_none()
        if row is None:
            return None
        article = load_article(row.body)
        opened = story is None or not await self._stories.enter(story, article, reading)
        if story is None or opened:
            story = await self._stories.open(article, reading, follows, now)
        values = {
            "revision": revision,
            "article": row.body,
            "reading": dump_reading(reading),
            "vector": reading.vector,
            "imprint": reading.imprint,
            "story": story,
            "headline": reading.headline,
            "published": article.published,
            "read_at": now,
        }
        if row.story is None:
            first = {"article_key": key, "filed_at": await self._filing_time(now)}
            await self._connection.execute(_FILE, values | first)
        else:
            await self._connection.execute(_FILE_AGAIN, values | {"of": key})
            await self._stories.leave(row.story, row.vector)
        told = None if not opened and await self._control.withdrawn([story]) else reading
        await write_facts(self._connection, self._book, article, told, story, told_before=row.has_facts)
        await file_words(self._connection, article, told, story, row.story)
        await self._connection.execute(_SETTLE, {"of": key})
        return story

    async def failed(self, key: str, revision: int, error: str, now: datetime) -> None:
        """Count a reading that failed; the third parks the article. A later revision is not concerned."""
        row = await self._current(key, revision)
        if row is None:
            return
        attempts = row.attempts + 1
        state = PARKED if attempts >= MAX_ATTEMPTS else QUEUED
        values = {"attempts": attempts, "state": state, "error": error, "ready_at": max(row.ready_at, now)}
        await self._connection.execute(update(articles).where(articles.c.key == key).values(**values))

    async def withdraw(self, key: str) -> None:
        """Forget an article and its reading; its figures and deadlines go with it."""
        old = (await self._connection.execute(select(readings).where(readings.c.article_key == key))).one_or_none()
        if old is not None:
            await erase_facts(self._connection, self._book, key)
            await file_words(self._connection, load_article(old.article), None, old.story, old.story)
        await self._connection.execute(delete(readings).where(readings.c.article_key == key))
        await self._connection.execute(delete(articles).where(articles.c.key == key))
        if old is not None:
            await self._stories.leave(old.story, old.vector)
        await self._book.settle()

    async def retract(self, story: int) -> list[str]:
        """Take the facts and words of a story out of everything they are looked up in; returns the keys of its articles.

        The articles stay where they are, so that what repeats them is known as the same story. Of a story whose articles
        have aged out there are still facts and words.
        """
        keys = set(await self._connection.scalars(select(readings.c.article_key).where(readings.c.story == story)))
        for table in (figures, deadlines):
            aged = ~exists().where(readings.c.article_key == table.c.article_key)
            keys |= set(await self._connection.scalars(select(table.c.article_key).where(table.c.story == story, aged)))
        for key in sorted(keys):
            await erase_facts(self._connection, self._book, key)
        await self._connection.execute(delete(story_words).where(story_words.c.story == story))
        await self._book.settle()
        return sorted(keys)

    async def parked(self, limit: int) -> list[tuple[Article, str]]:
        """Up to ``limit`` articles that could not be read, those last that failed last, each with its error."""
        query = select(articles.c.body, articles.c.error).where(articles.c.state == PARKED)
        rows = await self._connection.execute(query.order_by(articles.c.ready_at.desc()).limit(limit))
        return [(load_article(row.body), row.error or "") for row in rows]

    async def state_of(self, key: str) -> str | None:
        """Whether an article is queued, read or parked; None where there is none."""
        state: str | None = await self._connection.scalar(select(articles.c.state).where(articles.c.key == key))
        return state

    async def counts(self) -> dict[str, int]:
        """How many articles stand in each state."""
        query = select(articles.c.state, func.count()).group_by(articles.c.state)
        return {row.state: row[1] for row in await self._connection.execute(query)}

    async def filed_since(self, start: datetime) -> int:
        """How many articles were filed after ``start``."""
        query = select(func.count()).select_from(readings).where(readings.c.filed_at > start)
        return int((await self._connection.execute(query)).scalar_one())

    async def get(self, key: str) -> FiledArticle | None:
        """An article with its last reading and the text that this reading was made from; None before the first."""
        row = (await self._connection.execute(_GET, {"key": key})).one_or_none()
        return None if row is None else _filed(row)

    async def filed_between(self, start: datetime, end: datetime) -> list[FiledArticle]:
        """The articles filed after ``start``, up to and with ``end``, in the order they were filed; of no withdrawn story."""
        query = select(readings).where(_filed_in(start, end)).order_by(readings.c.filed_at, readings.c.article_key)
        return await decoded(await self._connection.execute(query), _filed)

    async def exceeds(self, start: datetime, end: datetime, most: int) -> bool:
        """Whether more than ``most`` articles were filed after ``start``, up to and with ``end``."""
        query = select(readings.c.filed_at).where(readings.c.filed_at > start, readings.c.filed_at <= end)
        return await self._connection.scalar(query.order_by(readings.c.filed_at).offset(most).limit(1)) is not None

    async def of_largest_stories(self, start: datetime, end: datetime, most: int) -> list[FiledArticle]:
        """As ``filed_between``, but up to ``most`` articles: those of the stories that most were filed of, the later story first.

        It counts all that was filed in that time.
        """
        sizes = (
            select(readings.c.story, func.count().label("reports"), func.max(readings.c.filed_at).label("last"))
            .where(_filed_in(start, end))
            .group_by(readings.c.story)
            .subquery()
        )
        rank = (sizes.c.reports.desc(), sizes.c.last.desc(), sizes.c.story)
        ranked = select(
            sizes.c.story, sizes.c.reports, func.sum(sizes.c.reports).over(order_by=rank).label("so_far")
        ).subquery()
        kept = select(ranked.c.story).where(ranked.c.so_far - ranked.c.reports < most)
        query = (
            select(readings)
            .where(_filed_in(start, end), readings.c.story.in_(kept))
            .order_by(readings.c.filed_at.desc(), readings.c.article_key.desc())
            .limit(most)
        )
        return (await decoded(await self._connection.execute(query), _filed))[::-1]

    async def earlier(self, stories: Collection[int], before: datetime) -> dict[int, tuple[FiledArticle, ...]]:
        """Of these stories the last few articles filed up to ``before``, the earliest first; stories without are left out."""
        found: dict[int, tuple[FiledArticle, ...]] = {}
        for story in stories:
            rows = (await self._connection.execute(_EARLIER, {"story": story, "before": before})).all()
            if rows:
                found[story] = tuple(_filed(row) for row in reversed(rows))
        return found

    async def seal(self, end: datetime) -> None:
        """Close the time up to ``end``: whatever is filed from here on is filed after it.

        Called before an edition is composed for a window that ends at ``end``. Without it an article whose reading
        was under way at that moment could be filed into a window that has been told already, and reach nobody.
        """
        first = self._insert(marks).values(name=_SEALED, at=end)
        upsert = first.on_conflict_do_update(index_elements=["name"], set_={"at": end}, where=marks.c.at < end)
        self._filed_after = None
        await self._connection.execute(upsert)

    async def count(self) -> int:
        """How many articles are filed."""
        return int(await self._connection.scalar(select(func.count()).select_from(readings)) or 0)

    async def _current(self, key: str, revision: int) -> Row[tuple[object, ...]] | None:
        mine = (articles.c.key == key) & (articles.c.revision == revision)
        query = select(articles).where(mine).with_for_update()  # an edit waits until this revision is filed
        return (await self._connection.execute(query)).one_or_none()

    async def _filing_time(self, now: datetime) -> datetime:
        """Now, or just after the last sealed window. The row is locked, so that ``seal`` waits for this transaction."""
        sealed = self._filed_after  # which stays true: the row is locked to the end of the transaction
        if sealed is None:
            query = select(marks.c.at).where(marks.c.name == _SEALED).with_for_update(read=True)
            sealed = await self._connection.scalar(query)
            if sealed is None:  # a row to be locked must be there
                first = self._insert(marks).values(name=_SEALED, at=_NEVER)
                await self._connection.execute(first.on_conflict_do_nothing(index_elements=["name"]))
                sealed = await self._connection.scalar(query)
            self._filed_after = sealed
        if sealed is None or sealed > now + CLOCK_SLIP:
            return now
        return max(now, sealed + _TICK)


def _filed_in(start: datetime, end: datetime) -> ColumnElement[bool]:
    """Filed after ``start``, up to and with ``end``, and of no withdrawn story."""
    withdrawn = exists().where(withdrawn_stories.c.story == readings.c.story)
    return and_(readings.c.filed_at > start, readings.c.filed_at <= end, ~withdrawn)


def _filed(row: Row[tuple[object, ...]]) -> FiledArticle:
    return FiledArticle(
        article=load_article(row.article),
        reading=load_reading(row.reading, row.vector),
        story=row.story,
        filed_at=row.filed_at,
    )
