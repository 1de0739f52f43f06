from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from bot.errors import Skip
from bot.sandbox.client import SandboxClient
from bot.sandbox.loopback import is_loopback, is_own_request
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer

READER = 1001
CHANNEL = -1_001_000_000_001
PAGES = ["/", "/static/page.js", "/sandbox/api/state", f"/bot{SAMPLE_TOKEN}/getMe"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:80", "origin": "http://evil.example:80"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"host": "127.0.0.1.evil.example"},
    ],
)
async def test_requests_from_elsewhere_are_refused(http: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    assert (await http.get(path, headers=headers)).status_code == 403


async def test_the_pages_own_requests_pass_and_carry_a_strict_policy(
    sandbox: SandboxServer, http: httpx.AsyncClient
) -> None:
    for path in PAGES:
        answer = await http.get(path, headers={"origin": sandbox.root_url})
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_actions_take_json_only(http: httpx.AsyncClient) -> None:
    """A form can be sent from a page elsewhere without asking first; JSON cannot."""
    answer = await http.post("/sandbox/api/say", data={"user": READER, "text": "x"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback_is_told_by_the_name_alone(host: str | None, loopback: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("host", ["[::1", "127.0.0.1:x@evil.example", "evil.example#127.0.0.1", "a\x00b"])
def test_odd_hosts_are_not_ours(host: str) -> None:
    assert not is_own_request(host, None)


@pytest.mark.parametrize(
    ("action", "args", "status"),
    [
        ("say", {"user": READER}, 400),
        ("say", {"user": READER, "text": " "}, 400),
        ("say", {"user": "nobody", "text": "x"}, 404),
        ("post", {"channel": CHANNEL}, 400),
        ("post", {"channel": CHANNEL, "text": "x", "date": "yesterday"}, 400),
        ("post", {"channel": CHANNEL, "text": "x", "date": "2021-07-26T09:00:00"}, 400),
        ("post", {"channel": CHANNEL, "photo": "***"}, 400),
        ("edit_post", {"channel": CHANNEL, "message_id": 5, "text": "x"}, 400),
        ("press", {"user": READER, "message_id": 5, "button": "x"}, 400),
        ("add_fault", {"kind": "meteor"}, 400),
        ("add_user", {"name": 5}, 400),
        ("dance", {}, 404),
    ],
)
async def test_bad_actions_say_why(http: httpx.AsyncClient, action: str, args: dict[str, object], status: int) -> None:
    answer = await http.post(f"/sandbox/api/{action}", json=args)
    assert answer.status_code == status
    assert answer.json()["description"]


async def test_changes_come_as_they_happen_and_only_of_the_chat_asked_for(
    sandbox: SandboxServer, http: httpx.AsyncClient, people: SandboxClient
) -> None:
    seq = sandbox.world.changes.seq
    waiting = asyncio.create_task(
        http.get("/sandbox/api/changes", params={"since": seq, "chat": READER, "timeout": 20})
    )
    await people.post(CHANNEL, "elsewhere")
    await people.say(READER, "here")
    result = (await waiting).json()["result"]
    assert {change["chat_id"] for change in result["changes"]} == {READER}
    later = (await http.get("/sandbox/api/changes", params={"since": seq, "timeout": 0})).json()["result"]
    assert [change["kind"] for change in later["changes"]] == ["message", "chat", "message"]
    lost = (await http.get("/sandbox/api/changes", params={"since": 10**9})).json()["result"]
    assert lost["reset"]


async def test_waiting_in_vain_says_what_was_there(people: SandboxClient) -> None:
    await people.say(READER, "hello")
    with pytest.raises(TimeoutError, match="hello"):
        await people.wait_for(READER, lambda message: message.from_bot, timeout=1)


async def test_what_the_sandbox_refuses_is_an_error_of_the_client(people: SandboxClient) -> None:
    with pytest.raises(Skip, match="no user"):
        await people.say("Nobody", "x")
    with pytest.raises(Skip, match="nobody called"):
        await people.chat("Nobody")


async def test_people_go_by_many_names(people: SandboxClient) -> None:
    ada = await people.add_user("Ada", username="ada_reads")
    for name in (ada, "Ada", "@ada_reads", "ADA_READS"):
        await people.say(name, "hi")
        assert len(await people.chat(name)) > 0
    assert len(await people.chat(ada)) == 4


async def test_a_bot_is_promoted_and_put_out_of_a_channel(
    http: httpx.AsyncClient, people: SandboxClient, sandbox: SandboxServer
) -> None:
    channel = await people.add_channel("Other", bot_status="left")
    for status in ("administrator", "kicked"):
        args = {"chat": channel, "status": status, "user": READER}
        assert (await http.post("/sandbox/api/set_bot_status", json=args)).status_code == 200
        await people.post(channel, f"while {status}")
    updates = await sandbox.world.bot.updates.poll()
    changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
    assert [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes] == [
        ("left", "administrator"),
        ("administrator", "kicked"),
    ]
    posts = [update["channel_post"]["text"] for update in updates if "channel_post" in update]
    assert posts == ["while administrator"]


async def test_a_basic_group_moves_and_tells_the_bot(
    http: httpx.AsyncClient, people: SandboxClient, sandbox: SandboxServer
) -> None:
    group = await people.add_group("Desk", [READER], basic=True)
    assert -(10**12) < group < 0
    new = (await http.post("/sandbox/api/migrate", json={"chat": group})).json()["result"]
    assert new["type"] == "supergroup"
    assert new["id"] < -(10**12)
    updates = await sandbox.world.bot.updates.poll()
    assert updates[-1]["message"]["migrate_to_chat_id"] == new["id"]


async def test_the_clock_is_wound_forward_where_it_can_be(people: SandboxClient) -> None:
    with pytest.raises(Skip, match="keeps real time"):
        await people.advance(1)
    now = [datetime(2026, 1, 1, 20, tzinfo=UTC)]

    def advance_to(moment: datetime) -> None:
        now[0] = moment

    async with (
        SandboxServer(clock=lambda: now[0], advance_to=advance_to) as server,
        SandboxClient(server.root_url) as others,
    ):
        assert await others.advance(12) == datetime(2026, 1, 2, 8, tzinfo=UTC)
        await others.say(READER, "/start")
        assert (await others.chat(READER))[0].date == now[0]
