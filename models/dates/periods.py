"""Rules for weeks, months, quarters, seasons, years, decades: "last week", "the third quarter", "late 1990s"."""

from __future__ import annotations

from datetime import date, timedelta

from models.dates.almanac import add_months, month_value, quarter_of, week_value
from models.dates.hit import Draft, Hit, Rule
from models.dates.lengths import unit_of
from models.dates.tables import DECADES, MONTH_LOOKALIKES, MONTHS, ORDINALS, SEASONS, UNITS, words
from models.dates.tense import Tense
from models.dates.timex import TimexType

_BACK = frozenset({"last", "past", "previous", "prior", "preceding"})
_AHEAD = frozenset({"next", "coming", "following", "upcoming", "subsequent"})
_TOLD = frozenset({"same", "previous", "prior", "preceding", "following", "subsequent"})
_MONTH_BEFORE = words(
    "in since by until till through from to of for before after during between and last this next early late mid "
    "around about ending ended beginning starting effective as each every a an its ( -"
)
_COUNTED = words(
    "percent % million billion trillion people troops men women children soldiers civilians feet dollars euros pounds "
    "words hours miles metres meters kilometers kilometres km kg tons tonnes local new more other jobs"
)
_NUMBERED = frozenset({"$", "£", "€", "¥", "#", "no", "number", "flight", "route", "room", "+", "resolution", "about"})
_YEAR_SURE = words("in since by until till during before through throughout")
_NAMES = words("april june may august")
_BOUND = words("by until till before through")
_NAME_BEFORE = words("and to of for from a an with between")
_QUARTER_DETERMINERS = frozenset({"latest", "current", "present", "same"})
_MONTHS_CLEARLY_AHEAD = 3
_MONTHS_CLEARLY_BACK = 2


def _date(value: str, mod: str | None = None, part: str | None = None, *, skip: int = 0) -> Draft:
    return Draft(TimexType.DATE, value, mod, part, skip=skip)


def _shift(words: list[str]) -> int:
    if any(word in _BACK for word in words):
        return -1
    return 1 if any(word in _AHEAD for word in words) else 0


def _told(words: list[str]) -> bool:
    return any(word in _TOLD or word == "that" for word in words)


def quarter_number(ordinal: str) -> int:
    """1 to 4 from "first" ... "fourth", "final", "last". ValueError for others."""
    number = 4 if ordinal in {"final", "last"} else ORDINALS[ordinal]
    if not 1 <= number <= 4:
        raise ValueError(ordinal)
    return number


def _quarter_value(reference: date, shift: int) -> str:
    moved = add_months(date(reference.year, reference.month, 1), 3 * shift)
    return f"{moved.year:04d}-Q{quarter_of(moved)}"


def _nearest_quarter(hit: Hit, number: int) -> int:
    """The year of a quarter named without one."""
    reference = hit.scene.reference
    now = quarter_of(reference)
    if number == now:
        return reference.year
    tense = hit.tense()
    if number > now:
        return reference.year if tense.ahead or number - now == 1 else reference.year - 1
    return reference.year + 1 if tense.ahead and now - number > 1 else reference.year


def _year_of(hit: Hit) -> int | None:
    """The year that a rule's groups ``y`` (a number) or ``rel`` ("of last year") give."""
    if hit.has("y"):
        return hit.integer("y")
    if hit.has("rel"):
        words = hit.words("rel")
        base = (hit.scene.memory.year or hit.scene.reference.year) if _told(words) else hit.scene.reference.year
        return base + _shift(words)
    return None


def quarter(hit: Hit) -> Draft | None:
    """Read "the third quarter of 1984", "third-quarter", "fiscal first quarter", "this year's third quarter", "Q3 2018"."""
    mod, part = hit.modifier()
    number = hit.integer("n") if hit.has("n") else quarter_number(hit.word("o"))
    if not 1 <= number <= 4:
        return None
    year = _year_of(hit)
    if year is None:
        year = _nearest_quarter(hit, number)
    return _date(f"{year:04d}-Q{number}", mod, part)


def year_quarter(hit: Hit) -> Draft | None:
    """Read "the 1988 quarter", "the 1988 period": the quarter being told, of another year."""
    told = hit.scene.memory.quarter
    year = hit.integer("y")
    back = year < hit.scene.reference.year
    return Draft(TimexType.DATE, f"{year:04d}-Q{told[1]}" if told else f"{year:04d}", back=back)


