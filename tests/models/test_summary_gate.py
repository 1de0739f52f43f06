from __future__ import annotations

from datetime import date

import pytest

from models.api import Piece, Span, Summary
from models.facts import read_facts
from models.sentences import split_sentences
from models.summary.gate import Gate, gate

DAY = date(2024, 3, 14)
SOURCE = (
    "The army will withdraw 2,500 troops and 900 contractors from Halvers by 30 June, Defence Minister Ana Loring said on "
    "Tuesday. The operation costs about $40 million. Inflation rose to 3.5 percent in February. "
    "The minister did not say who would guard the airport."
)


@pytest.fixture
def check() -> Gate:
    sentences = split_sentences(SOURCE)
    facts = read_facts(SOURCE, sentences, DAY)
    return Gate(SOURCE, sentences, quantities=facts.quantities, timexes=facts.timexes, reference=DAY)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army will withdraw 2,500 troops from Halvers by 30 June.",
        "About 2,500 troops and 900 contractors will leave, Ana Loring said.",
        "The operation costs $40 million.",
        "Inflation rose to 3.5 percent in February.",
        "The minister did not say who would guard the airport.",
    ],
)
def test_what_stands_in_the_source_passes(check: Gate, sentence: str) -> None:
    assert check.fault(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The army will withdraw 3,500 troops from Halvers.", "number"),
        ("The army will withdraw 900 troops and 2,500 contractors from Halvers.", "number"),
        ("The operation costs about 40 million euros.", "number"),
        ("The operation costs more than $40 million.", "number"),
        ("Inflation rose to 3.5 million in February.", "number"),
        ("The army will withdraw 2,500 troops from Halvers by 30 July.", "date"),
        ("Defence Minister Pavel Strand spoke.", "name"),
        ("The minister did say who would guard the airport.", "negation"),
    ],
)
def test_what_does_not_stand_there_is_refused(check: Gate, sentence: str, fault: str) -> None:
    assert check.fault(sentence) == fault


def test_a_refused_sentence_is_replaced_by_one_of_the_source_and_counted(check: Gate) -> None:
    spare = Piece(text="The operation costs about $40 million.", spans=(Span(0, 1),))
    gated = gate(
        ["Inflation rose to 3.5 percent in February.", "The operation costs $4 million."],
        check,
        Summary(pieces=(spare,)),
        max_words=60,
    )
    assert [piece.text for piece in gated.summary.pieces] == ["Inflation rose to 3.5 percent in February.", spare.text]
    assert gated.refused == 1


def test_a_summary_never_outgrows_its_bound(check: Gate) -> None:
    sentences = ["Inflation rose to 3.5 percent in February."] * 9
    assert len(gate(sentences, check, Summary(), max_words=20).summary.text.split()) <= 20
