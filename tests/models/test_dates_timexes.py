"""Time expressions of news English and the values they get."""

from __future__ import annotations

from datetime import date

import pytest

from models.api import Period, Precision
from models.dates import Timex, TimexType, find_timexes

FRIDAY = date(2026, 11, 20)


def read(text: str) -> list[Timex]:
    return find_timexes(text, FRIDAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry said on Wednesday that 14 people had died since Sunday night.",
            "Wednesday=2026-11-18 Sunday night=2026-11-15TNI",
        ),
        (
            "Talks resume Monday in Geneva, two mediators told reporters on Thursday.",
            "Monday=2026-11-23 Thursday=2026-11-19",
        ),
        ("The ceasefire took effect at 4 a.m. on Friday.", "4 a.m.=2026-11-20T04:00 Friday=2026-11-20"),
        ("The curfew starts at 0200 GMT.", "0200 GMT=2026-11-20T02:00"),
        (
            "Voters go to the polls on Nov. 3, and early voting begins next week.",
            "Nov. 3=2026-11-03 next week=2026-W48",
        ),
        ("The central bank meets on Dec. 11-12.", "Dec. 11=2026-12-11 12=2026-12-12"),
        ("It applies to firms founded before 2015, from January 1, 2027.", "2015=2015 January 1, 2027=2027-01-01"),
        ("She was born on 4 March 1961 and died last Tuesday.", "4 March 1961=1961-03-04 last Tuesday=2026-11-17"),
        (
            "The deal, signed on the 15th of May, expires in three months.",
            "the 15th of May=2026-05-15 three months=P3M",
        ),
        ("By the end of the third quarter it had lost 2000 people.", "the end of the third quarter=2026-Q3"),
        ("In the first half of 2026 the agency processed 1,204 claims.", "the first half of 2026=2026-H1"),
        (
            "The storm is due to make landfall late Saturday or early Sunday.",
            "late Saturday=2026-11-21 early Sunday=2026-11-22",
        ),
        (
            "The army has been there since the late 1990s, in the south since the mid-'80s.",
            "the late 1990s=199 the mid-'80s=198",
        ),
        ("At 10:30 p.m. on Monday the siren sounded.", "10:30 p.m.=2026-11-16T22:30 Monday=2026-11-16"),
        ("The five-year plan covers fiscal 2027.", "five-year=P5Y fiscal 2027=2027"),
        ("Q3 2025 earnings fell 4%.", "Q3 2025=2025-Q3"),
        ("The number is the highest in more than two decades.", "more than two decades=P20Y"),
        ("The 2024 Summer Olympics were held in Paris.", "2024=2024"),
        ("Next month's summit was postponed until spring 2027.", "Next month=2026-12 spring 2027=2027-SP"),
        ("May said she may travel in May.", "May=2026-05"),
        ("The 19-year-old was arrested on Thursday.", "Thursday=2026-11-19"),
        ("The report, published every two years, is due in mid-November.", "every two years=P2Y mid-November=2026-11"),
        ("Every Friday since October 7 families have gathered.", "Every Friday=XXXX-WXX-5 October 7=2026-10-07"),
        (
            "Christmas Eve services will be held; New Year's Day is a holiday.",
            "Christmas Eve=2026-12-24 New Year's Day=2027-01-01",
        ),
        ("Thanksgiving travel is expected to break records this year.", "Thanksgiving=2026-11-26 this year=2026"),
        ("He resigned a decade after the Sept. 11, 2001 attacks.", "a decade=P10Y Sept. 11, 2001=2001-09-11"),
        (
            "On 2026-11-15 the index stood at 2,041; on 11/16/2026 at 2,050.",
            "2026-11-15=2026-11-15 11/16/2026=2026-11-16",
        ),
        ("The pact runs to 30 June next year.", "30 June next year=2027-06-30"),
        ("The rally is set for Sunday afternoon.", "Sunday afternoon=2026-11-22TAF"),
        ("They had been waiting for weeks.", "weeks=PXW"),
        ("The previous record was set in the summer of 2003.", "the summer of 2003=2003-SU"),
        ("U.S. forces will leave by Sept. 11, 2027.", "Sept. 11, 2027=2027-09-11"),
        ("Aid reached 4,000 families a day.", "a day=P1D"),
        ("The drill runs May 15-19 near the border.", "May 15=2027-05-15 19=2027-05-19"),
        ("Officials hope to reopen it in early 2027, or late next year.", "early 2027=2027 late next year=2027"),
        ("It was common in the 19th century.", "the 19th century=18"),
        ("The hearing was adjourned to 22 December.", "22 December=2026-12-22"),
        (
            "A year ago it was 150; two weeks ago, 170; 10 days ago, 165.",
            "A year ago=2025 two weeks ago=2026-11-06 10 days ago=2026-11-10",
        ),
        ("The weekend's attack was the third this month.", "The weekend=2026-W46-WE this month=2026-11"),
        ("The eruption began on the morning of Nov. 20.", "the morning of Nov. 20=2026-11-20TMO"),
        (
            "Three people were hurt last night and one this morning.",
            "last night=2026-11-19TNI this morning=2026-11-20TMO",
        ),
        ("Sales rose by year's end.", "year's end=2026"),
        ("He is now in custody.", "now=PRESENT_REF"),
        ("It rained 2 1/2 hours.", "2 1/2 hours=PT2H30M"),
        ("The summit was moved to 31.12.2026.", "31.12.2026=2026-12-31"),
        ("Yesterday was dry; tomorrow night will not be.", "Yesterday=2026-11-19 tomorrow night=2026-11-21TNI"),
        ("The next day the minister resigned.", "The next day=XXXX-XX-XX"),
        ("The vote is on the first Monday in May 2027.", "the first Monday in May 2027=2027-05-03"),
        ("The year-long siege and the weeklong truce ended.", "The year-long=P1Y weeklong=P1W"),
        ("It fell in 2021; the year before, it had risen.", "2021=2021 the year before=2020"),
        ("He was sworn in at noon on Jan. 20.", "noon=2027-01-20T12:00 Jan. 20=2027-01-20"),
        ("The truce ends at midnight on 1 December.", "midnight=2026-12-01T24:00 1 December=2026-12-01"),
        ("In those days it was rare; these days it is not.", "those days=PAST_REF these days=PRESENT_REF"),
        ("The 2019-20 season was cut short for another year.", "2019=2019 another year=P1Y"),
        ("Good Friday falls early in 2027.", "Good Friday=2027-03-26 early in 2027=2027"),
    ],
)
def test_expressions_and_values(text: str, expected: str) -> None:
    assert " ".join(f"{timex.surface}={timex.value}" for timex in read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "March on Washington organisers may march.",
        "The S&P 500 lost 2000 points.",
        "Residents within 10 miles were told to leave.",
        "Boeing 737 jets and F-16 fighters took part.",
        "The second vote failed; the fall of the government is likely.",
        "Three-quarters of voters stayed at home.",
        "The sun set; a mar on the record.",
        "Call 555-0199 for details.",
        "",
        "April Jones and June Smith won.",
        "Polls for USA Today and NPR agree.",
        "Now, the mayor said, look at the harbour. Now for the weather.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [timex.surface for timex in read(text) if timex.type is not TimexType.DURATION] == []


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("in October", date(2026, 10, 1), date(2026, 10, 31), Precision.MONTH),
        ("in the third quarter of 2025", date(2025, 7, 1), date(2025, 9, 30), Precision.QUARTER),
        ("next week", date(2026, 11, 23), date(2026, 11, 29), Precision.WEEK),
        ("the end of the year", date(2026, 12, 31), date(2026, 12, 31), Precision.DAY),
        ("in the winter of 2026", date(2026, 12, 1), date(2027, 2, 28), Precision.SEASON),
        ("in 2027", date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR),
        ("in the 1990s", date(1990, 1, 1), date(1999, 12, 31), Precision.INTERVAL),
        ("last weekend", date(2026, 11, 14), date(2026, 11, 15), Precision.INTERVAL),
    ],
)
def test_periods(text: str, start: date, end: date, precision: Precision) -> None:
    assert read(text)[0].period == Period(start=start, end=end, precision=precision)