def the_quarter(hit: Hit) -> Draft | None:
    """Read "the quarter", "the latest quarter", "last quarter"."""
    if hit.base("u") != "quarter":
        return None
    words = hit.words("det")
    mod, part = hit.modifier()
    return _date(_quarter_meant(hit, words), mod, part)


def the_period(hit: Hit) -> Draft | None:
    """Read "the latest period", "the same period": a quarter, where one is being told."""
    words = hit.words("det")
    if words[-1] not in _QUARTER_DETERMINERS or (hit.scene.memory.quarter is None and "latest" not in words):
        return None
    return _date(_quarter_meant(hit, words))


def _quarter_ended(hit: Hit) -> str | None:
    """The calendar quarter that a quarter "ended Sept. 30" lies mostly in."""
    month = MONTHS.get(hit.scene.lower(hit.end + 1)) if hit.after in {"ended", "ending"} else None
    if month is None:
        return None
    reference = hit.scene.reference
    ahead = hit.after == "ending" and month >= reference.month
    middle = add_months(date(reference.year - (month > reference.month and not ahead), month, 1), -1)
    return f"{middle.year:04d}-Q{quarter_of(middle)}"


def _quarter_meant(hit: Hit, determiner: list[str]) -> str:
    if ended := _quarter_ended(hit):
        return ended
    reference, told = hit.scene.reference, hit.scene.memory.quarter
    if "current" in determiner or determiner == ["this"]:
        return _quarter_value(reference, 0)
    if determiner[-1] in _BACK | _AHEAD:
        return _quarter_value(reference, _shift(determiner))
    begun = told is not None and told[:2] >= (reference.year, quarter_of(reference))
    if told is None or ("latest" in determiner and begun):
        return _quarter_value(reference, -1)
    return f"{told[0]:04d}-Q{told[1]}"


def told_quarter(hit: Hit) -> Draft | None:
    """Read "last year's quarter"."""
    told = hit.scene.memory.quarter
    return _date(f"{_year_of(hit):04d}-Q{told[1]}") if told else None


def half(hit: Hit) -> Draft | None:
    """Read "the first half of 1989", "the second half of this year", "the first half of May"."""
    number = 2 if hit.word("o") in {"last", "second", "latter"} else 1
    if hit.has("m"):
        month = _month(hit)
        return _date(month_value(month), None, f"half-{number}")
    year = _year_of(hit)
    if year is None:
        if hit.has("decade"):
            return None
        year = hit.scene.reference.year
    return _date(f"{year:04d}-H{number}")


def _month(hit: Hit) -> date:
    """The first day of the month that groups ``m``, ``y``, ``rel``, ``det`` name."""
    reference = hit.scene.reference.replace(day=1)
    number = MONTHS[hit.base("m")]
    year = _year_of(hit)
    same = date(year if year is not None else reference.year, number, 1)
    words = hit.words("det")
    shift = _shift(words)
    if year is not None or number == reference.month or (words and (words[0] == "this" or not shift)):
        return same if not shift or year is not None else date(reference.year + shift, number, 1)
    ahead, back = (number - reference.month) % 12, (reference.month - number) % 12
    if not shift and back <= _MONTHS_CLEARLY_BACK and hit.before not in _BOUND:
        return add_months(reference, -back)
    return add_months(reference, ahead if shift > 0 or (not shift and _is_ahead(hit.tense(), ahead, back)) else -back)


def _is_ahead(tense: Tense, ahead: int, back: int) -> bool:
    """Whether a month so many months ahead, or back, is meant ahead: near ones win, then the tense decides."""
    if ahead == 1 or (ahead <= _MONTHS_CLEARLY_AHEAD and tense is not Tense.PAST):
        return True
    if back <= _MONTHS_CLEARLY_BACK and not tense.ahead:
        return False
    return tense.ahead or (tense is Tense.UNKNOWN and ahead < back)


def month(hit: Hit) -> Draft | None:
    """Read "March 1996", "early September", "last May", "the end of October", "January this year", "mid-July"."""
    if not any(hit.has(group) for group in ("y", "rel", "det", "mod", "edge")) and not _sure_month(hit):
        return None
    mod, part = hit.modifier()
    return _date(month_value(_month(hit)), mod, part)


def _sure_month(hit: Hit) -> bool:
    """Whether a month's name without more means the month, not a name or a verb."""
    name = hit.base("m")
    if name in MONTH_LOOKALIKES and hit.before not in _MONTH_BEFORE:
        return False
    if len(name) == 3 and name != "may" and hit.scene.letter(hit.end - 1) != ".":
        return False
    unsure = name in _NAMES and hit.before in _NAME_BEFORE
    return not (unsure and hit.scene.text_of(hit.end)[:1].isupper())


