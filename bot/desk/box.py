"""Chooses the key figures and the deadlines of an edition: each once, the important ones, and what changed before what did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.desk.deadline_words import is_former
from bot.desk.filed import FiledArticle
from bot.desk.layout import DeadlineLine, FigureLine, Told
from bot.desk.memory import DeadlineNote, Entry, FigureNote, Memory, Relation
from bot.desk.sameness import Worth, same_deadline, same_figure, what_of, worth_of
from bot.desk.words import content, overlap
from models.api import Deadline, FigureKind, KeyFigure, Range, Status, Value

MAX_FIGURES = 5
MAX_DEADLINES = 7
MIN_IMPORTANCE = 0.2
"""Below it a figure or date is background."""
_PER_STORY = {2: 3}
"""How many figures one story may have where there are so many stories with figures; a story alone may have all."""
_PER_STORY_OF_MANY = 2
_FORMER_DISCOUNT = 0.2
_HEADLINE_WEIGHT = 0.2
_CHANGED_WEIGHT = 0.35
_CONFLICT_WEIGHT = 0.2
_SOON = timedelta(days=30)
"""A deadline that was told before is told again when it is this near."""
_MOVED = frozenset({Relation.CHANGE, Relation.CORRECTION})


def _origins(lines: Iterable[FigureLine]) -> set[tuple[int, Worth]]:
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


class Facts:
    """The figures and deadlines of some articles, looked up once, from which the boxes of many editions are chosen.

    ``since`` is when the window begins: what was told before it is not told again; None where nothing was told.
    """

    def __init__(
        self, articles: Sequence[FiledArticle], memory: Memory | None = None, *, since: datetime | None = None
    ) -> None:
        self._memory = memory or Memory()
        self._since = since
        self._figures: defaultdict[int, list[FigureLine]] = defaultdict(list)
        self._deadlines: defaultdict[int, list[tuple[DeadlineLine, DeadlineNote | None, date]]] = defaultdict(list)
        self._headlines = {filed.story: content(filed.reading.headline) for filed in articles}
        for filed in articles:
            for figure in filed.reading.figures:
                if figure.importance >= MIN_IMPORTANCE and (
                    figure.label.strip() or figure.kind is not FigureKind.COUNT
                ):
                    self._enter_figure(filed, figure)
            for deadline in filed.reading.deadlines:
                if deadline.importance >= MIN_IMPORTANCE:
                    self._enter_deadline(filed, deadline)

    def _enter_figure(self, filed: FiledArticle, figure: KeyFigure) -> None:
        note = self._memory.figures.get((filed.article.key, figure.span))
        if note is not None and note.relation is Relation.REPEAT and self._was_told(note.first_told):
            return
        outlet, link = filed.article.source_of(figure.span)
        line = FigureLine(
            figure=figure,
            sentence=filed.quote(figure.sentence),
            outlet=outlet,
            link=link,
            published=filed.article.published,
            story=filed.story,
            relation=note.relation if note is not None else Relation.NEW,
            before=self._before(figure, note) if note is not None else None,
            conflicts=_conflicts(filed, figure, note) if note is not None else (),
            series=note.series if note is not None else None,
            article_key=filed.article.key,
        )
        self._figures[filed.story].append(line)

    def _enter_deadline(self, filed: FiledArticle, deadline: Deadline) -> None:
        sentence = filed.quote(deadline.sentence)
        if is_former(sentence, deadline.surface):
            return
        note = self._memory.deadlines.get((filed.article.key, deadline.span))
        outlet, link = filed.article.source_of(deadline.span)
        line = DeadlineLine(
            deadline=deadline,
            sentence=sentence,
            outlet=outlet,
            link=link,
            published=filed.article.published,
            story=filed.story,
            moved_from=note.moved_from if note is not None else None,
            withdrawn=note is not None and note.withdrawn,
            article_key=filed.article.key,
        )
        self._deadlines[filed.story].append((line, note, filed.article.reference))

    def _was_told(self, first: datetime | None) -> bool:
        return first is not None and self._since is not None and first <= self._since

    def _before(self, figure: KeyFigure, note: FigureNote) -> Told | None:
        """What the reader was told last: where a figure moved twice within the window, what it was before both."""
        if note.relation not in _MOVED or note.before is None:
            return None
        before, seen = note.before, {note.before.article_key}
        while not self._was_told(before.filed_at):
            earlier = self._memory.figures.get((before.article_key, before.figure.span))
            if earlier is None or earlier.before is None or earlier.before.article_key in seen:
                break
            before = earlier.before
            seen.add(before.article_key)
        edited_before_it_was_told = before.retracted and not self._was_told(before.filed_at)
        if edited_before_it_was_told or before.figure.value == figure.value:
            return None
        return _told_by(before)

    def figures(self, stories: Collection[int], *, limit: int = MAX_FIGURES) -> tuple[FigureLine, ...]:
        """The most important figures of these stories, at most ``limit``, none twice, not all from one story if there are several.

        Of one series the newest value stands, beside what it was and what others say. A count that nobody knows what
        of ("1") is none.
        """
        lines = sorted(_latest(line for story in stories for line in self._figures.get(story, ())), key=_figure_order)
        former = _origins(lines)
        distinct: list[FigureLine] = []
        alike: defaultdict[Worth, list[FigureLine]] = defaultdict(list)
        for line in lines:
            told = worth_of(line.figure)
            was = line.figure.status is not Status.ACTUAL and (line.story, told) in former
            if not was and not any(same_figure(line, other) for other in alike[told]):
                alike[told].append(line)
                distinct.append(line)
        return _shared_out(distinct, limit)

    def deadlines(
        self, stories: Collection[int], *, today: date, limit: int = MAX_DEADLINES
    ) -> tuple[DeadlineLine, ...]:
        """The deadlines and events to come of these stories, at most ``limit``, none twice, the soonest first.

        What had passed on the day an article speaks of is left out, and what was told before unless it moved or is
        near. What was to come then and has passed by ``today``, in an old article that was posted late, stands last.
        """
        lines: list[DeadlineLine] = []
        entries: dict[int, DeadlineLine] = {}
        for story in stories:
            for line, note, reference in self._deadlines.get(story, ()):
                due = line.deadline.due.end
                old = note is not None and self._was_told(note.first_told) and not note.withdrawn
                if due < min(today, reference) or (old and due > today + _SOON):
                    continue
                if note is None:
                    lines.append(line)
                elif note.entry not in entries or _standing(entries[note.entry]) < _standing(line):
                    entries[note.entry] = line
        lines += entries.values()
        lines.sort(
            key=lambda line: (
                line.deadline.due.end < today,
                -_urgency(line, self._headlines[line.story]),
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
            if not any(same_deadline(line, other) for other in distinct):
                distinct.append(line)
        return tuple(
            sorted(
                distinct[:limit],
                key=lambda line: (line.deadline.due.end < today, line.deadline.due.end, line.deadline.due.start),
            )
        )


def _standing(line: DeadlineLine) -> tuple[datetime, bool, date]:
    """Of several lines on one deadline the newest stands; of one article's the one that says where it was moved to."""
    return line.published, line.moved_from is not None, line.deadline.due.end


