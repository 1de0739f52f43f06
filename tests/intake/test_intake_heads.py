"""The heads of ``bench/heads.py``: title, byline and time with its zone come out of each of them."""

from bench.heads import ADDRESS, found, heads
from bot.intake.page import read_page


def test_title_byline_and_time_are_read_however_a_head_states_them() -> None:
    read = {(head.title, head.byline, head.time): found(read_page(head.page, ADDRESS)) for head in heads()}
    assert len(read) >= 40
    assert [ways for ways, right in read.items() if not all(right)] == []
