"""Takes the imprint of a text: its first content words in order, hashed, each with its rarity and its kind."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from models.api import (
    IMPRINT_JOINED,
    IMPRINT_NAME,
    IMPRINT_NUMBER,
    IMPRINT_RARITY,
    IMPRINT_WORD,
    IMPRINT_WORDS,
    IMPRINT_YEAR,
)
from models.encoder import verify

WEIGHTS = Path(__file__).with_name("imprint.safetensors")
WEIGHTS_SHA256 = "42268f531f1a6cf9f7c56485f8ff510893152e53b62f60a30a4d47f3fe4b874a"
BUCKETS = 1 << 16

Rarity = npt.NDArray[np.uint8]

_READ = 3_000
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_MIN_STEM = 4
_MOST = 255
_NEAR = 2
"""Words so far apart at most, small words counted, are taken for a pair."""
_SMALL_WORDS = """
    a an the of in on at to for from by with and or as is are was were be been has have had its it their his her this that
    will would could may might not no after before over under into about amid more than up out new he she they we i you who
    which when where what said says say told also but there then
    """
_CALENDAR_WORDS = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """
_SMALL = frozenset(_SMALL_WORDS.split())
_CALENDAR = frozenset(_CALENDAR_WORDS.split())


class Imprinter:
    """Takes imprints.

    Args:
        rarity: Inverse document frequency of each hashed stem: log, times ``IMPRINT_RARITY``, uint8 of shape [65536].
    """

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity

    def imprint(self, text: str) -> bytes:
        """The imprint of a text, title first; see ``models.api.Reading`` for its form."""
        marks = np.zeros((IMPRINT_WORDS, 2), dtype="<u2")
        count = 0
        for bucket, kind in _marks(text):
            if count == IMPRINT_WORDS:
                break
            marks[count] = bucket, int(self._rarity[bucket]) | kind << 8
            count += 1
        return marks[:count].tobytes()


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """The bucket and the kind of each content word of a text's beginning."""
    words = _WORD.findall(text[:_READ])
    plain = {word for word in words if word[0].islower()}
    last = -_NEAR - 1
    for place, word in enumerate(words):
        lower = word.lower()
        if lower in _SMALL:
            continue
        kind = IMPRINT_WORD
        if word[0].isdigit():
            kind = IMPRINT_YEAR if _YEAR.fullmatch(word) else IMPRINT_NUMBER
        elif not word[0].islower() and lower not in plain and lower not in _CALENDAR:
            kind = IMPRINT_NAME
        yield bucket_of(lower), kind | (IMPRINT_JOINED if place - last <= _NEAR else 0)
        last = place


def bucket_of(word: str) -> int:
    """The bucket of a word in lower case: of its stem, so that "talks" meets "talk"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            word = word[: -len(ending)]
            break
    return zlib.crc32(word.encode("utf-8", "replace")) % BUCKETS


@cache
def load_imprinter() -> Imprinter:
    """Load the table of rarities.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    verify(WEIGHTS, WEIGHTS_SHA256)
    return Imprinter(load_file(WEIGHTS)["rarity"])


def rarity_of(texts: Sequence[str]) -> Rarity:
    """Count stems over texts: the table an :class:`Imprinter` needs."""
    seen = np.zeros(BUCKETS, dtype=np.float64)
    for text in texts:
        seen[list({bucket for bucket, _ in _marks(text)})] += 1
    rarity = np.log((1 + len(texts)) / (1 + seen))
    small: Rarity = np.clip(np.rint(rarity * IMPRINT_RARITY), 0, _MOST).astype(np.uint8)
    return small
