"""Makes an Article of a post, an album or a plain text: headline, dateline, and the text without what is not news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.intake.boilerplate import credit_start, is_boilerplate, is_caption, words
from bot.intake.cleaning import clean
from bot.intake.continuation import continues, unlabelled
from bot.intake.datelines import cut_dateline, read_date_line
from bot.intake.post import Post
from models.api import Article

_MAX_HEADLINE_CHARS = 180
_MAX_HEADLINE_WORDS = 28
_BODY_WORDS = 20
_HEAD_PARAGRAPHS = 2
"""Body paragraphs after which the head of a text is over."""
_HEAD_LINES = 12
"""Kept lines after which it is over in a text of short lines."""
_FULL_STOP = re.compile(r"(?<![A-Z]\.[A-Z])[.…:;,]['\"”’)]*$")
_FINISHED = re.compile(r"[.!?…]['\"”’)\]]*$")
_ALERT = re.compile(
    r"^(?:breaking(?: news)?|just in|urgent|update|flash|alert|live|exclusive|developing)\s*[:|–—-]+\s*(?=\S)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"^(?:related|see also|read also|also read|read more|more on this|you may (?:also )?like|recommended|most read|trending)\b[^.!?]{0,30}:?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Line:
    text: str
    opens: bool
    """Whether a blank line stands before it."""


def _is_body(line: str) -> bool:
    """A paragraph of the article itself: long, or a finished sentence."""
    count = words(line)
    return count >= _BODY_WORDS or (count >= 6 and bool(_FINISHED.search(line)))


def _lines(text: str) -> list[_Line]:
    return [
        _Line(line, index == 0)
        for block in clean(text).split("\n\n")
        for index, line in enumerate(block.split("\n"))
        if line
    ]


class _Draft:
    """The lines of a text while what is not news is taken from them."""

    def __init__(self, text: str, published: date) -> None:
        self.lines = _lines(text)
        self.published = published
        self.dateline: date | None = None
        self.has_body = any(_is_body(line.text) and not is_caption(line.text) for line in self.lines)

    def strip_head(self) -> None:
        """Take boilerplate, captions and bare dates from the lines before the second paragraph of the body."""
        kept: list[_Line] = []
        body = 0
        for number, line in enumerate(self.lines):
            if body >= _HEAD_PARAGRAPHS or len(kept) >= _HEAD_LINES:
                kept += self.lines[number:]
                break
            if self._is_dropped(line.text):
                continue
            body += _is_body(line.text)
            kept.append(line)
        self.lines = kept

    def strip_tail(self) -> None:
        """Take boilerplate from the end until a line that is none."""
        self._strip_related()
        while self.lines and self._is_dropped(self.lines[-1].text):
            self.lines.pop()

    def _is_dropped(self, line: str) -> bool:
        if self.has_body and is_caption(line):
            return True
        found = read_date_line(line, self.published)
        if found is not None:
            self.dateline = self.dateline or found.day
            return found.bare
        return is_boilerplate(line)

    def _strip_related(self) -> None:
        """Take a closing list of other articles: a line such as "Related:" and the titles after it."""
        for number in range(max(1, len(self.lines) - 8), len(self.lines)):
            titles = self.lines[number + 1 :]
            if _RELATED.match(self.lines[number].text) and all(
                not _FINISHED.search(title.text) and words(title.text) <= 20 for title in titles
            ):
                del self.lines[number:]
                return

    def take_headline(self) -> str | None:
        """Take the first line off as the headline where it reads as one and a longer text follows."""
        if len(self.lines) < 2:
            return None
        first = self.lines[0].text
        rest = sum(len(line.text) for line in self.lines[1:])
        if (
            len(first) > _MAX_HEADLINE_CHARS
            or not 2 <= words(first) <= _MAX_HEADLINE_WORDS
            or _FULL_STOP.search(first)
            or rest <= len(first)
            or self.lines[1].text[0].islower()
            or not any(_is_body(line.text) for line in self.lines[1:])
        ):
            return None
        del self.lines[0]
        return _ALERT.sub("", first)

    def text(self) -> str:
        """The lines that are left; the credit of a caption that was all there was is left out."""
        for line in self.lines:
            start = credit_start(line.text)
            if start is not None and line.text[:start].strip():
                line.text = line.text[:start].strip()
        joined = "".join(("\n\n" if line.opens else "\n") + line.text for line in self.lines if line.text).strip()
        joined, day = cut_dateline(joined, self.published)
        self.dateline = self.dateline or day
        return joined


def article_from_text(
    text: str, *, published: datetime, key: str, outlet: str = "", link: str | None = None
) -> Article:
    """Clean a text and find its headline and its own date.

    Lines at either end that are not news are left out; nothing is taken from the middle. The headline is not repeated
    in the text. A date later than the day after publication is not the text's own.

    Args:
        text: As posted, any length, any characters.
        published: Aware UTC.
        key: The article's key.
        outlet: Who published it.
        link: Where it can be read.

    Returns:
        An article; its ``text`` is empty where nothing but boilerplate was there.
    """
    draft = _Draft(text, published.date())
    draft.strip_head()
    draft.strip_tail()
    title = draft.take_headline()
    body = draft.text()
    return Article(
        key=key, title=title, text=body, published=published, dateline=draft.dateline, outlet=outlet, link=link
    )


def article_from_posts(posts: Sequence[Post], key: str) -> Article | None:
    """One article of the posts of an album, or of a single post.

    Args:
        posts: At least one, in any order.
        key: The article's key.

    Returns:
        None where no post has a text that carries news (pictures alone, only links, only emoji, an invitation to join).
    """
    ordered = sorted(posts, key=lambda post: post.message_id)
    texts = list(dict.fromkeys(post.text.strip() for post in ordered if post.text.strip()))
    if not texts:
        return None
    lead = next(post for post in ordered if post.text.strip())
    article = article_from_text(
        "\n\n".join(map(unlabelled, texts)),
        published=lead.written,
        key=key,
        outlet=lead.origin or lead.outlet,
        link=lead.link,
    )
    return replace(article, continues=continues(lead.text)) if article.text else None
