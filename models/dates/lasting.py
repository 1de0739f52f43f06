"""Finds the last day of what lasts for a known time from a known day: "a truce for six weeks, starting on Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from models.api import Precision
from models.dates.tables import words
from models.dates.tense import PAST_VERBS, tense_at
from models.dates.timex import Timex, TimexType
from models.tokens import Kind, Token

_LASTING: Final = words("""
    ceasefire cease-fire truce pause curfew lockdown quarantine ban bans banned suspension suspended suspends suspend
    moratorium halt halted halts closed close closes closure shut extend extended extends extension prolong prolonged
    sanctions embargo emergency detained remanded barred bar freeze frozen blockade
""")
"""Nouns and verbs of what is in force for some time."""

_STARTING: Final = words("from starting beginning begins begin starts start began started effective since on")
_NOW: Final = words(
    "will would shall must has have is are be to agreed agrees declared declares announced announces imposed imposes extended ordered orders"
)
_OVER: Final = words("been had did never lasted earlier previously ago before")
_REACH: Final = 26
_LINKS: Final = words("for another an additional a further")


def lasts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the length at tokens ``[start, end)`` is how long something will be in force from its first day on."""
    at = start
    while at > 0 and start - at < 3 and tokens[at - 1].lower in _LINKS:
        at -= 1
    if tokens[at].lower != "for" or at == start:
        return False
    told = _clause(tokens, at)
    if _LASTING.isdisjoint(told) or not _OVER.isdisjoint(told):
        return False
    behind = tokens[end].lower if end < len(tokens) else ""
    if behind in {"in", "before", "after", "until", "now", "already", "during", "last"}:
        return False
    finite = PAST_VERBS - {"cut"}
    return not _NOW.isdisjoint(told) and (tense_at(tokens, start, end).ahead or finite.isdisjoint(told))


def first_day(tokens: Sequence[Token], timexes: Sequence[tuple[int, Timex]], reference: date) -> date:
    """The day from which a length counts: the day its sentence says it starts, else the day the text speaks on.

    Args:
        tokens: The text's tokens.
        timexes: The other expressions of the sentence with the tokens they begin at.
        reference: The day the text speaks on.
    """
    for at, timex in timexes:
        day = timex.period
        if timex.type is TimexType.DURATION or day is None or day.precision is not Precision.DAY:
            continue
        before = [tokens[k].lower for k in range(max(0, at - 2), at)]
        starting = before[-1:] and (
            before[-1] in _STARTING - {"on"} or (before[-1] == "on" and before[0] in _STARTING - {"on"})
        )
        if starting:
            return day.start
    return reference


def _clause(tokens: Sequence[Token], stop: int) -> frozenset[str]:
    found: list[str] = []
    for token in reversed(tokens[max(0, stop - _REACH) : stop]):
        if token.kind is Kind.SIGN and token.text in ".!?;":
            break
        found.append(token.lower)
    return frozenset(found)
