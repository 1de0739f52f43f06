"""An article that was read and placed in a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.api import Article, Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledArticle:
    """An article, what the models found in it, and the story it belongs to. ``filed_at`` (aware UTC) is when it came in."""

    article: Article
    reading: Reading
    story: int
    filed_at: datetime | None = None

    def quote(self, span: Span) -> str:
        """The article's text under a span, on one line."""
        return " ".join(self.article.text[span.start : span.end].split())
