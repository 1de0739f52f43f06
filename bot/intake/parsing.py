"""The parsing child: takes pages and feeds from its parent one by one, and hands back what is in them, within limits.

Run as ``python -m bot.intake.parsing``. A job and its answer are each a length of four bytes, big-endian, and JSON; the bytes
of a job's body follow it. Nothing it reads can make it write a file, and it ends with its parent.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter

from bot.errors import Skip
from bot.intake.feed import Feed, read_feed
from bot.intake.page import PageText, read_document, read_page, read_plain, read_word

MAX_MEMORY_BYTES = 512 * 1024 * 1024
MAX_CPU_S = 10
_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to parse: ``kind`` "html", "text", "pdf", "docx" or "feed", where it came from, and how many bytes of it follow."""

    kind: str
    url: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was in it; ``code`` and ``message`` say why where nothing was."""

    page: PageText | None = None
    feed: Feed | None = None
    code: str = ""
    message: str = ""


_READERS: dict[str, Callable[[bytes, str], PageText]] = {
    "html": read_page,
    "text": read_plain,
    "pdf": read_document,
    "docx": read_word,
}
_JOB, _ANSWER = TypeAdapter(Job), TypeAdapter(Answer)


def pack_job(job: Job, body: bytes) -> bytes:
    """A job as it goes to the child."""
    told = _JOB.dump_json(job)
    return len(told).to_bytes(_LENGTH, "big") + told + body


def unpack_answer(told: bytes) -> Answer:
    """The child's answer, its length taken off."""
    return _ANSWER.validate_json(told)


def answer(job: Job, body: bytes) -> Answer:
    """Do a job; what goes wrong is told, and only a lack of memory ends the child."""
    try:
        if job.kind == "feed":
            return Answer(feed=read_feed(body, job.url))
        return Answer(page=_READERS[job.kind](body, job.url))
    except Skip as skip:
        return Answer(code=skip.code, message=skip.message)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a page that trips the parser is a page that cannot be read
        return Answer(code="page_unreadable", message=f"The page trips the parser ({type(error).__name__}).")


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while length := asked.read(_LENGTH):
        job = _JOB.validate_json(asked.read(int.from_bytes(length, "big")))
        body = asked.read(job.size)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + MAX_CPU_S, resource.RLIM_INFINITY)
        )
        text = _ANSWER.dump_json(answer(job, body))
        told.write(len(text).to_bytes(_LENGTH, "big") + text)
        told.flush()


def main() -> None:
    """Load what parses, then give up the right to more memory and to write files, then serve."""
    answer(Job(kind="html", url="http://x.example/", size=0), b"<article><p>A page, to load what parses.</p></article>")
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        sys.exit(1)


if __name__ == "__main__":
    main()
