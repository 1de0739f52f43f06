"""An edition and how it is made: what the other rooms import."""

from bot.desk.budget import Budget, draw_up
from bot.desk.compose import compose, compose_from
from bot.desk.layout import (
    DeadlineLine,
    Edition,
    FigureLine,
    Followed,
    Highlight,
    Item,
    Line,
    LineKind,
    News,
    Section,
    Source,
    Told,
    Why,
)

__all__ = [
    "Budget",
    "DeadlineLine",
    "Edition",
    "FigureLine",
    "Followed",
    "Highlight",
    "Item",
    "Line",
    "LineKind",
    "News",
    "Section",
    "Source",
    "Told",
    "Why",
    "compose",
    "compose_from",
    "draw_up",
]
