"""Measures the gate on text a model wrote: what it refuses of sentences corrupted on purpose, and of good ones.

``python -m bench.refusals ../shared/eval/summaries-dev.jsonl`` prints the table per kind; ``--show KIND`` prints the
sentences of a kind that were judged wrongly. Corruptions are made with ``--seed``, from sentences of people and of the
extractive summariser that the source supports.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from bench.rows import Row
from models.figures import Quantity, find_quantities
from models.reader import EmbeddedReader
from models.sentences import split_sentences
from models.summary.gate import Gate, gate_of, judge, support_of
from models.summary.names import is_ordinary
from models.summary.support import Support

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_WORD: Final = re.compile(r"[^\W_]+")
_CAPITAL: Final = re.compile(r"\b[A-Z][^\W_]*")
_SPELT: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b"
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE: Final = re.compile(rf"\b(?:{'|'.join(_DAYS + _MONTHS)}|(?:19|20)\d\d)\b")
_UNITS: Final = {
    "percent": "points", "per cent": "points", "%": " million", "million": "billion", "billion": "million",
    "miles": "kilometres", "kilometres": "miles", "km": "miles", "hours": "days", "days": "weeks", "weeks": "months",
    "months": "years", "years": "months", "minutes": "hours", "metres": "feet", "feet": "metres",
}  # fmt: skip
_UNIT: Final = re.compile(r"(?<=\d)( ?(?:%|(?:percent|per cent|million|billion|miles|kilometres|km|hours|days|weeks"
                          r"|months|years|minutes|metres|feet)\b))(?! old)")  # fmt: skip
_CURRENCIES: Final = {"$": "£", "£": "€", "€": "$", "dollars": "euros", "pounds": "dollars", "euros": "pounds"}
_CURRENCY: Final = re.compile(r"[$£€](?=\d)|(?<=\d )(?:dollars|pounds|euros)\b")
_QUALIFIER: Final = re.compile(
    r"\b(?:more than|over|at least|up to|less than|about|nearly|almost|around)"
    r" (?=[$£€]?\d)(?!(?:19|20)\d\d\b|\d\d?(?:[:.]\d\d)? ?[ap]\.?m\b|\d\d:?\d\d ?(?:GMT|BST))"
)
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b(?!-)")
_NEGATION: Final = re.compile(r" not\b|(?<=d)n[’']t\b|(?<=s)n[’']t\b")
_AUXILIARY: Final = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|could|should)\b(?! not|n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One article: its gate, the text behind it, sentences of people and of the extractive summariser."""

    source: str
    gate: Gate
    support: Support
    quantities: Sequence[Quantity]
    human: Sequence[str]
    extractive: Sequence[str]

    @property
    def good(self) -> Iterator[str]:
        """Sentences that the gate lets pass: the rest says nothing about a corruption."""
        written = (*self.human, *self.extractive)
        return (one for one, fault in zip(written, self.judge(written), strict=True) if fault is None)

    def judge(self, sentences: Sequence[str]) -> list[str | None]:
        """The fault of each sentence."""
        return judge(sentences, self.gate, self.support)

    def tells(self, sentence: str) -> bool:
        """Whether every capitalised word of a sentence, but the first, stands in the source as it is."""
        return set(_CAPITAL.findall(sentence)[sentence[:1].isupper() :]) <= set(_WORD.findall(self.source))


Corrupt = Callable[[str, Case, random.Random], str | None]


def _put(sentence: str, match: re.Match[str] | None, new: str) -> str | None:
    return None if match is None else sentence[: match.start()] + new + sentence[match.end() :]


def _any(pattern: re.Pattern[str], sentence: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(sentence))
    return rng.choice(found) if found else None


def _number(sentence: str, case: Case, rng: random.Random) -> str | None:
    found = _any(_NUMBER, sentence, rng)
    if found is None:
        return None
    known = set(_NUMBER.findall(case.source))
    value = int(re.sub(r"\D", "", found.group()))
    for step in rng.sample((1, 2, 3, 7, 10, 13, 40), 7):
        new = f"{value + step:,}" if "," in found.group() else str(value + step)
        if "." in found.group():
            new = new[:-1] + "." + new[-1]
        if new not in known:
            return _put(sentence, found, new)
    return None


def _swapped(sentence: str, case: Case, rng: random.Random) -> str | None:
    """Put another number of the source in the place of a counted one."""
    ours = [one for one in find_quantities(sentence) if _NUMBER.fullmatch(sentence[slice(*one.span)])]
    rng.shuffle(ours)
    for one in ours:
        others = [
            other
            for other in case.quantities
            if _NUMBER.fullmatch(other_text := case.source[slice(*other.span)])
            and other_text != sentence[slice(*one.span)]
            and (other.kind, other.noun) != (one.kind, one.noun)
            and not any((known.kind, known.noun, known.value) == (one.kind, one.noun, other.value) for known in case.quantities)
        ]  # fmt: skip
        if others and (one.noun or one.unit):
            text = case.source[slice(*rng.choice(others).span)]
            return sentence[: one.span.start] + text + sentence[one.span.end :]
    return None


def _unit(sentence: str, case: Case, rng: random.Random) -> str | None:
    del case
    found = _any(_UNIT, sentence, rng)
    return _put(sentence, found, " " + _UNITS[found.group().strip()].strip()) if found else None


