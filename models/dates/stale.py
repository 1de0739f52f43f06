"""Tells the days that a text names only to say that they hold no more, and those that nobody is held to."""

from __future__ import annotations

import re
from typing import Final

from models.api import Span

_REACH: Final = 160
_HEAD: Final = 2000
_MOVES: Final = re.compile(
    r"\b(?:extend(?:s|ed)?|prolong(?:s|ed)?|postpone[sd]?|delay(?:s|ed)?|put off|pushed? back|moved?|rescheduled|renewed|instead|"
    r"but on|but by|but until|now (?:runs|ends|expires|expects?|due|planned|set)|new date)\b"
)
_NOT_ON: Final = re.compile(
    r"\b(?:not|instead of|rather than)\s(?:(?:on|by|in|from|at|as early as|the|end of)\s){0,3}$", re.IGNORECASE
)
_NEGATED: Final = re.compile(r"\b(?:not|n['’]t|never)\s(?:\w+\s){1,4}?(?:on|by|in)\s$", re.IGNORECASE)
_BUT_ON: Final = re.compile(r"^,?\sbut\s(?:only\s)?(?:on|by|in|not before|until|from)\b")
_HAD_MEANT: Final = re.compile(
    r"\b(?:had\s(?:meant|planned|hoped|wanted|intended|expected|promised|aimed|originally|initially|first)|(?:would|should)\shave\s\w+|"
    r"(?:was|were)\s(?:originally|initially|first|at first|once))\b[^.;,]*$",
    re.IGNORECASE,
)
_WAS_TO: Final = re.compile(
    r"\b(?:(?:was|were|had been)\s(?:due\s|set\s|scheduled\s|meant\s|supposed\s|planned\s|expected\s)?(?:to|for)\b[^.;,]*"
    r"|,\s(?:planned|scheduled|due|set|expected)\s(?:for|on|to\s\w+)\s(?:on\s)?)$",
    re.IGNORECASE,
)
_RAN_OUT: Final = re.compile(r"\b(?:ran out|expired|ended|lapsed|passed|not (?:when|if|because) it is)\s(?:on\s)?$")
_IF_IT_HOLDS: Final = re.compile(
    r"\b(?:if|unless)\s(?:it|this|that|they)\s\w+\s(?:until|till|through)\s$", re.IGNORECASE
)
_ALL_NIGHT: Final = re.compile(r"\b(?:through|thru)\s$", re.IGNORECASE)
_PART_OF_DAY: Final = re.compile(
    r"^the (?:night|day|morning|afternoon|evening|week|summer|winter|year)$", re.IGNORECASE
)
_THAT_WILL: Final = re.compile(r"\b(?:that|which|who)\s(?:\w+\s){0,3}(?:will|would)\s\w+\s$")
_DATELINE_ENDS: Final = re.compile(r"^\s?(?:\([^)\n]{1,40}\)\s?)?(?:—|–|--|-)\s")
_OFFERED: Final = re.compile(
    r"\b(?:(?:the|this|our) (?:offer|sale|discount|promotion)|only \d+ (?:places|seats|tickets)|registration)\b",
    re.IGNORECASE,
)
_SELLING: Final = re.compile(
    r"\b(?:use (?:the |our )?code|promo code|save (?:up to )?\d|\d+ ?% off|buy now|order now|shop now|book now|sign up|free trial|"
    r"your? \w+ for only|for only \d|only \d[\d.,]* (?:a|per) month|early bird|advertisement|sponsored)|🎁",
    re.IGNORECASE,
)


def is_stale(text: str, sentence: Span, span: Span) -> bool:
    """Whether the date at ``span`` is named as one that holds no more, or binds nobody.

    Of "by 15 April and not by 31 March", "on March 20 instead of March 15", "which was to expire on Wednesday, has been
    extended" the old day is due no more. "Through the night" and "if it holds until summer" set no day, nor does the
    date in a dateline, and the offer of an advert is nobody's deadline.
    """
    before = text[max(sentence.start, span.start - _REACH) : span.start]
    behind = text[span.end : min(max(sentence.end, span.end), span.end + _REACH)]
    surface = text[span.start : span.end]
    if _NOT_ON.search(before) or (_NEGATED.search(before) and _BUT_ON.match(behind)) or _HAD_MEANT.search(before):
        return True
    if _RAN_OUT.search(before) or (_WAS_TO.search(before) and _MOVES.search(behind)):
        return True
    if _IF_IT_HOLDS.search(before) or (_ALL_NIGHT.search(before) and _PART_OF_DAY.match(surface)):
        return True
    if surface == "today" and _THAT_WILL.search(before):
        return True
    return _OFFERED.search(before + surface + behind) is not None and _SELLING.search(text, 0, _HEAD) is not None


def in_dateline(text: str, sentence: Span, span: Span) -> bool:
    """Whether a date stands in the dateline of its text: "VARD, Ostrene, March 6 (Coast Wire) —"."""
    if span.start - sentence.start > _REACH // 2:
        return False
    head = text[sentence.start : span.start].split(",", maxsplit=1)[0]
    return head.isupper() and _DATELINE_ENDS.match(text[span.end : span.end + _REACH // 2]) is not None
