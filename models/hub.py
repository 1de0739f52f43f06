"""Models of the Hugging Face hub: fetched once, pinned by commit, put on a device in the precision that was asked for."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import structlog

from models.api import ModelUnavailable

Dtype = Literal["float32", "bfloat16", "float16"]
Quantisation = Literal["none", "int8"]

FILES = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
"""What is fetched: weights as safetensors, settings and word lists; nothing that could be run or unpickled."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class HubModel:
    """Which model, and how it is run.

    ``name`` is of the hub or a local folder, ``revision`` a commit, tag or branch of the hub, ``device`` a torch device.
    ``int8`` quantises the weights of linear layers, and what goes into them as it comes, on the CPU; it needs torchao.
    """

    name: str
    revision: str | None = None
    device: str = "cpu"
    dtype: Dtype = "float32"
    quantisation: Quantisation = "none"

    @property
    def called(self) -> str:
        """Names the model, its revision, and how it is run where that changes what it says."""
        changed = [word for word in (self.dtype, self.quantisation) if word not in {"float32", "none"}]
        return "+".join((f"{self.name}@{self.revision or 'main'}", *changed))


def device_of(wished: str) -> str:
    """The device, if it is there.

    Raises:
        ModelUnavailable: ``device_missing``.
    """
    import torch  # noqa: PLC0415 - slow to import

    if not wished.startswith("cuda"):
        return wished
    number = int(wished.partition(":")[2] or 0)
    if torch.cuda.is_available() and number < torch.cuda.device_count():
        return wished
    raise ModelUnavailable(
        "device_missing",
        f"There is no device {wished}: torch {torch.__version__} sees {torch.cuda.device_count()}. "
        'Install a build of torch with CUDA, or set models.device = "cpu".',
        device=wished,
    )


def fetch(name: str, revision: str | None = None, *, progress: bool = False) -> Path:
    """The folder of a model: a local one as it is, one of the hub from its cache, where it is fetched to the first time.

    What is in the cache is used without asking the hub, so that a model that was not pinned stays the one it was.

    Args:
        name: Of the hub, or a local folder.
        revision: A commit, tag or branch.
        progress: Whether bars are drawn on stderr.

    Raises:
        ModelUnavailable: ``model_not_fetched``: it is neither here nor to be had.
    """
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - slow to import

    wanted: dict[str, Any] = {"revision": revision, "allow_patterns": list(FILES)}
    with contextlib.suppress(OSError, ValueError):
        known = Path(snapshot_download(name, local_files_only=True, **wanted))
        if is_whole(known):
            return known
    _log.info("model_fetching", model=name, revision=revision)
    try:
        with _bars(shown=progress):
            folder = Path(snapshot_download(name, **wanted))
    except Exception as error:
        raise ModelUnavailable(
            "model_not_fetched",
            f"The model {name} at {revision or 'its newest revision'} cannot be fetched ({type(error).__name__}): is it "
            "called so, and is the hub to be reached from here? A local folder may be named instead.",
            model=name,
            revision=revision,
        ) from error
    _log.info("model_fetched", model=name, commit=folder.name)
    if revision is None or not _COMMIT.fullmatch(revision):
        _log.warning("model_not_pinned", model=name, hint=f'pin it: revision = "{folder.name}"')
    return folder


def is_whole(folder: Path) -> bool:
    """Whether a folder has a configuration and all its weights; a fetch that was interrupted leaves less."""
    if not (folder / "config.json").exists():
        return False
    index = folder / "model.safetensors.index.json"
    if index.exists():
        parts = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
        return all((folder / part).exists() for part in parts)
    return any(folder.glob("*.safetensors"))


def load(model: HubModel, kind: Any, folder: Path) -> Any:
    """Load a model, ready to be used.

    Args:
        model: How it is run.
        kind: A class of transformers with ``from_pretrained``.
        folder: From ``fetch``.

    Raises:
        ModelUnavailable: ``device_missing`` or ``quantisation_unavailable``.
        OSError, ValueError, ImportError, KeyError, RuntimeError: the files are not such a model.
    """
    import torch  # noqa: PLC0415 - slow to import

    device = device_of(model.device)
    loaded = kind.from_pretrained(
        str(folder), use_safetensors=True, trust_remote_code=False, dtype=getattr(torch, model.dtype)
    )
    loaded.to(device)
    loaded.eval()
    if model.quantisation == "int8":
        _quantise(loaded)
    return loaded


def _quantise(loaded: Any) -> None:
    """Dynamic int8 of all linear layers but the one that chooses words, in place."""
    import torch  # noqa: PLC0415 - as above

    try:
        from torchao.quantization import Int8DynamicActivationInt8WeightConfig, quantize_  # noqa: PLC0415 - optional
    except ImportError as error:
        raise ModelUnavailable(
            "quantisation_unavailable", 'models.quantisation = "int8" needs torchao: pip install "sitrep[int8]".'
        ) from error

    def chosen(module: torch.nn.Module, name: str) -> bool:
        return isinstance(module, torch.nn.Linear) and not name.endswith("lm_head")

    quantize_(loaded, Int8DynamicActivationInt8WeightConfig(), filter_fn=chosen)


@contextlib.contextmanager
def _bars(*, shown: bool) -> Iterator[None]:
    from huggingface_hub.utils.tqdm import (  # noqa: PLC0415 - as above
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    before = are_progress_bars_disabled()
    (enable_progress_bars if shown else disable_progress_bars)()
    try:
        yield
    finally:
        (disable_progress_bars if before else enable_progress_bars)()
