"""One proof of a promise: how large it is here, and what was found."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from random import Random

WHOLE = "SITREP_PROVE" in os.environ
SEED = int(os.environ.get("SITREP_SEED", "20261122"))


@dataclass
class Proof:
    """One proof of a promise.

    ``note`` what was found, in words and numbers; it stands in the table of docs/reliability.md.
    """

    number: int
    promise: str
    random: Random = field(default_factory=lambda: Random(SEED))
    sizes: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def size(self, whole: int, what: str, *, least: int = 1) -> int:
        """How many: ``whole`` where everything is proved, else a tenth of it, at least ``least``."""
        many = whole if WHOLE else max(least, whole // 10)
        self.sizes.append(f"{many:,} {what}")
        return many

    def note(self, found: str) -> None:
        """Say what was found."""
        self.found.append(found)
