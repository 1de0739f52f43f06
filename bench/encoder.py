"""Sentences a second through the encoder's network, side by side: ``python -m bench.encoder``.

In turns, on the same 400 sentences of news articles: ``transformers.AutoModel`` with mean pooling, in batches of 32 sorted
by length, and the packed network in float32 and, where the processor has tiles for it, in bfloat16; on one thread and on
two. The best of five turns counts; beside it the least cosine to ``AutoModel``'s vectors.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel

from bench.reading import articles
from models.encoder import package_folder
from models.packed_bert import PackedBert
from models.sentences import split_sentences

TOKENS, BATCH, TURNS = 48, 32, 5
Ids = Sequence[Sequence[int]]


def sentences(count: int) -> Ids:
    """Word pieces of the first sentences of articles, as the reader cuts them."""
    tokenizer: Tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    rows, _ = articles()
    texts = [row.text[slice(*span)] for row in rows[:: len(rows) // 40 or 1] for span in split_sentences(row.text)[:24]]
    return [encoding.ids for encoding in tokenizer.encode_batch(texts[:count])]


def reference() -> Callable[[Ids], Tensor]:
    """What everybody would write."""
    network = AutoModel.from_pretrained(str(package_folder()), use_safetensors=True).eval()

    @torch.inference_mode()
    def embed(token_ids: Ids) -> Tensor:
        found = torch.empty(len(token_ids), network.config.hidden_size)
        order = sorted(range(len(token_ids)), key=lambda index: len(token_ids[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(token_ids[index]) for index in batch], batch_first=True)
            mask = ids != 0
            hidden = network(input_ids=ids, attention_mask=mask).last_hidden_state * mask.unsqueeze(-1)
            found[batch] = torch.nn.functional.normalize(hidden.sum(1), dim=1)
        return found

    return embed


def main(count: int) -> None:
    """Print a table."""
    ids = sentences(count)
    folder = package_folder()
    heads = json.loads((folder / "config.json").read_text(encoding="utf-8"))["num_attention_heads"]
    weights = load_file(folder / "model.safetensors")
    systems: dict[str, Callable[[Ids], Tensor]] = {"AutoModel": reference()}
    kinds = [torch.float32]
    if torch.cpu.get_capabilities().get("amx_bf16", False):
        kinds.append(torch.bfloat16)
    for kind in kinds:
        name = f"packed, {str(kind).removeprefix('torch.')}"
        systems[name] = PackedBert(weights, heads=heads, device="cpu", products=kind).embed
    right = systems["AutoModel"](ids).numpy()
    best: dict[tuple[str, int], float] = {}
    for _ in range(TURNS):
        for threads in (1, 2):
            torch.set_num_threads(threads)
            for name, embed in systems.items():
                began = time.perf_counter()
                embed(ids)
                rate = len(ids) / (time.perf_counter() - began)
                best[name, threads] = max(rate, best.get((name, threads), 0.0))
    print(f"{len(ids)} sentences of {sum(map(len, ids)) / len(ids):.0f} word pieces; sentences/s")
    print("| | 1 thread | 2 threads | cosine, at the least |\n| --- | ---: | ---: | ---: |")
    for name, embed in systems.items():
        cosine = float(np.min(np.sum(right * embed(ids).numpy(), axis=1)))
        print(f"| {name} | {best[name, 1]:.0f} | {best[name, 2]:.0f} | {cosine:.6f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.encoder", description=__doc__)
    parser.add_argument("--sentences", type=int, default=400)
    main(parser.parse_args().sentences)
