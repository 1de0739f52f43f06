"""Builds text with typed entities, and splits what is too long for one message."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from string import Formatter
from urllib.parse import urlsplit

from bot.catalogue import Words
from bot.press.message import MAX_ENTITIES, MAX_UNITS, Entity, Keyboard, Message, units

# What Telegram drops or changes on arrival: control characters other than the line break, lone surrogates, and the
# line separators and directional overrides U+2028 to U+202E. Dropped here, text received is text sent.
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028-\u202e\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_BOUNDARIES = (re.compile(r"\n[^\S\n]*\n"), re.compile(r"\n"), re.compile(r"\s"))
_JOINER = "\u200d"
_EXTENDERS = frozenset({_JOINER, "\ufe0e", "\ufe0f", "\u20e3", *map(chr, range(0x1F3FB, 0x1F400))})
_LONGEST_CHARACTER = 64
_MIN_FILL = 3
"""A part is cut at a better place only if that fills at least one third of the room."""


def sendable(text: str) -> str:
    """The text without the characters that Telegram would drop or change; tabs become spaces, CR LF a line break."""
    return _UNSENDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def one_line(text: str) -> str:
    """The text on one line, single spaces between its words."""
    return _SPACE.sub(" ", text).strip()


def shortened(text: str, length: int) -> str:
    """The text, cut at a word and marked with an ellipsis where it has more code points than ``length``."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def capital(text: str) -> str:
    """The text as the beginning of a line."""
    return text[:1].upper() + text[1:]


def quoted(sentence: str, words: Words) -> str:
    """A source sentence on one line, in quotation marks unless it has its own."""
    line = one_line(sentence)
    return line if any(mark in line for mark in '“”"«»') else in_marks(line, words)


def in_marks(text: str, words: Words) -> str:
    """What is quoted, in the quotation marks of the reader's language."""
    # L10n: a sentence or a word of an article between the quotation marks of your language, as „{text}“ in German
    return words("“{text}”", text=text)


def _safe_url(url: str | None) -> str | None:
    """The address if a reader may be sent there: http or https with a host, nothing else."""
    if not url or _SPACE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return sendable(url) if parts.scheme in {"http", "https"} and parts.hostname else None


class TextBuilder:
    """Text and its entities, written from beginning to end. Every method returns the builder.

    White space at either end of a styled piece stays outside its entity, as Telegram would have it.
    """

    def __init__(self) -> None:
        self._text = ""
        self._units = 0
        self._entities: list[Entity] = []

    def plain(self, text: str) -> TextBuilder:
        """Add text without style."""
        text = sendable(text)
        self._text += text
        self._units += units(text)
        return self

    def styled(self, text: str, *types: str, url: str | None = None, language: str | None = None) -> TextBuilder:
        """Add text under one entity of each type ("bold", "italic", "code", "blockquote" ...), and a link where given."""
        text = sendable(text)
        core = text.strip()
        offset = self._units + units(text[: len(text) - len(text.lstrip())])
        self.plain(text)
        if core:
            length = units(core)
            target = _safe_url(url)
            if target is not None:
                self._entities.append(Entity("text_link", offset, length, url=target))
            self._entities += [
                Entity(kind, offset, length, language=language if kind == "pre" else None) for kind in types
            ]
        return self

    def bold(self, text: str) -> TextBuilder:
        """Add bold text."""
        return self.styled(text, "bold")

    def italic(self, text: str) -> TextBuilder:
        """Add italic text."""
        return self.styled(text, "italic")

    def time(self, text: str, moment: datetime) -> TextBuilder:
        """Add a time as it is written; a client that knows date_time entities shows it in its own zone when it is touched.

        No format is given, with which a client would put its own words in place of ours (Bot API 9.5, MessageEntity):
        the zone that we name beside it would then be wrong.
        """
        text = sendable(text)
        self._entities.append(Entity("date_time", self._units, units(text), unix_time=int(moment.timestamp())))
        return self.plain(text)

    def fill(self, phrase: str, **pieces: str | TextBuilder) -> TextBuilder:
        """Add a phrase with its ``{placeholders}`` filled, each by a text or by what another builder holds.

        The phrase is a worded one of the catalogue; what fills it is taken as it is.
        """
        for said, name, _, _ in Formatter().parse(phrase):
            self.plain(said)
            if name is not None:
                piece = pieces[name]
                self.add(piece) if isinstance(piece, TextBuilder) else self.plain(piece)
        return self

    def add(self, other: TextBuilder) -> TextBuilder:
        """Add what another builder holds."""
        self._entities += [replace(entity, offset=entity.offset + self._units) for entity in other._entities]
        self._text += other._text
        self._units += other._units
        return self

    @property
    def size(self) -> tuple[int, int]:
        """UTF-16 units and entities so far."""
        return self._units, len(self._entities)

    def code(self, text: str) -> TextBuilder:
        """Add text to be copied."""
        return self.styled(text, "code")

    def link(self, text: str, url: str | None, *types: str) -> TextBuilder:
        """Add text that opens ``url``; plain text where the address is missing or not http(s)."""
        return self.styled(text, *types, url=url)

    def quote(self, text: str, *, expandable: bool = False) -> TextBuilder:
        """Add a block quotation, folded to three lines if ``expandable``. It stands on lines of its own."""
        return self.fresh_line().styled(text, "expandable_blockquote" if expandable else "blockquote").line()

    def line(self, text: str = "") -> TextBuilder:
        """Add text and end the line."""
        return self.plain(text + "\n")

    def fresh_line(self) -> TextBuilder:
        """End the line unless it is already ended or nothing was written."""
        return self.plain("\n") if self._text and not self._text.endswith("\n") else self

    def blank(self) -> TextBuilder:
        """Leave one blank line, however the text ends now; nothing at the beginning."""
        self.fresh_line()
        return self.plain("\n") if self._text and not self._text.endswith("\n\n") else self

    def message(self, keyboard: Keyboard | None = None) -> Message:
        """What was written, without white space at its ends, entities in order of offset, longer ones first."""
        lead = units(self._text[: len(self._text) - len(self._text.lstrip())])
        entities = sorted(
            (replace(entity, offset=entity.offset - lead) for entity in self._entities),
            key=lambda entity: (entity.offset, -entity.length),
        )
        return Message(self._text.strip(), tuple(entities), keyboard)


