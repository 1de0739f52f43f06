"""Reads rows of text and writes predictions, as JSON lines; labels are dropped as a row is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from models.api import Article

_UNKNOWN_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a task may see of a row: never a label."""

    id: str
    text: str
    title: str | None
    published: date | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Row:
        """Take the input fields (id, text, title and the day of publication) out of ``raw``."""
        day = raw.get("published") or raw.get("dct") or raw.get("date")
        return cls(
            id=str(raw["id"]),
            text=str(raw.get("text") or ""),
            title=str(raw["title"]) if raw.get("title") else None,
            published=_day(day),
        )

    @property
    def reference(self) -> date:
        """The day relative dates are counted from; 1 January 2000 where the row has none."""
        return self.published or _UNKNOWN_DAY.date()

    def article(self) -> Article:
        """The row as the article that the bot would read."""
        published = datetime(self.reference.year, self.reference.month, self.reference.day, tzinfo=UTC)
        return Article(key=self.id, title=self.title, text=self.text, published=published)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two rows that may tell one story."""

    id: str
    one: Row
    other: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A text, and a summary of it that it may or may not bear out."""

    id: str
    text: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled row of an ``--examples`` file, as an operator would give it: a text and its main label."""

    text: str
    label: str


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _raw(path: Path) -> Iterator[dict[str, Any]]:
    with _open(path) as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_rows(path: Path) -> list[Row]:
    """Read articles or sentences from a ``.jsonl`` or ``.jsonl.gz`` file."""
    return [Row.of(raw) for raw in _raw(path)]


def read_pairs(path: Path) -> list[PairRow]:
    """Read pairs of articles (``a`` and ``b``)."""
    return [PairRow(id=str(raw["id"]), one=Row.of(raw["a"]), other=Row.of(raw["b"])) for raw in _raw(path)]


def read_claims(path: Path) -> list[ClaimRow]:
    """Read texts with the summaries (``summary``) to be checked against them; what people judged is dropped."""
    return [ClaimRow(id=str(raw["id"]), text=str(raw["text"]), claim=str(raw["summary"])) for raw in _raw(path)]


def read_examples(path: Path) -> list[Example]:
    """Read labelled texts; the first label of a row is the one that counts."""
    return [
        Example(text="\n".join(filter(None, (raw.get("title"), raw.get("text")))), label=str(raw["labels"][0]))
        for raw in _raw(path)
        if raw.get("labels")
    ]


def write(path: Path, predictions: Iterable[Mapping[str, object]]) -> int:
    """Write one prediction a line; say how many."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for prediction in predictions:
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
            count += 1
    return count
