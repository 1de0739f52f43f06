"""Cuts from a sentence the short phrase that says what a date is about, and who is bound by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.dates.cues import CLAUSE_OPENERS, LEADING_JUNK, REPORTING, STOP_WORDS
from models.tokens import Kind, Token

_MAX_WORDS = 18
_HARD = frozenset({";", ":", "“", "”", '"', "—", "–", "(", ")", "[", "]"})
_AUXILIARY = frozenset(
    "will would shall must should may might could can has have had is are was were do does did won't can't "
    "plans plan agreed agrees wants needs need hopes vowed vows pledged pledges promised promises expects intends "
    "says said aims".split(),
)
_ORDERING = frozenset(
    "ordered orders order asked asks told tells urged urges gave gives give given required requires instructed "
    "directed directs allows allow allowed".split(),
)
_TRAILING = frozenset("on in at by and or of for to the a an , - – — until before within due".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """Token indexes ``[start, end)`` of the clause a date stands in, the date and its cue at ``[cut, resume)``."""

    start: int
    cut: int
    resume: int
    end: int


def content_words(text: str) -> frozenset[str]:
    """The lower-case words of a phrase that carry meaning, with a plural s taken off."""
    words = (word.strip(".,;:“”\"'()[]’").lower() for word in text.split())
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") else word  # noqa: PLR2004 - "gas", "US"
        for word in words
        if len(word) > 1 and word not in STOP_WORDS
    )


def _content(tokens: Sequence[Token]) -> int:
    return sum(token.kind is not Kind.SIGN and token.lower not in STOP_WORDS for token in tokens)


def find_clause(tokens: Sequence[Token], first: int, last: int, cut: int, resume: int, floor: int) -> Clause:
    """The clause around ``[cut, resume)`` inside the sentence ``[first, last)``; it does not reach before ``floor``."""
    start = cut
    limit = max(first, floor)
    while start > limit:
        word = tokens[start - 1]
        text = word.lower
        if text in _HARD:
            break
        enough = _content(tokens[start:cut]) >= 3  # noqa: PLR2004 - a phrase of three words says something
        if enough and (text in {"that", "but", "which"} or (text == "," and _clause_like(tokens[start:cut]))):
            break
        if enough and text in REPORTING and start - 1 > limit:
            break
        start -= 1
    end = resume
    while end < last:
        text = tokens[end].lower
        if text in _HARD or text in {",", "."} and not _inner_dot(tokens, end, last):
            break
        if text in CLAUSE_OPENERS and _content(tokens[start:cut]) >= 2:  # noqa: PLR2004 - as above
            break
        end += 1
    return Clause(start, cut, resume, end)


def _inner_dot(tokens: Sequence[Token], index: int, last: int) -> bool:
    return tokens[index].text == "." and index + 1 < last and len(tokens[index - 1].text) <= 4  # noqa: PLR2004 - Gen. Mr.


def _clause_like(tokens: Sequence[Token]) -> bool:
    return any(token.lower in _AUXILIARY or token.lower == "to" for token in tokens)


def what_of(text: str, tokens: Sequence[Token], clause: Clause) -> str:
    """A phrase of the source: the clause before the date; where that says too little, with what follows."""
    left = _trim(tokens, clause.start, clause.cut)
    right = _trim(tokens, clause.resume, clause.end)
    pieces = [text[tokens[left[0]].start : tokens[left[1] - 1].end]] if left[0] < left[1] else []
    if right[0] < right[1] and _content(tokens[left[0] : left[1]]) < 4:  # noqa: PLR2004 - too little to stand alone
        pieces.append(text[tokens[right[0]].start : tokens[right[1] - 1].end])
    phrase = " ".join(" ".join(pieces).split())
    return phrase[:1].upper() + phrase[1:]


def _trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    while start < end and (
        tokens[start].lower in LEADING_JUNK or tokens[start].lower in _TRAILING - {"the", "a", "an"}
    ):
        start += 1
    if any(token.lower in REPORTING for token in tokens[start : start + 4]):
        for index in range(start, min(end, start + 6)):
            if tokens[index].lower in REPORTING and _content(tokens[index + 1 : end]) >= 3:  # noqa: PLR2004 - as above
                start = index + 1
                if start < end and tokens[start].lower == "that":
                    start += 1
                break
    while end > start and tokens[end - 1].lower in _TRAILING:
        end -= 1
    words = [index for index in range(start, end) if tokens[index].kind is not Kind.SIGN]
    if len(words) > _MAX_WORDS:
        start = words[-_MAX_WORDS]
    return start, end


def who_of(text: str, tokens: Sequence[Token], clause: Clause) -> str | None:
    """The party bound: whom somebody ordered, else the clause's subject; None where neither can be told."""
    for index in range(clause.start, clause.cut):
        if tokens[index].lower in _ORDERING:
            stop = next((k for k in range(index + 1, clause.cut) if tokens[k].lower == "to"), clause.cut)
            if 0 < stop - index - 1 <= 6:  # noqa: PLR2004 - words of a noun phrase
                return _name(text, tokens, index + 1, stop)
    for index in range(clause.start, min(clause.cut, clause.start + 12)):
        if tokens[index].lower in _AUXILIARY:
            return _name(text, tokens, clause.start, index)
    return None


def _name(text: str, tokens: Sequence[Token], start: int, end: int) -> str | None:
    start, end = _trim(tokens, start, end)
    if start >= end or end - start > 8:  # noqa: PLR2004 - words of a noun phrase
        return None
    name = text[tokens[start].start : tokens[end - 1].end]
    return name if name.lower() not in {"it", "he", "she", "they", "we", "i", "you", "this", "that", "there"} else None
