from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from desk_samples import day, deadline, figure, month
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.press.deadlines import deadline_text
from bot.press.figures import figure_text
from bot.press.numbers import number_text
from bot.press.times import period_text
from models.api import Bond, Change, FigureKind, Period, Precision, Qualifier, Range, Status, Trend

ENGLISH = words_in("en")


def spell(**fields: Any) -> str:
    return figure_text(figure(**fields), ENGLISH)


def test_a_figure_says_what_how_much_when_and_how_it_moved() -> None:
    text = spell(
        label="US troops in Iraq",
        qualifier=Qualifier.ABOUT,
        as_of=month(2021, 1),
        change=Change(trend=Trend.DOWN, origin=Decimal(3000), origin_qualifier=Qualifier.ABOUT),
    )
    assert text == "US troops in Iraq: about 2,500, as of January 2021 (down from about 3,000)"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"kind": FigureKind.MONEY, "unit": "USD", "value": Decimal(15_000_000), "label": "aid"}, "Aid: $15 million"),
        (
            {"kind": FigureKind.MONEY, "unit": "EUR", "value": Decimal(2500000000), "label": "aid"},
            "Aid: €2.5 billion",
        ),
        ({"kind": FigureKind.MONEY, "unit": "UAH", "value": Decimal(300), "label": "fine"}, "Fine: UAH 300"),
        ({"kind": FigureKind.MONEY, "unit": "USD", "value": Decimal("52.15"), "label": "oil"}, "Oil: $52.15"),
        (
            {
                "kind": FigureKind.MONEY,
                "unit": "USD",
                "value": Range(low=Decimal(10_000_000), high=Decimal(12_000_000)),
                "label": "cost",
                "surface": "$10-12 million",
            },
            "Cost: $10 to 12 million",
        ),
        (
            {"value": Range(low=Decimal(9), high=Decimal(190_000_000)), "label": "crowns", "surface": "9 to 190m"},
            "Crowns: 9 to 190,000,000",
        ),
        (
            {"kind": FigureKind.PERCENT, "unit": "percent", "value": Decimal("7.2"), "label": "unemployment"},
            "Unemployment: 7.2%",
        ),
        (
            {
                "kind": FigureKind.CASUALTIES,
                "unit": "killed",
                "value": Decimal(41),
                "label": "Varda flood",
                "qualifier": Qualifier.AT_LEAST,
            },
            "Varda flood: at least 41 killed",
        ),
        (
            {"kind": FigureKind.CASUALTIES, "unit": "killed", "value": Decimal(41), "label": "people killed in Varda"},
            "People killed in Varda: 41",
        ),
        (
            {
                "kind": FigureKind.CASUALTIES,
                "unit": "injured",
                "value": Range(low=Decimal(12), high=Decimal(120)),
                "surface": "Dozens",
                "label": "Varda flood",
            },
            "Varda flood: dozens injured (12 to 120)",
        ),
        (
            {
                "kind": FigureKind.TROOPS,
                "value": Range(low=Decimal(2000), high=Decimal(3000)),
                "surface": "2,000 to 3,000",
            },
            "Soldiers in the north: 2,000 to 3,000",
        ),
        (
            {
                "kind": FigureKind.COUNT,
                "unit": "house",
                "value": Decimal(300),
                "label": "Varda",
                "qualifier": Qualifier.LESS_THAN,
            },
            "Varda: fewer than 300 houses",
        ),
        ({"kind": FigureKind.COUNT, "unit": "house", "value": Decimal(1), "label": ""}, "1 house"),
        (
            {"kind": FigureKind.MEASURE, "unit": "kilometre per hour", "value": Decimal(120), "label": "wind"},
            "Wind: 120 kilometres per hour",
        ),
        (
            {"kind": FigureKind.MEASURE, "unit": "magnitude", "value": Decimal("6.1"), "label": "earthquake"},
            "Earthquake: magnitude 6.1",
        ),
        (
            {
                "kind": FigureKind.MEASURE,
                "unit": "magnitude",
                "value": Decimal("6.1"),
                "label": "magnitude of the quake",
            },
            "Magnitude of the quake: 6.1",
        ),
        ({"kind": FigureKind.DURATION, "unit": "year", "value": Decimal(20), "label": "the war"}, "The war: 20 years"),
        (
            {"status": Status.PLANNED, "attribution": "the ministry"},
            "Soldiers in the north: 2,500 (planned; according to the ministry)",
        ),
        (
            {"status": Status.PLANNED, "as_of": day(2021, 12, 31)},
            "Soldiers in the north: 2,500, planned for 31 December 2021",
        ),
        ({"attribution": "The ministry"}, "Soldiers in the north: 2,500 (according to the ministry)"),
        ({"attribution": "Health officials", "label": "health officials cases"}, "Health officials cases: 2,500"),
        ({"status": Status.FORMER, "as_of": day(2021, 1, 2)}, "Soldiers in the north: 2,500, as of 2 January 2021"),
        (
            {
                "kind": FigureKind.PERCENT,
                "unit": "percent",
                "value": Decimal(38),
                "label": "orders",
                "change": Change(trend=Trend.DOWN, by=Decimal(38), by_percent=True),
            },
            "Orders: 38% (a decrease)",
        ),
        ({"as_of": day(2021, 7, 26)}, "Soldiers in the north: 2,500, as of 26 July 2021"),
        (
            {"change": Change(trend=Trend.UP, by=Decimal(12), by_percent=True)},
            "Soldiers in the north: 2,500 (up by 12%)",
        ),
        ({"change": Change(trend=Trend.UP)}, "Soldiers in the north: 2,500"),
        (
            {
                "kind": FigureKind.PERCENT,
                "unit": "percent",
                "value": Decimal(7),
                "label": "rate",
                "change": Change(trend=Trend.DOWN, by=Decimal("0.5")),
            },
            "Rate: 7% (down by 0.5 percentage points)",
        ),
        (
            {
                "kind": FigureKind.MONEY,
                "unit": "USD",
                "value": Decimal(52),
                "label": "oil",
                "change": Change(trend=Trend.DOWN, origin=Decimal(60)),
            },
            "Oil: $52 (down from $60)",
        ),
    ],
)
def test_values_are_printed_as_people_write_them(fields: dict[str, Any], text: str) -> None:
    assert spell(**fields) == text


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**14, places=3, allow_nan=False))
def test_a_number_is_never_rounded(value: Decimal) -> None:
    number, _, scale = number_text(value, ENGLISH).partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert Decimal(number.replace(",", "")) * factor == value


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (day(2021, 12, 31), "31 December 2021"),
        (month(2021, 10), "October 2021"),
        (Period(start=date(2021, 7, 1), end=date(2021, 9, 30), precision=Precision.QUARTER), "3rd quarter of 2021"),
        (Period(start=date(2021, 1, 1), end=date(2021, 12, 31), precision=Precision.YEAR), "2021"),
        (Period(start=date(2020, 1, 1), end=date(2029, 12, 31), precision=Precision.YEAR), "2020 to 2029"),
        (Period(start=date(2021, 6, 1), end=date(2021, 8, 31), precision=Precision.SEASON), "summer 2021"),
        (Period(start=date(2021, 12, 1), end=date(2022, 2, 28), precision=Precision.SEASON), "winter 2021/22"),
        (Period(start=date(2021, 7, 26), end=date(2021, 8, 1), precision=Precision.WEEK), "the week of 26 July 2021"),
        (Period(start=date(2021, 7, 26), end=date(2021, 7, 30), precision=Precision.INTERVAL), "26 to 30 July 2021"),
        (
            Period(start=date(2021, 7, 26), end=date(2021, 8, 3), precision=Precision.INTERVAL),
            "26 July to 3 August 2021",
        ),
        (
            Period(start=date(2020, 12, 26), end=date(2021, 1, 3), precision=Precision.INTERVAL),
            "26 December 2020 to 3 January 2021",
        ),
    ],
)
def test_a_period_keeps_its_precision(period: Period, text: str) -> None:
    assert period_text(period, ENGLISH) == text


