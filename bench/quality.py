"""How good: every set there is data for, scored with the code the bot runs, beside other systems on the same files.

Systems that pip can install are run here; what others scored is cited from the notes of the evaluation folder and marked so.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.findings import Finding, missing, row
from bench.gate import Gate, load, scored
from bench.gate import measure as measure_gate
from bench.rows import read_rows, write
from bench.turns import Account, System, take_turns

_PERCENT_FROM = 1.0
"""Scorers give shares or percentages: what is not above one is a share."""

_OTHERS = {
    "quantities": ("quantities", ("quantulum3", "recognizers", "cqe")),
    "timex": ("timexes", ("recognizers_dates", "dateparser")),
    "summaries": ("summary", ("textrank", "lexrank")),
}
"""By task: the field of a prediction, and the systems run here (functions of bench/rivals.py)."""

_NAMES = {
    "quantulum3": "quantulum3",
    "recognizers": "recognizers-text",
    "cqe": "CQE",
    "recognizers_dates": "recognizers-text-date-time",
    "dateparser": "dateparser",
    "textrank": "sumy TextRank",
    "lexrank": "sumy LexRank",
}
_CITED = {
    "quantities-dev": {
        "CQE 2.0.3": {"value.f1": 89.6, "value+unit.f1": 82.1, "value+change.f1": 85.7},
        "GPT-3": {"value.f1": 71.2, "value+unit.f1": 58.7, "value+change.f1": 53.9},
    },
    "timex-dev": {"HeidelTime 2.2.1": {"relaxed.f1": 92.1, "value.f1": 77.4}},
    "timex-dev-dates": {"HeidelTime 2.2.1": {"value.f1": 78.2}},
    "keyfigures-dev": {
        'CQE and dates after "by"': {"value.f1": 68.8, "full.f1": 43.8},
        "CQE and HeidelTime": {"value.f1": 55.0, "full.f1": 35.0},
    },
    "casualties-dev": {"CQE": {"value.r": 98.5, "unit": 27.0}},
    "topics-iptc-dev": {
        "TF-IDF and logistic regression": {"accuracy": 50.9, "any_accuracy": 60.2, "macro_f1": 28.4},
    },
    "topics-tgcontest-dev": {"TF-IDF and logistic regression": {"accuracy": 82.1}},
    "clusters-dev": {
        "character 3-5-gram cosine": {"ecbplus.f1": 81.6, "ucinews.f1": 69.3, "tgcontest.f1": 94.7},
    },
    "summaries-dev": {
        "lead-3": {"macro.r1": 33.8, "macro.r2": 13.2, "macro.rl": 29.5},
        "TextRank, k sentences": {"macro.r1": 29.4, "macro.r2": 10.1, "macro.rl": 24.9},
        "LexRank, k sentences": {"macro.r1": 30.5, "macro.r2": 10.5, "macro.rl": 26.1},
    },
    "consistency-dev": {
        "overlap of words, numbers and names": {
            "qags-cnndm.auc": 69.0,
            "qags-xsum.auc": 76.0,
            "summeval.auc": 80.0,
            "xsumfaith.auc": 72.0,
        },
    },
}
"""Where others stand on these files, from the notes that come with them; by set, system and the gate's name of the score."""

_LONG = frozenset({"summaries-dev", "consistency-dev", "clusters-dev"})
_BATCH = 20
_Answered = dict[tuple[str, Path], dict[str, Account]]
"""What other systems answered, by task and corpus: two gates may look at the same answers."""


def measure(*, quick: bool) -> Iterator[Finding]:
    """A table a set. The quick form leaves out the sets that take minutes, and other systems on all but 60 rows."""
    answered: _Answered = {}
    for gate in load():
        yield from _table(gate, answered, quick=quick)


def _table(gate: Gate, answered: _Answered, *, quick: bool) -> Iterator[Finding]:
    name = gate.name
    if not gate.path.exists():
        yield missing(name, "Sitrep", "score", "skipped: its data is not there; set SITREP_EVAL_DIR")
        return
    if quick and name in _LONG:
        yield missing(name, "Sitrep", "score", "left out of the quick run")
    else:
        try:
            yield from row(name, "Sitrep", [(key, _percent(value)) for key, value in measure_gate(gate).items()])
        except (RuntimeError, OSError, ValueError, KeyError) as error:
            yield missing(name, "Sitrep", "score", f"failed: {error}")
    for system, scores in _CITED.get(name, {}).items():
        yield from row(name, system, list(scores.items()), "cited")
    if gate.task in _OTHERS and not (quick and name in _LONG):
        yield from _others(gate, answered, most=60 if quick else None)


def _others(gate: Gate, answered: _Answered, *, most: int | None) -> Iterator[Finding]:
    field, functions = _OTHERS[gate.task]
    systems = [System(name=_NAMES[one], function=f"bench.rivals:{one}", is_rival=True) for one in functions]
    rows = read_rows(gate.path)[:most]
    batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    note = f"run here, on {len(rows)} rows alone" if most else "run here"
    accounts = answered.get((gate.task, gate.path)) or take_turns(systems, batches)
    answered[gate.task, gate.path] = accounts
    for name, account in accounts.items():
        try:
            yield from row(gate.name, name, _scores(gate, field, account), note)
        except (RuntimeError, OSError, ValueError, KeyError) as error:
            yield missing(gate.name, name, "score", f"failed: {error}")


def _scores(gate: Gate, field: str, account: Account) -> list[tuple[str, float | None]]:
    """Score what a system answered, against the rows it was given."""
    if account.failure:
        raise RuntimeError(account.failure)
    with tempfile.TemporaryDirectory() as folder:
        gold, predictions = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        lines = gate.path.read_text(encoding="utf-8").splitlines(keepends=True)
        given = (line for line in lines if str(json.loads(line)["id"]) in account.answers)
        gold.write_text("".join(given), encoding="utf-8")
        write(predictions, ({"id": key, field: answer} for key, answer in account.answers.items()))
        return [(key, _percent(value)) for key, value in scored(gate, predictions, gold).items()]


def _percent(value: float) -> float:
    return 100 * value if value <= _PERCENT_FROM else value
