"""Logs: structured events on stderr, with anything that looks like a token taken out last of all."""

from __future__ import annotations

import logging
import re
import sys
from typing import Literal, TextIO

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{5,20}(?::|%3A)[A-Za-z0-9_-]{20,}")
_HIDDEN = "[token]"
_NOISY = {
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,  # a look at who is due that outlasts the tick is no news
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,  # at INFO it writes whole addresses
    "telegram.ext": logging.WARNING,
    "torchao": logging.ERROR,  # what it lacks for graphics cards
    "uvicorn": logging.WARNING,
}


class Redacted(logging.Formatter):
    """Formats by another formatter, then hides tokens: in messages, arguments and tracebacks alike."""

    def __init__(self, inner: logging.Formatter, secret: str | None) -> None:
        super().__init__()
        self._inner = inner
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line that will be written, without secrets."""
        line = _TOKEN.sub(_HIDDEN, self._inner.format(record))
        return line.replace(self._secret, _HIDDEN) if self._secret else line


def configure_logs(
    *, style: Literal["console", "json"], level: str, secret: str | None, stream: TextIO | None = None
) -> None:
    """Send every logger of the process, our own and the libraries', to one redacting handler on stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    target = stream or sys.stderr
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style == "json"
        else [structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=structlog.dev.plain_traceback)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(Redacted(formatter, secret))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in _NOISY.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
