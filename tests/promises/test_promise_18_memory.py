"""Promise 18: memory does not grow with how many chats there are: measured on the process, and read off the source."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from promise_proof import Proof
from promise_street import arrived, database, life, until

from bot.delivery.limiter import Allowance, Rates
from bot.sandbox.server import SandboxServer
from bot.store import Store

NOW = datetime(2030, 11, 22, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
AT_A_TIME = 100
"""Chats that have asked and are not answered yet."""

MAY_GROW_MIB = 6.0
"""Between half of the way and its end: what an allocator does, and no more than 630 bytes for each further chat. It takes some 1,300
chats until the caches with a bound are full."""


def resident_mib(pid: int) -> float:
    """The resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
@pytest.mark.promise(18, "bounded memory")
async def test_promise_18_resident_memory_is_flat_over_many_chats(tmp_path: Path, proof: Proof) -> None:
    chats = proof.size(20_000, "distinct chats that say /start")
    await (await Store.open(database(tmp_path))).close()
    sizes: list[float] = []
    async with SandboxServer(limits=None) as server, life(tmp_path, server, NOW) as process:
        world = server.world
        for begun in range(0, chats, AT_A_TIME):
            for number in range(begun, min(begun + AT_A_TIME, chats)):
                person = world.add_user(f"Reader {number}", started=True)
                world.say(person, "/start")
            await until(lambda begun=begun: len(world.sends) >= begun + AT_A_TIME)
            sizes.append(resident_mib(process.pid))
        assert len(arrived(world.sends)) == chats
    warm, end = sizes[len(sizes) // 2 :], sizes[-1]
    assert end - warm[0] <= MAY_GROW_MIB, sizes
    proof.note(
        f"resident memory {warm[0]:.1f} MiB after half of them, {end:.1f} MiB at the end, {max(sizes):.1f} at most"
    )


@pytest.mark.promise(18, "bounded memory")
def test_promise_18_the_limiter_remembers_nothing_of_a_hundred_thousand_deliveries(proof: Proof) -> None:
    deliveries = proof.size(100_000, "deliveries, each to a chat of its own", least=100_000)
    allowance = Allowance(Rates())
    now, sizes = 0.0, []
    for number in range(deliveries):
        chat = number if number % 3 else -number - 1
        now = allowance.ready_at(chat, now)
        allowance.take(chat, now)
        sizes.append(len(allowance._chats) + len(allowance._groups))
    half = len(sizes) // 2
    assert max(sizes[half:]) <= max(sizes[:half])
    assert max(sizes) < 2000
    proof.note(f"at most {max(sizes):,} chats remembered, in the second half no more than in the first")


def caches() -> Iterator[tuple[str, ast.expr]]:
    """Every function of the bot and its models that is kept from being worked out twice, with what keeps it."""
    for room in ("bot", "models"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    where = f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
                    takes = node.args.args or node.args.posonlyargs or node.args.kwonlyargs
                    for keeper in node.decorator_list:
                        if "cache" in ast.unparse(keeper).rpartition(".")[2].partition("(")[0] and takes:
                            yield where, keeper


def is_capped(keeper: ast.expr) -> bool:
    """``lru_cache`` with a number: bare it has one of its own, 128; ``cache`` and ``maxsize=None`` have none."""
    if not ast.unparse(keeper).removeprefix("functools.").startswith("lru_cache"):
        return "cached_property" in ast.unparse(keeper)
    if not isinstance(keeper, ast.Call):
        return True
    sizes = [*keeper.args[:1], *(one.value for one in keeper.keywords if one.arg == "maxsize")]
    return all(ast.unparse(size) != "None" for size in sizes)


@pytest.mark.promise(18, "bounded memory")
def test_promise_18_every_cache_has_a_cap(proof: Proof) -> None:
    found = list(caches())
    assert len(found) > 5
    assert not [where for where, keeper in found if not is_capped(keeper)]
    proof.note(f"{len(found)} caches of functions with arguments, each with a cap")


@pytest.mark.parametrize(
    ("keeper", "capped"),
    [
        ("lru_cache", True),
        ("lru_cache()", True),
        ("lru_cache(maxsize=64)", True),
        ("functools.lru_cache(None)", False),
        ("lru_cache(maxsize=None)", False),
        ("functools.cache", False),
        ("cache", False),
        ("cached_property", True),
    ],
)
def test_a_cache_without_a_cap_is_known(keeper: str, *, capped: bool) -> None:
    assert is_capped(ast.parse(keeper, mode="eval").body) == capped
