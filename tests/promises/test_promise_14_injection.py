"""Promise 14: what an article says to a machine changes nothing but the text of that article."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pytest
from injection_samples import BEYOND, INJECTIONS, MORE, NAMES, PLACES, SCENES, injected
from promise_proof import WHOLE, Proof

from bot.catalogue import words_in
from bot.desk.topics import TOPICS
from bot.press.reading import render_reading
from models.api import NOT_NEWS, Article, Reading
from models.encoder import Encoder, Vectors
from models.reader import EmbeddedReader
from models.settings import ReaderSettings
from models.summary.document import Document, count_words
from models.summary.hub import HubSummariser

BATCH = 50
REMEMBERED = 6_000
MAX_WORDS = 40
LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+|@\w{4,}", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ORDINARY = re.compile(
    r"You|The|It|He|She|They|We|This|These|Every|All|No|When|What|As|At|An|And|But|For|From|In|On|To|Both|Between|More|Fewer|New"
    r"|Nobody|Everyone|Police|Forward|Colonel|Sister|Dr"
)
"""Words of the language that name nobody, and titles, which writers add; a babbling model puts them anywhere."""
NAME = re.compile(r"(?<![.!?:“\"'(•-] )(?<!^)\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b", re.MULTILINE)


@dataclass
class Written:
    """How many sentences a back end wrote before the gate."""

    sentences: int = 0


@pytest.fixture(scope="module")
def babblers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Models of random weights, whose words are those of the articles and of the injections; one in three ends a sentence."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        LlamaConfig,
        LlamaForCausalLM,
        PreTrainedTokenizerFast,
    )

    said = re.findall(r"\w+|[^\w\s]", " ".join([*BEYOND, *INJECTIONS, *SCENES, *MORE, *NAMES, *PLACES]))
    plain = [*dict.fromkeys(said)]
    known = [*plain, *(f"{word}." for word in plain[::2] if word.isalnum())]
    words = {word: at for at, word in enumerate(["<pad>", "</s>", "<unk>", "<s>", *known])}
    core = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokens = {"vocab_size": len(words), "pad_token_id": 0, "eos_token_id": 1}
    bart = BartConfig(
        **tokens, bos_token_id=3, decoder_start_token_id=1, forced_eos_token_id=None, d_model=16, encoder_layers=1,
        decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16,
        max_position_embeddings=128, init_std=1.0,
    )  # fmt: skip
    llama = LlamaConfig(
        **tokens, bos_token_id=3, hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=256, initializer_range=1.0,
    )  # fmt: skip
    torch.manual_seed(14)
    made = {
        "a random BART": BartForConditionalGeneration(bart),
        "a random Llama": LlamaForCausalLM(llama),
    }
    folders = {}
    for name, model in made.items():
        folder = folders[name] = tmp_path_factory.mktemp(name.rpartition(" ")[2])
        model.save_pretrained(folder)
        PreTrainedTokenizerFast(
            tokenizer_object=core, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", bos_token="<s>",
            model_max_length=256 if "Llama" in name else 128,
        ).save_pretrained(folder)  # fmt: skip
    return folders


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """What was embedded lately is not embedded again: an article's sentences come back with each of its injections."""
    encode, token_vectors = Encoder.encode, Encoder.token_vectors
    wholes: OrderedDict[tuple[str, int], Vectors] = OrderedDict()
    tokens: OrderedDict[tuple[str, int], Vectors] = OrderedDict()

    def known(
        embed: Callable[[list[str]], Iterable[Vectors]],
        found: OrderedDict[tuple[str, int], Vectors],
        texts: Sequence[str],
        size: int,
    ) -> list[Vectors]:
        new = [text for text in dict.fromkeys(texts) if (text, size) not in found]
        found.update(zip([(text, size) for text in new], embed(new), strict=True))
        answer = [found[text, size] for text in texts]
        while len(found) > REMEMBERED:
            found.popitem(last=False)
        return answer

    def encoded(encoder: Encoder, texts: Sequence[str], *, max_tokens: int = 128) -> Vectors:
        rows = known(lambda new: encode(encoder, new, max_tokens=max_tokens), wholes, texts, max_tokens)
        return np.stack(rows) if rows else encode(encoder, [])

    def embedded(encoder: Encoder, texts: Sequence[str], *, max_tokens: int = 128) -> list[Vectors]:
        return known(lambda new: token_vectors(encoder, new, max_tokens=max_tokens), tokens, texts, max_tokens)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Encoder, "encode", encoded)
        patch.setattr(Encoder, "token_vectors", embedded)
        yield


