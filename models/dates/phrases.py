"""Cuts from a sentence the short phrase that says what a date is about, and who is bound by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.dates.cues import (
    AUXILIARIES,
    DETERMINERS,
    ENDING_VERBS,
    EVENT_VERBS,
    GERUNDS,
    GIVING,
    LEADING_JUNK,
    ORDERING,
    PRONOUNS,
    REPORTING,
    STOP_WORDS,
)
from models.dates.tables import words
from models.dates.tense import PAST_VERBS
from models.tokens import Kind, Token

_MAX_WORDS = 24
_ENOUGH = 3
_REACH = 60
_HARD = frozenset({";", ":", "“", "”", '"', "—", "–", "(", ")", "[", "]", "!", "?"})
_OPENERS = words("which while because although whether though unless")
_LEADING = words("on in at by and or of for to , - – — . until before within from through as than")
_TRAILING = _LEADING | words("the a an is are was were that which")
_FINITE = words("was were is are will would has have had must")
_SIGNS = words(", - – — . ' ’")
_ADVERBIAL = words("under in at on with after before during despite as for by following since")
_MONEY = words("$ € £ ¥ ₹ ₱")
_NAME_WORDS = 8
_DATELINE = 8
_DASHES = frozenset({"—", "–"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Token indexes ``[start, end)`` of the clause a date stands in, the date and its cue at ``[cut, resume)``."""

    first: int
    start: int
    cut: int
    resume: int
    end: int


def content_words(text: str) -> frozenset[str]:
    """The lower-case words of a phrase that carry meaning, with a plural s taken off."""
    words = (word.strip(".,;:“”\"'()[]’").lower() for word in text.split())
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") else word
        for word in words
        if len(word) > 1 and word not in STOP_WORDS
    )


def _content(tokens: Sequence[Token], start: int, end: int) -> int:
    return sum(token.kind is not Kind.SIGN and token.lower not in STOP_WORDS for token in tokens[start:end])


def find_clause(tokens: Sequence[Token], place: Clause) -> Clause:
    """The clause around a date and its cue, no wider than ``place``."""
    start = place.cut
    limit = max(place.start, place.cut - _REACH)
    content, verb = 0, False
    while start > limit:
        token = tokens[start - 1]
        word = token.lower
        if word in _HARD or (word == "-" and not token.glued):
            break
        if word == "," and tokens[start].lower in _FINITE | EVENT_VERBS | ENDING_VERBS and content:
            break
        if content >= _ENOUGH and _opens(tokens, start - 1, verb=verb):
            break
        content += token.kind is not Kind.SIGN and word not in STOP_WORDS
        verb = verb or word in AUXILIARIES or word == "to"
        start -= 1
    end, last = place.resume, min(place.end, place.resume + _REACH)
    alone, told, verb = not _content(tokens, start, place.cut), 0, False
    while end < last:
        token = tokens[end]
        told += token.kind is not Kind.SIGN and token.lower not in STOP_WORDS
        verb = verb or token.lower in AUXILIARIES
        listed = alone and not (verb and told > _ENOUGH)
        if token.lower in _HARD or (token.lower == "," and not listed) or (token.lower == "." and end + 1 >= place.end):
            break
        if token.lower in _OPENERS and token.lower not in {"whether", "unless"}:
            break
        end += 1
    return replace(place, start=start, end=end)


def _opens(tokens: Sequence[Token], index: int, *, verb: bool) -> bool:
    """Whether a clause that says enough begins behind this token."""
    word = tokens[index].lower
    if word in _OPENERS or word == "but":
        return True
    if word == "that":
        relative = tokens[index - 2].lower in {"a", "an"}
        return tokens[index + 1].lower not in AUXILIARIES and not relative
    return word in {",", "and"} and verb and tokens[index + 1].lower not in AUXILIARIES | {"to"}


def what_of(text: str, tokens: Sequence[Token], clause: Clause) -> str:
    """A phrase of the source: the clause before the date; where that says too little, with what follows."""
    start, cut = trim(tokens, clause.start, clause.cut)
    resume, end = _after(tokens, clause)
    pieces = []
    if resume < end and tokens[resume].lower == "to" and (who := _holder(text, tokens, start, cut)):
        pieces = [who, _slice(text, tokens, resume, end)]
    else:
        if start < cut:
            if (
                tokens[start].lower in AUXILIARIES | REPORTING | EVENT_VERBS | ENDING_VERBS
                and clause.first < start
                and (subject := _subject(text, tokens, clause))
            ):
                pieces.append(subject)
            pieces.append(_slice(text, tokens, start, cut))
        if resume < end and _content(tokens, start, cut) <= _ENOUGH:
            pieces.append(_slice(text, tokens, resume, end))
    phrase = " ".join(" ".join(pieces).split())
    opening, _, rest = phrase.partition(" ")
    phrase = f"{GERUNDS[opening.lower()]} {rest}" if rest and opening.lower() in GERUNDS else phrase
    return phrase[:1].upper() + phrase[1:]


