"""Rules for weeks, months and seasons, and for years told by words: "last week", "mid-July", "this year"."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from models.dates.almanac import add_months, month_value, week_value
from models.dates.days import nearest_year
from models.dates.hit import Draft, Hit, Rule
from models.dates.tables import MONTH_LOOKALIKES, MONTHS, SEASONS, UNITS, words
from models.dates.tense import Tense
from models.dates.timex import TimexType

BACK = frozenset({"last", "past", "previous", "prior", "preceding"})
AHEAD = frozenset({"next", "coming", "following", "upcoming", "subsequent"})
_TOLD = frozenset({"same", "previous", "prior", "preceding", "following", "subsequent"})
_MONTH_BEFORE = words(
    "in since by until till through from to of for before after during between and last this next early late mid "
    "around about ending ended beginning starting effective as each every a an its ( -"
)
_NAMES = words("april june may august")
_BOUND = words("by until till before through")
_NAME_BEFORE = words("and to of for from a an with between")
_MONTHS_CLEARLY_AHEAD = 3
_MONTHS_CLEARLY_BACK = 2
_QUOTES = frozenset("\"“‘'`") | {"``"}
_TELLING = 120
_COMPARISON = 20


def dated(value: str, mod: str | None = None, part: str | None = None) -> Draft:
    """A draft of the type DATE."""
    return Draft(TimexType.DATE, value, mod, part)


def shift_of(words: list[str]) -> int:
    """-1 where the words point back ("last"), 1 where they point ahead ("next"), else 0."""
    if any(word in BACK for word in words):
        return -1
    return 1 if any(word in AHEAD for word in words) else 0


def _told(words: list[str]) -> bool:
    return any(word in _TOLD or word == "that" for word in words)


def year_named(hit: Hit) -> int | None:
    """The year that a rule's groups ``y`` (a number) or ``rel`` ("of last year") give."""
    if hit.has("y"):
        return hit.integer("y")
    if hit.has("rel"):
        words = hit.words("rel")
        base = (hit.scene.memory.year or hit.scene.reference.year) if _told(words) else hit.scene.reference.year
        return base + shift_of(words)
    return None


def month_named(hit: Hit) -> date:
    """The first day of the month that groups ``m``, ``y``, ``rel``, ``det`` name."""
    reference = hit.scene.reference.replace(day=1)
    number = MONTHS[hit.base("m")]
    year = year_named(hit)
    same = date(year if year is not None else reference.year, number, 1)
    words = hit.words("det")
    shift = shift_of(words)
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
    return dated(month_value(month_named(hit)), mod, part)


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
    year = year_named(hit)
    if year is None:
        year = _season_year(hit, code)
    return dated(f"{year:04d}-{code}", mod, part)


def _season_year(hit: Hit, code: str) -> int:
    reference = hit.scene.reference
    first_month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    this = reference.year - (1 if code == "WI" and reference.month <= 2 else 0)
    words = hit.words("det")
    shift = shift_of(words)
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


def relative(hit: Hit) -> Draft | None:  # noqa: PLR0911 - one line a unit
    """Read "last week", "this year", "early next month", "the end of the year", "the following day", "the weekend"."""
    words = hit.words("det")
    name = hit.base("u")
    reference, memory = hit.scene.reference, hit.scene.memory
    shift, told = shift_of(words), _told(words)
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
        return dated(week_value(base + timedelta(weeks=shift)), mod, part)
    if unit == "M":
        base = (memory.month or reference) if told else reference
        return dated(month_value(add_months(base.replace(day=1), shift)), mod, part)
    if unit == "Y":
        base_year = (memory.year or reference.year) if told else reference.year
        return dated(f"{base_year + shift:04d}", mod, part)
    if unit == "E":
        return dated(f"{reference.year // 10 + shift:03d}", mod, part)
    if unit == "C":
        return dated(f"{reference.year // 100 + shift:02d}", mod, part)
    return None


def _is_title(hit: Hit) -> bool:
    """Whether a quotation mark and capitals make a name of it, as of the programme "This Week"."""
    scene = hit.scene
    capitals = all(scene.text_of(index)[0].isupper() for index in range(hit.start, hit.end))
    return capitals and hit.end - hit.start > 1 and scene.text_of(hit.start - 1) in _QUOTES


def _compared(hit: Hit) -> Draft | None:
    """Read "compared with a loss of $3 million last year": the quarter of that year, where a quarter is being told."""
    told = hit.quarter_told(_TELLING)
    if told is None:
        return None
    words = [hit.scene.lower(index) for index in range(max(0, hit.start - _COMPARISON), hit.start)]
    words = words[max((index for index, word in enumerate(words) if word == "."), default=0) :]
    period = words[-1:] == ["period"] and words[-2] in {"same", "corresponding", "comparable", "like"}
    compared = any(pair == ("compared", "with") for pair in pairwise(words))
    if not (period or compared):
        return None
    return Draft(TimexType.DATE, f"{told[0] - 1:04d}-Q{told[1]}", back=True)


