"""Counts how rare the words of news texts are (ECB+, CC BY 3.0, and the summariser's articles)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from models.imprint import Rarity, rarity_of
from models.train.summary import read_pairs


def train(data: Path) -> dict[str, Rarity]:
    """Count over the training files in the folder ``data``.

    Returns:
        The tensors of ``models/imprint.safetensors``.
    """
    texts = {text for text, _, _ in read_pairs(data / "summaries-train.jsonl.gz")}
    with gzip.open(data / "clusters-train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["source"] == "ecbplus":
                texts |= {"\n".join(filter(None, (row[side].get("title"), row[side]["text"]))) for side in "ab"}
    return {"rarity": rarity_of(sorted(texts))}