def _after(tokens: Sequence[Token], clause: Clause) -> tuple[int, int]:
    resume, end = clause.resume, clause.end
    if resume < end and tokens[resume].lower in {"and", "but", "or"}:
        return resume, resume
    while resume < end and tokens[resume].lower in _SIGNS:
        resume += 1
    while end > resume and tokens[end - 1].lower in _TRAILING:
        end -= 1
    words = [index for index in range(resume, end) if tokens[index].kind is not Kind.SIGN]
    return resume, words[_MAX_WORDS] if len(words) > _MAX_WORDS else end


def _slice(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    return text[tokens[start].start : tokens[end - 1].end]


def _holder(text: str, tokens: Sequence[Token], start: int, cut: int) -> str | None:
    """Who has, or was given, time: "Rebels have", "gave the government"."""
    for index in range(cut - 1, start, -1):
        if tokens[index].lower in GIVING:
            start = next((k + 1 for k in range(index - 1, start, -1) if tokens[k].lower == ","), start)
            return _name(text, tokens, index + 1, cut) or _name(text, tokens, start, index)
    return None


def _subject(text: str, tokens: Sequence[Token], clause: Clause) -> str | None:
    """The noun before "which" and "that", else the words that open the sentence up to the first comma or verb."""
    joint = clause.start - 1
    if tokens[joint].lower in PRONOUNS:
        noun = range(joint - 1, max(clause.first, joint - _NAME_WORDS) - 1, -1)
        start = next((index for index in noun if tokens[index].lower in DETERMINERS), joint)
        return _name(text, tokens, start, joint)
    begin = next(
        (k + 1 for k in range(clause.first, min(clause.start, clause.first + _DATELINE)) if tokens[k].text in _DASHES),
        clause.first,
    )
    for index in range(begin, min(clause.start, begin + _NAME_WORDS + 1)):
        word = tokens[index].lower
        if word in AUXILIARIES | PAST_VERBS | PRONOUNS | {","} or (word.endswith("ed") and word == tokens[index].text):
            return _name(text, tokens, begin, index)
    return None


def trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Take off what says nothing at either end, "officials said" at the beginning, and all but the last words."""
    if start < end and tokens[start].lower in _ADVERBIAL and tokens[start].text[0].isupper():
        comma = next((k for k in range(start, min(end, start + _REACH)) if tokens[k].lower == ","), end)
        start = comma if _content(tokens, comma, end) >= 2 else start
    start = _behind_junk(tokens, start, end)
    for index in range(start, min(end, start + 6)):
        if tokens[index].lower not in REPORTING or _content(tokens, index + 1, end) < 2:
            continue
        behind = next((k + 1 for k in range(index + 1, min(end, index + 5)) if tokens[k].lower == "that"), index + 1)
        if behind < end and tokens[behind].lower not in PRONOUNS:
            start = _behind_junk(tokens, behind, end)
        break
    while end > start and tokens[end - 1].lower in _TRAILING:
        end -= 1
    words = [index for index in range(start, end) if tokens[index].kind is not Kind.SIGN]
    if len(words) > _MAX_WORDS:
        start = words[-_MAX_WORDS]
        noun = (index for index in range(start, words[-_MAX_WORDS // 2]) if tokens[index].lower in DETERMINERS)
        start = next(noun, start)
    return start, end


def _behind_junk(tokens: Sequence[Token], start: int, end: int) -> int:
    while start < end and (
        tokens[start].lower in LEADING_JUNK
        or tokens[start].lower in _LEADING
        or (tokens[start].kind is Kind.SIGN and tokens[start].text not in _MONEY)
    ):
        start += 1
    return start


def who_of(text: str, tokens: Sequence[Token], clause: Clause) -> str | None:
    """The party bound: whom somebody ordered, else the clause's subject; None where neither can be told."""
    start, cut = trim(tokens, clause.start, clause.cut)
    for index in range(start, cut):
        if tokens[index].lower in ORDERING:
            stop = next((k for k in range(index + 1, cut) if tokens[k].lower in {"to", "until"}), cut)
            if name := _name(text, tokens, index + 1, stop):
                return name
    for index in range(start, min(cut, start + 12)):
        if tokens[index].lower in AUXILIARIES:
            return _name(text, tokens, start, index)
    return None


def _name(text: str, tokens: Sequence[Token], start: int, end: int) -> str | None:
    start = _behind_junk(tokens, start, end)
    while end > start and tokens[end - 1].lower in _TRAILING:
        end -= 1
    end = next((k for k in range(start + 1, end) if tokens[k].lower in REPORTING), end)
    if start >= end or end - start > _NAME_WORDS or tokens[start].lower in REPORTING:
        return None
    return _slice(text, tokens, start, end) if tokens[start].lower not in PRONOUNS else None
