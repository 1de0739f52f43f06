"""Draws up the news budget of a window: its stories with all that does not depend on who reads, so that it is done once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.desk.box import MIN_IMPORTANCE, Facts
from bot.desk.filed import FiledArticle
from bot.desk.layout import News, Source
from bot.desk.memory import Memory, Relation, Thread
from bot.desk.origins import origins, outlet_of
from bot.desk.profile import Window
from bot.desk.voices import Share, leaning
from bot.desk.wishes import Wordbook
from bot.desk.words import content
from models.api import Topic

MAX_SENTENCES = 3
_LONG_TEXT = 2000
_HEADLINE_CHARS = 100
_SAME_NEWS = 0.7
"""Below this share of words that no earlier article of the story had, another source's report without a new fact confirms."""
_SAME_REPORT = 0.25
"""Below this share, one's own or a copied report tells nothing new."""
_NEW_FACT = 0.7
"""Importance from which a figure or deadline that another source's first report adds is news by itself."""
_SOURCES_WEIGHT = 1.5
_IMPORTANCE_WEIGHT = 0.8
_CHANGED_WEIGHT = 0.3
_NEWS_WEIGHT = {News.STORY: 0.0, News.FOLLOW_UP: 0.0, News.UPDATE: -0.2, News.CONFIRMED: -3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A story of the window: its articles (the earliest first), the one that leads, and what it weighs with any reader.

    ``news`` is None where there is nothing in it that was not told before. ``line`` are the stories it follows, the
    nearest first. ``weight`` is larger for what is more important; ``leaning`` is the part of it that readers' voices have.
    """

    story: int
    articles: tuple[FiledArticle, ...]
    lead: FiledArticle
    headline: str
    sentences: tuple[str, ...]
    sources: tuple[Source, ...]
    independent: int
    figures: int
    topics: tuple[Topic, ...]
    news: News | None
    line: tuple[int, ...]
    weight: float
    newest: float
    leaning: float = 0.0

    @property
    def order(self) -> tuple[float, float, int]:
        """What to sort by: the heavier, then the newer first."""
        return -self.weight, -self.newest, self.story


class Budget:
    """The stories of a window, and what the desk remembers of them."""

    def __init__(self, window: Window, dossiers: Mapping[int, Dossier], memory: Memory) -> None:
        self.window = window
        self.dossiers = dossiers
        self.memory = memory

    @cached_property
    def words(self) -> Wordbook:
        """The texts of the stories, to look up what readers follow and mute."""
        return Wordbook(
            {
                story: [part for one in dossier.articles for part in (one.reading.headline, one.article.text)]
                for story, dossier in self.dossiers.items()
            }
        )

    @cached_property
    def facts(self) -> Facts:
        """The figures and deadlines of the window."""
        articles = [article for dossier in self.dossiers.values() for article in dossier.articles]
        return Facts(articles, self.memory, since=self.window.start)

    def keeping(self, wanted: Callable[[FiledArticle], bool]) -> Budget:
        """The budget of those articles alone that are wanted."""
        articles = [article for dossier in self.dossiers.values() for article in dossier.articles if wanted(article)]
        return draw_up(self.window, articles, self.memory)

    def of_outlets(self, outlets: frozenset[str]) -> Budget:
        """The budget of a reader who wants these outlets only."""
        names = {outlet.casefold() for outlet in outlets}
        return self.keeping(lambda article: article.article.outlet.casefold() in names)


def draw_up(window: Window, filed: Sequence[FiledArticle], memory: Memory) -> Budget:
    """The budget of a window; the order of ``filed`` makes no difference."""
    by_story: defaultdict[int, list[FiledArticle]] = defaultdict(list)
    for one in sorted(filed, key=lambda one: (one.article.published, one.article.key)):
        by_story[one.story].append(one)
    return Budget(
        window, {story: _dossier(story, articles, window, memory) for story, articles in by_story.items()}, memory
    )


def _dossier(story: int, articles: Sequence[FiledArticle], window: Window, memory: Memory) -> Dossier:
    lead = max(articles, key=_informative)
    earlier = memory.earlier.get(story, ())
    roots = origins([*earlier, *articles])[len(earlier) :]
    news = _news(story, articles, roots, window, memory)
    figures = [figure for one in articles for figure in one.reading.figures if figure.importance >= MIN_IMPORTANCE]
    weight = _SOURCES_WEIGHT * math.log2(1 + len(set(roots)))
    weight += _IMPORTANCE_WEIGHT * max((figure.importance for figure in figures), default=0.0)
    weight += _CHANGED_WEIGHT * _changed(articles, memory) + _NEWS_WEIGHT.get(news or News.CONFIRMED, 0.0)
    liked = leaning(memory.voices.get(lead.article.outlet, Share(useful=0, useless=0)))
    topics = {topic.code: topic for one in (lead, *articles) for topic in one.reading.topics}
    return Dossier(
        story=story,
        articles=tuple(articles),
        lead=lead,
        headline=_headline(lead),
        sentences=_sentences(lead),
        sources=_sources(lead, articles, [*earlier, *articles], roots),
        independent=len(set(roots)),
        figures=len(figures),
        topics=tuple(topics.values()),
        news=news,
        line=tuple(_line(story, memory.threads)),
        weight=round(weight + liked, 4),
        leaning=liked,
        newest=max(one.article.published for one in articles).timestamp(),
    )


def _informative(filed: FiledArticle) -> float:
    """How much an article tells: its figures and deadlines, a summary, its length."""
    facts = sum(figure.importance for figure in filed.reading.figures) + sum(
        deadline.importance for deadline in filed.reading.deadlines
    )
    return min(facts, 3.0) + bool(filed.reading.summary.pieces) + min(len(filed.article.text), _LONG_TEXT) / _LONG_TEXT


def _headline(lead: FiledArticle) -> str:
    """The lead's headline, else the head of its text."""
    return lead.reading.headline or lead.article.title or lead.article.text[:_HEADLINE_CHARS].partition("\n")[0].strip()


def _sentences(lead: FiledArticle) -> tuple[str, ...]:
    """The sentences of the summary that say more than the headline does."""
    headline = content(lead.reading.headline)
    found = [piece.text for piece in lead.reading.summary.pieces if not headline or content(piece.text) - headline]
    return tuple(found[:MAX_SENTENCES])


def _sources(
    lead: FiledArticle, articles: Sequence[FiledArticle], known: Sequence[FiledArticle], roots: Sequence[int]
) -> tuple[Source, ...]:
    """The lead and one article of every other outlet, the earliest; who speaks for themselves before who repeats."""
    seen: set[str] = set()
    sources: list[Source] = []
    of = dict(zip((one.article.key for one in articles), roots, strict=True))
    for filed in (lead, *articles):
        if outlet_of(filed) in seen:
            continue
        seen.add(outlet_of(filed))
        origin, article = known[of[filed.article.key]], filed.article
        repeats = origin.article.outlet if outlet_of(origin) != outlet_of(filed) else None
        sources.append(
            Source(outlet=article.outlet, link=article.link, published=article.published, repeats=repeats or None)
        )
    return tuple(sorted(sources, key=lambda source: source.repeats is not None and source is not sources[0]))


def _line(story: int, threads: Mapping[int, Thread]) -> Iterator[int]:
    """The stories that a story follows, the nearest first."""
    seen = {story}
    thread = threads.get(story)
    while thread is not None and thread.follows is not None and thread.follows not in seen:
        seen.add(thread.follows)
        yield thread.follows
        thread = threads.get(thread.follows)


def _changed(articles: Sequence[FiledArticle], memory: Memory) -> bool:
    """Whether a figure of the story changed, was corrected, or is in conflict with another source's."""
    notes = [memory.figures.get((one.article.key, figure.span)) for one in articles for figure in one.reading.figures]
    return any(
        note is not None and (note.conflicts or note.relation in {Relation.CHANGE, Relation.CORRECTION})
        for note in notes
    )


def _news(
    story: int, articles: Sequence[FiledArticle], roots: Sequence[int], window: Window, memory: Memory
) -> News | None:
    """What is new about a story; ``roots`` are the places of the articles' origins, those that were told before counted."""
    thread = memory.threads.get(story)
    earlier = memory.earlier.get(story, ())
    if not earlier:
        return News.STORY if thread is None or thread.follows is None else News.FOLLOW_UP
    fresh = [root >= len(earlier) for root in roots]
    if any(_tells_more(one, earlier, window, memory, own=own) for one, own in zip(articles, fresh, strict=True)):
        return News.UPDATE
    return News.CONFIRMED if any(fresh) else None


def _tells_more(
    one: FiledArticle,
    earlier: Sequence[FiledArticle],
    window: Window,
    memory: Memory,
    *,
    own: bool,
) -> bool:
    """Whether an article of a story that was told before has anything that was not: a fact, or much in other words.

    ``own``: it is the report of a source that was not heard before, whose words are other ones anyway.
    """
    key = one.article.key
    for figure in one.reading.figures:
        note = memory.figures.get((key, figure.span))
        told = note is not None and note.first_told is not None and note.first_told <= window.start
        if note is None or told:
            continue
        moved = note.conflicts or note.relation in {Relation.CHANGE, Relation.CORRECTION}
        if figure.importance >= (MIN_IMPORTANCE if moved or not own else _NEW_FACT):
            return True
    for deadline in one.reading.deadlines:
        entry = memory.deadlines.get((key, deadline.span))
        told = entry is not None and entry.first_told is not None and entry.first_told <= window.start
        if entry is None or told:
            continue
        if deadline.importance >= (MIN_IMPORTANCE if entry.moved_from is not None or not own else _NEW_FACT):
            return True
    words = content(one.article.text) | content(one.reading.headline)
    said = frozenset().union(*(content(other.article.text) | content(other.reading.headline) for other in earlier))
    return len(words - said) >= (_SAME_NEWS if own else _SAME_REPORT) * len(words) > 0
