"""Has pages and feeds parsed in a child process, which may die of them in the bot's place."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

from bot.errors import Retryable, Skip
from bot.intake.attached import WORD
from bot.intake.feed import Feed
from bot.intake.page import PageText
from bot.intake.parsing import Answer, Job, pack_job, unpack_answer

WALL_S = 10.0
"""So long one page may take; a sound one takes a twentieth of a second."""
_START_S = 60.0
_MAX_JOBS = 200
"""After so many pages a child is replaced: what its libraries lost goes with it."""
_LENGTH = 4
_KINDS = {"text/plain": "text", "application/pdf": "pdf", WORD: "docx"}


class Parser:
    """One child at a time, started on first use; one that dies or dawdles costs only the page it had.

    Args:
        wall_s: What one page may take.
    """

    def __init__(self, *, wall_s: float = WALL_S) -> None:
        self._wall_s = wall_s
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._jobs = 0

    async def page(self, body: bytes, url: str, content_type: str) -> PageText:
        """Extract the article of a page.

        Raises:
            Skip: there is none; ``page_unreadable`` where the child died of it or took too long.
            Retryable: no child could be started.
        """
        kind = _KINDS.get(content_type, "html")
        answer = await self._ask(Job(kind=kind, url=url, size=len(body)), body)
        if answer.page is None:
            raise Skip(answer.code, answer.message)
        return answer.page

    async def feed(self, body: bytes, url: str) -> Feed:
        """Read a feed; raises as :meth:`page`."""
        answer = await self._ask(Job(kind="feed", url=url, size=len(body)), body)
        if answer.feed is None:
            raise Skip(answer.code, answer.message)
        return answer.feed

    async def close(self) -> None:
        """End the child, in the middle of a page too."""
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()

    async def _ask(self, job: Job, body: bytes) -> Answer:
        async with self._turn:
            child = await self._started()
            done = False
            try:
                async with asyncio.timeout(self._wall_s):
                    answer = await _told(child, pack_job(job, body))
                done = True
            except TimeoutError as error:
                raise Skip(
                    "page_unreadable", f"The page was not parsed within {self._wall_s:g} s.", why="time"
                ) from error
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                raise Skip("page_unreadable", "The page cost more memory or time than it may.", why="died") from error
            finally:
                self._jobs += 1
                if not done or self._jobs >= _MAX_JOBS:
                    await self.close()
            return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self.close()
        self._jobs = 0
        # Nothing of the bot's environment but where its code lies: the child has no business with a token.
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.environ.get("PATH", "")}
        child = self._child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.intake.parsing",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        try:
            async with asyncio.timeout(_START_S):  # loading is no page's fault, and on a busy machine takes a while
                await _told(child, pack_job(Job(kind="text", url="", size=0), b""))
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            await self.close()
            raise Retryable("parser_unavailable", "The parsing process could not be started.") from error
        return child


async def _told(child: asyncio.subprocess.Process, job: bytes) -> Answer:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("a child is started with pipes")
    child.stdin.write(job)
    await child.stdin.drain()
    length = await child.stdout.readexactly(_LENGTH)
    return unpack_answer(await child.stdout.readexactly(int.from_bytes(length, "big")))