def _currency(sentence: str, case: Case, rng: random.Random) -> str | None:
    del case
    found = _any(_CURRENCY, sentence, rng)
    return _put(sentence, found, _CURRENCIES[found.group()]) if found else None


def _date(sentence: str, case: Case, rng: random.Random) -> str | None:
    found = _any(_DATE, sentence, rng)
    if found is None:
        return None
    old = found.group()
    near = _DAYS if old in _DAYS else _MONTHS if old in _MONTHS else [str(int(old) + step) for step in (-3, -2, 2, 3)]
    others = [one for one in near if one != old and one not in case.source]
    return _put(sentence, found, rng.choice(others)) if others else None


def _qualifier(sentence: str, case: Case, rng: random.Random) -> str | None:
    del case
    return _put(sentence, _any(_QUALIFIER, sentence, rng), "")


def _negation(sentence: str, case: Case, rng: random.Random) -> str | None:
    del case
    found = _any(_NEGATION, sentence, rng)
    if found is not None:
        return _put(sentence, found, "")
    found = _any(_AUXILIARY, sentence, rng)
    return _put(sentence, found, f"{found.group()} not") if found else None


def _any_name(sentence: str, rng: random.Random) -> re.Match[str] | None:
    """A name that is one: no month, no title."""
    found = [match for match in _NAME.finditer(sentence) if not any(map(is_ordinary, match.group().split()))]
    return rng.choice(found) if found else None


def _known_name(sentence: str, case: Case, rng: random.Random) -> str | None:
    """Another name of the same article: a mix-up that no word betrays."""
    names = sorted({name for name in _NAME.findall(case.source) if not any(map(is_ordinary, name.split()))})
    found = _any_name(sentence, rng)
    others = [name for name in names if found and not set(name.split()) & set(found.group().split())]
    return _put(sentence, found, rng.choice(others)) if others else None


_KINDS: Final[dict[str, Corrupt]] = {
    "number changed": _number,
    "number swapped": _swapped,
    "unit changed": _unit,
    "currency changed": _currency,
    "date moved": _date,
    "qualifier dropped": _qualifier,
    "negation flipped": _negation,
    "name swapped within the article": _known_name,
}


def _is_known(known: Container[str]) -> Callable[[str], bool]:
    return lambda word: word in known or is_ordinary(word)


def _corrupted(case: Case, other: Case, rng: random.Random) -> Iterator[tuple[str, str]]:
    known = set(_WORD.findall(case.source))
    strange = sorted({name for name in _NAME.findall(other.source) if not any(map(_is_known(known), name.split()))})
    for sentence in case.good:
        for kind, corrupt in _KINDS.items():
            made = corrupt(sentence, case, rng)
            if made is not None and made != sentence:
                yield kind, made
        found = _any_name(sentence, rng)
        if strange and found:
            yield "name swapped", sentence[: found.start()] + rng.choice(strange) + sentence[found.end() :]
    yield from (("sentence invented", one) for one in other.human[:1])


def read_cases(path: Path, limit: int, seed: int) -> Iterator[Case]:
    """Read ``limit`` articles of the summary sets, the doubtful ``bbc`` set left out."""
    with path.open(encoding="utf-8") as lines:
        raws = [raw for raw in map(json.loads, lines) if raw["source"] != "bbc"]
    return _cases(random.Random(seed).sample(raws, min(limit, len(raws))))


def _cases(raws: Sequence[dict[str, Any]]) -> Iterator[Case]:
    articles = [Row.of(raw).article() for raw in raws]
    reader = EmbeddedReader()
    for raw, article, reading in zip(raws, articles, reader.read(articles), strict=True):
        sentences = split_sentences(article.text)
        source = f"{article.title or ''}\n{article.text}"
        known = _numbers(source)
        written = [raw["summary"][slice(*span)] for span in split_sentences(raw["summary"])]
        yield Case(
            source=source,
            gate=gate_of(article, sentences),
            support=support_of(article, sentences, reader.encoder),
            quantities=find_quantities(source),
            human=[one for one in written if _numbers(one) <= known],
            extractive=[piece.text for piece in reading.summary.pieces],
        )


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)} | set(_SPELT.findall(text.lower()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.refusals", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="articles")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", metavar="KIND", help="print what was judged wrongly")
    chosen = parser.parse_args(arguments)
    cases = read_cases(chosen.source, chosen.limit, chosen.seed)
    rng = random.Random(chosen.seed)
    faults: dict[str, Counter[str | None]] = defaultdict(Counter)
    for other, case in pairwise(cases):
        good = [("good: extractive", one) for one in case.extractive] + [("good: human", one) for one in case.human]
        good += [("good: human, its capitalised words too in the source", one) for one in case.human if case.tells(one)]
        made = [*good, *_corrupted(case, other, rng)]
        for (kind, sentence), fault in zip(made, case.judge([one for _, one in made]), strict=True):
            faults[kind][fault] += 1
            if kind == chosen.show and (fault is None) != kind.startswith("good"):
                print(f"{fault}: {sentence}")
    for kind, found in faults.items():
        total, refused = found.total(), found.total() - found[None]
        why = ", ".join(f"{name} {count}" for name, count in found.most_common() if name)
        print(f"| {kind} | {refused} of {total} | {100 * refused / total:.1f} % | {why} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
