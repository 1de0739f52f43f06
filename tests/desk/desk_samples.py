"""Articles and readings of invented news, for the tests of the desk and the press."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from bot.desk.filed import FiledArticle
from models.api import (
    VECTOR_SIZE,
    Article,
    Bond,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Piece,
    Precision,
    Qualifier,
    Reading,
    Span,
    Status,
    Summary,
    Topic,
)

NOW = datetime(2021, 7, 26, 4, 0, tzinfo=UTC)
POLITICS = Topic(code="medtop:11000000", name="politics", confidence=0.9)
CONFLICT = Topic(code="medtop:16000000", name="conflict, war and peace", confidence=0.7)
DISASTER = Topic(code="medtop:03000000", name="disaster, accident and emergency incident", confidence=0.8)


def day(year: int, month: int, number: int) -> Period:
    found = date(year, month, number)
    return Period(start=found, end=found, precision=Precision.DAY)


def month(year: int, number: int) -> Period:
    following = date(year + number // 12, number % 12 + 1, 1)
    return Period(start=date(year, number, 1), end=following - timedelta(days=1), precision=Precision.MONTH)


def figure(**fields: Any) -> KeyFigure:
    base: dict[str, Any] = {
        "kind": FigureKind.TROOPS,
        "value": Decimal(2500),
        "unit": "soldier",
        "qualifier": Qualifier.EXACT,
        "label": "soldiers in the north",
        "status": Status.ACTUAL,
        "as_of": None,
        "change": None,
        "attribution": None,
        "importance": 0.8,
        "surface": "2,500",
        "span": Span(0, 5),
        "sentence": Span(0, 20),
    }
    return KeyFigure(**{**base, **fields})


def deadline(**fields: Any) -> Deadline:
    base: dict[str, Any] = {
        "due": day(2021, 12, 31),
        "bond": Bond.DEADLINE,
        "qualifier": "by",
        "who": None,
        "what": "combat troops leave the north",
        "importance": 0.7,
        "surface": "the end of the year",
        "span": Span(0, 5),
        "sentence": Span(0, 20),
    }
    return Deadline(**{**base, **fields})


def vector(*parts: float) -> bytes:
    full = np.zeros(VECTOR_SIZE, dtype="<f4")
    full[: len(parts)] = parts
    length = float(np.linalg.norm(full))
    return (full / length if length else full).astype("<f4").tobytes()


def reading(key: str, headline: str, summary: tuple[str, ...] = (), **fields: Any) -> Reading:
    base: dict[str, Any] = {
        "key": key,
        "language": "en",
        "headline": headline,
        "sentences": (),
        "summary": Summary(pieces=tuple(Piece(text=text, spans=()) for text in summary)),
        "topics": (POLITICS,),
        "figures": (),
        "deadlines": (),
        "vector": b"",
        "model": "test",
    }
    return Reading(**{**base, **fields})


def filed(
    story: int,
    headline: str = "Troops leave the north",
    text: str = "About 2,500 soldiers are in the north. They leave by the end of the year.",
    *,
    key: str | None = None,
    outlet: str = "Harbour Wire",
    published: datetime = NOW - timedelta(hours=3),
    link: str | None = "https://t.me/harbourwire/1",
    summary: tuple[str, ...] = (),
    **fields: Any,
) -> FiledArticle:
    name = key or f"{story}:{outlet}:{published.isoformat()}"
    article = Article(key=name, title=headline, text=text, published=published, outlet=outlet, link=link)
    return FiledArticle(article=article, reading=reading(name, headline, summary, **fields), story=story)
