"""The time expression: what the finder of dates hands to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.api import Period, Span


class TimexType(StrEnum):
    """The four kinds of time expression of TimeML (TIMEX3)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression with its normalised value.

    ``value`` is a TIMEX3 value (ISO 8601, with X for what is unknown): ``2021-07-26``, ``2021-10``, ``1998-W08``,
    ``1997-Q4``, ``1998-SU``, ``1998-02-11T22:00``, ``P3M``, ``PXY``, ``PRESENT_REF``. ``mod`` is a TIMEX3 modifier
    (``START``, ``MID``, ``END``, ``APPROX`` ...). ``period`` is the interval of days a DATE or TIME covers, narrowed
    by its modifier, where it can be worked out. ``text[span.start:span.end] == surface``.
    """

    type: TimexType
    value: str
    mod: str | None
    span: Span
    surface: str
    period: Period | None
