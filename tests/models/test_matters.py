"""What a deadline says of itself when its sentence leaves it open: full names, and the country of its text."""

from __future__ import annotations

from datetime import date

from models.facts import read_facts
from models.sentences import split_sentences

DAY = date(2024, 3, 12)


def whats(text: str) -> list[str]:
    return [deadline.what for deadline in read_facts(text, split_sentences(text), DAY).deadlines]


def test_a_matter_without_a_name_is_set_in_the_country_of_its_text() -> None:
    text = "Chile's conservatives won the election in Chile on Sunday. The new parliament must meet by March 25."
    assert "The new parliament must meet (Chile)" in whats(text)


def test_a_noun_that_points_back_is_named_in_full() -> None:
    text = "Marovia fears for its Ostra mission. Parliament must extend the mission by March 25."
    assert whats(text) == ["Parliament must extend the Ostra mission"]


def test_no_country_is_added_where_the_sentence_names_another() -> None:
    text = "Chile's conservatives won the election in Chile on Sunday. In Peru the talks must end by March 25."
    assert not [what for what in whats(text) if "(Chile)" in what]


def test_the_city_of_the_dateline_is_not_part_of_the_matter() -> None:
    text = "ANKARA — The leader won on Monday, and faces a second round on March 25."
    assert not [what for what in whats(text) if "ANKARA" in what]
