"""What Sitrep itself says, in each language it speaks; English is written in the code, the others are catalogues."""

from bot.catalogue.words import LANGUAGES, Words, message, words_in

__all__ = ["LANGUAGES", "Words", "message", "words_in"]
