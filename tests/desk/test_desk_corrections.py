"""What an edit corrects, read by the real extractor from the words themselves."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.compose import compose
from bot.desk.corrections import articles_told, corrections, fact_key, tells
from bot.desk.filed import FiledArticle
from bot.desk.profile import Profile, Window
from models.api import Article, Deadline, KeyFigure, Piece, Range, Reading, Summary
from models.facts import read_facts
from models.sentences import split_sentences

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def filed(text: str, key: str = "c:1") -> FiledArticle:
    article = Article(
        key=key, title="Quake hits Halvers", text=text, published=NOW, outlet="Orland Wire", link="https://t.me/w/1"
    )
    sentences = tuple(split_sentences(text))
    facts = read_facts(text, sentences, article.reference)
    first = tuple(Piece(text=text[span.start : span.end], spans=(span,)) for span in sentences[:1])
    reading = Reading(
        key=key,
        language="en",
        headline="Quake hits Halvers",
        sentences=sentences,
        summary=Summary(pieces=first),
        topics=(),
        figures=tuple(facts.figures),
        deadlines=tuple(facts.deadlines),
        vector=b"",
        model="facts",
    )
    return FiledArticle(article=article, reading=reading, story=1, filed_at=NOW)


def said(fact: KeyFigure | Deadline | None) -> str:
    if fact is None:
        return "nothing"
    if isinstance(fact, Deadline):
        return fact.due.end.isoformat()
    low = fact.value.low if isinstance(fact.value, Range) else fact.value
    return f"{low} {fact.unit}"


def found(old: str, new: str) -> list[tuple[str, str]]:
    return [(said(one.old), said(one.new)) for one in corrections(filed(old), filed(new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "The United States has about 3,500 troops in Iraq. They train local forces.",
            "The United States has about 2,500 troops in Iraq. They train local forces.",
            [("3500 troop", "2500 troop")],
        ),
        (
            "The quake killed 41 people in Halvers and injured 120, officials said.",
            "The quake killed 14 people in Halvers and injured 120, officials said.",
            [("41 killed", "14 killed")],
        ),
        (
            "The quake killed 41 people in Halvers, officials said.",
            "The quake injured 41 people in Halvers, officials said.",
            [("41 killed", "41 injured")],
        ),
        (
            "Parliament must approve the budget by 31 March 2027, the speaker said.",
            "Parliament must approve the budget by 31 May 2027, the speaker said.",
            [("2027-03-31", "2027-05-31")],
        ),
        (
            "The flood killed 12 people in Orland on Sunday. Schools are closed.",
            "The flood destroyed houses in Orland on Sunday. Schools are closed.",
            [("12 killed", "nothing")],
        ),
    ],
)
def test_what_was_said_otherwise_is_corrected(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert found(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The quake killed 41 people in Halvers.", "The quake killed 41 people in Halvers."),
        ("The quake killed 41 people in Halvers.", "A strong quake killed forty-one people in Halvers, police said."),
        (
            "The quake killed 41 people in Halvers.",
            "The quake killed 41 people in Halvers. Rescuers found 3 survivors on Monday and 200 houses were destroyed.",
        ),
        ("No numbers here.", "Now 41 people have been killed in the quake."),
    ],
)
def test_what_is_said_again_or_added_corrects_nothing(old: str, new: str) -> None:
    assert found(old, new) == []


@given(
    st.lists(
        st.sampled_from(["The quake killed 41 people.", "It injured 120.", "Aid of $5 million came.", "Rain fell."])
    )
)
def test_a_text_never_corrects_itself(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert corrections(filed(text), filed(text)) == []


def test_an_edition_tells_what_stands_in_its_boxes_and_sentences_and_no_more() -> None:
    old = filed("The quake killed 41 people in Halvers. It was felt as far as Orland, 300 kilometres away.")
    other = filed("The quake killed 52 people in Halvers.", key="c:2")
    edition = compose(Profile(), Window(NOW.replace(hour=1), NOW), [old], now=NOW, next_edition=None)
    killed = old.reading.figures[0]
    assert tells(edition, "c:1", killed)
    assert not tells(edition, "c:2", killed)
    assert not tells(edition, "c:1", other.reading.figures[0])
    assert articles_told(edition) == {"c:1"}


def test_the_same_fact_has_the_same_key_whatever_text_it_stands_in() -> None:
    one = filed("The quake killed 41 people in Halvers.").reading.figures[0]
    again = filed("Officials spoke late. The quake killed 41 people in Halvers.").reading.figures[0]
    more = filed("The quake killed 42 people in Halvers.").reading.figures[0]
    assert fact_key(one) == fact_key(again) != fact_key(more)
