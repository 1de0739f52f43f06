"""What is too old to keep, taken out a few rows at a time; what something still needs is left standing.

Figures, deadlines and their sentences, stories and the words they are found by are not touched. A story's articles go
together, so long after the last of them that nothing can be placed in it any more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select, tuple_, update

from bot.store.articles import PARKED
from bot.store.codec import load_article, load_reading
from bot.store.inbox import PENDING, Inbox
from bot.store.intake_tables import feed_entries, page_articles
from bot.store.posts import ITEM
from bot.store.records import LANES, State
from bot.store.sql import Repository
from bot.store.tables import articles, corrected, editions, inbox, outbox, posts, readings, stories
from bot.store.voice_tables import alerts

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_TOLD = (State.SENT, State.UNCERTAIN)
_ENDED = tuple((state, lane) for state in (*_TOLD, State.PARKED, State.DROPPED) for lane in LANES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a sweep has come; each sweep uses the fields that its index is ordered by."""

    group: int = -(2**63)
    at: datetime = _BEGINNING
    number: int = -(2**63)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows one step took away, and where the next begins; None: the sweep has come to its end."""

    gone: int
    next: Place | None


class Retention(Repository):
    """Sweeps: each looks at up to ``limit`` rows after a place, and takes away at most some times that many."""

    async def updates(self, before: datetime, place: Place, limit: int) -> Swept:
        """Updates that were handled or parked, received before a moment. The last one received stays: polling goes on from it."""
        last = await Inbox(self._connection).last_id()
        old = (inbox.c.received_at < before, inbox.c.state != PENDING, inbox.c.update_id != last)
        query = select(inbox.c.update_id).where(*old).order_by(inbox.c.received_at, inbox.c.update_id).limit(limit)
        found = list(await self._connection.scalars(query))
        if found:
            await self._connection.execute(delete(inbox).where(inbox.c.update_id.in_(found)))
        return Swept(len(found), place if len(found) == limit else None)

    async def articles(self, before: datetime, place: Place, limit: int) -> Swept:
        """Articles filed before a moment whose story has had none since, with their posts and readings.

        What the search tells of such a story is kept beside it first. What was noted of its readers goes with it.
        """
        after = or_(
            readings.c.filed_at > place.at,
            and_(readings.c.filed_at == place.at, readings.c.article_key > place.key),
        )
        query = (
            select(readings.c.article_key, readings.c.story, readings.c.filed_at)
            .where(readings.c.filed_at >= place.at, readings.c.filed_at < before, after)
            .order_by(readings.c.filed_at, readings.c.article_key)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        dead = await self._over({row.story for row in rows}, before) if rows else frozenset()
        keys = [row.article_key for row in rows if row.story in dead]
        noted = await self._forget_notes(dead, keys, limit)
        if noted >= limit:  # there may be more of them: the articles wait for the next step
            return Swept(noted, place)
        await self._forget(keys)
        gone = noted + len(keys)
        if len(rows) < limit:
            return Swept(gone, None)
        return Swept(gone, replace(place, at=rows[-1].filed_at, key=rows[-1].article_key))

    async def unread(self, before: datetime, place: Place, limit: int) -> Swept:
        """Articles that could never be read, parked before a moment, with their posts."""
        never = ~exists().where(readings.c.article_key == articles.c.key)
        query = (
            select(articles.c.key)
            .where(articles.c.state == PARKED, articles.c.ready_at < before, never)
            .order_by(articles.c.ready_at, articles.c.key)
            .limit(limit)
        )
        keys = list(await self._connection.scalars(query))
        await self._forget(keys)
        return Swept(len(keys), place if len(keys) == limit else None)

    async def posts(self, before: datetime, place: Place, limit: int) -> Swept:
        """Posts stored before a moment that no article is made of, but for the newest of each channel."""
        after = or_(
            posts.c.chat_id > place.group, and_(posts.c.chat_id == place.group, posts.c.message_id > place.number)
        )
        query = (
            select(posts.c.chat_id, posts.c.message_id)
            .where(posts.c.chat_id >= place.group, after)
            .order_by(posts.c.chat_id, posts.c.message_id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        mine = tuple_(posts.c.chat_id, posts.c.message_id).in_([(row.chat_id, row.message_id) for row in rows])
        old = delete(posts).where(mine, posts.c.stored_at < before, ~_of_an_article(), ~_newest_of_channel())
        gone = (await self._connection.execute(old)).rowcount if rows else 0
        if len(rows) < limit:
            return Swept(gone, None)
        return Swept(gone, replace(place, group=rows[-1].chat_id, number=rows[-1].message_id))

    async def messages(self, before: datetime, place: Place, limit: int) -> Swept:
        """Messages due before a moment that are settled, but for the last edition a chat was told: /why asks about it."""
        group = max(place.group, 0)
        if group >= len(_ENDED):
            return Swept(0, None)
        state, lane = _ENDED[group]
        after = or_(outbox.c.not_before > place.at, and_(outbox.c.not_before == place.at, outbox.c.id > place.number))
        query = (
            select(outbox.c.id, outbox.c.not_before)
            .where(
                outbox.c.state == state,
                outbox.c.lane == lane,
                outbox.c.not_before >= place.at,
                outbox.c.not_before < before,
                after,
            )
            .order_by(outbox.c.not_before, outbox.c.id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        old = delete(outbox).where(outbox.c.id.in_([row.id for row in rows]), ~_last_told())
        gone = (await self._connection.execute(old)).rowcount if rows else 0
        if len(rows) < limit:
            return Swept(gone, Place(group=group + 1))
        return Swept(gone, replace(place, group=group, at=rows[-1].not_before, number=rows[-1].id))

    async def editions(self, before: datetime, place: Place, limit: int) -> Swept:
        """Editions composed before a moment of which no message is left."""
        after = or_(
            editions.c.created_at > place.at, and_(editions.c.created_at == place.at, editions.c.id > place.number)
        )
        query = (
            select(editions.c.id, editions.c.created_at)
            .where(editions.c.created_at >= place.at, editions.c.created_at < before, after)
            .order_by(editions.c.created_at, editions.c.id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        unsent = ~exists().where(outbox.c.edition_id == editions.c.id)
        old = delete(editions).where(editions.c.id.in_([row.id for row in rows]), unsent)
        gone = (await self._connection.execute(old)).rowcount if rows else 0
        if len(rows) < limit:
            return Swept(gone, None)
        return Swept(gone, replace(place, at=rows[-1].created_at, number=rows[-1].id))

    async def _over(self, ids: Collection[int], before: datetime) -> frozenset[int]:
        """Those of some stories whose last article was published and filed before a moment."""
        filed_since = exists().where(readings.c.story == stories.c.id, readings.c.filed_at >= before)
        query = select(stories.c.id).where(stories.c.id.in_(sorted(ids)), stories.c.newest < before, ~filed_since)
        return frozenset(await self._connection.scalars(query))

    async def _forget_notes(self, dead: Collection[int], keys: Sequence[str], limit: int) -> int:
        """Keep the cards of some stories, and take away who was alerted of them and told corrections; returns how many notes."""
        if not dead:
            return 0
        for story in sorted(dead):
            await self._keep_card(story)
        alerted = await self._some(alerts, alerts.c.story.in_(sorted(dead)), limit)
        return alerted + await self._some(corrected, corrected.c.article_key.in_(keys), limit)

    async def _keep_card(self, story: int) -> None:
        """Keep what the search says of a story, and drop what only placing needed."""
        mine = stories.c.id == story
        if await self._connection.scalar(select(stories.c.outlet).where(mine)) is not None:
            return
        query = select(readings.c.article, readings.c.reading, readings.c.headline).where(readings.c.story == story)
        row = (await self._connection.execute(query.order_by(readings.c.published.desc()).limit(1))).one()
        article, pieces = load_article(row.article), load_reading(row.reading, b"").summary.pieces
        sentence = pieces[0].text if pieces else ""
        told = {"headline": row.headline, "sentence": sentence, "outlet": article.outlet, "link": article.link}
        bare = {"vector_sum": b"", "imprint": None, "told": None}
        await self._connection.execute(update(stories).where(mine).values(**told, **bare))

    async def _forget(self, keys: Sequence[str]) -> None:
        """Take away some articles, their readings and what they were made of."""
        if not keys:
            return
        for table, column in (
            (page_articles, page_articles.c.article_key),
            (feed_entries, feed_entries.c.article_key),
            (articles, articles.c.key),
        ):
            await self._connection.execute(delete(table).where(column.in_(keys)))
        mine = posts.c.article_key.in_(sorted({key.partition(ITEM)[0] for key in keys}))
        await self._connection.execute(delete(posts).where(mine, ~_of_an_article(), ~_newest_of_channel()))

    async def _some(self, table: Table, which: ColumnElement[bool], limit: int) -> int:
        """Delete up to ``limit`` rows; returns how many."""
        key = tuple(table.primary_key.columns)
        rows = [tuple(row) for row in await self._connection.execute(select(*key).where(which).limit(limit))]
        if rows:
            await self._connection.execute(delete(table).where(tuple_(*key).in_(rows)))
        return len(rows)


def _of_an_article() -> ColumnElement[bool]:
    """Whether an article is made of a post, or of one item of it."""
    first, after = posts.c.article_key.concat(ITEM), posts.c.article_key.concat(chr(ord(ITEM) + 1))
    item = exists().where(articles.c.key > first, articles.c.key < after)
    return exists().where(articles.c.key == posts.c.article_key) | item


def _newest_of_channel() -> ColumnElement[bool]:
    other = posts.alias("other")
    newest = select(func.max(other.c.message_id)).where(other.c.chat_id == posts.c.chat_id).scalar_subquery()
    return posts.c.message_id == newest


def _last_told() -> ColumnElement[bool]:
    """Whether a row is of the edition that its chat was told last."""
    other = outbox.alias("other")
    last = (
        select(other.c.edition_id)
        .where(other.c.chat_id == outbox.c.chat_id, other.c.edition_id.is_not(None), other.c.state.in_(_TOLD))
        .order_by(other.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(outbox.c.edition_id.is_not(None), outbox.c.state.in_(_TOLD), outbox.c.edition_id == last)
