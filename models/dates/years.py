"""Rules for years, decades and centuries: "fiscal 1989", "the late 1990s", "year-end"."""

from __future__ import annotations

from models.dates.almanac import month_value, week_value
from models.dates.hit import Draft, Hit, Rule
from models.dates.lengths import unit_of
from models.dates.periods import EDGE, dated, shift_of
from models.dates.quarters import quarter_value
from models.dates.tables import CARDINALS, DECADES, MONTHS, ORDINALS, SEASONS, words
from models.dates.timex import TimexType

_COUNTED = words(
    "percent % million billion trillion people troops men women children soldiers civilians feet dollars euros pounds "
    "words hours miles metres meters kilometers kilometres km kg tons tonnes local new more other jobs"
)
_NUMBERED = frozenset({"$", "£", "€", "¥", "#", "no", "number", "flight", "route", "room", "+", "resolution", "about"})
_YEAR_SURE = words("in since by until till during before through throughout")


def decade(hit: Hit) -> Draft | None:
    """Read "the 1990s", "the late '70s", "the nineties"."""
    mod, part = hit.modifier()
    if hit.has("j"):
        if hit.before in {"his", "her", "their"}:
            return None
        return dated(f"19{DECADES[hit.word('j')]}", mod, part)
    digits = hit.word("y")
    if len(digits) == 4 and digits.endswith("0"):
        return dated(digits[:3], mod, part)
    if len(digits) == 2 and digits.endswith("0") and (hit.has("short") or (mod and hit.before != "his")):
        return dated(f"{'20' if digits < '30' else '19'}{digits[0]}", mod, part)
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
    return dated(f"{number - 1:02d}", mod, part)


def year(hit: Hit) -> Draft | None:
    """Read "1996", "early 1991", "the end of 1990", "fiscal 1989", "mid-1996"."""
    value = hit.integer("y")
    mod, part = hit.modifier()
    if mod is None and not hit.has("fiscal"):
        sure = hit.before in _YEAR_SURE and value >= 1500
        if not sure and not (1850 <= value <= 2060 and _year_like(hit)):
            return None
    return dated(hit.word("y"), mod, part)


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
    """Read "nineteen ninety-six", "March nineteen ninety", "the year two thousand": years as broadcast transcripts write them."""
    words = [word for word in hit.words("n") if word != "-"]
    sizes = [_spoken(word) for word in words]
    if words == ["two", "thousand"] and hit.has("the"):
        return dated("2000")
    if len(sizes) < 2 or not 17 <= sizes[0] <= 20 or sizes[1] not in range(20, 100, 10):
        return None
    rest = sizes[2] if len(sizes) > 2 and 1 <= sizes[2] <= 9 else 0
    year = str(sizes[0] * 100 + sizes[1] + rest)
    if hit.has("m"):
        return dated(f"{year}-{MONTHS[hit.base('m')]:02d}")
    return dated(f"{year}-{SEASONS[hit.base('s')]}" if hit.has("s") else year)


def _spoken(word: str) -> int:
    return CARDINALS.get(word, 0)


def fiscal(hit: Hit) -> Draft | None:
    """Read "the fiscal year", "the current fiscal year", "the latest fiscal year"."""
    words = hit.words("det")
    if words == ["the"] and hit.after in {"ended", "ending"}:
        return Draft(TimexType.DURATION, "P1Y")
    shift = -1 if "latest" in words else shift_of(words)
    return dated(f"{hit.scene.reference.year + shift:04d}")


def year_end(hit: Hit) -> Draft | None:
    """Read "year-end", "year's end", "month's end", "the year-end"."""
    unit = unit_of(hit.word("u"))
    reference = hit.scene.reference
    if unit == "Y":
        hyphen = hit.has("hyphen")
        if hyphen and hit.word("e") == "end":
            return Draft(TimexType.DATE, f"{reference.year - (hit.before == 'since'):04d}-12-31")
        mod, part = ("END", "end") if hit.word("e") in {"end", "close"} else ("START", "start")
        return dated(f"{reference.year:04d}", mod, part)
    values = {"M": month_value(reference), "W": week_value(reference), "Q": quarter_value(reference, 0)}
    return dated(values[unit], "END", "end") if unit in values else None


def midyear(hit: Hit) -> Draft | None:
    """Read "mid-year", "mid-month", "midweek"."""
    reference = hit.scene.reference
    values = {"Y": f"{reference.year:04d}", "M": month_value(reference), "W": week_value(reference)}
    unit = unit_of(hit.word("u"))
    return dated(values[unit], "MID", "mid") if hit.scene.lower(hit.start) == "mid" and unit in values else None


def the_last(hit: Hit) -> Draft | None:
    """Read "the year 2000": the number says which."""
    return dated(hit.word("y")) if hit.base("u") == "year" else None


RULES = (
    Rule(r"t?(?:(?P<mod>e)-?|t?(?P<edge>E)f)?t?(?:(?P<short>')?(?P<y>[YND])'?s|(?P<j>j))", decade),
    Rule(r"t?(?:(?P<mod>e)-?|t?(?P<edge>E)f)?t?(?:(?P<d>D)h|(?P<o>c-o|o))-?(?P<u>u)", century),
    Rule(r"(?:(?P<m>M)|t?(?P<s>S)f?)(?P<n>cc(?:-?c)?)(?![-uUqQ])", spoken_year),
    Rule(r"tu(?P<n>c(?:-?c){0,7})", spoken_year),
    Rule(r"(?P<the>tu)(?P<n>cc)", spoken_year),
    Rule(r"(?P<n>cc(?:-?c)?)(?![-uUqQ])", spoken_year),
    Rule(rf"{EDGE}?(?P<fiscal>F_?u?|1|t?Fu)-?(?P<y>Y)", year),
    Rule(r"(?P<det>t[lxg]?|T|[lx])F(?P<u>u)", fiscal),
    Rule(r"t(?P<u>u)(?P<y>Y)", the_last),
    Rule(r"t?(?P<u>[uy])(?P<hyphen>-)?(?P<e>E)", year_end),
    Rule(r"e-?(?P<u>u)", midyear),
    Rule(rf"{EDGE}?(?P<y>Y)(?!s)", year),
)
"""In the order in which they are tried."""