def obey(_: HubSummariser, documents: Sequence[Document], *, max_words: int) -> list[list[str]]:
    """A model that does as it is told: what the injections want said, beyond what the article says."""
    del max_words
    return [list(BEYOND) for _ in documents]


def articles(proof: Proof) -> Iterator[tuple[Article, ...]]:
    """So many articles, with each of the injections, in batches."""
    random = Random(proof.random.random())
    made = [
        injected(random, number, injection)
        for number in range(proof.size(200, "articles x 25 injections", least=4))
        for injection in INJECTIONS
    ]
    chosen = made if WHOLE else random.sample(made, 2 * BATCH)
    for start in range(0, len(chosen), BATCH):
        yield tuple(chosen[start : start + BATCH])


def strayed(article: Article, reading: Reading) -> list[str]:
    """What of a reading's words does not stand in its article."""
    said = f"{reading.headline}\n{reading.summary.text}"
    source = f"{article.title or ''}\n{article.text}"
    known = {word.casefold().removesuffix("s") for word in re.findall(r"[^\W_]+", source)}
    found = [link for link in LINK.findall(said) if link.rstrip(".,;)”'\"") not in source]
    found += [number for number in NUMBER.findall(said) if number not in source]
    names = [name for name in NAME.findall(said) if not ORDINARY.fullmatch(name)]
    found += [name for name in names if name.casefold().removesuffix("s") not in known]
    return found + [topic.code for topic in reading.topics if topic.code not in {*TOPICS, NOT_NEWS}]


def links_sent(article: Article, reading: Reading) -> set[str | None]:
    """The addresses that the message with the reading makes words lead to."""
    messages = render_reading(article, reading, words_in("en"))
    entities = [entity for message in messages for entity in message.entities]
    return {entity.url for entity in entities if entity.url is not None}


@pytest.mark.usefixtures("remembered")
@pytest.mark.promise(14, "article text cannot steer the bot")
@pytest.mark.parametrize("summariser", ["extractive", "a random BART", "a random Llama", "an obedient model"])
def test_promise_14_what_is_said_stands_in_the_article(
    proof: Proof, babblers: dict[str, Path], summariser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, write = Written(), obey if summariser == "an obedient model" else HubSummariser.write

    def counted(model: HubSummariser, documents: Sequence[Document], *, max_words: int) -> list[list[str]]:
        told = write(model, documents, max_words=max_words)
        written.sentences += sum(map(len, told))
        return told

    monkeypatch.setattr(HubSummariser, "write", counted)
    folder = babblers.get(summariser, babblers["a random BART"])
    model = "extractive" if summariser == "extractive" else str(folder)
    reader = EmbeddedReader(ReaderSettings(threads=1, summariser=model, max_words=MAX_WORDS, batch_size=BATCH))
    read = own = 0
    for batch in articles(proof):
        for article, reading in zip(batch, reader.read(batch), strict=True):
            assert strayed(article, reading) == [], f"{reading.headline}\n{reading.summary.text}\n\n{article.text}"
            assert count_words(reading.summary.text) <= MAX_WORDS
            assert reading.summary.text, article.text
            assert links_sent(article, reading) <= {article.link}
            read += 1
            own += all(piece.spans for piece in reading.summary.pieces)
    if summariser == "an obedient model":
        assert own == read
    assert written.sentences >= (0 if summariser == "extractive" else read // 10)
    proof.note(
        f"{summariser}: {read} readings, 0 words, numbers, links or topics from elsewhere; {own} all extractive; "
        f"{written.sentences} sentences were written for the gate"
    )
