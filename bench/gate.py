"""The quality gate: floors under the scores of each evaluation set, pinned to the hash of its corpus.

``python -m bench.gate`` measures and compares; ``--raise`` lifts the floors to what was measured; lowering one, or
pinning another corpus, needs ``--allow-lower`` as well.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bench.predict import main as predict

PROJECT: Final = Path(__file__).resolve().parents[1]
FLOORS: Final = PROJECT / "tests" / "eval" / "floors.toml"
_DATA_VARIABLE: Final = "SITREP_EVAL_DIR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One set and the floors under it.

    ``corpus`` is a path in the evaluation folder, or in the project where it begins with ``bench/``. ``score`` is the
    scorer and its arguments: a script of the evaluation folder (``*.py``) or a module of the project. In arguments
    ``{gold}`` stands for the corpus, ``{pred}`` for the predictions, ``{data}`` for the evaluation folder, ``{json}``
    for a file the scores are written to; without it they are read from the output. ``floors`` has dotted keys of the
    scores; ``slack`` is how far below its floor a score may be where arithmetic differs between machines. ``slow``
    gates run a network over many articles: they are measured when named by ``--only`` or asked for by ``--slow``.
    """

    name: str
    task: str
    corpus: str
    sha256: str
    score: tuple[str, ...]
    floors: dict[str, float]
    predict: tuple[str, ...] = ()
    slack: float = 0.0
    slow: bool = False

    @property
    def own(self) -> bool:
        """Whether the corpus is part of the project."""
        return self.corpus.startswith("bench/")

    @property
    def path(self) -> Path:
        """Where the corpus is."""
        return (PROJECT if self.own else data_folder()) / self.corpus


def data_folder() -> Path:
    """The folder of the evaluation data; it need not be there."""
    return Path(os.environ.get(_DATA_VARIABLE) or PROJECT.parent / "shared" / "eval")


def load(path: Path = FLOORS) -> list[Gate]:
    """Read the gates from a file of floors."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Gate(
            name=name,
            task=table["task"],
            corpus=table["corpus"],
            sha256=table["sha256"],
            predict=tuple(table.get("predict", ())),
            score=tuple(table["score"]),
            slack=float(table.get("slack", 0.0)),
            slow=bool(table.get("slow", False)),
            floors={key: float(value) for key, value in table["floors"].items()},
        )
        for name, table in tables.items()
    ]


def save(gates: Sequence[Gate], path: Path = FLOORS) -> None:
    """Write the gates; comments at the head of the file stay."""
    head = []
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                break
            head.append(line)
    path.write_text("\n".join([*head, "\n\n".join(map(_toml, gates)), ""]), encoding="utf-8")


def _toml(gate: Gate) -> str:
    lines = [
        f"[{gate.name}]",
        f"task = {json.dumps(gate.task)}",
        f"corpus = {json.dumps(gate.corpus)}",
        f"sha256 = {json.dumps(gate.sha256)}",
        *([f"predict = {json.dumps(gate.predict)}"] if gate.predict else []),
        f"score = {json.dumps(gate.score)}",
        *([f"slack = {gate.slack}"] if gate.slack else []),
        *(["slow = true"] if gate.slow else []),
        f"[{gate.name}.floors]",
        *(f"{json.dumps(key)} = {value:.4f}" for key, value in gate.floors.items()),
    ]
    return "\n".join(lines)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(gate: Gate) -> dict[str, float]:
    """Predict and score.

    Returns:
        The scores named by the gate's floors.

    Raises:
        RuntimeError: the task is not there, or the scorer failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "pred.jsonl"
        arguments = [part.format_map({"data": str(data_folder())}) for part in gate.predict]
        if predict([gate.task, str(gate.path), str(predictions), *arguments]) != 0:
            raise RuntimeError(f"the task {gate.task} is not there")
        return scored(gate, predictions)


def scored(gate: Gate, predictions: Path, gold: Path | None = None) -> dict[str, float]:
    """Score predictions, whoever made them, on the gate's corpus or on the part of it in ``gold``.

    Returns:
        The scores named by the gate's floors.

    Raises:
        RuntimeError: the scorer failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        places = {
            "gold": str(gold or gate.path),
            "data": str(data_folder()),
            "pred": str(predictions),
            "json": str(Path(folder) / "scores.json"),
        }
        scorer, *rest = [part.format_map(places) for part in gate.score]
        program = [str(data_folder() / scorer)] if scorer.endswith(".py") else ["-m", scorer]
        # The scorer comes from the file of floors, which is part of the project.
        done = subprocess.run(
            [sys.executable, *program, *rest], cwd=PROJECT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{scorer} failed: {done.stderr[-500:]}")
        written = Path(places["json"])
        scores = json.loads(written.read_text(encoding="utf-8") if written.exists() else done.stdout)
    return {key: _dig(scores, key) for key in gate.floors}


def _dig(scores: Any, key: str) -> float:
    for part in key.split("."):
        scores = scores[part]
    return float(scores)


def failures(gate: Gate, scores: dict[str, float]) -> list[str]:
    """One line for each score below its floor."""
    return [
        f"{gate.name} {key}: {scores[key]:.4f} is below its floor {floor:.4f}"
        for key, floor in gate.floors.items()
        if scores[key] < floor - gate.slack
    ]


def moved(gate: Gate, scores: dict[str, float], *, allow_lower: bool) -> Gate:
    """The gate with its floors lifted to ``scores``, and its corpus pinned as it is now.

    Raises:
        ValueError: that would lower a floor or change a pinned corpus, and ``allow_lower`` is False.
    """
    now = digest(gate.path)
    lower = [key for key, floor in gate.floors.items() if scores[key] < floor]
    if not allow_lower and (lower or (gate.sha256 and now != gate.sha256)):
        what = f"the floors of {', '.join(lower)}" if lower else "the corpus"
        raise ValueError(f"{gate.name}: {what} would change for the worse or unseen; say --allow-lower if you mean it")
    return replace(gate, sha256=now, floors={key: round(scores[key], 4) for key in gate.floors})


def _check(gate: Gate, *, lift: bool, allow_lower: bool) -> tuple[Gate, list[str]]:
    if not gate.path.exists():
        print(f"{gate.name}: skipped, {gate.corpus} is not in {gate.path.parent}")
        return gate, []
    changed = [] if digest(gate.path) == gate.sha256 else [f"{gate.name}: the corpus is not the one that was pinned"]
    scores = measure(gate)
    print(gate.name, " ".join(f"{key}={value:.4f}" for key, value in scores.items()))
    if not lift:
        return gate, changed + failures(gate, scores)
    try:
        return moved(gate, scores, allow_lower=allow_lower), []
    except ValueError as error:
        return gate, [str(error)]


def main(arguments: Sequence[str] | None = None, path: Path = FLOORS) -> int:
    """Measure every gate; 1 where a score is below its floor or a floor would have to be lowered, else 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--only", action="append", metavar="SET", help="this set; may be repeated")
    parser.add_argument("--slow", action="store_true", help="the slow sets as well")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --raise: floors may fall, corpora may change")
    chosen = parser.parse_args(arguments)
    gates, problems = [], []
    for gate in load(path):
        if gate.name in chosen.only if chosen.only else chosen.slow or not gate.slow:
            kept, found = _check(gate, lift=chosen.lift, allow_lower=chosen.allow_lower)
            problems += found
        else:
            kept = gate
        gates.append(kept)
    if chosen.lift:
        save(gates, path)
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
