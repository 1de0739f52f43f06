"""The statements of the figure ledger, built once: building one costs as much as running it."""

from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, case, insert, select, union_all, update

from bot.desk.memory import Relation
from bot.store.ledger_tables import figure_series, figure_terms
from bot.store.tables import figures
from bot.store.types import Instant

PER_TERM = 100
"""Of each word so many series are looked at, those opened last; a word that more of them share finds nothing alone."""
PER_THREAD = 200
"""Figures of a thread that are looked at, the newest."""
MOST_SERIES = 40
TERMS_AT_ONCE = (12, 24, 36, 48, 72, 96)
SERIES_AT_ONCE = (4, 8, 16, 24, MOST_SERIES)
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


HOLDING = {size: union_all(*map(_holding, range(size))) for size in TERMS_AT_ONCE}
NEWEST = {size: union_all(*map(_newest, range(size))) for size in SERIES_AT_ONCE}
"""Several bounded searches in one statement."""

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
