"""Measures how two extractors read forty-eight page layouts of our own making: ``python -m bench.layouts``, a table in Markdown.

A layout is a way of setting the article's text (twelve) within a page (four). Found: of the article's paragraphs, those whose
words all came out. Furniture: lines of the page around it that came out too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.intake.page import trafilatura_text

TITLE = "Northern garrison to shrink by a third"
ARTICLE = (
    "About 1,200 soldiers will leave the northern garrison by the end of the year, the defence ministry said on Monday.",
    "The garrison had 1,900 soldiers in January, and it will have 700 when the withdrawal ends, according to the ministry.",
    "“We have known of this for months,” said Ilse Brandt, who leads the district council of Varda.",
    "The mayor of Varda said the town would lose a third of its shops when the soldiers and their families leave.",
    "A school with 240 pupils is to close in June.",
    "The ministry wants to sell the barracks, which it values at 14 million crowns, before 30 September.",
)
FURNITURE = (
    "Sign up for our daily newsletter and never miss a story",
    "Harbour Wire is part of the Selwyn Media Group",
    "Ferry runs aground off Port Selwyn, passengers safe",
    "Central bank of Corvenna raises its rate again",
    "Commenter74: they should have closed it years ago if you ask me",
    "We use cookies to make this page better for you",
    "Advertisement: three nights in Estrella from 199 crowns",
    "Terms of use, privacy and imprint of the publisher",
)


def _paragraphs(tag: str) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in ARTICLE)


def _with_between(between: str) -> str:
    return "".join(f"<p>{text}</p>{between if at == 2 else ''}" for at, text in enumerate(ARTICLE))


TEXTS: dict[str, str] = {
    "article, paragraphs": f"<article><h1>{TITLE}</h1>{_paragraphs('p')}</article>",
    "div with a class": f'<div class="story-body"><h1>{TITLE}</h1>{_paragraphs("p")}</div>',
    "div without a class": f"<div><h2>{TITLE}</h2>{_paragraphs('p')}</div>",
    "divs as paragraphs": f'<div class="content"><h1>{TITLE}</h1>{_paragraphs("div")}</div>',
    "line breaks": f'<div class="text"><h1>{TITLE}</h1>{"<br><br>".join(ARTICLE)}</div>',
    "one paragraph": f"<article><h1>{TITLE}</h1><p>{' '.join(ARTICLE)}</p></article>",
    "cells of a table": f"<table><tr><td><h1>{TITLE}</h1>{_paragraphs('p')}</td></tr></table>",
    "a list": f"<article><h1>{TITLE}</h1><ul>{_paragraphs('li')}</ul></article>",
    "an advertisement within": f"<article><h1>{TITLE}</h1>{_with_between(f'<div class=ad>{FURNITURE[6]}</div>')}</article>",
    "related links within": f"<article><h1>{TITLE}</h1>{_with_between(f'<aside><a href=/f>{FURNITURE[2]}</a></aside>')}</article>",
    "sections of a live blog": "<main>" + "".join(
        f'<section class="live-post"><time datetime="2026-11-22T1{at}:00Z">1{at}:00</time><p>{text}</p></section>'
        for at, text in enumerate(ARTICLE)
    ) + "</main>",
    "elements of its own": f"<story-view><story-text>{_paragraphs('p')}</story-text></story-view>",
}  # fmt: skip

_LINKS = f"<ul><li><a href=/a>{FURNITURE[2]}</a></li><li><a href=/b>{FURNITURE[3]}</a></li></ul>"
_FOOT = f"<footer><p>{FURNITURE[1]}</p><p>{FURNITURE[7]}</p></footer>"
PAGES: dict[str, Callable[[str], str]] = {
    "bare": lambda text: text,
    "menu and footer": lambda text: (
        f"<nav><a href=/>Home</a> <a href=/w>World</a> <a href=/s>Sport</a></nav>{text}{_FOOT}"
    ),
    "columns, comments, newsletter": lambda text: (
        f'<div class="left"><h3>Most read</h3>{_LINKS}</div><div class="mid">{text}'
        f'<div class="newsletter"><p>{FURNITURE[0]}</p></div><div id="comments"><h3>Comments</h3><p>{FURNITURE[4]}</p></div></div>{_FOOT}'
    ),
    "cookie bar, no classes": lambda text: (
        f"<div><p>{FURNITURE[5]}</p><button>OK</button></div>{text}<div>{_LINKS}</div><div><p>{FURNITURE[0]}</p></div>{_FOOT}"
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of one page: paragraphs of the article, lines of the furniture."""

    paragraphs: int
    furniture: int


def layouts() -> Iterator[tuple[str, str, bytes]]:
    """How the text is set, within which page, and the page."""
    for text_name, text in TEXTS.items():
        for page_name, page in PAGES.items():
            head = f'<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Harbour Wire</title></head>'
            yield text_name, page_name, f"<!doctype html>{head}<body>{page(text)}</body></html>".encode()


def justext_text(html: bytes, _: str) -> str:
    """The main text by jusText, a line a paragraph."""
    import justext  # type: ignore[import-untyped]  # noqa: PLC0415  ships no types; comes with trafilatura

    # Its own thresholds take only paragraphs of 200 characters for text, which few of news agencies are.
    found = justext.justext(
        html, justext.get_stoplist("English"), length_low=40, length_high=80, stopwords_low=0.2, stopwords_high=0.25
    )
    return "\n".join(one.text for one in found if not one.is_boilerplate)


EXTRACTORS: dict[str, Callable[[bytes, str], str]] = {"trafilatura": trafilatura_text, "jusText": justext_text}


def measure(page: bytes, extract: Callable[[bytes, str], str]) -> Found:
    """Count what an extractor finds in a page."""
    text = _plain(extract(page, "https://wire.example/garrison"))
    return Found(
        paragraphs=sum(_plain(one) in text for one in ARTICLE), furniture=sum(_plain(one) in text for one in FURNITURE)
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def main() -> int:
    """Print the table."""
    print("| text set as | page | " + " | ".join(f"{name}: found of 6, furniture" for name in EXTRACTORS) + " |")
    print("| --- | --- |" + " --- |" * len(EXTRACTORS))
    sums = {name: [0, 0, 0] for name in EXTRACTORS}
    count = 0
    for text_name, page_name, page in layouts():
        count += 1
        cells = []
        for name, extract in EXTRACTORS.items():
            found = measure(page, extract)
            cells.append(f"{found.paragraphs}, {found.furniture}")
            sums[name][0] += found.paragraphs
            sums[name][1] += found.furniture
            sums[name][2] += found == Found(len(ARTICLE), 0)
        print(f"| {text_name} | {page_name} | {' | '.join(cells)} |")
    told = [
        f"**{found} of {count * len(ARTICLE)}, {furniture}; {clean} of {count} pages clean**"
        for found, furniture, clean in sums.values()
    ]
    print(f"| **all** | | {' | '.join(told)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