class _Cutter:
    """Where a message may be cut: positions are code points, sizes UTF-16 units."""

    def __init__(self, message: Message, max_units: int, max_entities: int) -> None:
        self.text = message.text.rstrip()
        self.offsets = [0, *accumulate(2 if char > "\uffff" else 1 for char in self.text)]
        self.max_units = max_units
        self.max_entities = max_entities
        self.entities: list[tuple[int, int, Entity]] = []
        for entity in sorted(message.entities, key=lambda entity: (entity.offset, -entity.length)):
            start = bisect_left(self.offsets, max(0, entity.offset))
            end = bisect_right(self.offsets, max(0, entity.end)) - 1
            if start < end:
                self.entities.append((start, end, entity))

    def after_space(self, position: int) -> int:
        """The first position from here on that is not white space."""
        while position < len(self.text) and self.text[position].isspace():
            position += 1
        return position

    def cut(self, start: int) -> int:
        """The end of the part that begins at ``start``."""
        end = self._reach(start)
        if end == len(self.text):
            return end
        floor = start + (end - start) // _MIN_FILL
        for boundary in _BOUNDARIES:
            # What is dropped at the cut does not count against the limits, so it may lie just behind ``end``.
            places = [match.start() for match in boundary.finditer(self.text, floor, end + 2)]
            place = max((place for place in places if floor < place <= end), default=None)
            if place is not None:
                return place
        return self._between_characters(start, end)

    def _reach(self, start: int) -> int:
        """The furthest end of a part that begins at ``start`` and keeps both limits; at least one code point."""
        end = bisect_right(self.offsets, self.offsets[start] + self.max_units) - 1
        begins = [begin for begin, stop, _ in self.entities if stop > start and begin < end]
        if len(begins) > self.max_entities:
            end = begins[self.max_entities]
        return max(end, start + 1)

    def _between_characters(self, start: int, end: int) -> int:
        """A cut in a text without white space: where it can be helped, not inside of an emoji or an accented letter."""
        for position in range(end, max(start, end - _LONGEST_CHARACTER), -1):
            following = self.text[position]
            extends = unicodedata.combining(following) or following in _EXTENDERS
            if not extends and self.text[position - 1] != _JOINER:
                return position
        return end

    def part(self, start: int, end: int) -> Message:
        """``text[start:end]`` as a message, entities cut to it."""
        base = self.offsets[start]
        entities = []
        for begin, stop, entity in self.entities:
            first, last = max(begin, start), min(stop, end)
            if first < last and not self.text[first:last].isspace():
                offset = self.offsets[first]
                entities.append(replace(entity, offset=offset - base, length=self.offsets[last] - offset))
        return Message(self.text[start:end], tuple(entities[: self.max_entities]))


def split(message: Message, *, max_units: int = MAX_UNITS, max_entities: int = MAX_ENTITIES) -> list[Message]:
    """Cut a message into parts that Telegram takes, at blank lines, else lines, else words, else anywhere.

    The texts of the parts, in order, are the message's text without the white space at its ends and at the cuts.
    An entity across a cut goes on in the next part. The keyboard is under the last part.

    Args:
        message: Of any length; entities of any number. Entities outside of the text are dropped.
        max_units: UTF-16 units a part may have, at least 2.
        max_entities: Entities a part may have; where more than that cover one character, the last are dropped.

    Returns:
        The parts in order; none where the text is nothing but white space.
    """
    cutter = _Cutter(message, max_units, max_entities)
    parts: list[Message] = []
    start = cutter.after_space(0)
    while start < len(cutter.text):
        end = cutter.cut(start)
        parts.append(cutter.part(start, start + len(cutter.text[start:end].rstrip())))
        start = cutter.after_space(end)
    return _with_keyboard(parts, message.keyboard)


def _with_keyboard(parts: Sequence[Message], keyboard: Keyboard | None) -> list[Message]:
    return [*parts[:-1], replace(parts[-1], keyboard=keyboard)] if parts else []
