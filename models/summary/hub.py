"""Summarises with any model of the Hugging Face hub, or of a local folder: sequence-to-sequence or instruction-tuned."""

from __future__ import annotations

import math
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models.api import ModelUnavailable
from models.hub import HubModel, fetch, load
from models.sentences import split_sentences
from models.summary.document import Document, count_words

_T5_PREFIX = "summarize: "
_T5_FAMILY = frozenset(["t5", "mt5", "umt5", "longt5", "switch_transformers"])
_USUAL_TOKENS = 1024
_MOST_TOKENS = 16_384
_TOKENS_A_WORD = 1.6
_SPARE_TOKENS = 12
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_MARKUP = re.compile(r"^\s*(?:[-*•]|\d+[.)]|#+)\s+|\*\*|<n>", re.MULTILINE)
_REQUEST = (
    "Summarise the news article below in at most {max_words} words. Say only what it says. Keep every number, date and "
    "name as printed. Write plain sentences without a heading.\n\n{article}"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    tokenizer: Any  # transformers types neither tokenizers nor models usefully
    model: Any
    writes_on: bool
    """A causal model, which goes on where a prompt ends."""
    prefix: str
    max_tokens: int


class HubSummariser:
    """Writes summaries with a configured model. Loads it on first use; one thread writes at a time.

    Weights are read from safetensors alone, and no code that comes with a model is run.

    Args:
        model: A model such as "sshleifer/distilbart-cnn-12-6", and how it is run.
        batch_size: Articles written about at once.
    """

    def __init__(self, model: HubModel, *, batch_size: int = 8) -> None:
        self._model = model
        self._batch_size = batch_size
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def revision(self) -> str:
        """Names the model and its revision."""
        return self._model.called

    def warm(self) -> None:
        """Load the model now.

        Raises:
            ModelUnavailable: it cannot be had, has no safetensors, wants to run its own code, or is of another kind.
        """
        with self._lock:
            self._parts()

    def write(self, documents: Sequence[Document], *, max_words: int) -> list[list[str]]:
        """Write about N articles.

        Args:
            documents: The articles; of a long one as many first sentences as the model can read.
            max_words: Upper bound of each summary, 1 to 120.

        Returns:
            N lists of sentences, whole ones and at most ``max_words`` words in all; empty where the model said nothing.

        Raises:
            ModelUnavailable: as :meth:`warm`.
        """
        with self._lock:
            loaded = self._parts()
            written: list[str] = []
            order = sorted(range(len(documents)), key=lambda index: len(documents[index].text))
            for batch in _batches(order, self._batch_size):
                written.extend(_write(loaded, [documents[index] for index in batch], max_words))
        texts = dict(zip(order, written, strict=True))
        return [list(_sentences(texts[index], max_words)) for index in range(len(documents))]

    def _parts(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _Loaded:
        import transformers  # noqa: PLC0415 - slow to import, and needed only where a model is configured

        folder = fetch(self._model.name, self._model.revision, progress=sys.stderr.isatty())
        try:
            config = transformers.AutoConfig.from_pretrained(str(folder), trust_remote_code=False)
            tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), trust_remote_code=False)
            kind = (
                transformers.AutoModelForSeq2SeqLM if config.is_encoder_decoder else transformers.AutoModelForCausalLM
            )
            model = load(self._model, kind, folder)
        except (OSError, ValueError, ImportError, KeyError, RuntimeError) as error:
            raise ModelUnavailable(
                "summariser_unavailable",
                f"The summariser {self._model.name} cannot be loaded: {error}. It must be a sequence-to-sequence or causal "
                'model with safetensors. Set summariser = "extractive" to go without.',
                summariser=self._model.name,
                revision=self._model.revision,
            ) from error
        if tokenizer.pad_token is None:
            tokenizer.pad_token = tokenizer.eos_token
        tokenizer.padding_side = "right" if config.is_encoder_decoder else "left"
        return _Loaded(tokenizer, model, not config.is_encoder_decoder, _prefix(config), _max_tokens(config, tokenizer))


