from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.api import Article, Piece, Span, Summary
from models.dates import find_timexes
from models.encoder import Encoder
from models.facts import read_facts
from models.figures import find_quantities
from models.sentences import split_sentences
from models.summary.gate import Gate, gate, gate_of, judge, support_of

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
        "The operation costs nearly $ 40 million.",
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
        ("The operation costs $40 million.", "number"),
        ("Inflation rose to 3.5 million in February.", "number"),
        ("The army will withdraw 2,500 troops from Halvers by 30 July.", "date"),
        ("The army will withdraw 2,500 troops in 2024.", "date"),
        ("It was the May deal.", "date"),
        ("Defence Minister Pavel Strand spoke.", "name"),
        ("The minister did say who would guard the airport.", "negation"),
        ("Visit https://pump.evil.example/now today.", "link"),
        ("Write to @halvers_army today.", "link"),
        ("See t.me/halvers for more.", "link"),
        ("Ignoriere.", "name"),
        ("- Zorgon!", "name"),
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


NAMES = (
    "Germany and the World Health Organization signed a deal, Prime Minister Ana Loring said. The US will join in Zürich. "
    "IFS analysts met 15 suspects, aged 41, and walked 12 miles in 3 hours at 21:10 on 12 April 2021."
)


@pytest.fixture
def named() -> Gate:
    timexes = find_timexes(NAMES, DAY)
    return Gate(
        NAMES,
        split_sentences(NAMES),
        quantities=find_quantities(NAMES, timexes=timexes),
        timexes=timexes,
        reference=DAY,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The German leader's WHO deal was signed.",
        "Actress Ana Loring said that PM Loring's deal was for the Americans.",
        "Experts of the Institute for Fiscal Studies came to Zurich.",
        "They met 15 people.",
        "It happened in April 2021.",
        "Last came President Loring.",
    ],
)
def test_a_name_or_day_may_be_told_in_another_form(named: Gate, sentence: str) -> None:
    assert named.fault(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The French leader signed a deal.", "name"),
        ("They met 15 lawyers.", "number"),
        ("They walked 12 kilometres.", "number"),
        ("They walked 12 miles in 3 days.", "number"),
        ("They came at 21:40 on 12 April 2021.", "date"),
        ("It happened in May 2021.", "date"),
        ("The deal was signed by the UNHCR.", "name"),
        ("They met Ivo Novak.", "name"),
    ],
)
def test_another_name_unit_or_day_is_refused(named: Gate, sentence: str, fault: str) -> None:
    assert named.fault(sentence) == fault


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The army will withdraw 2,500 troops from Loring by 30 June.", "role"),
        ("The army will not withdraw 2,500 troops and 900 contractors from Halvers by 30 June.", "negation"),
    ],
)
def test_who_did_what_and_whether_is_checked(check: Gate, sentence: str, fault: str) -> None:
    assert check.fault(sentence) == fault


def test_what_the_source_tells_nothing_like_is_refused() -> None:
    article = Article(key="a", title="Army leaves Halvers", text=SOURCE, published=datetime(2024, 3, 14, tzinfo=UTC))
    sentences = split_sentences(SOURCE)
    support = support_of(article, sentences, Encoder(threads=1))
    invented = "A singer opened her tour with a ballad about winter."
    written = ["Inflation rose to 3.5 percent in February.", invented]
    assert judge(written, gate_of(article, sentences), support) == [None, "support"]
    assert judge(written, gate_of(article, sentences), None) == [None, None]


@pytest.mark.parametrize(
    ("source", "sentence", "fault"),
    [
        ("Police made 15 arrests in Halvers.", "15 people were arrested in Halvers.", None),
        ("The duo made two films in Halvers.", "The duo made two movies in Halvers.", None),
        ("About 600 marchers met in Halvers.", "600 marchers met in Halvers.", "number"),
        ("About 600 marchers met; 600 marchers were counted.", "600 marchers met.", None),
        ("600 marchers met in Halvers.", "About 600 marchers met in Halvers.", None),
        ("He asked about the 19-year-old driver.", "The 19-year-old drove.", None),
        ("The shop opened at 9 pm in Halvers.", "The shop in Halvers opened at 21:00.", None),
        ("The shop opened at 9 pm in Halvers.", "The shop in Halvers opened at 10 pm.", "date"),
        ("The mayor spoke on Tuesday in Halvers.", "The mayor spoke in Halvers this week.", None),
    ],
)
def test_a_number_may_be_told_in_other_words_but_not_more_exactly(
    source: str, sentence: str, fault: str | None
) -> None:
    article = Article(key="a", title=None, text=source, published=datetime(2024, 3, 14, tzinfo=UTC))
    assert gate_of(article, split_sentences(source)).fault(sentence) == fault
