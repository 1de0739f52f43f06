"""Cuts from a sentence the short phrase that says what a date is about, and who is bound by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.dates.clauses import Clause, content_count
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
from models.dates.wording import without_asides
from models.tokens import Kind, Token

_MAX_WORDS = 24
_ENOUGH = 3
_REACH = 60
_LEADING = words("on in at by and or of for to , - – — . until before within from through as than")
_TRAILING = _LEADING | words("the a an is are was were that which")
_SIGNS = words(", - – — . ' ’")
_ADVERBIAL = words("under in at on with after before during despite as for by following since")
_JOINTS = _ADVERBIAL | words("of to from and or between against over")
_MONEY = words("$ € £ ¥ ₹ ₱")
_NAME_WORDS = 8
_DATELINE = 14
_DASHES = frozenset({"—", "–"})


def content_words(text: str) -> frozenset[str]:
    """The lower-case words of a phrase that carry meaning, with a plural s taken off."""
    words = (word.strip(".,;:“”\"'()[]’").lower() for word in text.split())
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") else word
        for word in words
        if len(word) > 1 and word not in STOP_WORDS
    )


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
                _is_verb(tokens, start)
                and clause.first < start
                and (subject := _subject(text, tokens, replace(clause, start=start)))
            ):
                pieces.append(subject)
            pieces.append(_slice(text, tokens, start, cut))
        if resume < end and content_count(tokens, start, cut) <= _ENOUGH:
            pieces.append(_slice(text, tokens, resume, end))
    phrase = without_asides(" ".join(" ".join(pieces).split()))
    opening, _, rest = phrase.partition(" ")
    phrase = f"{GERUNDS[opening.lower()]} {rest}" if rest and opening.lower() in GERUNDS else phrase
    return phrase[:1].upper() + phrase[1:]


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    word = tokens[index].lower
    ending = word.endswith("ed") and tokens[index].text.islower() and tokens[index + 1].lower in DETERMINERS
    return word in AUXILIARIES | REPORTING | EVENT_VERBS | ENDING_VERBS | PAST_VERBS or ending


def _after(tokens: Sequence[Token], clause: Clause) -> tuple[int, int]:
    resume, end = clause.resume, clause.end
    if resume < end and tokens[resume].lower in {"and", "but", "or"}:
        return resume, resume
    while resume < end and tokens[resume].lower in _SIGNS:
        resume += 1
    end = next(
        (k for k in range(resume + 2, end - 1) if tokens[k].text == "," and tokens[k + 1].lower in {"and", "but"}), end
    )
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
            pronoun = tokens[start].text if index == start + 1 and tokens[start].lower in PRONOUNS else None
            return _name(text, tokens, index + 1, cut) or _name(text, tokens, start, index) or pronoun
    return None


def _subject(text: str, tokens: Sequence[Token], clause: Clause) -> str | None:
    """The noun before "which" and "that", else the words that open the sentence up to the first comma or verb."""
    joint = clause.start - 1
    joint -= tokens[joint].lower in {"then", "now", "also"}
    if tokens[joint].lower in {"and", "but"}:
        back = range(joint - 1, max(clause.first, joint - _REACH // 2), -1)
        dated = ENDING_VERBS | EVENT_VERBS
        joint = next((k for k in back if tokens[k].lower in PRONOUNS and tokens[k + 1].lower in dated), joint)
    if tokens[joint].lower in PRONOUNS:
        if tokens[joint - 2].lower == "on" and tokens[joint - 1].lower.endswith("day"):
            joint -= 2
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
        subject = _subject_behind(tokens, start, min(end, comma))
        if subject is not None:
            start = subject
        elif content_count(tokens, comma, end) >= 2:
            start = comma
    start = _behind_junk(tokens, start, end)
    for index in range(start, min(end, start + 6)):
        if tokens[index].lower not in REPORTING or content_count(tokens, index + 1, end) < 2:
            continue
        behind = next((k + 1 for k in range(index + 1, min(end, index + 5)) if tokens[k].lower == "that"), index + 1)
        told = tokens[behind].text.isupper() or tokens[behind].lower not in PRONOUNS
        if behind < end and told and not (behind == index + 1 and _also_did(tokens, behind, end)):
            start = _behind_junk(tokens, behind, end)
        break
    while end > start and tokens[end - 1].lower in _TRAILING and tokens[end - 2].lower not in {"go", "goes"}:
        end -= 1
    words = [index for index in range(start, end) if tokens[index].kind is not Kind.SIGN]
    if len(words) > _MAX_WORDS:
        start = words[-_MAX_WORDS]
        noun = (index for index in range(start, words[-_MAX_WORDS // 2]) if tokens[index].lower in DETERMINERS)
        start = next(noun, start)
    return start, end


def _subject_behind(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Where the subject begins behind an opening without a comma: "In a first stage the force is to shrink"."""
    verb = next((k for k in range(start, end) if tokens[k].lower in AUXILIARIES), start)
    openings = (k for k in range(start + 2, verb) if tokens[k].lower in DETERMINERS)
    return next(
        (k for k in openings if tokens[k - 1].kind is not Kind.SIGN and tokens[k - 1].lower not in _JOINTS), None
    )


def _also_did(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the object of a verb is followed by something else done: "declared an emergency and closed schools"."""
    opens = tokens[start].lower in {"a", "an"}
    pairs = ((tokens[k].lower, tokens[k + 1]) for k in range(start, end - 1))
    return opens and any(
        word == "and" and (verb.lower in PAST_VERBS or (verb.lower.endswith("ed") and verb.text.islower()))
        for word, verb in pairs
    )


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
    if start >= end or end - start > _NAME_WORDS or tokens[start].lower in REPORTING | PAST_VERBS:
        return None
    alone = end == start + 1 and tokens[start].lower in {"both", "all"}
    return _slice(text, tokens, start, end) if tokens[start].lower not in PRONOUNS and not alone else None
