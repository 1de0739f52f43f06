"""Measures the reading engine beside the model a user would pick instead: ``python -m bench.reading``.

In turns, on the same articles of ``summaries-dev``: the whole reading (everything) of a batch, and greedy summaries alone
by a network of the shapes of distilbart-cnn-12-6, 306 M parameters, with random weights. Such a network never ends a
summary by itself, so it writes a fixed number of tokens. Then the same reader on one article at a time.

The wall clock says what a user waits, on a machine with nothing else to do; the processor's seconds an article hold on a
busy one, too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.rows import read_rows
from models.api import Article
from models.encoder import package_folder
from models.reader import EmbeddedReader
from models.settings import ReaderSettings

ROWS = Path(os.environ.get("SITREP_EVAL_DIR", "../shared/eval")) / "summaries-dev.jsonl"
BATCH = 32
ALONE = 40
RIVAL_BATCH = 4
RIVAL_READS = 1_024
RIVAL_WRITES = 80
"""Tokens of a summary: 60 words. The real one writes 56 to 142."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What some articles took."""

    articles: int
    wall_s: float
    cpu_s: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.wall_s


def timed(work: Callable[[], object], articles: int) -> Turn:
    """Run some work and look at both clocks."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Turn(articles, time.perf_counter() - wall, time.process_time() - cpu)


class Rival:
    """A summariser of the shapes of distilbart-cnn-12-6 with random weights.

    It is given our encoder's word pieces for its own, which are about as many.
    """

    def __init__(self) -> None:
        import torch  # noqa: PLC0415 - as models does, so that --help answers at once
        from tokenizers import Tokenizer  # noqa: PLC0415 - as torch
        from transformers import BartConfig, BartForConditionalGeneration  # noqa: PLC0415 - as torch

        torch.manual_seed(7)
        shapes = BartConfig(encoder_layers=12, decoder_layers=6, vocab_size=50_264, dropout=0.0)
        self._model: Any = BartForConditionalGeneration(shapes)  # transformers types no models usefully
        self._tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(RIVAL_READS)
        self._tokenizer.enable_padding(pad_id=1)

    def write(self, articles: Sequence[Article]) -> None:
        """Write a summary of each article."""
        import torch  # noqa: PLC0415 - as above

        found = self._tokenizer.encode_batch([article.text for article in articles])
        with torch.inference_mode():
            self._model.generate(
                input_ids=torch.tensor([one.ids for one in found]),
                attention_mask=torch.tensor([one.attention_mask for one in found]),
                num_beams=1,
                do_sample=False,
                min_new_tokens=RIVAL_WRITES,
                max_new_tokens=RIVAL_WRITES,
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 where the articles are not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--batches", type=int, default=6, help="batches of 32 that are read")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rival", type=int, default=3, help="after so many of them the rival writes four; 0 for never")
    chosen = parser.parse_args(arguments)
    if not ROWS.exists():
        print(f"{ROWS} is not there: set SITREP_EVAL_DIR", file=sys.stderr)
        return 2
    articles = _spread([row.article() for row in read_rows(ROWS)], chosen.batches * BATCH + ALONE)
    reader = EmbeddedReader(ReaderSettings(threads=chosen.threads))
    reader.warm()
    reader.read([Article(key="warm", title=None, text="The reader is warm.", published=articles[0].published)])
    rival = Rival() if chosen.rival else None
    ours: list[Turn] = []
    theirs: list[Turn] = []
    for number, start in enumerate(range(ALONE, len(articles), BATCH)):
        batch = articles[start : start + BATCH]
        ours.append(timed(partial(reader.read, batch), len(batch)))
        if rival is not None and number < chosen.rival:
            theirs.append(timed(partial(rival.write, batch[:RIVAL_BATCH]), RIVAL_BATCH))
    alone = [timed(partial(reader.read, [article]), 1) for article in articles[:ALONE]]
    load = os.getloadavg()[0]
    print(f"{len(articles)} articles, threads {chosen.threads}, load of the machine at the end {load:.1f}")
    _tell("whole reading, batches of 32", ours)
    if theirs:
        _tell("distilbart-cnn-12-6-sized, summaries alone", theirs)
        print(
            f"ratio: {_rate(ours) / _rate(theirs):.0f} x by the clock, {_cpu(theirs) / _cpu(ours):.0f} x by the processor"
        )
    waits = sorted(turn.wall_s for turn in alone)
    print(
        f"one article alone: median {statistics.median(waits):.3f} s, 90th percentile {waits[len(waits) * 9 // 10]:.3f} s"
    )
    return 0


def _spread(articles: Sequence[Article], count: int) -> list[Article]:
    """Take ``count`` articles from all over the file, each once, so that every batch is as mixed as the file."""
    step = max(1, len(articles) // count)
    return [articles[place] for start in range(step) for place in range(start, len(articles), step)][:count]


def _rate(turns: Sequence[Turn]) -> float:
    return statistics.median(turn.rate for turn in turns)


def _cpu(turns: Sequence[Turn]) -> float:
    return statistics.median(turn.cpu_s / turn.articles for turn in turns)


def _tell(what: str, turns: Sequence[Turn]) -> None:
    rates = sorted(turn.rate for turn in turns)
    print(
        f"{what}: median {_rate(turns):.2f} articles/s ({rates[0]:.2f} to {rates[-1]:.2f}),"
        f" {_cpu(turns):.3f} processor seconds an article"
    )


if __name__ == "__main__":
    sys.exit(main())
