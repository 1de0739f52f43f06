"""Tells texts whose numbers are no news: adverts, and the weather in one line."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Scene
from models.figures.key_words import word_set

_SELLING: Final = word_set("advertisement subscribe discount promo coupon vpn")
_OFFERING: Final = word_set("code save offer only registration places price join")
_WEATHER: Final = word_set(
    "rain snow wind sunny cloudy degrees tonight tomorrow weather drizzle frost showers sunshine fog"
)
_SHORT: Final = 24
_TWO: Final = 2


def is_small_talk(scene: Scene) -> bool:
    """Whether a text sells something, or says in one or two lines what the weather is like."""
    words = scene.vocabulary.keys()
    if words & _SELLING and words & _OFFERING:
        return True
    return len(scene.tokens) <= _SHORT and len(words & _WEATHER) >= _TWO
