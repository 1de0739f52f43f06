"""Keeps what a training has worked out so far, so that one that was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from safetensors.numpy import load_file, save_file

from models.summary.measure import Floats

Tensors = Mapping[str, Floats]


class Kept:
    """Results of steps in a folder, one file each.

    Args:
        folder: Made when the first result is written. Delete it to begin anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def step(self, name: str, of: Iterable[bytes], make: Callable[[], Tensors]) -> Tensors:
        """Give the result of a step: what was kept of it, else what ``make`` works out now.

        Args:
            name: Of the step, a file name.
            of: All that the result depends on: another input is another result.
            make: Gives float32 tensors by name.
        """
        digest = hashlib.sha256()
        for part in of:
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
        file = self._folder / f"{name}-{digest.hexdigest()[:24]}.safetensors"
        if file.exists():
            found: Tensors = load_file(file)
            return found
        made = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        half_written = file.with_suffix(".part")
        save_file(dict(made), half_written)
        half_written.replace(file)
        return made

    def forget(self) -> None:
        """Delete every result: the training is done."""
        for file in [*self._folder.glob("*.safetensors"), *self._folder.glob("*.part")]:
            file.unlink()
        if self._folder.exists() and not any(self._folder.iterdir()):
            self._folder.rmdir()
