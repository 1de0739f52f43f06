"""Rules for days and times of day: "Oct. 31, 2018", "last Friday", "10:30 a.m. EDT Monday", "Thanksgiving"."""

from __future__ import annotations

from datetime import date, timedelta

from models.dates.almanac import holiday, nth_weekday_of, weekday_near
from models.dates.hit import Draft, Hit, Rule
from models.dates.tables import DAY_PARTS, DEICTIC, MONTHS, ORDINALS, WEEKDAY_SHORT, WEEKDAYS, words
from models.dates.tense import Tense
from models.dates.timex import TimexType

_CLEARLY_NEAR_DAYS = 120
_JUST_PAST_DAYS = 21
_CLOCK_PREPOSITIONS = words("at by until till around about from before after since")
_DAY_PREPOSITIONS = words("on by until before since from")

# A day as it follows a clock time: "5 p.m. EST, Nov. 6", "noon Thursday", "10 p.m. yesterday".
_DAY = r"(?:(?P<w>W)|(?P<m>M)\.?(?P<d>D)h?(?:,(?P<y>Y))?|(?P<k>d))"


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


def _month_day(hit: Hit) -> date | None:
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
    day = _month_day(hit)
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
    tense = hit.tense()
    if determiner == "this" and tense is Tense.UNKNOWN:
        tense = Tense.FUTURE
    return _near(reference, weekday, tense)


def _near(reference: date, weekday: int, tense: Tense) -> date:
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
        return Draft(TimexType.TIME, f"{day.isoformat()}{_NOON[part]}")
    mod, _ = hit.modifier()
    return _day(day, mod)


_NOON = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def deictic(hit: Hit) -> Draft | None:
    """Read "yesterday", "late today", "tomorrow morning", "tonight"."""
    word = hit.base("k")
    day = hit.scene.reference + timedelta(days=DEICTIC[word])
    mod, _ = hit.modifier()
    part = hit.base("p")
    if part in DAY_PARTS:
        return Draft(TimexType.TIME, f"{day.isoformat()}T{DAY_PARTS[part]}", mod)
    if part:
        return Draft(TimexType.TIME, f"{day.isoformat()}{_NOON[part]}")
    if word == "tonight":
        return Draft(TimexType.TIME, f"{day.isoformat()}TNI", mod)
    return _day(day, mod)


def _spoken_day(hit: Hit) -> date:
    """The day a time of day belongs to: the one beside it, else the last one mentioned close by, else today."""
    if hit.has("w"):
        return _near(hit.scene.reference, WEEKDAYS[hit.base("w")], hit.tense())
    if hit.has("m"):
        day = _month_day(hit)
        if day:
            return day
    if hit.has("k"):
        return hit.scene.reference + timedelta(days=DEICTIC[hit.base("k")])
    follows = hit.scene.lower(hit.end + 1).removesuffix("'s")
    letters = hit.scene.classes[hit.end + 1 : hit.end + 4].replace(".", "")
    if hit.after == "on" and letters.startswith("W"):
        return _near(hit.scene.reference, WEEKDAYS[follows], hit.tense())
    if hit.after == "on" and letters.startswith("MD"):
        number = hit.scene.lower(hit.end + 2) if hit.scene.letter(hit.end + 2) == "D" else hit.scene.lower(hit.end + 3)
        return nearest_year(hit, MONTHS[follows], int(number))
    return hit.scene.memory.day or hit.scene.reference


def clock(hit: Hit) -> Draft | None:
    """Read "10:30 a.m. EDT Monday", "5 p.m.", "14:30 GMT", "1430 GMT"."""
    if hit.has("w") and hit.base("w") in WEEKDAY_SHORT:
        return None
    hour = hit.integer("h")
    minute = hit.integer("min") if hit.has("min") else 0
    if hit.has("r"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit.word("r").startswith("p") else 0)
    elif not hit.has("z") and (hit.before not in _CLOCK_PREPOSITIONS or len(hit.word("min")) != 2):
        return None
    if hour >= 24 or minute >= 60:
        return None
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}T{hour:02d}:{minute:02d}")


def military_clock(hit: Hit) -> Draft | None:
    """Read "1430 GMT"."""
    digits = hit.word("n")
    if len(digits) != 4 or not digits.isdigit() or int(digits[:2]) >= 24 or int(digits[2:]) >= 60:
        return None
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}T{digits[:2]}:{digits[2:]}")


def oclock(hit: Hit) -> Draft | None:
    """Read "nine o'clock": the half of the day is not known."""
    hour = hit.integer("h")
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}T{hour:02d}:00") if hour < 25 else None


def noon(hit: Hit) -> Draft | None:
    """Read "noon Thursday", "midnight"; "Jamie Noon" is a man."""
    if hit.scene.text_of(hit.start)[0].isupper() and hit.scene.text_of(hit.start - 1)[:1].isalpha():
        return None
    if hit.has("w") and hit.base("w") in WEEKDAY_SHORT:
        return None
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}{_NOON[hit.base('n')]}")


def day_part(hit: Hit) -> Draft | None:
    """Read "this morning", "last night", "the evening", "overnight", "mid afternoon"."""
    day = hit.scene.reference
    determiner = hit.word("det")
    mod, _ = hit.modifier()
    if hit.has("o"):
        return Draft(TimexType.TIME, f"{day.isoformat()}TNI")
    part = hit.base("p")
    if determiner == "last":
        day -= timedelta(days=1)
    elif determiner in {"next", "following"}:
        day = (hit.scene.memory.day or day) + timedelta(days=1)
    elif determiner in {"that", "the", "previous", ""}:
        if determiner in {"the", ""} and hit.before not in {"in", "by", "during", "into", "until", "through"}:
            return None
        day = hit.scene.memory.day or day
    return Draft(TimexType.TIME, f"{day.isoformat()}T{DAY_PARTS[part]}", mod)


def part_of_day(hit: Hit) -> Draft | None:
    """Read "mid-afternoon yesterday", "the evening of Thursday"."""
    mod, _ = hit.modifier()
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}T{DAY_PARTS[hit.base('p')]}", mod)


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
    Rule(rf"(?P<h>D)(?::(?P<min>[DN]))?(?P<r>r)(?P<z>G)?,?{_DAY}", clock),
    Rule(rf"(?P<h>[DN]):(?P<min>[DN])(?P<z>G)?,?{_DAY}", clock),
    Rule(r"(?P<h>D)(?::(?P<min>[DN]))?(?P<r>r)(?P<z>G)?", clock),
    Rule(r"(?P<h>[DN]):(?P<min>[DN])(?::[DN])?(?P<z>G)?", clock),
    Rule(r"(?P<n>[YN])G", military_clock),
    Rule(r"(?P<h>D)4", oclock),
    Rule(rf"(?P<n>n),?{_DAY}", noon),
    Rule(r"(?P<n>n)", noon),
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
    Rule(r"(?:(?P<mod>e|b)-?)?(?P<det>T|l|x|z|t[lx])(?P<p>p)", day_part),
    Rule(r"(?P<det>t)?(?:(?P<mod>e)-?)?(?P<p>p)", day_part),
    Rule(rf"t?(?:(?P<mod>e)-?)?(?P<p>p)(?:,|f)?{_DAY}", part_of_day),
    Rule(r"(?P<o>w)", day_part),
    Rule(r"(?P<det>[lx])?(?P<n>X[%uW]|\$y?[u%W]|\$y|X)(?:,?(?P<y>Y))?", holy_day),
    Rule(r"t(?P<d>D)h(?=[.,&B+0]|$)", day_of_month),
)
"""In the order in which they are tried."""
