"""The words of English that stand for numbers, as tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Final


def _table(rows: str) -> dict[str, Decimal]:
    return {word: Decimal(value) for word, value in (row.split() for row in rows.strip().splitlines())}


UNITS: Final = _table("""
one 1
two 2
three 3
four 4
five 5
six 6
seven 7
eight 8
nine 9
zero 0
""")
TEENS: Final = _table("""
ten 10
eleven 11
twelve 12
thirteen 13
fourteen 14
fifteen 15
sixteen 16
seventeen 17
eighteen 18
nineteen 19
""")
TENS: Final = _table("""
twenty 20
thirty 30
forty 40
fourty 40
fifty 50
sixty 60
seventy 70
eighty 80
ninety 90
""")
SMALL: Final = UNITS | TEENS | TENS

SCALES: Final = _table("""
thousand 1000
thsd 1000
lakh 100000
lakhs 100000
million 1000000
mln 1000000
mn 1000000
mil 1000000
crore 10000000
crores 10000000
billion 1000000000
bln 1000000000
bn 1000000000
trillion 1000000000000
trln 1000000000000
trn 1000000000000
tn 1000000000000
quadrillion 1000000000000000
""")
"""Words that multiply what stands before them, in order."""

GLUED_SCALES: Final = _table("""
k 1000
K 1000
m 1000000
M 1000000
mn 1000000
Mn 1000000
mm 1000000
MM 1000000
mln 1000000
mil 1000000
b 1000000000
B 1000000000
bn 1000000000
Bn 1000000000
BN 1000000000
bln 1000000000
tn 1000000000000
trn 1000000000000
T 1000000000000
cr 10000000
""")
"""Letters that multiply the digits they are written against."""

MONEY_ONLY_SCALES: Final = frozenset({"m", "mm", "MM", "b", "B", "T", "M", "cr", "tn"})
"""Glued letters that are also symbols of a unit; without a currency they need a counted noun after them."""

COLLECTIVES: Final = _table("""
dozen 12
hundred 100
""") | {
    word: value
    for word, value in SCALES.items()
    if word in {"thousand", "million", "billion", "trillion", "lakh", "crore"}
}
"""What "a", "half a", "several" and "a few" may stand before."""

VAGUE: Final[dict[str, tuple[Decimal, Decimal]]] = {
    "dozens": (Decimal(12), Decimal(120)),
    "scores": (Decimal(20), Decimal(200)),
    "tens": (Decimal(10), Decimal(100)),
    "hundreds": (Decimal(100), Decimal(1000)),
    "thousands": (Decimal(1000), Decimal(10_000)),
    "lakhs": (Decimal(100_000), Decimal(10_000_000)),
    "millions": (Decimal(1_000_000), Decimal(10_000_000)),
    "crores": (Decimal(10_000_000), Decimal(100_000_000)),
    "billions": (Decimal(1_000_000_000), Decimal(10_000_000_000)),
    "trillions": (Decimal(1_000_000_000_000), Decimal(10_000_000_000_000)),
}
"""Plurals without a number, as NewsQuant bounds them: from one to ten of the thing."""

LOOSE: Final[dict[str, tuple[Decimal, Decimal]]] = {
    "several": (Decimal(2), Decimal(9)),
    "few": (Decimal(2), Decimal(9)),
    "couple": (Decimal(2), Decimal(2)),
}
"""Words that are quantities only before a collective: "several thousand"."""

FRACTIONS: Final = {
    "half": Decimal(1) / 2,
    "halves": Decimal(1) / 2,
    "third": Decimal(1) / 3,
    "thirds": Decimal(1) / 3,
    "quarter": Decimal(1) / 4,
    "quarters": Decimal(1) / 4,
    "fourth": Decimal(1) / 4,
    "fourths": Decimal(1) / 4,
    "fifth": Decimal(1) / 5,
    "fifths": Decimal(1) / 5,
    "sixth": Decimal(1) / 6,
    "sixths": Decimal(1) / 6,
    "seventh": Decimal(1) / 7,
    "sevenths": Decimal(1) / 7,
    "eighth": Decimal(1) / 8,
    "eighths": Decimal(1) / 8,
    "ninth": Decimal(1) / 9,
    "ninths": Decimal(1) / 9,
    "tenth": Decimal(1) / 10,
    "tenths": Decimal(1) / 10,
    "hundredth": Decimal(1) / 100,
    "hundredths": Decimal(1) / 100,
    "thousandth": Decimal(1) / 1000,
    "thousandths": Decimal(1) / 1000,
}
GLYPHS: Final = {
    "½": Decimal("0.5"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅕": Decimal("0.2"),
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}

FOLD: Final = {f"{word}fold": value for word, value in SMALL.items()} | {
    f"{word}-fold": value for word, value in SMALL.items()
}

STARTERS: Final = frozenset({*SMALL, *VAGUE, *LOOSE, *GLYPHS, *FOLD, "half", "a", "an", "hundred", "third", "quarter"})
"""Every word (lower case) a numeral in words can begin with."""
