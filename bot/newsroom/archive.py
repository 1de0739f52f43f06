"""Owns what readers look up: the edition they had last, and a series drawn as a chart."""

import asyncio
from datetime import datetime

import structlog
from pydantic import ValidationError

from bot.catalogue import Words
from bot.desk.corrections import articles_told
from bot.desk.edition import Edition
from bot.desk.ledger import Series
from bot.store import Attachment, Transaction, dump_edition, load_edition

_log = structlog.get_logger()


async def keep_edition(tx: Transaction, edition: Edition, now: datetime) -> int:
    """Keep an edition that was made on demand, so that its lines can be asked about; returns its id."""
    key, told = f"on demand|{edition.zone}", articles_told(edition)
    number = await tx.editions.add(dump_edition(edition), key, edition.window, now, articles=told)
    _log.info("edition_kept", edition=number, articles=sorted(told))
    return number


async def last_edition(tx: Transaction, chat_id: int) -> Edition | None:
    """The last edition a chat got; None before the first, and for one that an older version wrote in another form."""
    stored = await tx.editions.last_told(chat_id)
    try:
        return None if stored is None else load_edition(stored.body)
    except ValidationError:
        return None


async def edition_of(tx: Transaction, chat_id: int, number: int) -> Edition | None:
    """An edition that a chat was sent, by its id; None for one that it was not, or that nobody can read any more."""
    stored = await tx.editions.sent_to(number, chat_id)
    try:
        return None if stored is None else load_edition(stored.body)
    except ValidationError:
        return None


async def draw(series: Series, words: Words) -> Attachment:
    """A series as a picture. Drawn in a thread of its own: it takes a moment, the first time most of a second."""
    content = await asyncio.to_thread(_draw, series, words)
    return Attachment(field="photo", filename="figures.png", media_type="image/png", content=content)


def _draw(series: Series, words: Words) -> bytes:
    from bot.press.chart import render_chart  # noqa: PLC0415  loads matplotlib, for which no start should wait

    return render_chart(series.entries, words, label=series.label, unit=series.unit)
