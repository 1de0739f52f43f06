from __future__ import annotations

from importlib.resources import files

from bot.sandbox.control import ACTIONS
from bot.sandbox.faults import FaultKind
from bot.sandbox.server import SAMPLE_TOKEN


def test_the_readme_names_every_action_and_fault() -> None:
    text = files("bot.sandbox").joinpath("README.md").read_text(encoding="utf-8")
    missing = [name for name in (*ACTIONS, *FaultKind, SAMPLE_TOKEN) if f"`{name}`" not in text]
    assert missing == []
