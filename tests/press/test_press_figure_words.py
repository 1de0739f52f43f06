"""What a figure's line leaves out because its label says it, and how money without a code is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.catalogue import words_in
from bot.press.figures import figure_text
from bot.press.numbers import money_text
from models.api import Change, FigureKind, KeyFigure, Qualifier, Span, Status, Trend

ENGLISH = words_in("en")


def figure(
    label: str, kind: FigureKind, unit: str | None, *, change: Change | None = None, who: str | None = None
) -> KeyFigure:
    return KeyFigure(
        kind=kind,
        value=Decimal(7),
        unit=unit,
        qualifier=Qualifier.EXACT,
        label=label,
        status=Status.ACTUAL,
        as_of=None,
        change=change,
        attribution=who,
        importance=0.5,
        surface="7",
        span=Span(0, 1),
        sentence=Span(0, 1),
    )


def test_money_without_a_code_is_named_behind_the_number() -> None:
    assert money_text(Decimal(2300000), "crown", ENGLISH) == "2.3 million crowns"
    assert money_text(Decimal(2300000), "EUR", ENGLISH) == "€2.3 million"


def test_deaths_are_not_said_to_be_killed() -> None:
    line = figure_text(figure("deaths from cholera in Kesh", FigureKind.CASUALTIES, "killed"), ENGLISH)
    assert line == "Deaths from cholera in Kesh: 7"


def test_a_rise_is_not_said_to_be_an_increase() -> None:
    change = Change(trend=Trend.UP, by=Decimal(7), by_percent=True)
    line = figure_text(figure("rise in food prices", FigureKind.PERCENT, "percent", change=change), ENGLISH)
    assert line == "Rise in food prices: 7%"


@pytest.mark.parametrize(
    ("label", "who", "line"),
    [
        ("money requested by the attackers", "the attackers", "Money requested by the attackers: 7"),
        ("rescue workers offered by Corvany", "Corvany", "Rescue workers offered by Corvany: 7"),
        ("people killed in the war", "United Nations", "People killed in the war: 7 (according to the United Nations)"),
        ("houses burned", "the fire service", "Houses burned: 7 (according to the fire service)"),
    ],
)
def test_a_source_that_the_label_names_is_not_named_again(label: str, who: str, line: str) -> None:
    assert figure_text(figure(label, FigureKind.COUNT, None, who=who), ENGLISH) == line
