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


def test_a_former_value_is_called_as_the_one_that_replaced_it() -> None:
    found = labels("The alliance will reduce its troops in Syria to 1,000 from about 2,000, the ministry said.")
    assert found["2,000"] == found["1,000"]


def test_people_are_called_by_what_they_were_given() -> None:
    found = labels("The ministry has given a first dose of a vaccine to 15 million people.")
    assert found["15 million people"] == "people given a first dose of a vaccine"


def test_what_is_exchanged_is_called_so() -> None:
    found = labels("The deal foresees the exchange of 50 hostages for prisoners.")
    assert found["50 hostages"] == "exchange of hostages for prisoners"


def test_a_number_inside_an_adjective_does_not_end_the_event() -> None:
    found = labels("The collapse of a 143-year-old footbridge in Morbi killed 134 people.")
    assert found["134 people"].startswith("people killed in the collapse of a")
    assert "footbridge" in found["134 people"]


def test_the_part_of_a_country_is_kept() -> None:
    text = "At least 920 people were killed when an earthquake struck villages in eastern Peru on Wednesday."
    assert labels(text)["920 people"] == "people killed in the earthquake in eastern Peru"


def test_the_dead_there_are_those_of_the_place_named_before() -> None:
    found = labels("The health ministry in Gaza puts the dead there at more than 13,300.")
    assert found["13,300"] == "people killed in Gaza"


def test_peacekeepers_are_not_of_the_country_they_are_in() -> None:
    text = "Congo will see 15,000 peacekeepers leave, Congo's minister said."
    assert "Congolese" not in labels(text)["15,000 peacekeepers"]


def test_a_sum_inside_a_noun_phrase_is_called_by_it() -> None:
    found = labels("The builder would only break even on the 1.2bn euro (£958m) rebuild, it said.")
    assert set(found.values()) == {"rebuild"}


def test_a_percentage_before_its_noun_is_called_by_it() -> None:
    assert labels("The old government left 10% inflation, he said.")["10%"] == "inflation"


def test_a_toll_of_years_is_not_that_of_the_event_of_its_text() -> None:
    text = "A coup failed in Marovia on Monday. This year alone rebels have killed at least 1,000 civilians."
    assert "coup" not in labels(text)["1,000 civilians"]


def test_those_who_fight_fires_are_no_fire() -> None:
    text = "At least six people died after a roof collapsed on Thursday, fire officials said."
    assert "fire" not in labels(text)["six people"]


def test_a_number_without_a_noun_is_read_where_a_text_is_about_an_election() -> None:
    text = "The minister will not stand in the election. At 64, he still cycles to work and goes to street parties."
    assert not any("election" in label for label in labels(text).values())
