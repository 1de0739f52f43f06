"""Owns the entering of an article's deadlines in the book, in the transaction that files its reading."""

from datetime import datetime

from bot.desk.book import enter_deadlines as place_deadlines
from bot.desk.deadline_words import is_former
from bot.desk.memory import DeadlineEntry
from bot.store import Transaction
from models.api import Article, Deadline, Reading

MIN_IMPORTANCE = 0.2
"""Below it a date is background, and nobody is reminded of it."""


async def enter_deadlines(tx: Transaction, article: Article, reading: Reading, story: int, now: datetime) -> None:
    """Enter the deadlines of a reading that was just stored, and settle what an earlier reading of the article had said.

    Whatever order articles come in, an entry stands as its mentions say in the order they were published.
    """
    found = [
        _entry(article, deadline, _vector(reading, index), story, now)
        for index, deadline in enumerate(reading.deadlines)
        if deadline.importance >= MIN_IMPORTANCE and deadline.due.end >= article.reference
    ]
    former = [entry for entry in found if is_former(entry.sentence, entry.deadline.surface)]
    found = [entry for entry in found if entry not in former]
    if found:
        candidates = await tx.book.candidates(found, article.published.date())
        akin = {story, *await tx.stories.threads([story])}
        topics = [topic.code for topic in reading.topics]
        verdicts = place_deadlines(found, candidates, former=former, akin=akin)
        await tx.book.enter(found, verdicts, topics, now)
    await tx.book.settle(now)


def _vector(reading: Reading, index: int) -> bytes:
    return reading.deadline_vectors[index] if reading.deadline_vectors else b""


def _entry(article: Article, deadline: Deadline, vector: bytes, story: int, now: datetime) -> DeadlineEntry:
    outlet, link = article.source_of(deadline.span)
    return DeadlineEntry(
        article_key=article.key,
        story=story,
        deadline=deadline,
        sentence=" ".join(article.text[deadline.sentence.start : deadline.sentence.end].split()),
        outlet=outlet,
        link=link,
        published=article.published,
        filed_at=now,
        vector=vector,
    )
