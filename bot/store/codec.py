"""How articles and readings are written down: JSON by their types; a reading's vector is kept beside it, as bytes."""

from dataclasses import replace

from pydantic import TypeAdapter

from models.api import Article, Reading

_article = TypeAdapter(Article)
_reading = TypeAdapter(Reading)


def dump_article(article: Article) -> str:
    """An article as JSON."""
    return _article.dump_json(article).decode()


def load_article(text: str) -> Article:
    """An article from its JSON."""
    return _article.validate_json(text)


def dump_reading(reading: Reading) -> str:
    """A reading as JSON, without its vector."""
    return _reading.dump_json(replace(reading, vector=b"")).decode()


def load_reading(text: str, vector: bytes) -> Reading:
    """A reading from its JSON and its vector."""
    return replace(_reading.validate_json(text), vector=vector)
