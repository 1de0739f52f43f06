"""Rules for times of day: "10:30 a.m. EDT Monday", "noon Thursday", "last night", "the evening of Nov. 20"."""

from __future__ import annotations

from datetime import date, timedelta

from models.dates.days import NOON, day_named, near, nearest_year
from models.dates.hit import Draft, Hit, Rule
from models.dates.tables import DAY_PARTS, DEICTIC, MONTHS, WEEKDAY_SHORT, WEEKDAYS, words
from models.dates.timex import TimexType

_CLOCK_PREPOSITIONS = words("at by until till around about from before after since")

# A day as it follows a clock time: "5 p.m. EST, Nov. 6", "noon Thursday", "10 p.m. yesterday".
_DAY = r"(?:(?P<w>W)|(?P<m>M)\.?(?P<d>D)h?(?:,(?P<y>Y))?|(?P<k>d))"


def _spoken_day(hit: Hit) -> date:
    """The day a time of day belongs to: the one beside it, else the last one mentioned close by, else today."""
    if hit.has("w"):
        return near(hit.scene.reference, WEEKDAYS[hit.base("w")], hit.tense())
    if hit.has("m"):
        day = day_named(hit)
        if day:
            return day
    if hit.has("k"):
        return hit.scene.reference + timedelta(days=DEICTIC[hit.base("k")])
    named = _day_after_on(hit) if hit.after == "on" else None
    return named or hit.scene.memory.day or hit.scene.reference


def _day_after_on(hit: Hit) -> date | None:
    """The day of "noon on Thursday", "midnight on December 1", "midnight on 1 December"."""
    scene, at = hit.scene, hit.end + 1
    letters = scene.classes[at : at + 3].replace(".", "")
    first = scene.lower(at).removesuffix("'s")
    if letters.startswith("W"):
        return near(scene.reference, WEEKDAYS[first], hit.tense())
    if letters.startswith("MD"):
        return nearest_year(hit, MONTHS[first], int(scene.lower(at + 1 if scene.letter(at + 1) == "D" else at + 2)))
    if letters.startswith("DM"):
        return nearest_year(hit, MONTHS[scene.lower(at + 1)], int(first))
    return None


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
    return Draft(TimexType.TIME, f"{_spoken_day(hit).isoformat()}{NOON[hit.base('n')]}")


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


RULES = (
    Rule(rf"(?P<h>D)(?::(?P<min>[DN]))?(?P<r>r)(?P<z>G)?,?{_DAY}", clock),
    Rule(rf"(?P<h>[DN]):(?P<min>[DN])(?P<z>G)?,?{_DAY}", clock),
    Rule(r"(?P<h>D)(?::(?P<min>[DN]))?(?P<r>r)(?P<z>G)?", clock),
    Rule(r"(?P<h>[DN]):(?P<min>[DN])(?::[DN])?(?P<z>G)?", clock),
    Rule(r"(?P<n>[YN])G", military_clock),
    Rule(r"(?P<h>D)4", oclock),
    Rule(rf"(?P<n>n),?{_DAY}", noon),
    Rule(r"(?P<n>n)", noon),
    Rule(r"(?:(?P<mod>e|b)-?)?(?P<det>T|l|x|z|t[lx])(?P<p>p)", day_part),
    Rule(r"(?P<det>t)?(?:(?P<mod>e)-?)?(?P<p>p)", day_part),
    Rule(rf"t?(?:(?P<mod>e)-?)?(?P<p>p)(?:,|f)?{_DAY}", part_of_day),
    Rule(r"(?P<o>w)", day_part),
)
"""In the order in which they are tried."""
