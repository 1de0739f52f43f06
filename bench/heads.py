"""Measures what is read of a page's head, set in 60 ways of our own making: ``python -m bench.heads``, a table in Markdown.

A head is a way of stating the title (five), the byline (four) and the time of publication with its zone (three), around one and
the same article.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.layouts import ARTICLE
from bot.intake.page import PageText, read_page

TITLE = "Northern garrison to shrink by a third"
BYLINE = "Ilse Brandt"
OUTLET = "Harbour Wire"
WHEN = "2026-11-22T23:30:00-05:00"
ADDRESS = "https://wire.example/garrison"

TITLES: dict[str, tuple[str, dict[str, object]]] = {
    "title element": (f"<title>{TITLE}</title>", {}),
    "title element, outlet behind": (f'<title>{TITLE} | {OUTLET}</title><meta property="og:site_name" content="{OUTLET}">', {}),
    "title element, a dash": (f'<title>{TITLE} - {OUTLET}</title><meta property="og:site_name" content="{OUTLET}">', {}),
    "og:title, another title element": (f'<title>Home</title><meta property="og:title" content="{TITLE}">', {}),
    "schema.org headline": ("<title>Harbour Wire: news</title>", {"headline": TITLE}),
}  # fmt: skip
BYLINES: dict[str, tuple[str, dict[str, object]]] = {
    "meta author": (f'<meta name="author" content="{BYLINE}">', {}),
    "schema.org person": ("", {"author": {"@type": "Person", "name": BYLINE}}),
    "schema.org list": ("", {"author": [{"@type": "Person", "name": BYLINE}, {"@type": "Person", "name": "Omar Haddad"}]}),
    "article:author": (f'<meta property="article:author" content="{BYLINE}">', {}),
}  # fmt: skip
TIMES: dict[str, tuple[str, str, dict[str, object]]] = {
    "article:published_time": (f'<meta property="article:published_time" content="{WHEN}">', "", {}),
    "schema.org datePublished": ("", "", {"datePublished": WHEN, "dateModified": "2026-11-24T01:00:00Z"}),
    "time element": ("", f'<p>Published <time datetime="{WHEN}">22 November, 23:30</time></p>', {}),
}


@dataclass(frozen=True, slots=True)
class Head:
    """How a head is set, and its page."""

    title: str
    byline: str
    time: str
    page: bytes


def heads() -> Iterator[Head]:
    """All of them."""
    for title, (title_tag, title_said) in TITLES.items():
        for byline, (byline_tag, byline_said) in BYLINES.items():
            for time, (time_tag, within, time_said) in TIMES.items():
                said = {**title_said, **byline_said, **time_said}
                stated = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
                script = f'<script type="application/ld+json">{json.dumps(stated)}</script>' if said else ""
                body = "".join(f"<p>{text}</p>" for text in ARTICLE)
                html = (
                    f'<!doctype html><html lang="en"><head><meta charset="utf-8">{title_tag}{byline_tag}{time_tag}{script}</head>'
                    f"<body><article><h1>{TITLE}</h1>{within}{body}</article></body></html>"
                )
                yield Head(title, byline, time, html.encode())


def found(page: PageText) -> tuple[bool, bool, bool]:
    """Whether title, byline and time are right; the time to the second, in the zone that the page writes it in."""
    when = page.published.isoformat() if page.published is not None else ""
    return page.title == TITLE, (page.byline or "").startswith(BYLINE), when == WHEN


def main() -> int:
    """Print the table: of the heads that state something so, how many were read right."""
    right: dict[str, list[bool]] = {}
    for head in heads():
        for way, one in zip((head.title, head.byline, head.time), found(read_page(head.page, ADDRESS)), strict=True):
            right.setdefault(way, []).append(one)
    print("| stated as | heads | read right |")
    print("| --- | --- | --- |")
    for way, ones in right.items():
        print(f"| {way} | {len(ones)} | {sum(ones)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
