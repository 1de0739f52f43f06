"""Owns the entering of an article's figures in the ledger, in the transaction that files its reading."""

from datetime import datetime

from bot.desk.ledger import enter_all
from bot.desk.memory import Entry
from bot.desk.subjects import says_correction
from bot.store import Transaction
from models.api import Article, FigureKind, KeyFigure, Reading

MIN_IMPORTANCE = 0.2
"""Below it a figure is background, and nobody follows it."""
_UNFOLLOWED = frozenset({FigureKind.DURATION})
"""A length of time is not followed over time."""
MOST_FIGURES = 12
"""Figures of an article that are followed, the most important: a table of results is not a story."""


async def enter_figures(tx: Transaction, article: Article, reading: Reading, story: int, now: datetime) -> None:
    """Enter the figures of a reading that was just stored; those that an edit left alone stay as they were entered."""
    found = [
        figure
        for figure in reading.figures
        if figure.importance >= MIN_IMPORTANCE and figure.kind not in _UNFOLLOWED and figure.label.strip()
    ]
    followed = sorted(found, key=lambda figure: (-figure.importance, figure.span))[:MOST_FIGURES]
    if not followed:
        return
    corrects = says_correction(f"{article.title or ''}\n{article.text}")
    thread = await _root(tx, story)
    entries = await tx.ledger.fresh(
        [_entry(article, figure, (story, thread), now, corrects=corrects) for figure in followed]
    )
    if entries:
        candidates = await tx.ledger.candidates(entries)
        await tx.ledger.enter(entries, enter_all(entries, candidates), now)


async def _root(tx: Transaction, story: int) -> int:
    """The story that a story's thread began with."""
    threads = await tx.stories.threads([story])
    root = story
    while (thread := threads.get(root)) is not None and thread.follows is not None and thread.follows in threads:
        root = thread.follows
    return root


def _entry(article: Article, figure: KeyFigure, place: tuple[int, int], now: datetime, *, corrects: bool) -> Entry:
    story, thread = place
    outlet, link = article.source_of(figure.span)
    return Entry(
        article_key=article.key,
        story=story,
        figure=figure,
        sentence=" ".join(article.text[figure.sentence.start : figure.sentence.end].split()),
        outlet=outlet,
        link=link,
        published=article.published,
        filed_at=now,
        corrects=corrects,
        thread=thread,
    )
