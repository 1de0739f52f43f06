from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from models.api import NOT_NEWS, Article, OwnTopic
from models.encoder import Encoder
from models.iptc import media_topics, narrow_topics
from models.topics.filing import Filing
from models.topics.head import fit
from models.topics.media import load_media_topics

Make = Callable[..., Article]


def test_there_are_seventeen_media_topics() -> None:
    topics = media_topics()
    assert len({topic.code for topic in topics}) == 17
    assert all(topic.code.startswith("medtop:") and topic.name and topic.definition for topic in topics)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The keeper saved two penalties and Halvers United reached the cup final.", "sport"),
        ("The parliament of Orland elected a new speaker after three rounds of voting.", "politics"),
        (
            "Two bakeries were robbed at gunpoint and a suspect was charged, police in Halvers said.",
            "crime, law and justice",
        ),
        (
            "The Orland crown fell against the euro after the national bank cut its rate.",
            "economy, business and finance",
        ),
        (
            "A coach overturned on the motorway near Halvers, killing six passengers.",
            "disaster, accident and emergency incident",
        ),
        ("Artillery shelled the border town as the army fought separatist rebels.", "conflict, war and peace"),
        ("The dig uncovered a mammoth skeleton that geneticists will study.", "science and technology"),
        ("Sleet tomorrow, then frost: the forecast for Orland.", "weather"),
    ],
)
def test_an_article_is_filed_where_a_desk_would(encoder: Encoder, article: Make, text: str, name: str) -> None:
    filing = Filing(encoder)
    [topics] = filing.media(filing.vectors([article(text)]), threshold=0.3, at_least=1)
    assert topics[0].name == name


def test_confidence_is_a_chance_and_the_threshold_holds(encoder: Encoder, article: Make) -> None:
    filing = Filing(encoder)
    vectors = filing.vectors(
        [article("The union called a strike at the railway over pay."), article("The river rose.")]
    )
    scores = load_media_topics().confidences(vectors)
    assert ((scores >= 0) & (scores <= 1)).all()
    for topics in filing.media(vectors, threshold=0.6):
        assert all(topic.confidence >= 0.6 for topic in topics)
    assert all(len(topics) >= 1 for topics in filing.media(vectors, threshold=1.1, at_least=1))


def test_examples_teach_topics_that_descriptions_do_not_tell_apart(encoder: Encoder, article: Make) -> None:
    ours = ["Our keeper saved the match.", "Halvers United signed a striker.", "The reds won away again."]
    theirs = ["The regatta starts at noon.", "The rowers trained on the lake.", "A new boat for the eight."]
    own = (
        OwnTopic(code="own:ball", name="Desk A", description="What desk A follows", examples=tuple(ours)),
        OwnTopic(code="own:boat", name="Desk B", description="What desk B follows", examples=tuple(theirs)),
    )
    filing = Filing(encoder, own)
    articles = [
        article("The striker of Halvers United scored."),
        article("The rowing eight won the regatta on the lake."),
    ]
    football, rowing = filing.own(articles, filing.vectors(articles), threshold=0.0, at_least=1)
    assert (football[0].code, rowing[0].code) == ("own:ball", "own:boat")


def test_an_article_far_from_every_example_belongs_to_no_taught_topic(encoder: Encoder, article: Make) -> None:
    own = tuple(
        OwnTopic(code=f"own:{name}", name=name, description=name, examples=examples)
        for name, examples in [
            ("rowing", ("The regatta starts at noon.", "The rowers trained on the lake.")),
            ("football", ("Halvers United signed a striker.", "The keeper saved a penalty.")),
        ]
    )
    filing = Filing(encoder, own)
    articles = [article("The national bank left its interest rate at two percent.")]
    assert filing.own(articles, filing.vectors(articles), threshold=0.3) == [()]


def test_a_head_is_the_same_every_time() -> None:
    vectors = np.random.default_rng(5).normal(size=(60, 384)).astype(np.float32)
    labels = np.arange(60) % 3
    one, other = fit(vectors, labels, classes=3), fit(vectors, labels, classes=3)
    assert np.array_equal(one.weight, other.weight)
    assert (one.shares(vectors).argmax(axis=1) == labels).mean() > 0.9


@pytest.mark.parametrize(
    ("text", "narrower"),
    [
        ("Artillery shelled the border town as the army fought separatist rebels.", "armed conflict"),
        ("Polling stations in Orland open at seven; the president hopes to be re-elected on Sunday.", "election"),
        ("A coach overturned on the motorway near Halvers, killing six.", "accident and emergency incident"),
    ],
)
def test_a_topic_is_narrowed_where_that_is_sure(encoder: Encoder, article: Make, text: str, narrower: str) -> None:
    filing = Filing(encoder)
    [topics] = filing.media(filing.vectors([article(text)]), threshold=0.3, at_least=1)
    assert narrower in {topic.narrower.name for topic in topics if topic.narrower}


def test_a_narrower_topic_lies_below_its_topic(encoder: Encoder, article: Make) -> None:
    above = {topic.code: topic.top for topic in narrow_topics()}
    filing = Filing(encoder)
    [topics] = filing.media(
        filing.vectors([article("Rebels and the army agreed a ceasefire before the election.")]),
        threshold=0.0,
        at_least=3,
    )
    assert all(above[topic.narrower.code] == topic.code for topic in topics if topic.narrower)


@pytest.mark.parametrize(
    "text",
    [
        "Today only: two pizzas for the price of one with the code SLICE. Order in our app!",
        "Good morning, dear readers! What are you having for breakfast? Tell us in the comments.",
        "Horoscope: Gemini will find a lost key, and Capricorn should rest.",
        "How to store onions so that they keep all winter: five simple rules.",
    ],
)
def test_what_reports_nothing_is_no_news(encoder: Encoder, article: Make, text: str) -> None:
    filing = Filing(encoder)
    [topics] = filing.media(filing.vectors([article(text)]), threshold=0.3)
    assert [topic.code for topic in topics] == [NOT_NEWS]


@pytest.mark.parametrize(
    "text",
    [
        "The actress won damages of 50,000 pounds from a newspaper, her lawyer said on Friday.",
        "A recipe for disaster: 14 hurt as a kitchen fire spreads through a hotel in Halvers.",
        "The bakery chain will close 20 shops and cut 300 jobs.",
        "Snow is expected in Orland tonight, the weather service said.",
    ],
)
def test_news_is_not_taken_for_none(encoder: Encoder, article: Make, text: str) -> None:
    filing = Filing(encoder)
    [topics] = filing.media(filing.vectors([article(text)]), threshold=0.3)
    assert NOT_NEWS not in {topic.code for topic in topics}
