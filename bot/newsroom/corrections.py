"""Owns the corrections: when an edited article says otherwise than was told, those who were told get one message."""

from datetime import datetime

import structlog

from bot.catalogue import words_in
from bot.desk.compose import zone_of
from bot.desk.corrections import Correction, corrections, fact_key, tells
from bot.desk.filed import FiledArticle
from bot.newsroom.notice import notice
from bot.press.correction import render_corrections
from bot.store import Kind, NewOutboxItem, Subscriber, Transaction, load_edition

_PAGE = 500

_log = structlog.get_logger()


async def send_corrections(tx: Transaction, old: FiledArticle, new: FiledArticle, revision: int, now: datetime) -> int:
    """Queue a message for everybody who was told what an edit changed; returns for how many.

    Told were the readers of editions that hold the old figure or day, and those of an earlier correction that gave it. The
    message waits for the end of a reader's quiet hours; queued once for a revision, whatever runs twice.
    """
    wrong = corrections(old, new)
    if not wrong:
        return 0
    told = await _told(tx, new.article.key, wrong)
    chats = sorted(set().union(*told))
    queued = 0
    for start in range(0, len(chats), _PAGE):
        readers = await tx.subscribers.several(chats[start : start + _PAGE])
        items = []
        for reader in readers.values():
            concerned = [one for one, knew in zip(wrong, told, strict=True) if reader.chat_id in knew]
            if reader.active:
                items.append(_item(reader, new, concerned, revision, now))
        queued += await tx.outbox.put_all(items, now)
    for one, knew in zip(wrong, told, strict=True):
        if one.new is not None:
            await tx.editions.correct(new.article.key, fact_key(one.new), knew)
    _log.info("corrections_queued", article=new.article.key, facts=len(wrong), readers=queued)
    return queued


async def _told(tx: Transaction, article_key: str, wrong: list[Correction]) -> list[set[int]]:
    """For each correction the chats that were told the old fact."""
    editions = [(one.id, load_edition(one.body)) for one in await tx.editions.drawing_on(article_key)]
    told = []
    for one in wrong:
        holding = [number for number, edition in editions if tells(edition, article_key, one.old)]
        knew = set(await tx.editions.readers_of(holding)) if holding else set()
        knew |= set(await tx.editions.corrected(article_key, [fact_key(one.old)]))
        told.append(knew)
    return told


def _item(
    reader: Subscriber, new: FiledArticle, concerned: list[Correction], revision: int, now: datetime
) -> NewOutboxItem:
    article = new.article
    message = render_corrections(
        concerned,
        words_in(reader.language),
        outlet=article.outlet,
        link=article.link,
        today=now.astimezone(zone_of(reader.zone)).date(),
    )
    return notice(reader, message, Kind.CORRECTION, f"correction:{reader.chat_id}:{article.key}:{revision}", now)
