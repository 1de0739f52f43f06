from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.api import Article, ModelUnavailable
from models.hub import HubModel
from models.reader import EmbeddedReader
from models.sentences import split_sentences
from models.settings import ReaderSettings
from models.summary.document import Document, count_words
from models.summary.hub import HubSummariser

WORDS = [
    "the",
    "a",
    "of",
    "in",
    "and",
    "to",
    "on",
    "river",
    "flood",
    "people",
    "killed",
    "ministry",
    "said",
    "water",
    "town",
    ".",
    ",",
    "summarize",
    ":",
    "troops",
    "army",
    "soldiers",
    "minister",
    "people's",
    "peace",
    "talks",
    "14",
    "2",
    "500",
    "monday",
    "school",
    "levee",
    "bridge",
    "closed",
]
TEXT = " ".join(f"The river flood number {count} killed people in the town." for count in range(60))


def tokenizer(template: str | None = None):  # noqa: ANN201 - transformers has no useful type for it
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = {word: number for number, word in enumerate(["<pad>", "</s>", "<unk>", "<s>", *dict.fromkeys(WORDS)])}
    core = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=core,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        bos_token="<s>",
        model_max_length=64,
    )
    fast.chat_template = template
    return fast


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    import torch
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        LlamaConfig,
        LlamaForCausalLM,
        T5Config,
        T5ForConditionalGeneration,
    )

    torch.manual_seed(3)
    size = len(tokenizer())
    common = {"vocab_size": size, "pad_token_id": 0, "eos_token_id": 1}
    bart = BartConfig(
        **common, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=64, bos_token_id=3, decoder_start_token_id=1,
        forced_eos_token_id=None,
    )  # fmt: skip
    t5 = T5Config(**common, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, decoder_start_token_id=0)
    llama = LlamaConfig(
        **common, hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=256, bos_token_id=3,
    )  # fmt: skip
    root = tmp_path_factory.mktemp("hub")
    template = "{% for m in messages %}{{ m.content }}{% endfor %}"
    for name, model, words in [
        ("bart", BartForConditionalGeneration(bart), tokenizer()),
        ("t5", T5ForConditionalGeneration(t5), tokenizer()),
        ("llama", LlamaForCausalLM(llama), tokenizer(template)),
        ("plain-llama", LlamaForCausalLM(llama), tokenizer()),
    ]:
        model.save_pretrained(root / name)
        words.save_pretrained(root / name)
    return {path.name: path for path in root.iterdir()}


def document(text: str, title: str | None = None) -> Document:
    import numpy as np

    blank = np.zeros((0, 384), dtype=np.float32)
    return Document(text=text, title=title, sentences=split_sentences(text), vectors=blank, title_vector=np.zeros(384))


@pytest.mark.parametrize("name", ["bart", "t5", "llama", "plain-llama"])
def test_every_kind_of_model_writes_within_bounds(folders: dict[str, Path], name: str) -> None:
    summariser = HubSummariser(HubModel(name=str(folders[name])), batch_size=2)
    written = summariser.write([document(TEXT, "Flood"), document("The army said."), document(TEXT)], max_words=20)
    assert len(written) == 3
    assert all(count_words(" ".join(sentences)) <= 20 for sentences in written)


@pytest.mark.parametrize("name", ["bart", "llama"])
def test_what_a_model_says_in_a_batch_it_says_alone(folders: dict[str, Path], name: str) -> None:
    documents = [
        document("The army said. The river flood."),
        document("The minister said. The bridge closed. The water."),
    ]
    together = HubSummariser(HubModel(name=str(folders[name])), batch_size=2).write(documents, max_words=12)
    assert together == HubSummariser(HubModel(name=str(folders[name])), batch_size=1).write(documents, max_words=12)


def test_a_model_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="extractive") as caught:
        HubSummariser(HubModel(name=str(tmp_path))).warm()
    assert caught.value.code == "summariser_unavailable"


def test_weights_that_are_not_safetensors_are_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    for file in folders["bart"].iterdir():
        if file.suffix != ".safetensors":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    torch.save(load_file(folders["bart"] / "model.safetensors"), tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelUnavailable):
        HubSummariser(HubModel(name=str(tmp_path))).warm()


def test_a_reader_with_a_babbling_model_still_says_only_what_the_source_says(
    folders: dict[str, Path], article: Callable[..., Article]
) -> None:
    text = "The ministry said on Monday that 14 people were killed in the flood. The bridge over the Tarn stays closed."
    reader = EmbeddedReader(ReaderSettings(threads=1, summariser=str(folders["bart"])))
    [reading] = reader.read([article(text)])
    assert reading.summary.pieces
    assert str(folders["bart"]) in reading.model
