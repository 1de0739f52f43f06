"""A headline names what is due; where the article's text gives the day, its words are used for it."""

from datetime import date

import pytest

from models.api import Deadline
from models.dates import find_deadlines, find_timexes
from models.headlines import name_by_headline
from models.sentences import split_sentences

DAY = date(2021, 7, 26)
TITLE = "Marovia to end combat missions in Ostra by year's end"
TEXT = (
    "The minister was asked how many soldiers would remain by the end of the year. "
    "He said his country would not be, by the end of the year, in combat in Ostra. "
    "Parliament votes on the budget by 30 September."
)


def deadlines(text: str) -> list[Deadline]:
    return find_deadlines(text, split_sentences(text), find_timexes(text, DAY), DAY)


def test_the_sentence_nearest_to_the_headline_takes_its_words() -> None:
    found = deadlines(TEXT)
    named = name_by_headline(found, TEXT, TITLE, DAY)
    [changed] = [
        (old, new) for old, new in zip(found, named, strict=True) if "combat" in new.what and old.what != new.what
    ]
    assert "combat missions in Ostra" in changed[1].what
    assert "in combat in Ostra" in TEXT[slice(*changed[1].sentence)]
    assert changed[1].span == changed[0].span
    assert changed[1].due.end == date(2021, 12, 31)


def test_a_headline_without_a_day_or_with_another_changes_nothing() -> None:
    found = deadlines(TEXT)
    assert name_by_headline(found, TEXT, "Marovia to end combat missions", DAY) == found
    assert name_by_headline(found, TEXT, "Strike to begin by 1 May 2022", DAY) == found


def test_what_names_nothing_is_set_where_the_headline_is() -> None:
    text = "The bridge was hit by a barge in Tarn. Repairs must end by 30 September."
    named = name_by_headline(deadlines(text), text, "TARN: barge hits old bridge", DAY)
    assert [one.what for one in named] == ["Repairs must end (Tarn)"]


def test_a_month_in_a_headline_is_no_place() -> None:
    text = "Brandt spoke in March of repairs. Repairs must end by 30 September."
    named = name_by_headline(deadlines(text), text, "Brandt said in March that repairs go on", DAY)
    assert not [one.what for one in named if "(March)" in one.what]


@pytest.mark.parametrize("text", ["Plan: 2,400 by 30 September.", "The plan is 2,400 by 30 September."])
def test_a_bare_number_takes_the_matter_of_the_headline(text: str) -> None:
    named = name_by_headline(deadlines(text), text, "OSTRA: drawdown of the joint force", DAY)
    assert [one.what for one in named] == ["Drawdown of the joint force: 2,400"]


def test_a_pronoun_takes_the_name_of_the_headline() -> None:
    text = "A court sentenced Anton Beryl to six years. He has until 30 September to appeal, and his lawyers said he would."
    named = name_by_headline(deadlines(text), text, "Former minister Beryl sentenced to six years", DAY)
    assert [one.what for one in named] == ["Beryl to appeal"]


def test_a_word_that_only_opens_a_headline_is_no_name() -> None:
    text = "Former minister Anton Beryl went on trial. The court plans to give its verdict by 30 September."
    named = name_by_headline(deadlines(text), text, "Former minister Beryl on trial", DAY)
    assert not [one.what for one in named if "(Former)" in one.what]
