"""Owns what is told at once to those who follow one figure or one date, whenever an article changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.catalogue import words_in
from bot.desk.filed import FiledArticle
from bot.desk.memory import Relation
from bot.newsroom.notice import notice
from bot.press.alert import Changed, render_alert
from bot.press.reminder import render_change
from bot.store import Kind, Store, Subscriber, Turn
from bot.store.alerts import series_term

PAGE = 500


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that changed or was corrected, and the series that it is in."""

    series: int
    change: Changed


async def tell_followers(store: Store, filed: FiledArticle, now: datetime) -> int:
    """Tell who follows a figure that an article changes, or a date that it moves; returns how many messages were new.

    Once a chat, article and figure (``figure:{chat}:{series}:{article}``). A move has the key that the reminder of the
    reader's own hour has for it, and so is told once, whichever comes first. Who is told of a figure has heard of its
    story and gets no other alert of it.
    """
    figures, moved = await _changed(store, filed)
    told = 0
    for figure in figures:
        told += await _tell_of_figure(store, filed, figure, now)
    for entry in moved:
        told += await _tell_of_date(store, entry, now)
    return told


async def _changed(store: Store, filed: FiledArticle) -> tuple[list[ChangedFigure], list[int]]:
    async with store.read() as tx:
        notes = await tx.ledger.notes([filed.article.key]) if filed.reading.figures else {}
        book = await tx.book.notes([filed.article.key]) if filed.reading.deadlines else {}
    figures: dict[int, ChangedFigure] = {}
    for figure in filed.reading.figures:
        note = notes.get((filed.article.key, figure.span))
        if note is not None and note.relation in {Relation.CHANGE, Relation.CORRECTION}:
            before = note.before.figure if note.before is not None else None
            figures.setdefault(note.series, ChangedFigure(note.series, Changed(figure, before)))
    return list(figures.values()), sorted({note.entry for note in book.values() if note.moved_from is not None})


async def _tell_of_figure(store: Store, filed: FiledArticle, figure: ChangedFigure, now: datetime) -> int:
    told, after = 0, None
    while True:
        async with store.begin(Turn.MAIL) as tx:
            chats = await tx.alerts.wishing(series_term(figure.series), after, PAGE)
            readers = [one for one in (await tx.subscribers.several(chats)).values() if _listens(one, now)]
            items = []
            for reader in readers:
                message = render_alert(filed, [figure.change], words_in(reader.language), now=now, zone=reader.zone)
                key = f"figure:{reader.chat_id}:{figure.series}:{filed.article.key}"
                items.append(notice(reader, message, Kind.ALERT, key, now))
            told += await tx.outbox.put_all(items, now)
            await tx.alerts.tell(filed.story, [reader.chat_id for reader in readers], now)
        if len(chats) < PAGE:
            return told
        after = chats[-1]


async def _tell_of_date(store: Store, number: int, now: datetime) -> int:
    async with store.begin(Turn.MAIL) as tx:
        entry = await tx.book.get(number)
        if entry is None:
            return 0
        chats: Sequence[int] = await tx.reminders.followers(number, before=entry.sequence)
        readers = [one for one in (await tx.subscribers.several(chats)).values() if _listens(one, now)]
        items = [
            notice(
                reader,
                render_change(entry, words_in(reader.language)),
                Kind.REMINDER,
                f"moved:{reader.chat_id}:{entry.id}:{entry.sequence}",
                now,
            )
            for reader in readers
        ]
        await tx.reminders.told([(reader.chat_id, entry.id, entry.sequence) for reader in readers])
        return await tx.outbox.put_all(items, now)


def _listens(reader: Subscriber, now: datetime) -> bool:
    until = reader.wishes.paused_until
    return reader.active and (until is None or until <= now)
