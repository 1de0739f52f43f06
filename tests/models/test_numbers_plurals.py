"""Plurals and singulars of the nouns that news counts."""

from __future__ import annotations

import pytest

from models.figures.plurals import is_plural, singular

PAIRS = """
troops troop
soldiers soldier
countries country
companies company
losses loss
boxes box
churches church
heroes hero
buses bus
men man
women woman
fishermen fisherman
policewomen policewoman
children child
schoolchildren schoolchild
people people
feet foot
Iraqis iraqi
crises crisis
lives life
"""


@pytest.mark.parametrize("pair", PAIRS.strip().splitlines())
def test_a_plural_has_its_singular(pair: str) -> None:
    plural, single = pair.lower().split()
    assert singular(plural) == single
    assert is_plural(plural)


@pytest.mark.parametrize(
    "word", ["aircraft", "personnel", "police", "series", "specimen", "news", "crisis", "virus", "business", "glass"]
)
def test_a_word_that_is_singular_stays(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize("word", ["specimen", "business", "crisis", "virus", "soldier", "this"])
def test_singulars_have_not_the_shape_of_plurals(word: str) -> None:
    assert not is_plural(word)


def test_an_abbreviation_in_capitals_takes_a_small_s() -> None:
    assert is_plural("mps", "MPs")
    assert not is_plural("has", "has")