def _prefix(config: Any) -> str:
    params = getattr(config, "task_specific_params", None) or {}
    given = params.get("summarization", {}).get("prefix")
    if given is not None:
        return str(given)
    return _T5_PREFIX if config.model_type in _T5_FAMILY else ""


def _max_tokens(config: Any, tokenizer: Any) -> int:
    """How many tokens the model reads, by its tokenizer or its configuration."""
    known = [
        getattr(config, name, None)
        for name in ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions", "n_ctx")
    ]
    told = [value for value in [*known, tokenizer.model_max_length] if isinstance(value, int) and 0 < value <= 10**7]
    return min([*told, _MOST_TOKENS]) if told else _USUAL_TOKENS


def _write(loaded: _Loaded, documents: Sequence[Document], max_words: int) -> list[str]:
    import torch  # noqa: PLC0415 - as transformers

    new_tokens = math.ceil(max_words * _TOKENS_A_WORD) + _SPARE_TOKENS
    prompts = [_prompt(loaded, document, max_words, new_tokens) for document in documents]
    inputs = loaded.tokenizer(
        prompts, return_tensors="pt", padding=True, truncation=True, max_length=loaded.max_tokens,
        add_special_tokens=not (loaded.writes_on and loaded.tokenizer.chat_template),
    ).to(loaded.model.device)  # fmt: skip
    inputs.pop("token_type_ids", None)
    with torch.inference_mode():
        out = loaded.model.generate(
            **inputs,
            do_sample=False,
            num_beams=1,
            max_new_tokens=new_tokens,
            min_length=0,
            pad_token_id=loaded.tokenizer.pad_token_id,
        )
    if loaded.writes_on:
        out = out[:, inputs["input_ids"].shape[1] :]
    return [str(text) for text in loaded.tokenizer.batch_decode(out, skip_special_tokens=True)]


def _prompt(loaded: _Loaded, document: Document, max_words: int, new_tokens: int) -> str:
    if not loaded.writes_on:
        room = loaded.max_tokens - len(loaded.tokenizer(loaded.prefix)["input_ids"]) - 2
        return loaded.prefix + _beginning(loaded.tokenizer, document, room)
    frame = _framed(loaded.tokenizer, _REQUEST.format(max_words=max_words, article=""))
    room = loaded.max_tokens - new_tokens - len(loaded.tokenizer(frame)["input_ids"]) - 8
    article = _beginning(loaded.tokenizer, document, max(room, 1))
    return _framed(loaded.tokenizer, _REQUEST.format(max_words=max_words, article=article))


def _framed(tokenizer: Any, request: str) -> str:
    if not tokenizer.chat_template:
        return f"{request}\n\nSummary:"
    turns = [{"role": "user", "content": request}]
    return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))


def _beginning(tokenizer: Any, document: Document, room: int) -> str:
    """The title and as many first sentences as ``room`` tokens hold; at least the first, which may be cut later."""
    parts = [document.title] if document.title else []
    left = room - sum(len(tokenizer(part)["input_ids"]) for part in parts)
    for index in range(len(document.sentences)):
        sentence = document.sentence(index)
        left -= len(tokenizer(sentence[: 8 * room])["input_ids"])
        if left < 0 and index:
            break
        parts.append(sentence[: 8 * room])
    return "\n".join(parts)


def _sentences(text: str, max_words: int) -> Iterator[str]:
    """The whole sentences of what a model wrote, as many as fit; markup and thoughts left out."""
    plain = _MARKUP.sub(" ", _THOUGHTS.sub(" ", text))
    plain = " ".join(plain.split())
    left = max_words
    for span in split_sentences(plain):
        sentence = plain[span.start : span.end]
        left -= count_words(sentence)
        if left < 0:
            return
        if sentence.rstrip("\"'”’)")[-1:] in {".", "!", "?", "…"}:
            yield sentence


def _batches(order: Sequence[int], size: int) -> Iterator[list[int]]:
    rest = iter(order)
    while batch := list(islice(rest, size)):
        yield batch
