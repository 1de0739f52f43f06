"""A store of its own for each test: on SQLite, and once more on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from bot.store import Store


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await Store.open(url)
    yield opened
    await opened.close()
