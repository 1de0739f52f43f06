import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.limiter import Allowance, Limiter, Rates
from bot.store import Lane

CHATS = st.one_of(st.integers(1, 5), st.integers(-4, -1), st.integers(100, 10_000))


class VirtualTime(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer when nobody has anything to do."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def time(self) -> float:
        return self._ahead

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self._ahead = max(self._ahead, self._scheduled[0]._when)
        super()._run_once()


def run(main: Coroutine[Any, Any, Any]) -> Any:
    loop = VirtualTime()
    try:
        return loop.run_until_complete(main)
    finally:
        loop.close()


def limiter() -> Limiter:
    return Limiter(Rates(), asyncio.get_running_loop().time)


def busiest(times: Sequence[float], window_s: float) -> int:
    """The most that falls into any half-open window of that length."""
    most = first = 0
    for last, moment in enumerate(times):
        while moment - times[first] >= window_s:
            first += 1
        most = max(most, last - first + 1)
    return most


@settings(max_examples=150, deadline=None)
@given(
    asked=st.lists(st.tuples(st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.5, 3.0]), CHATS), min_size=1, max_size=200),
)
def test_no_window_ever_holds_more_than_telegram_allows(asked: list[tuple[float, int]]) -> None:
    rates = Rates()
    allowance = Allowance(rates)
    now = 1000.0
    overall: list[float] = []
    by_chat: dict[int, list[float]] = defaultdict(list)
    for gap, chat in asked:
        now += gap
        now = allowance.ready_at(chat, now)
        assert allowance.ready_at(chat, now) == now
        allowance.take(chat, now)
        overall.append(now)
        by_chat[chat].append(now)
    assert busiest(overall, 1.0) <= 30
    for chat, times in by_chat.items():
        for seconds in (1, 5, 20):
            assert busiest(times, seconds) <= seconds + rates.chat_burst
        if chat < 0:
            assert busiest(times, 60.0) <= 20


@settings(max_examples=60, deadline=None)
@given(
    asked=st.lists(st.tuples(st.floats(0, 5), CHATS, st.sampled_from(list(Lane))), min_size=1, max_size=120),
    pauses=st.lists(st.tuples(st.floats(0, 6), st.floats(0.1, 3)), max_size=3),
)
def test_nobody_goes_during_a_pause_and_everybody_goes_in_the_end(
    asked: list[tuple[float, int, Lane]], pauses: list[tuple[float, float]]
) -> None:
    async def main() -> tuple[list[float], list[tuple[float, float]]]:
        gate, loop = limiter(), asyncio.get_running_loop()
        went: list[float] = []
        held: list[tuple[float, float]] = []

        async def caller(at: float, chat: int, lane: Lane) -> None:
            await asyncio.sleep(at)
            if await gate.acquire(chat, lane):
                went.append(loop.time())
            else:
                await caller(gate.paused_s, chat, lane)

        async def pauser(at: float, length: float) -> None:
            await asyncio.sleep(at)
            held.append((loop.time(), loop.time() + length))
            gate.pause(length)

        await asyncio.gather(*(pauser(*one) for one in pauses), *(caller(*one) for one in asked))
        return went, held

    went, held = run(main())
    assert len(went) == len(asked)
    assert busiest(sorted(went), 1.0) <= 30
    for start, end in held:
        assert not [at for at in went if start < at < end - 1e-9]


@settings(max_examples=150, deadline=None)
@given(
    taken=st.lists(st.tuples(st.sampled_from([0.0, 0.0, 0.01, 0.5, 3.0]), CHATS), max_size=120),
    asked=CHATS,
    later=st.floats(0, 120),
)
def test_a_deadline_never_moves_back(taken: list[tuple[float, int]], asked: int, later: float) -> None:
    allowance = Allowance(Rates())
    now = deadline = 1000.0
    for gap, chat in taken:
        now = allowance.ready_at(chat, now + gap)
        allowance.take(chat, now)
        at = allowance.ready_at(asked, now)
        assert at >= deadline, "another message brings nobody forward"
        deadline = at
    at = allowance.ready_at(asked, now)
    assert allowance.ready_at(asked, now + later) == max(at, now + later), (
        "waiting alone neither lengthens nor shortens it"
    )


