"""Knows which sentences can stand alone: a "He", a "However" or an open quotation leans on the one before."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LOOK = 60
_DUMMY_IT = re.compile(
    r"it(?:['’]s| is| was| has been| will be| would be| remains?| took| takes| seems?| appears?)\b.{0,60}?\b(?:that|to|who|when|since|if|for)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"(?:this|that|these|those) (?:week|month|year|morning|afternoon|evening|summer|winter|spring|autumn|fall|season|weekend|time)\b",
    re.IGNORECASE,
)
_NOT_NEWS = re.compile(
    r"(?:click (?:here|on|through)|read (?:more|also)|follow (?:us|@)|subscribe|sign up|scroll down|see also|share this|watch (?:the|this) video"
    r"|on this page|image (?:caption|copyright)|photo(?:graph)?s?(?: by|:)|copyright|all rights reserved|media playback"
    r"|(?:story|video) highlights|more (?:on|from):?|join (?:our|us))\b|\(@\w+\)|.{0,300}\bpic\.twitter\.com/",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"[^\s:\"“”]+(?: [^\s:\"“”]+){0,3}: [A-Z]")


@lru_cache(maxsize=16)
def _table(name: str) -> frozenset[str]:
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("openings.json").read_text(encoding="utf-8"))
    return frozenset(table[name])


def leans_back(sentence: str) -> bool:
    """Say whether a sentence needs the one before it: it opens with a pronoun or a connective, or closes a quotation.

    "It was the first time that ..." and "This week ..." stand alone.
    """
    words = [match.group().lower() for match in _WORD.finditer(sentence[:_LOOK])][:4]
    if not words:
        return True
    if any(" ".join(words[:length]) in _table("connectives") for length in (1, 2, 3, 4)):
        return True
    bare = sentence.lstrip("\"'“‘([–—- ")
    if words[0].split("'")[0].split("’")[0] in _table("pronouns"):
        return not (_DUMMY_IT.match(bare) or _POINTING.match(bare))
    return False


def is_fragment(sentence: str) -> bool:
    """Say whether the words are no sentence of a story: too short, a caption, a question, a quotation left open."""
    words = sentence.split()
    if _NOT_NEWS.match(sentence) or _CAPTION.match(sentence):
        return True
    if len(words) < 4 or not any(letter.islower() for letter in sentence):
        return True
    if sentence.count("“") != sentence.count("”") or sentence.count('"') % 2:
        return True
    return sentence.count("(") != sentence.count(")") or sentence.rstrip("\"'”’)]")[-1:] not in set(".!…")
