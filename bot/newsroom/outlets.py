"""Owns which channels there are to choose among."""

import contextlib
import json

from bot.errors import Skip
from bot.intake.post import read_post
from bot.store import Transaction

MAX_OUTLETS = 200


async def outlets(tx: Transaction) -> list[str]:
    """The channels there are to read, by the names they went by last, in the order of the alphabet."""
    found: set[str] = set()
    for raw in await tx.posts.newest_of_channels(MAX_OUTLETS):
        with contextlib.suppress(ValueError, Skip):
            found.add(read_post(json.loads(raw)).outlet)
    return sorted(found - {""}, key=str.casefold)
