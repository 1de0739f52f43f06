"""Fits the small perceptrons of the summariser, with torch, from numpy to numpy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import nn

from models.summary.measure import Floats

_HIDDEN = 32
_BATCH = 1024


def fit(
    name: str, inputs: Floats, target: Floats, *, chances: bool, members: int, epochs: int, seed: int
) -> Mapping[str, Floats]:
    """Fit ``members`` perceptrons from different beginnings.

    Args:
        name: The prefix of the tensors' names.
        inputs: Float32 of shape [N, inputs].
        target: Float32 of shape [N]: 0 or 1 where ``chances``, any number otherwise.
        chances: Whether the output is the logit of a chance.
        members: How many are averaged.
        epochs: Passes over the inputs.
        seed: Of beginnings and order.

    Returns:
        Tensors by name, as ``models.summary.network.Perceptron`` takes them.
    """
    mean = inputs.mean(axis=0)
    scale = 1 / (inputs.std(axis=0) + 1e-6)
    put = torch.from_numpy(((inputs - mean) * scale).astype(np.float32))
    want = torch.from_numpy(target.astype(np.float32))
    parts = [_one(put, want, chances=chances, epochs=epochs, seed=seed + member) for member in range(members)]
    stacked = [np.stack([part[place] for part in parts]) for place in range(4)]
    names = ("mean", "scale", "first", "first_bias", "second", "second_bias")
    return {f"{name}.{part}": tensor for part, tensor in zip(names, [mean, scale, *stacked], strict=True)}


def _one(put: torch.Tensor, want: torch.Tensor, *, chances: bool, epochs: int, seed: int) -> list[Floats]:
    torch.manual_seed(seed)
    first = nn.Linear(put.shape[1], _HIDDEN)
    second = nn.Linear(_HIDDEN, 1)
    network = nn.Sequential(first, nn.ReLU(), nn.Dropout(0.1), second)
    loss_of: nn.Module = nn.BCEWithLogitsLoss() if chances else nn.MSELoss()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=1e-2)
    steps = epochs * (len(put) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=steps)
    for _ in range(epochs):
        order = torch.randperm(len(put))
        for start in range(0, len(put), _BATCH):
            batch = order[start : start + _BATCH]
            optimiser.zero_grad()
            loss = loss_of(network(put[batch]).squeeze(1), want[batch])
            loss.backward()
            optimiser.step()
            schedule.step()
    return [
        first.weight.detach().T.contiguous().numpy(),
        first.bias.detach().numpy(),
        second.weight.detach()[0].numpy(),
        second.bias.detach()[0].numpy(),
    ]
