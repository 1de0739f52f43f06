"""Hub models: fetched once and pinned, run on the device and in the precision that was asked for, or a clear refusal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hub_double import COMMIT, NAME, serve

from models.api import ModelUnavailable
from models.encoder import Encoder
from models.hub import HubModel, device_of, fetch, is_whole, load
from models.settings import ReaderSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with random weights and layers wide enough to be quantised."""
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    torch.manual_seed(3)
    config = BartConfig(
        vocab_size=64, d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=64,
        pad_token_id=0, eos_token_id=1, bos_token_id=3, decoder_start_token_id=1, forced_eos_token_id=None,
    )  # fmt: skip
    made = tmp_path_factory.mktemp("model")
    BartForConditionalGeneration(config).save_pretrained(made)
    return made


def fetched(endpoint: str, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {"HF_ENDPOINT": endpoint, "HF_HOME": str(cache), "PYTHONPATH": str(ROOT), "HF_HUB_DISABLE_XET": "1"}
    command = [sys.executable, str(Path(__file__).with_name("hub_double.py")), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_a_model_is_fetched_once_with_a_bar_and_then_used_without_the_hub(folder: Path, tmp_path: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    server, asked = serve(folder)
    endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    first = fetched(endpoint, tmp_path, NAME)
    assert first.returncode == 0, first.stderr
    assert Path(first.stdout.splitlines()[-1]).name == COMMIT
    assert f'revision = "{COMMIT}"' in first.stdout + first.stderr, "it says which commit to pin"
    assert "%" in first.stderr, "a bar is drawn"
    assert not [line for line in asked if "pytorch_model.bin" in line], "nothing is fetched that could be unpickled"
    requests = len(asked)
    again = fetched(endpoint, tmp_path, NAME)
    assert again.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
    assert len(asked) == requests
    server.shutdown()
    server.server_close()
    assert fetched(endpoint, tmp_path, NAME, COMMIT).returncode == 0, "it is here, whether the hub is or not"
    gone = fetched(endpoint, tmp_path / "empty", NAME)
    assert gone.returncode != 0
    assert "model_not_fetched" in gone.stderr or "cannot be fetched" in gone.stderr


def test_what_an_interrupted_fetch_left_is_not_taken_for_a_model(folder: Path, tmp_path: Path) -> None:
    assert is_whole(folder)
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    assert not is_whole(tmp_path)
    index = '{"weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}}'
    (tmp_path / "model.safetensors.index.json").write_text(index, encoding="utf-8")
    (tmp_path / "model-1-of-2.safetensors").write_bytes(b"")
    assert not is_whole(tmp_path)
    (tmp_path / "model-2-of-2.safetensors").write_bytes(b"")
    assert is_whole(tmp_path)


def test_a_folder_is_used_where_it_lies(folder: Path) -> None:
    assert fetch(str(folder)) == folder


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_a_model_is_held_in_the_precision_that_was_asked_for(folder: Path, dtype: str) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = HubModel(name=str(folder), dtype=dtype)  # type: ignore[arg-type]  # one of the three
    loaded = load(model, AutoModelForSeq2SeqLM, folder)
    assert {weight.dtype for weight in loaded.parameters()} == {getattr(torch, dtype)}
    assert not loaded.training


def test_int8_is_smaller_and_says_nearly_the_same(folder: Path) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    pytest.importorskip("torchao")
    plain = load(HubModel(name=str(folder)), AutoModelForSeq2SeqLM, folder)
    small = load(HubModel(name=str(folder), quantisation="int8"), AutoModelForSeq2SeqLM, folder)
    layer = small.model.encoder.layers[0].fc1.weight
    assert layer.qdata.dtype == torch.int8
    assert type(small.lm_head.weight) is torch.nn.Parameter
    ids = torch.tensor([[5, 9, 17, 33, 1]])
    with torch.inference_mode():
        one = plain(input_ids=ids, decoder_input_ids=ids).logits
        other = small(input_ids=ids, decoder_input_ids=ids).logits
    assert torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0) > 0.99
    assert not torch.equal(one, other)


def test_a_device_that_is_not_there_is_named_and_no_article_is_to_blame(folder: Path) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    assert device_of("cpu") == "cpu"
    if torch.cuda.is_available():
        assert device_of("cuda:0") == "cuda:0"
    missing = f"cuda:{torch.cuda.device_count()}"
    for attempt in (
        lambda: load(HubModel(name=str(folder), device=missing), AutoModelForSeq2SeqLM, folder),
        lambda: Encoder(device=missing).warm(),
    ):
        with pytest.raises(ModelUnavailable, match=missing) as refused:
            attempt()
        assert refused.value.code == "device_missing"


def test_readings_name_how_the_model_was_run() -> None:
    chosen = ReaderSettings(summariser="acme/tiny", summariser_revision=COMMIT, dtype="bfloat16", quantisation="int8")
    assert chosen.hub_summariser is not None
    assert chosen.hub_summariser.called == f"acme/tiny@{COMMIT}+bfloat16+int8"
    assert chosen.hub_topics is None
    assert ReaderSettings().hub_summariser is None
