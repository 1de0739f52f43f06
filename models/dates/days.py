"""Rules for days: "Oct. 31, 2018", "last Friday", "late today", "Thanksgiving"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.dates.almanac import holiday, nth_weekday_of, weekday_near
from models.dates.hit import Draft, Hit, Rule
from models.dates.tables import DAY_PARTS, DEICTIC, MONTHS, ORDINALS, WEEKDAY_SHORT, WEEKDAYS, words
from models.dates.tense import Tense
from models.dates.timex import TimexType

_CLEARLY_NEAR_DAYS = 120
_JUST_PAST_DAYS = 21
_NETWORK = re.compile(r"[A-Z]{2,5}")
_DAY_PREPOSITIONS = words("on by until before since from")

NOON = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def _day(value: date, mod: str | None = None) -> Draft:
    return Draft(TimexType.DATE, value.isoformat(), mod)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def nearest_year(hit: Hit, month: int, day: int) -> date:
    """The day nearest to the reference; for days far from it the sentence's tense decides."""
    reference = hit.scene.reference
    choices = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        if month == 2 and day == 29:
            try:
                choices.append(date(year, month, day))
            except ValueError:
                continue
        else:
            choices.append(date(year, month, day))
    if hit.before == "ended":
        return max(choice for choice in choices if choice <= reference)
    best = min(choices, key=lambda choice: abs((choice - reference).days))
    distance = (best - reference).days
    if -_JUST_PAST_DAYS <= distance <= _CLEARLY_NEAR_DAYS:
        return best
    tense = hit.tense()
    if abs(distance) <= _CLEARLY_NEAR_DAYS and tense is not Tense.FUTURE:
        return best
    if tense.ahead:
        return min((choice for choice in choices if choice >= reference), default=best)
    if tense is Tense.PAST:
        return max((choice for choice in choices if choice <= reference), default=best)
    return best


