"""The page of measurements is written from what was found, and a run of some parts keeps the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.findings import Finding, Run, missing, read, row
from bench.readme import SCORES, brought_up
from bench.report import RESULTS, publish, run_part
from bench.rows import Row
from bench.turns import System, take_turns

READING = "The whole reading, beside summaries alone"
GOALS = "Goals of speed"


ROOT = Path(__file__).parents[2]


def a_run(part: str, *findings: Finding, date: str = "2026-05-01 09:00 UTC", failure: str = "") -> Run:
    return Run(
        part=part,
        date=date,
        command=f"python -m bench.report --only {part}",
        machine="2 cores",
        versions="Python 3.11",
        load_before=0.1,
        load_after=0.2,
        seconds=60,
        failure=failure,
        findings=findings,
    )


def the_page(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def test_systems_stand_side_by_side_with_what_could_not_be_measured(tmp_path: Path) -> None:
    cells = [
        *row(READING, "Sitrep", [("articles/s", 21.234), ("peak MB", 584.4)]),
        *row(READING, "another", [("articles/s", 0.3712), ("peak MB", 1776.0)], "cited"),
        missing(READING, "a third", "articles/s", "its environment is not there"),
    ]
    publish([a_run("reading", *cells)], tmp_path)
    page = the_page(tmp_path)
    assert "|  | articles/s | peak MB |  |" in page
    assert "| Sitrep | 21.2 | 584 |  |" in page
    assert "| another | 0.371 | 1,776 | cited |" in page
    assert "| a third |  |  | its environment is not there |" in page
    assert "load 0.1 before and 0.2 after" in page
    assert "![articles-a-second](articles-a-second.svg)" in page
    assert "Sitrep" in (tmp_path / "articles-a-second.svg").read_text(encoding="utf-8")


def test_goals_say_whether_they_were_reached(tmp_path: Path) -> None:
    cells = [
        *row(GOALS, "articles/s", [("goal: at least", 12), ("measured", 21.2)]),
        *row(GOALS, "first command, s", [("goal: at most", 1), ("measured", 1.4)]),
    ]
    publish([a_run("reading", *cells)], tmp_path)
    assert "| articles/s | ≥ 12.0 | 21.2 | reached |" in the_page(tmp_path)
    assert "| first command, s | ≤ 1.00 | 1.40 | **not reached** |" in the_page(tmp_path)


def test_a_partial_run_keeps_the_other_parts_and_replaces_its_own(tmp_path: Path) -> None:
    publish([a_run("startup", *row("Cold start", "first command", [("s", 0.911)]))], tmp_path)
    publish([a_run("reading", *row(READING, "Sitrep", [("articles/s", 20.0)]))], tmp_path)
    publish([a_run("reading", *row(READING, "Sitrep", [("articles/s", 25.0)]))], tmp_path)
    page = the_page(tmp_path)
    assert "| first command | 0.911 |" in page
    assert "| Sitrep | 25.0 |" in page
    assert "| Sitrep | 20.0 |" not in page


def test_a_part_that_fails_says_so_and_keeps_its_last_figures(tmp_path: Path) -> None:
    publish([a_run("reading", *row(READING, "Sitrep", [("articles/s", 20.0)]))], tmp_path)
    publish([a_run("reading", failure="did not end within 600 s", date="2026-05-02 09:00 UTC")], tmp_path)
    page = the_page(tmp_path)
    assert "**Failed**: the run of 2026-05-02 09:00 UTC failed (did not end within 600 s)" in page
    assert "| Sitrep | 20.0 |" in page


def test_a_part_that_cannot_run_is_a_finding_and_no_error() -> None:
    run = run_part("quality", quick=True, limit_s=0)
    assert run.failure == "did not end within 0 s"
    assert replace(run, failure="").findings == ()


def test_a_system_that_cannot_start_leaves_the_others_at_work() -> None:
    rows = [Row(id="1", text="At least 157 people were killed.", title=None, published=None)]
    ours = System(name="ours", function="bench.ours:quantities")
    found = take_turns([System(name="gone", function="bench.ours:nowhere"), ours], [rows])
    assert found["gone"].failure
    assert found["ours"].answers == {"1": [{"value": 157.0, "unit": "people", "change": ">"}]}
    assert found["ours"].peak_mb > 0


def test_growth_is_drawn_for_each_database_beside_the_logarithm(tmp_path: Path) -> None:
    cells = [
        cell
        for name in ("SQLite", "PostgreSQL")
        for size, times, log in (("1,000", 1.0, 1.0), ("1,000,000", 1.2, 2.0))
        for cell in row(
            f"How it grows with the archive: {name}, times of the smallest",
            f"{size} articles",
            [("tick", times), ("log", log)],
        )
    ]
    publish([a_run("growth", *cells)], tmp_path)
    assert "## Growth with the archive" in the_page(tmp_path)
    assert "![growth](growth.svg)" in the_page(tmp_path)
    assert (tmp_path / "growth.svg").exists()


def test_the_readme_tells_what_was_measured_last() -> None:
    """``python -m bench.report`` writes it there; after changes by hand, ``--only quality`` does."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert brought_up(readme, read(ROOT / "docs" / "bench" / RESULTS)) == readme


def test_the_readme_keeps_its_figures_where_a_run_found_less() -> None:
    score = f"{SCORES[0]}\nold figures\n{SCORES[1]}\nand more"
    ours_alone = a_run("quality", *row("quantities-dev", "Sitrep", [("value.f1", 96.4)]))
    assert brought_up(score, [ours_alone]) == score
    told = [
        cell
        for table, column in (
            ("quantities-dev", "value.f1"),
            ("keyfigures-dev", "full.f1"),
            ("timex-dev", "value.f1"),
            ("topics-iptc-dev", "accuracy"),
            ("clusters-dev", "ecbplus.f1"),
            ("summaries-dev", "macro.r2"),
        )
        for name, value in (("Sitrep", 80.0), ("a good one", 70.0), ("a better one", 75.0))
        for cell in row(table, name, [(column, value)])
    ]
    found = brought_up(score, [a_run("quality", *told)])
    assert "| topics | accuracy | 80.0 | 75.0, a better one |" in found
    assert "old figures" not in found
    assert found.endswith("and more")