def season(hit: Hit) -> Draft | None:
    """Read "this summer", "last fall", "the winter of 1994", "late spring"."""
    name = hit.base("s")
    bare = not (hit.has("det") or hit.has("y") or hit.has("rel"))
    if bare and hit.before not in {"in", "since", "by", "until", "of", "through", "before"} and not hit.has("the"):
        return None
    if bare and name in {"fall", "spring"} and (hit.after == "of" or (not hit.has("the") and hit.before != "in")):
        return None
    mod, part = hit.modifier()
    code = SEASONS[name]
    year = _year_of(hit)
    if year is None:
        year = _season_year(hit, code)
    return _date(f"{year:04d}-{code}", mod, part)


def _season_year(hit: Hit, code: str) -> int:
    reference = hit.scene.reference
    first_month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    this = reference.year - (1 if code == "WI" and reference.month <= 2 else 0)
    words = hit.words("det")
    shift = _shift(words)
    begun = (reference.year, reference.month) >= (this, first_month)
    over = (reference.year - this) * 12 + reference.month >= first_month + 3
    if shift < 0:
        return this if over else this - 1
    if shift > 0:
        return this + 1 if begun else this
    if not words and not begun and hit.tense() is Tense.PAST:
        return this - 1
    if not words and over and hit.tense().ahead:
        return this + 1
    return this


def decade(hit: Hit) -> Draft | None:
    """Read "the 1990s", "the late '70s", "the nineties"."""
    mod, part = hit.modifier()
    if hit.has("j"):
        if hit.before in {"his", "her", "their"}:
            return None
        return _date(f"19{DECADES[hit.word('j')]}", mod, part)
    digits = hit.word("y")
    if len(digits) == 4 and digits.endswith("0"):
        return _date(digits[:3], mod, part)
    if len(digits) == 2 and digits.endswith("0") and (hit.has("short") or (mod and hit.before != "his")):
        return _date(f"{'20' if digits < '30' else '19'}{digits[0]}", mod, part)
    return None


def century(hit: Hit) -> Draft | None:
    """Read "the 20th century", "the mid-nineteenth century"."""
    if hit.base("u") != "century":
        return None
    number = hit.integer("d") if hit.has("d") else ORDINALS[hit.words("o")[-1]]
    if hit.has("o") and len(hit.words("o")) > 1:
        number += 20
    if not 1 < number <= 22:
        return None
    mod, part = hit.modifier()
    return _date(f"{number - 1:02d}", mod, part)


def year(hit: Hit) -> Draft | None:
    """Read "1996", "early 1991", "the end of 1990", "fiscal 1989", "mid-1996"."""
    value = hit.integer("y")
    mod, part = hit.modifier()
    if mod is None and not hit.has("fiscal"):
        sure = hit.before in _YEAR_SURE and value >= 1500
        if not sure and not (1850 <= value <= 2060 and _year_like(hit)):
            return None
    return _date(hit.word("y"), mod, part)


def _year_like(hit: Hit) -> bool:
    scene, before, following = hit.scene, hit.before, hit.after
    season = scene.letter(hit.end) == "/" and len(scene.lower(hit.end + 1)) == 2
    if (scene.letter(hit.end) in {"N", "Y", "D", "/", "u", "U"} and not season) or following in _COUNTED:
        return False
    if scene.letter(hit.start - 1) in {"N", "Y", "D", "/", ".", ":"} or before in _NUMBERED:
        return False
    if hit.scene.tokens[hit.start].glued and before not in {"(", "-", "–", "“", '"', "[", "'", "’"}:
        return False
    plural = following.isalpha() and following.endswith("s") and not following.endswith(("ss", "us", "is"))
    return not plural or before in _YEAR_SURE or before in {"the", "its", "their", "his", "of"} or before.endswith("'s")


def spoken_year(hit: Hit) -> Draft | None:
    """Read "nineteen ninety-six", "the year two thousand": years as broadcast transcripts write them."""
    words = [word for word in hit.words("n") if word != "-"]
    sizes = [_spoken(word) for word in words]
    if words == ["two", "thousand"] and hit.has("the"):
        return _date("2000")
    if len(sizes) < 2 or not 17 <= sizes[0] <= 20 or sizes[1] not in range(20, 100, 10):
        return None
    rest = sizes[2] if len(sizes) > 2 and 1 <= sizes[2] <= 9 else 0
    return _date(str(sizes[0] * 100 + sizes[1] + rest))


