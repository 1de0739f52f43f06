"""Tells numbers that belong to names ("Resolution 1701", "Formula One") and the pronoun "one" from quantities."""

from __future__ import annotations

from models.figures.context_table import (
    ALWAYS_NAMES,
    DESIGNATORS,
    LOOSE_DESIGNATORS,
    NAME_OPENERS,
    ONE_AFTER,
    ONE_BEFORE,
    ONE_NEVER,
    PERSONAL_AFTER,
    STREETS,
    TIED_TO_ONE,
    WORD_NAMES,
)
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural
from models.figures.number_table import SMALL
from models.figures.numeral import Form
from models.figures.setting import HYPHENS, Setting, countable, noun_like
from models.tokens import Kind, Token


def is_name(at: Setting, *, counted: bool) -> bool:
    """Whether the number belongs to a name: "Resolution 1701", "Boeing 737", "S&P 500", "10 Downing Street".

    ``counted`` tells that a plural noun, or one behind a hyphen, follows the number.
    """
    if at.numeral.form is Form.DIGITS:
        if not at.bare:
            return _versioned(at)
        return _designated(at, counted=counted) or (not counted and _after_capital(at)) or _address(at)
    return at.numeral.form is Form.WORDS and _worded_name(at, counted=counted)


def _versioned(at: Setting) -> bool:
    """As in "Windows 3.1", "iOS 17.2", "Section 4.2"."""
    return (
        at.stop == at.first + 1
        and "," not in at.tokens[at.first].text
        and at.before().lower in ALWAYS_NAMES
        and at.before().text != "no"
    )


def _designated(at: Setting, *, counted: bool) -> bool:
    before, after = at.before(), at.after()
    word = before.lower
    if before.text == "." and before.glued:
        word = at.before(2).lower + "."
    if word in ALWAYS_NAMES and before.text not in {"no", "note"}:
        return True
    if word in DESIGNATORS:
        tied = after.text in HYPHENS and after.glued
        return not tied and not (counted and word in LOOSE_DESIGNATORS and before.text.islower())
    if (before.text == "&" and before.glued) or (at.whole == 911 and not counted):
        return True
    return (word == "p" and at.before(2).text in {"S", "&"}) or (word == "of" and at.before(2).text == "Group")


def _after_capital(at: Setting) -> bool:
    """A bare number right after a capitalised word that neither begins the sentence nor is a verb or function word."""
    before, after = at.before(), at.after()
    if not before.text[:1].isupper() or at.whole > 9999 or _no_name(before):
        return False
    if not before.glued and "\n" in at.text[before.end : at.tokens[at.first].start]:
        return False
    if at.opens(1) and not at.opens(2) and before.lower in NAME_OPENERS:
        return False
    return not countable(after) and after.lower not in PERSONAL_AFTER


def _no_name(token: Token) -> bool:
    """Whether a capitalised word is an owner, a verb, an adverb or a function word."""
    return token.lower.endswith(("'s", "’s", "ly", "ing")) or token.lower in STOP or token.lower in VERBS


def _address(at: Setting) -> bool:
    if not at.after().text.istitle():
        return False
    return any(at.after(k).lower in STREETS and at.after(k).text.istitle() for k in range(1, 3))


def _worded_name(at: Setting, *, counted: bool) -> bool:
    """As in "Formula One", "number one", "day two", "Air Force One", and "one" as a pronoun."""
    before, after = at.before(), at.after()
    if before.lower in WORD_NAMES and not is_plural(after.lower, after.text):
        return True
    titled = at.tokens[at.first].text.istitle() and not at.opens(0) and after.text[:1].isupper()
    if at.stop - at.first == 1 and at.numeral.low == 1:
        return (titled and not before.text[:1].isupper()) or _pronoun_one(at)
    if titled and not counted:
        return True
    return before.lower == "group" or (before.lower == "of" and at.before(2).text == "Group")


def _pronoun_one(at: Setting) -> bool:
    """Whether "one" stands for a noun: "the same one", "no one", "one another", "one day"."""
    before, after, later = at.before().lower, at.after(), at.after(1)
    if after.lower in {"to", "or", "and"} and (later.kind is Kind.NUMBER or later.lower in SMALL):
        return False
    if after.lower == "of":
        return before in {"no", "any", "every", "the", "each", "which", "this"}
    if before in ONE_NEVER or (before in ONE_BEFORE and not noun_like(after)):
        return True
    if after.text in HYPHENS and after.glued:
        return later.lower not in TIED_TO_ONE
    if after.lower in ONE_AFTER:
        return not (after.lower == "day" and later.lower in {"of", "after", "before", "later"})
    counted = later if after.lower in {"more", "other", "further"} else after
    return not noun_like(counted) and not _casualty(at)


def _casualty(at: Setting) -> bool:
    """As in "one was killed", "leaving one dead", "one dead", "killed one and"."""
    ahead = {at.after(k).lower for k in range(3)}
    return bool(ahead & {"killed", "injured", "wounded", "dead", "died", "missing", "dies", "hurt", "arrested", "from"}) or at.before().lower in {
        "killed", "killing", "kills", "injured", "injuring", "wounding", "wounded", "least", "leaving",
    }  # fmt: skip
