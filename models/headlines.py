"""Lets a headline name what its article's deadlines are about: editors put it there in fewer and better words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from models.api import Deadline
from models.dates import find_deadlines, find_timexes
from models.dates.tables import words
from models.dates.wording import edited, last_part
from models.sentences import split_sentences

_WORD = re.compile(r"[^\W_]{3,}")
_SLUG: Final = re.compile(r"^([A-Z][A-Z]+(?: [A-Z]+)?): (?=\S)")
_NAME: Final = re.compile(r"(?<![\w’'-])[A-Z][\w-]+(?: (?:of )?[A-Z][\w-]+)*")
_PLAN: Final = re.compile(r"^(?:The )?(?:[Pp]lan|[Tt]arget|[Aa]im|[Gg]oal)(?: is|:) (?=\d)")
_AT: Final = re.compile(r"\b(?:in|near|from|of|at|for|off) $")
_TIMES: Final = words(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday Christmas Easter"
)
_LONGEST_NAME: Final = 4


def name_by_headline(deadlines: Sequence[Deadline], text: str, title: str, reference: date) -> list[Deadline]:
    """Give the deadlines that the headline speaks of the headline's words for what is due.

    A headline's deadline has no place in the article's text, so it is never one by itself: the deadline of the text
    that falls on the same day, and whose sentence shares most with the headline, takes over ``what`` and ``who``, and
    the importance where the headline's is higher. Its span and sentence stay where they are. One whose words hold no
    name gets the name that the headline gives, in brackets.

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
            what=edited(last_part(headline.what), headline.bond),
            who=headline.who or named[at].who,
            importance=max(headline.importance, named[at].importance),
        )
    about = _about(title, text)
    return [replace(one, what=_set(one.what, about, text, title)) for one in named]


def _set(what: str, about: str, text: str, title: str) -> str:
    """A matter with the name that the headline gives, where it holds none; what is only a number is the headline's."""
    number = _PLAN.sub("", what)
    matter = _SLUG.sub("", title)
    bare = number != what or not any(word[:1].isalpha() for word in what.split())
    if bare and not any(char.isdigit() for char in matter):
        return f"{matter[:1].upper()}{matter[1:]}: {number}"
    if not about:
        return what
    opening, _, rest = what.partition(" ")
    if opening in {"He", "She"} and re.search(rf"\b[A-Z]\w+ {re.escape(about)}\b", text):
        return f"{about} {rest}"
    first = opening.removesuffix("'s").removesuffix("’s")
    plain = re.compile(rf"\b[a-z]+,? {re.escape(first)}\b")
    held = any(word[:1].isupper() for word in rest.split() if word not in _TIMES) or (
        opening[:1].isupper() and plain.search(text) is not None
    )
    held = held or what.endswith(")")
    return what if held or about.lower() in what.lower() else f"{what} ({about})"


def _about(title: str, text: str) -> str:
    """The name a headline sets its news in: "Ilmar" of "ILMAR: first stage put off", "Tarn" of "Bridge in Tarn closed"."""
    slug = _SLUG.match(title)
    if slug:
        return slug[1].title()
    found = (match for match in _NAME.finditer(title) if match[0] not in _TIMES)
    names = [match for match in found if _is_name(match, text)]
    placed = [
        match for match in names if _AT.search(title[: match.start()]) or title[match.end() :].startswith(("'s", "’s"))
    ]
    chosen = next((match[0] for match in (*placed, *names)), "")
    return chosen if len(chosen.split()) <= _LONGEST_NAME else ""


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a text has a name with its capitals, and never without."""
    name = match[0]
    opens = match.start() == 0 and " " not in name and match.string[match.end() :][:2] not in {"'s", "’s"}
    inside = re.search(rf"(?<=[\w,] ){re.escape(name)}\b", text) is not None
    held = inside or len(re.findall(rf"\b{re.escape(name)}\b", text)) > opens
    return held and re.search(rf"\b{re.escape(name.lower())}\b", text) is None


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}
