"""Dates of English news: finds time expressions and the deadlines and coming events they announce."""

from models.dates.deadlines import find_deadlines
from models.dates.find import find_timexes
from models.dates.timex import Timex, TimexType

__all__ = ["Timex", "TimexType", "find_deadlines", "find_timexes"]
