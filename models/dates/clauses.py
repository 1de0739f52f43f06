"""Finds the clause that a date stands in: back to where it begins, over asides and quoted words, and on to where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.dates.cues import AUXILIARIES, ENDING_VERBS, EVENT_VERBS, REPORTING, STOP_WORDS
from models.dates.tables import words
from models.dates.tense import PAST_VERBS
from models.tokens import Kind, Token

_ENOUGH = 3
_REACH = 60
_HARD = frozenset({";", ":", "“", "”", '"', "—", "–", "(", ")", "[", "]", "!", "?"})
_OPENERS = words("which while because although whether though unless")
_FINITE = words("was were is are will would has have had must")
_QUOTES = frozenset({'"', "“", "”"})
_FEW_QUOTED = 4
_LONGEST_ASIDE = 18
_RELATIVES = words("who which whose where whom")
_TELLING = words(
    "so agree agrees vow vows pledge pledges demand demands insist insists hope hopes warn warns know knows"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Token indexes ``[start, end)`` of the clause a date stands in, the date and its cue at ``[cut, resume)``."""

    first: int
    start: int
    cut: int
    resume: int
    end: int


def content_count(tokens: Sequence[Token], start: int, end: int) -> int:
    """How many of the tokens ``[start, end)`` carry meaning."""
    return sum(token.kind is not Kind.SIGN and token.lower not in STOP_WORDS for token in tokens[start:end])


def find_clause(tokens: Sequence[Token], place: Clause) -> Clause:
    """The clause around a date and its cue, no wider than ``place``."""
    start = place.cut
    limit = max(place.start, place.cut - _REACH)
    content, verb = 0, False
    while start > limit:
        token = tokens[start - 1]
        word = token.lower
        if word in _QUOTES and (jump := _quoted(tokens, start - 1, limit)) is not None:
            start = jump
            continue
        if word == "," and start < place.cut and (jump := _aside(tokens, start - 1, limit)) is not None:
            start = jump
            continue
        if word in _HARD or (word == "-" and not token.glued):
            break
        if word == "," and tokens[start].lower in _FINITE | EVENT_VERBS | ENDING_VERBS and content:
            break
        if content >= _ENOUGH and _opens(tokens, start - 1, verb=verb):
            break
        content += token.kind is not Kind.SIGN and word not in STOP_WORDS
        plain = not token.glued or tokens[start - 2].text != "-"
        verb = verb or (plain and word in AUXILIARIES | ENDING_VERBS | PAST_VERBS) or word == "to"
        start -= 1
    end, last = place.resume, min(place.end, place.resume + _REACH)
    alone, told, verb = not content_count(tokens, start, place.cut), 0, False
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


def _aside(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """The comma before ", who got 38.9 percent,", which ends at ``index``; None where no such words do."""
    low = max(limit, index - _LONGEST_ASIDE)
    opened = next((k for k in range(index - 1, low, -1) if tokens[k].text in {",", ".", ";"}), None)
    return (
        opened if opened is not None and tokens[opened].text == "," and tokens[opened + 1].lower in _RELATIVES else None
    )


def _quoted(tokens: Sequence[Token], index: int, limit: int) -> int | None:
    """The token at which a few words in quotation marks begin that end at ``index``: 33 "red list" countries."""
    low = max(limit, index - _FEW_QUOTED)
    return (
        next((k for k in range(index - 2, low - 1, -1) if tokens[k].lower in _QUOTES), None)
        if tokens[index].lower != "“"
        else None
    )


def _opens(tokens: Sequence[Token], index: int, *, verb: bool) -> bool:
    """Whether a clause that says enough begins behind this token."""
    word = tokens[index].lower
    if word in _OPENERS or word == "but":
        return True
    following = tokens[index + 1].lower
    if word == "that":
        relative = tokens[index - 2].lower in {"a", "an"} or (verb and _is_relative(tokens, index))
        return following not in AUXILIARIES and not relative
    past = following in PAST_VERBS or (following.endswith("ed") and tokens[index + 1].text.islower())
    if word not in {",", "and"} or not verb or past or following in AUXILIARIES | {"to"}:
        return False
    return word == "," or any(_told(tokens, k) for k in range(max(0, index - _REACH // 2), index))


def _told(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index]
    return word.lower in AUXILIARIES | PAST_VERBS | ENDING_VERBS | EVENT_VERBS or (
        word.lower.endswith("ed") and word.text.islower()
    )


def _is_relative(tokens: Sequence[Token], index: int) -> bool:
    """Whether "that" stands for the noun before it: "every family that lost its home", but not "promised that families"."""
    before, following = tokens[index - 1], tokens[index + 1]
    reports = before.lower in REPORTING | _TELLING or before.lower.endswith("ed")
    verb = following.lower in PAST_VERBS | EVENT_VERBS | ENDING_VERBS or following.lower.endswith(
        ("ed", "ts", "ws", "es")
    )
    return not reports and before.kind is Kind.WORD and verb
