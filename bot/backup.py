"""The commands that take and restore a backup, with what they show."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.store.backup import Inventory, back_up, restore
from bot.store.backup import Progress as OnProgress


def run_backup(url: str, target: Path, *, force: bool) -> str:
    """Back up the database, and say what the copy holds.

    Raises:
        SitrepError: see ``bot.store.backup.back_up``.
    """
    with _shown("Backing up") as progress:
        inventory = back_up(url, target, force=force, progress=progress)
    return f"Backed up to {target}: {_holding(inventory)}."


def run_restore(url: str, backup: Path, now: datetime) -> str:
    """Restore the database, and say what it holds now and where the former one is.

    Raises:
        SitrepError: see ``bot.store.backup.restore``.
    """
    with _shown("Restoring") as progress:
        restored = asyncio.run(restore(url, backup, now, progress=progress))
    lines = [f"Restored {backup}: {_holding(restored.inventory)}."]
    if restored.kept is not None:
        lines.append(f"The database that was there is kept as {restored.kept}.")
    if restored.inventory.open_deliveries:
        lines.append("Open deliveries that went out after the backup was taken will go out again.")
    return "\n".join(lines)


def _holding(inventory: Inventory) -> str:
    counts = (
        (inventory.articles, "article", "articles"),
        (inventory.subscribers, "subscriber", "subscribers"),
        (inventory.open_deliveries, "open delivery", "open deliveries"),
    )
    said = [f"{count:,} {one if count == 1 else several}" for count, one, several in counts]
    return ", ".join([decimal(inventory.size_bytes), *said])


@contextlib.contextmanager
def _shown(what: str) -> Iterator[OnProgress]:
    """A bar on the terminal while the block runs; nothing where there is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda copied, total: bar.update(task, completed=copied, total=total)
