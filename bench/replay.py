"""Replays the sample month and compares its editions with the key: ``python -m bench.replay [--details]``."""

from __future__ import annotations

import argparse
import asyncio
import time
from datetime import time as hour

from bench.month.scores import SCORES, Run, placement
from bench.month.truth import Truth, load_truth
from bot.logs import configure_logs
from bot.newsroom.readers import Defaults
from bot.reader_process import make_reader
from bot.replay import replaying, sample_month
from models.settings import ReaderSettings

WISH = Defaults(times=(hour(8),), zone="UTC")


async def replay_month(truth: Truth) -> Run:
    """The sample month through the bot, and what it left in the store."""
    async with replaying(sample_month(), make_reader(ReaderSettings()), WISH) as (replay, store):
        delivered = [one async for one in replay.run()]
        filed = {}
        async with store.read() as tx:
            for post in [*truth.event_of, *truth.noise, *truth.other_language]:
                channel, _, number = post.partition("/")
                key = await tx.posts.by_link(channel, int(number))
                if key is not None and (article := await tx.articles.get(key)) is not None:
                    filed[post] = article
            threads = await tx.stories.threads({article.story for article in filed.values()})
            notes = await tx.ledger.notes([article.article.key for article in filed.values()])
    follows = {thread.story: thread.follows for thread in threads.values() if thread.follows is not None}
    editions = tuple(one.edition for one in delivered if one.edition is not None)
    texts = tuple((one.at, one.text) for one in delivered)
    return Run(editions=editions, texts=texts, filed=filed, follows=follows, notes=notes)


def main() -> None:
    """Print the scores; with ``--details`` also what was wrong and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="say what was wrong and what was missed")
    details = parser.parse_args().details
    configure_logs(style="console", level="warning", secret=None)
    truth = load_truth()
    began = time.perf_counter()
    run = asyncio.run(replay_month(truth))
    took_s = time.perf_counter() - began
    print(f"{len(run.editions)} editions in {took_s:.1f} s, loading the models included\n")
    for name, value in placement(truth, run).items():
        print(f"{name:28}{value:9.3f}")
    print(f"\n{'':28}{'precision':>9}{'':>11}{'recall':>9}")
    for name, score in ((name, measure(truth, run)) for name, measure in SCORES.items()):
        said, true = f"{score.right}/{score.said}", f"{score.found}/{score.true}"
        print(f"{name:28}{score.precision:9.3f} {said:>10}{score.recall:9.3f} {true:>10}")
        if details:
            for kind, lines in (("wrong", score.wrong), ("missed", score.missed)):
                for line in lines:
                    print(f"    {kind}: {line}")


if __name__ == "__main__":
    main()
