"""Proves the promises of delivery at full size, and writes what came of it into docs/reliability.md: ``make prove``."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_PAGE = _ROOT / "docs" / "reliability.md"
_BEGIN, _END = "<!-- results -->", "<!-- end of results -->"


def main(arguments: list[str]) -> int:
    """Run the proofs, all or those that pytest's ``arguments`` choose; 0 where every one held.

    The page keeps the rows of proofs that were not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "proofs.jsonl"
        environment = {**os.environ, "SITREP_PROVE": "1", "SITREP_PROOFS": str(results)}
        command = [sys.executable, "-m", "pytest", "tests/promises", "-q", "-p", "no:cacheprovider", *arguments]
        code = subprocess.run(command, cwd=_ROOT, env=environment, check=False).returncode
        rows = (
            [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()] if results.exists() else []
        )
    page = _PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    _, after = rest.split(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{_table(rows, rest.split(_END)[0])}{_END}{after}", encoding="utf-8")
    return code


def _table(rows: list[dict[str, object]], old: str) -> str:
    """The results, by promise and test; those of this run in place of older ones."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    known = {_test(line): line for line in old.splitlines() if line.startswith("| ") and _test(line).startswith("`")}
    for row in rows:
        verdict = f"held: {row['found']}" if row["held"] else "**did not hold**"
        cells = (
            row["number"],
            row["promise"],
            f"`{row['test']}`",
            row["size"],
            verdict,
            f"{row['seconds']} s",
            today,
            row["seed"],
        )
        line = "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"
        known[_test(line)] = line
    lines = sorted(known.values(), key=lambda line: (int(line.split("|")[1]), _test(line)))
    head = [
        f"Two cores, {platform.system()}, Python {platform.python_version()}.",
        "",
        "| # | promise | test, in `tests/promises/` | size | result | took | date | seed |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *lines]) + "\n"


def _test(line: str) -> str:
    return line.split("|")[3].strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
