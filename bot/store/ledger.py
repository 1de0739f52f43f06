"""The figure ledger as it is kept: series of figures, found by their thread and by their rarest words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, insert, select, union_all, update

from bot.desk.ledger import Series, Verdict, by_value
from bot.desk.memory import Entry, FactKey, FigureNote, Relation
from bot.desk.subjects import pairs_of, terms_asked, terms_of
from bot.desk.ties import age
from bot.store.figures import entry_of
from bot.store.ledger_tables import figure_disputes, figure_series, figure_terms
from bot.store.sql import Repository, decoded
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
FEW_ENTRIES = 24
_MOST_TERMS = 60
_CHUNK = 500
_LONGEST_TERM = 64
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

_PLACE = (
    update(figures)
    .where(figures.c.id == bindparam("of"))
    .values(
        series=bindparam("to_series"),
        relation=bindparam("to_relation"),
        before=bindparam("to_before"),
        filed_at=bindparam("to_filed_at"),
        told_at=bindparam("to_told_at"),
        thread=bindparam("to_thread"),
        corrects=bindparam("to_corrects"),
    )
)
_AT = bindparam("at", type_=Instant())
_COUNT = (
    update(figure_series)
    .where(figure_series.c.id == bindparam("of"))
    .values(
        entries=figure_series.c.entries + 1,
        newest=case((figure_series.c.newest < _AT, _AT), else_=figure_series.c.newest),
    )
)

_Spot = tuple[str, int, int, str, bool]


def _place_of(entry: Entry) -> _Spot:
    span = entry.figure.span
    return entry.article_key, span.start, span.end, entry.figure.label, entry.retracted


def _told_at(verdict: Verdict, before: Row[Any] | None) -> datetime | None:
    """When the value that is repeated was first told."""
    told: datetime | None = before.told_at if before is not None and verdict.relation is Relation.REPEAT else None
    return told


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

        The figures' rows must be there (``Articles.store_reading``), and in no series yet (``fresh``).
        """
        rows = await self._rows([*entries, *(other for verdict in verdicts for other in _others(verdict))])
        opened: dict[int, int] = {}
        places: list[dict[str, Any]] = []
        joined: list[tuple[int, Entry]] = []
        disputes: set[tuple[int, int]] = set()
        for entry, verdict in zip(entries, verdicts, strict=True):
            row = rows.get(_place_of(entry))
            if row is None or verdict.series is None:
                continue
            number = verdict.series if verdict.series > 0 else opened.get(verdict.series)
            if number is None:
                number = opened[verdict.series] = await self._open(entry)
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
            await self._connection.execute(_PLACE, places)
            await self._connection.execute(_COUNT, [{"of": number, "at": entry.published} for number, entry in joined])
            await self._index(joined)
        if disputes:
            statement = self._insert(figure_disputes).on_conflict_do_nothing()
            pairs = [{"figure": one, "other": other} for one, other in sorted(disputes)]
            await self._connection.execute(statement, pairs)

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
            values = {f"term{place}": term[:_LONGEST_TERM] for place, (term, _) in enumerate(some)}
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

    async def _rows(self, entries: Iterable[Entry]) -> dict[_Spot, Row[Any]]:
        keys = sorted({entry.article_key for entry in entries})
        query = select(figures).where(figures.c.article_key.in_(keys))
        return {
            (row.article_key, row.span_start, row.span_end, row.label, row.retracted_at is not None): row
            for row in await self._connection.execute(query)
        }

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

    async def _index(self, joined: Sequence[tuple[int, Entry]]) -> None:
        """Let each series be found by the words of its new label too."""
        mine = figure_terms.c.series.in_(sorted({number for number, _ in joined}))
        held: defaultdict[int, set[str]] = defaultdict(set)
        for row in await self._connection.execute(select(figure_terms.c.series, figure_terms.c.term).where(mine)):
            held[row.series].add(row.term)
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
