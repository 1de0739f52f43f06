"""The 17 top-level IPTC Media Topics: codes, English names, definitions (CC BY 4.0, IPTC)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple


class MediaTopic(NamedTuple):
    """A Media Topic: ``code`` is ``medtop:`` and eight digits."""

    code: str
    name: str
    definition: str


@cache
def media_topics() -> tuple[MediaTopic, ...]:
    """The 17 topics of the first level, by code."""
    table = json.loads(Path(__file__).with_name("iptc.json").read_text(encoding="utf-8"))
    return tuple(MediaTopic(**topic) for topic in table["topics"])
