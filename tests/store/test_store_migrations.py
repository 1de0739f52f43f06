"""A database with data in it goes forward: nothing is lost, nothing waits long, and --check says what would happen."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from older_database import NEWS, SENTENCE, build, contents, previous, revisions

from bot.desk.search import wished
from bot.schema_check import check_schema
from bot.store import Store, schema, standing_of
from models.api import SitrepError

ROOT = Path(__file__).parents[2]
BEFORE_ANY_RELEASE = "0010"
"""Up to here nobody had a full database; later migrations must not rewrite one."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "older.db"


def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def spoil(file: Path) -> None:
    file.write_bytes(b"no database, but long enough to look like one" * 100)


async def migrate(file: Path) -> None:
    await (await Store.open(url(file))).close()


@pytest.mark.parametrize("revision", revisions()[:-1])
async def test_every_row_of_an_older_database_survives(file: Path, revision: str) -> None:
    build(file, revision)
    before = contents(file)
    await migrate(file)
    after = contents(file)
    for table, rows in before.items():
        assert rows
        assert len(after[table]) == len(rows), table
        for old, new in zip(rows, after[table], strict=True):
            assert old.items() <= new.items(), table
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_a_new_file_has_the_very_tables_that_the_migrations_lead_to(file: Path, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.db"
    build(migrated, revisions()[0])
    await migrate(migrated)
    await migrate(file)
    assert statements(file) == statements(migrated)


def statements(file: Path) -> dict[str, tuple[str, list[str]]]:
    """What each table and index was made with: its head, and its columns and rules in any order."""
    with closing(sqlite3.connect(file)) as raw:
        made = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
        made |= {"revision": str(raw.execute("SELECT * FROM alembic_version").fetchall())}
    assert {"articles", "outbox", "ix_asks_asked", "alembic_version"} <= set(made)
    parts = {}
    for name, sql in made.items():
        head, _, body = " ".join(sql.split()).removesuffix(")").partition("(")
        parts[name] = head, sorted(part.strip() for part in re.split(r",(?![^()]*\))", body))
    return parts


async def test_what_the_last_version_left_is_read_by_this_one(file: Path) -> None:
    build(file, previous())
    store = await Store.open(url(file))
    async with store.read() as tx:
        filed = await tx.articles.get("post:-100:7")
        assert filed is not None
        assert filed.article.text == SENTENCE
        reader = await tx.subscribers.get(7)
        assert reader is not None
        assert reader.zone == "UTC"
        assert await tx.editions.get(7) is not None
        assert (await tx.gauges.articles())["read"] == 8
        await tx.search.stories(wished(["storm"]), 5, NEWS)
    await store.close()


@pytest.mark.parametrize("revision", [one for one in revisions()[:-1] if one >= BEFORE_ANY_RELEASE])
async def test_a_migration_rewrites_no_table_of_a_full_database(file: Path, revision: str) -> None:
    """So that it holds its lock for moments, however much there is: columns are added, and narrow indexes."""
    build(file, revision, 200)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    store = await Store.open(url(file))
    written = size(Path(f"{file}-wal"))
    await store.close()
    assert written < 0.15 * size(file), f"{written:,} of {size(file):,} bytes were written"


async def test_check_says_what_would_run_and_changes_nothing(file: Path) -> None:
    said, code = await check_schema(url(file))
    assert code == 1
    assert said == f"There is no database yet; sitrep migrate would make it, at revision {revisions()[-1]}."
    assert not size(file)
    build(file, previous())
    before = size(file)
    said, code = await check_schema(url(file))
    assert code == 1
    assert f"is at revision {previous()}" in said
    assert [line.split()[0] for line in said.splitlines()[1:]] == revisions()[-1:]
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(previous(),)]
    assert size(file) == before
    await migrate(file)
    assert await check_schema(url(file)) == (f"The schema is current, at revision {revisions()[-1]}.", 0)
    assert (await standing_of(url(file))).is_current


async def test_check_does_not_take_a_newer_database_or_another_file_for_an_old_one(file: Path) -> None:
    await migrate(file)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(SitrepError) as newer:
        await check_schema(url(file))
    assert newer.value.code == "schema_newer"
    spoil(file)
    with pytest.raises(SitrepError) as broken:
        await check_schema(url(file))
    assert broken.value.code == "database_unreachable"


def test_the_command_line_tells_by_its_exit_code(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "store" / "older_database.py"), "old.db"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert previous() in made.stdout

    def sitrep(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", *words]
        environment = {"PYTHONPATH": str(ROOT), "SITREP_DATABASE_URL": "sqlite:///old.db"}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert sitrep("migrate", "--check").returncode == 1
    assert sitrep("migrate").returncode == 0
    current = sitrep("migrate", "--check")
    assert (current.returncode, current.stdout.split(",")[0]) == (0, "The schema is current")


def test_the_files_of_the_migrations_are_named_by_their_revisions() -> None:
    scripts = ScriptDirectory.from_config(schema._config())
    assert schema.known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert scripts.get_current_head() == max(schema.known_revisions())
