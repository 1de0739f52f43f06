"""Stopping in good order: whatever moment it comes at, and however impatiently."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import until_stopped
from bot.health import Pulse
from bot.leading import Leading

PATIENCE_S = 20


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_does_not_break_into_the_tidying_up(number: signal.Signals) -> None:
    begun, tidying, may_end = asyncio.Event(), asyncio.Event(), asyncio.Event()
    tidied = []

    async def work() -> None:
        try:
            begun.set()
            await asyncio.get_running_loop().create_future()
        finally:
            tidying.set()
            await may_end.wait()
            tidied.append(True)

    running = asyncio.create_task(until_stopped(work()))
    async with asyncio.timeout(PATIENCE_S):
        await begun.wait()
        os.kill(os.getpid(), number)
        await tidying.wait()
        heard = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, heard.set)
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), signal.SIGUSR1)  # the loop hears of signals in the order of their coming
        await heard.wait()
        may_end.set()
        await running
    assert tidied == [True]


async def test_who_leads_has_ended_only_when_its_look_has() -> None:
    looking, may_end = asyncio.Event(), asyncio.Event()
    ended = []

    async def look() -> int:
        looking.set()
        await may_end.wait()
        ended.append(True)
        return 0

    leading = asyncio.create_task(Leading({}, [look], Pulse(), tick_s=60).run())
    async with asyncio.timeout(PATIENCE_S):
        await looking.wait()
        leading.cancel()
        for _ in range(50):  # turns of the loop in which it would end if it did not wait
            await asyncio.sleep(0)
        assert not leading.done(), "what the look works with would be closed under it"
        may_end.set()
        await asyncio.wait([leading])
    assert leading.cancelled()
    assert ended == [True]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["run", "sandbox", "worker"])
def test_a_stop_during_the_imports_is_quiet(tmp_path: Path, command: str, number: signal.Signals) -> None:
    # The first import that the command makes itself is where the signal comes.
    script = f"""if True:
        import os, sys
        class Struck:
            def find_spec(self, name, *_):
                if name in {{"bot.app", "bot.demo.session", "bot.clock"}}:
                    os.kill(os.getpid(), {int(number)})
        sys.argv = ["sitrep", {command!r}]
        from bot.__main__ import main
        sys.meta_path.insert(0, Struck())
        main()"""
    environment = {"PATH": os.environ["PATH"], "SITREP_TOKEN": "1:A", "SITREP_SANDBOX__PORT": "0"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
