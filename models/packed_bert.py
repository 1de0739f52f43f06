"""The encoder's network: BERT over texts laid end to end, without padding. Imports torch; import it late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows it by
from torch import Tensor

_EPSILON = 1e-12  # of the layer norms of BERT


@dataclass(frozen=True, slots=True)
class _Layer:
    query_key_value: tuple[Tensor, Tensor]
    attended: tuple[Tensor, Tensor]
    attended_norm: tuple[Tensor, Tensor]
    wide: tuple[Tensor, Tensor]
    narrow: tuple[Tensor, Tensor]
    norm: tuple[Tensor, Tensor]


class PackedBert:
    """BERT with mean pooling, on the CPU or elsewhere.

    A batch is one long row of tokens: every matrix product sees no padding, and attention runs over groups of texts
    of the same length, so it needs no mask. The result is the same as that of ``transformers.AutoModel`` with mean
    pooling (cosine 1 within float32).

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
        tensors = {name: tensor.to(self._device, torch.float32) for name, tensor in weights.items()}
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
        """Embed texts given as token ids, none of them empty.

        Returns:
            Float32 of shape [N, width], each row of unit length, on the CPU.
        """
        order, groups, hidden = self._read(token_ids)
        pooled = torch.empty(len(order), hidden.shape[1], device=self._device)
        token = row = 0
        for length, count in groups:
            pooled[row : row + count] = hidden[token : token + length * count].view(count, length, -1).mean(1)
            token += length * count
            row += count
        unsorted = torch.empty_like(pooled)
        unsorted[torch.tensor(order, device=self._device)] = F.normalize(pooled, dim=1)
        return unsorted.cpu()

    @torch.inference_mode()
    def embed_tokens(self, token_ids: Sequence[Sequence[int]]) -> list[Tensor]:
        """Embed each token of texts given as token ids, none of them empty.

        Returns:
            For each text float32 of shape [tokens, width], each row of unit length, on the CPU.
        """
        order, _, hidden = self._read(token_ids)
        rows = F.normalize(hidden, dim=1).cpu()
        found: dict[int, Tensor] = {}
        start = 0
        for index in order:
            found[index] = rows[start : start + len(token_ids[index])]
            start += len(token_ids[index])
        return [found[index] for index in range(len(token_ids))]

    def _read(self, token_ids: Sequence[Sequence[int]]) -> tuple[list[int], list[tuple[int, int]], Tensor]:
        """Take texts through all layers: their order in the row, (length, count) of its groups, and the row."""
        order = sorted(range(len(token_ids)), key=lambda index: len(token_ids[index]))
        lengths = [len(token_ids[index]) for index in order]
        groups = [(length, sum(1 for _ in same)) for length, same in groupby(lengths)]
        ids = torch.tensor([token for index in order for token in token_ids[index]], device=self._device)
        places = torch.cat([self._places[:length].repeat(count, 1) for length, count in groups])
        hidden = F.layer_norm(self._words[ids] + places, self._norm[0].shape, *self._norm, _EPSILON)
        for layer in self._layers:
            hidden = self._through(layer, hidden, groups)
        return order, groups, hidden

    def _through(self, layer: _Layer, hidden: Tensor, groups: Sequence[tuple[int, int]]) -> Tensor:
        mixed = F.linear(hidden.to(self._products), *layer.query_key_value)
        attended = torch.empty_like(hidden, dtype=self._products)
        token = 0
        for length, count in groups:
            end = token + length * count
            # [count, length, 3, heads, width / heads] -> 3 of [count, heads, length, width / heads]
            query, key, value = mixed[token:end].view(count, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            there = F.scaled_dot_product_attention(query, key, value)
            attended[token:end] = there.transpose(1, 2).reshape(length * count, -1)
            token = end
        added = F.linear(attended, *layer.attended).float().add_(hidden)
        hidden = F.layer_norm(added, layer.attended_norm[0].shape, *layer.attended_norm, _EPSILON)
        wide = F.gelu(F.linear(hidden.to(self._products), *layer.wide))
        added = F.linear(wide, *layer.narrow).float().add_(hidden)
        return F.layer_norm(added, layer.norm[0].shape, *layer.norm, _EPSILON)


def _fastest(device: torch.device) -> torch.dtype:
    """Float32, or bfloat16 on a processor with tiles for it; elsewhere that was not measured."""
    tiles = device.type == "cpu" and torch.cpu.get_capabilities().get("amx_bf16", False)
    return torch.bfloat16 if tiles else torch.float32


def _pair(tensors: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _layer(tensors: Mapping[str, Tensor], name: str, products: torch.dtype) -> _Layer:
    parts = [_pair(tensors, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]

    def matrix(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        return weight.to(products), bias.to(products)

    return _Layer(
        query_key_value=matrix(torch.cat([weight for weight, _ in parts]), torch.cat([bias for _, bias in parts])),
        attended=matrix(*_pair(tensors, f"{name}.attention.output.dense")),
        attended_norm=_pair(tensors, f"{name}.attention.output.LayerNorm"),
        wide=matrix(*_pair(tensors, f"{name}.intermediate.dense")),
        narrow=matrix(*_pair(tensors, f"{name}.output.dense")),
        norm=_pair(tensors, f"{name}.output.LayerNorm"),
    )
