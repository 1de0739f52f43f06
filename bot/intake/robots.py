"""Reads a robots.txt (RFC 9309): which paths of a host a program of our name may read, and how slowly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
_KNOWN = frozenset({"user-agent", "allow", "disallow", "crawl-delay"})
_TOKEN = re.compile(r"[a-z_-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us: patterns with whether they allow, those that decide first at the front; ``delay_s`` between visits."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether a path, its query included, may be read: the longest pattern that fits decides (RFC 9309, 2.2.2)."""
        path = _canonical(path)
        return next((allowed for pattern, allowed in self.rules if _fits(pattern, path)), True)


@dataclass(slots=True)
class _Group:
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay_s: float = 0.0
    found: bool = False


def read_robots(text: str, agent: str) -> Robots:
    """Read the rules for ``agent`` (a product token, any case), or those for everybody where it is not spoken of."""
    own, others = _Group(), _Group()
    speaks_of: list[_Group] = []
    naming = False
    for name, value in _lines(text):
        if name == "user-agent":
            speaks_of = speaks_of if naming else []
            token = _TOKEN.match(value)
            if value.startswith("*"):
                speaks_of.append(others)
            elif token is not None and token.group().casefold() == agent.casefold():
                speaks_of.append(own)
                own.found = True
        elif name == "crawl-delay":
            for group in speaks_of:
                group.delay_s = max(group.delay_s, _seconds(value))
        elif value:
            for group in speaks_of:
                group.rules.append((_canonical(value), name == "allow"))
        naming = name == "user-agent"
    group = own if own.found else others
    deciding = sorted(dict.fromkeys(group.rules), key=lambda rule: (-len(rule[0]), not rule[1]))
    return Robots(tuple(deciding), group.delay_s)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines that mean something to us: what they are, in small letters, and their values."""
    for line in text.removeprefix("\ufeff").splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        if name.strip().casefold() in _KNOWN:
            yield name.strip().casefold(), value.strip()


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < float("inf") else 0.0


def _canonical(path: str) -> str:
    """One spelling for what RFC 9309, 2.2.2 takes for the same octets."""
    path = quote(path, safe=_PRINTED, errors="replace")
    return _ENCODED.sub(_one_spelling, path)


def _one_spelling(octet: re.Match[str]) -> str:
    char = chr(int(octet.group(1), 16))
    return char if char in _UNRESERVED else octet.group().upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; ``*`` is anything, ``$`` at the end is the end. Takes no longer than both are long."""
    ends = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return len(path) == len(first) or not ends
    at = len(first)
    for piece in pieces[:-1] if ends else pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or (path.endswith(pieces[-1]) and len(path) - len(pieces[-1]) >= at)
