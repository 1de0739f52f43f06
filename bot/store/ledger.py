"""The figure ledger as it is kept: series of figures, found by their thread and by their rarest words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.desk.ledger import Series, Verdict, by_value
from bot.desk.memory import Entry, FactKey, FigureNote, Relation
from bot.desk.subjects import pairs_of, terms_asked, terms_of
from bot.desk.ties import age
from bot.store.figures import entry_of
from bot.store.ledger_statements import (
    COUNT,
    ENTERED,
    MOST_SERIES,
    MOVED,
    OF_THREAD,
    OPEN,
    PER_TERM,
    PLACE,
    ROWS,
    TERMS,
    newest_of_series,
    series_holding,
)
from bot.store.ledger_tables import figure_disputes, figure_series, figure_terms
from bot.store.sql import Repository, decoded
from bot.store.tables import figures
from models.api import FigureKind, Span

PER_SERIES = 12
"""Entries of a series that a new figure is compared with, the newest."""
PER_FIGURE = 8
"""Series that a figure may find by its words."""
MOST_ENTRIES = 500
"""Entries of a series that are given out, the newest."""
FEW_ENTRIES = 24
_MOST_TERMS = 60
_CHUNK = 500
_LONGEST_TERM = 64


_Term = tuple[str, FigureKind]
_Spot = tuple[str, int, int, str, bool]


def _place_of(entry: Entry) -> _Spot:
    span = entry.figure.span
    return entry.article_key, span.start, span.end, entry.figure.label, entry.retracted


def _told_at(verdict: Verdict, before: Row[Any] | None) -> datetime | None:
    """When the value that is repeated was first told."""
    told: datetime | None = before.told_at if before is not None and verdict.relation is Relation.REPEAT else None
    return told


def _rarest(asked: Iterable[_Term], holding: Mapping[_Term, Sequence[int]], limit: int) -> list[int]:
    """The series that share most of the rarest of some terms; what too many share tells little."""
    weights: Counter[int] = Counter()
    for pair in asked:
        found = holding.get(pair, ())
        for number in found:
            weights[number] += PER_TERM * 10 // len(found)
    return [number for number, _ in sorted(weights.items(), key=lambda item: (-item[1], -item[0]))[:limit]]


def _others(verdict: Verdict) -> list[Entry]:
    return [*verdict.conflicts, *([] if verdict.before is None else [verdict.before])]


NEWEST_SERIES = 60
"""Of so many of the newest series those are shown first to whom nothing particular is asked."""


class Ledger(Repository):
    """Series and their entries, which are rows of ``figures``."""

    async def candidates(self, entries: Sequence[Entry]) -> list[Series]:
        """The series that an article's figures may belong to, with their newest entries.

        They are those of its thread, and those that share rare words with a figure's label. The cost does not grow
        with the archive: of each word and thread a bounded number is looked at.
        """
        numbers = dict.fromkeys(await self._of_threads({entry.root for entry in entries}))
        asked = [
            [(term[:_LONGEST_TERM], entry.figure.kind) for term in terms_of(entry)[:_MOST_TERMS]] for entry in entries
        ]
        holding = await self._holding(dict.fromkeys(pair for pairs in asked for pair in pairs))
        for pairs in asked:
            numbers |= dict.fromkeys(_rarest(pairs, holding, PER_FIGURE))
        return await self._load(list(numbers)[:MOST_SERIES], PER_SERIES)

    async def fresh(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those figures of one article that are in no series yet."""
        keys = sorted({entry.article_key for entry in entries})
        entered = {Span(*row) for row in await self._connection.execute(ENTERED, {"keys": keys})}
        return [entry for entry in entries if entry.figure.span not in entered]

    async def enter(self, entries: Sequence[Entry], verdicts: Sequence[Verdict], now: datetime) -> None:
        """Write down where an article's figures belong; a negative number opens a series.

        The figures' rows must be there (``Articles.store_reading``), and in no series yet (``fresh``).
        """
        rows = await self._rows([*entries, *(other for verdict in verdicts for other in _others(verdict))])
        placed = [
            (entry, verdict, verdict.series, row)
            for entry, verdict in zip(entries, verdicts, strict=True)
            if (row := rows.get(_place_of(entry))) is not None and verdict.series is not None
        ]
        opened = await self._open([(series, entry) for entry, _, series, _ in placed if series < 0])
        places: list[dict[str, Any]] = []
        joined: list[tuple[int, Entry]] = []
        disputes: set[tuple[int, int]] = set()
        for entry, verdict, series, row in placed:
            number = opened.get(series, series)
            before = None if verdict.before is None else rows.get(_place_of(verdict.before))
            places.append({
                "of": row.id,
                "to_series": number,
                "to_relation": verdict.relation.value,
                "to_before": None if before is None else before.id,
                "to_filed_at": entry.filed_at,
                "to_told_at": _told_at(verdict, before) or now,
                "to_thread": entry.root,
                "to_corrects": entry.corrects,
            })  # fmt: skip
            joined.append((number, entry))
            for other in verdict.conflicts:
                if (disputed := rows.get(_place_of(other))) is not None:
                    disputes |= {(row.id, disputed.id), (disputed.id, row.id)}
        if places:
            await self._connection.execute(PLACE, places)
            new = frozenset(opened.values())
            if more := [{"of": number, "at": entry.published} for number, entry in joined if number not in new]:
                await self._connection.execute(COUNT, more)
            await self._index(joined, new)
        if disputes:
            statement = self._insert(figure_disputes).on_conflict_do_nothing()
            pairs = [{"figure": one, "other": other} for one, other in sorted(disputes)]
            await self._connection.execute(statement, pairs)

    async def has_news(self, article_key: str) -> bool:
        """Whether a figure of an article changes or corrects what was told."""
        return (await self._connection.scalar(MOVED, {"key": article_key})) is not None

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
        """The series that answer some words best: by the words of their labels and names, their length, their age.

        The best has its newest ``MOST_ENTRIES`` entries, each of the others its newest ``FEW_ENTRIES``: they are offered.
        """
        asked = terms_asked(words)
        terms = [term[:_LONGEST_TERM] for term in [*pairs_of(asked), *asked][:_MOST_TERMS]]
        wanted = list(dict.fromkeys((term, kind) for term in terms for kind in FigureKind))
        numbers = _rarest(wanted, await self._holding(wanted), MOST_SERIES)
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
        ranked = [row.id for row in rank[:limit]]
        best = await self._load(ranked[:1], MOST_ENTRIES, retracted=False)
        return best + await self._load(ranked[1:], FEW_ENTRIES, retracted=False)

    async def newest(self, limit: int) -> list[Series]:
        """The series that were added to last, those told of more often first."""
        query = select(figure_series).order_by(figure_series.c.newest.desc()).limit(NEWEST_SERIES)
        rows = [row for row in await self._connection.execute(query) if row.entries > 0]
        rank = sorted(rows, key=lambda row: (-min(row.entries, PER_SERIES), -row.newest.timestamp(), row.id))
        return await self._load([row.id for row in rank[:limit]], MOST_ENTRIES, retracted=False)

    async def _of_threads(self, threads: Iterable[int]) -> list[int]:
        numbers: dict[int, None] = {}
        for thread in sorted(threads):
            numbers |= dict.fromkeys((await self._connection.scalars(OF_THREAD, {"thread": thread})).all())
        return list(numbers)

    async def _holding(self, asked: Iterable[_Term]) -> Mapping[_Term, list[int]]:
        """The series that hold some terms, each asked once, cut to their length; terms that none holds are left out."""
        hits: defaultdict[_Term, list[int]] = defaultdict(list)
        for statement, values in series_holding(self._connection.dialect.name, list(asked)):
            for term, of, series in await self._connection.execute(statement, values):
                hits[term, FigureKind(of)].append(series)
        return hits

    async def _load(self, numbers: Sequence[int], entries: int, *, retracted: bool = True) -> list[Series]:
        if not numbers:
            return []
        rows: defaultdict[int, list[Row[Any]]] = defaultdict(list)
        for statement, values in newest_of_series(self._connection.dialect.name, numbers, entries):
            for row in await self._connection.execute(statement, values):
                if retracted or row.retracted_at is None:
                    rows[row.series].append(row)
        return [
            Series(
                id=number,
                kind=FigureKind(rows[number][0].series_kind),
                unit=rows[number][0].series_unit,
                label=rows[number][0].series_label,
                entries=tuple(sorted(map(entry_of, rows[number]), key=age)),
            )
            for number in numbers
            if rows[number]
        ]

    async def _rows(self, entries: Iterable[Entry]) -> dict[_Spot, Row[Any]]:
        keys = sorted({entry.article_key for entry in entries})
        return {
            (row.article_key, row.span_start, row.span_end, row.label, row.retracted_at is not None): row
            for row in await self._connection.execute(ROWS, {"keys": keys})
        }

    async def _open(self, wanted: Sequence[tuple[int, Entry]]) -> dict[int, int]:
        """New series for figures of one article that belong to none that is known: their numbers, by those they go by so far."""
        counts = Counter(series for series, _ in wanted)
        firsts = dict(reversed(wanted))
        opened = list(counts)
        values = [
            {
                "kind": firsts[series].figure.kind.value,
                "unit": firsts[series].figure.unit,
                "label": firsts[series].figure.label,
                "entries": counts[series],
                "newest": firsts[series].published,
            }
            for series in opened
        ]
        numbers = (await self._connection.scalars(OPEN, values)).all() if values else ()
        return dict(zip(opened, numbers, strict=True))

    async def _index(self, joined: Sequence[tuple[int, Entry]], new: Collection[int]) -> None:
        """Let each series be found by the words of its new label too; those that are new are found by none yet."""
        held: defaultdict[int, set[str]] = defaultdict(set)
        if old := sorted({number for number, _ in joined} - set(new)):
            for series, term in await self._connection.execute(TERMS, {"series": old}):
                held[series].add(term)
        fresh: list[dict[str, Any]] = []
        for number, entry in joined:
            for term in terms_of(entry):
                if term not in held[number] and len(held[number]) < _MOST_TERMS:
                    held[number].add(term)
                    fresh.append({"term": term[:_LONGEST_TERM], "kind": entry.figure.kind.value, "series": number})
        if fresh:
            statement = self._insert(figure_terms).on_conflict_do_nothing()
            await self._connection.execute(statement, fresh)

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
            known |= await decoded(rows, lambda row: (row.id, entry_of(row)))
        return known