def test_deadlines_and_events() -> None:
    assert (
        deadline_text(deadline(what="US combat role in Iraq ends"), ENGLISH)
        == "By 31 December 2021: US combat role in Iraq ends"
    )
    event = deadline(due=month(2021, 10), bond=Bond.EVENT, qualifier="in", what="elections in Iraq")
    assert deadline_text(event, ENGLISH) == "October 2021: elections in Iraq"
    assert (
        deadline_text(deadline(who="the army", what="leave the north"), ENGLISH)
        == "By 31 December 2021: leave the north (the army)"
    )
    assert deadline_text(deadline(who="The army", what="Army to leave the north"), ENGLISH).endswith(
        ": Army to leave the north"
    )
    assert deadline_text(deadline(who="The Ostran army", what="First stage (Ilmar)"), ENGLISH).endswith(
        ": First stage (Ilmar)"
    )
    assert deadline_text(deadline(who="Interior Minister Drost", what="Houses due"), ENGLISH).endswith(
        "(Interior Minister Drost)"
    )
    assert deadline_text(deadline(qualifier="until", what="truce"), ENGLISH) == "Until 31 December 2021: truce"
    assert (
        deadline_text(deadline(what="truce"), ENGLISH, today=date(2022, 1, 1)) == "By 31 December 2021: truce (passed)"
    )
