"""Reads the text layer of a PDF as paragraphs, without what is printed on every page; runs in the parsing child."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, islice, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from bot.errors import Skip
from bot.intake.boilerplate import words
from bot.intake.cleaning import clean

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_PAGES = 60
MAX_CHARS = 100_000
MIN_WORDS = 12
_EDGE_LINES = 2
_COLUMN_LINES = 4
"""So many lines must have a neighbour at one and the same distance for two columns to be there."""
_CHAR_WIDTH = 0.5
"""Of a letter, as a share of the size of its type; near enough to tell a gap between columns from one between words."""
_PARAGRAPH_GAP = 1.35
"""A distance between lines that is so many times the usual one begins a paragraph."""
_HEADING = 1.15
_FULL = 0.75
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:(?:page|p\.)\s*)?#(?:\s*(?:/|of|\|)\s*#)?[\W_]*", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FILE_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|tex|pptx?|xlsx?|rtf|odt|qxd|html?)\b|^(?:microsoft (?:word|powerpoint)|untitled|document\d*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What a PDF says: its title and the day it was made, if it tells them, and its paragraphs, a blank line between two."""

    title: str | None
    text: str
    made: date | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is printed, with the place of its beginning (points from the lower left) and the size of its type."""

    page: int
    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        return self.x + len(self.text) * self.size * _CHAR_WIDTH


def read_pdf(raw: bytes) -> PdfText:
    """Read the text of a PDF.

    Raises:
        Skip: ``page_pdf_locked`` (it asks for a password), ``page_pdf_scan`` (it holds pictures of text),
            ``page_unreadable``.
    """
    import pypdf  # noqa: PLC0415  most pages are none

    try:
        reader = pypdf.PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Skip("page_pdf_locked", "The PDF asks for a password.")
        lines = list(_lines(reader.pages))
        told, made = _metadata_title(reader.metadata), _made(reader.metadata)
    except pypdf.errors.DependencyError as error:
        raise Skip("page_pdf_locked", "The PDF is encrypted.") from error
    except pypdf.errors.PyPdfError as error:
        raise Skip("page_unreadable", "The PDF is damaged.") from error
    text = "\n\n".join(_paragraphs(_without_furniture(lines)))[:MAX_CHARS]
    if words(text) < MIN_WORDS:
        raise Skip("page_pdf_scan", "The PDF holds pictures of pages, or next to no text.")
    return PdfText(title=told or _printed_title(lines), text=text, made=made)


def _metadata_title(metadata: Any) -> str | None:
    told = clean(str(getattr(metadata, "title", None) or "")).replace("\n", " ")
    return told if words(told) >= 2 and len(told) <= 300 and not _FILE_TITLE.search(told) else None


def _made(metadata: Any) -> date | None:
    try:
        stamp = metadata.creation_date if metadata is not None else None
    except (ValueError, AttributeError, TypeError):
        return None
    return stamp.date() if isinstance(stamp, datetime) else None


def _lines(pages: Sequence[PageObject]) -> Iterator[_Line]:
    size = 0
    for number, page in enumerate(islice(pages, MAX_PAGES)):
        for line in _in_columns(_of_page(page, number)):
            yield line
            size += len(line.text)
        if size > MAX_CHARS:
            return


def _of_page(page: PageObject, number: int) -> list[_Line]:
    """The pieces of text of a page in the order in which they are drawn, those that go on in one line joined."""
    found: list[_Line] = []

    def note(text: str, at: Sequence[float], matrix: Sequence[float], _font: object, size: float) -> None:
        if not text.strip():
            return
        x = matrix[4] * at[0] + matrix[5] * at[2] + at[4]
        y = matrix[4] * at[1] + matrix[5] * at[3] + at[5]
        tall = abs(size * (matrix[3] or matrix[1] or 1) * (at[3] or at[1] or 1)) or 10.0
        before = found[-1] if found else None
        if before is not None and abs(before.y - y) < 0.4 * tall and -tall < x - before.end < 2.5 * tall:
            space = "" if text[0].isspace() or before.text[-1].isspace() or x - before.end < 0.1 * tall else " "
            found[-1] = _Line(number, before.x, before.y, before.size, before.text + space + text)
        else:
            found.append(_Line(number, x, y, tall, text))

    page.extract_text(visitor_text=note)
    rows = [(line, " ".join(row.split())) for line in found for row in line.text.split("\n")]
    return [_Line(number, line.x, line.y, line.size, row) for line, row in rows if row]


def _in_columns(lines: list[_Line]) -> list[_Line]:
    """The lines in reading order: as they are drawn, but two columns that are drawn row by row one after the other."""
    beside = [
        (left, right)
        for left, right in pairwise(lines)
        if abs(left.y - right.y) < 1 and right.x - left.x > 12 * left.size
    ]
    gutters = Counter(round(right.x / 4) for _, right in beside if words(right.text) >= 3)
    gutter, count = gutters.most_common(1)[0] if gutters else (0, 0)
    if count < _COLUMN_LINES:
        return lines
    edge = 4 * gutter - 4
    ordered: list[_Line] = []
    for wide, run in groupby(lines, key=lambda line: line.x < edge and line.end > edge + 4 * line.size):
        if wide:
            ordered += run
            continue
        part = list(run)
        ordered += [line for line in part if line.x < edge] + [line for line in part if line.x >= edge]
    return ordered


def _without_furniture(lines: Sequence[_Line]) -> list[_Line]:
    """The lines without those at the top or bottom of pages that are there on most of them, whatever number they carry."""
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    edges: list[list[_Line]] = []
    for page in pages:
        by_height = sorted(page, key=lambda line: line.y)
        edges.append([*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]])
    seen = Counter(mark for edge in edges for mark in {_mark(line) for line in edge})
    often = max(2, (len(pages) + 1) // 2)
    dropped = {
        id(line) for edge in edges for line in edge if _PAGE_NUMBER.fullmatch(_mark(line)) or seen[_mark(line)] >= often
    }
    return [line for line in lines if id(line) not in dropped]


def _mark(line: _Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """The lines joined to paragraphs: by their distance, their type, and whether the line before is full and finished."""
    gaps = [before.y - line.y for before, line in pairwise(lines) if 0 < before.y - line.y < 4 * line.size]
    leading = median(gaps) if gaps else 12.0
    width = max((len(line.text) for line in lines), default=0)
    hyphenated = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text)}
    text = ""
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        if before is not None and text and not _parts(before, line, leading, width):
            text = _joined(text, line.text, hyphenated)
            continue
        if text:
            yield text
        text = line.text
    if text:
        yield text


def _parts(before: _Line, line: _Line, leading: float, width: int) -> bool:
    """Whether a paragraph begins with a line."""
    down = before.y - line.y
    if not 1 / _HEADING < line.size / before.size < _HEADING:
        return True
    finished = _ENDS.search(before.text) is not None
    if down <= 0 or down > 4 * leading or before.page != line.page:  # the next column or page
        return finished and not line.text[0].islower()
    if down > _PARAGRAPH_GAP * leading:
        return True
    return finished and (len(before.text) < _FULL * min(width, 120) or line.x > before.x + line.size)


def _joined(text: str, line: str, hyphenated: set[str]) -> str:
    """Two lines as one; a word that was broken between them is whole again, unless its hyphen is its own."""
    broken = _BROKEN.search(text)
    rest = re.match(r"[^\W\d_]+", line)
    if broken is None or rest is None or not line[0].islower():
        return text + line if text.endswith("-") and len(text) > 1 and text[-2].isalnum() else f"{text} {line}"
    own = f"{broken.group(1)}-{rest.group()}".casefold() in hyphenated
    return f"{text[:-1]}-{line}" if own else text[:-1] + line


def _printed_title(lines: Sequence[_Line]) -> str | None:
    """The largest type at the head of the first page, where it is larger than the text's."""
    first = [line for line in lines if line.page == 0][:12]
    if not first:
        return None
    usual, largest = median(line.size for line in lines), max(line.size for line in first)
    told = " ".join(line.text for line in first if line.size >= 0.98 * largest)
    return told if largest >= _HEADING * usual and 2 <= words(told) <= 40 else None
