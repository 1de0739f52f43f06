from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer

READER = 1001
SEND = f"/bot{SAMPLE_TOKEN}/sendMessage"
HELLO = {"chat_id": READER, "text": "hello"}


@pytest.fixture(autouse=True)
async def started(people: SandboxClient) -> None:
    await people.say(READER, "/start")


async def received(people: SandboxClient) -> int:
    return sum(message.from_bot for message in await people.chat(READER))


@pytest.mark.parametrize(("after", "copies"), [(False, 0), (True, 1)])
async def test_a_dropped_connection_before_and_after_the_message_was_delivered(
    http: httpx.AsyncClient, people: SandboxClient, *, after: bool, copies: int
) -> None:
    await people.fault("drop", method="send*", after=after, times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await http.post(SEND, json=HELLO)
    assert await received(people) == copies
    assert (await http.post(SEND, json=HELLO)).status_code == 200
    assert await received(people) == copies + 1
    outcomes = [sent["outcome"] for sent in await people.sends()]
    assert outcomes == ["unanswered" if after else "dropped", "applied"]


@pytest.mark.parametrize(("after", "copies"), [(False, 0), (True, 1)])
async def test_a_server_error_before_and_after(
    http: httpx.AsyncClient, people: SandboxClient, *, after: bool, copies: int
) -> None:
    await people.fault("server_error", after=after, times=1)
    assert (await http.post(SEND, json=HELLO)).status_code == 502
    assert await received(people) == copies


async def test_a_429_begins_a_pause_that_is_held(http: httpx.AsyncClient, people: SandboxClient) -> None:
    await people.fault("flood", retry_after_s=60, times=1)
    answers = [(await http.post(SEND, json=HELLO)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert answers[0].json()["parameters"] == {"retry_after": 60}
    assert await received(people) == 0


async def test_a_chat_that_is_gone_and_one_that_moved(http: httpx.AsyncClient, people: SandboxClient) -> None:
    await people.fault("forbidden", chat_id=READER, times=1)
    await people.fault("migrate", chat_id=READER, to_chat_id=-100, times=1)
    gone, moved, sent = [(await http.post(SEND, json=HELLO)) for _ in range(3)]
    assert (gone.status_code, moved.status_code, sent.status_code) == (403, 400, 200)
    assert moved.json()["parameters"] == {"migrate_to_chat_id": -100}


async def test_a_slow_answer_outlasts_the_bots_patience_though_the_message_is_there(
    http: httpx.AsyncClient, people: SandboxClient
) -> None:
    await people.fault("slow", after=True, delay_s=30, times=1)
    with pytest.raises(httpx.ReadTimeout):
        await http.post(SEND, json=HELLO, timeout=0.2)
    assert await received(people) == 1
    await people.clear_faults()


def strikes(seed: int) -> list[bool]:
    faults = Faults(seed)
    faults.add(Fault(kind=FaultKind.DROP, method="send*", times=None, rate=0.2))
    return [faults.strike("sendMessage", READER) is not None for _ in range(500)]


def test_a_rate_comes_again_with_its_seed() -> None:
    assert strikes(7) == strikes(7) != strikes(8)
    assert 60 < sum(strikes(7)) < 140


def test_faults_are_for_their_method_and_chat() -> None:
    faults = Faults()
    faults.add(Fault(kind=FaultKind.DROP, method="sendMessage", chat_id=1))
    assert faults.strike("sendPhoto", 1) is None
    assert faults.strike("sendMessage", 2) is None
    assert faults.strike("sendMessage", 1) is not None
    assert faults.strike("sendMessage", 1) is None


async def test_stopping_lets_go_of_everyone_who_waits() -> None:
    server = SandboxServer()
    await server.start()
    async with httpx.AsyncClient(base_url=server.root_url, trust_env=False, timeout=30) as http:
        waiting = [
            asyncio.create_task(http.get(f"/bot{SAMPLE_TOKEN}/getUpdates", params={"timeout": 30})),
            asyncio.create_task(http.get("/sandbox/api/changes", params={"since": server.world.changes.seq})),
        ]
        await server.world.bot.updates.polled.wait()
        async with asyncio.timeout(10):
            await server.stop()
            await server.stop()
            assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [200, 200]