def _spoken(word: str) -> int:
    from models.dates.tables import CARDINALS  # noqa: PLC0415

    return CARDINALS.get(word, 0)


def fiscal(hit: Hit) -> Draft | None:
    """Read "the fiscal year", "the current fiscal year", "the latest fiscal year"."""
    words = hit.words("det")
    shift = -1 if "latest" in words else _shift(words)
    return _date(f"{hit.scene.reference.year + shift:04d}")


def year_end(hit: Hit) -> Draft | None:
    """Read "year-end", "year's end", "month's end", "the year-end"."""
    unit = unit_of(hit.word("u"))
    reference = hit.scene.reference
    if unit == "Y":
        hyphen = hit.has("hyphen")
        if hyphen and hit.word("e") == "end":
            return Draft(TimexType.DATE, f"{reference.year:04d}-12-31")
        mod, part = ("END", "end") if hit.word("e") in {"end", "close"} else ("START", "start")
        return _date(f"{reference.year:04d}", mod, part)
    values = {"M": month_value(reference), "W": week_value(reference), "Q": _quarter_value(reference, 0)}
    return _date(values[unit], "END", "end") if unit in values else None


def midyear(hit: Hit) -> Draft | None:
    """Read "mid-year"."""
    return _date(f"{hit.scene.reference.year:04d}", "MID", "mid") if unit_of(hit.word("u")) == "Y" else None


def relative(hit: Hit) -> Draft | None:  # noqa: PLR0911 - one line a unit
    """Read "last week", "this year", "early next month", "the end of the year", "the following day", "the weekend"."""
    words = hit.words("det")
    name = hit.base("u")
    reference, memory = hit.scene.reference, hit.scene.memory
    shift, told = _shift(words), _told(words)
    mod, part = hit.modifier()
    if name in {"weekend", "weekends"}:
        return _weekend(hit, shift)
    unit = UNITS[name]
    if words == ["the"] and not mod:
        return _the_unit(hit, unit)
    if unit == "D":
        return _relative_day(hit, words, shift)
    if unit == "W":
        base = (memory.day or reference) if told else reference
        return _date(week_value(base + timedelta(weeks=shift)), mod, part)
    if unit == "M":
        base = (memory.month or reference) if told else reference
        return _date(month_value(add_months(base.replace(day=1), shift)), mod, part)
    if unit == "Y":
        base_year = (memory.year or reference.year) if told else reference.year
        return _date(f"{base_year + shift:04d}", mod, part)
    if unit == "E":
        return _date(f"{reference.year // 10 + shift:03d}", mod, part)
    if unit == "C":
        return _date(f"{reference.year // 100 + shift:02d}", mod, part)
    return None


def unit_beside(hit: Hit) -> Draft | None:
    """Read "the year before", "the day after": beside what was told of last."""
    memory, side = hit.scene.memory, {"before": -1, "after": 1}.get(hit.word("side"))
    if side is None:
        return None
    unit = UNITS[hit.word("u")]
    if unit == "Y" and memory.year:
        return _date(f"{memory.year + side:04d}")
    if unit == "M" and memory.month:
        return _date(month_value(add_months(memory.month.replace(day=1), side)))
    if unit == "D" and memory.day:
        return _date((memory.day + timedelta(days=side)).isoformat())
    return None


def _weekend(hit: Hit, shift: int) -> Draft:
    reference = hit.scene.reference
    tense = hit.tense()
    if (
        shift == 0
        and reference.weekday() < 5
        and (tense is Tense.PAST or (tense is Tense.UNKNOWN and reference.weekday() < 3 and hit.word("det") != "this"))
    ):
        shift = -1
    value = week_value(reference + timedelta(weeks=shift))
    mod, part = hit.modifier()
    return _date(f"{value}-WE", mod, part)


def _the_unit(hit: Hit, unit: str) -> Draft | None:
    reference, memory = hit.scene.reference, hit.scene.memory
    if unit == "Y":
        if hit.after in {"ended", "ending", "to", "through"}:
            return Draft(TimexType.DURATION, "P1Y")
        return _date(f"{reference.year:04d}")
    if unit == "M":
        return _date(month_value(memory.month or reference)) if hit.before != "of" else _date(month_value(reference))
    if unit == "W":
        return _date(week_value(reference))
    if unit == "D" and hit.before in {"on", "in", "during"} and hit.after not in {"of", "when", "that"}:
        return _date((memory.day or reference).isoformat())
    return None


