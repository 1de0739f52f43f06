"""Multiplies the rows of one block into an archive of any age: again and again, each time three weeks earlier.

What the code of the bot wrote is taken as it is; the copies get numbers, keys, times and names of places of their own. The
editions of the copies keep their wording, which nobody asks for. A few series go on through the whole archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Date, Table, create_engine, select
from sqlalchemy.types import TypeEngine

from bench.growth_block import NOW, PLACES, name_of
from bot.desk.stories import MEMORY
from bot.store.tables import metadata
from bot.store.types import Instant

DUE_A_MINUTE = 50
"""Readers who are due in each of the first minutes; all others are due later."""
MINUTES = 12
_LATER = timedelta(hours=1)
_MINUTES_OF_DAY = 1_380
_LONG_SERIES = 5
"""Series that go on in every block."""
OF_READERS = (
    "subscribers",
    "outbox",
    "alert_wishes",
    "voices",
    "alerts",
    "reminder_readers",
    "deadline_follows",
)
OF_NEWS = (
    "posts",
    "articles",
    "stories",
    "readings",
    "figure_series",
    "figures",
    "figure_terms",
    "figure_disputes",
    "deadline_entries",
    "deadlines",
    "deadline_terms",
    "editions",
    "drawn",
    "story_words",
)
ONCE = ("marks", "outlet_voices")
FILLED = (*OF_NEWS, *OF_READERS, *ONCE)
_NUMBERS = {
    "story": ("stories.id", "stories.follows", "figures.thread"),
    "figure": ("figures.id", "figures.before", "figure_disputes.figure", "figure_disputes.other"),
    "series": ("figure_series.id", "figures.series", "figure_terms.series"),
    "entry": ("deadline_entries.id", "deadlines.entry", "deadline_terms.entry"),
    "deadline": ("deadlines.id",),
    "edition": ("editions.id", "drawn.edition_id"),
    "message": ("posts.message_id",),
    "outbox": ("outbox.id",),
    "chat": tuple(f"{table}.chat_id" for table in OF_READERS),
}
"""Columns that number one kind of thing; each copy goes on counting where the one before has ended."""
_KIND_OF = {column: kind for kind, columns in _NUMBERS.items() for column in columns}

_SETTLED = {
    "articles", "readings", "figure_series", "subscribers", "reminder_readers", "outbox", "voices", "alerts", "deadline_follows",
}  # fmt: skip
"""Tables of whose rows something depends on more than one value."""
_NAMES = tuple(name_of(place, 0) for place in range(PLACES))

_Row = tuple[Any, ...]
Written = Callable[[date | datetime], Any]
"""What a database takes for a day or an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The rows of one block, by table, as SQLAlchemy gives them; ``spans`` say how far each kind of number goes."""

    articles: int
    rows: Mapping[str, Sequence[_Row]]
    spans: Mapping[str, int]
    long_series: frozenset[int]


def read_block(file: Path) -> Block:
    """Take everything that a block holds out of its database."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        rows = {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in metadata.tables.items()
            if name in FILLED
        }
    engine.dispose()
    spans: Counter[str] = Counter()
    for kind, columns in _NUMBERS.items():
        for column in columns:
            name, _, field = column.partition(".")
            at = list(metadata.tables[name].c.keys()).index(field)
            spans[kind] = max([spans[kind], *(row[at] + 1 for row in rows[name] if row[at] is not None)])
    articles = len(rows["articles"])
    spans["chat"] = spans["message"] = articles
    entries = sorted(rows["figure_series"], key=lambda row: -row[4])
    return Block(
        articles=articles, rows=rows, spans=spans, long_series=frozenset(row[0] for row in entries[:_LONG_SERIES])
    )


