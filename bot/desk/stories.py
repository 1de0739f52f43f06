"""Which story an article belongs to, or which it is a later development of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from bot.desk.likeness import Sketch, chance, cosine
from bot.desk.outline import Outline, moved_figure, new_figure, risen_toll, stages_of
from bot.desk.shelf import Shelf, StoryCard
from bot.desk.words import content, names, overlap
from models.api import Article, Reading

WINDOW = timedelta(hours=72)
"""How far from a story's newest article another of its articles may lie."""
MEMORY = timedelta(days=21)
"""How long a story can be followed by a later development."""
MOST_STORIES = 2_000
"""Recent stories an article is compared with, however busy the days were; the newest count."""

SAME = 0.5
"""Chance from which two articles tell one event."""
FOLLOWS = 0.4
"""Chance from which an article with news belongs to a story's thread."""
STAYS = 0.3
"""Chance from which an edited article stays in its story."""
LIKELY = 0.50
"""Cosine below which two articles tell one event only if one repeats the other's headline."""
LINKED = 0.55
"""Cosine below which an article is no development of a story, whatever words they share."""
UNLIKELY = 0.30
"""Cosine below which even the same headline is another story ("What we know this morning")."""

_SHORTLIST: Final = 24
_REPOST, _MIN_REPOST_WORDS = 0.8, 4
_REPOST_CHANCE: Final = 0.95
_SOME_NAMES, _HARDLY, _HARDLY_YET = 3, 0.1, 0.15
"""Two articles of at least so many names each, whose names have less than this cosine, are of two events.

In an archive that begins, where a word such as "Council" is as rare as a name, reports of two disasters in the same words
come to 0.12: there the second bound holds. Later it would part reports of one event.
"""
_CLEAR: Final = 0.70
"""How close two articles with fewer names must be whose headlines name entirely different people and places."""
_IN_THREAD: Final = 0.1
"""Chance from which the newest story of a thread is followed, where an older one of it is the likeliest."""
_TOLL_HOURS, _OTHER_TOLL_HOURS = 0.5, 2.0
"""Tolls told so soon after each other, by one outlet and by two, are counts of the same; a later higher one is news."""
_SAME_OUTLET_HOURS: Final = 3.0
"""An outlet that comes back with something new after so long has news; another may only be late."""
_OTHER_OUTLET_HOURS: Final = 8.0
_BACK_HOURS, _LATE_HOURS = 12.0, 30.0
"""Whoever comes back to an event after so long, an outlet that told it and another, and in other words, has news."""

_ANSWERS: Final = 0.15
"""How close an article must be to the story whose article it answers: unrelated texts are not."""
_CONTINUES_HOURS: Final = 24.0
"""An "UPDATE" speaks of what its outlet told within so many hours."""

_ROUTINE = re.compile(
    r"""\b(?:market|markets|weather|traffic|pollen|exchange\ rates?|lottery|horoscope)\b.*\b(?:report|wrap|close|open|today|tomorrow|forecast|
    tonight|update|results?)\b | \b(?:forecast|outlook)\ for\b | ^good\ (?:morning|evening|night)\b |
    \b(?:morning|evening|daily|weekly|weekend)\ (?:briefing|edition|digest|report|bulletin|round-?up|newsletter|summary|quiz) |
    \b(?:round-?up|digest|the\ (?:day|week)\ ahead|in\ pictures|front\ pages|today\ in\ history|on\ this\ day|what\ we\ know|top\ stories)\b |
    ^weather\b | ^markets?:""",
    re.IGNORECASE | re.VERBOSE,
)
"""Headlines that come round by the clock: today's is no development of yesterday's."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The story that an article belongs to; else it opens a new one, which follows ``follows`` or nothing."""

    story: int | None = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """A story that an article may be of: how likely, how close, and how many hours after its newest article it comes."""

    card: StoryCard
    chance: float
    closeness: float
    hours: float
    repost: bool

    @property
    def rank(self) -> tuple[float, float]:
        """The likeliest is that which is both: of two that share rare words the closer, of two equals the newer."""
        return self.chance * self.closeness, -abs(self.hours)


def place(
    article: Article, reading: Reading, recent: Shelf, current: int | None = None, *, adds_to: int | None = None
) -> Placement:
    """The place of an article among the recent stories.

    What its publisher says it adds to is its story, news or not: readers see one story with what is new.

    Args:
        article: The article, with its time of publication.
        reading: Its reading; without a vector only a repost of the same headline finds its story.
        recent: The stories it may belong to or follow.
        current: The story it is in, where it was placed before and its text has been edited since.
        adds_to: The story of the article that it answers, or whose words it repeats whole.
    """
    if adds_to is not None and _may_add(article, reading, recent, adds_to):
        return Placement(story=adds_to)
    matches = _matches(article, reading, recent)
    for match in matches:
        if match.card.story == current and match.chance >= STAYS:
            return Placement(story=current)
    matches = [match for match in matches if match.card.story != current]
    continued = _continued(article, matches) if article.continues else None
    if continued is not None:
        return Placement(story=continued.card.story)
    routine = is_routine(reading.headline)
    told = [match for match in matches if _is_same(match, article, reading, routine=routine)]
    same = max(told, key=lambda match: match.rank, default=None)
    led = None if routine else _led(article, matches)
    if same is not None and (
        led is None or same.rank >= led.rank or _thread(same.card, recent) == _thread(led.card, recent)
    ):
        return Placement(story=same.card.story)
    return Placement(follows=None if led is None else _newest_of_thread(led, article, matches, recent).story)


