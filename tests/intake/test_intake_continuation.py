"""Posts that say of themselves that they add to an earlier one, and posts that only begin like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.continuation import continues, unlabelled

SAID = "The ferry will be out of service until 12 December."


@pytest.mark.parametrize(
    "label",
    [
        "UPDATE: ", "Update — ", "UPDATED: ", "UPD: ", "UPDATE 14:20\n\n", "Update #3: ", "UPDATE 2-", "🔄 UPDATE | ", "[UPDATE] ", "#update\n",
        "Live update: ", "More: ", "More details: ", "MORE ON THIS: ", "Latest: ", "New details — ", "Developing: ", "DEVELOPING STORY: ",
        "⚡️Developing…\n", "Continued: ", "Cont'd: ", "ADDS: ", "Follow-up: ", "(2/3) ", "2/3 ", "Part 2: ", "Details:\n", "Update (14.20): ",
    ],
)  # fmt: skip
def test_a_post_that_says_that_it_adds_is_known_and_its_label_is_no_part_of_the_text(label: str) -> None:
    assert continues(label + SAID)
    if "/" not in label:
        assert unlabelled(label + SAID) == SAID


def test_the_second_of_numbered_posts_adds_to_the_first() -> None:
    assert continues(f"{SAID} (2/3)")
    assert not continues(f"{SAID} (1/3)")
    assert not continues(f"1/3 {SAID}")


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "More than 300 people were taken ashore.",
        "More rain is expected - and more wind.",
        "Updated guidance from the ministry: stay inside.",
        "Update your passports before March, the ministry says.",
        "Latest polls put the party at 34 percent.",
        "New bridge opens in Dunmore.",
        "Developing countries ask for 300 million: the talks go on.",
        "Details of the plan are not known.",
        "Adds of 3 percent.",
        "Part of the roof fell in: nobody was hurt.",
        "12/13 of the members voted for it.",
        "Breaking: ferry aground off Port Selwyn.",
        "",
        "   ",
    ],
)
def test_a_post_that_only_begins_like_it_is_none(text: str) -> None:
    assert not continues(text)
    assert unlabelled(text) == text


@given(st.text() | st.text(alphabet="UPDATE update:-—0123456789()/ \n", max_size=80))
def test_a_label_never_takes_all_of_a_text(text: str) -> None:
    assert any(map(str.isalnum, unlabelled(text))) == any(map(str.isalnum, text))
