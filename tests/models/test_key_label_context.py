"""What a label takes from the rest of its text: full names, the event, the country and the party it is about."""

from __future__ import annotations

from datetime import date

from models.facts import read_facts
from models.sentences import split_sentences

DAY = date(2024, 3, 12)


def labels(text: str) -> dict[str, str]:
    return {figure.surface: figure.label for figure in read_facts(text, split_sentences(text), DAY).figures}


def test_a_sum_and_its_value_in_other_money_have_one_label() -> None:
    found = labels("Harrow accepted a $6.75bn (£3.6bn) buyout from a rival on Monday.")
    assert found["$6.75bn"] == found["£3.6bn"] == "buyout accepted by Harrow"


def test_an_event_told_by_one_noun_is_called_what_it_was_called_first() -> None:
    text = "Marovia declared an Ebola outbreak over on Monday. The outbreak infected 142 people."
    assert labels(text)["142 people"] == "people infected by the Ebola outbreak"


def test_the_country_is_named() -> None:
    text = "Chile will take in more refugees, Chile's minister said. Charities look after 400 families in the country."
    assert labels(text)["400 families"] == "families in Chile"


def test_what_an_event_destroyed_names_the_event() -> None:
    text = "A landslide in Peru buried a village on Friday. At least 150 houses were destroyed in Peru."
    assert labels(text)["150 houses"] == "houses destroyed in the landslide in Peru"


def test_a_country_named_in_passing_is_not_where_the_text_is_set() -> None:
    text = "Voters in Chile want peace, unlike those in Iraq. Chile's leader will lower a record deficit of $427bn."
    assert "Iraq" not in labels(text)["$427bn"]


def test_no_label_is_a_clause_about_somebody_unnamed() -> None:
    found = labels("The bank grew when it snapped up a rival bank in a $47bn merger. It sued the lender for $28bn.")
    assert not [label for label in found.values() if label.split()[0].lower() in {"it", "he", "she", "they"}]


def test_a_number_nobody_can_name_is_no_key_figure() -> None:
    assert "" not in labels("The posted limit was 55. There are three.").values()