def day_named(hit: Hit) -> date | None:
    """The day that groups ``m``, ``d`` or ``o``, ``y``, ``rel`` name; None where ``rel`` is no year."""
    month = MONTHS[hit.base("m")]
    day = hit.integer("d") if hit.has("d") else _ordinal(hit)
    for group in ("y", "later"):
        if hit.has(group):
            return date(hit.integer(group), month, day)
    if hit.has("rel"):
        shift = {"last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "coming": 1}
        words = hit.words("rel")
        if words[-1].removesuffix("'s") != "year":
            return None
        return date(hit.scene.reference.year + shift.get(words[-2], 0), month, day)
    return nearest_year(hit, month, day)


def _ordinal(hit: Hit) -> int:
    words = hit.words("o")
    if len(words) == 3:
        return {"twenty": 20, "thirty": 30}.get(words[0], 100) + ORDINALS[words[2]]
    return ORDINALS[words[0]]


def month_day(hit: Hit) -> Draft | None:
    """Read "Oct. 31, 2018", "31 October", "March eighth"."""
    if hit.has("w") and hit.word("w") in WEEKDAY_SHORT and not hit.has("m"):
        return None
    day = day_named(hit)
    return _day(day) if day else None


def nth_weekday(hit: Hit) -> Draft | None:
    """Read "the first Monday in May", "the last Sunday of October 2027"."""
    month, weekday = MONTHS[hit.base("m")], WEEKDAYS[hit.base("w")]
    nth = -1 if hit.word("o") == "last" else ORDINALS[hit.word("o")]
    if hit.has("y"):
        return _day(nth_weekday_of(hit.integer("y"), month, weekday, nth))
    year = nearest_year(hit, month, 15).year
    return _day(nth_weekday_of(year, month, weekday, nth))


def last_of_range(hit: Hit) -> Draft | None:
    """Read "-19" of "May 15-19", "to 19" of "May 15 to 19"."""
    memory = hit.scene.memory
    if memory.day is None or memory.end != hit.start:
        return None
    if hit.scene.letter(hit.start) != "-" and hit.scene.letter(hit.end) not in {",", ".", "", "I", "&"}:
        return None
    first = memory.day
    last = date(hit.integer("y") if hit.has("y") else first.year, first.month, hit.integer("d"))
    return Draft(TimexType.DATE, last.isoformat(), skip=1) if last > first else None


def iso_day(hit: Hit) -> Draft | None:
    """Read "2018-10-31", with or without a time glued to it."""
    tokens = hit.scene.tokens
    if not all(tokens[index].glued for index in range(hit.start + 1, hit.end)):
        return None
    value = date(hit.integer("y"), hit.integer("m"), hit.integer("d")).isoformat()
    if not hit.has("h"):
        return Draft(TimexType.DATE, value)
    hour, minute = hit.integer("h"), hit.integer("min")
    return Draft(TimexType.TIME, f"{value}T{hour:02d}:{minute:02d}") if hour < 25 and minute < 60 else None


def slash_day(hit: Hit) -> Draft | None:
    """Read "10/31/2018", "31/10/18", "31.10.2018": American order unless only the other is possible."""
    first, second = hit.integer("a"), hit.integer("b")
    month, day = (first, second) if first <= 12 else (second, first)
    if hit.scene.lower(hit.start + 1) == "." or month > 12:
        month, day = second, first
    return _day(date(_full_year(hit.word("y")), month, day))


def dotted_day(hit: Hit) -> Draft | None:
    """Read "31.10.2018": one token of the tokeniser."""
    pieces = hit.word("n").split(".")
    if len(pieces) != 3 or len(pieces[2]) != 4 or len(pieces[0]) > 2 or len(pieces[1]) > 2:
        return None
    return _day(date(int(pieces[2]), int(pieces[1]), int(pieces[0])))


def _weekday(hit: Hit, name: str, determiner: str) -> date:
    reference = hit.scene.reference
    weekday = WEEKDAYS[name]
    if determiner.endswith(("previous", "preceding")):
        return weekday_near(hit.scene.memory.day or reference, weekday, ahead=False, strict=True)
    if determiner.endswith(("following", "subsequent")):
        return weekday_near(hit.scene.memory.day or reference, weekday, ahead=True, strict=True)
    if determiner.endswith(("last", "past", "prior")):
        return weekday_near(reference, weekday, ahead=False, strict=True)
    if determiner.endswith(("next", "coming", "upcoming")):
        return weekday_near(reference, weekday, ahead=True, strict=True)
    tense = Tense.PAST if (hit.scene.lower(hit.start - 2), hit.before) == ("as", "of") else hit.tense()
    if determiner == "this" and tense is Tense.UNKNOWN:
        tense = Tense.FUTURE
    return near(reference, weekday, tense)


def near(reference: date, weekday: int, tense: Tense) -> date:
    """A weekday without more: yesterday rather than in six days, tomorrow rather than six days ago.

    What is stamped with yesterday's date (in UTC, or on the eve of printing) is told as of today, so even in the past
    tense the name of tomorrow's weekday is tomorrow.
    """
    back = (reference.weekday() - weekday) % 7
    if back == 1 and tense is Tense.LIKELY:
        return reference - timedelta(days=1)
    if back == 6:
        return reference + timedelta(days=1)
    return weekday_near(reference, weekday, ahead=tense.ahead)


def weekday(hit: Hit) -> Draft | None:
    """Read "Friday", "last Friday", "late Monday", "Thursday evening", "Saturday night"."""
    name = hit.base("w")
    if name in WEEKDAY_SHORT or (hit.has("on") and hit.word("on") != "on"):
        return None
    day = _weekday(hit, name, " ".join(hit.words("det")))
    part = hit.base("p")
    if part in DAY_PARTS:
        mod, _ = hit.modifier()
        return Draft(TimexType.TIME, f"{day.isoformat()}T{DAY_PARTS[part]}", mod)
    if part:
        return Draft(TimexType.TIME, f"{day.isoformat()}{NOON[part]}")
    mod, _ = hit.modifier()
    return _day(day, mod)


def deictic(hit: Hit) -> Draft | None:
    """Read "yesterday", "late today", "tomorrow morning", "tonight", but not "USA Today"."""
    word = hit.base("k")
    if hit.scene.text_of(hit.match.start("k")) == "Today" and _NETWORK.fullmatch(hit.scene.text_of(hit.start - 1)):
        return None
    day = hit.scene.reference + timedelta(days=DEICTIC[word])
    mod, _ = hit.modifier()
    part = hit.base("p")
    if part in DAY_PARTS:
        return Draft(TimexType.TIME, f"{day.isoformat()}T{DAY_PARTS[part]}", mod)
    if part:
        return Draft(TimexType.TIME, f"{day.isoformat()}{NOON[part]}")
    if word == "tonight":
        return Draft(TimexType.TIME, f"{day.isoformat()}TNI", mod)
    return _day(day, mod)


def beyond(hit: Hit) -> Draft | None:
    """Read "the day after tomorrow", "the day before yesterday"."""
    word, side = hit.base("k"), {"before": -1, "after": 1}.get(hit.word("side"))
    if hit.word("u") != "day" or side is None or side != DEICTIC[word]:
        return None
    return _day(hit.scene.reference + timedelta(days=2 * side))


def holy_day(hit: Hit) -> Draft | None:
    """Read "Thanksgiving", "New Year's Eve", "Labor Day"."""
    words = " ".join(hit.words("n"))
    name = words if holiday(words, 2000) else words.removesuffix("'s")
    reference = hit.scene.reference
    if hit.has("y"):
        day = holiday(name, hit.integer("y"))
        return _day(day) if day else None
    choices = [day for shift in (-1, 0, 1) if (day := holiday(name, reference.year + shift)) is not None]
    if not choices:
        return None
    determiner, tense = hit.word("det"), hit.tense()
    if determiner == "last" or (not determiner and tense is Tense.PAST):
        return _day(max(day for day in choices if day <= reference))
    if determiner == "next" or tense.ahead:
        return _day(min(day for day in choices if day >= reference))
    return _day(min(choices, key=lambda day: abs((day - reference).days)))


def day_of_month(hit: Hit) -> Draft | None:
    """Read "on the 15th"."""
    if hit.before not in _DAY_PREPOSITIONS:
        return None
    month = hit.scene.memory.month or hit.scene.reference
    return _day(date(month.year, month.month, hit.integer("d")))


RULES = (
    Rule(r"(?P<y>Y)-(?P<m>D)-(?P<d>D)(?:_(?P<h>[DN]):(?P<min>[DN])(?::[DN])?)?", iso_day),
    Rule(r"(?P<y>Y)-(?P<m>D)-(?P<d>D)", iso_day),
    Rule(r"(?P<a>D)/(?P<b>D)/(?P<y>Y|N|D)", slash_day),
    Rule(r"(?P<n>@)", dotted_day),
    Rule(
        r"(?:T?x)?(?:(?P<w>W)\.?,?)?(?P<m>M)\.?(?P<d>D)h?(?:,?(?P<y>Y)(?!s)|(?=-D,?(?P<later>Y))|,?(?P<rel>t?[lxg][uy]|Tu))?(?!:[DN]|r)",
        month_day,
    ),
    Rule(r"(?:T?x)?(?:(?P<w>W)\.?,?)?(?P<m>M)\.?t?(?P<o>c-o|o)(?:,(?P<y>Y))?", month_day),
    Rule(r"(?:(?P<w>W)\.?,?)?t?(?P<d>D)h?f?(?P<m>M)\.?(?:,?(?P<y>Y)(?!s)|,?(?P<rel>t?[lxg][uy]|Tu))?", month_day),
    Rule(r"(?P<d>D)(?=-D(?P<m>M)\.?(?:,?(?P<y>Y))?)", month_day),
    Rule(r"t(?P<o>o|l)(?P<w>W)[fI](?P<m>M)(?:,?(?P<y>Y))?", nth_weekday),
    Rule(r"[-+0](?P<d>D)(?:,(?P<y>Y))?", last_of_range),
    Rule(r"(?:(?P<w>W)\.?,?)?t?(?P<o>c-o|o)f?(?P<m>M)(?:,?(?P<y>Y))?", month_day),
    Rule(r"(?:(?P<mod>e|b)(?:-|I|(?P<on>_)(?=W))?)?(?P<det>t?[lx]|T[lx]|T|z)?(?P<w>W)(?P<p>[pn])?", weekday),
    Rule(r"(?:(?P<mod>e|b)-?)?(?P<k>d)(?P<p>[pn])?", deictic),
    Rule(r"t(?P<u>u)(?P<side>B)(?P<k>d)", beyond),
    Rule(r"(?P<det>[lx])?(?P<n>X[%uW]|\$y?[u%W]|\$y|X)(?:,?(?P<y>Y))?", holy_day),
    Rule(r"t(?P<d>D)h(?=[.,&B+0]|$)", day_of_month),
)
"""In the order in which they are tried."""
