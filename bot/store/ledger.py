"""The figure ledger as it is kept: series of figures, found by their thread and by their rarest words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, insert, select, type_coerce, union_all, update

from bot.desk.ledger import Series, Verdict, by_value
from bot.desk.memory import Entry, FactKey, FigureNote, Relation
from bot.desk.subjects import pairs_of, terms_asked, terms_of
from bot.desk.ties import age
from bot.store.figures import entry_of
from bot.store.ledger_tables import figure_disputes, figure_series, figure_terms
from bot.store.sql import Repository
from bot.store.tables import figures
from bot.store.types import Instant
from models.api import FigureKind, Span

PER_TERM = 100
"""Of each word so many series are looked at, those opened last; a word that more of them share finds nothing alone."""
PER_THREAD = 200
"""Figures of a thread that are looked at, the newest."""
PER_SERIES = 12
"""Entries of a series that a new figure is compared with, the newest."""
PER_FIGURE = 8
"""Series that a figure may find by its words."""
MOST_SERIES = 40
MOST_ENTRIES = 500
"""Entries of a series that are given out, the newest."""
_MOST_TERMS = 60
_CHUNK = 500
_TERMS_AT_ONCE = 24
_SERIES_AT_ONCE = 8


def _holding(place: int) -> Select[Any]:
    holds = (figure_terms.c.term == bindparam(f"term{place}")) & (figure_terms.c.kind == bindparam(f"kind{place}"))
    newest = select(figure_terms).where(holds).order_by(figure_terms.c.series.desc()).limit(PER_TERM)
    return select(newest.subquery(f"held{place}"))


def _newest(place: int) -> Select[Any]:
    mine = select(figures).where(figures.c.series == bindparam(f"series{place}"))
    newest = mine.order_by(figures.c.published.desc(), figures.c.id.desc()).limit(bindparam("entries"))
    return select(newest.subquery(f"newest{place}"))


_HOLDING = union_all(*map(_holding, range(_TERMS_AT_ONCE)))
_NEWEST = union_all(*map(_newest, range(_SERIES_AT_ONCE)))
"""Several bounded searches in one statement, because each statement costs more than it finds."""


class Ledger(Repository):
    """Series and their entries, which are rows of ``figures``."""

    async def candidates(self, entries: Sequence[Entry]) -> list[Series]:
        """The series that an article's figures may belong to, with their newest entries.

        They are those of its thread, and those that share rare words with a figure's label. The cost does not grow
        with the archive: of each word and thread a bounded number is looked at.
        """
        numbers = dict.fromkeys(await self._of_threads({entry.root for entry in entries}))
        for entry in entries:
            numbers |= dict.fromkeys(await self._by_terms(terms_of(entry), entry.figure.kind, PER_FIGURE))
        return await self._load(list(numbers)[:MOST_SERIES], PER_SERIES)

    async def fresh(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those figures of one article that are in no series yet."""
        keys = {entry.article_key for entry in entries}
        query = select(figures.c.span_start, figures.c.span_end).where(
            figures.c.article_key.in_(keys), figures.c.series.is_not(None), figures.c.retracted_at.is_(None)
        )
        entered = {Span(row.span_start, row.span_end) for row in await self._connection.execute(query)}
        return [entry for entry in entries if entry.figure.span not in entered]

    async def enter(self, entries: Sequence[Entry], verdicts: Sequence[Verdict], now: datetime) -> None:
        """Write down where an article's figures belong; a negative number opens a series.

        The figures' rows must be there (``Articles.store_reading``). Entries that have been entered already are left.
        """
        opened: dict[int, int] = {}
        for entry, verdict in zip(entries, verdicts, strict=True):
            row = await self._row(entry)
            if row is None or row.series is not None or verdict.series is None:
                continue
            number = verdict.series
            if number < 0:
                number = opened.get(number) or opened.setdefault(number, await self._open(entry))
            before = None if verdict.before is None else await self._row(verdict.before)
            told_at = before.told_at if before is not None and verdict.relation is Relation.REPEAT else now
            values = {
                "series": number,
                "relation": verdict.relation.value,
                "before": None if before is None else before.id,
                "filed_at": entry.filed_at,
                "told_at": told_at,
                "thread": entry.root,
                "corrects": entry.corrects,
            }
            await self._connection.execute(update(figures).where(figures.c.id == row.id).values(**values))
            await self._dispute(row.id, verdict.conflicts)
            await self._count(number, entry)
            await self._index(number, entry)

    async def notes(self, article_keys: Sequence[str]) -> Mapping[FactKey, FigureNote]:
        """What the ledger knows of the figures of some articles, those that were entered."""
        rows: list[Row[Any]] = []
        for at in range(0, len(article_keys), _CHUNK):
            mine = figures.c.article_key.in_(article_keys[at : at + _CHUNK])
            query = select(figures).where(mine, figures.c.series.is_not(None), figures.c.retracted_at.is_(None))
            rows += await self._connection.execute(query)
        disputes = await self._disputes([row.id for row in rows])
        others = {row.before for row in rows if row.before is not None} | {
            other for found in disputes.values() for other in found
        }
        known = await self._entries(others)
        return {
            (row.article_key, Span(row.span_start, row.span_end)): FigureNote(
                series=row.series,
                relation=Relation(row.relation),
                before=known.get(row.before),
                conflicts=tuple(
                    sorted(
                        (known[other] for other in disputes[row.id] if other in known and not known[other].retracted),
                        key=by_value,
                    )
                ),
                first_told=row.told_at,
            )
            for row in rows
        }

    async def series(self, number: int) -> Series | None:
        """A series with its newest entries, what was retracted left out; None where nothing is left of it."""
        found = await self._load([number], MOST_ENTRIES, retracted=False)
        return found[0] if found else None

    async def find(self, words: str, limit: int) -> list[Series]:
        """The series that answer some words best: by the words of their labels and names, their length, their age."""
        asked = terms_asked(words)
        numbers = await self._by_terms([*pairs_of(asked), *asked], None, MOST_SERIES)
        if not numbers:
            return []
        query = select(figure_terms.c.series, figure_terms.c.term).where(
            figure_terms.c.series.in_(numbers), figure_terms.c.term.in_(asked)
        )
        held = Counter(row.series for row in await self._connection.execute(query))
        heads = await self._connection.execute(select(figure_series).where(figure_series.c.id.in_(numbers)))
        rank = sorted(
            (row for row in heads if row.entries > 0),
            key=lambda row: (-held[row.id], -min(row.entries, PER_SERIES), -row.newest.timestamp(), row.id),
        )
        return await self._load([row.id for row in rank[:limit]], MOST_ENTRIES, retracted=False)

    async def _of_threads(self, threads: Iterable[int]) -> list[int]:
        numbers: dict[int, None] = {}
        for thread in sorted(threads):
            query = (
                select(figures.c.series)
                .where(figures.c.thread == thread, figures.c.series.is_not(None))
                .order_by(figures.c.id.desc())
                .limit(PER_THREAD)
            )
            numbers |= dict.fromkeys((await self._connection.scalars(query)).all())
        return list(numbers)

    async def _by_terms(self, terms: Sequence[str], kind: FigureKind | None, limit: int) -> list[int]:
        """The series that share most of the rarest of some terms; what too many share tells little."""
        kinds = list(FigureKind) if kind is None else [kind]
        asked = [(term, of) for term in terms[:_MOST_TERMS] for of in kinds]
        hits: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for at in range(0, len(asked), _TERMS_AT_ONCE):
            some = asked[at : at + _TERMS_AT_ONCE]
            some += [("", FigureKind.COUNT)] * (_TERMS_AT_ONCE - len(some))
            values = {f"term{place}": term for place, (term, _) in enumerate(some)}
            values |= {f"kind{place}": of.value for place, (_, of) in enumerate(some)}
            for row in await self._connection.execute(_HOLDING, values):
                hits[row.term, row.kind].append(row.series)
        weights: Counter[int] = Counter()
        for found in hits.values():
            for number in found:
                weights[number] += PER_TERM * 10 // len(found)
        return [number for number, _ in sorted(weights.items(), key=lambda item: (-item[1], -item[0]))[:limit]]

    async def _load(self, numbers: Sequence[int], entries: int, *, retracted: bool = True) -> list[Series]:
        if not numbers:
            return []
        heads = {
            row.id: row
            for row in await self._connection.execute(select(figure_series).where(figure_series.c.id.in_(numbers)))
        }
        rows: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for at in range(0, len(numbers), _SERIES_AT_ONCE):
            some = [*numbers[at : at + _SERIES_AT_ONCE], *[0] * _SERIES_AT_ONCE][:_SERIES_AT_ONCE]
            values = {f"series{place}": number for place, number in enumerate(some)} | {"entries": entries}
            for row in await self._connection.execute(_NEWEST, values):
                if retracted or row.retracted_at is None:
                    rows[row.series].append(row)
        return [
            Series(
                id=number,
                kind=FigureKind(heads[number].kind),
                unit=heads[number].unit,
                label=heads[number].label,
                entries=tuple(sorted(map(entry_of, rows[number]), key=age)),
            )
            for number in numbers
            if number in heads and rows[number]
        ]

    async def _row(self, entry: Entry) -> Row[Any] | None:
        span = entry.figure.span
        query = select(figures).where(
            figures.c.article_key == entry.article_key,
            figures.c.span_start == span.start,
            figures.c.span_end == span.end,
            figures.c.label == entry.figure.label,
            figures.c.retracted_at.is_not(None) if entry.retracted else figures.c.retracted_at.is_(None),
        )
        return (await self._connection.execute(query.limit(1))).one_or_none()

    async def _open(self, entry: Entry) -> int:
        figure = entry.figure
        values = {
            "kind": figure.kind.value,
            "unit": figure.unit,
            "label": figure.label,
            "entries": 0,
            "newest": entry.published,
        }
        added = await self._connection.execute(insert(figure_series).values(**values).returning(figure_series.c.id))
        return int(added.scalar_one())

    async def _count(self, number: int, entry: Entry) -> None:
        later = case((figure_series.c.newest < entry.published, entry.published), else_=figure_series.c.newest)
        counted = {"entries": figure_series.c.entries + 1, "newest": type_coerce(later, Instant)}
        await self._connection.execute(update(figure_series).where(figure_series.c.id == number).values(**counted))

    async def _index(self, number: int, entry: Entry) -> None:
        """Let the series be found by this label's words too."""
        held = set(await self._connection.scalars(select(figure_terms.c.term).where(figure_terms.c.series == number)))
        fresh = [term for term in terms_of(entry) if term not in held][: max(0, _MOST_TERMS - len(held))]
        rows = [{"term": term, "kind": entry.figure.kind.value, "series": number} for term in fresh]
        if rows:
            await self._connection.execute(insert(figure_terms), rows)

    async def _dispute(self, number: int, others: Iterable[Entry]) -> None:
        found = [row.id for other in others if (row := await self._row(other)) is not None]
        pairs = {(number, other) for other in found} | {(other, number) for other in found}
        if pairs:
            statement = self._insert(figure_disputes).on_conflict_do_nothing()
            rows = [{"figure": one, "other": other} for one, other in sorted(pairs)]
            await self._connection.execute(statement, rows)

    async def _disputes(self, numbers: Sequence[int]) -> defaultdict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(0, len(numbers), _CHUNK):
            mine = figure_disputes.c.figure.in_(numbers[at : at + _CHUNK])
            for row in await self._connection.execute(select(figure_disputes).where(mine)):
                found[row.figure].append(row.other)
        return found

    async def _entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        known: dict[int, Entry] = {}
        wanted = sorted(numbers)
        for at in range(0, len(wanted), _CHUNK):
            rows = await self._connection.execute(select(figures).where(figures.c.id.in_(wanted[at : at + _CHUNK])))
            known |= {row.id: entry_of(row) for row in rows}
        return known
