"""What a story has told so far, as far as a later development is known by it: its outlets, its figures, its stages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bot.desk.words import content, overlap
from models.api import Article, FigureKind, KeyFigure, Range, Reading

MOST_FIGURES = 12
"""Figures an outline keeps: those of the first articles, in each the most important first."""
MOST_OUTLETS = 12

_READ_SENTENCES = 2
_KEY = 0.5
"""Importance from which a figure can be news by itself."""
_SAME_SUBJECT = 0.5

_STAGES: Final = {
    "held": r"arrest(?:ed|s)?|detain(?:ed|s)?|extradit\w+|surrender(?:ed|s)?",
    "charged": r"charge[ds]? with|indict\w*|faces? charges|sued|lawsuit",
    "tried": r"trial (?:opens|opened|begins|began|starts|started)|goes on trial|pleads|pleaded|testif\w+",
    "judged": r"verdict|convict(?:ed|s)|acquit\w*|found guilty|sentenced|jail(?:s|ed)|ruled|ruling",
    "appealed": r"appeal(?:s|ed)? against|will appeal|to appeal",
    "answered": r"den(?:y|ies|ied)|reject(?:s|ed)?|condemn(?:s|ed)?|respond(?:s|ed)|retaliat\w+|apologi[sz]\w+|hits? back",
    "claimed": r"claim(?:s|ed)? responsibility",
    "left": r"resign(?:s|ed|ation)?|steps? down|stepped down|quits?|sacked|ousted",
    "rescued": r"rescued|pulled (?:alive|from)|freed|brought out",
    "mourned": r"funerals?|buried|bur(?:y|ies) its dead|mourn\w*|memorial|vigil",
    "searched": r"(?:search|rescue) (?:is |was )?(?:called off|ends|ended|suspended)|(?:ends?|calls? off|ended|called off) (?:the )?search",
    "explained": r"investigators|inquiry|black box(?:es)?|cause of|report (?:finds|says|found)",
    "agreed": r"agree(?:s|d)|deal (?:reached|struck)|sign(?:s|ed)",
    "refused": r"collapsed?|walk(?:s|ed)? out|veto(?:es|ed)?|vot(?:es?|ed) down",
    "passed": r"approv(?:es|ed)|pass(?:es|ed)|adopt(?:s|ed)|ratif\w+",
    "won": r"wins|won|re-elected|sworn in|takes office|conced(?:es|ed)",
    "put off": r"postpon\w+|delay(?:s|ed)|put off|extend(?:s|ed)|pushed back|prolong(?:s|ed)",
    "ended": r"call(?:s|ed)? off|cancel\w*|lift(?:s|ed)|contained|under control|ends|ended|drops|dropped",
    "resumed": r"reopen(?:s|ed)?|resum(?:es|ed)|restor(?:es|ed)|back online|go home|restart(?:s|ed)",
    "helped": r"aid arrives|sends aid|pledg(?:es|ed)|donors?",
    "revised": r"revis(?:es|ed)|correct(?:s|ed|ion)",
}
"""Words by which the stages are known that an event goes through."""
_STAGE: Final = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _STAGES.items()}


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure as far as it is compared: its value lies between ``low`` and ``high``."""

    kind: FigureKind
    unit: str | None
    low: Decimal
    high: Decimal
    label: str

    def counts_same(self, other: ToldFigure) -> bool:
        """Whether both count the same sort of thing: the harmed by what was done to them, all else by the label too."""
        if (self.kind, self.unit) != (other.kind, other.unit):
            return False
        return self.kind is FigureKind.CASUALTIES or overlap(content(self.label), content(other.label)) >= _SAME_SUBJECT


@dataclass(frozen=True, slots=True)
class Outline:
    """What the articles of a story have told."""

    outlets: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    figures: tuple[ToldFigure, ...] = ()

    def joined(self, other: Outline) -> Outline:
        """This outline with what another adds."""
        added = [figure for figure in other.figures if figure not in self.figures]
        outlets = self.outlets if len(self.outlets) >= MOST_OUTLETS else self.outlets | other.outlets
        return Outline(outlets, self.stages | other.stages, (*self.figures, *added)[:MOST_FIGURES])


def outline(article: Article, reading: Reading) -> Outline:
    """The outline of one article: stages of its headline and first sentences, and its most important figures."""
    first = " ".join(article.text[span.start : span.end] for span in reading.sentences[:_READ_SENTENCES])
    return Outline(
        frozenset((article.outlet,)), stages_of(f"{reading.headline}. {first}"), tuple(map(_told, _ranked(reading)))
    )


def dump_outline(told: Outline) -> str:
    """An outline as JSON; equal outlines give equal text."""
    figures = [
        (figure.kind.value, figure.unit, str(figure.low), str(figure.high), figure.label) for figure in told.figures
    ]
    return json.dumps([sorted(told.outlets), sorted(told.stages), figures], ensure_ascii=False)


@lru_cache(maxsize=4_096)
def load_outline(text: str) -> Outline:
    """An outline from its JSON; an empty one from nothing."""
    if not text:
        return Outline()
    outlets, stages, figures = json.loads(text)
    return Outline(
        frozenset(outlets),
        frozenset(stages),
        tuple(
            ToldFigure(FigureKind(kind), unit, Decimal(low), Decimal(high), label)
            for kind, unit, low, high, label in figures
        ),
    )


def stages_of(text: str) -> frozenset[str]:
    """The stages that a text has words for."""
    return frozenset(name for name, pattern in _STAGE.items() if pattern.search(text))


def risen_toll(told: Outline, reading: Reading) -> bool:
    """Whether more people are said to have been harmed than the story has told in any way."""
    for figure in map(_told, _keys(reading)):
        before = [known for known in told.figures if figure.kind is FigureKind.CASUALTIES and known.counts_same(figure)]
        if before and figure.low > max(known.high for known in before):
            return True
    return False


def moved_figure(told: Outline, reading: Reading) -> bool:
    """Whether an article says itself that a figure moved from a value which the story has told to one it has not."""
    known = {(figure.kind, *_span(figure)) for figure in told.figures}
    return any(
        figure.change is not None
        and figure.change.origin is not None
        and (figure.kind, *_bounds(figure.change.origin)) in known
        and (figure.kind, *_bounds(figure.value)) not in known
        for figure in reading.figures
    )


def new_figure(told: Outline, reading: Reading) -> bool:
    """Whether a figure that can be news by itself has a value which the story has not told."""
    known = {(figure.kind, *_span(figure)) for figure in told.figures}
    return any((figure.kind, *_bounds(figure.value)) not in known for figure in _keys(reading))


def _ranked(reading: Reading) -> list[KeyFigure]:
    return sorted(reading.figures, key=lambda figure: -figure.importance)[:MOST_FIGURES]


def _keys(reading: Reading) -> list[KeyFigure]:
    return [figure for figure in reading.figures if figure.importance >= _KEY]


def _told(figure: KeyFigure) -> ToldFigure:
    return ToldFigure(figure.kind, figure.unit, *_bounds(figure.value), figure.label)


def _span(figure: ToldFigure) -> tuple[Decimal, Decimal]:
    return figure.low, figure.high


def _bounds(value: Decimal | Range) -> tuple[Decimal, Decimal]:
    return (value.low, value.high) if isinstance(value, Range) else (value, value)
