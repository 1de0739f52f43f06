"""Articles, readings and subscribers to keep, made up in the manner of wire copy."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import numpy as np

from bot.store import Kind, Lane, NewOutboxItem, Subscriber
from models.api import (
    Article,
    Bond,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Piece,
    Precision,
    Qualifier,
    Range,
    Reading,
    Span,
    Status,
    Summary,
)

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)

TEXT = "Some 2,000 to 3,000 troops remain in Norland. They leave by the end of 2026."


def article(key: str = "post:-100:1", text: str = TEXT, published: datetime = NOON) -> Article:
    return Article(key=key, title="Troops leave Norland", text=text, published=published, outlet="Harbour Wire")


def vector(*parts: float) -> bytes:
    raw = np.zeros(8, dtype="<f4")
    raw[: len(parts)] = parts
    return (raw / np.linalg.norm(raw)).astype("<f4").tobytes()


def reading(key: str = "post:-100:1", toward: bytes = vector(1), headline: str = "Troops leave Norland") -> Reading:
    first, second = Span(0, 45), Span(46, len(TEXT))
    troops = KeyFigure(
        kind=FigureKind.TROOPS,
        value=Range(low=Decimal(2000), high=Decimal(3000)),
        unit="soldier",
        qualifier=Qualifier.ABOUT,
        label="troops in Norland",
        status=Status.ACTUAL,
        as_of=Period(start=date(2026, 6, 1), end=date(2026, 6, 30), precision=Precision.MONTH),
        change=None,
        attribution=None,
        importance=0.9,
        surface="2,000 to 3,000 troops",
        span=Span(5, 26),
        sentence=first,
    )
    leave = Deadline(
        due=Period(start=date(2026, 12, 1), end=date(2026, 12, 31), precision=Precision.MONTH),
        bond=Bond.DEADLINE,
        qualifier="by",
        who="They",
        what="leave",
        importance=0.8,
        surface="the end of 2026",
        span=Span(60, 75),
        sentence=second,
    )
    return Reading(
        key=key,
        language="en",
        headline=headline,
        sentences=(first, second),
        summary=Summary(pieces=(Piece(text=TEXT[:45], spans=(first,)),)),
        topics=(),
        figures=(troops,),
        deadlines=(leave,),
        vector=toward,
        model="test-1",
    )


def subscriber(chat: int = 5, **changes: object) -> Subscriber:
    plain = Subscriber(
        chat_id=chat,
        kind="private",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset({"medtop:16000000", "medtop:11000000"}),
        times=(time(7, 30), time(18)),
        zone="Europe/Kyiv",
        watermark=None,
        next_due_at=NOON,
        created_at=NOON,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names of fields


def message(chat: int, number: int = 1, **changes: object) -> NewOutboxItem:
    plain = NewOutboxItem(
        chat_id=chat,
        lane=Lane.REPLY,
        kind=Kind.REPLY,
        method="sendMessage",
        params={"chat_id": chat, "text": f"answer {number}"},
        dedupe_key=f"reply:{chat}:{number}",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names of fields
