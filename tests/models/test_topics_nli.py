"""Own topics by a zero-shot model: the real path, with a tiny model whose weights say what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from models.api import Article, ModelUnavailable, OwnTopic
from models.encoder import Encoder
from models.hub import HubModel
from models.topics.filing import Filing
from models.topics.nli import EntailedTopics

Make = Callable[..., Article]

GRAIN = OwnTopic(code="own:grain", name="grain", description="grain and ships")
RAIL = OwnTopic(code="own:rail", name="rail", description="trains and strikes")
WORDS = [
    "grain",
    "ships",
    "trains",
    "strikes",
    "this",
    "text",
    "is",
    "about",
    "and",
    ":",
    "rail",
    "the",
    "left",
    "port",
    ".",
]


def save_model(folder: Path, labels: Sequence[str]) -> Path:
    """A tiny BERT with random weights, and a tokenizer that knows a few words."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    core = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    core.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=48,
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=48,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("nli"), ["contradiction", "neutral", "ENTAILMENT"])


def test_the_chance_is_that_of_entailment_against_contradiction(folder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    text = "the ships left the port ."
    [[chance]] = EntailedTopics(HubModel(name=str(folder))).confidences([text], [GRAIN]).tolist()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    pair = tokenizer(text, "This text is about grain: grain and ships", return_tensors="pt")
    with torch.inference_mode():
        logits = model(**pair).logits[0]
    assert chance == pytest.approx(torch.softmax(logits[[2, 0]], 0)[0].item(), abs=1e-5)


def test_batches_and_their_order_make_no_difference(folder: Path) -> None:
    texts = ["the ships left .", "grain", "", "trains and strikes " * 80, "the port is about grain ."]
    alone = EntailedTopics(HubModel(name=str(folder)), batch_size=1).confidences(texts, [GRAIN, RAIL])
    together = EntailedTopics(HubModel(name=str(folder)), batch_size=7).confidences(texts, [GRAIN, RAIL])
    assert alone.shape == (5, 2)
    assert together == pytest.approx(alone, abs=1e-5)
    assert ((alone >= 0) & (alone <= 1)).all()


def test_articles_are_filed_by_it_where_it_is_configured(folder: Path, encoder: Encoder, article: Make) -> None:
    entailed = EntailedTopics(HubModel(name=str(folder)))
    filing = Filing(encoder, [GRAIN, RAIL], entailed=entailed)
    filing.warm()
    articles = [article("The ships left the port.")]
    [topics] = filing.own(articles, filing.vectors(articles), threshold=0.0)
    scores = entailed.confidences(["The ships left the port."], [GRAIN, RAIL])[0]
    assert {topic.code: topic.confidence for topic in topics} == pytest.approx(
        {"own:grain": float(scores[0]), "own:rail": float(scores[1])}
    )
    assert len(topics) == 2


@pytest.mark.parametrize("labels", [["POSITIVE", "NEGATIVE"], ["LABEL_0", "LABEL_1", "LABEL_2"]])
def test_a_model_that_tells_no_entailment_is_refused(tmp_path: Path, labels: list[str]) -> None:
    with pytest.raises(ModelUnavailable, match="entailment") as refused:
        EntailedTopics(HubModel(name=str(save_model(tmp_path, labels)))).warm()
    assert refused.value.code == "topics_model_unavailable"


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="nowhere"):
        EntailedTopics(HubModel(name=str(tmp_path / "nowhere"))).warm()
