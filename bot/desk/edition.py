"""An edition and how it is made: what the other rooms import."""

from bot.desk.compose import compose
from bot.desk.layout import DeadlineLine, Edition, FigureLine, Item, Section, Source

__all__ = ["DeadlineLine", "Edition", "FigureLine", "Item", "Section", "Source", "compose"]
