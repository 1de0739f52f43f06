"""The vocabulary of English time expressions, as data: what each word is, and what it is worth.

``WORDS`` gives every word that can stand in a time expression a class of one letter. A text becomes a string of such
letters, one a token, and the grammar is written over that string.
"""

from __future__ import annotations

from types import MappingProxyType

OTHER = "_"


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables that are easier to read as running text."""
    return frozenset(text.split())


def _numbered(start: int, words: str) -> dict[str, int]:
    return {alias: start + index for index, names in enumerate(words.split()) for alias in names.split("|")}


MONTHS = MappingProxyType(
    _numbered(
        1,
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep "
        "october|oct november|nov december|dec",
    ),
)
"""Month names and abbreviations, 1 to 12."""

FULL_MONTHS = frozenset(name for name in MONTHS if len(name) > 4 or name in {"may", "june", "july"})

MONTH_LOOKALIKES = frozenset({"may", "march", "mar", "jan", "jun", "dec", "april", "june", "august"})
"""Month names that are also words or names of people, and need a sign that a month is meant."""

WEEKDAYS = MappingProxyType(
    _numbered(
        0,
        "monday|mon tuesday|tues|tue wednesday|wed|weds thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun",
    ),
)
"""Weekday names and abbreviations, Monday 0 to Sunday 6."""

WEEKDAY_SHORT = frozenset(name for name in WEEKDAYS if not name.endswith("day"))

CARDINALS = MappingProxyType(
    _numbered(
        1,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty",
    )
    | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
    | {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000, "zero": 0},
)

ORDINALS = MappingProxyType(
    _numbered(
        1,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
    | {"thirtieth": 30, "final": -1},
)

UNITS = MappingProxyType(
    {
        "second": "S",
        "minute": "I",
        "hour": "H",
        "day": "D",
        "week": "W",
        "fortnight": "2W",
        "month": "M",
        "quarter": "Q",
        "year": "Y",
        "decade": "E",
        "century": "C",
    },
)
"""Units of time with the letter the project's arithmetic knows them by (I: minutes, E: decades, C: centuries)."""

PLURALS = MappingProxyType(
    {f"{unit}s": unit for unit in UNITS if unit != "century"}
    | {"centuries": "century", "mins": "minute", "min": "minute", "hrs": "hour", "hr": "hour", "yrs": "year"},
)

SEASONS = MappingProxyType({"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"})

DAY_PARTS = MappingProxyType(
    {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "daytime": "DT", "dawn": "MO", "dusk": "EV"},
)

