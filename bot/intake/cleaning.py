"""Makes a post's text plain: one kind of space and line break, no invisible characters, no bullets, no decoration."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\u2800]")
# Zero-width space, word joiner, byte order mark, soft hyphen, directional controls, control characters, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_LATIN_JOINER = re.compile("(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])")
_RUN = re.compile(r" {2,}")
_BULLET_SIGNS = frozenset("•‣◦⁃∙·●○◆◇■□▪▫►▶▸→➔➜➤»›")
_DASH_BULLET = re.compile(r"[-–—*+]+ +(?=\S)")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_WRITTEN_SYMBOLS = frozenset("©®™°℠№℃℉℗℅")
_DECORATION = frozenset("\ufe0e\ufe0f\u200d\u20e3")
_UNFINISHED = re.compile(r"[^.!?:;\"”’)\]…]$")
_SENTENCE_WITHIN = re.compile(r"[a-z0-9)”\"’][.!?][”\"’)]* [“\"‘]?[A-Z]")
_WRAP_COLUMN, _WIDEST_COLUMN = 45, 130


def _is_pictograph(char: str) -> bool:
    if char in _DECORATION or "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    return unicodedata.category(char) == "So" and char not in _WRITTEN_SYMBOLS


def undecorated(line: str) -> str:
    """The line without the bullets and emoji at its ends; those inside stay, for they may carry meaning."""
    start, end = 0, len(line)
    while start < end:
        keycap = _KEYCAP.match(line, start) or _DASH_BULLET.match(line, start)
        if keycap is not None:
            start = keycap.end()
        elif line[start].isspace() or line[start] in _BULLET_SIGNS or _is_pictograph(line[start]):
            start += 1
        else:
            break
    while start < end and (line[end - 1].isspace() or _is_pictograph(line[end - 1])):
        end -= 1
    return line[start:end] if any(char.isalnum() for char in line[start:end]) else ""


def _unwrapped(block: list[str], listed: set[int]) -> list[str]:
    """The lines of a block with those joined that were wrapped at a column, as in mail, terminals and files.

    A line goes on in the next where it is long, breaks off without a stop, and either the next begins small or a
    sentence has ended within it, which no headline and no item of a list does. ``listed`` are lines that had a bullet.
    """
    joined: list[str] = []
    for at, line in enumerate(block):
        before = block[at - 1] if at else ""
        goes_on = len(before) >= _WRAP_COLUMN and _UNFINISHED.search(before) and at not in listed
        if goes_on and (line[0].islower() or _SENTENCE_WITHIN.search(before)):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    if len(joined) > 1 and _is_wrapped(block) and not listed:
        return [" ".join(block)]
    return joined


def _is_wrapped(block: list[str]) -> bool:
    """Whether the lines of a block are of a length, and most of them break off and are taken up again."""
    if any(not _WRAP_COLUMN <= len(line) <= _WIDEST_COLUMN for line in block[:-1]):
        return False
    unfinished = [bool(_UNFINISHED.search(line)) for line in block[:-1]]
    continued = [line[0].islower() for line in block[1:]]
    return sum(unfinished) * 2 > len(unfinished) and sum(continued) * 2 >= len(continued)


def clean(text: str) -> str:
    """The text with paragraphs apart by one blank line, lines by one break, single spaces, NFC.

    Args:
        text: Any text, of any length; linear in it.

    Returns:
        Empty where there is no letter or digit.
    """
    text = _BREAKS.sub("\n", text.replace("\u2029", "\n\n"))
    text = _LATIN_JOINER.sub("", _INVISIBLE.sub("", _SPACES.sub(" ", text)))
    text = unicodedata.normalize("NFC", text)
    blocks: list[list[str]] = [[]]
    listed: list[set[int]] = [set()]
    for raw in text.split("\n"):
        line = undecorated(_RUN.sub(" ", raw).strip())
        if line:
            if raw[0] == " " and blocks[-1]:
                # A paragraph that is indented, as in text wrapped at a column.
                blocks.append([])
                listed.append(set())
            if raw.strip()[0] != line[0]:
                listed[-1].add(len(blocks[-1]))
            blocks[-1].append(line)
        elif not raw.strip() and blocks[-1]:
            blocks.append([])
            listed.append(set())
    whole = zip(blocks, listed, strict=True)
    return "\n\n".join("\n".join(_unwrapped(block, bullets)) for block, bullets in whole if block)
