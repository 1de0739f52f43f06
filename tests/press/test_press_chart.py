"""Charts: a PNG of the promised size for any series, and points that say what the source said."""

import struct
import zlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.desk.memory import Entry
from bot.press.chart import HEIGHT_PX, WIDTH_PX, render_chart
from bot.press.chart_days import MAX_TICKS, tick_text, ticks
from bot.press.chart_points import MAX_SOURCES, OTHERS, Bound, plot_of
from models.api import FigureKind, KeyFigure, Period, Precision, Qualifier, Range, Span, Status, Value

ENGLISH = words_in("en")

DAY = date(2026, 3, 1)


def entry(
    value: Value,
    day: date | None = DAY,
    *,
    outlet: str = "Harbour Wire",
    qualifier: Qualifier = Qualifier.EXACT,
    kind: FigureKind = FigureKind.TROOPS,
    unit: str | None = "soldier",
) -> Entry:
    figure = KeyFigure(
        kind=kind,
        value=value,
        unit=unit,
        qualifier=qualifier,
        label="soldiers in Norland",
        status=Status.ACTUAL,
        as_of=None if day is None else Period(start=day, end=day, precision=Precision.DAY),
        change=None,
        attribution=None,
        importance=0.9,
        surface="some",
        span=Span(0, 4),
        sentence=Span(0, 9),
    )
    published = datetime(2026, 4, 2, 9, tzinfo=UTC)
    return Entry(
        article_key="post:1:1",
        story=1,
        figure=figure,
        sentence="A sentence.",
        outlet=outlet,
        link=None,
        published=published,
        filed_at=published,
    )


def pixels(png: bytes) -> tuple[tuple[int, int], bytes]:
    """The size of a PNG and its unpacked rows."""
    at, rows = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        rows += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    width, height = struct.unpack(">II", png[16:24])
    return (width, height), zlib.decompress(rows)


def drawn(*entries: Entry, label: str = "Soldiers in Norland") -> bytes:
    size, rows = pixels(render_chart(entries, ENGLISH, label=label, unit=entries[0].figure.unit))
    assert size == (WIDTH_PX, HEIGHT_PX)
    return rows


@pytest.mark.parametrize(
    "values",
    [
        ["7"],
        ["7", "7", "7"],
        ["0", "0"],
        ["-3", "4"],
        ["3", "4000", "2000000000"],
        [str(number) for number in range(1, 201)],
        ["1e15", "2e15"],
    ],
)
def test_any_series_makes_a_picture_for_a_phone(values: list[str]) -> None:
    drawn(*(entry(Decimal(value), DAY + timedelta(days=3 * number)) for number, value in enumerate(values)))


def test_qualifiers_ranges_and_unknown_days_are_drawn_apart() -> None:
    first = entry(Decimal(4000))
    plain = drawn(first, entry(Decimal(3000), date(2026, 3, 9)))
    others = [
        drawn(first, entry(Decimal(3000), date(2026, 3, 9), qualifier=qualifier))
        for qualifier in (Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.UP_TO)
    ]
    others.append(drawn(first, entry(Range(low=Decimal(2900), high=Decimal(3100)), date(2026, 3, 9))))
    others.append(drawn(first, entry(Decimal(3000), None)))
    assert len({plain, *others}) == 6


def test_a_conflict_stays_two_points_of_two_sources() -> None:
    plot = plot_of([entry(Decimal(90), outlet="Coast Radio"), entry(Decimal(63))], "soldier", ENGLISH)
    assert [(point.day, point.low, point.source) for point in plot.points] == [
        (DAY, 63, "Harbour Wire"),
        (DAY, 90, "Coast Radio"),
    ]


def test_a_point_stands_at_its_as_of_and_only_without_one_at_its_publication() -> None:
    known, unknown = plot_of([entry(Decimal(5)), entry(Decimal(6), None)], "soldier", ENGLISH).points
    assert (known.day, known.by_publication) == (DAY, False)
    assert (unknown.day, unknown.by_publication) == (date(2026, 4, 2), True)


def test_bounds_point_to_where_the_true_value_may_lie() -> None:
    entries = [entry(Decimal(5), qualifier=qualifier) for qualifier in Qualifier]
    by_label = {point.label: (point.bound, point.soft) for point in plot_of(entries, "soldier", ENGLISH).points}
    assert by_label == {
        "5": (Bound.NONE, False),
        "about 5": (Bound.NONE, True),
        "at least 5": (Bound.UP, False),
        "more than 5": (Bound.UP, False),
        "up to 5": (Bound.DOWN, False),
        "fewer than 5": (Bound.DOWN, False),
    }


@pytest.mark.parametrize(
    ("kind", "unit", "values", "said"),
    [
        (FigureKind.MONEY, "USD", ["1500000000", "2750000000"], "billion US dollars"),
        (FigureKind.CASUALTIES, "killed", ["5", "9"], "people killed"),
        (FigureKind.PERCENT, "percent", ["5", "9"], "percent"),
        (FigureKind.COUNT, None, ["3", "4000000"], ""),
    ],
)
def test_the_axis_says_what_is_counted_and_in_which_scale(
    kind: FigureKind, unit: str | None, values: list[str], said: str
) -> None:
    plot = plot_of([entry(Decimal(value), kind=kind, unit=unit) for value in values], unit, ENGLISH)
    assert plot.unit == said


def test_sources_beyond_the_colours_are_one() -> None:
    plot = plot_of([entry(Decimal(n), outlet=f"Paper {n}") for n in range(10)], "soldier", ENGLISH)
    assert len(plot.sources) == MAX_SOURCES
    assert plot.sources[-1] == OTHERS
    assert {point.source for point in plot.points} == set(plot.sources)


def test_what_the_font_lacks_and_dollars_break_nothing(recwarn: pytest.WarningsRecorder) -> None:
    drawn(entry(Decimal(5), outlet="中文 Radio"), label="From $5 to $6 \\frac{1}{2} 中文 🚢 " + "very long " * 30)
    assert not recwarn.list


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 4000))
def test_a_few_days_within_are_named_each_once(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    named = ticks(first, last)
    assert 1 <= len(named) <= MAX_TICKS
    assert named == sorted(set(named))
    assert len({tick_text(day, first, last, ENGLISH) for day in named}) == len(named)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals(-(10**15), 10**15, places=2),
            st.dates(date(1990, 1, 1), date(2090, 1, 1)),
            st.sampled_from(Qualifier),
        ),
        min_size=1,
        max_size=12,
    ),
    st.text(max_size=80),
)
def test_no_series_fails(series: list[tuple[Decimal, date, Qualifier]], label: str) -> None:
    drawn(*(entry(value, day, qualifier=qualifier) for value, day, qualifier in series), label=label)
