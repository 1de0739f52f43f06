"""Owns the one way to be cancelled politely: what has begun to write is let finish first."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")

PATIENCE_S = 5.0
"""How long a stop waits for what is being written; a process has ten seconds to end in."""


async def unbroken(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run ``work`` to its end even if the caller is cancelled meanwhile, and only then let the cancellation through.

    A transaction that is cancelled half-way is undone and holds nothing up (tests/store/test_store_cancelled.py); one that is let
    finish need not be done again.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with contextlib.suppress(Exception):
            await asyncio.wait([task], timeout=PATIENCE_S)
        raise
