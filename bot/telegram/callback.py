"""Owns the data behind buttons: a version, a verb and an argument in at most 64 bytes (Bot API, InlineKeyboardButton)."""

import re
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"
"""Raised whenever a verb changes its meaning, so that buttons of an older release are recognised as such."""

MAX_BYTES = 64
_ARGUMENT = re.compile(r"[A-Za-z0-9_+\-/]*")


class Verb(StrEnum):
    """What a press of a button asks for."""

    SHOW = "show"
    SUBSCRIBE = "sub"
    UNSUBSCRIBE = "unsub"
    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    TOPIC = "topic"
    UNFOLLOW = "unf"
    UNMUTE = "unm"
    SOURCE = "src"
    ALERT = "alert"
    DAY = "day"
    OFTEN = "often"
    LENGTH = "len"
    EMPTY = "empty"
    QUIET = "quiet"
    EXPORT = "export"
    FORGET = "forget"
    HOUR = "hour"
    SUMMARY = "sum"
    FIGURES = "fig"
    FOLLOW_FIGURE = "figf"
    CALENDAR = "ics"
    REMIND = "rem"
    ADMIN = "adm"
    EDITION = "ed"
    LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Callback:
    """One button's wish: ``Callback(Verb.TOPIC, "04000000")`` is written ``1:topic:04000000``."""

    verb: Verb
    argument: str = ""

    def encode(self) -> str:
        """The data as Telegram carries it.

        Raises:
            ValueError: the argument holds a character outside the alphabet, or the whole is over 64 bytes.
        """
        data = f"{VERSION}:{self.verb}:{self.argument}"
        if _ARGUMENT.fullmatch(self.argument) is None or len(data.encode()) > MAX_BYTES:
            raise ValueError(f"not callback data: {data!r}")
        return data


def decode(data: str | None) -> Callback | None:
    """Read callback data; None where it is of another release, another bot, or no data at all."""
    version, _, rest = (data or "").partition(":")
    verb, _, argument = rest.partition(":")
    if version != VERSION or verb not in set(Verb) or _ARGUMENT.fullmatch(argument) is None:
        return None
    return Callback(Verb(verb), argument)
