from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("U.S. troops left. Lt. Leland said so.", ["U.S. troops left.", "Lt. Leland said so."]),
        ("It opened at 5 p.m. ET. Nobody came.", ["It opened at 5 p.m. ET.", "Nobody came."]),
        ("He left at 6 p.m. Police followed.", ["He left at 6 p.m.", "Police followed."]),
        ("It ends at 9 a.m. Monday. We wait.", ["It ends at 9 a.m. Monday.", "We wait."]),
        ("J. K. Harlow won. She smiled.", ["J. K. Harlow won.", "She smiled."]),
        ("Prices rose 2.5 percent. It cost $3.5 million.", ["Prices rose 2.5 percent.", "It cost $3.5 million."]),
        (
            "“Our role will be . . . to train,” he said. It will end.",
            ["“Our role will be . . . to train,” he said.", "It will end."],
        ),
        ("“It is over.” She left the room.", ["“It is over.”", "She left the room."]),
        ('"What now?" Ortega asked. Nobody knew.', ['"What now?" Ortega asked.', "Nobody knew."]),
        ('"Why?" he asked.', ['"Why?" he asked.']),
        ("Acme Inc. shares fell. Acme Inc. The end.", ["Acme Inc. shares fell.", "Acme Inc.", "The end."]),
        ("They met in the U.S. The talks failed.", ["They met in the U.S.", "The talks failed."]),
        ("On Jan. 5 the No. 2 man fled.", ["On Jan. 5 the No. 2 man fled."]),
        ("Ceasefire holds\nThe ceasefire held on Monday.", ["Ceasefire holds", "The ceasefire held on Monday."]),
        ("One line\n\nAnother line", ["One line", "Another line"]),
        ("1. Turn off the gas. 2. Leave.", ["1. Turn off the gas.", "2. Leave."]),
        ("The talks ended.The envoys left.", ["The talks ended.", "The envoys left."]),
        ("See example.com for more. Or not.", ["See example.com for more.", "Or not."]),
        ("停火。谈判继续！", ["停火。", "谈判继续！"]),
        ("هل انتهى؟ نعم.", ["هل انتهى؟", "نعم."]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_wrapped_line_runs_on_into_the_next() -> None:
    text = (
        "The ministry said on Tuesday that the bridge over the river\n"
        "Tarn would stay closed until the end of the month while its\n"
        "piers are inspected. Traffic is led over the old bridge."
    )
    assert len(cut(text)) == 2


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\n\"”'“(),U.S.。؟\u00a0\r"), max_size=200) | st.text(max_size=200))
def test_spans_are_stripped_in_order_and_lose_nothing(text: str) -> None:
    spans = split_sentences(text)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["x", ".", ". ", "a.m. ", "A. B", "\n", '."', "Lt. Gen. "])
def test_the_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    split_sentences(text)
    assert time.process_time() - start < 3
