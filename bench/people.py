"""A reader of a daily edition, as measurements need many."""

from datetime import datetime, time, timedelta

from bot.store import Subscriber


def daily_reader(chat_id: int, due: datetime, now: datetime) -> Subscriber:
    """Who reads every topic and gets an edition at ``due`` and every day after at that hour; all times are UTC."""
    return Subscriber(
        chat_id=chat_id,
        kind="private",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset(),
        times=(time(due.hour, due.minute),),
        zone="UTC",
        watermark=now - timedelta(days=1),
        next_due_at=due,
        created_at=now,
    )
