"""Numbers in digits and words come back as what they were, and nothing that is text makes the reader stumble."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.api import Range
from models.figures import QuantityKind, find_quantities

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
GROUPS = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")]


def spell(number: int, *, joiner: str = " and ") -> str:
    """The number in British words, or in American ones with a blank as the joiner."""
    for size, name in GROUPS:
        if number >= size:
            rest = number % size
            head = f"{spell(number // size, joiner=joiner)} {name}"
            if not rest:
                return head
            return f"{head}{joiner if rest < 100 else ' '}{spell(rest, joiner=joiner)}"
    if number >= 100:
        rest = number % 100
        head = f"{ONES[number // 100]} hundred"
        return f"{head}{joiner}{spell(rest)}" if rest else head
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


@given(st.integers(min_value=2, max_value=10**15 - 1), st.sampled_from([" and ", " "]))
@settings(max_examples=300, deadline=None)
def test_a_number_in_words_comes_back(number: int, joiner: str) -> None:
    (one,) = find_quantities(f"They counted {spell(number, joiner=joiner)} birds.")
    assert one.value == number
    assert one.unit == "bird"


@given(st.integers(min_value=2, max_value=10**18))
@settings(max_examples=300, deadline=None)
def test_digits_with_separators_come_back(number: int) -> None:
    (one,) = find_quantities(f"They counted {number:,} birds.")
    assert one.value == number


@given(st.decimals(min_value=0, max_value=10**6, places=3))
@settings(max_examples=300, deadline=None)
def test_decimals_come_back(number: Decimal) -> None:
    (one,) = find_quantities(f"It was {number:,} kilometres.")
    assert one.value == number
    assert one.unit == "kilometre"


SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "m": 6, "bn": 9, "lakh": 5, "crore": 7}


@given(
    st.decimals(min_value=Decimal("0.1"), max_value=999, places=1),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from([("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("HK$", "HKD"), ("Rs ", "INR")]),
)
@settings(max_examples=300, deadline=None)
def test_an_amount_of_money_comes_back(number: Decimal, scale: str, currency: tuple[str, str]) -> None:
    symbol, code = currency
    glue = "" if len(scale) < 3 else " "
    (one,) = find_quantities(f"The deal is worth {symbol}{number}{glue}{scale}, they said.")
    assert one.value == number.scaleb(SCALES[scale])
    assert (one.kind, one.currency) == (QuantityKind.MONEY, code)


@given(
    st.decimals(min_value=0, max_value=1000, places=2), st.sampled_from(["%", " %", " per cent", " percent", " pct"])
)
@settings(max_examples=300, deadline=None)
def test_a_percentage_comes_back_as_printed(number: Decimal, sign: str) -> None:
    (one,) = find_quantities(f"The share was {number}{sign} then.")
    assert one.value == number
    assert one.unit == "percent"


@given(st.integers(min_value=2, max_value=500), st.integers(min_value=1, max_value=500))
@settings(max_examples=200, deadline=None)
def test_a_range_comes_back(low: int, more: int) -> None:
    (one,) = find_quantities(f"It needs {low} to {low + more} kilometres of cable.")
    assert one.value == Range(low=Decimal(low), high=Decimal(low + more))


@given(st.text(max_size=120))
@settings(max_examples=1000, deadline=None)
def test_any_text_is_read_and_every_span_slices(text: str) -> None:
    for one in find_quantities(text):
        assert text[one.surface_span.start : one.surface_span.end] == one.surface
        assert one.span.start < one.span.end


def test_ten_thousand_random_texts_are_read() -> None:
    chance = random.Random(1701)
    for _ in range(10_000):
        codes = [
            chance.choice((chance.randrange(32, 127), chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)))
            for _ in range(40)
        ]
        find_quantities("".join(map(chr, codes)))


WORDS = [
    "one",
    "two",
    "hundred",
    "thousand",
    "million",
    "5",
    "12,000",
    "1.5",
    "-",
    "–",
    "to",
    "and",
    "from",
    "between",
    "$",
    "%",
    "€",
    "half",
    "a",
    "an",
    "of",
    "in",
    "dozens",
    "several",
    ".",
    ",",
    "(",
    ")",
    "/",
    ":",
    "people",
    "U.S.",
    "rose",
    "by",
    "2019",
    "May",
    "per",
    "km",
    "m",
    "k",
    "½",
    "year",
    "-",
    "old",
    "+",
    "'",
    '"',
    "°C",
    "-1",
    "17:00",
    "3/4",
    "no.",
    "Covid-19",
]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "\n"])), max_size=25))
@settings(max_examples=1000, deadline=None)
def test_any_jumble_of_number_words_is_read(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    for one in find_quantities(text):
        assert text[one.surface_span.start : one.surface_span.end] == one.surface


@pytest.mark.parametrize("piece", ["7", "one ", "-", "1 ", "from 1 to ", "half a ", "1,", "5 km per ", "1-", "$"])
def test_two_hundred_kilobytes_of_anything_are_read(piece: str) -> None:
    find_quantities(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 000 people", 12000),
        ("1\u202f250\u202f000 people", 1250000),
        ("1,25,000 people", 125000),
        (".5 per cent", Decimal("0.5")),
        ("1½ miles", Decimal("1.5")),
        ("two and a half miles", Decimal("2.5")),
        ("a quarter of a million people", 250000),
        ("half a dozen people", 6),
        ("two dozen people", 24),
        ("a hundred and twenty people", 120),
        ("four hundred million people", 400000000),
        ("4 hundred million people", 400000000),
        ("2 lakh crore people", 2000000000000),
        ("minus five degrees", -5),
        ("three point one four miles", Decimal("3.14")),
        ("40k people", 40000),
        ("$5bn", 5000000000),
        ("nine out of 10 people", Decimal("0.9")),
        ("1 in 4 people", Decimal("0.25")),
    ],
)
def test_ways_of_writing_a_number(text: str, value: Decimal | int) -> None:
    (one,) = find_quantities(f"They said {text} then.")
    assert one.value == value
    assert one.surface == text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens of boats", 12, 120),
        ("hundreds of boats", 100, 1000),
        ("tens of thousands of boats", 10_000, 100_000),
        ("hundreds of millions of boats", 100_000_000, 1_000_000_000),
        ("15-22 boats", 15, 22),
        ("2 to 3 million boats", 2_000_000, 3_000_000),
        ("2,000 to 3,000 boats", 2000, 3000),
        ("between 5 and 10 boats", 5, 10),
        ("two or three boats", 2, 3),
    ],
)
def test_ranges_and_vague_words(text: str, low: int, high: int) -> None:
    (one,) = find_quantities(f"They saw {text} there.")
    assert one.value == Range(low=Decimal(low), high=Decimal(high))
    assert one.noun == "boat"
