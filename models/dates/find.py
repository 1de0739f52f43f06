"""Finds the time expressions of a text and normalises them against the day it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from models.api import Span
from models.dates import days, hours, lengths, periods, quarters, years
from models.dates.almanac import period_of, quarter_of
from models.dates.hit import Draft, Hit
from models.dates.scene import Scene, classify
from models.dates.tables import BOUNDS, FULL_MONTHS
from models.dates.timex import Timex, TimexType
from models.tokens import Token, tokenize

_RULES = (*days.RULES, *hours.RULES, *quarters.RULES, *periods.RULES, *years.RULES, *lengths.RULES)
_PATTERNS = tuple(re.compile(rule.pattern) for rule in _RULES)
_NAMED = re.compile(r"\(\?P<\w+>")
# One pass of this finds every place where some rule matches; the rules themselves are tried only there.
_ANY = re.compile("|".join(_NAMED.sub("(?:", rule.pattern) for rule in _RULES))
_ACCOUNTED = frozenset({"P6M", "P9M"})
_BOUND_TYPES = frozenset({TimexType.DURATION, TimexType.SET})


def find_timexes(text: str, reference: date, *, tokens: Sequence[Token] | None = None) -> list[Timex]:
    """Find and normalise the time expressions of an English text.

    Args:
        text: Any text.
        reference: The day the text speaks on; "yesterday" is the day before it.
        tokens: The text's tokens, where the caller has them.

    Returns:
        Expressions in the order of the text, none overlapping another. Values follow TIMEX3 (TimeML 1.2.1,
        https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html). Linear in the length of the text.
    """
    tokens = tokenize(text) if tokens is None else tokens
    scene = Scene(text, tokens, classify(tokens), reference)
    found: list[Timex] = []
    position = 0
    floor = 0
    while (place := _ANY.search(scene.classes, position)) is not None:
        position = place.start()
        timex, position = _read_at(scene, position, floor)
        if timex is not None:
            found.append(timex)
            floor = position
    return found


def _read_at(scene: Scene, position: int, floor: int) -> tuple[Timex | None, int]:
    """The best reading of the tokens from ``position`` on, and where to go on looking."""
    hits = [
        (match.end(), rule, match)
        for rule, pattern in zip(_RULES, _PATTERNS, strict=True)
        if (match := pattern.match(scene.classes, position))
    ]
    hits.sort(key=lambda hit: -hit[0])
    for _, rule, match in hits:
        hit = Hit(scene, match)
        if _broken(hit):
            continue
        try:
            draft = rule.normalise(hit)
        except (ValueError, OverflowError, KeyError):
            continue
        if draft is not None:
            return _lay(hit, draft, floor), hit.end - draft.drop
    return None, position + 1


def _broken(hit: Hit) -> bool:
    """Whether a paragraph ends inside the hit."""
    tokens = hit.scene.tokens
    gap_possible = tokens[hit.end - 1].end - tokens[hit.start].start
    return "\n\n" in hit.scene.text[tokens[hit.start].start : tokens[hit.start].start + gap_possible]


def _lay(hit: Hit, draft: Draft, floor: int) -> Timex:
    """Lay a draft on the text: its span with the words that bound it, and without a possessive ending."""
    scene = hit.scene
    first, last = hit.start + draft.skip, hit.end - 1 - draft.drop
    mod = draft.mod
    for words, bound in BOUNDS if draft.type is TimexType.DURATION or scene.lower(last) == "ago" else ():
        count = len(words)
        if first - count >= floor and all(scene.lower(first - count + k) == word for k, word in enumerate(words)):
            first -= count
            mod = mod or bound
            break
    if scene.classes[last] == "." and scene.tokens[last - 1].lower in FULL_MONTHS:
        last -= 1
    start, end = scene.tokens[first].start, scene.tokens[last].end
    if scene.tokens[last].lower.endswith(("'s", "’s")) and not _own_apostrophe(scene, last):
        end -= 2
    surface = scene.text[start:end]
    _remember(scene, draft, last)
    period = None if draft.type in _BOUND_TYPES else period_of(draft.value, draft.part)
    return Timex(type=draft.type, value=draft.value, mod=mod, span=Span(start, end), surface=surface, period=period)


def _own_apostrophe(scene: Scene, index: int) -> bool:
    """Whether "'s" belongs to the expression ("New Year's"), not to what follows it ("next month's summit")."""
    return scene.letter(index - 1) == "$" or scene.classes[index] == "$"


def _remember(scene: Scene, draft: Draft, index: int) -> None:
    memory, value = scene.memory, draft.value
    if draft.type in _BOUND_TYPES:
        memory.months = index if value in _ACCOUNTED and draft.type is TimexType.DURATION else memory.months
        return
    if draft.back or not value[:4].isdigit():
        return
    memory.year = int(value[:4])
    if value[5:6] == "Q":
        if memory.quarter is None or (memory.year, int(value[6])) < (
            scene.reference.year,
            quarter_of(scene.reference),
        ):
            memory.quarter = (memory.year, int(value[6]), index)
    elif len(value) >= 10 and value[5:7].isdigit() and value[8:10].isdigit():
        memory.day = date(memory.year, int(value[5:7]), int(value[8:10]))
        memory.month = memory.day
        memory.end = index + 1
    elif len(value) == 7 and value[5:7].isdigit():
        memory.month = date(memory.year, int(value[5:7]), 1)
