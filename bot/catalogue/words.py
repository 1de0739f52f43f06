"""Owns the choice of a language and the wording of a text in it."""

from __future__ import annotations

import functools
import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("en", "de", "es", "uk", "ru")
"""What Sitrep speaks, English first."""

LOCALES = Path(__file__).parent / "locales"


class Words:
    """One language: calling it words an English text in that language.

    Values fill the text's named placeholders as they are; numbers, dates and lists are formatted by ``locale`` first.
    """

    def __init__(self, locale: Locale, translations: NullTranslations) -> None:
        self.locale = locale
        """For the form of numbers, dates, lists and units: the reader's region where CLDR knows it."""
        self._translations = translations

    @property
    def language(self) -> str:
        """One of ``LANGUAGES``."""
        return self.locale.language

    def __call__(self, text: str, /, **values: object) -> str:
        """Word ``text``, which stands in the code as a literal or was marked with ``message``."""
        return self._filled(self._translations.gettext(text) if text else "", values)

    def plural(self, one: str, other: str, n: int, /, **values: object) -> str:
        """Word what depends on a number; ``{count}`` in it is ``n`` in the language's form."""
        count = format_decimal(n, locale=self.locale)
        return self._filled(self._translations.ngettext(one, other, n), {"count": count, **values})

    def within(self, context: str, text: str, /, **values: object) -> str:
        """Word what reads differently by context: "May" as a month, "Save" on a button."""
        return self._filled(self._translations.pgettext(context, text), values)

    @staticmethod
    def _filled(text: str, values: dict[str, object]) -> str:
        return text.format_map(values) if values else text


def message(text: str) -> str:
    """Mark a constant for the catalogue and return it as it is; ``words(constant)`` words it where it is shown."""
    return text


def words_in(tag: str | None) -> Words:
    """The words for an IETF language tag, as Telegram's ``language_code`` has them; English for what we do not speak."""
    locale = _locale(tag or "en")
    return Words(locale, _translations(locale.language))


@functools.lru_cache(maxsize=256)
def _locale(tag: str) -> Locale:
    language = tag.replace("_", "-").partition("-")[0].lower()
    if language not in LANGUAGES:
        return Locale("en")
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale(language)


@functools.lru_cache(maxsize=len(LANGUAGES))
def _translations(language: str) -> NullTranslations:
    """The catalogue of a language, read at its first use; none for English, which stands in the code."""
    path = LOCALES / language / "LC_MESSAGES" / "sitrep.po"
    if language == "en" or not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
