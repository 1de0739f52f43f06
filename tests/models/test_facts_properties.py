"""Facts keep to their text whatever the text is."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.facts import Facts, read_facts
from models.sentences import split_sentences

DAY = date(2024, 3, 12)
PIECES = [
    "killed", "injured", "at least", "about", "troops", "people", "soldiers", "$", "€", "%", "percent", "million", "bn", "from",
    "to", "by", "the end of", "2027", "June 20", "Sunday", "said", "U.S.", "missing", "dead", "toll", "rose", "fell", "of",
    "the", "in", "Iraq", "12", "3,000", "1.5", "two", "dozens", ",", ".", "(", ")", "\n\n", "“", "”", "-", "and", "while",
]  # fmt: skip


def read(text: str) -> Facts:
    return read_facts(text, split_sentences(text), DAY)


def check(text: str) -> None:
    for figure in read(text).figures:
        assert text[figure.span.start : figure.span.end] == figure.surface != ""
        assert figure.sentence.start <= figure.span.start < figure.span.end <= figure.sentence.end
        assert 0 <= figure.importance <= 1
        assert figure.as_of is None or figure.as_of.start <= figure.as_of.end


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_jumble_of_news_words_is_read(pieces: list[str]) -> None:
    check(" ".join(pieces))


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "12 ",
        "killed 12 people, ",
        "from 3 to 2 troops said ",
        "(",
        "in 2021 at least 5 were killed and 6 hurt. ",
        "The officials, who said 3,000 of the 5,000 soldiers had died in the ",
    ],
)
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        sentences = split_sentences(text)
        began = time.process_time()
        read_facts(text, sentences, DAY)
        return time.process_time() - began

    seconds(2_000)
    small, large = max(seconds(5_000), 0.002), seconds(50_000)
    assert large < 40 * small


def test_nothing_gives_nothing() -> None:
    assert read("") == Facts()
    assert read("Nothing in it to count.").figures == ()