def _may_add(article: Article, reading: Reading, recent: Shelf, story: int) -> bool:
    """Whether an article may be of the story that it is said to add to: not long after it, and not of something else altogether."""
    card = recent.get(story)
    if card is None or article.published - card.newest > WINDOW:
        return False
    closeness = recent.closeness(reading.vector)[recent.cards.index(card)] if reading.vector and card.vector else LIKELY
    return bool(closeness >= _ANSWERS)


def _continued(article: Article, matches: Sequence[_Match]) -> _Match | None:
    """The likeliest story that its outlet told within a day and that an article says it continues, without saying which."""
    own = [
        match
        for match in matches
        if article.outlet in match.card.outline.outlets
        and abs(match.hours) <= _CONTINUES_HOURS
        and match.chance >= FOLLOWS
    ]
    return max(own, key=lambda match: match.rank, default=None)


def is_routine(headline: str) -> bool:
    """Whether a headline comes round by the clock."""
    return _ROUTINE.search(headline) is not None


def _matches(article: Article, reading: Reading, recent: Shelf) -> list[_Match]:
    closeness = recent.closeness(reading.vector)
    hours = recent.hours_since(article.published)
    if not reading.vector:
        closeness = np.full(len(recent.cards), UNLIKELY, dtype=np.float32)
    near = np.flatnonzero((closeness >= UNLIKELY - 1e-6) & (hours <= MEMORY.total_seconds() / 3600))
    near = near[hours[near] >= -WINDOW.total_seconds() / 3600]
    best = near[np.argsort(-closeness[near], kind="stable")][:_SHORTLIST]
    ours = recent.sketch(reading.imprint)
    hardly = _HARDLY_YET if recent.begins else _HARDLY
    found = []
    for at in best.tolist():
        card, close = recent.cards[at], float(closeness[at])
        repost = _is_repost(reading.headline, card.headline)
        theirs = recent.sketch(card.imprint)
        apart = close < LIKELY or _named_apart(reading.headline, ours, card.headline, theirs, close, hardly)
        likely = 0.0 if apart else chance(ours, theirs, close)
        found.append(_Match(card, max(likely, _REPOST_CHANCE) if repost else likely, close, float(hours[at]), repost))
    return found


def _is_repost(headline: str, other: str) -> bool:
    ours, theirs = content(headline), content(other)
    return min(len(ours), len(theirs)) >= _MIN_REPOST_WORDS and overlap(ours, theirs) >= _REPOST


def _named_apart(  # noqa: PLR0917  two sides, and what they are measured by
    headline: str, ours: Sketch, other: str, theirs: Sketch, closeness: float, hardly: float
) -> bool:
    """Whether two articles, or without imprints their headlines, name people and places but hardly any in common."""
    if min(len(ours.names), len(theirs.names)) >= _SOME_NAMES:
        return cosine(ours.names, theirs.names) < hardly
    named, others = names(headline), names(other)
    return bool(closeness < _CLEAR and named and others and not named & others)


def _is_same(match: _Match, article: Article, reading: Reading, *, routine: bool) -> bool:
    hours = abs(match.hours)
    if hours > (_OTHER_OUTLET_HOURS if routine else WINDOW.total_seconds() / 3600) or match.chance < SAME:
        return False
    return not _is_development(match, article, reading)


def _is_development(match: _Match, article: Article, reading: Reading) -> bool:
    """Whether an article that tells of a story's event has something new to tell."""
    told = match.card.outline
    hours = (article.published - match.card.opened).total_seconds() / 3600
    known = article.outlet in told.outlets
    if hours < (_TOLL_HOURS if known else _OTHER_TOLL_HOURS):
        return False
    if risen_toll(told, reading) or moved_figure(told, reading):
        return True
    if match.repost:
        return False
    if hours >= (_BACK_HOURS if known else _LATE_HOURS):
        return True
    patience = _SAME_OUTLET_HOURS if known else _OTHER_OUTLET_HOURS
    return hours >= patience and _has_news(told, reading)


def _has_news(told: Outline, reading: Reading) -> bool:
    return new_figure(told, reading) or not stages_of(reading.headline) <= told.stages


def _led(article: Article, matches: Sequence[_Match]) -> _Match | None:
    """The likeliest story that an article can be a development of."""
    earlier = [
        match
        for match in matches
        if match.chance >= FOLLOWS and match.closeness >= LINKED and article.published > match.card.opened
    ]
    return max(earlier, key=lambda match: match.rank, default=None)


def _newest_of_thread(led: _Match, article: Article, matches: Sequence[_Match], recent: Shelf) -> StoryCard:
    thread = _thread(led.card, recent)
    later = [
        match.card
        for match in matches
        if match.chance >= _IN_THREAD
        and match.card.opened < article.published
        and _thread(match.card, recent) == thread
    ]
    return max((led.card, *later), key=lambda card: (card.opened, card.story))


def _thread(card: StoryCard, recent: Shelf) -> int:
    """The first story of a thread, as far back as the shelf goes."""
    seen = {card.story}
    while card.follows is not None and card.follows not in seen:
        seen.add(card.follows)
        before = recent.get(card.follows)
        if before is None:
            return card.follows
        card = before
    return card.story
