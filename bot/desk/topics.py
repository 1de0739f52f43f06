"""The topics a reader can choose: the 17 top-level IPTC Media Topics (CC BY 4.0, IPTC)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "medtop:01000000": "arts, culture, entertainment and media",
        "medtop:02000000": "crime, law and justice",
        "medtop:03000000": "disaster, accident and emergency incident",
        "medtop:04000000": "economy, business and finance",
        "medtop:05000000": "education",
        "medtop:06000000": "environment",
        "medtop:07000000": "health",
        "medtop:08000000": "human interest",
        "medtop:09000000": "labour",
        "medtop:10000000": "lifestyle and leisure",
        "medtop:11000000": "politics",
        "medtop:12000000": "religion",
        "medtop:13000000": "science and technology",
        "medtop:14000000": "society",
        "medtop:15000000": "sport",
        "medtop:16000000": "conflict, war and peace",
        "medtop:17000000": "weather",
    }
)
"""Code to English name, in the order of the codes. Names are IPTC's own."""

OTHER_TOPIC = "sitrep:other"
"""The section of stories that were filed under no topic."""
OTHER_NAME = "other news"


NO_TOPIC = "sitrep:none"
"""Chosen alone by a reader who wants no topic, only what holds the words they follow: no story is filed under it."""

OWN_PREFIX = "own:"
"""What the codes of an operator's own topics begin with, their name behind it."""


def topic_name(code: str) -> str:
    """The name of a topic code; the code itself where it is unknown."""
    return OTHER_NAME if code == OTHER_TOPIC else TOPICS.get(code, code.removeprefix(OWN_PREFIX))
