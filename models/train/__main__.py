"""Trains what the project ships, from labelled data outside it, and says the digest to pin."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from pathlib import Path

from rich.console import Console
from safetensors.numpy import save_file

from models.encoder import Encoder
from models.summary.network import WEIGHTS
from models.train.summary import read_pairs, train

_DATA = Path(os.environ.get("SITREP_EVAL_DIR", "../shared/eval"))


def main() -> int:
    """Train one part; 0 when its weights are written."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.add_argument("part", choices=["summary"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--limit", type=int, default=None, help="read no more than so many rows, for a trial")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    encoder = Encoder(threads=chosen.threads)
    pairs = read_pairs(_DATA / "summaries-train.jsonl.gz", limit=chosen.limit)
    save_file(train(pairs, encoder, seed=chosen.seed), chosen.out)
    digest = hashlib.sha256(chosen.out.read_bytes()).hexdigest()
    Console().print(f"{chosen.out}: {chosen.out.stat().st_size} bytes, sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
