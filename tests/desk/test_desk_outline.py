from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.outline import MOST_FIGURES, Outline, ToldFigure, dump_outline, load_outline, stages_of
from models.api import FigureKind

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)
FIGURES = st.builds(
    ToldFigure, st.sampled_from(FigureKind), st.none() | st.text(max_size=8), NUMBERS, NUMBERS, st.text(max_size=12)
)
OUTLINES = st.builds(
    Outline,
    st.frozensets(st.text(max_size=8), max_size=3),
    st.frozensets(st.sampled_from(["held", "judged", "rescued"])),
    st.lists(FIGURES, max_size=4).map(tuple),
)


@given(OUTLINES)
def test_an_outline_comes_back_as_it_was_written(told: Outline) -> None:
    assert load_outline(dump_outline(told)) == told


@given(st.lists(OUTLINES, min_size=1, max_size=8))
def test_an_outline_does_not_grow_without_bound_and_keeps_what_was_told_first(parts: list[Outline]) -> None:
    whole = Outline()
    for part in parts:
        whole = whole.joined(part)
    assert len(whole.figures) <= MOST_FIGURES
    assert whole.figures[:1] == next((part.figures[:1] for part in parts if part.figures), ())
    assert whole.joined(parts[0]).stages == whole.stages


def test_stages_are_known_by_words_of_the_trade() -> None:
    assert stages_of("Two men arrested over the fire in Varda") == {"held"}
    assert stages_of("Court jails ex-minister for six years") == {"judged"}
    assert stages_of("Search called off after ferry accident") == {"searched", "ended"}
    assert stages_of("A dam broke above Varda") == frozenset()


def test_the_harmed_are_one_thing_however_labelled_and_other_counts_need_their_label() -> None:
    killed = ToldFigure(FigureKind.CASUALTIES, "killed", Decimal(3), Decimal(3), "soldiers")
    assert killed.counts_same(ToldFigure(FigureKind.CASUALTIES, "killed", Decimal(5), Decimal(5), "people in Varda"))
    homes = ToldFigure(FigureKind.COUNT, "home", Decimal(3), Decimal(3), "homes flooded in Varda")
    assert homes.counts_same(ToldFigure(FigureKind.COUNT, "home", Decimal(9), Decimal(9), "flooded homes"))
    assert not homes.counts_same(ToldFigure(FigureKind.COUNT, "home", Decimal(9), Decimal(9), "houses without power"))
