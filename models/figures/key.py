"""Finds the key figures of a text: which numbers matter, what they count, and what holds for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from models.api import Change, FigureKind, KeyFigure, Period, Qualifier, Span, Status
from models.dates.timex import Timex
from models.figures.key_asof import AS_OF, as_of, carried, poll_day, polled, tallied, tally_day, told_day
from models.figures.key_head import is_pointed
from models.figures.key_importance import Weighed, features, importance_of
from models.figures.key_kind import Previous, Sort, sort_of
from models.figures.key_label import label_of
from models.figures.key_scene import Place, Scene
from models.figures.key_speaker import speaker_of
from models.figures.key_status import status_of
from models.figures.key_topic import Topic, topic_of
from models.figures.key_words import PHRASAL, PLANNED, ROSE
from models.figures.quantity import Quantity, Role
from models.tokens import Token, tokenize

_SURE: Final = 2.0
_CLOSE: Final = 8
_SAME_NOUN_KINDS: Final = frozenset({FigureKind.COUNT, FigureKind.TROOPS})


class _Candidate(NamedTuple):
    """A quantity that may be a key figure. ``origin`` tells that it is where another one came from."""

    quantity: Quantity
    origin: bool
    sort: Sort
    place: Place


class _Page(NamedTuple):
    """What a whole text says of its figures: its topic, and the days of its tally and of its vote."""

    topic: Topic
    tally: Period | None
    poll: Period | None


def find_figures(
    text: str,
    sentences: Sequence[Span],
    quantities: Sequence[Quantity],
    timexes: Sequence[Timex],
    reference: date,
    *,
    tokens: Sequence[Token] | None = None,
) -> list[KeyFigure]:
    """Find the figures of a text that an editor may want, each once.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
        quantities: What ``find_quantities`` found in it.
        timexes: What ``find_timexes`` found in it.
        reference: The day the text speaks on.
        tokens: The text's tokens, where the caller has them.

    Returns:
        Figures in the order of the text. A former value that a change began from is a figure of its own, with the
        status FORMER; the figure that replaced it carries it as ``change.origin``. Linear in the length of the text.
    """
    weighed, nouns = _read(
        Scene(text, tokenize(text) if tokens is None else tokens, sentences, timexes, reference), quantities
    )
    figures = [
        replace(figure, importance=round(importance_of(weighed, k), 3)) for k, figure in enumerate(weighed.figures)
    ]
    return [figure for figure in _once(figures, nouns) if figure.label]  # what nobody can name is no key figure


def weigh(scene: Scene, quantities: Sequence[Quantity]) -> list[tuple[KeyFigure, dict[str, float]]]:
    """Every figure before twins are merged, with what speaks for its importance: what the weights are trained on."""
    weighed, _ = _read(scene, quantities)
    return [(figure, features(weighed, k)) for k, figure in enumerate(weighed.figures)]


def _read(scene: Scene, quantities: Sequence[Quantity]) -> tuple[Weighed, list[str | None]]:
    candidates = list(_candidates(scene, quantities))
    page = _Page(topic_of(scene), tally_day(scene, [(one.place, one.sort) for one in candidates]), poll_day(scene))
    figures = _paired(candidates, list(_figures(candidates, page)))
    sorts = [one.sort for one in candidates]
    return Weighed.of([one.place for one in candidates], sorts, figures), [sort.noun for sort in sorts]


def _candidates(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[_Candidate]:
    previous: Previous | None = None
    counted: Previous | None = None
    main: Previous | None = None
    for quantity, origin in _parts(quantities):
        place = Place.of(scene, quantity)
        if quantity.trend is not None and tuple(place.words_before(2)) in PHRASAL:
            place.quantity = replace(quantity, trend=None, role=Role.LEVEL)
        sort = sort_of(place, previous, main if is_pointed(place) else counted)
        if sort is None:
            continue
        yield _Candidate(place.quantity, origin, sort, place)
        previous = Previous(place, sort)
        beside = counted is not None and counted.place.sentence == place.sentence and _few(quantity)
        if sort.noun is not None and sort.kind in _SAME_NOUN_KINDS and not beside:
            counted = previous
            main = main or previous


def _few(quantity: Quantity) -> bool:
    """Whether a small number in words stands beside the one that matters: "3,000 soldiers from six nations"."""
    return not any(char.isdigit() for char in quantity.surface)


def _parts(quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, bool]]:
    """Quantities with moves taken apart: "from 3,000 to 2,500" is a former and a present figure."""
    origins = {quantity.origin.span for quantity in quantities if quantity.origin is not None}
    for quantity in quantities:
        if quantity.ends is None:
            yield quantity, quantity.span in origins
            continue
        former, present = quantity.ends
        yield former, True
        yield replace(present, origin=former), False


def _figures(candidates: Sequence[_Candidate], page: _Page) -> Iterator[KeyFigure]:
    before: tuple[Place, KeyFigure] | None = None
    told: tuple[Place, KeyFigure] | None = None
    for one in candidates:
        figure = _figure(one, page, before)
        before = (one.place, figure)
        if figure.as_of is not None:
            told = (one.place, figure)
        elif told is not None and figure.status is Status.ACTUAL:
            figure = replace(figure, as_of=carried(*told, one.place, figure))
        yield figure


def _paired(candidates: Sequence[_Candidate], figures: Sequence[KeyFigure]) -> list[KeyFigure]:
    """The figures, a former value called as the one that replaced it: both are of one series."""
    labels = {
        (one.quantity.origin.span, figure.kind): figure.label
        for one, figure in zip(candidates, figures, strict=True)
        if one.quantity.origin is not None
    }
    paired = (
        replace(figure, label=labels.get((one.quantity.span, figure.kind), figure.label)) if one.origin else figure
        for one, figure in zip(candidates, figures, strict=True)
    )
    return list(_totalled(paired))


def _totalled(figures: Iterable[KeyFigure]) -> Iterator[KeyFigure]:
    """The figures, a bare "total" called by the figure before it of the same unit: "grain carried, total"."""
    labels: dict[tuple[FigureKind, str | None], str] = {}
    for figure in figures:
        bare = figure.label.split(",")[0] == "total"
        before = labels.get((figure.kind, figure.unit), "")
        if bare and before:
            yield replace(figure, label=f"{before}, total")
            continue
        labels[(figure.kind, figure.unit)] = figure.label
        yield figure


def _figure(one: _Candidate, page: _Page, before: tuple[Place, KeyFigure] | None) -> KeyFigure:
    quantity, place, sort = one.quantity, one.place, one.sort
    earlier = before[1].label if before is not None and before[0].sentence == place.sentence else ""
    ahead = as_of(place, planned=True)
    status = (
        Status.FORMER
        if one.origin
        else status_of(place, sort, ahead.period if ahead and ahead.score >= _SURE else None)
    )
    headline = place.scene.text[max(place.sentence.end - 1, 0) : place.sentence.end] not in {".", "!", "?"}
    foreseen = PLANNED & set(place.words_before(_CLOSE))
    if status is Status.PLANNED and sort.unit == "killed" and headline and not foreseen:
        status = Status.ACTUAL  # "toll at 20, inquiry to report by 20 April"
    found = as_of(place, planned=status in {Status.PLANNED, Status.CEILING})
    when = found.period if found else None
    if when is None and status in {Status.ACTUAL, Status.CLAIMED}:
        when = _told(place, sort, page)
    if sort.unit == "killed" and status is Status.ACTUAL and when is not None and when.start > place.scene.reference:
        when = None
    if one.origin and found is not None and (found.score >= AS_OF or found.period.start > place.scene.reference):
        when = None  # the time is that of the figure that came after
    return KeyFigure(
        kind=sort.kind,
        value=quantity.value,
        unit=sort.unit,
        qualifier=_qualifier(quantity, place),
        label=label_of(place, sort, page.topic, earlier),
        status=status,
        as_of=when,
        change=_change(quantity, sort),
        attribution=speaker_of(place),
        importance=0.0,
        surface=quantity.surface,
        span=quantity.surface_span,
        sentence=place.sentence,
    )


def _told(place: Place, sort: Sort, page: _Page) -> Period | None:
    """The time a figure holds for by what the rest of its sentence, or of its text, says."""
    if sort.kind in {FigureKind.MONEY, FigureKind.DURATION}:
        return None
    if page.poll is not None and polled(place, sort):
        return page.poll
    if sort.kind is FigureKind.PERCENT:
        return None
    told = told_day(place)
    if told is None and page.tally is not None and tallied(sort, place):
        return page.tally
    return told


def _qualifier(quantity: Quantity, place: Place) -> Qualifier:
    """The bound of a figure; "edged up to 5.1 percent" and "less than the 0.7%" bound nothing."""
    if quantity.qualifier is Qualifier.UP_TO and place.words_before(3)[1:] == ["up", "to"]:
        return Qualifier.EXACT if place.lower(place.start - 3) in ROSE else Qualifier.UP_TO
    if quantity.qualifier in {Qualifier.LESS_THAN, Qualifier.MORE_THAN} and place.words_before(2) == ["than", "the"]:
        return Qualifier.EXACT
    return quantity.qualifier


def _change(quantity: Quantity, sort: Sort) -> Change | None:
    origin, step = quantity.origin, quantity.by
    if origin is None and step is None and (quantity.trend is None or quantity.role is not Role.STEP):
        return None
    percent = step is not None and (step.unit or "").startswith("percent")
    if quantity.role is Role.STEP and step is None:
        step, percent = quantity, sort.kind is FigureKind.PERCENT
    return Change(
        trend=quantity.trend,
        origin=origin.value if origin is not None else None,
        origin_qualifier=origin.qualifier if origin is not None else Qualifier.EXACT,
        by=step.value if step is not None else None,
        by_percent=percent,
        by_qualifier=step.qualifier if step is not None else Qualifier.EXACT,
    )


def _once(figures: Sequence[KeyFigure], nouns: Sequence[str | None]) -> list[KeyFigure]:
    """Each figure once: the telling that says most stays, where it stood."""
    kept: dict[tuple[object, ...], KeyFigure] = {}
    harmed = {
        (figure.value, noun): _identity(figure)
        for figure, noun in zip(figures, nouns, strict=True)
        if figure.kind is FigureKind.CASUALTIES and noun is not None
    }
    for figure, noun in zip(figures, nouns, strict=True):
        twin = harmed.get((figure.value, noun or "")) if figure.kind in _SAME_NOUN_KINDS else None
        counted = twin is not None
        key = twin or _identity(figure)
        first = kept.get(key)
        if first is None:
            kept[key] = figure
        elif first.kind is figure.kind or counted:
            kept[key] = _merged(first, figure)
        else:
            kept[key] = _merged(figure, first)
    return sorted(kept.values(), key=lambda figure: figure.span)


def _identity(figure: KeyFigure) -> tuple[object, ...]:
    """What two tellings of one figure have in common."""
    noun = figure.unit if figure.kind in _SAME_NOUN_KINDS else None
    if figure.kind is FigureKind.PERCENT:
        return (figure.kind, figure.value, figure.status, figure.as_of)
    if figure.kind in {FigureKind.CASUALTIES, FigureKind.MONEY}:
        noun = figure.unit
    return (figure.kind, figure.value, noun)


def _merged(first: KeyFigure, second: KeyFigure) -> KeyFigure:
    planned = first.as_of is None and second.status is Status.PLANNED
    return replace(
        first,
        status=second.status if planned and first.status is Status.ACTUAL else first.status,
        as_of=first.as_of or second.as_of,
        change=first.change or second.change,
        attribution=first.attribution or second.attribution,
        importance=max(first.importance, second.importance),
    )
