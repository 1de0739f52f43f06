"""The dashboard and the alert rules ask for nothing but what is really told, by the labels and words it is told with."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, ProcessCollector

from bot.delivery.outcome import Verdict
from bot.health import Part
from bot.metrics import SPECS, Kind
from bot.store import Kind as MessageKind
from bot.store import Lane

DEPLOY = Path(__file__).parents[2] / "deploy"
FUNCTIONS = frozenset(
    {"absent", "group_left", "histogram_quantile", "increase", "label_values", "max", "min", "rate", "sum"}
)
WORDS = frozenset({"by", "on", "without", "and", "or", "unless"})
TOKENS = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*")|(?P<window>\[[^\]]+\])|(?P<number>(?<![\w:])\d+(?:\.\d+)?(?:e\d+)?)"""
    r"""|(?P<name>[A-Za-z_:][\w:]*)|(?P<sign>[-+*/^%(){},]|[=!]=|=~|!~|[<>]=?|=)|(?P<space>\s+)|(?P<odd>.)"""
)
VALUES = {
    ("sitrep_queue_age_seconds", "queue"): {"inbox", "articles", *(f"outbox_{lane}" for lane in Lane)},
    ("sitrep_queue_depth", "queue"): {"inbox", "articles", *(f"outbox_{lane}" for lane in Lane)},
    ("sitrep_deliveries_total", "kind"): set(MessageKind),
    ("sitrep_deliveries_total", "outcome"): {*Verdict, "held"},
    ("sitrep_part_well", "part"): set(Part),
    ("sitrep_editions_total", "outcome"): {"told", "empty", "failed"},
    ("sitrep_articles_settled_total", "outcome"): {"read", "failed"},
    ("sitrep_readers", "state"): {"subscribed", "unsubscribed", "gone"},
}
OURS_OF_PROMETHEUS = frozenset({"job", "instance"})


@dataclass(frozen=True)
class Asked:
    """One selector of an expression: the sample it names, and what it says of labels."""

    name: str
    labels: tuple[tuple[str, str], ...]


def lexed(expression: str) -> list[tuple[str, str]]:
    found = [(str(match.lastgroup), match.group()) for match in TOKENS.finditer(expression)]
    assert not [text for kind, text in found if kind == "odd"], expression
    return [(kind, text) for kind, text in found if kind != "space"]


def asked(expression: str) -> Iterator[Asked]:
    """The selectors; every other name must be a word or a function of PromQL, or stand in the brackets of "by"."""
    tokens = lexed(expression)
    depth, grouping = 0, False
    for at, (kind, text) in enumerate(tokens):
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if text == "{":
            depth += 1
        elif text == "}":
            depth -= 1
        elif text == ")":
            grouping = False
        elif kind == "name" and (text in WORDS or (text == "group_left")):
            grouping = following == "("
        elif kind == "name" and not grouping and not depth:
            if following == "(" or text in FUNCTIONS:
                assert text in FUNCTIONS, f"{text}() in {expression}"
                continue
            yield Asked(text, tuple(_matchers(tokens, at + 1)))
    assert depth == 0
    assert [text for _, text in tokens].count("(") == [text for _, text in tokens].count(")"), expression


def _matchers(tokens: list[tuple[str, str]], at: int) -> Iterator[tuple[str, str]]:
    if at >= len(tokens) or tokens[at][1] != "{":
        return
    while tokens[at][1] != "}":
        label, sign, value = (text for _, text in tokens[at + 1 : at + 4])
        assert sign in {"=", "!=", "=~", "!~"}, tokens
        yield label, value.strip('"')
        at += 4


def exported() -> dict[str, tuple[str, ...]]:
    """Every sample that /metrics can have, with its labels."""
    names: dict[str, tuple[str, ...]] = {}
    for spec in SPECS:
        if spec.kind is Kind.HISTOGRAM:
            names |= {f"{spec.name}_bucket": (*spec.labels, "le"), f"{spec.name}_sum": spec.labels}
            names[f"{spec.name}_count"] = spec.labels
        else:
            names[spec.name] = spec.labels
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    return names | {sample.name: () for family in registry.collect() for sample in family.samples}


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEPLOY / "grafana" / "sitrep.json").read_text(encoding="utf-8"))
    return found


def panels() -> list[dict[str, Any]]:
    return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def expressions() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel["targets"]] + [rule["expr"] for rule in rules()]


@pytest.mark.parametrize("expression", expressions())
def test_what_is_asked_for_is_told(expression: str) -> None:
    known = exported()
    selectors = list(asked(expression))
    assert selectors
    for selector in selectors:
        assert selector.name in known, selector.name
        for label, value in selector.labels:
            assert label in {*known[selector.name], *OURS_OF_PROMETHEUS}, f"{selector.name} has no {label}"
            possible = VALUES.get((selector.name, label))
            if possible is not None:
                assert set(value.split("|")) <= possible, f"{selector.name} never has {label}={value}"


@pytest.mark.parametrize("expression", expressions())
def test_what_is_grouped_by_is_a_label_of_what_is_asked_for(expression: str) -> None:
    labels = {label for selector in asked(expression) for label in exported()[selector.name]} | OURS_OF_PROMETHEUS
    for names in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {name.strip() for name in names.split(",")} <= labels


def test_the_dashboard_has_what_grafana_needs_and_its_panels_lie_beside_each_other() -> None:
    board = dashboard()
    assert {"uid", "title", "schemaVersion", "panels", "templating", "time"} <= set(board)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
    for panel in panels():
        assert panel["type"] in {"stat", "timeseries"}
        assert panel["targets"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    (job,) = board["templating"]["list"]
    assert job["query"]["query"] == f"label_values({next(iter(asked(job['query']['query']))).name}, job)"


def test_the_dashboard_asks_the_data_source_that_is_provided() -> None:
    provided = yaml.safe_load((DEPLOY / "grafana/provisioning/datasources/prometheus.yml").read_text(encoding="utf-8"))
    (source,) = provided["datasources"]
    assert {target["datasource"]["uid"] for panel in panels() for target in panel["targets"]} == {source["uid"]}


def test_every_figure_is_on_the_dashboard() -> None:
    (job,) = dashboard()["templating"]["list"]
    shown = {selector.name for one in [*expressions(), job["query"]["query"]] for selector in asked(one)}
    unseen = {spec.name for spec in SPECS if not any(name.startswith(spec.name) for name in shown)}
    assert unseen == set()


def test_every_rule_says_what_happened_and_what_to_do() -> None:
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "warn"}
        assert set(rule["annotations"]) == {"summary", "action"}
    assert len({rule["alert"] for rule in rules()}) == len(rules())


@pytest.mark.parametrize("wrong", ["sitrep_nothing", "rate(sitrep_updates_totl[5m])", "summ(sitrep_articles)"])
def test_the_check_would_find_a_slip(wrong: str) -> None:
    with pytest.raises(AssertionError):
        assert all(selector.name in exported() for selector in asked(wrong))
