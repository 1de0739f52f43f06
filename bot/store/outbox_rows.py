"""How rows of the outbox are written and read, and the two queries over them that run several times a second."""

import json
from datetime import datetime
from typing import TypedDict

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, or_, select

from bot.store.codec import storable
from bot.store.records import Attachment, Kind, Lane, NewOutboxItem, OutboxItem, State
from bot.store.tables import outbox


def final(state: State, error: str | None, now: datetime) -> dict[str, object]:
    """What a row becomes that is not sent (again): a file that was to go with it is not kept."""
    return {"state": state, "error": error, "updated_at": now, "file_content": None}


def late(before: datetime) -> ColumnElement[bool]:
    """The queued editions that became due before an instant."""
    return and_(
        outbox.c.state == State.QUEUED,
        outbox.c.lane == Lane.BROADCAST,
        outbox.c.kind == Kind.EDITION,
        outbox.c.due_at < before,
    )


def _claimable() -> Select[tuple[object, ...]]:
    """The rows of a lane that may go out now: due, first in their chat and lane, nothing in flight to that chat."""
    flying, earlier = outbox.alias("flying"), outbox.alias("earlier")
    in_flight = exists().where(flying.c.chat_id == outbox.c.chat_id, flying.c.state == State.SENDING)
    before = exists().where(
        earlier.c.chat_id == outbox.c.chat_id,
        earlier.c.state == State.QUEUED,
        earlier.c.lane == outbox.c.lane,
        or_(
            earlier.c.due_at < outbox.c.due_at,
            and_(earlier.c.due_at == outbox.c.due_at, earlier.c.id < outbox.c.id),
        ),
    )
    return (
        select(outbox)
        .where(
            outbox.c.state == State.QUEUED,
            outbox.c.lane == bindparam("lane"),
            outbox.c.not_before <= bindparam("now"),
            outbox.c.chat_id.not_in(bindparam("busy", expanding=True)),
            or_(outbox.c.kind != Kind.EDITION, outbox.c.due_at >= bindparam("late_before")),
            ~in_flight,
            ~before,
        )
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
    )


def _completed() -> Select[tuple[int, datetime]]:
    """Of some rows those that were the last part of an edition to be sent, each with its watermark."""
    part = outbox.alias("part")
    unsent = exists().where(
        part.c.edition_id == outbox.c.edition_id, part.c.chat_id == outbox.c.chat_id, part.c.state != State.SENT
    )
    return select(outbox.c.chat_id, outbox.c.watermark).where(
        outbox.c.id.in_(bindparam("rows", expanding=True)),
        outbox.c.watermark.is_not(None),
        or_(outbox.c.parts == 1, and_(outbox.c.part == outbox.c.parts, ~unsent)),
    )


class _Origin(TypedDict, total=False):
    update: int
    article: str
    story: int


CLAIMABLE = _claimable()
COMPLETED = _completed()
"""Made once: they run several times a second, and making them took longer than running them."""


def new_row(item: NewOutboxItem, now: datetime) -> dict[str, object]:
    """A new row."""
    due_at = item.not_before or now
    return {
        "chat_id": item.chat_id,
        "lane": item.lane,
        "kind": item.kind,
        "method": item.method,
        "params": storable(json.dumps(item.params, ensure_ascii=False, separators=(",", ":"))),
        "dedupe_key": item.dedupe_key,
        "edition_id": item.edition_id,
        "part": item.part,
        "parts": item.parts,
        "watermark": item.watermark,
        "state": State.QUEUED,
        "due_at": due_at,
        "not_before": due_at,
        "attempts": 0,
        "unclear": 0,
        "plain": False,
        "created_at": now,
        "updated_at": now,
        **_file_values(item.attachment),
    }


def _file_values(attachment: Attachment | None) -> dict[str, object]:
    if attachment is None:
        return {"file_field": None, "file_name": None, "file_type": None, "file_content": None}
    return {
        "file_field": attachment.field,
        "file_name": attachment.filename,
        "file_type": attachment.media_type,
        "file_content": attachment.content,
    }


def item_of(row: Row[tuple[object, ...]]) -> OutboxItem:
    """A row as its claim leaves it."""
    return OutboxItem(
        id=row.id,
        chat_id=row.chat_id,
        lane=Lane(row.lane),
        kind=Kind(row.kind),
        method=row.method,
        params=json.loads(row.params),
        edition_id=row.edition_id,
        part=row.part,
        parts=row.parts,
        attempts=row.attempts + 1,
        unclear=row.unclear,
        plain=row.plain,
        attachment=_attachment(row),
        **_origin(row.dedupe_key),
    )


def _origin(dedupe_key: str) -> _Origin:
    """What the key of a row says of where it comes from; see ``NewOutboxItem``."""
    match dedupe_key.split(":"):
        case ["reply", update, _] if update.isdecimal():
            return {"update": int(update)}
        case ["correction", _, *article, _]:
            return {"article": ":".join(article)}
        case ["alert" | "withdrawn", _, story] if story.isdecimal():
            return {"story": int(story)}
        case _:
            return {}


def _attachment(row: Row[tuple[object, ...]]) -> Attachment | None:
    if row.file_content is None:
        return None
    return Attachment(
        field=row.file_field, filename=row.file_name, media_type=row.file_type, content=bytes(row.file_content)
    )
