"""Whose report an article of a story is: the first that its outlet, its words or its credit lead to."""

from __future__ import annotations

from datetime import timedelta

from desk_samples import NOW, reading
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.filed import FiledArticle
from bot.desk.origins import SAME_TEXT, origins
from bot.desk.words import content, overlap
from models.api import Article

OUTLETS = ("Harbour Wire", "The Ledger", "North Post", "")
SENTENCES = (
    "Arvania sends troops to the river.",
    "The ferry stays in the harbour until Friday.",
    "Prices of grain fell.",
    "Harbour Wire reports that the bridge is shut.",
    "The mayor said so, according to The Ledger.",
)


def filed(number: int, outlet: str, text: str) -> FiledArticle:
    key = str(number)
    article = Article(key=key, title=None, text=text, published=NOW + timedelta(hours=number), outlet=outlet, link=key)
    return FiledArticle(article=article, reading=reading(key, ""), story=1)


def test_a_repeated_text_a_credit_and_an_outlet_that_comes_back_are_nobodys_own() -> None:
    story = [
        filed(0, "Harbour Wire", SENTENCES[0]),
        filed(1, "The Ledger", f"{SENTENCES[0]} {SENTENCES[2]}"),
        filed(2, "North Post", SENTENCES[1]),
        filed(3, "Valley Radio", SENTENCES[4]),
        filed(4, "North Post", SENTENCES[2]),
        filed(5, "The Ledger", SENTENCES[3]),
    ]
    assert origins(story) == [0, 0, 2, 0, 0, 0]


def test_a_name_within_another_word_credits_nobody() -> None:
    story = [filed(0, "Harbour Wire", SENTENCES[0]), filed(1, "North Post", "The harbour wires report a fault.")]
    assert origins(story) == [0, 1]


@given(
    st.lists(
        st.tuples(st.sampled_from(OUTLETS), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)), max_size=7
    )
)
def test_of_all_that_lead_somewhere_the_earliest_article_counts(told: list[tuple[str, list[str]]]) -> None:
    story = [filed(number, outlet, " ".join(text)) for number, (outlet, text) in enumerate(told)]
    found = origins(story)
    for at, one in enumerate(story):
        alone = [place for place in range(at) if origins([story[place], one]) == [0, 0]]
        assert found[at] == (found[alone[0]] if alone else at)
        assert all(
            overlap(content(one.article.text), content(story[place].article.text)) < SAME_TEXT
            for place in range(alone[0] if alone else at)
        )
