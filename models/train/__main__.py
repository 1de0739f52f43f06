"""Trains what the project ships, from labelled data outside it, and says the digest to pin.

A training that was interrupted goes on where it stopped when it is called again: what it has worked out so far is in
the folder ``.training``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from safetensors.numpy import save_file

import models.imprint
import models.summary.support
from models.encoder import Encoder
from models.summary import network
from models.topics import media
from models.train import figures, imprint, summary, support, topics
from models.train.kept import Kept

_DATA = Path(os.environ.get("SITREP_EVAL_DIR", "../shared/eval"))
_KEPT = Path(".training")
_WEIGHTS = {
    "summary": network.WEIGHTS,
    "support": models.summary.support.WEIGHTS,
    "topics": media.WEIGHTS,
    "imprint": models.imprint.WEIGHTS,
}


def main() -> int:
    """Train one part; 0 when its weights are written."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.add_argument("part", choices=sorted([*_WEIGHTS, "figures"]))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--limit", type=int, default=None, help="read no more than so many articles, for a trial")
    parser.add_argument("--out", type=Path, default=None, help="where the weights go, if not into the package")
    chosen = parser.parse_args()
    if chosen.part == "figures":
        return figures.main(["--out", str(chosen.out)] if chosen.out else [])
    encoder = Encoder(threads=chosen.threads)
    kept = Kept(_KEPT / chosen.part)
    tensors: Mapping[str, npt.NDArray[np.generic]]
    if chosen.part == "summary":
        pairs = summary.read_pairs(_DATA / "summaries-train.jsonl.gz", limit=chosen.limit)
        tensors = summary.train(pairs, encoder, kept, seed=chosen.seed)
    elif chosen.part == "imprint":
        tensors = imprint.train(_DATA)
    elif chosen.part == "support":
        tensors = support.train(_DATA, encoder, seed=chosen.seed, limit=chosen.limit)
    else:
        tensors = topics.train(_DATA, encoder, seed=chosen.seed)
    out: Path = chosen.out or _WEIGHTS[chosen.part]
    save_file(dict(tensors), out)
    out.chmod(0o644)
    kept.forget()
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    Console().print(f"{out}: {out.stat().st_size} bytes, sha256 {digest}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
