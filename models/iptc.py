"""The IPTC Media Topics of the first and second level: codes, English names, definitions (CC BY 4.0, IPTC)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class MediaTopic(NamedTuple):
    """A Media Topic of the first level: ``code`` is ``medtop:`` and eight digits."""

    code: str
    name: str
    definition: str


class NarrowTopic(NamedTuple):
    """A Media Topic of the second level, and the code of its topic of the first."""

    code: str
    name: str
    top: str


@cache
def media_topics() -> tuple[MediaTopic, ...]:
    """The 17 topics of the first level, by code."""
    return tuple(MediaTopic(**topic) for topic in _table()["topics"])


@cache
def narrow_topics() -> tuple[NarrowTopic, ...]:
    """The 121 topics of the second level, by code."""
    return tuple(NarrowTopic(**topic) for topic in _table()["second"])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(__file__).with_name("iptc.json").read_text(encoding="utf-8"))
    return table
