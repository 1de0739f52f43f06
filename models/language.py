"""Names the language of a text, with care for headlines."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
"""ISO 639 for "undetermined"."""

# The languages that news channels are written in. The identifier knows more, and takes an English headline for
# Nigerian Pidgin or a Chinese one for Cantonese where it may.
_LANGUAGES = frozenset(
    re.findall(
        r"\w\w",
        """
        af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko
        ky la lb lo lt lv mk ml mn mr ms mt nb ne nl nn no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur
        uz vi zh
        """,
    )
)
_READ = 2_000
_SHORT = 60
_PRIOR_OF_ENGLISH = 4.0
_SURE = 0.12
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_LATIN = re.compile(r"[A-Za-z]")


class LanguageFinder:
    """Names languages by ISO 639-1 codes. Loads its table on first use; may be shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identifier: LanguageIdentifier | None = None

    def find(self, text: str) -> str:
        """Name the language of ``text``, ``und`` where its letters are too few or fit no language.

        Only the first 2,000 characters are read. Up to 60 letters in the Latin script count as English unless another
        language fits much better: proper names fit them all.
        """
        read = _LINK.sub(" ", text[: 2 * _READ])[:_READ].encode("utf-8", "replace").decode("utf-8")
        letters = len(_LETTER.findall(read))
        if letters < 2:
            return UNKNOWN
        ranked = dict(self._rank(read))
        if letters <= _SHORT and len(_LATIN.findall(read)) == letters:
            ranked["en"] *= _PRIOR_OF_ENGLISH
        best = max(ranked, key=lambda language: ranked[language])
        return best if ranked[best] >= _SURE else UNKNOWN

    def _rank(self, text: str) -> list[tuple[str, float]]:
        with self._lock:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - reads a table of 0.6 s

                self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
                self._identifier.set_languages(sorted(_LANGUAGES.intersection(self._identifier.labels)))
            ranking: list[tuple[str, float]] = self._identifier.rank(text)
        return [(language, float(share)) for language, share in ranking]
