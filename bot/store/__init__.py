"""The archive: tables, queries, migrations; nothing else speaks SQL."""

from bot.store.alerts import Alarm, Reason
from bot.store.codec import dump_edition, load_edition
from bot.store.control import Source, SourceState
from bot.store.database import Store, Transaction, Turn
from bot.store.feeds import FeedRow
from bot.store.lock import DatabaseInUse, sole_user
from bot.store.pages import PageRow, PageState
from bot.store.passing import passes
from bot.store.posts import ITEM
from bot.store.records import (
    ALERT_FOLLOWED,
    LANES,
    Attachment,
    Bell,
    Failure,
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
from bot.store.retention import Place, Swept
from bot.store.standing import Standing, standing_of
from bot.store.subscribers import Census
from bot.store.voices import Voice

__all__ = [
    "ALERT_FOLLOWED",
    "ITEM",
    "LANES",
    "Alarm",
    "Attachment",
    "Bell",
    "Census",
    "DatabaseInUse",
    "Failure",
    "FeedRow",
    "InboxRow",
    "Kind",
    "Lane",
    "NewOutboxItem",
    "OutboxItem",
    "PageRow",
    "PageState",
    "Place",
    "QueuedArticle",
    "Reason",
    "RecoveryReport",
    "Source",
    "SourceState",
    "Standing",
    "State",
    "Store",
    "StoredEdition",
    "Subscriber",
    "Swept",
    "Transaction",
    "Turn",
    "Voice",
    "Wishes",
    "dump_edition",
    "load_edition",
    "passes",
    "sole_user",
    "standing_of",
]