def _told_by(entry: Entry) -> Told:
    return Told(
        figure=entry.figure,
        sentence=entry.sentence,
        outlet=entry.outlet,
        link=entry.link,
        published=entry.published,
    )


def _conflicts(filed: FiledArticle, figure: KeyFigure, note: FigureNote) -> tuple[Told, ...]:
    """What other sources say; whoever says it twice is named once."""
    found: dict[tuple[str, Value], Told] = {}
    for entry in note.conflicts:
        if (entry.article_key, entry.figure.span) != (filed.article.key, figure.span):
            found.setdefault((entry.outlet, entry.figure.value), _told_by(entry))
    return tuple(found.values())


def _latest(lines: Iterable[FigureLine]) -> list[FigureLine]:
    """One line a series, the newest that is no repeat where there is one; every line that belongs to none."""
    alone: list[FigureLine] = []
    series: dict[int, FigureLine] = {}
    for line in lines:
        if line.series is None:
            alone.append(line)
        elif line.series not in series or _freshness(series[line.series]) < _freshness(line):
            series[line.series] = line
    return [*alone, *series.values()]


def _freshness(line: FigureLine) -> tuple[bool, datetime, float, str, tuple[int, int]]:
    return (
        line.relation is not Relation.REPEAT,
        line.published,
        _weight(line.figure),
        line.link or line.sentence,
        line.figure.span,
    )


def _figure_order(line: FigureLine) -> tuple[object, ...]:
    weight = _weight(line.figure) + _CHANGED_WEIGHT * (line.before is not None)
    return (
        -round(weight + _CONFLICT_WEIGHT * bool(line.conflicts), 6),
        line.published,
        line.story,
        line.figure.span,
        -_size(line.figure.value),
        line.link or "",
        line.sentence,
    )


def _shared_out(distinct: Sequence[FigureLine], limit: int) -> tuple[FigureLine, ...]:
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


def choose_figures(articles: Sequence[FiledArticle], *, limit: int = MAX_FIGURES) -> tuple[FigureLine, ...]:
    """The most important figures of some articles; see ``Facts.figures``."""
    return Facts(articles).figures(dict.fromkeys(one.story for one in articles), limit=limit)


def _urgency(line: DeadlineLine, headline: frozenset[str]) -> float:
    """Importance, and more for what the headline is about and for what moved."""
    about = _HEADLINE_WEIGHT * overlap(headline, content(what_of(line.deadline)))
    return round(line.deadline.importance + about + _CHANGED_WEIGHT * (line.moved_from is not None), 6)


def choose_deadlines(
    articles: Sequence[FiledArticle], *, today: date, limit: int = MAX_DEADLINES
) -> tuple[DeadlineLine, ...]:
    """The deadlines and events to come of some articles; see ``Facts.deadlines``."""
    return Facts(articles).deadlines(dict.fromkeys(one.story for one in articles), today=today, limit=limit)
