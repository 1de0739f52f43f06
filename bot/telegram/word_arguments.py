"""Owns the words after /follow, /mute, /alerts and /sources: phrases, quoted or not, and which of them mean "none"."""

import re
import unicodedata

from bot.catalogue import message
from bot.desk.wishes import folded
from bot.desk.words import content
from bot.telegram.usage import UsageError

MAX_CHARS = 40
MAX_PHRASE_WORDS = 6
_PHRASE = re.compile(r"[\"“”„«‟]([^\"“”„«»‟]*)[\"“”»‟]|([^,;\n\"“”„«»‟]+)")
_TRIMMED = " \t.,;:!?()[]{}*#"


def parse_phrases(text: str) -> tuple[str, ...]:
    """The words and phrases to follow or to mute, as they were written, each once; none where nothing was written.

    What is quoted is a phrase, and so is what stands between commas.

    Raises:
        UsageError: one is too long, or holds no word that says anything.
    """
    clean = unicodedata.normalize("NFC", text)
    parts = [" ".join((quoted or bare).split()).strip(_TRIMMED) for quoted, bare in _PHRASE.findall(clean)]
    phrases = {folded(part): part for part in parts if part}
    for phrase in phrases.values():
        _must_be_useful(phrase)
    return tuple(phrases.values())


def _must_be_useful(phrase: str) -> None:
    if len(phrase) > MAX_CHARS or len(phrase.split()) > MAX_PHRASE_WORDS:
        raise UsageError(
            # L10n: {most_words} is 6, {most_chars} is 40.
            message("'{phrase}…' is too long: a phrase has at most {most_words} words and {most_chars} characters."),
            message("Put commas between words that are not one phrase."),
            phrase=phrase[:30],
            most_words=MAX_PHRASE_WORDS,
            most_chars=MAX_CHARS,
        )
    if not folded(phrase).strip() or not content(phrase):
        raise UsageError(
            message("'{phrase}' stands in nearly every story, or in none. Choose a word that says more."), phrase=phrase
        )