DECADES = MappingProxyType(
    {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
    | {"nineties": 9},
)

DEICTIC = MappingProxyType({"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1})

SETS = MappingProxyType(
    {"daily": "P1D", "nightly": "P1D", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H"}
    | {"weekly": "P1W", "monthly": "P1M", "fortnightly": "P2W"},
)

LENGTHS = MappingProxyType(
    {
        "yearlong": "P1Y",
        "monthlong": "P1M",
        "weeklong": "P1W",
        "daylong": "P1D",
        "hourlong": "PT1H",
        "decadelong": "P10Y",
    },
)
"""Lengths of time in one word."""

MODIFIERS = MappingProxyType(
    {
        "early": "START",
        "earlier": "START",
        "beginning": "START",
        "start": "START",
        "outset": "START",
        "opening": "START",
        "mid": "MID",
        "middle": "MID",
        "midway": "MID",
        "late": "END",
        "later": "END",
        "end": "END",
        "close": "END",
        "dying": "END",
    },
)

BOUNDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("more", "than"), "MORE_THAN"),
    (("less", "than"), "LESS_THAN"),
    (("fewer", "than"), "LESS_THAN"),
    (("at", "least"), "EQUAL_OR_MORE"),
    (("at", "most"), "EQUAL_OR_LESS"),
    (("up", "to"), "EQUAL_OR_LESS"),
    (("no", "more", "than"), "EQUAL_OR_LESS"),
    (("no", "less", "than"), "EQUAL_OR_MORE"),
    (("nearly",), "LESS_THAN"),
    (("almost",), "LESS_THAN"),
    (("about",), "APPROX"),
    (("around",), "APPROX"),
    (("roughly",), "APPROX"),
    (("approximately",), "APPROX"),
)
"""Words before a length of time that belong to it, with the TIMEX3 ``mod`` they give it; longest are tried first."""

PRESENT = frozenset({"now", "currently", "nowadays", "presently"})
PAST = frozenset({"recently"})
FUTURE = frozenset({"soon"})

ZONES = words("gmt utc est edt cst cdt mst mdt pst pdt et ct mt pt bst cet cest ist jst hkt aest aedt msk")

FIXED_HOLIDAYS = MappingProxyType(
    {
        "christmas": (12, 25),
        "christmas day": (12, 25),
        "christmas eve": (12, 24),
        "boxing day": (12, 26),
        "new year's eve": (12, 31),
        "new year's day": (1, 1),
        "new year's": (1, 1),
        "independence day": (7, 4),
        "bastille day": (7, 14),
        "valentine's day": (2, 14),
        "halloween": (10, 31),
        "veterans day": (11, 11),
        "armistice day": (11, 11),
        "remembrance day": (11, 11),
        "may day": (5, 1),
        "juneteenth": (6, 19),
        "st patrick's day": (3, 17),
        "groundhog day": (2, 2),
        "victory day": (5, 9),
    },
)
"""Holidays on a fixed day of the year: (month, day)."""

FLOATING_HOLIDAYS = MappingProxyType(
    {
        "thanksgiving": (11, 3, 4),
        "thanksgiving day": (11, 3, 4),
        "labor day": (9, 0, 1),
        "memorial day": (5, 0, -1),
        "columbus day": (10, 0, 2),
        "presidents day": (2, 0, 3),
        "presidents' day": (2, 0, 3),
        "martin luther king day": (1, 0, 3),
        "mother's day": (5, 6, 2),
        "father's day": (6, 6, 3),
    },
)
"""Holidays on the n-th weekday of a month: (month, weekday, n); n of -1 is the last."""

EASTER_HOLIDAYS = MappingProxyType(
    {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "ash wednesday": -46, "palm sunday": -7},
)
"""Holidays by their distance in days from Easter Sunday."""


def _classes() -> dict[str, str]:
    groups: dict[str, str] = {
        "a": "a an another",
        "t": "the",
        "T": "this",
        "z": "that",
        "Z": "these those",
        "i": "its their his her our",
        "l": "last past previous prior preceding",
        "x": "next coming following upcoming subsequent",
        "g": "latest current present same",
        "R": "recent",
        "v": "several few couple many some numerous",
        "y": "year's week's month's quarter's decade's",
        "k": "weekend weekends",
        "n": "noon midnight midday",
        "w": "overnight",
        "e": "early late mid",
        "b": "earlier later",
        "E": "end beginning start middle close outset",
        "f": "of",
        "I": "in",
        "F": "fiscal financial",
        "A": "ago",
        "B": "before after from",
        "C": "every each",
        "O": "old",
        "H": "half",
        "r": "a.m. p.m. am pm",
        "1": "fy",
        "3": "period",
        "4": "o'clock o’clock",
        "5": " ".join(PRESENT),
        "6": " ".join(PAST),
        "7": " ".join(FUTURE),
        "8": "future",
        "9": "more additional further extra consecutive straight trading business working full whole calendar solid "
        "entire long successive",
        "0": "and",
        "+": "to or",
        "h": "st nd rd th",
        "s": "s",
        "L": "q",
        "X": "christmas thanksgiving halloween easter juneteenth",
        "$": "labor memorial independence valentine's veterans boxing new columbus presidents bastille mother's "
        "father's armistice remembrance good ash palm",
        "%": "eve",
        "D": "",
        "=": " ".join(LENGTHS),
        "m": "moment",
        "!": "right",
        "&": "at",
    }
    table = {word: letter for letter, words in groups.items() for word in words.split()}
    for letter, words in (
        ("M", MONTHS),
        ("W", WEEKDAYS),
        ("c", CARDINALS),
        ("o", ORDINALS),
        ("u", UNITS),
        ("U", PLURALS),
        ("S", SEASONS),
        ("p", DAY_PARTS),
        ("j", DECADES),
        ("d", DEICTIC),
        ("G", ZONES),
        ("K", SETS),
    ):
        table.update(dict.fromkeys(words, letter))
    table.update({f"{name}s": "V" for name in WEEKDAYS if name.endswith("day")})
    table.update({f"{name}s": "P" for name in ("morning", "afternoon", "evening", "night")})
    table.update({"quarter": "q", "quarters": "Q", "second": "o"})
    return table


WORDS = MappingProxyType(_classes())
"""Class of each word, in lower case."""

CAPITALISED = frozenset("MWVXG1L$%")
"""Classes whose words count only when they begin with a capital letter."""

SIGNS = MappingProxyType(
    {",": ",", ".": ".", "-": "-", "‑": "-", "–": "-", "—": "~", "/": "/", ":": ":", "'": "'", "’": "'", "‘": "'"},
)
"""Class of each sign."""
