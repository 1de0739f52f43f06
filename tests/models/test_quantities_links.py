"""How a figure moved: steps, levels, where it came from, and both ends of "from A to B"."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.api import Qualifier, Range, Trend
from models.figures import QuantityKind, Role, find_quantities


def test_from_a_to_b_is_one_range_with_both_ends() -> None:
    (move,) = find_quantities("The footprint shrinks from about 13,000 to 8,600 by mid-July.")
    assert move.value == Range(low=Decimal(8600), high=Decimal(13000))
    assert move.role is Role.MOVE
    assert move.trend is Trend.DOWN
    assert move.ends is not None
    start, end = move.ends
    assert (start.value, start.qualifier) == (Decimal(13000), Qualifier.ABOUT)
    assert (end.value, end.qualifier) == (Decimal(8600), Qualifier.EXACT)
    assert end.origin is start
    assert start.surface == "13,000"


def test_from_a_to_b_after_range_words_is_a_spread() -> None:
    (spread,) = find_quantities("Prices range from $800,000 to $1.3 million.")
    assert spread.ends is None
    assert spread.role is Role.LEVEL


def test_a_step_and_the_level_it_led_to_are_tied() -> None:
    step, level, origin = find_quantities("Inflation rose 0.3 percentage points to 3.4% in May from 3.1% in April.")
    assert (step.role, step.trend) == (Role.STEP, Trend.UP)
    assert level.by is not None
    assert level.by.value == Decimal("0.3")
    assert level.origin is not None
    assert level.origin.value == origin.value == Decimal("3.1")


def test_a_reduction_from_names_the_origin() -> None:
    text = "The presence had dropped to about 2,500 troops, a reduction from about 3,000 troops."
    now, before = find_quantities(text)
    assert now.origin is not None
    assert now.origin.value == before.value == Decimal(3000)
    assert now.trend is Trend.DOWN
    assert now.qualifier is before.qualifier is Qualifier.ABOUT


def test_two_verbs_of_one_sentence_do_not_share_an_origin() -> None:
    eight, seven, five = find_quantities(
        "Eight deaths were in the north, seven from the coast, five deaths in the hills."
    )
    assert eight.origin is seven.origin is five.origin is None


def test_a_unit_said_once_is_lent_to_the_next_number() -> None:
    first, second = find_quantities("More than 6 million homes lost power, 1.5 million of them in the capital.")
    assert second.unit == first.unit == "home"
    assert second.unit_span is None


def test_a_distance_is_not_lent_to_the_dead() -> None:
    _, killed = find_quantities("The quake, at a depth of 10 km, killed at least 157.")
    assert killed.unit is None
    assert killed.qualifier is Qualifier.AT_LEAST


def test_a_conversion_in_brackets_is_bounded_like_its_original() -> None:
    miles, kilometres = find_quantities("The range is just under 300 miles (480 km).")
    assert miles.qualifier is kilometres.qualifier is Qualifier.LESS_THAN


@pytest.mark.parametrize(
    ("text", "trend", "role"),
    [
        ("Shares fell 3%.", Trend.DOWN, Role.STEP),
        ("Shares were up 3%.", Trend.UP, Role.STEP),
        ("A rise of 3% was seen.", Trend.UP, Role.STEP),
        ("They cut output by 3%.", Trend.DOWN, Role.STEP),
        ("The index: -3%.", Trend.DOWN, Role.STEP),
        ("The rate fell to 3%.", Trend.DOWN, Role.LEVEL),
        ("The rate was raised to 3%.", Trend.UP, Role.LEVEL),
        ("The rate is 3%.", None, Role.LEVEL),
        ("A share of up to 3% is allowed.", None, Role.LEVEL),
    ],
)
def test_trend_and_role(text: str, trend: Trend | None, role: Role) -> None:
    (one,) = find_quantities(text)
    assert (one.trend, one.role) == (trend, role)


@pytest.mark.parametrize(
    "text", ["They lost 12 men.", "It raised £5m.", "He added two rooms.", "They set up 12 camps."]
)
def test_what_was_counted_did_not_move(text: str) -> None:
    (one,) = find_quantities(text)
    assert one.trend is None


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("about 50 boats", Qualifier.ABOUT),
        ("some 50 boats", Qualifier.ABOUT),
        ("an estimated 50 boats", Qualifier.ABOUT),
        ("50 or so boats", Qualifier.ABOUT),
        ("40-odd boats", Qualifier.ABOUT),
        ("at least 50 boats", Qualifier.AT_LEAST),
        ("no fewer than 50 boats", Qualifier.AT_LEAST),
        ("50 or more boats", Qualifier.AT_LEAST),
        ("more than 50 boats", Qualifier.MORE_THAN),
        ("over 50 boats", Qualifier.MORE_THAN),
        ("in excess of 50 boats", Qualifier.MORE_THAN),
        ("up to 50 boats", Qualifier.UP_TO),
        ("as many as 50 boats", Qualifier.UP_TO),
        ("no more than 50 boats", Qualifier.UP_TO),
        ("fewer than 50 boats", Qualifier.LESS_THAN),
        ("just under 50 boats", Qualifier.LESS_THAN),
        ("more than a hundred boats", Qualifier.MORE_THAN),
        ("exactly 50 boats", Qualifier.EXACT),
        ("50 boats", Qualifier.EXACT),
    ],
)
def test_bounds(text: str, qualifier: Qualifier) -> None:
    (one,) = find_quantities(f"They counted {text} there.")
    assert one.qualifier is qualifier
    assert one.noun == "boat"


@pytest.mark.parametrize(
    ("text", "qualifier", "trend"),
    [
        ("Prices must not fall below 40 dollars.", Qualifier.AT_LEAST, None),
        ("The mill will not sell below 590 euros a tonne.", Qualifier.AT_LEAST, None),
        ("Costs cannot rise above 3 million pounds.", Qualifier.UP_TO, None),
        ("Wages won’t go over 500 euros.", Qualifier.UP_TO, None),
        ("Prices fell below 40 dollars.", Qualifier.LESS_THAN, Trend.DOWN),
        ("The minister would not say whether over 300 people died.", Qualifier.MORE_THAN, None),
    ],
)
def test_a_denied_movement_turns_its_bound_round(text: str, qualifier: Qualifier, trend: Trend | None) -> None:
    (one,) = find_quantities(text)
    assert (one.qualifier, one.trend) == (qualifier, trend)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("The money is paid over four years.", Qualifier.EXACT),
        ("The war has lasted for over four years.", Qualifier.MORE_THAN),
    ],
)
def test_over_a_length_of_time_may_mean_during(text: str, qualifier: Qualifier) -> None:
    (one,) = find_quantities(text)
    assert one.qualifier is qualifier


@pytest.mark.parametrize(
    "text",
    [
        "He won a ruling over a £15m deal.",
        "Shares were near a two-week low.",
        "Growth is below the 10-year average.",
        "The bonus of £689,000 plus perks was paid.",
        "Taken together, 12 Max phones were sold.",
    ],
)
def test_a_bound_of_something_else_is_no_bound(text: str) -> None:
    (one,) = find_quantities(text)
    assert one.qualifier is Qualifier.EXACT


def test_a_scale_from_one_to_five_moves_nothing() -> None:
    (one,) = find_quantities("On a scale from 1 to 5 it was rated.")
    assert one.ends is None


def test_an_origin_belongs_to_the_sum_it_is_comparable_with() -> None:
    total, share, origin = find_quantities("Profit grew to $64 million, or 37 cents a share, from $27 million.")
    assert total.origin is not None
    assert total.origin.value == origin.value
    assert share.origin is None


@pytest.mark.parametrize(
    ("text", "currency", "unit"),
    [
        ("$5 million", "USD", "dollar"),
        ("US$5 million", "USD", "dollar"),
        ("$US5 million", "USD", "dollar"),
        ("USD 5 million", "USD", "dollar"),
        ("5 million dollars", "USD", "dollar"),
        ("€5m", "EUR", "euro"),
        ("5 million euros", "EUR", "euro"),
        ("£5m", "GBP", "pound sterling"),
        ("5 million pounds", "GBP", "pound sterling"),
        ("¥500", "JPY", "japanese yen"),
        ("RM79", "MYR", "malaysian ringgit"),
        ("Rs 500", "INR", "indian rupee"),
        ("A$5 million", "AUD", "australian dollar"),
        ("5 million Canadian dollars", "CAD", "canadian dollar"),
        ("50 billion won", "KRW", "south korean won"),
        ("5 million Egyptian pounds", "EGP", "egyptian pound"),
        ("NT$300", "TWD", "taiwan dollar"),
        ("300 million hryvnias", "UAH", "ukrainian hryvnia"),
        ("R500 million", "ZAR", "south african rand"),
        ("5,000 Swedish kronor", "SEK", "swedish krona"),
        ("CHF 300", "CHF", "swiss franc"),
    ],
)
def test_currencies(text: str, currency: str, unit: str) -> None:
    (one,) = find_quantities(f"They paid {text} for it.")
    assert (one.kind, one.currency, one.unit) == (QuantityKind.MONEY, currency, unit)
    assert one.surface == text


def test_pounds_of_something_are_weight() -> None:
    (one,) = find_quantities("Police seized 92 pounds of explosives.")
    assert one.kind is QuantityKind.MEASURE
    assert one.currency is None


def test_dates_found_elsewhere_are_left_out_but_lengths_of_time_stay() -> None:
    class Timed:
        def __init__(self, start: int, end: int) -> None:
            self.span = (start, end)
            self.type = "DATE"

    text = "It fell on the 5 of Thermidor, two years ago."
    spans = [Timed(11, 29), Timed(31, 44)]
    found = find_quantities(text, timexes=spans)  # type: ignore[arg-type]  # a double with a bare tuple for a span
    assert [one.surface for one in found] == ["two years"]
