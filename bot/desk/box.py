"""Chooses the key figures and the deadlines of an edition: each once, the important ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from bot.desk.filed import FiledArticle
from bot.desk.layout import DeadlineLine, FigureLine
from bot.desk.words import content, overlap
from models.api import Deadline, FigureKind, KeyFigure, Range, Status, Value

MAX_FIGURES = 5
MAX_DEADLINES = 7
MIN_IMPORTANCE = 0.2
"""Below it a figure or date is background."""
_PER_STORY = {2: 3}
"""How many figures one story may have where there are so many stories with figures; a story alone may have all."""
_PER_STORY_OF_MANY = 2
_NEAR = 0.5
_FORMER_DISCOUNT = 0.2
_HEADLINE_WEIGHT = 0.2


def _alike(one: str, other: str) -> bool:
    """Whether two labels may name the same thing; a label without words may name anything."""
    words, others = content(one), content(other)
    return not words or not others or overlap(words, others) >= _NEAR


_Told = tuple[FigureKind, str | None, Value]
"""What two figures must share to be the same one: kind, unit, value."""


def _told(figure: KeyFigure) -> _Told:
    return figure.kind, figure.unit, figure.value


def _same_figure(one: FigureLine, other: FigureLine) -> bool:
    """Whether two lines of the same kind, unit and value speak of one thing."""
    reworded = one.story == other.story and _article(one) != _article(other)
    return reworded or _alike(one.figure.label, other.figure.label)


def _article(line: FigureLine) -> tuple[str, str | None, datetime]:
    return line.outlet, line.link, line.published


def _origins(lines: Iterable[FigureLine]) -> set[tuple[int, _Told]]:
    """The former values that the line of a later figure of the same story names anyway."""
    return {
        (line.story, (line.figure.kind, line.figure.unit, line.figure.change.origin))
        for line in lines
        if line.figure.change is not None and line.figure.change.origin is not None
    }


def _size(value: Value) -> Decimal:
    return value.high if isinstance(value, Range) else value


def _weight(figure: KeyFigure) -> float:
    """Importance; a little more for saying as of when and since what, less for what is no longer so."""
    told = 0.02 * (figure.as_of is not None) + 0.02 * (figure.change is not None)
    return round(figure.importance + told - _FORMER_DISCOUNT * (figure.status is Status.FORMER), 6)


def _figure_lines(articles: Sequence[FiledArticle]) -> list[FigureLine]:
    lines = [
        FigureLine(
            figure=figure,
            sentence=filed.quote(figure.sentence),
            outlet=filed.article.outlet,
            link=filed.article.link,
            published=filed.article.published,
            story=filed.story,
        )
        for filed in articles
        for figure in filed.reading.figures
        if figure.importance >= MIN_IMPORTANCE and (figure.label.strip() or figure.kind is not FigureKind.COUNT)
    ]
    return sorted(
        lines,
        key=lambda line: (
            -_weight(line.figure),
            line.published,
            line.story,
            line.figure.span,
            -_size(line.figure.value),
            line.link or "",
            line.sentence,
        ),
    )


def choose_figures(articles: Sequence[FiledArticle], *, limit: int = MAX_FIGURES) -> tuple[FigureLine, ...]:
    """The most important figures, at most ``limit``, none twice, and not all from one story if there are several.

    A count that nobody knows what of ("1") is none.
    """
    lines = _figure_lines(articles)
    origins = _origins(lines)
    distinct: list[FigureLine] = []
    alike: defaultdict[_Told, list[FigureLine]] = defaultdict(list)
    for line in lines:
        told = _told(line.figure)
        former = line.figure.status is not Status.ACTUAL and (line.story, told) in origins
        if not former and not any(_same_figure(line, other) for other in alike[told]):
            alike[told].append(line)
            distinct.append(line)
    stories = len({line.story for line in distinct})
    share = _PER_STORY.get(stories, _PER_STORY_OF_MANY) if stories > 1 else limit
    taken: Counter[int] = Counter()
    chosen: list[FigureLine] = []
    spare: list[FigureLine] = []
    for line in distinct:
        taken[line.story] += 1
        (chosen if taken[line.story] <= share else spare).append(line)
    picked = [*chosen, *spare][:limit]
    return tuple(line for line in distinct if line in picked)


def _same_deadline(one: DeadlineLine, other: DeadlineLine) -> bool:
    ours, theirs = one.deadline, other.deadline
    if (ours.due.start, ours.due.end) != (theirs.due.start, theirs.due.end):
        return False
    if one.story == other.story:
        return not _bind_others(ours, theirs)
    return _alike(_what(ours), _what(theirs))


def _bind_others(one: Deadline, other: Deadline) -> bool:
    """Whether the two are known to bind different people to different things."""
    bound, others = content(one.who or ""), content(other.who or "")
    return bool(bound) and bool(others) and not bound & others and not content(one.what) & content(other.what)


def _what(deadline: Deadline) -> str:
    return f"{deadline.who or ''} {deadline.what}"


def _urgency(deadline: Deadline, headline: frozenset[str]) -> float:
    """Importance, and more for what the headline is about."""
    return round(deadline.importance + _HEADLINE_WEIGHT * overlap(headline, content(_what(deadline))), 6)


def choose_deadlines(
    articles: Sequence[FiledArticle], *, today: date, limit: int = MAX_DEADLINES
) -> tuple[DeadlineLine, ...]:
    """The deadlines and events to come, at most ``limit``, none twice, the soonest first.

    What had passed on the day an article speaks of is left out. What was to come then and has passed by ``today``, in
    an old article that was posted late, stands last.
    """
    headlines = {filed.story: content(filed.reading.headline) for filed in articles}
    lines = [
        DeadlineLine(
            deadline=deadline,
            sentence=filed.quote(deadline.sentence),
            outlet=filed.article.outlet,
            link=filed.article.link,
            published=filed.article.published,
            story=filed.story,
        )
        for filed in articles
        for deadline in filed.reading.deadlines
        if deadline.due.end >= min(today, filed.article.reference) and deadline.importance >= MIN_IMPORTANCE
    ]
    lines.sort(
        key=lambda line: (
            line.deadline.due.end < today,
            -_urgency(line.deadline, headlines[line.story]),
            line.deadline.due.end,
            line.published,
            line.story,
            line.deadline.span,
            line.link or "",
            line.sentence,
        )
    )
    distinct: list[DeadlineLine] = []
    for line in lines:
        if not any(_same_deadline(line, other) for other in distinct):
            distinct.append(line)
    return tuple(
        sorted(
            distinct[:limit],
            key=lambda line: (line.deadline.due.end < today, line.deadline.due.end, line.deadline.due.start),
        )
    )
