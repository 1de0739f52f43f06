import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.api import IMPRINT_JOINED, IMPRINT_NAME, IMPRINT_NUMBER, IMPRINT_WORD, IMPRINT_WORDS, IMPRINT_YEAR
from models.imprint import BUCKETS, Imprinter, bucket_of, load_imprinter, rarity_of


def rows(text: str) -> list[tuple[int, int]]:
    """(bucket, kind) of each word."""
    found = np.frombuffer(load_imprinter().imprint(text), dtype="<u2").reshape(-1, 2)
    return [(int(bucket), int(mark) >> 8) for bucket, mark in found]


def test_content_words_are_kept_in_order_with_their_kinds() -> None:
    found = rows("Dam of Varda breaks, 14 were killed in 2021")
    assert [bucket for bucket, _ in found] == [
        bucket_of(word) for word in ("dam", "varda", "breaks", "14", "killed", "2021")
    ]
    assert [kind % IMPRINT_JOINED for _, kind in found] == [
        IMPRINT_NAME,
        IMPRINT_NAME,
        IMPRINT_WORD,
        IMPRINT_NUMBER,
        IMPRINT_WORD,
        IMPRINT_YEAR,
    ]


def test_words_next_to_each_other_are_joined_even_over_a_small_one() -> None:
    assert [kind >= IMPRINT_JOINED for _, kind in rows("minister of trade will not have been in Varda")] == [
        False,
        True,
        False,
    ]


def test_forms_of_a_word_and_a_name_that_is_written_small_elsewhere_meet() -> None:
    assert bucket_of("talks") == bucket_of("talk") == bucket_of("talking")
    assert rows("Talks begin. The talks are in Varda")[0][1] == IMPRINT_WORD


def test_rare_words_weigh_more() -> None:
    rarity = rarity_of(["the dam broke", "the dam held", "the gate held"])
    assert rarity[bucket_of("gate")] > rarity[bucket_of("dam")] > rarity[bucket_of("held")] - 1
    assert rarity[bucket_of("unheard")] > rarity[bucket_of("gate")]


@given(st.text())
def test_any_text_gives_whole_rows_and_no_more_than_the_most(text: str) -> None:
    imprint = Imprinter(np.zeros(BUCKETS, dtype=np.uint8)).imprint(text)
    assert len(imprint) % 4 == 0
    assert len(imprint) <= 4 * IMPRINT_WORDS
    assert Imprinter(np.zeros(BUCKETS, dtype=np.uint8)).imprint(text) == imprint


def test_a_long_text_is_cut() -> None:
    assert len(load_imprinter().imprint("Flood waters rose quickly. " * 400)) == 4 * IMPRINT_WORDS
