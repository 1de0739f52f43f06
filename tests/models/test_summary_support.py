from __future__ import annotations

import random

import pytest

from models.encoder import Encoder
from models.sentences import split_sentences
from models.summary.polarity import Polarity
from models.summary.roles import Roles
from models.summary.support import FEATURES, Support
from models.train.corruptions import corrupted, shortened

SOURCE = (
    "Mayor Ana Loring opened the Tarn bridge in Halvers on Monday after three years of repairs. Builder Pavel Strand said the "
    "steel had come from Ostrava. Loring told reporters that the town would not charge a toll. Drivers had failed to "
    "reach the harbour since the flood. Strand Brothers employs 140 people in Halvers and Velmar."
)
SENTENCES = [SOURCE[slice(*span)] for span in split_sentences(SOURCE)]


@pytest.fixture(scope="module")
def support() -> Support:
    return Support(SOURCE, split_sentences(SOURCE), Encoder(threads=1))


def test_support_falls_from_the_source_to_a_paraphrase_to_an_invention(support: Support) -> None:
    copied, told_anew, invented = support.scores(
        [
            "Mayor Ana Loring opened the Tarn bridge in Halvers on Monday.",
            "The bridge over the Tarn was opened by the mayor after repairs that took three years.",
            "Striker Joe Vance scored 4 goals as Velmar United won the national cup in extra time.",
        ]
    )
    assert 1 >= copied > told_anew > invented >= 0


def test_support_needs_no_sentences(support: Support) -> None:
    assert support.scores([]) == []
    assert support.features([""]).shape == (1, len(FEATURES))


def test_a_source_without_text_supports_little() -> None:
    empty = Support("", [], Encoder(threads=1))
    assert empty.scores(["Mayor Ana Loring opened the bridge."])[0] < 0.1


def test_numbers_that_were_cut_into_tokens_are_found() -> None:
    cut = "The town paid 13, 000 crowns, and 31. 8 percent of it went to Strand ."
    whole, wrong = Support(cut, split_sentences(cut), Encoder(threads=1)).features(
        ["The town paid 13,000 crowns, 31.8 percent to Strand.", "The town paid 14,000 crowns, 31.9 percent to Strand."]
    )
    place = FEATURES.index("numbers")
    assert (whole[place], wrong[place]) == (1.0, 0.0)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Ana Loring opened the Tarn bridge in Halvers.",
        "Builder Pavel Strand said the steel had come from Ostrava.",
        "The steel came from Ostrava, Strand said.",
        "Loring told reporters that Halvers would not charge a toll.",
    ],
)
def test_names_in_their_own_places_pass(sentence: str) -> None:
    assert not Roles(SENTENCES).misplaced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Pavel Strand opened the Tarn bridge in Halvers.",
        "Mayor Ana Strand opened the bridge.",
        "Builder Pavel Strand said the steel had come from Velmar.",
    ],
)
def test_a_name_in_the_place_of_another_is_seen(sentence: str) -> None:
    assert Roles(SENTENCES).misplaced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The town would not charge a toll, Loring told reporters.",
        "Drivers could not reach the harbour since the flood.",
        "Loring opened the bridge.",
    ],
)
def test_the_same_may_be_denied_in_other_words(sentence: str) -> None:
    assert not Polarity(SENTENCES).contradicts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Loring told reporters that the town would charge a toll.",
        "Mayor Ana Loring has not opened the Tarn bridge in Halvers.",
        "Strand Brothers does not employ 140 people in Halvers.",
    ],
)
def test_what_the_source_affirms_may_not_be_denied_nor_the_reverse(sentence: str) -> None:
    assert Polarity(SENTENCES).contradicts(sentence)


def test_corruptions_differ_from_what_they_were_made_of() -> None:
    rng = random.Random(3)
    strange = ["Striker Joe Vance scored for Velmar.", "The national league punished referees."]
    for sentence in SENTENCES:
        for made in corrupted(sentence, SENTENCES, strange, rng, kinds=9):
            assert made != sentence


def test_a_sentence_is_shortened_at_its_commas() -> None:
    rng = random.Random(1)
    sentence = "The mayor, who is 51, opened the bridge in the town on Monday, an official said."
    made = {shortened(sentence, rng) for _ in range(20)}
    assert made == {
        "The mayor opened the bridge in the town on Monday, an official said.",
        "The mayor, who is 51, opened the bridge in the town on Monday.",
    }
    assert shortened("The bridge is open.", rng) is None
