import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.likeness import WEIGHTS, chance, sketch, traits
from models.imprint import load_imprinter

DAM = """Dam on the upper Tarn breaks, 14 dead in Halvers
A dam above Halvers gave way on Sunday evening and 14 people were killed, governor Ines Calder said. Some 300 homes in
the Tarn valley were flooded and two bridges carried off. Rescue teams from Orland are searching for nine missing."""
BURST = """Fourteen killed in Halvers as Tarn dam bursts
Rescuers from Orland searched the Tarn valley on Monday after a dam burst above Halvers and killed 14. Governor Ines
Calder said 300 homes had been flooded; nine people were missing and two bridges destroyed."""
OTHER_DAM = """Dam in northern Corvenna fails, six dead
Six people were killed when a dam failed on Saturday near Pell, in the north of Corvenna, mayor Tomas Reed said. About
80 homes were flooded and a road was closed. Soldiers are searching for people who are missing."""


def alike(one: str, other: str, closeness: float = 0.7) -> float:
    imprinter = load_imprinter()
    return chance(sketch(imprinter.imprint(one)), sketch(imprinter.imprint(other)), closeness)


def test_the_same_event_reworded_is_likely_and_another_of_its_kind_is_not() -> None:
    assert alike(DAM, BURST) > 0.8
    assert alike(DAM, OTHER_DAM) < 0.2


def test_a_text_tells_its_own_story_and_order_does_not_matter() -> None:
    assert alike(DAM, DAM, 1.0) > 0.99
    assert alike(DAM, BURST) == pytest.approx(alike(BURST, DAM))


def test_closer_vectors_make_one_story_likelier() -> None:
    for one, other in ((DAM, BURST), ("Dam breaks in Halvers", "Halvers dam bursts"), (DAM, "")):
        assert alike(one, other, 0.8) > alike(one, other, 0.3)


def test_headlines_are_compared_by_vectors_and_names() -> None:
    assert alike("Dam breaks above Halvers", "the dam above Halvers burst", 0.6) > 0.5
    assert alike("Dam breaks above Halvers", "Orland wins the cup", 0.1) < 0.05


def test_without_an_imprint_the_vectors_decide() -> None:
    assert alike("", "", 0.7) > 0.5 > alike("", "", 0.5)
    assert alike(DAM, "", 0.7) > 0.5 > alike(DAM, "", 0.5)


def test_other_years_speak_against_one_event() -> None:
    there, here = f"{DAM} The dam was built in 1962.", f"{BURST} It was the worst flood since 1931."
    assert alike(there, here) < alike(DAM, BURST)


def test_every_trait_has_a_weight() -> None:
    one = sketch(load_imprinter().imprint(DAM))
    assert list(traits(one, one, 1.0)) == list(WEIGHTS)


@given(st.binary(max_size=80), st.binary(max_size=80), st.floats(-1, 1))
def test_any_bytes_give_a_chance(one: bytes, other: bytes, closeness: float) -> None:
    assert 0.0 <= chance(sketch(one), sketch(other), closeness) <= 1.0