def test_lengths_sets_and_vague_times_have_no_period() -> None:
    assert [timex.period for timex in read("Every day for six months he came, and now he does not.")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("early next year", "START"),
        ("in mid-July", "MID"),
        ("in late October", "END"),
        ("nearly two years", "LESS_THAN"),
        ("at least 30 days", "EQUAL_OR_MORE"),
        ("about a decade ago", "APPROX"),
        ("in May 2026", None),
    ],
)
def test_modifiers(text: str, mod: str | None) -> None:
    assert read(text)[0].mod == mod


def test_a_weekday_is_the_nearest_one_the_sentence_allows() -> None:
    assert read("He spoke Saturday.")[0].value == "2026-11-21"  # the eve of the day it is told on
    assert read("He spoke Monday.")[0].value == "2026-11-16"
    assert read("He will speak Monday.")[0].value == "2026-11-23"
    assert read("He agreed to speak Thursday.")[0].value == "2026-11-19"
    assert read("It ends Friday.")[0].value == "2026-11-20"


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    january = date(2027, 1, 4)
    assert find_timexes("It began on Dec. 28.", january)[0].value == "2026-12-28"
    assert find_timexes("It begins on Feb. 2.", january)[0].value == "2027-02-02"
    assert find_timexes("It was signed on July 20.", january)[0].value == "2026-07-20"
    assert find_timexes("It will open on June 1.", january)[0].value == "2027-06-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The post reopens the day after tomorrow.", "the day after tomorrow=2026-11-22"),
        ("It shut the day before yesterday.", "the day before yesterday=2026-11-18"),
        ("Sales rose in the year ended Dec. 31.", "the year=P1Y Dec. 31=2025-12-31"),
        ("In the fiscal year ended Jan. 31, it lost money.", "the fiscal year=P1Y Jan. 31=2026-01-31"),
        ("Shares are up 4% since year-end.", "year-end=2025-12-31"),
        ("The reservoir fell from the level of the early summer.", "the early summer=2026-SU"),
        ("It opened in March nineteen ninety-two.", "March nineteen ninety-two=1992-03"),
        ("We saw it in the spring of nineteen eighty-nine.", "the spring of nineteen eighty-nine=1989-SP"),
        ("The committee meets every other week.", "every other week=P2W"),
        ("They waited a half-hour, then half an hour more.", "a half-hour=PT30M half an hour=PT30M"),
        ("Claims fell in the week ended Nov. 7.", "the week=2026-W45 Nov. 7=2026-11-07"),
        ("It happened in the week of Sept. 14.", "the week=2026-W38 Sept. 14=2026-09-14"),
        ("Robots will one day do it, but it took one day.", "one day=FUTURE_REF one day=P1D"),
        ("Orders are expected to grow in future quarters.", "future quarters=FUTURE_REF"),
        ("The tally, which is expected to rise, stood at 12 as of Monday.", "Monday=2026-11-16"),
        ("The sale of the unit was put off to a later date.", "a later date=FUTURE_REF"),
        ("Demand may weaken in the first two quarters of 2027.", "the first two quarters of 2027=2027-H1"),
        (
            "It lost $4 million in the third quarter, against $1 million in the quarter a year ago.",
            "the third quarter=2026-Q3 the quarter a year ago=2025-Q3",
        ),
        ("The road will reopen by mid-month.", "mid-month=2026-11"),
        ('He told "This Week" that talks would go on this week.', "this week=2026-W47"),
    ],
)
def test_expressions_less_often_met(text: str, expected: str) -> None:
    assert " ".join(f"{timex.surface}={timex.value}" for timex in read(text)) == expected


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("Net rose to $9 million in the third quarter, compared with $7 million last year.", "last year", "2025-Q3"),
        ("Third-quarter net was $9 million, up from $7 million in the same period last year.", "last year", "2025-Q3"),
        ("The third quarter was weak. The mayor took office last year.", "last year", "2025"),
        (
            "Third-quarter net rose. For the nine months, it was $9 million, up from $6 million a year ago.",
            "a year ago",
            "2025",
        ),
        ("Third-quarter net rose. For the nine months, it fell from the 2025 period.", "the 2025 period", "2025"),
        ("Third-quarter net rose from the 2025 period.", "the 2025 period", "2025-Q3"),
        (
            "Third-quarter net rose. It sees growth in the first quarter of 2027. Sales were flat from the year-ago period.",
            "the year-ago period",
            "2025-Q3",
        ),
    ],
)
def test_a_comparison_is_with_the_quarter_that_is_told(text: str, surface: str, value: str) -> None:
    assert [timex.value for timex in read(text) if timex.surface == surface] == [value]


def test_quarter_to_quarter_is_no_date() -> None:
    assert read("The quarter-to-quarter comparison was flattering.") == []