class _Known(dict[Any, Any]):
    """Works a value out once."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._work_out(value)
        return found


class _Copy:
    """One copy of the block: what each value becomes in it. ``number`` counts from 0, the oldest."""

    def __init__(self, block: Block, number: int, copies: int, written: Written) -> None:
        self.number, self.copies = number, copies
        self._earlier = MEMORY * (copies - 1 - number)
        self._shifts = {kind: number * span for kind, span in block.spans.items()}
        self._long = block.long_series
        self._names = {old: name_of(place, number) for place, old in enumerate(_NAMES)}
        self.changes: dict[str, Callable[[Any], Any]] = {
            "when": _Known(lambda value: written(value - self._earlier)).__getitem__,
            "key": _Known(self._key).__getitem__,
            "series": self._series,
            **{kind: self._adding(shift) for kind, shift in self._shifts.items() if kind != "series"},
            **{f"name {name}": self._renaming(name) for name in self._names},
        }

    def _adding(self, shift: int) -> Callable[[int], int]:
        return lambda value: value + shift

    def _renaming(self, name: str) -> Callable[[str], str]:
        new, old_word, new_word = self._names[name], name.lower(), self._names[name].lower()
        return lambda value: value.replace(name, new).replace(old_word, new_word)

    def rewritten(self, body: str, key: str) -> str:
        """The JSON of an article or of its reading, which hold its key, and when it was published."""
        body = _put(body, '"key":"', lambda _: key)
        return _put(body, '"published":"', lambda told: (datetime.fromisoformat(told) - self._earlier).isoformat())

    def _key(self, value: str) -> str:
        stem, _, message = value.rpartition(":")
        return f"{stem}:{int(message) + self._shifts['message']}"

    def _series(self, value: int) -> int:
        return value if value in self._long else value + self._shifts["series"]


def _put(body: str, after: str, change: Callable[[str], str]) -> str:
    """Change the first string that stands after something."""
    begin = body.find(after) + len(after)
    if begin < len(after):
        return body
    end = body.index('"', begin)
    return f"{body[:begin]}{change(body[begin:end])}{body[end:]}"


class _Plan:
    """How the rows of a table are copied: of each row the places that change, and how."""

    def __init__(self, table: Table, block: Block, written: Written) -> None:
        self._name = table.name
        self._block = block
        self._written = written
        self._at = {column.name: at for at, column in enumerate(table.c)}
        kinds = [self._kind(column.name, column.type) for column in table.c]
        self._rows = [
            (_as_written(row, kinds, written), list(self._changes(row, kinds)), self._is_long(row))
            for row in block.rows[table.name]
        ]

    def _kind(self, column: str, of: TypeEngine[Any]) -> str | None:
        name = f"{self._name}.{column}"
        if name in _KIND_OF:
            return _KIND_OF[name]
        if self._name in OF_READERS:
            return None
        if column == "article_key" or name == "articles.key":
            return "key"
        if column == "story":
            return "story"
        return "when" if isinstance(of, Instant | Date) else None

    def _changes(self, row: _Row, kinds: Sequence[str | None]) -> Iterator[tuple[int, str]]:
        for at, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            if value is None:
                continue
            if kind is not None:
                yield at, kind
            elif isinstance(value, str) and self._name in OF_NEWS:
                held = next((name for name in _NAMES if name in value or name.lower() in value), None)
                if held is not None:
                    yield at, f"name {held}"

    def _is_long(self, row: _Row) -> bool:
        """Whether it heads a series that goes on in every copy: it is written once."""
        column = {"figure_series": "id", "figure_terms": "series"}.get(self._name)
        return column is not None and row[self._at[column]] in self._block.long_series

    def rows(self, copies: int) -> Iterator[Sequence[Any]]:
        """The rows of every copy, the oldest first."""
        settles = self._name in _SETTLED
        for number in range(copies):
            copy = _Copy(self._block, number, copies, self._written)
            last, changing = number == copies - 1, copy.changes
            for row, changes, is_long in self._rows:
                if is_long and not last:
                    continue
                new = list(row)
                for at, kind in changes:
                    new[at] = changing[kind](new[at])
                if settles:
                    self._settle(new, copy, is_long=is_long)
                yield new

    def _settle(self, new: list[Any], copy: _Copy, *, is_long: bool) -> None:
        """What depends on more than the value itself. Readers know the newest block alone."""
        at, newest = self._at, {kind: (copy.copies - 1) * span for kind, span in self._block.spans.items()}
        match self._name:
            case "articles":
                new[at["body"]] = copy.rewritten(new[at["body"]], new[at["key"]])
            case "readings":
                for column in ("article", "reading"):
                    new[at[column]] = copy.rewritten(new[at[column]], new[at["article_key"]])
            case "figure_series" if is_long:
                new[at["entries"]] *= copy.copies
            case "subscribers":
                new[at["next_due_at"]] = self._written(_due(new[at["chat_id"]], copy.copies * self._block.articles))
            case "reminder_readers":
                later = _LATER + timedelta(minutes=new[at["chat_id"]] % _MINUTES_OF_DAY)
                new[at["next_at"]] = self._written(NOW + later)
            case "outbox":
                chat = new[at["chat_id"]]
                old = chat - copy.number * self._block.articles
                new[at["params"]] = new[at["params"]].replace(f'"chat_id":{old},', f'"chat_id":{chat},')
                new[at["dedupe_key"]] = new[at["dedupe_key"]].replace(f":{old}:", f":{chat}:", 1)
                new[at["edition_id"]] += newest["edition"]
            case "voices" | "alerts":
                new[at["story"]] += newest["story"]
            case "deadline_follows":
                new[at["entry"]] += newest["entry"]


def rows_of(block: Block, table: Table, copies: int, written: Written) -> Iterator[Sequence[Any]]:
    """The rows of a table of an archive of so many blocks, the oldest first."""
    if table.name in ONCE:
        return (_as_written(row, [None] * len(row), written) for row in block.rows[table.name])
    return _Plan(table, block, written).rows(copies)


def _as_written(row: _Row, kinds: Sequence[str | None], written: Written) -> _Row:
    """A row with the days and instants that stay as they are as its database takes them."""
    return tuple(
        written(value) if isinstance(value, date) and kind is None else value
        for value, kind in zip(row, kinds, strict=True)
    )


def renamed(text: str, copies: int) -> str:
    """A text of the block as it stands in the newest copy."""
    for place in range(PLACES):
        old, new = name_of(place, 0), name_of(place, copies - 1)
        text = text.replace(old, new).replace(old.lower(), new.lower())
    return text


def _due(chat: int, readers: int) -> datetime:
    """When a reader is due: the last ones in the first minutes, so many in each, all others in the day after."""
    place = readers - chat
    if place < DUE_A_MINUTE * MINUTES:
        return NOW + timedelta(minutes=place // DUE_A_MINUTE)
    return NOW + _LATER + timedelta(minutes=chat * 7 % _MINUTES_OF_DAY)
