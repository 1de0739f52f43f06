"""The encoder's network: BERT over texts laid end to end in rows, with next to no padding. Imports torch; import it late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from torch import Tensor

_EPSILON = 1e-12  # of the layer norms of BERT
_BLOCK_TOKENS = 2048
"""Enough for the matrices to be worth fetching, and few enough for what comes of them to stay in a core's cache."""

_NARROWEST = 64
"""Two or three sentences fill a row of so many tokens; in a wider one they would be hidden from each other at more cost."""


_Linear = Callable[[Tensor], Tensor]
_Norm = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class _Layer:
    query_key_value: _Linear
    attended: _Linear
    attended_norm: _Norm
    wide: _Linear
    narrow: _Linear
    norm: _Norm


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of one width that go through the network together.

    Args:
        texts: Which texts are in it, in their order.
        ids: Token ids, of shape [rows, width]; 0 where no text is.
        places: Where in its text each token stands, of the same shape.
        owners: Which of ``texts`` each token is of, of the same shape; ``len(texts)`` where no text is.
    """

    texts: list[int]
    ids: Tensor
    places: Tensor
    owners: Tensor


class PackedBert:
    """BERT with mean pooling, on the CPU or elsewhere.

    Texts are packed into rows of equal width, a token seeing only those of its own text, and rows into blocks of few
    sizes: matrix products see next to no padding, and a library that makes a kernel for every shape of them (oneDNN)
    makes few. The result is the same as that of ``transformers.AutoModel`` with mean pooling (cosine 1 within float32).

    What a layer adds to a token is worked out in bfloat16 where the processor multiplies that in hardware, three times
    as fast: cosine to the above 0.9999. The tokens themselves, sums and norms stay in float32.

    Args:
        weights: The tensors of a ``BertModel`` by their usual names.
        heads: Attention heads of each layer.
        device: Where to compute.
        products: What matrices are multiplied in; None takes the fastest that the device has.
    """

    def __init__(
        self, weights: Mapping[str, Tensor], *, heads: int, device: str, products: torch.dtype | None = None
    ) -> None:
        self._heads = heads
        self._device = torch.device(device)
        self._products = products or _fastest(self._device)
        # Copies: what is loaded from a file is a view of it, and one view keeps the whole file in memory.
        tensors = {name: tensor.to(self._device, torch.float32, copy=True) for name, tensor in weights.items()}
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _pair(tensors, "embeddings.LayerNorm")
        count = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
        self._layers = [_layer(tensors, f"encoder.layer.{number}", self._products) for number in range(count)]

    @property
    def max_tokens(self) -> int:
        """The longest text the network can place, in tokens."""
        return self._places.shape[0]

    @torch.inference_mode()
    def embed(self, token_ids: Sequence[Sequence[int]]) -> Tensor:
        """Embed N texts given as token ids, none of them empty.

        Returns:
            Float32 of shape [N, width], each row of unit length, on the CPU.
        """
        found = torch.empty(len(token_ids), self._words.shape[1])
        for block in _blocks(token_ids):
            hidden = self._read(block)
            sums = hidden.new_zeros(len(block.texts) + 1, hidden.shape[1])
            sums.index_add_(0, block.owners.flatten().to(self._device), hidden)
            found[block.texts] = F.normalize(sums[:-1], dim=1).cpu()  # of the sum as of the mean
        return found

    @torch.inference_mode()
    def embed_tokens(self, token_ids: Sequence[Sequence[int]]) -> list[Tensor]:
        """Embed each token of N texts given as token ids, none of them empty.

        Returns:
            For each text float32 of shape [tokens, width], each row of unit length, on the CPU.
        """
        found: dict[int, Tensor] = {}
        for block in _blocks(token_ids):
            hidden = F.normalize(self._read(block), dim=1).cpu()
            owners = block.owners.flatten()
            for number, text in enumerate(block.texts):
                found[text] = hidden[owners == number]
        return [found[text] for text in range(len(token_ids))]

    def _read(self, block: _Block) -> Tensor:
        """Take a block through all layers: float32 of shape [rows * width, width of the network]."""
        ids, places, owners = (tensor.to(self._device) for tensor in (block.ids, block.places, block.owners))
        strange = owners[:, None, :, None] != owners[:, None, None, :]
        mask = torch.zeros(strange.shape, dtype=self._products, device=self._device).masked_fill_(strange, -torch.inf)
        found = (self._words[ids] + self._places[places]).flatten(0, 1)
        hidden = F.layer_norm(found, self._norm[0].shape, *self._norm, _EPSILON)
        for layer in self._layers:
            hidden = self._through(layer, hidden, mask)
        return hidden

    def _through(self, layer: _Layer, hidden: Tensor, mask: Tensor) -> Tensor:
        mixed = layer.query_key_value(hidden.to(self._products))
        # [rows, width, 3, heads, width of a head] -> 3 of [rows, heads, width, width of a head]
        query, key, value = mixed.view(mask.shape[0], mask.shape[2], 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        attended = (
            F.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).reshape(hidden.shape)
        )
        added = layer.attended(attended).float().add_(hidden)
        hidden = F.layer_norm(added, layer.attended_norm[0].shape, *layer.attended_norm, _EPSILON)
        wide = F.gelu(layer.wide(hidden.to(self._products)))
        added = layer.narrow(wide).float().add_(hidden)
        return F.layer_norm(added, layer.norm[0].shape, *layer.norm, _EPSILON)


def _blocks(token_ids: Sequence[Sequence[int]]) -> Iterator[_Block]:
    """Lay texts into rows of few widths, and rows into blocks of ``_BLOCK_TOKENS`` tokens, the rest into halves of that."""
    by_width: dict[int, list[int]] = {}
    for text, ids in enumerate(token_ids):
        by_width.setdefault(max(_NARROWEST, 1 << (len(ids) - 1).bit_length()), []).append(text)
    for width, texts in sorted(by_width.items()):
        rows = _rows(texts, token_ids, width)
        size = max(1, _BLOCK_TOKENS // width)
        at = 0
        while at < len(rows):
            while size > len(rows) - at:
                size //= 2
            yield _block(rows[at : at + size], token_ids, width)
            at += size


def _rows(texts: Sequence[int], token_ids: Sequence[Sequence[int]], width: int) -> list[list[int]]:
    """Pack texts into as few rows as best fit, longest first, finds."""
    rows: list[list[int]] = []
    with_room: list[list[list[int]]] = [[] for _ in range(width + 1)]
    for text in sorted(texts, key=lambda text: -len(token_ids[text])):
        length = len(token_ids[text])
        room = next((room for room in range(length, width + 1) if with_room[room]), width)
        if with_room[room]:
            row = with_room[room].pop()
        else:
            row = []
            rows.append(row)
        row.append(text)
        with_room[room - length].append(row)
    return rows


def _block(rows: Sequence[Sequence[int]], token_ids: Sequence[Sequence[int]], width: int) -> _Block:
    texts = [text for row in rows for text in row]
    ids = np.zeros((len(rows), width), dtype=np.int64)
    places = np.zeros_like(ids)
    owners = np.full_like(ids, len(texts))
    number = 0
    for at, row in enumerate(rows):
        start = 0
        for text in row:
            end = start + len(token_ids[text])
            ids[at, start:end] = token_ids[text]
            places[at, start:end] = np.arange(end - start)
            owners[at, start:end] = number
            start, number = end, number + 1
    return _Block(texts, torch.from_numpy(ids), torch.from_numpy(places), torch.from_numpy(owners))


def _fastest(device: torch.device) -> torch.dtype:
    """Float32, or bfloat16 on a processor with tiles for it; elsewhere that was not measured."""
    return torch.bfloat16 if _has_tiles(device) else torch.float32


def _has_tiles(device: torch.device) -> bool:
    return device.type == "cpu" and bool(torch.cpu.get_capabilities().get("amx_bf16", False))


def _pair(tensors: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _layer(tensors: Mapping[str, Tensor], name: str, products: torch.dtype) -> _Layer:
    parts = [_pair(tensors, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]

    def linear(weight: Tensor, bias: Tensor) -> _Linear:
        return _linear(weight.to(products), bias.to(products))

    return _Layer(
        query_key_value=linear(torch.cat([weight for weight, _ in parts]), torch.cat([bias for _, bias in parts])),
        attended=linear(*_pair(tensors, f"{name}.attention.output.dense")),
        attended_norm=_pair(tensors, f"{name}.attention.output.LayerNorm"),
        wide=linear(*_pair(tensors, f"{name}.intermediate.dense")),
        narrow=linear(*_pair(tensors, f"{name}.output.dense")),
        norm=_pair(tensors, f"{name}.output.LayerNorm"),
    )


def _linear(weight: Tensor, bias: Tensor) -> _Linear:
    """Multiply by a matrix; one for a processor's tiles is laid out for oneDNN once, which otherwise does so at every call.

    The two operators are those that ``torch.compile`` writes into what it makes for the CPU; where a torch has none of
    that name, the plain way is taken.
    """
    laid_out = getattr(torch.ops.mkldnn, "_reorder_linear_weight", None)
    multiply = getattr(torch.ops.mkldnn, "_linear_pointwise", None)
    for_tiles = weight.dtype == torch.bfloat16 and _has_tiles(weight.device)
    if not for_tiles or laid_out is None or multiply is None:
        return lambda tokens: F.linear(tokens, weight, bias)
    with torch.inference_mode():
        matrix = laid_out(weight, _BLOCK_TOKENS)
    return lambda tokens: cast("Tensor", multiply(tokens, matrix, bias, "none", [], ""))
