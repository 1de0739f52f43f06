"""Owns what readers write behind a command in their own language: words with a meaning of their own, and names of days."""

import re

from babel.dates import get_day_names, get_month_names

from bot.catalogue import Words, words_in
from bot.telegram.zones import fold

_WORD = re.compile(r"(?<![\w/])[^\W\d_][\w'’]*\.?(?![\w/])")


def in_english(written: str, words: Words) -> str:
    """The words behind a command with those of the reader's language as the English ones, which are understood everywhere."""
    if words.language == "en":
        return written
    meanings = _meanings(words)
    return _WORD.sub(lambda found: meanings.get(_plain(found[0]), found[0]), written)


def _plain(word: str) -> str:
    return fold(word).rstrip(".")


def _forms(text: str) -> list[str]:
    return [_plain(form) for form in text.split(",")]


def today_words(words: Words) -> frozenset[str]:
    """What stands for "today" behind /summary, where any other word may be one to look for."""
    # L10n: What a reader may write behind /summary. Several words for one meaning stand one after the other, with commas; so in the
    # following. The English ones are understood as well.
    return frozenset({"today", *_forms(words.within("argument", "today"))})


def _meanings(words: Words) -> dict[str, str]:
    said = {
        # L10n: Behind /topics and /sources.
        "all": words.within("argument", "all"),
        # L10n: Behind /topics, /alerts and /quiet.
        "off": words.within("argument", "off"),
        # L10n: Behind /alerts: the words that the reader follows.
        "followed": words.within("argument", "followed"),
        # L10n: Behind /schedule and /frequency.
        "daily": words.within("argument", "daily"),
        # L10n: Monday to Friday.
        "weekdays": words.within("argument", "weekdays"),
        "weekends": words.within("argument", "weekends"),
        "weekly": words.within("argument", "weekly"),
        # L10n: Behind /pause, before a day; in one word.
        "until": words.within("argument", "until"),
        "tomorrow": words.within("argument", "tomorrow"),
    }
    return _calendar(words) | {form: meaning for meaning, text in said.items() for form in _forms(text)}


def _calendar(words: Words) -> dict[str, str]:
    """Days and months by CLDR, whole and short, alone and within a date."""
    locale, english = words.locale, words_in("en").locale
    found: dict[str, str] = {}
    for names in (get_month_names, get_day_names):
        meant = names("wide", "format", english)
        for width in ("abbreviated", "wide"):
            for context in ("stand-alone", "format"):
                found |= {_plain(name): meant[key] for key, name in names(width, context, locale).items()}
    return found
