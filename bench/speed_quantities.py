"""How fast quantities are read, and how the time grows: ``python -m bench.speed_quantities [ROWS]``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from bench.rows import read_rows
from models.figures import find_quantities

SIZES = (1_000, 10_000, 100_000)
PIECES = ("7", "1 ", "one ", "-", "1-", "1,", "$1 ", "half a ", "from 1 to ", "5 troops and ", "rose by 5 km per ", "'")
SENTENCE = "At least 157 people were killed and more than 2,300 injured when the 6.4-magnitude quake hit on 3 May. "
ROUNDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Print sentences a second on ``ROWS`` (or on one wire sentence), and seconds for 1, 10 and 100 kB of odd texts."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed_quantities", description=__doc__)
    parser.add_argument("rows", type=Path, nargs="?", help="rows with a text each, .jsonl")
    chosen = parser.parse_args(arguments)
    texts = [row.text for row in read_rows(chosen.rows)] if chosen.rows else [SENTENCE] * 500
    best = min(_seconds(texts) for _ in range(ROUNDS))
    print(f"{len(texts) / best:,.0f} texts a second on one core")
    print(f"{'piece':<24}" + "".join(f"{size // 1000:>8} kB" for size in SIZES) + "   growth from 10 to 100 kB")
    for piece in (*PIECES, SENTENCE):
        times = [min(_seconds([piece * (size // len(piece))]) for _ in range(2)) for size in SIZES]
        print(f"{piece[:20]!r:<24}" + "".join(f"{each:>11.4f}" for each in times) + f"   {times[2] / times[1]:.1f} x")
    return 0


def _seconds(texts: Sequence[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        find_quantities(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
