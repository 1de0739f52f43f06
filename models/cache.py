"""Remembers readings by content, so that a text that comes again is not read again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import replace

from models.api import Article, Reading


class ReadingCache:
    """The readings of the last ``size`` different texts; may be shared by threads.

    Two articles are the same when title, text and the day they speak on are: outlet, link and key do not matter to a
    reading. The models' revision need not be part of it, because a cache lives and dies with one reader.
    """

    def __init__(self, size: int = 1_024) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, Reading] = OrderedDict()

    def get(self, article: Article) -> Reading | None:
        """The reading of the same text under this article's key, if it is remembered."""
        digest = content_digest(article)
        with self._lock:
            reading = self._known.get(digest)
            if reading is None:
                return None
            self._known.move_to_end(digest)
        return replace(reading, key=article.key)

    def put(self, article: Article, reading: Reading) -> None:
        """Remember a reading; the one unused for longest is forgotten when there are too many."""
        with self._lock:
            self._known[content_digest(article)] = reading
            while len(self._known) > self._size:
                self._known.popitem(last=False)


def content_digest(article: Article) -> bytes:
    """Digest what a reading depends on."""
    parts = (article.title or "", article.text, article.reference.isoformat())
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
