"""The task ``ledger``: what the desk makes of two figures of two passages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.desk.memory import Entry
from bot.desk.subjects import says_correction
from bot.desk.ties import relate
from models.facts import read_facts
from models.sentences import split_sentences


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "relation"}`` for each pair; the relation is None where a marked figure was not found."""
    del examples
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            row: Mapping[str, Any] = json.loads(line)
            one, other = _entry(row["one"], "one"), _entry(row["other"], "other")
            relation = None
            if one is not None and other is not None:
                relation = relate(one, other, akin=row["together"]).value.replace(" ", "_")
            yield {"id": row["id"], "relation": relation}


def _entry(side: Mapping[str, Any], key: str) -> Entry | None:
    """The marked figure of a passage as the desk would file it; None where the finders did not find it."""
    text: str = side["text"]
    published = datetime.fromisoformat(side["published"])
    start, end = side["start"], side["start"] + len(side["surface"])
    for figure in read_facts(text, split_sentences(text), published.date()).figures:
        if figure.span.start < end and start < figure.span.end:
            return Entry(
                article_key=key,
                story=1,
                figure=figure,
                sentence=" ".join(text[slice(*figure.sentence)].split()),
                outlet=side["outlet"],
                link=None,
                published=published,
                filed_at=published,
                corrects=says_correction(text),
            )
    return None
