"""Lets a headline name what its article's deadlines are about: editors put it there in fewer and better words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.api import Deadline
from models.dates import find_deadlines, find_timexes
from models.sentences import split_sentences

_WORD = re.compile(r"[^\W_]{3,}")


def name_by_headline(deadlines: Sequence[Deadline], text: str, title: str, reference: date) -> list[Deadline]:
    """Give the deadlines that the headline speaks of the headline's words for what is due.

    A headline's deadline has no place in the article's text, so it is never one by itself: the deadline of the text
    that falls on the same day, and whose sentence shares most with the headline, takes over ``what`` and ``who``, and
    the importance where the headline's is higher. Its span and sentence stay where they are.

    Args:
        deadlines: Those found in the text, in any order.
        text: The text they were found in.
        title: The article's headline.
        reference: The day the article speaks on.
    """
    named = list(deadlines)
    for headline in find_deadlines(title, split_sentences(title), find_timexes(title, reference), reference):
        shared = _words(title)
        same_day = [
            (len(shared & _words(text[slice(*one.sentence)])), one.importance, -at, at)
            for at, one in enumerate(named)
            if one.due.end == headline.due.end
        ]
        if not same_day:
            continue
        at = max(same_day)[-1]
        named[at] = replace(
            named[at],
            what=headline.what,
            who=headline.who or named[at].who,
            importance=max(headline.importance, named[at].importance),
        )
    return named


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}
