"""What is measured in the project's own environment: our reading, its finders, and networks of the shapes of known summarisers.

Every function makes one system ready and returns what answers a batch (see :mod:`bench.worker`). The networks have random
weights: how long they take depends on their shapes, not on what they learned. Such a network never ends a summary by
itself, so it writes a fixed number of tokens; it is given our encoder's word pieces for its own, which are about as many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from models.api import Article

Text = Mapping[str, Any]
System = Callable[[Sequence[Text]], list[Any]]

THREADS = 2
NETWORK_READS = 1_024
NETWORK_WRITES = 80
"""Tokens of a summary: 60 words. The real ones write 56 to 142."""


def reading() -> System:
    """The whole reading: summary, topics, figures, deadlines, language, and what tells stories apart."""
    from models.reader import EmbeddedReader  # noqa: PLC0415  only who reads pays for it
    from models.settings import ReaderSettings  # noqa: PLC0415  only who reads pays for it

    reader = EmbeddedReader(ReaderSettings(threads=THREADS))
    reader.warm()
    return lambda texts: [found.summary.text for found in reader.read([_article(text) for text in texts])]


def quantities() -> System:
    """The quantities of each text."""
    from bench.tasks.quantities import found_in  # noqa: PLC0415  only who reads pays for it

    return lambda texts: [found_in(text["text"]) for text in texts]


def timexes() -> System:
    """The time expressions of each text."""
    from bench.tasks.timex import found_in  # noqa: PLC0415  only who reads pays for it

    return lambda texts: [found_in(text["text"], date.fromisoformat(text["day"])) for text in texts]


def distilbart() -> System:
    """Summaries by a network of the shapes of distilbart-cnn-12-6, greedily."""
    return _network(decoder_layers=6, half=False)


def distilbart_bfloat16() -> System:
    """The same in bfloat16, which processors with tiles for it run faster."""
    return _network(decoder_layers=6, half=True)


def bart_large() -> System:
    """Summaries by a network of the shapes of bart-large-cnn, greedily."""
    return _network(decoder_layers=12, half=False)


def _network(*, decoder_layers: int, half: bool) -> System:
    import torch  # noqa: PLC0415  only who reads pays for it
    from tokenizers import Tokenizer  # noqa: PLC0415  only who reads pays for it
    from transformers import BartConfig, BartForConditionalGeneration  # noqa: PLC0415  only who reads pays for it

    from models.encoder import package_folder  # noqa: PLC0415  only who reads pays for it

    torch.set_num_threads(THREADS)
    torch.manual_seed(7)
    shapes = BartConfig(encoder_layers=12, decoder_layers=decoder_layers, vocab_size=50_264, dropout=0.0)
    network: Any = BartForConditionalGeneration(shapes)  # transformers types no models usefully
    network.eval()
    if half:
        network.to(torch.bfloat16)
    tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(NETWORK_READS)
    tokenizer.enable_padding(pad_id=1)

    def answer(texts: Sequence[Text]) -> list[Any]:
        found = tokenizer.encode_batch([text["text"] for text in texts])
        with torch.inference_mode():
            network.generate(
                input_ids=torch.tensor([one.ids for one in found]),
                attention_mask=torch.tensor([one.attention_mask for one in found]),
                num_beams=1,
                do_sample=False,
                min_new_tokens=NETWORK_WRITES,
                max_new_tokens=NETWORK_WRITES,
            )
        return [None] * len(texts)

    return answer


def _article(text: Text) -> Article:
    published = datetime.combine(date.fromisoformat(text["day"]), time(), UTC)
    return Article(key=text["id"], title=text["title"], text=text["text"], published=published)
