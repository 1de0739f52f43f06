from __future__ import annotations

from models.encoder import Encoder
from models.likeness import load_likeness

DAM = "Dam on the upper Tarn breaks, 14 dead in Halvers"
BURST = "Fourteen killed in Halvers as Tarn dam bursts"
MATCH = "Halvers United beat Orland City in the cup final"


def chance(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    [found] = load_likeness().chances([(one, other)], first[None], second[None])
    return found


def test_two_headlines_of_one_story_are_likely(encoder: Encoder) -> None:
    assert chance(encoder, DAM, BURST) > 0.5 > chance(encoder, DAM, MATCH)


def test_a_text_tells_its_own_story_and_order_does_not_matter(encoder: Encoder) -> None:
    assert chance(encoder, DAM, DAM) > 0.95
    assert chance(encoder, DAM, BURST) == chance(encoder, BURST, DAM)


def test_blank_texts_compare_without_an_error(encoder: Encoder) -> None:
    assert chance(encoder, "", "") < 0.5
