"""The drill: a copy taken while others write holds what the database held, and can be put in its place."""

import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from store_samples import NOON, article, message, subscriber

from bot.store import LANES, DatabaseInUse, State, Store, sole_user
from bot.store.backup import Inventory, back_up, restore
from models.api import SitrepError

WRITER = """
import asyncio, sys
from datetime import UTC, datetime
sys.path.insert(0, sys.argv[2])
from bot.store import Store
from store_samples import message, subscriber

async def write():
    store = await Store.open(sys.argv[1])
    number = 0
    while True:
        number += 1
        async with store.begin() as tx:  # together or not at all
            await tx.subscribers.save(subscriber(number))
            await tx.outbox.put(message(number), datetime.now(UTC))
        if number == 20:
            print("writing", flush=True)

asyncio.run(write())
"""


def silent(copied: int, total: int) -> None:
    assert 0 <= copied <= total


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Backups are of SQLite files; for PostgreSQL there is pg_dump."""
    return sqlite_url


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def fill(store: Store) -> None:
    async with store.begin() as tx:
        for number in range(1, 41):
            await tx.subscribers.save(subscriber(number))
            await tx.articles.queue(article(f"post:-100:{number}"), NOON, NOON)
            await tx.outbox.put(message(number), NOON)
    async with store.begin() as tx:
        items = await tx.outbox.claim(LANES, 7, NOON)
        await tx.outbox.sent_all([(item.id, item.id) for item in items[:4]], NOON)


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(raw.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()}


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[None]:
    """Another process writes for as long as the block lasts."""
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, url, str(Path(__file__).parent), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    assert await writer.stdout.readline() == b"writing\n"
    yield
    assert writer.returncode is None, "the writer was stopped by the backup"
    writer.kill()
    await writer.wait()


async def test_a_backup_restored_on_another_machine_holds_everything(store: Store, url: str, tmp_path: Path) -> None:
    await fill(store)
    held = back_up(url, tmp_path / "copy.db", progress=silent)
    assert (held.articles, held.subscribers, held.open_deliveries) == (40, 40, 36)
    assert held.size_bytes == (tmp_path / "copy.db").stat().st_size
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600

    elsewhere = tmp_path / "elsewhere" / "sitrep.db"
    restored = await restore(url_of(elsewhere), tmp_path / "copy.db", NOON, progress=silent)
    assert restored.inventory == held
    assert restored.kept is None
    assert everything(elsewhere) == everything(path_of(url))

    again = await Store.open(url_of(elsewhere))
    async with again.begin() as tx:
        counts = await tx.outbox.counts()
        assert (counts[State.QUEUED], counts[State.SENDING], counts[State.SENT]) == (33, 3, 4)
        assert (await tx.outbox.recover(NOON)).requeued == 3
    await again.close()


async def test_a_backup_taken_while_a_process_writes_is_one_instant_of_it(
    store: Store, url: str, tmp_path: Path
) -> None:
    async with store.begin() as tx:  # some pages, so that copying takes more than one step
        for number in range(400):
            await tx.articles.queue(article(f"post:-100:{number}", text="News. " * 8_000), NOON, NOON)
    steps: list[tuple[int, int]] = []
    async with writing(url):
        before = len(everything(path_of(url))["subscribers"])
        held = await asyncio.to_thread(
            back_up, url, tmp_path / "copy.db", progress=lambda copied, total: steps.append((copied, total))
        )
        await asyncio.sleep(0)
        after = len(everything(path_of(url))["subscribers"])
    assert held.articles == 400
    assert held.subscribers == held.open_deliveries
    assert before <= held.subscribers <= after
    assert len(steps) > 3
    assert steps == sorted(steps), "it began anew"
    assert len({total for _, total in steps}) == 1
    assert beside(tmp_path / "copy.db") == {"archive", "copy.db"}


async def test_what_was_replaced_is_kept_with_all_that_was_committed(store: Store, url: str, tmp_path: Path) -> None:
    await fill(store)
    back_up(url, tmp_path / "copy.db", progress=silent)
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(99))
    later = everything(path_of(url))
    # The store stays open, as after kill -9: what it committed last is in the log beside the file.
    first = await restore(url, tmp_path / "copy.db", NOON, progress=silent)
    second = await restore(url, tmp_path / "copy.db", NOON, progress=silent)
    assert first.kept == path_of(url).with_name("news.db.replaced-20260701T120000Z")
    assert second.kept == path_of(url).with_name("news.db.replaced-20260701T120000Z-2")
    assert everything(first.kept) == later
    assert everything(second.kept) == everything(path_of(url)) == everything(tmp_path / "copy.db")


async def test_a_broken_database_is_replaced_and_kept_as_it_is(url: str, tmp_path: Path) -> None:
    await (await Store.open(url)).close()
    back_up(url, tmp_path / "copy.db", progress=silent)
    path_of(url).write_bytes(b"rubbish" * 1000)
    restored = await restore(url, tmp_path / "copy.db", NOON, progress=silent)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"rubbish" * 1000
    await (await Store.open(url)).close()


async def test_an_existing_file_is_replaced_only_when_told_to(store: Store, url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(SitrepError) as refused:
        back_up(url, target, progress=silent)
    assert refused.value.code == "backup_exists"
    assert target.read_text() == "precious"
    assert isinstance(back_up(url, target, force=True, progress=silent), Inventory)
    await fill(store)
    assert back_up(url, target, force=True, progress=silent).subscribers == 40


@pytest.mark.parametrize("where", ["archive/news.db", "archive", "nowhere/copy.db"])
async def test_a_backup_never_goes_where_it_cannot_or_must_not(
    store: Store, url: str, tmp_path: Path, where: str
) -> None:
    await fill(store)
    with pytest.raises(SitrepError) as refused:
        back_up(url, tmp_path / where, force=True, progress=silent)
    assert refused.value.code == "backup_target_bad"
    async with store.read() as tx:
        assert await tx.articles.count() == 0  # none read yet; the table is there
        assert (await tx.outbox.counts())[State.SENT] == 4


def test_without_a_database_there_is_nothing_to_back_up(url: str, tmp_path: Path) -> None:
    with pytest.raises(SitrepError) as refused:
        back_up(url, tmp_path / "copy.db", progress=silent)
    assert refused.value.code == "database_missing"
    assert not path_of(url).parent.exists()


def spoil(file: Path, how: str) -> None:
    match how:
        case "newer":
            with closing(sqlite3.connect(file)) as raw:
                raw.execute("UPDATE alembic_version SET version_num = '9999'")
                raw.commit()
        case "damaged":
            content = bytearray(file.read_bytes())
            content[4096 * 8 : 4096 * 12] = b"\xff" * (4096 * 4)
            file.write_bytes(content)
        case "cut":
            file.write_bytes(file.read_bytes()[:10_000])
        case "text":
            file.write_text("Dear diary")
        case "other":
            file.unlink()
            with closing(sqlite3.connect(file)) as raw:
                raw.execute("CREATE TABLE alembic_version (version_num TEXT)")
                raw.commit()
        case "empty":
            file.write_bytes(b"")
        case _:
            file.unlink()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("newer", "schema_newer"),
        ("damaged", "database_damaged"),
        ("cut", "database_damaged"),
        ("text", "not_a_database"),
        ("other", "not_a_database"),
        ("empty", "not_a_database"),
        ("missing", "backup_missing"),
    ],
)
async def test_what_is_no_good_backup_is_refused_and_nothing_changes(
    store: Store, url: str, tmp_path: Path, how: str, code: str
) -> None:
    await fill(store)
    back_up(url, tmp_path / "copy.db", progress=silent)
    await store.close()
    spoil(tmp_path / "copy.db", how)
    before, files = everything(path_of(url)), beside(path_of(url))
    with pytest.raises(SitrepError) as refused:
        await restore(url, tmp_path / "copy.db", NOON, progress=silent)
    assert refused.value.code == code
    assert everything(path_of(url)) == before
    assert beside(path_of(url)) == files | {"news.db.lock"}


async def test_nothing_is_restored_under_a_running_bot(store: Store, url: str, tmp_path: Path) -> None:
    await fill(store)
    back_up(url, tmp_path / "copy.db", progress=silent)
    async with sole_user(url):
        with pytest.raises(DatabaseInUse):
            await restore(url, tmp_path / "copy.db", NOON, progress=silent)
        back_up(url, tmp_path / "another.db", progress=silent)


async def test_the_database_is_no_backup_of_itself(store: Store, url: str) -> None:
    await fill(store)
    with pytest.raises(SitrepError) as refused:
        await restore(url, path_of(url), NOON, progress=silent)
    assert refused.value.code == "not_a_backup"


async def test_a_backup_that_fails_half_way_leaves_no_file(store: Store, url: str, tmp_path: Path) -> None:
    await fill(store)

    def interrupted(copied: int, total: int) -> None:
        del copied, total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(url, tmp_path / "copy.db", progress=interrupted)
    assert beside(tmp_path / "copy.db") == {"archive"}


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the command line of SQLite is not installed")
async def test_a_backup_is_one_plain_file_for_other_tools(store: Store, url: str, tmp_path: Path) -> None:
    await fill(store)
    back_up(url, tmp_path / "copy.db", progress=silent)
    asked = ["sqlite3", "-readonly", str(tmp_path / "copy.db"), "SELECT count(*) FROM subscribers"]
    answer = await asyncio.to_thread(subprocess.run, asked, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "40"
