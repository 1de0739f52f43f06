"""Small wordings that many messages share: lists, names of outlets, and what is said of a post in a foreign language."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list

from bot.catalogue import Words
from bot.press.text import TextBuilder, one_line

_READ = frozenset({"en", "", "und"})
"""Languages whose posts are read in full, and the codes for not knowing which it is."""
_BRITISH = Locale("en", "GB")
"""Sitrep's English sets no comma before the last "and"."""


def listed(parts: Sequence[str], words: Words) -> str:
    """As in "a, b and c"."""
    return format_list(parts, locale=_BRITISH if words.language == "en" else words.locale)


def and_more(names: TextBuilder, more: int, words: Words) -> TextBuilder:
    """Names, and how many there are besides: "Harbour Wire, City Post and 3 more"."""
    if not more:
        return names
    # L10n: {names} is one or several names, separated by commas
    phrase = words.plural("{names} and {count} more", "{names} and {count} more", more, names="{names}")
    return TextBuilder().fill(phrase, names=names)


def topic_text(name: str, words: Words) -> str:
    """A topic's name in words; as the operator wrote it where it is a topic of theirs."""
    return words(one_line(name))


def outlet_text(outlet: str, words: Words) -> str:
    """The name of an outlet on one line, or a word for one that has none."""
    # L10n: stands for the name of the outlet or channel that published something, where it has no name
    return one_line(outlet) or words.within("an outlet without a name", "source")


def foreign_language(language: str, words: Words) -> str:
    """The name of the language of an article that is not read in full because of it; empty for one that is."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return "" if code in _READ else str(words.locale.languages.get(code, code))


def foreign_text(language: str, words: Words) -> str:
    """What is said of an article that is not read in full because of its language; empty for one that is."""
    name = foreign_language(language, words)
    if not name:
        return ""
    # L10n: {language} is the name of the language by itself, as in "Ukrainian"; the sentence speaks of a news article
    return words(
        "In {language}: its first sentences are shown, and its figures and dates were not read.", language=name
    )
