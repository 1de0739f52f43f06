"""The task ``deadlines``: what the deadline book makes of two passages, one entered after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bench.rows import Row, read_pairs
from bot.desk.book import Candidate, DeadlineTie, enter_deadlines
from bot.desk.memory import DeadlineEntry
from models.api import Article, Reader, Reading
from models.reader import EmbeddedReader


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "ties": [{"tie", "from", "to"}]}`` for each pair; the days are the last of either deadline."""
    del examples
    reader: Reader = EmbeddedReader()
    for pair in read_pairs(source):
        earlier, later = (_entries(reader, row, story) for story, row in enumerate((pair.one, pair.other), 1))
        candidates = [Candidate(id=number, telling=entry) for number, entry in enumerate(earlier)]
        verdicts = enter_deadlines(later, candidates)
        yield {
            "id": pair.id,
            "ties": [
                {
                    "tie": verdict.tie.value,
                    "from": earlier[verdict.id].deadline.due.end.isoformat(),
                    "to": entry.deadline.due.end.isoformat(),
                }
                for entry, verdict in zip(later, verdicts, strict=True)
                if verdict.id is not None and verdict.tie not in {DeadlineTie.OTHER, DeadlineTie.ASIDE}
            ],
        }


def _entries(reader: Reader, row: Row, story: int) -> list[DeadlineEntry]:
    article = replace(row.article(), outlet=row.id)
    (reading,) = reader.read([article])
    return [_entry(article, reading, index, story) for index in range(len(reading.deadlines))]


def _entry(article: Article, reading: Reading, index: int, story: int) -> DeadlineEntry:
    deadline = reading.deadlines[index]
    return DeadlineEntry(
        article_key=article.key,
        story=story,
        deadline=deadline,
        sentence=article.text[deadline.sentence.start : deadline.sentence.end],
        outlet=article.outlet,
        link=None,
        published=article.published,
        filed_at=article.published,
        vector=reading.deadline_vectors[index] if reading.deadline_vectors else b"",
    )