def _relative_day(hit: Hit, words: list[str], shift: int) -> Draft | None:
    reference, memory = hit.scene.reference, hit.scene.memory
    if words[-1] in {"last", "latest", "current", "past"}:
        return None
    if words in (["this"], ["present"], ["the", "present"]):
        return _date("PRESENT_REF") if words != ["this"] else _date(reference.isoformat())
    if (memory.day is None and _told(words) and not hit.tense().ahead) or (
        words[-1] == "next" and memory.day is None and hit.tense() is Tense.PAST
    ):
        return _date("XXXX-XX-XX")
    return _date(((memory.day or reference) + timedelta(days=shift)).isoformat())


def the_last(hit: Hit) -> Draft | None:
    """Read "the year 2000": the number says which."""
    return _date(hit.word("y")) if hit.base("u") == "year" else None


_EDGE = r"(?:(?:(?P<mod>e|b)-?(?:It?)?)|t?(?P<edge>E)f)"
_REL = r"(?P<rel>(?:t?[lxg]|T|z|t)[uy])"
_OF_YEAR = rf"(?:(?:f|,|I)?(?P<y>Y)(?!s)|(?:f|I)?{_REL})"
_MONTH_OF = rf"(?:f|,)?(?:(?P<y>Y)(?!s)|{_REL})"

RULES = (
    Rule(rf"(?:{_EDGE}|t)?(?P<o>o|l)Hf(?:(?P<y>Y)(?!s)|{_REL}|(?P<m>M))", half),
    Rule(rf"{_EDGE}?(?:t|i)?F?-?(?P<o>o)-?F?-?q(?:{_OF_YEAR})?", quarter),
    Rule(r"(?P<rel>(?:t?[lxg]|T|z)y|ty)(?P<o>o)-?q", quarter),
    Rule(r"t?(?P<y>Y)F?(?P<o>o)-?q", quarter),
    Rule(r"L(?P<n>D)(?:f?(?P<y>Y))?", quarter),
    Rule(r"t(?P<y>Y)[q3]", year_quarter),
    Rule(rf"{_EDGE}?(?P<det>t?[lxg]|T|t|z)(?P<u>[qy])", the_quarter),
    Rule(r"(?P<rel>(?:t?[lxg]|T|z)y)(?P<u>q)", told_quarter),
    Rule(r"(?P<det>t[gl])3", the_period),
    Rule(rf"{_EDGE}?(?P<det>T[lx]|T|t?[lx])?(?P<m>M)\.?(?:{_MONTH_OF})?", month),
    Rule(rf"{_EDGE}?(?:(?P<det>T[lx]?|t?[lx])|(?P<the>t))?(?P<s>S)(?:{_MONTH_OF})?", season),
    Rule(r"t?(?:(?P<mod>e)-?|t?(?P<edge>E)f)?t?(?:(?P<short>')?(?P<y>[YND])'?s|(?P<j>j))", decade),
    Rule(r"t?(?:(?P<mod>e)-?|t?(?P<edge>E)f)?t?(?:(?P<d>D)h|(?P<o>c-o|o))-?(?P<u>u)", century),
    Rule(r"tu(?P<n>c(?:-?c){0,7})", spoken_year),
    Rule(r"(?P<the>tu)(?P<n>cc)", spoken_year),
    Rule(r"(?P<n>cc(?:-?c)?)(?![-uUqQ])", spoken_year),
    Rule(rf"{_EDGE}?(?P<fiscal>F_?u?|1|t?Fu)-?(?P<y>Y)", year),
    Rule(r"(?P<det>t[lxg]?|T|[lx])F(?P<u>u)", fiscal),
    Rule(r"t(?P<u>u)(?P<y>Y)", the_last),
    Rule(r"t?(?P<u>[uy])(?P<hyphen>-)?(?P<e>E)", year_end),
    Rule(r"e-?(?P<u>u)", midyear),
    Rule(rf"{_EDGE}?(?P<det>T[lx]|t?[lxg]|T|zg?|t)9?(?P<u>[uky])", relative),
    Rule(r"t(?P<u>u)(?P<side>B)(?=[,.]|$)", unit_beside),
    Rule(rf"{_EDGE}?(?P<y>Y)(?!s)", year),
)
"""In the order in which they are tried."""
