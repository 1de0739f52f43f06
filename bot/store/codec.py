"""How articles and readings are written down: JSON by their types; a reading's bytes are kept beside it."""

import re
from dataclasses import replace

from pydantic import TypeAdapter

from bot.desk.edition import Edition
from models.api import Article, Reading

_article = TypeAdapter(Article)
_reading = TypeAdapter(Reading)
_edition = TypeAdapter(Edition)


_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
"""Half a surrogate pair is no UTF-8, and PostgreSQL keeps no NUL."""


def storable(text: str) -> str:
    """The text with what no database keeps replaced by U+FFFD, code point for code point."""
    return _UNSTORABLE.sub("\ufffd", text)


def dump_article(article: Article) -> str:
    """An article as JSON."""
    title = None if article.title is None else storable(article.title)
    kept = replace(article, text=storable(article.text), title=title, outlet=storable(article.outlet))
    return _article.dump_json(kept).decode()


def load_article(text: str) -> Article:
    """An article from its JSON."""
    return _article.validate_json(text)


def dump_reading(reading: Reading) -> str:
    """A reading as JSON, without its vectors and its imprint."""
    bare = replace(reading, vector=b"", imprint=b"", figure_vectors=(), deadline_vectors=())
    return _reading.dump_json(bare).decode()


def load_reading(text: str, vector: bytes) -> Reading:
    """A reading from its JSON and its vector."""
    return replace(_reading.validate_json(text), vector=vector)


def dump_edition(edition: Edition) -> str:
    """An edition as JSON."""
    return _edition.dump_json(edition).decode()


def load_edition(text: str) -> Edition:
    """An edition from its JSON."""
    return _edition.validate_json(text)