@settings(max_examples=60, deadline=None)
@given(
    asked=st.lists(st.tuples(st.floats(0, 3), st.sampled_from(list(Lane))), min_size=40, max_size=150),
    pause=st.tuples(st.floats(0, 3), st.floats(0.1, 2)),
)
def test_no_broadcast_goes_while_a_reply_to_a_free_chat_waits(
    asked: list[tuple[float, Lane]], pause: tuple[float, float]
) -> None:
    async def main() -> list[tuple[float, float, Lane]]:
        gate, loop = limiter(), asyncio.get_running_loop()
        went: list[tuple[float, float, Lane]] = []

        async def caller(at: float, chat: int, lane: Lane) -> None:
            await asyncio.sleep(at)
            since = loop.time()
            while not await gate.acquire(chat, lane):
                await asyncio.sleep(gate.paused_s)
                since = loop.time()
            went.append((since, loop.time(), lane))

        async def pauser() -> None:
            await asyncio.sleep(pause[0])
            gate.pause(pause[1])

        await asyncio.gather(pauser(), *(caller(at, chat, lane) for chat, (at, lane) in enumerate(asked, 1)))
        return went

    went = run(main())
    replies = [(since, at) for since, at, lane in went if lane is Lane.REPLY]
    for _, gone, lane in went:
        if lane is Lane.BROADCAST:
            assert not [at for since, at in replies if since < gone < at]


def test_replies_go_before_broadcasts_that_asked_earlier() -> None:
    async def main() -> list[Lane]:
        gate = limiter()
        order: list[Lane] = []

        async def caller(chat: int, lane: Lane) -> None:
            assert await gate.acquire(chat, lane)
            order.append(lane)

        broadcasts = [asyncio.create_task(caller(chat, Lane.BROADCAST)) for chat in range(100)]
        await asyncio.sleep(0.5)
        replies = [asyncio.create_task(caller(1000 + chat, Lane.REPLY)) for chat in range(20)]
        await asyncio.gather(*broadcasts, *replies)
        return order

    order = run(main())
    first = order.index(Lane.REPLY)
    assert first < 25
    assert set(order[first : first + 20]) == {Lane.REPLY}


def test_a_reply_to_a_chat_that_must_wait_does_not_hold_up_others() -> None:
    async def main() -> float:
        gate, loop = limiter(), asyncio.get_running_loop()
        busy = [asyncio.create_task(gate.acquire(7, Lane.REPLY)) for _ in range(10)]
        assert await gate.acquire(8, Lane.BROADCAST)
        took = loop.time()
        await asyncio.gather(*busy)
        return took

    assert run(main()) < 0.5


def test_the_steady_rate_is_close_to_what_is_allowed() -> None:
    async def main() -> float:
        gate, loop = limiter(), asyncio.get_running_loop()
        await asyncio.gather(*(gate.acquire(chat, Lane.BROADCAST) for chat in range(3000)))
        return 3000 / loop.time()

    assert 30 * 0.97 < run(main()) <= 30


def test_room_is_what_the_coming_moments_hold() -> None:
    async def main() -> Counter[str]:
        gate = limiter()
        found: Counter[str] = Counter()
        found["idle"] = gate.room(0.3, Lane.BROADCAST)
        await asyncio.gather(*(gate.acquire(chat, Lane.BROADCAST) for chat in range(found["idle"])))
        found["after"] = gate.room(0.0, Lane.BROADCAST)
        found["soon"] = gate.room(0.3, Lane.BROADCAST)
        return found

    found = run(main())
    assert 9 <= found["idle"] <= 15
    assert found["after"] <= 1
    assert 5 <= found["soon"] <= 15


def test_a_chat_that_had_its_burst_is_named_with_the_time_it_must_wait() -> None:
    async def main() -> dict[int, float]:
        gate = limiter()
        for _ in range(4):
            await gate.acquire(7, Lane.REPLY)
        await gate.acquire(8, Lane.REPLY)
        return gate.blocked(0.3)

    blocked = run(main())
    assert list(blocked) == [7]
    assert blocked[7] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("rate", [0.5, 1, 7, 30, 1000])
def test_a_configured_rate_is_kept(rate: float) -> None:
    allowance = Allowance(Rates(overall_per_s=rate))
    now, times = 0.0, []
    for chat in range(int(rate * 10) + 5):
        now = allowance.ready_at(chat, now)
        allowance.take(chat, now)
        times.append(now)
    assert busiest(times, 1.0) <= max(1, rate)
    assert busiest(times, 10.0) <= rate * 10
