"""Says how a post was read, for the sandbox's page: what was found and where it stands, where it was filed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.catalogue import words_in
from bot.desk.filed import FiledArticle
from bot.desk.ledger import Series
from bot.desk.memory import Entry, FigureNote, Relation, Thread
from bot.press.deadlines import deadline_text
from bot.press.figures import figure_text, value_text
from bot.press.series import series_title
from bot.press.times import day_text, period_text
from bot.store import PageState, Store, Transaction
from models.api import NOT_NEWS, Deadline, KeyFigure, Reading, Topic

_MOST_VALUES = 12
_RELATION = {
    Relation.NEW: "Nothing like it was told before: it opens a series.",
    Relation.REPEAT: "The series has this value already.",
    Relation.CHANGE: "It changes what was told before.",
    Relation.CORRECTION: "It corrects what was told before.",
}

_ENGLISH = words_in("en")
"""The page is in English."""

Json = dict[str, Any]


async def reading_of(store: Store, chat_id: int, message_id: int) -> Json:
    """How a post was read; see ``bot.sandbox.backstage``."""
    async with store.read() as tx:
        key = await tx.posts.article_key(chat_id, message_id)
        if key is None:
            return {"state": "unknown"}
        state, filed = await tx.articles.state_of(key), await tx.articles.get(key)
        if state is None:
            return await _without_article(tx, key)
        if filed is None or state == "queued":
            return {"state": "failed" if state == "parked" else "waiting"}
        return await _found(tx, filed)


async def _without_article(tx: Transaction, key: str) -> Json:
    """Of a post that is no article, or not yet: its words may stand in a document or a page that is still to come."""
    page = await tx.pages.of_article(key)
    if page is None:
        return {"state": "nothing"}
    if page.state is PageState.REFUSED:
        return {"state": "unread", "reason": page.reason}
    return {"state": "waiting"}


async def _found(tx: Transaction, filed: FiledArticle) -> Json:
    article, reading = filed.article, filed.reading
    notes = await tx.ledger.notes([article.key])
    figures = [await _figure(tx, filed, figure, notes.get((article.key, figure.span))) for figure in reading.figures]
    threads = await tx.stories.threads([filed.story])
    return {
        "state": "read",
        "title": article.title,
        "text": article.text,
        "headline": reading.headline,
        "outlet": article.outlet,
        "reference": day_text(article.reference, _ENGLISH),
        "dated_by": "its dateline" if article.dateline else "its day of publication",
        "language": reading.language,
        "model": reading.model,
        "page": article.page.address if article.page else None,
        "summary": [{"text": piece.text, "spans": piece.spans} for piece in reading.summary.pieces],
        "topics": [_topic(topic) for topic in reading.topics if topic.code != NOT_NEWS],
        "figures": figures,
        "deadlines": [_deadline(filed, deadline) for deadline in reading.deadlines],
        "story": _story(filed, threads),
        "why": _why(filed, threads, notes),
    }


def _topic(topic: Topic) -> Json:
    names = topic.name if topic.narrower is None else f"{topic.name} › {topic.narrower.name}"
    return {"name": names, "confidence": round(topic.confidence, 3)}


async def _figure(tx: Transaction, filed: FiledArticle, figure: KeyFigure, note: FigureNote | None) -> Json:
    said: Json = {
        "text": figure_text(figure, _ENGLISH),
        "kind": figure.kind.value,
        "importance": round(figure.importance, 2),
        "span": figure.span,
        "sentence": filed.quote(figure.sentence),
        "series": None,
    }
    series = await tx.ledger.series(note.series) if note is not None else None
    if note is not None and series is not None:
        said["series"] = _series(series, note)
    return said


def _series(series: Series, note: FigureNote) -> Json:
    return {
        "title": series_title(series, _ENGLISH),
        "relation": _RELATION[note.relation],
        "conflicts": [_entry(entry) for entry in note.conflicts],
        "entries": [_entry(entry) for entry in reversed(series.entries[-_MOST_VALUES:])],
        "earlier": max(0, len(series.entries) - _MOST_VALUES),
    }


def _entry(entry: Entry) -> Json:
    as_of = entry.figure.as_of
    when = (
        f"as of {period_text(as_of, _ENGLISH)}" if as_of else f"published {day_text(entry.published.date(), _ENGLISH)}"
    )
    return {"value": value_text(entry.figure, _ENGLISH), "when": when, "outlet": entry.outlet, "link": entry.link}


def _deadline(filed: FiledArticle, deadline: Deadline) -> Json:
    return {
        "text": deadline_text(deadline, _ENGLISH),
        "span": deadline.span,
        "surface": deadline.surface,
        "sentence": filed.quote(deadline.sentence),
    }


def _story(filed: FiledArticle, threads: Mapping[int, Thread]) -> Json | None:
    thread = threads.get(filed.story)
    if thread is None:
        return None
    before = threads.get(thread.follows) if thread.follows is not None else None
    follows = {"headline": before.headline, "link": before.link, "opened": _day(before.opened)} if before else None
    return {"headline": thread.headline, "link": thread.link, "opened": _day(thread.opened), "follows": follows}


def _day(moment: datetime) -> str:
    return day_text(moment.date(), _ENGLISH)


def _why(filed: FiledArticle, threads: Mapping[int, Thread], notes: Mapping[tuple[str, Any], FigureNote]) -> list[str]:
    """What was decided about the article, a sentence each."""
    reading, thread = filed.reading, threads.get(filed.story)
    said = [*_about_topics(reading)]
    if thread is not None and thread.link == filed.article.link and thread.headline == reading.headline:
        said.append(
            "It is a later development of another story, so it opens one that follows it."
            if thread.follows is not None
            else "No recent story tells of the same event, so it opens one."
        )
    elif thread is not None:
        said.append("It tells of the same event as an earlier article, so it joins that story.")
    if reading.figures:
        said.append(f"The ledger follows {_followed(len(notes), len(reading.figures))}.")
    return said


def _followed(count: int, of: int) -> str:
    if count == of:
        return "its figure" if of == 1 else f"all its {of} figures"
    some = f"{count} of its {of} figures" if count else "none of its figures"
    return f"{some}; others are background, or lengths of time"


def _about_topics(reading: Reading) -> Sequence[str]:
    if any(topic.code == NOT_NEWS for topic in reading.topics):
        return ["It reports nothing (an advert, a greeting, a recipe ...), so it is kept out of editions."]
    if not reading.topics:
        return ["No topic was sure enough; readers of all topics get it."]
    return []
