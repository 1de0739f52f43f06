"""Owns what a chat may ask of its own data: all of it as a file, and that it be forgotten."""

import base64
import json
from datetime import date, datetime

from bot.store import Attachment, Transaction


async def export(tx: Transaction, chat_id: int, now: datetime) -> Attachment:
    """Every record about a chat as a JSON file, by table."""
    records = await tx.dossier.of(chat_id)
    whole = {"chat": chat_id, "exported_at": now.isoformat(), "records": records}
    content = json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode()
    return Attachment(field="document", filename="sitrep.json", media_type="application/json", content=content)


async def forget(tx: Transaction, chat_id: int, now: datetime, *, with_update: int) -> int:
    """Delete it all, as the update ``with_update`` asks; returns how many records there were."""
    counts = await tx.dossier.forget(chat_id, now, with_update=with_update)
    return sum(counts.values())


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
