"""A seen message as text for the terminal: formatting, links with their addresses, quotations, buttons."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, tzinfo

from rich.style import Style
from rich.text import Text

from bot.sandbox.seen import SeenEntity, SeenMessage

STYLES = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "underline": Style(underline=True),
    "strikethrough": Style(strike=True),
    "spoiler": Style(dim=True, italic=True),
    "code": Style(color="yellow"),
    "pre": Style(color="yellow"),
    "text_link": Style(color="cyan", underline=True),
    "url": Style(color="cyan", underline=True),
    "mention": Style(color="cyan"),
    "hashtag": Style(color="cyan"),
    "bot_command": Style(color="cyan"),
}
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
QUOTE_BAR = Text("▎ ", Style(color="blue"))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render_message(message: SeenMessage, *, zone: tzinfo = UTC) -> Text:
    """A message with its sender and time; what stands in it cannot steer the terminal.

    Args:
        message: As the client gives it.
        zone: The time zone its time is shown in.
    """
    who = Style(bold=True, color="green" if message.from_bot else "magenta")
    out = Text()
    out.append(harmless(message.sender), who)
    out.append(f"  {message.date.astimezone(zone):%H:%M}{'  edited' if message.edited else ''}\n", Style(dim=True))
    if message.file_name:
        out.append(f"[{harmless(message.file_name)}]\n", Style(dim=True))
    links: list[str] = []
    out.append_text(_body(message, links))
    for number, url in enumerate(links, 1):
        out.append(f"\n[{number}] {harmless(url)}", Style(dim=True))
    for row in message.buttons:
        out.append("\n")
        for button in row:
            out.append(f"[ {harmless(button.text)} ]", Style(bold=True, color="blue"))
            out.append(" ")
    return out


def harmless(text: str) -> str:
    """Text without characters that move the cursor, hide or turn other text; as long as before."""
    return _CONTROL.sub("�", text)


def _body(message: SeenMessage, links: list[str]) -> Text:
    """The text by pieces between the edges of entities, so that each piece has one style."""
    text = harmless(message.text)
    edges = {0, len(text)} | {edge for entity in message.entities for edge in (entity.start, entity.end)}
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(text))
    out, at_line_start = Text(), True
    for begin, end in itertools.pairwise(ordered):
        here = [entity for entity in message.entities if entity.start <= begin and end <= entity.end]
        for line in text[begin:end].splitlines(keepends=True):
            if at_line_start and any(entity.type in QUOTES for entity in here):
                out.append_text(QUOTE_BAR)
            out.append(
                line, Style.combine([Style.null(), *(STYLES[entity.type] for entity in here if entity.type in STYLES)])
            )
            at_line_start = line.endswith("\n")
        for entity in here:
            if entity.type == "text_link" and entity.end == end:
                out.append(f" [{_link_number(entity, links)}]", Style(dim=True))
    return out


def _link_number(entity: SeenEntity, links: list[str]) -> int:
    url = entity.url or ""
    if url not in links:
        links.append(url)
    return links.index(url) + 1
