"""A series as text: the newest first, one line a value and day, disagreement said and never settled."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.catalogue import words_in
from bot.desk.ledger import Series
from bot.desk.memory import Entry
from bot.press.series import MAX_LINES, render_series
from models.api import FigureKind, KeyFigure, Period, Precision, Qualifier, Span, Status

ENGLISH = words_in("en")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHO = {"Coast Radio": "the provincial governor"}


def entry(
    value: int, day: int, *, outlet: str = "Harbour Wire", status: Status = Status.ACTUAL, known: bool = True
) -> Entry:
    """A toll of so many killed, told on the day after the so-many-th of March, of which it speaks where that is known."""
    as_of = date(2026, 3, 1) + timedelta(days=day)
    published = NOON + timedelta(days=day + 1)
    figure = KeyFigure(
        kind=FigureKind.CASUALTIES,
        value=Decimal(value),
        unit="killed",
        qualifier=Qualifier.EXACT,
        label="people killed in the Halmera earthquake",
        status=status,
        as_of=Period(start=as_of, end=as_of, precision=Precision.DAY) if known else None,
        change=None,
        attribution=WHO.get(outlet, "the Interior Ministry"),
        importance=0.9,
        surface=str(value),
        span=Span(0, 3),
        sentence=Span(0, 9),
    )
    return Entry(
        article_key=f"{outlet}:{day}:{value}",
        story=1,
        figure=figure,
        sentence=f"The earthquake in Halmera killed {value} people, {figure.attribution} said.",
        outlet=outlet,
        link=f"https://t.me/wire/{value}",
        published=published,
        filed_at=published,
    )


def lines(*entries: Entry) -> list[str]:
    series = Series(
        id=1,
        kind=FigureKind.CASUALTIES,
        unit="killed",
        label="people killed in the Halmera earthquake",
        entries=entries,
    )
    return render_series(series, ENGLISH).text.splitlines()


def test_the_newest_comes_first_and_says_what_it_was() -> None:
    title, newest, oldest = lines(entry(112, 0), entry(148, 2))
    assert title == "People killed in the Halmera earthquake"
    assert "148" in newest
    assert "as of 3 March 2026 (was 112" in newest
    assert newest.endswith("— Harbour Wire")
    assert "was" not in oldest


def test_the_same_value_of_the_same_day_is_one_line_with_all_its_sources() -> None:
    found = lines(entry(112, 0), entry(112, 0, outlet="Coast Radio"), entry(112, 0, outlet="Coast Radio"))
    assert len(found) == 2
    assert "Harbour Wire" in found[1]
    assert found[1].count("Coast Radio") == 1


def test_sources_that_disagree_are_both_told_and_said_to_disagree() -> None:
    found = lines(entry(64, 1, outlet="Coast Radio"), entry(112, 1))
    assert len([line for line in found if "sources disagree" in line]) == 2


def test_an_unknown_day_is_told_as_the_day_of_publication() -> None:
    assert "published 3 March 2026" in lines(entry(112, 1, known=False))[1]


def test_a_long_series_is_cut_and_counted() -> None:
    found = lines(*(entry(100 + number, number) for number in range(MAX_LINES + 3)))
    assert len(found) == MAX_LINES + 2
    assert found[-1] == "3 earlier values"
