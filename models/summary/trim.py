"""Trims a sentence by deletions that keep it grammatical and true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.api import Span

_AGENCY = r"AP|AFP|ANI|BBC|Bloomberg|CNN|dpa|EFE|IANS|Kyodo|PTI|Reuters|TASS|UPI|WABC|Xinhua|Yonhap"
_DASH = r"(?:--|[-–—:])"
_DATELINE = re.compile(
    rf"(?:[A-Z][\w.'’,/ -]{{1,50}})?\((?:(?:{_AGENCY})\)\s*{_DASH}?|[A-Z][\w.&' -]{{1,30}}\)\s*(?:--|[–—]))\s*"
    r"|[A-Z][A-Z.'’ -]{2,30}(?:,[\w.'’ ]{2,25})?\s+(?:--|[–—])\s+"
    r"|Media playback is (?:un|not )supported on (?:your|this) device\s+"
    r"(?:\d{1,2} [A-Z][a-z]+ \d{4} Last updated at \d\d:\d\d [A-Z]{3}\s+)?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OPENER = re.compile(
    rf"(?:(?:(?:Late |Early |Earlier )?(?:[Oo]n )?{_DAY}(?: (?:morning|afternoon|evening|night))?|However|Meanwhile|But|And|Also|Moreover|"
    r"Furthermore|In addition|Additionally|Still|Indeed|Nevertheless|Nonetheless|Separately|Earlier|Later)(?:,\s+|(?<=But)\s+|(?<=And)\s+))"
    r"(?=[A-Z0-9][\w.’'-]*\s)(?!(?:[\w.’'-]+ ){1,4}(?:said|says|added|noted|argued|wrote),)"
)
_NOT_A_SUBJECT = re.compile(r"(?:He|She|It|They|This|That|These|Those|His|Her|Their|Its|I|We|You)\b")
_BRACKETS = re.compile(r"\s\([^()\d]{1,120}\)(?=[\s,.;:])")  # one with a figure stays
_ASIDE = re.compile(r",\s(?:however|meanwhile|too|though|moreover|of course),(?=\s)")
_DANGLING_TAIL = re.compile(
    r"(?<![\"”’'?!]),\s(?:he|she|they|it|the [a-z]+)\s(?:said|says|added|adds|noted|explained)(?=\.$)"
)


def without_dateline(text: str, span: Span) -> Span:
    """Leave out a dateline that opens a story: "LONDON, England (CNN) --"."""
    match = _DATELINE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match and match.end() < span.end else span


def trimmed(text: str, span: Span) -> tuple[Span, ...]:
    """Delete what is not news from a sentence.

    Goes: "On Monday," and "However," where a name or a number follows, a bracketed aside, ", however,", a tail such as
    ", he said". Nothing is deleted inside a quotation.

    Returns:
        The kept pieces in order; the whole sentence where nothing goes.
    """
    opener = _OPENER.match(text, span.start, span.end)
    start = span.start
    if opener and not _NOT_A_SUBJECT.match(text, opener.end()):
        start = opener.end()
    sentence = text[start : span.end]
    gone = sorted(
        (start + match.start(), start + match.end())
        for pattern in (_BRACKETS, _ASIDE, _DANGLING_TAIL)
        for match in pattern.finditer(sentence)
        if not _quoted(sentence, match.start())
    )
    return tuple(_kept(text, start, span.end, gone))


def _quoted(sentence: str, at: int) -> bool:
    before = sentence[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _kept(text: str, start: int, end: int, gone: list[tuple[int, int]]) -> Iterator[Span]:
    at = start
    for first, last in [*gone, (end, end)]:
        piece = text[at:first]
        if piece.strip():
            yield Span(at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip()))
        at = max(at, last)
