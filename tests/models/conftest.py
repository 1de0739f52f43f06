from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from models.api import Article
from models.encoder import Encoder
from models.reader import EmbeddedReader
from models.settings import ReaderSettings


@pytest.fixture(scope="session")
def reader() -> EmbeddedReader:
    return EmbeddedReader(ReaderSettings(threads=1))


@pytest.fixture(scope="session")
def encoder(reader: EmbeddedReader) -> Encoder:
    return reader.encoder


@pytest.fixture
def article() -> Callable[..., Article]:
    def make(text: str, title: str | None = None, key: str = "a-1") -> Article:
        return Article(
            key=key, title=title, text=text, published=datetime(2024, 3, 14, 9, tzinfo=UTC), outlet="Harbour Wire"
        )

    return make
