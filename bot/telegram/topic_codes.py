"""Owns the short forms in which topics and names travel: in the data of buttons, on their labels, and in deep links."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from bot.catalogue import Words, message
from bot.desk.topics import OWN_PREFIX
from bot.telegram.summary import match_topic
from bot.telegram.zones import fold

_MEDTOP = "medtop:"
_LABELS = {
    # L10n: A topic, short for "arts, culture, entertainment and media": at most 24 characters.
    "01000000": message("Arts and media"),
    # L10n: A topic, short for "crime, law and justice": at most 24 characters.
    "02000000": message("Crime, law and justice"),
    # L10n: A topic, short for "disaster, accident and emergency incident": at most 24 characters.
    "03000000": message("Disasters"),
    # L10n: A topic, short for "economy, business and finance": at most 24 characters.
    "04000000": message("Economy and business"),
    # L10n: A topic, short for "conflict, war and peace": at most 24 characters.
    "16000000": message("Conflict, war and peace"),
}
"""Topics whose names are too long for two of them on a row of buttons; the whole names stand in the text above."""

_LABEL_CHARS = 24


def mark(name: str) -> str:
    """A short sign for a name, the same for every spelling that is compared as equal; fit for the data of a button."""
    return hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:10]


def named(sign: str, names: Iterable[str]) -> str | None:
    """The name of a sign among these."""
    return next((name for name in names if mark(name) == sign), None)


def sign_of(code: str) -> str:
    """A topic's code as a button carries it."""
    return code.removeprefix(_MEDTOP) if code.startswith(_MEDTOP) else f"own-{mark(code.removeprefix(OWN_PREFIX))}"


def code_of(sign: str, names: Mapping[str, str]) -> str | None:
    """The code among those on offer that a button carries; None where it is no more."""
    return next((code for code in names if sign_of(code) == sign), None)


def label_of(words: Words, code: str, names: Mapping[str, str]) -> str:
    """A topic as a button shows it."""
    name = words(_LABELS.get(code.removeprefix(_MEDTOP)) or names.get(code, code.removeprefix(OWN_PREFIX)))
    head = name[:1].upper() + name[1:]
    return head if len(head) <= _LABEL_CHARS else head[: _LABEL_CHARS - 1].rstrip() + "…"


def linked_topic(payload: str, names: Mapping[str, str]) -> str | None:
    """The topic a deep link names: a word of its name, the whole with ``_`` for spaces, or the digits of its code."""
    wanted = fold(payload)
    whole = next((code for code, name in names.items() if fold(name) == wanted), None)
    return whole or code_of(payload, names) or match_topic(payload, names)


def linked_name(payload: str, names: Iterable[str]) -> str | None:
    """The outlet a deep link names: letters and digits alone count, as links hold few other signs."""
    wanted = _letters(payload)
    return next((name for name in names if _letters(name) == wanted), None) if wanted else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
