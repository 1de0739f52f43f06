"""How rows of the outbox are written and read, and the statements over them that run several times a second."""

import json
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.codec import storable
from bot.store.records import Attachment, Kind, Lane, NewOutboxItem, OutboxItem, State
from bot.store.tables import WAITING_EDITION, marks, outbox, subscribers

BROADCASTS_HELD = "broadcasts held"
"""The mark that operators set while no broadcast may go out."""


_UNREAD = frozenset({"watermark", "state", "due_at", "message_id", "error", "created_at", "updated_at"})
"""What is not read of a row that is claimed."""


def final(state: State, error: str | None, now: datetime | BindParameter[datetime]) -> dict[str, object]:
    """What a row becomes that is not sent (again): a file that was to go with it is not kept."""
    return {"state": state, "error": error, "updated_at": now, "file_content": None}


def late(before: datetime) -> ColumnElement[bool]:
    """The queued editions that became due before an instant."""
    return and_(
        text(WAITING_EDITION),
        outbox.c.lane == Lane.BROADCAST,
        outbox.c.due_at < before,
    )


def _claim() -> ReturningUpdate[Any]:
    """Take the rows of a lane that may go out now: due, first in their chat and lane, nothing in flight to that chat.

    Broadcasts that operators hold may not.
    """
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
    held = exists().where(marks.c.name == BROADCASTS_HELD)
    claimable = (
        select(outbox.c.id)
        .where(
            outbox.c.state == State.QUEUED,
            outbox.c.lane == bindparam("of_lane"),
            outbox.c.not_before <= bindparam("now"),
            outbox.c.chat_id.not_in(bindparam("busy", expanding=True)),
            or_(outbox.c.kind != Kind.EDITION, outbox.c.due_at >= bindparam("late_before")),
            ~in_flight,
            ~before,
            or_(outbox.c.lane == Lane.REPLY, ~held),
        )
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(bindparam("most"))
    )
    taken = update(outbox).where(
        outbox.c.id.in_(claimable.correlate(None))
    )  # it looks at all rows, not at the one it takes
    values = {
        "state": State.SENDING,
        "attempts": outbox.c.attempts + 1,
        "updated_at": bindparam("now"),
        "sender": bindparam("sender"),
    }
    return taken.values(**values).returning(*(column for column in outbox.c if column.name not in _UNREAD))


def _sent() -> Update:
    """A row whose call was answered, with the number of the message where there is one."""
    values = final(State.SENT, None, bindparam("now", type_=outbox.c.updated_at.type))
    return update(outbox).where(outbox.c.id == bindparam("row")).values(message_id=bindparam("message"), **values)


def _told() -> Update:
    """Move the watermarks of those whose edition is sent to its last part with one of some rows."""
    part = outbox.alias("part")
    unsent = exists().where(
        part.c.edition_id == outbox.c.edition_id, part.c.chat_id == outbox.c.chat_id, part.c.state != State.SENT
    )
    complete = (
        select(outbox.c.chat_id, func.max(outbox.c.watermark).label("watermark"))
        .where(
            outbox.c.id.in_(bindparam("rows", expanding=True)),
            outbox.c.watermark.is_not(None),
            or_(outbox.c.parts == 1, and_(outbox.c.part == outbox.c.parts, ~unsent)),
        )
        .group_by(outbox.c.chat_id)
        .subquery("complete")
    )
    ahead = or_(subscribers.c.watermark.is_(None), subscribers.c.watermark < complete.c.watermark)
    mine = update(subscribers).where(subscribers.c.chat_id == complete.c.chat_id, ahead)
    return mine.values(watermark=complete.c.watermark, uncertain=False)


class _Origin(TypedDict, total=False):
    update: int
    article: str
    story: int


CLAIM = _claim()
SENT = _sent()
TOLD = _told()
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
    """A row that was claimed."""
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
        attempts=row.attempts,
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
