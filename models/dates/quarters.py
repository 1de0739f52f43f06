"""Rules for quarters and halves: "the third quarter", "the 1988 period", "the first half of May"."""

from __future__ import annotations

from datetime import date

from models.dates.almanac import add_months, month_value, quarter_of
from models.dates.hit import Draft, Hit, Rule
from models.dates.periods import AHEAD, BACK, EDGE, OF_YEAR, REL, dated, month_named, shift_of, year_named
from models.dates.tables import MONTHS, ORDINALS
from models.dates.timex import TimexType

_FAR = 250
_QUARTER_DETERMINERS = frozenset({"latest", "current", "present", "same"})


def quarter_number(ordinal: str) -> int:
    """1 to 4 from "first" ... "fourth", "final", "last". ValueError for others."""
    number = 4 if ordinal in {"final", "last"} else ORDINALS[ordinal]
    if not 1 <= number <= 4:
        raise ValueError(ordinal)
    return number


def quarter_value(reference: date, shift: int) -> str:
    """The calendar quarter so many quarters from that of the reference: ``1997-Q4``."""
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


def quarter(hit: Hit) -> Draft | None:
    """Read "the third quarter of 1984", "third-quarter", "fiscal first quarter", "this year's third quarter", "Q3 2018"."""
    mod, part = hit.modifier()
    number = hit.integer("n") if hit.has("n") else quarter_number(hit.word("o"))
    if not 1 <= number <= 4:
        return None
    year = year_named(hit)
    if year is None:
        year = _nearest_quarter(hit, number)
    return dated(f"{year:04d}-Q{number}", mod, part)


def year_quarter(hit: Hit) -> Draft | None:
    """Read "the 1988 quarter", "the 1988 period": the quarter being told, of another year."""
    told = hit.quarter_told(hit.end) or (hit.scene.memory.quarter if hit.has("quarter") else None)
    year = hit.integer("y")
    back = year < hit.scene.reference.year
    return Draft(TimexType.DATE, f"{year:04d}-Q{told[1]}" if told else f"{year:04d}", back=back)


def the_quarter(hit: Hit) -> Draft | None:
    """Read "the quarter", "the latest quarter", "last quarter"."""
    if hit.base("u") != "quarter" or (hit.after == "-" and hit.scene.lower(hit.end + 1) == "to"):
        return None
    words = hit.words("det")
    mod, part = hit.modifier()
    return dated(_quarter_meant(hit, words), mod, part)


def the_period(hit: Hit) -> Draft | None:
    """Read "the latest period", "the same period": a quarter, where one is being told."""
    words = hit.words("det")
    if words[-1] not in _QUARTER_DETERMINERS or (hit.scene.memory.quarter is None and "latest" not in words):
        return None
    return dated(_quarter_meant(hit, words))


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
        return quarter_value(reference, 0)
    if determiner[-1] in BACK | AHEAD:
        return quarter_value(reference, shift_of(determiner))
    begun = told is not None and told[:2] >= (reference.year, quarter_of(reference))
    if told is None or ("latest" in determiner and begun):
        return quarter_value(reference, -1)
    return f"{told[0]:04d}-Q{told[1]}"


def told_quarter(hit: Hit) -> Draft | None:
    """Read "last year's quarter"."""
    told = hit.scene.memory.quarter
    return dated(f"{year_named(hit):04d}-Q{told[1]}") if told else None


def quarter_ago(hit: Hit) -> Draft | None:
    """Read "the quarter a year ago", "the period a year earlier": the quarter being told, of the year before."""
    told = hit.quarter_told(_FAR)
    if told is None or hit.word("u") != "year":
        return None
    return Draft(TimexType.DATE, f"{told[0] - 1:04d}-Q{told[1]}", back=True)


def two_quarters(hit: Hit) -> Draft | None:
    """Read "the first two quarters of 1990": a half of the year."""
    half_named = {"first": 1, "second": None, "last": 2, "final": 2}.get(hit.word("o"))
    year = year_named(hit)
    if half_named is None or year is None or hit.word("n") != "two":
        return None
    return dated(f"{year:04d}-H{half_named}")


def half(hit: Hit) -> Draft | None:
    """Read "the first half of 1989", "the second half of this year", "the first half of May"."""
    number = 2 if hit.word("o") in {"last", "second", "latter"} else 1
    if hit.has("m"):
        month = month_named(hit)
        return dated(month_value(month), None, f"half-{number}")
    year = year_named(hit)
    if year is None:
        if hit.has("decade"):
            return None
        year = hit.scene.reference.year
    return dated(f"{year:04d}-H{number}")


RULES = (
    Rule(rf"(?:{EDGE}|t)?(?P<o>o|l)Hf(?:(?P<y>Y)(?!s)|{REL}|(?P<m>M))", half),
    Rule(rf"{EDGE}?(?:t|i)?F?-?(?P<o>o)-?F?-?q(?:{OF_YEAR})?", quarter),
    Rule(r"(?P<rel>(?:t?[lxg]|T|z)y|ty)(?P<o>o)-?q", quarter),
    Rule(r"t?(?P<y>Y)F?(?P<o>o)-?q", quarter),
    Rule(r"L(?P<n>D)(?:f?(?P<y>Y))?", quarter),
    Rule(r"t[q3]a(?P<u>u)[Ab]", quarter_ago),
    Rule(rf"t?(?P<o>o|l)(?P<n>c)Q(?:f(?P<y>Y)(?!s)|f?{REL})", two_quarters),
    Rule(r"t(?P<y>Y)(?:(?P<quarter>q)|3)", year_quarter),
    Rule(rf"{EDGE}?(?P<det>t?[lxg]|T|t|z)(?P<u>[qy])", the_quarter),
    Rule(r"(?P<rel>(?:t?[lxg]|T|z)y)(?P<u>q)", told_quarter),
    Rule(r"(?P<det>t[gl])3", the_period),
)
"""In the order in which they are tried."""
