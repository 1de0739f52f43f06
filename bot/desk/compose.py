"""Composes an edition: chooses, ranks and files the stories, figures and deadlines of a window for one profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.desk.budget import Budget, Dossier, draw_up
from bot.desk.filed import FiledArticle
from bot.desk.layout import Edition, Followed, Highlight, Item, News, Section, Why
from bot.desk.memory import Memory
from bot.desk.profile import Profile, Window
from bot.desk.topics import OTHER_TOPIC, topic_name
from models.api import NOT_NEWS

MAX_STORIES = 40
"""Stories in an edition; the others are counted."""
_HIGHLIGHTS = ((12, 5), (9, 4), (6, 3))
"""From so many stories on, so many highlights: with fewer, the headlines stand right below."""
_FOLLOWED_WORD = 1.0
"""What a word the reader follows weighs: as much as half a dozen more sources."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A story the reader wants, why, and how it ranks among the others."""

    dossier: Dossier
    news: News
    words: tuple[str, ...]
    order: tuple[float, float, int]


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _choices(profile: Profile, budget: Budget) -> list[_Choice]:
    """What the reader wants of the budget, the most important first.

    A follow-up of a wanted story is wanted: it is where that story goes on. Of a muted one it is not. What is no news
    is told to those alone who follow a word in it.
    """
    followed = {word: budget.words.holding(word) for word in sorted(profile.follow)}
    muted = frozenset().union(*(budget.words.holding(word) for word in profile.mute))
    wanted = {
        story
        for story, dossier in budget.dossiers.items()
        if not profile.topics
        or any(topic.code in profile.topics for topic in dossier.topics)
        or any(story in holders for holders in followed.values())
    }
    found = []
    for story, dossier in budget.dossiers.items():
        if dossier.news is None or story in muted or profile.muted_stories.intersection((story, *dossier.line)):
            continue
        words = tuple(word for word, holders in followed.items() if story in holders)
        if not words and all(topic.code == NOT_NEWS for topic in dossier.topics) and dossier.topics:
            continue
        if story in wanted or wanted.intersection(dossier.line):
            weight, newest, number = dossier.order
            order = (weight - _FOLLOWED_WORD * bool(words), newest, number)
            found.append(_Choice(dossier, dossier.news, words, order))
    return sorted(found, key=lambda choice: choice.order)


def _topic(dossier: Dossier, profile: Profile) -> tuple[str, str]:
    """The section of a story: the first of its topics that was asked for, else the first."""
    topics = sorted(dossier.topics, key=lambda topic: topic.code not in profile.topics)
    return (topics[0].code, topics[0].name) if topics else (OTHER_TOPIC, topic_name(OTHER_TOPIC))


def _item(choice: _Choice, rank: int, profile: Profile, budget: Budget, *, under: bool) -> Item:
    """``under``: it stands below the story it follows."""
    dossier = choice.dossier
    section, _ = _topic(dossier, profile)
    return Item(
        story=dossier.story,
        headline=dossier.headline,
        sentences=() if choice.news is News.CONFIRMED else dossier.sentences,
        sources=dossier.sources,
        also=tuple(dict.fromkeys(topic.name for topic in dossier.lead.reading.topics if topic.code != section)),
        rank=rank,
        why=Why(
            sources=dossier.independent,
            news=choice.news,
            figures=dossier.figures,
            topics=tuple(topic.name for topic in dossier.topics if topic.code in profile.topics),
            words=choice.words,
            leaning=dossier.leaning,
        ),
        follows=None if under else _followed(dossier, budget),
        article_key=dossier.lead.article.key,
        language=dossier.lead.reading.language,
    )


def _followed(dossier: Dossier, budget: Budget) -> Followed | None:
    thread = budget.memory.threads.get(dossier.line[0]) if dossier.line else None
    return Followed(headline=thread.headline, opened=thread.opened, link=thread.link) if thread is not None else None


def _threads(choices: Sequence[_Choice]) -> dict[int, list[int]]:
    """The places of the choices by the place of the story they stand under, their own first, then as they came.

    A story that others only confirmed is no head of anything: what follows it stands for itself, and says what it follows.
    """
    place = {choice.dossier.story: at for at, choice in enumerate(choices) if choice.news is not News.CONFIRMED}
    threads: defaultdict[int, list[int]] = defaultdict(list)
    for at, choice in enumerate(choices):
        above = [place[story] for story in choice.dossier.line if story in place]
        threads[above[-1] if above and choice.news is not News.CONFIRMED else at].append(at)
    for head, members in threads.items():
        members.sort(key=lambda at: (at != head, choices[at].dossier.articles[0].article.published, at))
    return dict(sorted(threads.items(), key=lambda thread: min(thread[1])))


def _sections(choices: Sequence[_Choice], profile: Profile, budget: Budget) -> tuple[Section, ...]:
    """The stories by topic; the topic of the most important story first, "other news" last."""
    by_topic: defaultdict[str, list[Item]] = defaultdict(list)
    names: dict[str, str] = {}
    for members in _threads(choices).values():
        head, *rest = (_item(choices[at], at, profile, budget, under=number > 0) for number, at in enumerate(members))
        code, name = _topic(choices[members[0]].dossier, profile)
        by_topic[code].append(replace(head, follow_ups=tuple(rest)))
        names.setdefault(code, name)
    codes = sorted(by_topic, key=lambda code: code == OTHER_TOPIC)
    return tuple(Section(topic_code=code, topic_name=names[code], items=tuple(by_topic[code])) for code in codes)


def _highlights(choices: Sequence[_Choice]) -> tuple[Highlight, ...]:
    """The most important story of each of the most important threads."""
    heads = [choices[min(members)].dossier for members in _threads(choices).values()]
    count = next((shown for stories, shown in _HIGHLIGHTS if len(heads) >= stories), 0)
    return tuple(Highlight(story=dossier.story, text=dossier.headline) for dossier in heads[:count])


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
    memory: Memory | None = None,
) -> Edition:
    """Compose the edition of one profile.

    Args:
        profile: The topics, words and sources wanted (none means all), and the zone of its readers.
        window: The time covered.
        filed: The articles that came in during the window, in any order.
        now: The time as of which the edition speaks, aware UTC, by which deadlines are to come or have passed.
        next_edition: When the next one comes, where there is one.
        uncertain: Whether the edition before may not have arrived.
        memory: What the desk remembers of these articles; without it everything is new.

    Returns:
        An edition in which no story, figure or deadline stands twice, and nothing that was told before the window
        unless it changed. The order of ``filed`` makes no difference.
    """
    budget = draw_up(window, filed, memory or Memory())
    return compose_from(budget, profile, now=now, next_edition=next_edition, uncertain=uncertain)


def compose_from(
    budget: Budget, profile: Profile, *, now: datetime, next_edition: datetime | None, uncertain: bool = False
) -> Edition:
    """As ``compose``, from a budget that many profiles share."""
    own = budget.of_outlets(profile.sources) if profile.sources else budget
    choices = _choices(profile, own)
    shown = choices[:MAX_STORIES]
    stories = [choice.dossier.story for choice in shown if choice.news is not News.CONFIRMED]
    return Edition(
        as_of=now,
        window=budget.window,
        zone=profile.zone,
        next_edition=next_edition,
        highlights=_highlights([choice for choice in shown if choice.news is not News.CONFIRMED]),
        sections=_sections(shown, profile, own),
        figures=own.facts.figures(stories),
        deadlines=own.facts.deadlines(stories, today=_today(now, profile.zone)),
        omitted=len(choices) - len(shown),
        uncertain=uncertain,
        length=profile.length,
    )
