"""What the proofs share: how large they are here, the seed they are drawn from, and where their results go.

A tenth of each proof runs with every test run. ``SITREP_PROVE=1`` runs them whole, and ``python -m bench.prove`` writes the
results into docs/reliability.md.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from promise_proof import SEED, Proof

_RESULTS = os.environ.get("SITREP_PROOFS")


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Iterator[Proof]:
    """The proof of the promise that the test's marker names: ``@pytest.mark.promise(13, "markup cannot be injected")``."""
    marker = request.node.get_closest_marker("promise")
    assert marker is not None, "a proof names its promise"
    proof = Proof(*marker.args)
    print(f"promise {proof.number}, seed {SEED}")  # noqa: T201  shown where the test fails
    yield proof
    report = getattr(request.node, "report_of_call", None)
    if _RESULTS and report is not None and not report.skipped:
        test = request.node.nodeid.removeprefix("tests/promises/")
        row = {
            "number": proof.number,
            "promise": proof.promise,
            "test": test,
            "size": "; ".join(proof.sizes),
            "found": "; ".join(proof.found),
            "held": report.passed,
            "seconds": round(report.duration, 1),
            "seed": SEED,
        }
        with Path(_RESULTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixture know, once the test is over, how it ended."""
    report = yield
    if report.when == "call":
        item.report_of_call = report
    return report


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
