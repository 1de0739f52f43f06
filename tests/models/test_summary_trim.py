from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.api import Span
from models.summary.document import join_spans
from models.summary.openings import is_fragment, leans_back
from models.summary.trim import trimmed, without_dateline


def shortened(text: str) -> str:
    return join_spans(text, trimmed(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("On Monday, President Loring signed the bill.", "President Loring signed the bill."),
        ("However, Loring refused.", "Loring refused."),
        ("However, she refused.", "However, she refused."),
        ("And, Loring said, Halvers is safe.", "And, Loring said, Halvers is safe."),
        ("The bank (known as HBH) closed.", "The bank closed."),
        ("The bank lost 20 crowns (2 euros) a share.", "The bank lost 20 crowns (2 euros) a share."),
        ("The envoys, however, stayed.", "The envoys stayed."),
        ("The dam will hold until Friday, he said.", "The dam will hold until Friday."),
        (
            "The dam will hold until Friday, the ministry of works said.",
            "The dam will hold until Friday, the ministry of works said.",
        ),
        ("“The dam will hold,” he said.", "“The dam will hold,” he said."),
        ("“The bank (known as HBH) closed,” Loring said.", "“The bank (known as HBH) closed,” Loring said."),
    ],
)
def test_what_is_not_news_is_deleted_and_nothing_else(whole: str, kept: str) -> None:
    assert shortened(whole) == kept


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("LONDON, England (CNN) -- Trains stopped.", "Trains stopped."),
        ("(CNN)Trains stopped.", "Trains stopped."),
        ("PORT HALVERS (Harbour Wire) -- Trains stopped.", "Trains stopped."),
        ("HALVERS — Trains stopped.", "Trains stopped."),
        (
            "The Halvers Rail Company (HRC) has stopped all trains.",
            "The Halvers Rail Company (HRC) has stopped all trains.",
        ),
        ("Trains (and trams) stopped.", "Trains (and trams) stopped."),
    ],
)
def test_a_dateline_is_left_out_and_a_name_is_not(whole: str, kept: str) -> None:
    span = without_dateline(whole, Span(0, len(whole)))
    assert whole[span.start : span.end] == kept


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("He lost his house.", True),
        ("However, the army stayed.", True),
        ("This was not enough.", True),
        ("“They waited,” said Loring.", True),
        ("It was the first time that the river rose so high.", False),
        ("This week the talks begin.", False),
        ("Thousands fled.", False),
        ("The ministry said so.", False),
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_known(sentence: str, leans: bool) -> None:  # noqa: FBT001 - a table
    assert leans_back(sentence) is leans


@pytest.mark.parametrize(
    "line",
    [
        "Click here for more of today's stories.",
        "Sweet life: The mayor in her garden.",
        "Photo by A. Strand",
        "Oh no",
        "Who is to blame for it all?",
        "He said “we will stay.",
    ],
)
def test_a_line_that_is_no_news_is_known(line: str) -> None:
    assert is_fragment(line)


@given(st.text(max_size=120) | st.text(alphabet="On Monday, However (a) he said.“”", max_size=80))
def test_trimming_only_deletes(text: str) -> None:
    spans = trimmed(text, Span(0, len(text)))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