def relative_unless_name(hit: Hit) -> Draft | None:
    """Read what ``relative`` reads, but no programme's name, and the quarter of "compared with $3 million last year"."""
    if _is_title(hit):
        return None
    compared = _compared(hit) if hit.words("det") == ["last"] and hit.base("u") == "year" else None
    return compared or relative(hit)


def unit_beside(hit: Hit) -> Draft | None:
    """Read "the year before", "the day after": beside what was told of last."""
    memory, side = hit.scene.memory, {"before": -1, "after": 1}.get(hit.word("side"))
    if side is None:
        return None
    unit = UNITS[hit.word("u")]
    if unit == "Y" and memory.year:
        return dated(f"{memory.year + side:04d}")
    if unit == "M" and memory.month:
        return dated(month_value(add_months(memory.month.replace(day=1), side)))
    if unit == "D" and memory.day:
        return dated((memory.day + timedelta(days=side)).isoformat())
    return None


def some_date(hit: Hit) -> Draft | None:
    """Read "a later date", "a future date"."""
    ahead = hit.scene.lower(hit.start + 1) in {"later", "future"} and hit.scene.lower(hit.start + 2) == "date"
    return dated("FUTURE_REF") if ahead else None


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
    return dated(f"{value}-WE", mod, part)


def _the_unit(hit: Hit, unit: str) -> Draft | None:
    reference, memory = hit.scene.reference, hit.scene.memory
    if unit == "Y":
        if hit.after in {"ended", "ending", "to", "through"}:
            return Draft(TimexType.DURATION, "P1Y")
        return dated(f"{reference.year:04d}")
    if unit == "M":
        return dated(month_value(memory.month or reference)) if hit.before != "of" else dated(month_value(reference))
    if unit == "W":
        return dated(week_value(_day_of_week_told(hit) or reference))
    if unit == "D" and hit.before in {"on", "in", "during"} and hit.after not in {"of", "when", "that"}:
        return dated((memory.day or reference).isoformat())
    return None


def _day_of_week_told(hit: Hit) -> date | None:
    """The day that says which week is meant: "the week ended Oct. 20", "the week of Jan. 4"."""
    if hit.after not in {"ended", "ending", "of"} or hit.scene.letter(hit.end + 1) != "M":
        return None
    number = hit.end + 2 + (hit.scene.letter(hit.end + 2) == ".")
    if hit.scene.letter(number) != "D":
        return None
    day = nearest_year(hit, MONTHS[hit.scene.lower(hit.end + 1)], int(hit.scene.lower(number)))
    over = hit.after == "ended" and day > hit.scene.reference
    return add_months(day, -12) if over else day


def _relative_day(hit: Hit, words: list[str], shift: int) -> Draft | None:
    reference, memory = hit.scene.reference, hit.scene.memory
    if words[-1] in {"last", "latest", "current", "past"}:
        return None
    if words in (["this"], ["present"], ["the", "present"]):
        return dated("PRESENT_REF") if words != ["this"] else dated(reference.isoformat())
    if (memory.day is None and _told(words) and not hit.tense().ahead) or (
        words[-1] == "next" and memory.day is None and hit.tense() is Tense.PAST
    ):
        return dated("XXXX-XX-XX")
    return dated(((memory.day or reference) + timedelta(days=shift)).isoformat())


EDGE = r"(?:(?:(?P<mod>e|b)-?(?:It?)?)|t?(?P<edge>E)f)"
REL = r"(?P<rel>(?:t?[lxg]|T|z|t)[uy])"
OF_YEAR = rf"(?:(?:f|,|I)?(?P<y>Y)(?!s)|(?:f|I)?{REL})"
_MONTH_OF = rf"(?:f|,)?(?:(?P<y>Y)(?!s)|{REL})"

RULES = (
    Rule(rf"{EDGE}?(?P<det>T[lx]|T|t?[lx])?(?P<m>M)\.?(?:{_MONTH_OF})?", month),
    Rule(rf"(?:t(?=e))?{EDGE}?(?:(?P<det>T[lx]?|t?[lx])|(?P<the>t))?(?P<s>S)(?:{_MONTH_OF})?", season),
    Rule(rf"{EDGE}?(?P<det>T[lx]|t?[lxg]|T|zg?|t)9?(?P<u>[uky])", relative_unless_name),
    Rule(r"a[b8]_", some_date),
    Rule(r"t(?P<u>u)(?P<side>B)(?=[,.]|$)", unit_beside),
)
"""In the order in which they are tried."""
