"""The statements of the figure ledger, built once: building one costs as much as running it."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Executable,
    Select,
    Text,
    bindparam,
    case,
    column,
    func,
    insert,
    select,
    true,
    union_all,
    update,
)

from bot.desk.memory import Relation
from bot.store.engine import POSTGRESQL
from bot.store.ledger_tables import figure_series, figure_terms
from bot.store.tables import figures
from bot.store.types import Instant
from models.api import FigureKind

Search = tuple[Executable, dict[str, object]]
_Value = TypeVar("_Value")

PER_TERM = 100
"""Of each word so many series are looked at, those opened last; a word that more of them share finds nothing alone."""
PER_THREAD = 200
"""Figures of a thread that are looked at, the newest."""
MOST_SERIES = 40
_TERMS_AT_ONCE = (24, 96)
_SERIES_AT_ONCE = (8, MOST_SERIES)
"""Statements come in two sizes: a search that is left empty costs little, another statement more than it finds."""

_HEAD = (
    figure_series.c.kind.label("series_kind"),
    figure_series.c.unit.label("series_unit"),
    figure_series.c.label.label("series_label"),
)


def _holding(place: int) -> Select[Any]:
    holds = (figure_terms.c.term == bindparam(f"term{place}")) & (figure_terms.c.kind == bindparam(f"kind{place}"))
    newest = select(figure_terms).where(holds).order_by(figure_terms.c.series.desc()).limit(PER_TERM)
    return select(newest.subquery(f"held{place}"))


def _newest(place: int) -> Select[Any]:
    number: BindParameter[int] = bindparam(f"series{place}")
    both = figures.join(figure_series, figure_series.c.id == figures.c.series)
    mine = select(figures, *_HEAD).select_from(both).where(figures.c.series == number)
    newest = mine.order_by(figures.c.published.desc(), figures.c.id.desc()).limit(bindparam("entries"))
    return select(newest.subquery(f"newest{place}"))


_HOLDING = {size: union_all(*map(_holding, range(size))) for size in _TERMS_AT_ONCE}
_NEWEST = {size: union_all(*map(_newest, range(size))) for size in _SERIES_AT_ONCE}
"""Several bounded searches in one statement, as SQLite can be told them; planning these is what PostgreSQL would be slow at."""


def _holding_on_server() -> Select[Any]:
    terms, kinds = (bindparam(name, type_=ARRAY(Text)) for name in ("terms", "kinds"))
    asked = func.unnest(terms, kinds).table_valued(column("term", Text), column("kind", Text)).render_derived("asked")
    holds = (figure_terms.c.term == asked.c.term) & (figure_terms.c.kind == asked.c.kind)
    held = select(figure_terms).where(holds).order_by(figure_terms.c.series.desc()).limit(PER_TERM).lateral("held")
    return select(held).select_from(asked.join(held, true()))


def _newest_on_server() -> Select[Any]:
    numbers: BindParameter[Any] = bindparam("numbers", type_=ARRAY(BigInteger))
    asked = func.unnest(numbers).table_valued(column("number", BigInteger)).render_derived("asked")
    both = figures.join(figure_series, figure_series.c.id == figures.c.series)
    mine = select(figures, *_HEAD).select_from(both).where(figures.c.series == asked.c.number)
    newest = (
        mine.order_by(figures.c.published.desc(), figures.c.id.desc()).limit(bindparam("entries")).lateral("newest")
    )
    return select(newest).select_from(asked.join(newest, true()))


_HOLDING_ON_SERVER, _NEWEST_ON_SERVER = _holding_on_server(), _newest_on_server()


def series_holding(dialect: str, asked: Sequence[tuple[str, FigureKind]]) -> Iterator[Search]:
    """The statements that find the series which hold some terms, those opened last: rows of term, kind and series."""
    if dialect == POSTGRESQL:
        yield _HOLDING_ON_SERVER, {"terms": [term for term, _ in asked], "kinds": [kind.value for _, kind in asked]}
        return
    for some, size in _portions(asked, _TERMS_AT_ONCE):
        filled = [*some, *[("", FigureKind.COUNT)] * (size - len(some))]
        values: dict[str, object] = {f"term{place}": term for place, (term, _) in enumerate(filled)}
        yield _HOLDING[size], values | {f"kind{place}": kind.value for place, (_, kind) in enumerate(filled)}


def newest_of_series(dialect: str, numbers: Sequence[int], entries: int) -> Iterator[Search]:
    """The statements that find the newest entries of some series: rows of ``figures``, each with the head of its series."""
    if dialect == POSTGRESQL:
        yield _NEWEST_ON_SERVER, {"numbers": list(numbers), "entries": entries}
        return
    for some, size in _portions(numbers, _SERIES_AT_ONCE):
        filled = [*some, *[0] * (size - len(some))]
        values: dict[str, object] = {f"series{place}": number for place, number in enumerate(filled)}
        yield _NEWEST[size], values | {"entries": entries}


def _portions(values: Sequence[_Value], sizes: Sequence[int]) -> Iterator[tuple[Sequence[_Value], int]]:
    """As many values at a time as the last size holds, with the smallest of the sizes, which go up, that holds them."""
    for at in range(0, len(values), sizes[-1]):
        some = values[at : at + sizes[-1]]
        yield some, next(size for size in sizes if len(some) <= size)


ENTERED = select(figures.c.span_start, figures.c.span_end).where(
    figures.c.article_key.in_(bindparam("keys", expanding=True)),
    figures.c.series.is_not(None),
    figures.c.retracted_at.is_(None),
)
OF_THREAD = (
    select(figures.c.series)
    .where(figures.c.thread == bindparam("thread"), figures.c.series.is_not(None))
    .order_by(figures.c.id.desc())
    .limit(PER_THREAD)
)
ROWS = select(figures).where(figures.c.article_key.in_(bindparam("keys", expanding=True)))
TERMS = select(figure_terms.c.series, figure_terms.c.term).where(
    figure_terms.c.series.in_(bindparam("series", expanding=True))
)
MOVED = (
    select(figures.c.id)
    .where(
        figures.c.article_key == bindparam("key"),
        figures.c.series.is_not(None),
        figures.c.retracted_at.is_(None),
        figures.c.relation.in_([Relation.CHANGE.value, Relation.CORRECTION.value]),
    )
    .limit(1)
)
OPEN = insert(figure_series).returning(figure_series.c.id, sort_by_parameter_order=True)

PLACE = (
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
COUNT = (
    update(figure_series)
    .where(figure_series.c.id == bindparam("of"))
    .values(
        entries=figure_series.c.entries + 1,
        newest=case((figure_series.c.newest < _AT, _AT), else_=figure_series.c.newest),
    )
)
