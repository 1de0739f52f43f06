"""Writes small PDFs of our own, with the fonts every reader has: lines of text at given places."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Line:
    """A line of text, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10


def pdf(
    pages: Sequence[Sequence[Line]], *, title: str = "", created: str = "", packed: bool = True, trailer: str = ""
) -> bytes:
    """A PDF of these pages. ``created`` is a PDF date; ``trailer`` is put into the trailer as it is."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _info(title, created),
    ]
    for at, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (WIDTH, HEIGHT, 6 + 2 * at)
        )
        objects.append(_stream(lines, packed=packed))
    return _file(objects, trailer)


def _info(title: str, created: str) -> bytes:
    told = f"/Title {_string(title)} " if title else ""
    told += f"/CreationDate ({created}) " if created else ""
    return f"<< {told}/Producer (Sitrep tests) >>".encode("cp1252")


def _string(text: str) -> str:
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def _stream(lines: Sequence[Line], *, packed: bool) -> bytes:
    drawn = "\n".join(
        f"BT /F1 {line.size:g} Tf 1 0 0 1 {line.x:g} {line.y:g} Tm {_string(line.text)} Tj ET" for line in lines
    )
    raw = drawn.encode("cp1252")
    body = zlib.compress(raw) if packed else raw
    filtered = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), filtered, body)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def column(
    text: str, *, x: float = 60, top: float = 760, size: float = 10, wide: int = 90, leading: float = 1.3
) -> list[Line]:
    """A text set as a column: lines of at most ``wide`` characters, long words broken with a hyphen, paragraphs a line apart."""
    lines: list[Line] = []
    y = top
    for paragraph in text.split("\n\n"):
        for piece in broken(paragraph, wide):
            lines.append(Line(x, y, piece, size))
            y -= size * leading
        y -= size * leading
    return lines


def broken(paragraph: str, wide: int) -> list[str]:
    """A paragraph cut into lines; a word that does not fit is hyphenated where at least four letters do."""
    rows, row = [], ""
    for word in paragraph.split():
        if len(row) + 1 + len(word) <= wide or not row:
            row = f"{row} {word}".strip()
            continue
        room = wide - len(row) - 2
        if room >= 4 and len(word) - room >= 4 and word.isalpha():
            rows.append(f"{row} {word[:room]}-")
            row = word[room:]
        else:
            rows.append(row)
            row = word
    return [*rows, row]
