"""The figures on the bot itself, as Prometheus takes them: their names, what they mean, and how they are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.observer import Observer
from models.meter import Usage

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

MOST_VALUES = 64
"""So many values a label may have; further ones are counted together as ``other``."""

_WORD = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")
"""What a label may say: a word of the code. It has no digits, so no id, token or address can become one."""


class Kind(StrEnum):
    """How a figure behaves: it only grows, it goes up and down, or it counts by size."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Spec:
    """One figure: its name, what kind, what it says, its labels, and of a histogram the upper bounds."""

    name: str
    kind: Kind
    meaning: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()


UPDATES = Spec(
    "sitrep_updates_total",
    Kind.COUNTER,
    "Updates from Telegram by kind and outcome: done, parked (given up), failed (tried again).",
    ("kind", "outcome"),
)
ARTICLES_SETTLED = Spec(
    "sitrep_articles_settled_total",
    Kind.COUNTER,
    "Articles that were read and filed, and attempts that failed.",
    ("outcome",),
)
ARTICLES = Spec(
    "sitrep_articles",
    Kind.GAUGE,
    "Articles in the database by state: queued, read, parked (given up). Counted up to 100,000.",
    ("state",),
)
READING = Spec(
    "sitrep_reading_seconds_total",
    Kind.COUNTER,
    "Seconds spent reading, by step: facts (sentences, language, figures, dates), vectors, summaries, topics, imprints, "
    "filing (placing and storing).",
    ("step",),
)
REFUSALS = Spec(
    "sitrep_summary_refusals_total",
    Kind.COUNTER,
    "Sentences of a configured summariser that the gate refused: number, date, name, role, negation, link, support.",
    ("reason",),
)
FETCHES = Spec(
    "sitrep_fetches_total",
    Kind.COUNTER,
    "Pages and feeds asked for: read, unchanged, or why the gate to the web refused or could not get them.",
    ("outcome",),
)
DEPTH = Spec(
    "sitrep_queue_depth",
    Kind.GAUGE,
    "What waits and could be dealt with now: inbox, articles, outbox_reply, outbox_broadcast. Counted up to 100,000.",
    ("queue",),
)
AGE = Spec("sitrep_queue_age_seconds", Kind.GAUGE, "How long the first of a queue has been waiting.", ("queue",))
DELIVERIES = Spec(
    "sitrep_deliveries_total",
    Kind.COUNTER,
    "Calls to Telegram by kind and how they ended: sent, held (never went out), unsent, unclear, flood, gone, migrated, "
    "refused, hopeless, unauthorised.",
    ("kind", "outcome"),
)
LIMITER = Spec(
    "sitrep_limiter_wait_seconds",
    Kind.HISTOGRAM,
    "How long a call waited for its turn under Telegram's limits, by lane.",
    ("lane",),
    (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
EDITIONS = Spec("sitrep_editions_total", Kind.COUNTER, "Editions composed: told, empty, failed.", ("outcome",))
COMPOSING = Spec(
    "sitrep_edition_seconds",
    Kind.HISTOGRAM,
    "How long composing and rendering one edition took.",
    (),
    (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
READERS = Spec(
    "sitrep_readers",
    Kind.GAUGE,
    "Chats by state: subscribed, unsubscribed, gone (they take no messages). Counted up to 100,000.",
    ("state",),
)
MEMORY = Spec(
    "sitrep_models_memory_bytes", Kind.GAUGE, "Memory of the process that runs the models; 0 while there is none."
)
WELL = Spec(
    "sitrep_part_well",
    Kind.GAUGE,
    "1 while a part of the process is well, 0 while it is ill: as /healthz says.",
    ("part",),
)
COUNTED = Spec(
    "sitrep_database_counted",
    Kind.GAUGE,
    "1 where the counts from the database are fresh, 0 where it could not be asked in time and they are old.",
)
INFO = Spec("sitrep_info", Kind.GAUGE, "Always 1; the version is in the label.", ("version",))

SPECS = (
    UPDATES, ARTICLES_SETTLED, ARTICLES, READING, REFUSALS, FETCHES, DEPTH, AGE, DELIVERIES, LIMITER, EDITIONS, COMPOSING,
    READERS, MEMORY, WELL, COUNTED, INFO,
)  # fmt: skip
"""Everything of our own; prometheus-client adds the ``process_`` family."""


class Metrics(Observer):
    """Counts what the rooms tell it, and keeps what was measured last. May be told from any thread."""

    def __init__(self, version: str) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._counters = {spec: self._counter(spec) for spec in SPECS if spec.kind is Kind.COUNTER}
        self._gauges = {spec: self._gauge(spec) for spec in SPECS if spec.kind is Kind.GAUGE}
        self._histograms = {spec: self._histogram(spec) for spec in SPECS if spec.kind is Kind.HISTOGRAM}
        self._said: dict[tuple[Spec, str], set[str]] = {}
        self._gauges[INFO].labels(version).set(1)

    def exposition(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self._registry)

    def set(self, spec: Spec, value: float) -> None:
        """Keep a measurement without labels."""
        self._gauges[spec].set(value)

    def set_all(self, spec: Spec, values: Mapping[str, float]) -> None:
        """Keep measurements by the one label of theirs."""
        for word, value in values.items():
            self._gauges[spec].labels(*self._words(spec, word)).set(value)

    def update_settled(self, kind: str, outcome: str) -> None:
        """See ``Observer``, as for all that follow."""
        self._add(UPDATES, kind, outcome)

    def article_settled(self, outcome: str) -> None:  # noqa: D102  as Observer says
        self._add(ARTICLES_SETTLED, outcome)

    def reading_took(self, step: str, seconds: float) -> None:  # noqa: D102  as Observer says
        self._add(READING, step, by=seconds)

    def sentence_refused(self, reason: str) -> None:  # noqa: D102  as Observer says
        self._add(REFUSALS, reason)

    def fetched(self, outcome: str) -> None:  # noqa: D102  as Observer says
        self._add(FETCHES, outcome)

    def edition_composed(self, outcome: str, seconds: float) -> None:  # noqa: D102  as Observer says
        self._add(EDITIONS, outcome)
        self._histograms[COMPOSING].observe(seconds)

    def delivery_ended(self, kind: str, outcome: str) -> None:  # noqa: D102  as Observer says
        self._add(DELIVERIES, kind, outcome)

    def limiter_waited(self, lane: str, seconds: float) -> None:  # noqa: D102  as Observer says
        self._histograms[LIMITER].labels(*self._words(LIMITER, lane)).observe(seconds)

    def batch_read(self, usage: Usage) -> None:
        """What a batch cost in the reading process."""
        for step, seconds in usage.seconds.items():
            self.reading_took(step, seconds)
        for reason, count in usage.refused.items():
            self._add(REFUSALS, reason, by=count)

    def _add(self, spec: Spec, *words: str, by: float = 1) -> None:
        self._counters[spec].labels(*self._words(spec, *words)).inc(by)

    def _words(self, spec: Spec, *words: str) -> list[str]:
        return [self._bounded(spec, label, str(word)) for label, word in zip(spec.labels, words, strict=True)]

    def _bounded(self, spec: Spec, label: str, word: str) -> str:
        """The word, or ``other`` where it is none, or one too many."""
        said = self._said.setdefault((spec, label), set())
        if word not in said:
            if not _WORD.fullmatch(word) or len(said) >= MOST_VALUES:
                return "other"
            said.add(word)
        return word

    def _counter(self, spec: Spec) -> Counter:
        return Counter(spec.name, spec.meaning, spec.labels, registry=self._registry)

    def _gauge(self, spec: Spec) -> Gauge:
        return Gauge(spec.name, spec.meaning, spec.labels, registry=self._registry)

    def _histogram(self, spec: Spec) -> Histogram:
        return Histogram(spec.name, spec.meaning, spec.labels, buckets=spec.bounds, registry=self._registry)


def reference() -> str:
    """The text of ``docs/metrics.md``."""
    rows = [
        f"| `{spec.name}` | {spec.kind} | {', '.join(f'`{label}`' for label in spec.labels) or '–'} | {spec.meaning} |"
        for spec in sorted(SPECS, key=lambda spec: spec.name)
    ]
    return _REFERENCE.format(rows="\n".join(rows), most=MOST_VALUES)


_REFERENCE = """\
# Metrics

What `/metrics` on the port (`web.port`) of the bot and of each worker says, in Prometheus' text format. How to scrape it, the
dashboard and the alert rules: [running.md](running.md). Made by `python -m bot.metrics`; a test keeps it in step with the code.

Labels are words of the code alone: kinds, states, steps, error codes. No chat, user, channel, address or text becomes one, and
no label has more than {most} values. Histograms have `_bucket`, `_sum` and `_count`. What is counted in the database is counted
when somebody asks, along an index and no further than the bound that is given, and kept for some seconds; of several
processes on one database each says the same, so take `max`. All else is counted by the process that does it since it was
started: take `sum` and `rate`; a worker counts what it reads, and nothing of what it does not do. The `process_` family of prometheus-client comes with it.

| name | kind | labels | meaning |
| --- | --- | --- | --- |
{rows}
"""

if __name__ == "__main__":
    import sys

    sys.stdout.write(reference())
