"""Starting must be quick: what answers commands imports neither model code nor the chart library."""

import subprocess
import sys

import pytest

ROOMS = [
    "bot",
    "bot.desk",
    "bot.press",
    "bot.intake",
    "bot.store",
    "bot.delivery",
    "bot.newsroom",
    "bot.telegram",
    "bot.app",
]


@pytest.mark.parametrize("module", [*ROOMS, "bot.__main__", "models", "models.api", "models.reader"])
def test_importing_a_room_imports_no_models_and_no_charts(module: str) -> None:
    code = f"import sys, {module}; print(sorted({{'torch', 'transformers', 'matplotlib'}} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
