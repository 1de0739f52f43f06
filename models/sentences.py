"""Cuts a text into sentences, by small rules over a table of abbreviations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from models.api import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«([¿¡—–-•*"

# Every alternative begins with a stop and consumes it, so the search is linear.
_STOP = re.compile(
    r"""
      (?:\.[ \u00a0]){2,}\.+                     # . . .
    | [.!?…]+
    | [。！？｡।؟۔]+
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_GLUED = re.compile(r"[A-Z][a-z]+(?![.\w])")

_LOOK_BACK = 24
_WRAP_WIDTHS = range(40, 101)
_WRAP_LINES = 3


@lru_cache(maxsize=16)
def _table(name: str) -> frozenset[str]:
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("abbreviations.json").read_text(encoding="utf-8"))
    return frozenset(table[name])


def split_sentences(text: str) -> list[Span]:
    """Cut ``text`` into sentences.

    A sentence never reaches over a line break, except where the break only wraps a line. Headlines and other lines
    without a stop are sentences of their own. A stop belongs to its sentence, and so do quotation marks and brackets
    that close right after it.

    Returns:
        Spans in order, apart from each other, stripped of white space, never empty; every character of ``text`` that
        is not white space lies in exactly one of them. Time is linear in the length of ``text``.
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        begin = start
        for cut in _cuts(text, start, end):
            spans.extend(_stripped(text, begin, cut))
            begin = cut
        spans.extend(_stripped(text, begin, end))
    return spans


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        yield Span(start + left, start + right)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of text that no sentence leaves: lines, wrapped lines taken together."""
    paragraph: list[Span] = []
    for match in _LINE.finditer(text):
        stripped = next(_stripped(text, *match.span()), None)
        if stripped is None:
            continue
        if paragraph and not _adjacent(text, paragraph[-1].end, stripped.start):
            yield from _unwrapped(text, paragraph)
            paragraph = []
        paragraph.append(stripped)
    yield from _unwrapped(text, paragraph)


def _adjacent(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return len(gap.replace("\r\n", "\n").strip(" \t\u00a0")) == 1


def _unwrapped(text: str, lines: list[Span]) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    width = max(line.end - line.start for line in lines)
    wrapped = len(lines) >= _WRAP_LINES and width in _WRAP_WIDTHS
    start = lines[0].start
    for line, following in pairwise(lines):
        word = text.find(" ", following.start, following.end)
        needed = (word if word >= 0 else following.end) - following.start + 1
        full = wrapped and line.end - line.start + needed > width
        runs_on = text[following.start].islower() and text[line.end - 1] not in ".!?…:" + _CLOSERS
        if not (full or runs_on):
            yield start, line.end
            start = following.start
    yield start, lines[-1].end


class _Stop(NamedTuple):
    """A stop met in a sentence that began at ``begin``: its mark, and where its closing quotes and brackets end."""

    begin: int
    start: int
    mark: str
    after: int
    end: int

    @property
    def closed(self) -> bool:
        return self.after > self.start + len(self.mark)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        after = match.end()
        if after >= end:
            return
        while after < end and text[after] in _CLOSERS:
            after += 1
        if after < end and _ends(text, _Stop(begin, match.start(), match.group(), after, end)):
            yield after
            begin = after


def _ends(text: str, stop: _Stop) -> bool:
    if stop.mark[0] in "。！？｡।؟۔":
        return True
    following = _next_word_at(text, stop.after, stop.end)
    if following in {stop.after, stop.end}:
        return _glued(text, stop)
    word_match = _WORD.match(text, following, min(stop.end, following + _LOOK_BACK))
    word = word_match.group() if word_match else text[following]
    if word[0].islower() and word.islower():
        return False
    if stop.mark == ".":
        return _full_stop_ends(text, stop, word)
    if stop.mark[0] in ".…":
        return not word[0].isalpha() or word.lower() in _table("openers") or stop.mark.count(".") > len("...")
    return not (stop.closed and _is_speaker(text, following, stop.end))


def _next_word_at(text: str, after: int, end: int) -> int:
    at = after
    while at < end and text[at].isspace():
        at += 1
    if at == after:
        return at
    while at < end and (text[at] in _OPENERS or text[at].isspace()):
        at += 1
    return at


def _glued(text: str, stop: _Stop) -> bool:
    """A stop with no space behind: "ended.The" is a slip for two sentences, "U.S" and "site.com" are not."""
    if stop.mark[0] == "." and len(stop.mark) > 1:
        return False
    before = text[max(0, stop.start - 3) : stop.start]
    return (
        before.islower()
        and before[-2:].isalpha()
        and _GLUED.match(text, stop.after) is not None
        and text[stop.after : stop.after + 3].lower() not in {"com", "net", "org"}
    )


def _full_stop_ends(text: str, stop: _Stop, word: str) -> bool:
    before = _word_before(text, max(stop.begin, stop.start - _LOOK_BACK), stop.start)
    low = before.lower()
    opens = stop.closed or word.lower() in _table("openers")
    number_next = word[0].isdigit()
    if stop.start - stop.begin <= _LOOK_BACK and text[stop.begin : stop.start].strip(_OPENERS + " \t\u00a0").isdigit():
        ends = False  # "1. Turn off the gas."
    elif low in _table("clock"):
        ends = stop.closed or not (number_next or word.lower() in _table("after_clock"))
    elif low in _table("before_name"):
        ends = stop.closed
    elif low in _table("before_number"):
        ends = not number_next
    elif (low in _table("may_end") and (before[:1].isupper() or low in {"etc", "al"})) or _initials(before):
        ends = opens
    else:
        ends = True
    return ends


def _initials(word: str) -> bool:
    return _DOTTED.fullmatch(word) is not None or (len(word) == 1 and word.isupper() and word != "I")


def _word_before(text: str, low: int, stop: int) -> str:
    at = stop
    while at > low and (text[at - 1].isalnum() or text[at - 1] in ".'’"):
        at -= 1
    return text[at:stop].lstrip(".'’")


def _is_speaker(text: str, at: int, end: int) -> bool:
    """Whether the words from ``at`` are somebody speaking: "Biden asked", "Mr. Kadhimi told"."""
    words = _WORD.findall(text[at : min(end, at + 60)])[:4]
    return any(word in _table("speech") for word in words[1:])
