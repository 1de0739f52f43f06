"""Owns what "daily", "twice a day" or "weekly" mean for hours and days."""

from collections.abc import Callable
from datetime import time

from bot.delivery.schedule import EVERY_DAY
from bot.newsroom import choices
from bot.store import Subscriber
from bot.telegram.schedule import WEEKDAYS
from bot.telegram.spans import FrequencyRequest

MONDAY = 0
_APART_HOURS = 12


def frequency_step(request: FrequencyRequest) -> Callable[[Subscriber], Subscriber]:
    """The step from settings to settings that a wish comes to: the first hour stays, and one day that was chosen."""

    def step(known: Subscriber) -> Subscriber:
        first, kept = known.times[0], known.wishes.days
        match request.often:
            case "daily":
                return choices.schedule(known, times=[first], days=EVERY_DAY)
            case "weekdays":
                return choices.schedule(known, times=[first], days=WEEKDAYS)
            case "twice":
                return choices.schedule(known, times=_twice(known.times), days=EVERY_DAY)
            case _:
                only = kept if len(kept) == 1 else frozenset({MONDAY})
                day = only if request.day is None else frozenset({request.day})
                return choices.schedule(known, times=[first], days=day)

    return step


def _twice(times: tuple[time, ...]) -> list[time]:
    first = times[0]
    other = times[-1] if len(times) > 1 else first.replace(hour=(first.hour + _APART_HOURS) % 24)
    return [first, other]
