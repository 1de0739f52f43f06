"""Runs the models in a process of their own, so that loading and reading never hold up the conversation."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from models.api import Article, ModelUnavailable, Reader, Reading
from models.meter import Usage
from models.settings import ReaderSettings

POLITENESS = 5
"""Added to the niceness of the child: who writes to the bot is answered before articles are read."""


def make_reader(settings: ReaderSettings) -> Reader:
    """The reader that the settings ask for, in this process; its weights are loaded on first use."""
    from models.reader import EmbeddedReader  # noqa: PLC0415  only who reads pays for it

    return EmbeddedReader(settings)


class ReaderProcess:
    """A ``Reader`` whose work happens in one child process, started on first use or by ``warm``.

    ``make`` builds the real reader inside the child; it must be importable there (a module-level function or a
    ``functools.partial`` of one). A child that dies (killed, out of memory) fails the batch it was reading and is
    replaced for the next. The child ends at once when this process is gone, however it went. ``on_usage`` is told, in the
    thread that reads, what each batch cost. ``prepare`` is called in the child before anything else; it too must be importable.
    """

    def __init__(
        self,
        make: Callable[[], Reader],
        *,
        on_usage: Callable[[Usage], None] = lambda _: None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        self._make = make
        self._prepare = prepare
        self._on_usage = on_usage
        self._turn = threading.Lock()
        self._child: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None
        self._lifeline: Connection | None = None

    def warm(self) -> None:
        """Start the child and have it load its weights; returns at once."""
        with self._turn:
            self._connect()

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch in the child; blocks until it is read. See ``Reader.read``."""
        with self._turn:
            line = self._connect()
            try:
                line.send(list(articles))
                answer, usage = line.recv()
            except (EOFError, OSError) as error:
                self._hang_up()
                raise ModelUnavailable(
                    "reader_process_died", "The reading process died; it is started again."
                ) from error
        self._on_usage(usage)
        if isinstance(answer, Exception):
            raise answer
        readings: list[Reading] = answer
        return readings

    @property
    def memory_bytes(self) -> int:
        """What the child holds in memory now; 0 where there is none, or no /proc to ask."""
        child = self._child
        try:
            pages = Path(f"/proc/{child.pid if child else None}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def close(self) -> None:
        """End the child, at once even in the middle of a batch."""
        child = self._child
        if child is not None and child.is_alive():
            child.kill()
        with self._turn:
            self._hang_up()

    def _connect(self) -> Connection:
        if self._line is not None and self._child is not None and self._child.is_alive():
            return self._line
        self._hang_up()
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        # Nothing is ever written to this one: it closes with this process, and that is the message.
        watched, self._lifeline = context.Pipe(duplex=False)
        self._child = context.Process(
            target=_serve, args=(theirs, watched, self._make, self._prepare), name="sitrep-reader", daemon=True
        )
        self._child.start()
        theirs.close()
        watched.close()
        return self._line

    def _hang_up(self) -> None:
        for end in (self._line, self._lifeline):
            if end is not None:
                end.close()
        self._line = self._lifeline = None
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None


def _serve(
    line: Connection, lifeline: Connection, make: Callable[[], Reader], prepare: Callable[[], None] | None
) -> None:
    """The child's whole life: load, then answer batches until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    os.nice(POLITENESS)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if prepare is not None:
        prepare()
    reader = make()
    warm, meter = getattr(reader, "warm", None), getattr(reader, "meter", None)
    if warm is not None:
        with contextlib.suppress(ModelUnavailable):  # said again, to somebody who can act on it, by the first read
            warm()
    while True:
        articles = line.recv()
        try:
            answer: object = reader.read(articles)
        except Exception as error:  # noqa: BLE001  every failure is the caller's to judge, none may end the child
            answer = error if isinstance(error, ModelUnavailable) else RuntimeError(f"{type(error).__name__}: {error}")
        line.send((answer, Usage() if meter is None else meter.take()))
        _give_back()


def _give_back() -> None:
    """Return to the system what a batch has let go of, where the C library can (glibc): it would stay as holes between the rest."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _end_with(lifeline: Connection) -> None:
    """Wait for the parent's end of the line to close, and end this process where it stands."""
    with contextlib.suppress(EOFError, OSError):
        lifeline.recv()
    os._exit(0)
