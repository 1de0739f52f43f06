"""Knows the days of occasions that texts give by name alone: "before the midterms", "by Christmas", "until Ramadan"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from models.api import Period, Precision, Span
from models.dates.almanac import holiday, nth_weekday_of
from models.dates.tables import words
from models.dates.tense import tense_at
from models.dates.timex import Timex, TimexType
from models.tokens import Kind, Token

_BEFORE: Final = words("before by until till")
_DETERMINERS: Final = words("the this next november's november’s america's america’s")
_NATION: Final = words("us u.s. american america's america’s")
_ASKING: Final = words(
    "wants want needs need must should will would can may could plans aims hopes seeks vowed vows pledged pledges promised promises asked urged ordered agreed to"
)
_REACH: Final = 30
_YEARS_AHEAD: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_TUESDAY, _MONDAY = 1, 0
_ISLAMIC_EPOCH: Final = date(622, 7, 19).toordinal() - 1
"""The day before 1 Muharram of the year 1 in the proleptic Gregorian calendar, in the tabular (civil) reckoning."""

_RAMADAN: Final = (9, 1)
_EID_AL_FITR: Final = (10, 1)
_EID_AL_ADHA: Final = (12, 10)


class Occasion(NamedTuple):
    """The words of an occasion, when it is in a year (None where it is not), and by how much its day may be off."""

    names: tuple[tuple[str, ...], ...]
    day: Callable[[int], date | None]
    margin: int = 0
    national: bool = False
    """Whether another country may mean another day: the text must say "US" or "American" before it."""


def election_day(year: int) -> date:
    """The Tuesday after the first Monday of November (2 U.S.C. 7)."""
    return nth_weekday_of(year, 11, _MONDAY, 1) + _ONE_DAY


def midterms(year: int) -> date | None:
    """The midterm elections of the United States: in even years that elect no president."""
    return election_day(year) if year % 4 == 2 else None


def islamic(year: int, month: int, day: int) -> date | None:
    """A day of the tabular Islamic calendar that falls into a Gregorian year, the first if two do.

    The sighting of the moon may make it a day earlier or later.
    """
    about = (year - 622) * 33 // 32
    for hijri in range(about - 1, about + 3):
        found = _hijri(hijri, month, day)
        if found.year == year:
            return found
    return None


def _hijri(year: int, month: int, day: int) -> date:
    months = (59 * (month - 1) + 1) // 2
    return date.fromordinal(_ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + months + day)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches, by the rule of Meeus for the Julian calendar; right until 2099."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


_TABLE: Final = (
    Occasion((("midterms",), ("midterm", "elections"), ("midterm", "election")), midterms),
    Occasion((("presidential", "election"),), lambda year: None if year % 4 else election_day(year), national=True),
    Occasion((("inauguration", "day"),), lambda year: date(year, 1, 20) if year % 4 == 1 else None),
    Occasion((("ramadan",),), lambda year: islamic(year, *_RAMADAN), margin=1),
    Occasion((("eid", "al-fitr"), ("eid", "al", "-", "fitr")), lambda year: islamic(year, *_EID_AL_FITR), margin=1),
    Occasion((("eid", "al-adha"), ("eid", "al", "-", "adha")), lambda year: islamic(year, *_EID_AL_ADHA), margin=1),
    Occasion((("orthodox", "easter"),), orthodox_easter),
)
_FIRST: Final = frozenset(name[0] for one in _TABLE for name in one.names)


def name_days(text: str, tokens: Sequence[Token], timexes: Sequence[Timex], reference: date) -> list[Timex]:
    """The expressions of a text, with the occasions that something is to be done before.

    An occasion without a day of its own in the text is the next one from ``reference``, and only counted where the
    sentence looks ahead: "lost votes before the midterms" is no deadline. Holidays are moved to the next year likewise.

    Args:
        text: The article's text.
        tokens: Its tokens.
        timexes: What was found in it, in its order.
        reference: The day the text speaks on.
    """
    starts = {token.start: k for k, token in enumerate(tokens)}
    kept = [_next_holiday(tokens, starts, timex, reference) for timex in timexes]
    named = [one for one in _occasions(text, tokens, reference) if not _taken(one.span, kept)]
    return sorted([*kept, *named], key=lambda timex: timex.span) if named else kept


def _taken(span: Span, timexes: Sequence[Timex]) -> bool:
    """Whether one of the expressions, in their order, overlaps a span."""
    k = bisect_left(timexes, span.end, key=lambda timex: timex.span.start)
    return k > 0 and timexes[k - 1].span.end > span.start


def _next_holiday(tokens: Sequence[Token], starts: dict[int, int], timex: Timex, reference: date) -> Timex:
    """A holiday that something is to be done by: not the one that has passed."""
    k = starts.get(timex.span.start)
    if timex.period is None or timex.period.end >= reference or k is None or tokens[k - 1].lower not in _BEFORE:
        return timex
    name = timex.surface.lower().replace("’", "'")
    day = _next(lambda year: holiday(name, year), reference)
    return timex if day is None or not _ahead(tokens, k) else _dated(timex.span, timex.surface, day, 0)


def _occasions(text: str, tokens: Sequence[Token], reference: date) -> Iterator[Timex]:
    for k, token in enumerate(tokens):
        if token.lower not in _FIRST or k == 0:
            continue
        for one in _TABLE:
            name = next((name for name in one.names if _reads(tokens, k, name)), None)
            begin = k
            nation = False
            while begin > 0 and k - begin < 3 and tokens[begin - 1].lower in _DETERMINERS | _NATION:
                nation = nation or tokens[begin - 1].lower in _NATION
                begin -= 1
            if name is None or begin == 0 or tokens[begin - 1].lower not in _BEFORE or (one.national and not nation):
                continue
            day = _next(one.day, reference)
            if day is not None and _ahead(tokens, begin):
                span = Span(tokens[begin].start, tokens[k + len(name) - 1].end)
                yield _dated(span, text[span.start : span.end], day, one.margin)
            break


def _reads(tokens: Sequence[Token], k: int, name: tuple[str, ...]) -> bool:
    return [token.lower for token in tokens[k : k + len(name)]] == list(name)


def _ahead(tokens: Sequence[Token], k: int) -> bool:
    """Whether the clause before token ``k`` tells of what is to be done."""
    near: list[str] = []
    for token in reversed(tokens[max(0, k - _REACH) : k]):
        if token.kind is Kind.SIGN and token.text in ".!?;":
            break
        near.append(token.lower)
    return tense_at(tokens, k, k + 1).ahead or not _ASKING.isdisjoint(near)


def _next(day_of: Callable[[int], date | None], reference: date) -> date | None:
    years = range(reference.year, min(reference.year + _YEARS_AHEAD, date.max.year))
    return next((day for year in years if (day := day_of(year)) is not None and day > reference), None)


def _dated(span: Span, surface: str, day: date, margin: int) -> Timex:
    start, end = day - timedelta(days=margin), day + timedelta(days=margin)
    precision = Precision.INTERVAL if margin else Precision.DAY
    return Timex(
        type=TimexType.DATE,
        value=day.isoformat(),
        mod=None,
        span=span,
        surface=surface,
        period=Period(start=start, end=end, precision=precision),
    )
