"""The archive: tables, queries, migrations; nothing else speaks SQL."""

from bot.store.codec import dump_edition, load_edition
from bot.store.database import Store, Transaction
from bot.store.lock import DatabaseInUse, sole_user
from bot.store.records import (
    ALERT_FOLLOWED,
    LANES,
    Attachment,
    InboxRow,
    Kind,
    Lane,
    NewOutboxItem,
    OutboxItem,
    QueuedArticle,
    RecoveryReport,
    State,
    StoredEdition,
    Subscriber,
    Wishes,
)

__all__ = [
    "ALERT_FOLLOWED",
    "LANES",
    "Attachment",
    "DatabaseInUse",
    "InboxRow",
    "Kind",
    "Lane",
    "NewOutboxItem",
    "OutboxItem",
    "QueuedArticle",
    "RecoveryReport",
    "State",
    "Store",
    "StoredEdition",
    "Subscriber",
    "Transaction",
    "Wishes",
    "dump_edition",
    "load_edition",
    "sole_user",
]
