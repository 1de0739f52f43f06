"""Promise 19: loading weights runs no code: only safetensors and JSON whose digest is pinned, in the source and at work."""

import ast
import json
import pickle
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from promise_proof import Proof

from models.api import ModelUnavailable
from models.encoder import verify
from models.hub import HubModel
from models.summary.hub import HubSummariser
from models.topics import media

ROOT = Path(__file__).parents[2]
FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "joblib", "cloudpickle", "marshal", "shelve"}
FORBIDDEN_CALLS = {"torch.load", "numpy.load", "np.load", "eval", "exec", "joblib.load"}


def sources() -> Iterator[Path]:
    for room in ("bot", "models", "bench"):
        yield from sorted((ROOT / room).rglob("*.py"))


@pytest.mark.promise(19, "loading weights runs no code")
def test_promise_19_no_source_loads_what_can_run(proof: Proof) -> None:
    found = []
    files = list(sources())
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                found += [f"{file}: {name}" for name in names if name.split(".")[0] in FORBIDDEN_MODULES]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in FORBIDDEN_CALLS:
                found.append(f"{file}:{node.lineno}: {ast.unparse(node.func)}")
            elif isinstance(node, ast.keyword) and node.arg == "trust_remote_code":
                found += [] if ast.unparse(node.value) == "False" else [f"{file}: trust_remote_code"]
            elif isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found += [
                    f"{file}: trust_remote_code"
                    for key, value in pairs
                    if key is not None and ast.unparse(key) == "'trust_remote_code'" and ast.unparse(value) != "False"
                ]
    assert len(files) > 100
    assert not found
    proof.note(f"{len(files)} sources hold no pickle, joblib, torch.load, eval or remote code")


@pytest.mark.promise(19, "loading weights runs no code")
def test_promise_19_every_weight_is_safetensors_or_text_with_a_pinned_digest(proof: Proof) -> None:
    kept = [file for file in (ROOT / "models").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    kinds = {file.suffix for file in kept}
    assert kinds <= {".py", ".json", ".safetensors", ".tsv", ".txt", ".toml", ".jsonl", ".typed"}, kinds
    pinned = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "models").rglob("*.py"))
    weights = [file for file in kept if file.suffix == ".safetensors"]
    assert weights
    for file in weights:
        verify(file, digest(file))
        assert digest(file) in pinned, f"{file.name} is not pinned by the code that loads it"
    proof.note(f"{len(weights)} weights, each with its sha256 in the source")


def digest(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()


class Trap:
    """Runs code when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self._mark,)


def evil_files(folder: Path, mark: Path) -> Iterator[tuple[str, Path]]:
    """Eight files in the place of weights, none of which may be loaded."""
    poison = pickle.dumps(Trap(mark))
    whole = media.WEIGHTS.read_bytes()
    size = struct.unpack("<Q", whole[:8])[0]
    header = json.loads(whole[8 : 8 + size])
    contents = {
        "a pickle": poison,
        "an empty file": b"",
        "a header longer than the file": struct.pack("<Q", 1 << 60) + b"{}",
        "a header that is no JSON": struct.pack("<Q", 8) + b"notjson!",
        "weights with one bit flipped": whole[:-1] + bytes([whole[-1] ^ 1]),
        "weights cut short": whole[: len(whole) // 2],
        "offsets beyond the end": _with_header(
            {**header, "x": {"dtype": "F32", "shape": [9], "data_offsets": [0, 1 << 40]}}
        ),
    }
    for name, content in contents.items():
        file = folder / f"{name.replace(' ', '-')}.safetensors"
        file.write_bytes(content)
        yield name, file
    archive = folder / "archive.safetensors"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("data.pkl", poison)
    yield "a torch archive with a pickle", archive


def _with_header(header: object) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text


@pytest.mark.promise(19, "loading weights runs no code")
def test_promise_19_evil_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proof: Proof) -> None:
    mark = tmp_path / "code-ran"
    refused = 0
    for name, file in evil_files(tmp_path, mark):
        monkeypatch.setattr(media, "WEIGHTS", file)
        media.load_media_topics.cache_clear()
        with pytest.raises(ModelUnavailable):
            media.load_media_topics()
        assert not mark.exists(), name
        refused += 1
    monkeypatch.undo()
    media.load_media_topics.cache_clear()
    assert refused == 8
    proof.note("8 of 8 refused, no code ran")


@pytest.mark.promise(19, "loading weights runs no code")
def test_promise_19_a_hub_model_with_a_pickle_or_code_of_its_own_is_refused(tmp_path: Path, proof: Proof) -> None:
    mark = tmp_path / "code-ran"
    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text(
        json.dumps(
            {"model_type": "bart", "auto_map": {"AutoModelForSeq2SeqLM": "evil.Evil"}, "architectures": ["Evil"]}
        ),
        encoding="utf-8",
    )
    (model / "evil.py").write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    (model / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(mark)))
    with pytest.raises(ModelUnavailable):
        HubSummariser(HubModel(name=str(model)), batch_size=1).warm()
    assert not mark.exists()
    proof.note("a folder with pytorch_model.bin and code of its own is refused, no code ran")
