"""Rules for lengths of time, repeated times and vague times: "six months", "every day", "recently", "two weeks ago"."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from models.dates.almanac import add_months, month_value, week_value
from models.dates.hit import Draft, Hit, Rule
from models.dates.scene import Scene
from models.dates.tables import CARDINALS, LENGTHS, MONTHS, ORDINALS, PLURALS, SEASONS, SETS, UNITS, WEEKDAYS, words
from models.dates.timex import TimexType

NUMBER = r"(?:[DNY](?:D/D)?|c(?:-?c){0,7}(?:0aH)?|ac)"
"""Classes of a number in digits or words: "12", "2 1/2", "twenty-four", "a hundred"."""

_BARE_BEFORE = words("for within in over after of take takes took last lasted lasts spent until many")
_BARE_AFTER = words("of ago later after before or ahead earlier")
_RATE_BEFORE = words(
    "once twice times million billion trillion thousand percent % people barrels tons tonnes dollars euros"
)
_AFTER_THE_PAST = words("it he she they we i you and but when has have had is was were that as by have been")
_NOT_COUNTED = words("less this does lasts takes has perhaps yes")
_DAYS = {"D": 1, "W": 7, "2W": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_HALVES = {"Y": "6M", "H": "30M", "I": "30S", "D": "T12H"}
_MODALS = words("will would could can may might shall should")
_TOO_LONG = 12
_NEAR = 120
_FAR = 250
_DAYS_TO_PAST = 366 * 9999


def number_of(scene: Scene, start: int, end: int) -> Fraction | None:
    """The number that the tokens ``[start, end)`` spell; None where they spell none."""
    words = [scene.lower(index) for index in range(start, end)]
    if not words or len(words) > _TOO_LONG:
        return None
    first = words[0].replace(",", "")
    if first[:1].isdigit():
        if len(first) > _TOO_LONG or first.count(".") > 1:
            return None
        value = Fraction(first)
        if len(words) == 4 and int(words[3]):
            value += Fraction(int(words[1]), int(words[3]))
        return value
    total = current = 0
    half = "half" in words
    for word in words:
        if word in {"a", "an"}:
            current = 0 if half else 1
        size = CARDINALS.get(word)
        if size is None:
            continue
        if size >= 1000:
            total += max(current, 1) * size
            current = 0
        elif size == 100 or (size == 12 and word == "dozen"):
            current = max(current, 1) * size
        else:
            current += size
    return Fraction(total + current) + (Fraction(1, 2) if half else 0)


def unit_of(word: str) -> str:
    """The unit letter of a word such as "years", "year's", "quarter"."""
    base = word.removesuffix("'s")
    return UNITS[PLURALS.get(base, base)]


def length(amount: Fraction | None, unit: str) -> str:
    """A TIMEX3 duration; ``amount`` of None is an unknown number (``PXM``)."""
    clock = "T" if unit in {"H", "I", "S"} else ""
    letter = "M" if unit == "I" else unit
    if unit == "2W":
        amount, letter = (amount * 2 if amount is not None else None), "W"
    if amount is None:
        return f"P{clock}X{letter}"
    if unit == "E":
        amount, letter = amount * 10, "Y"
    elif unit == "C":
        amount, letter = amount * 100, "Y"
    whole, rest = divmod(amount, 1)
    if rest == 0:
        return f"P{clock}{whole}{letter}"
    if rest == Fraction(1, 2) and unit in _HALVES:
        return f"P{clock}{f'{whole}{letter}' if whole else ''}{_HALVES[unit]}"
    return f"P{clock}{float(amount):g}{letter}"


def _amount(hit: Hit) -> Fraction | None:
    return number_of(hit.scene, *hit.match.span("n")) if hit.has("n") else None


def _couple(hit: Hit) -> bool:
    return "couple" in hit.words("v")


def duration(hit: Hit) -> Draft | None:
    """Read "six months", "2 1/2 years", "the past two years", "a three-year", "several weeks"."""
    unit = unit_of(hit.word("u"))
    if unit == "Q" and hit.has("hyphen") and hit.word("u") == "quarters":
        return None
    if hit.has("n") and hit.base("u") == hit.word("u") and hit.word("u") in UNITS and not hit.has("hyphen"):
        amount = _amount(hit)
        if amount is None or (amount != 1 and amount >= 100):
            return None
    aged = hit.has("old") or "old" in {hit.after, hit.scene.lower(hit.end + 1) if hit.after == "-" else ""}
    if aged and unit in {"Y", "S"}:
        return None
    if hit.before == "as" and "many" in hit.words("v"):
        return None
    if _couple(hit):
        return Draft(TimexType.DURATION, length(Fraction(2), unit), "APPROX")
    return Draft(TimexType.DURATION, length(_amount(hit), unit))


def one_day(hit: Hit) -> Draft | None:
    """Read "will one day be": some day to come."""
    some = hit.scene.lower(hit.start) == "one" and hit.word("u") == "day" and hit.before in _MODALS
    return Draft(TimexType.DATE, "FUTURE_REF") if some else None


def a_unit(hit: Hit) -> Draft | None:
    """Read "a week": a length, or after a rate ("40 a week") how often."""
    unit = unit_of(hit.word("u"))
    if hit.word("u").endswith("'s"):
        return None
    plural = (
        hit.after not in _BARE_AFTER | {"from"}
        and hit.before.endswith("s")
        and len(hit.before) > 3
        and hit.before not in _NOT_COUNTED
    )
    if plural or hit.before in _RATE_BEFORE or hit.scene.letter(hit.start - 1) in {"D", "N", "Y", "c"}:
        return Draft(TimexType.SET, length(Fraction(1), unit))
    if hit.has("half"):
        return Draft(TimexType.DURATION, length(Fraction(3, 2), unit))
    return Draft(TimexType.DURATION, length(Fraction(1), unit))


def half_unit(hit: Hit) -> Draft | None:
    """Read "half a year", "half an hour", "a half-hour"."""
    return Draft(TimexType.DURATION, length(Fraction(1, 2), unit_of(hit.word("u"))))


def long_unit(hit: Hit) -> Draft | None:
    """Read "yearlong", "day-long"."""
    if hit.has("k"):
        return Draft(TimexType.DURATION, LENGTHS[hit.word("k")])
    long = hit.scene.lower(hit.end - 1) == "long"
    return Draft(TimexType.DURATION, length(Fraction(1), unit_of(hit.word("u")))) if long else None


def bare_units(hit: Hit) -> Draft | None:
    """Read "for years", "weeks of talks"."""
    if hit.before not in _BARE_BEFORE and hit.after not in _BARE_AFTER:
        return None
    if hit.after == "old":
        return None
    return Draft(TimexType.DURATION, length(None, unit_of(hit.word("u"))))


def ago(hit: Hit) -> Draft | None:
    """Read "two weeks ago", "a year ago", "several years ago", "a month from now"."""
    unit = unit_of(hit.word("u"))
    ahead = hit.has("ahead")
    amount = _amount(hit) if hit.has("n") else None if hit.has("v") or not hit.has("a") else Fraction(1)
    if _couple(hit):
        amount = Fraction(2)
    if amount is None or unit in {"H", "I", "S"}:
        return Draft(TimexType.DATE, "FUTURE_REF" if ahead else "PAST_REF")
    mod = "APPROX" if hit.has("so") else None
    if not ahead and unit == "Y" and amount == 1 and (draft := _same_quarter(hit)):
        return draft
    return Draft(TimexType.DATE, _moved(hit, amount, unit, 1 if ahead else -1), mod)


def _moved(hit: Hit, amount: Fraction, unit: str, sign: int) -> str:
    reference = hit.scene.reference
    if unit in _DAYS:
        day = reference + timedelta(days=sign * min(int(amount * _DAYS[unit]), _DAYS_TO_PAST))
        return day.isoformat() if unit == "D" or amount <= 2 else week_value(day)
    moved = add_months(reference, sign * int(amount * _MONTHS[unit]))
    if unit == "M":
        return month_value(moved)
    if unit == "Q":
        return f"{moved.year:04d}-Q{(moved.month + 2) // 3}"
    return f"{moved.year:04d}" if unit == "Y" else f"{moved.year // 10:03d}"


def _same_quarter(hit: Hit) -> Draft | None:
    named = {"period", "quarter"} & {hit.scene.lower(hit.end - 1), hit.after}
    quarter = hit.quarter_told(_FAR if named else _NEAR)
    return Draft(TimexType.DATE, f"{quarter[0] - 1:04d}-Q{quarter[1]}", back=True) if quarter else None


def year_earlier(hit: Hit) -> Draft | None:
    """Read "a year earlier", "the year-ago quarter": the same quarter of the year before, where one is being told."""
    if hit.has("u") and unit_of(hit.word("u")) != "Y":
        return None
    scene = hit.scene
    if hit.has("n"):
        return Draft(TimexType.DURATION, length(_amount(hit), "M"))
    if hit.has("o"):
        number = ORDINALS[hit.word("o")]
        return Draft(TimexType.DATE, f"{scene.reference.year - 1:04d}-Q{number}", back=True) if number < 5 else None
    return _same_quarter(hit) or Draft(TimexType.DATE, f"{scene.reference.year - 1:04d}", back=True)


def earlier(hit: Hit) -> Draft | None:
    """Read "a day earlier", "three weeks earlier": a length back from what was told."""
    return Draft(TimexType.DURATION, length(_amount(hit) if hit.has("n") else Fraction(1), unit_of(hit.word("u"))))


def vague_units(hit: Hit) -> Draft | None:
    """Read "recent years", "coming months", "past years", "future quarters"."""
    letter = hit.scene.letter(hit.match.start("det"))
    if hit.word("det") in {"last", "next", "previous", "prior", "following"}:
        return None
    return Draft(TimexType.DATE, "FUTURE_REF" if letter in {"x", "8"} else "PAST_REF")


def every(hit: Hit) -> Draft | None:
    """Read "every day", "each July", "every two weeks", "every other day", "every Monday"."""
    word = hit.base("u")
    if hit.has("other"):
        return Draft(TimexType.SET, length(Fraction(2), unit_of(word))) if hit.word("other") == "other" else None
    if word in MONTHS:
        return Draft(TimexType.SET, f"XXXX-{MONTHS[word]:02d}")
    if word in WEEKDAYS:
        return Draft(TimexType.SET, f"XXXX-WXX-{WEEKDAYS[word] + 1}")
    if word in SEASONS:
        return Draft(TimexType.SET, f"XXXX-{SEASONS[word]}")
    return Draft(TimexType.SET, length(_amount(hit) if hit.has("n") else Fraction(1), unit_of(hit.word("u"))))


def weekdays(hit: Hit) -> Draft | None:
    """Read "Mondays", "Tuesday nights"."""
    name = hit.word("w").removesuffix("s")
    if name not in WEEKDAYS:
        return None
    part = {"mornings": "TMO", "afternoons": "TAF", "evenings": "TEV", "nights": "TNI"}.get(hit.word("p"), "")
    return Draft(TimexType.SET, f"XXXX-WXX-{WEEKDAYS[name] + 1}{part}")


def repeated(hit: Hit) -> Draft | None:
    """Read "daily", "annually"."""
    return Draft(TimexType.SET, SETS[hit.word("k")])


def present(hit: Hit) -> Draft | None:
    """Read "now", "right now", "these days"; not "Now, ..." and "Now for ...", which only turn to something."""
    if hit.scene.text_of(hit.start) == "Now" and hit.after in {",", "for"}:
        return None
    past = hit.scene.lower(hit.start) == "those"
    return Draft(TimexType.DATE, "PAST_REF" if past else "PRESENT_REF")


def current(hit: Hit) -> Draft | None:
    """Read "current" before a noun."""
    return Draft(TimexType.DATE, "PRESENT_REF") if hit.word("g") == "current" else None


def past(hit: Hit) -> Draft | None:
    """Read "recently", "the past", "recent"."""
    if hit.has("det") and hit.scene.letter(hit.end) == "_" and hit.after not in _AFTER_THE_PAST:
        return None
    if hit.has("det") and (hit.word("det") != "past" or hit.before not in {"in", "of", "than", "from", "for", "to"}):
        return None
    return Draft(TimexType.DATE, "PAST_REF")


def future(hit: Hit) -> Draft | None:
    """Read "soon", "the future"."""
    words = [hit.scene.lower(index) for index in range(hit.start, hit.end)]
    if len(words) == 3 and words[1] not in {"near", "foreseeable", "immediate", "distant"}:
        return None
    if hit.word("k") == "soon" and (hit.before == "as" or hit.after == "after"):
        return None
    return Draft(TimexType.DATE, "FUTURE_REF")


_V = r"(?P<v>a?vf?|t?v)"
_AGO = r"(?P<so>\+_)?(?:A|(?P<ahead>B[5d]))"

RULES = (
    Rule(rf"C(?P<n>{NUMBER})?(?P<u>[uUqQWMS])", every),
    Rule(r"C(?P<other>_)(?P<u>u)", every),
    Rule(rf"(?:(?P<n>{NUMBER})|(?P<v>a?vf?)|(?P<a>a))-?(?P<u>[uUqQ]){_AGO}", ago),
    Rule(rf"(?P<u>U){_AGO}", ago),
    Rule(r"a(?P<u>u)-?b", year_earlier),
    Rule(rf"(?:t_?)?(?P<u>u)-[Ab](?:(?P<n>{NUMBER})U|(?P<o>o)-?q|[q3])?", year_earlier),
    Rule(rf"(?:(?P<n>{NUMBER})|a)(?P<u>[uU])b", earlier),
    Rule(r"a9?(?P<u>u)(?P<half>0aH)?", a_unit),
    Rule(r"(?:Ha|a?H-)(?P<u>u)", half_unit),
    Rule(r"(?P<k>=)|[ta]?(?P<u>u)-9", long_unit),
    Rule(rf"(?:t?[lxo]|tg|t|a)?9?(?P<n>{NUMBER})(?P<hyphen>-)?9?-?(?P<u>[UQ])(?P<old>-O)?", duration),
    Rule(r"c(?P<u>u)", one_day),
    Rule(rf"a?(?P<n>{NUMBER})(?P<hyphen>-)?9?-?(?P<u>[uq])(?P<old>-O)?", duration),
    Rule(r"(?:t?[lxo])?(?P<v>a?vf?)-?9?(?P<u>[UQu])", duration),
    Rule(r"t?(?P<det>[Rlx])(?P<u>[UQ])", vague_units),
    Rule(r"(?P<det>8)(?P<u>[UQ])", vague_units),
    Rule(r"(?P<u>U)", bare_units),
    Rule(r"(?P<w>V)(?P<p>P)?", weekdays),
    Rule(r"(?P<w>W)(?P<p>P)", weekdays),
    Rule(r"(?P<k>K)", repeated),
    Rule(r"!5|Z(?=U)U|&tm|5", present),
    Rule(r"(?P<g>g)", current),
    Rule(r"6|t(?P<det>l)(?![uUqQcDNvWMSpk])", past),
    Rule(r"t_?8|(?P<k>7)", future),
)
"""In the order in which they are tried."""
