"""Composes an edition: chooses, ranks and files the stories, figures and deadlines of a window for one profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.desk.box import choose_deadlines, choose_figures
from bot.desk.filed import FiledArticle
from bot.desk.layout import Edition, Item, Section, Source
from bot.desk.profile import Profile, Window
from bot.desk.topics import OTHER_TOPIC, topic_name
from bot.desk.words import content

MAX_STORIES = 40
"""Stories in an edition; the others are counted."""
MAX_FULL = 10
"""Stories that are summarised; the others are headlines."""
MAX_SENTENCES = 2
_HIGHLIGHTS = ((12, 5), (9, 4), (6, 3))
"""From so many stories on, so many highlights."""
_LONG_TEXT = 2000
_HEADLINE_CHARS = 100


@dataclass(frozen=True, slots=True)
class _Story:
    """The articles of one story, the earliest first, its lead, its section and its rank (smaller is more important)."""

    story: int
    articles: tuple[FiledArticle, ...]
    lead: FiledArticle
    topic: str
    name: str
    rank: tuple[float, ...]


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _informative(filed: FiledArticle) -> float:
    """How much an article tells: its figures and deadlines, a summary, its length."""
    facts = sum(figure.importance for figure in filed.reading.figures) + sum(
        deadline.importance for deadline in filed.reading.deadlines
    )
    return min(facts, 3.0) + bool(filed.reading.summary.pieces) + min(len(filed.article.text), _LONG_TEXT) / _LONG_TEXT


def _outlet(filed: FiledArticle) -> str:
    return filed.article.outlet.casefold() or filed.article.link or filed.article.key


def _section(lead: FiledArticle, articles: Sequence[FiledArticle], wanted: frozenset[str]) -> tuple[str, str]:
    """The first topic of the lead, else of another article, that the reader wants: its code and name."""
    for filed in (lead, *articles):
        for topic in filed.reading.topics:
            if not wanted or topic.code in wanted:
                return topic.code, topic.name
    return OTHER_TOPIC, topic_name(OTHER_TOPIC)


def _story(number: int, articles: Sequence[FiledArticle], wanted: frozenset[str]) -> _Story:
    lead = max(articles, key=_informative)
    topic, name = _section(lead, articles, wanted)
    importance = max((figure.importance for filed in articles for figure in filed.reading.figures), default=0.0)
    newest = max(filed.article.published for filed in articles)
    rank = (-len({_outlet(filed) for filed in articles}), -round(importance, 2), -newest.timestamp(), number)
    return _Story(number, tuple(articles), lead, topic, name, rank)


def _stories(filed: Iterable[FiledArticle], wanted: frozenset[str]) -> list[_Story]:
    """The stories the reader wants, the most important first."""
    by_story: defaultdict[int, list[FiledArticle]] = defaultdict(list)
    for one in sorted(filed, key=lambda one: (one.article.published, one.article.key)):
        by_story[one.story].append(one)
    chosen = [
        _story(number, articles, wanted)
        for number, articles in by_story.items()
        if not wanted or any(topic.code in wanted for one in articles for topic in one.reading.topics)
    ]
    return sorted(chosen, key=lambda story: story.rank)


def _sources(story: _Story) -> tuple[Source, ...]:
    """The lead and one article of every other outlet, the earliest."""
    seen = set()
    sources = []
    for filed in (story.lead, *story.articles):
        if _outlet(filed) not in seen:
            seen.add(_outlet(filed))
            article = filed.article
            sources.append(Source(outlet=article.outlet, link=article.link, published=article.published))
    return tuple(sources)


def _summary(lead: FiledArticle) -> str:
    """At most two sentences that say more than the headline does."""
    headline = content(lead.reading.headline)
    sentences = [piece.text for piece in lead.reading.summary.pieces if not headline or content(piece.text) - headline]
    return " ".join(sentences[:MAX_SENTENCES])


def _headline(lead: FiledArticle) -> str:
    """The lead's headline, else the head of its text."""
    return lead.reading.headline or lead.article.title or lead.article.text[:_HEADLINE_CHARS].partition("\n")[0].strip()


def _item(story: _Story, *, full: bool) -> Item:
    return Item(
        story=story.story,
        headline=_headline(story.lead),
        summary=_summary(story.lead) if full else "",
        sources=_sources(story),
        also=tuple(dict.fromkeys(topic.name for topic in story.lead.reading.topics if topic.code != story.topic)),
    )


def _sections(stories: Sequence[_Story]) -> tuple[Section, ...]:
    """The stories by topic; the topic of the most important story first, "other news" last."""
    by_topic: defaultdict[str, list[Item]] = defaultdict(list)
    topic_names: dict[str, str] = {}
    for number, story in enumerate(stories):
        by_topic[story.topic].append(_item(story, full=number < MAX_FULL))
        topic_names.setdefault(story.topic, story.name)
    codes = sorted(by_topic, key=lambda code: code == OTHER_TOPIC)
    return tuple(Section(topic_code=code, topic_name=topic_names[code], items=tuple(by_topic[code])) for code in codes)


def _highlights(items: Sequence[str]) -> tuple[str, ...]:
    count = next((shown for stories, shown in _HIGHLIGHTS if len(items) >= stories), 0)
    return tuple(items[:count])


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(zone_of(zone)).date()


def compose(
    profile: Profile,
    window: Window,
    filed: Sequence[FiledArticle],
    *,
    now: datetime,
    next_edition: datetime | None,
    uncertain: bool = False,
) -> Edition:
    """Compose the edition of one profile.

    Args:
        profile: The topics wanted (none means all), the language and the zone of its readers.
        window: The time covered.
        filed: The articles that came in during the window, in any order.
        now: The time as of which the edition speaks, aware UTC, by which deadlines are to come or have passed.
        next_edition: When the next one comes, where there is one.
        uncertain: Whether the edition before may not have arrived.

    Returns:
        An edition in which no story, figure or deadline stands twice. The order of ``filed`` makes no difference.
    """
    stories = _stories(filed, profile.topics)
    shown = stories[:MAX_STORIES]
    articles = [article for story in shown for article in story.articles]
    return Edition(
        as_of=now,
        window=window,
        zone=profile.zone,
        next_edition=next_edition,
        highlights=_highlights([_headline(story.lead) for story in shown]),
        sections=_sections(shown),
        figures=choose_figures(articles),
        deadlines=choose_deadlines(articles, today=_today(now, profile.zone)),
        omitted=len(stories) - len(shown),
        uncertain=uncertain,
    )
