from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.api import Article, OwnTopic
from models.reader import EmbeddedReader
from models.settings import ReaderSettings
from models.summary.document import count_words, join_spans

Make = Callable[..., Article]

FLOOD = (
    "PORT HALVERS (Harbour Wire) -- At least 14 people died and about 2,500 were displaced after the Tarn burst its banks "
    "on Monday, the interior ministry said. The government declared a state of emergency in three provinces and sent "
    "1,200 soldiers to repair the levees.\n\n"
    "However, residents said that help came late. “We waited on the roof for two days,” said Ana Loring, a teacher in "
    "Lower Halvers. She lost her house.\n\n"
    "The ministry expects the water to fall by Friday. Schools in the region stay closed until the end of March."
)


def test_an_article_is_read(reader: EmbeddedReader, article: Make) -> None:
    [reading] = reader.read([article(FLOOD, "Fourteen die as Tarn floods Halvers")])
    assert reading.language == "en"
    assert reading.headline == "Fourteen die as Tarn floods Halvers"
    assert "14 people died" in reading.summary.text
    assert not reading.summary.text.startswith("PORT HALVERS")
    assert "medtop:03000000" in {topic.code for topic in reading.topics}
    assert np.isclose(np.linalg.norm(np.frombuffer(reading.vector, "<f4")), 1, atol=1e-4)


def test_every_piece_is_made_of_its_spans(reader: EmbeddedReader, article: Make) -> None:
    [reading] = reader.read([article(FLOOD)])
    assert reading.summary.pieces
    for piece in reading.summary.pieces:
        assert piece.text == join_spans(FLOOD, piece.spans)
    assert count_words(reading.summary.text) <= ReaderSettings().max_words


def test_a_sentence_that_leans_on_another_follows_it(reader: EmbeddedReader, article: Make) -> None:
    [reading] = reader.read([article(FLOOD)])
    ends = [span.end for span in reading.sentences]
    order = [
        next(place for place, end in enumerate(ends) if end >= piece.spans[-1].end) for piece in reading.summary.pieces
    ]
    for piece, place in zip(reading.summary.pieces, order, strict=True):
        if piece.text.startswith(("However", "She", "He ", "It ")):
            assert place - 1 in order


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "😀😀😀",
        "x" * 200_000,
        "word " * 40_000,
        "الرئيس قال إن المحادثات ستستمر. وأضاف أن الوفد سيعود غدا.",
        "总统说谈判将继续。他补充说，代表团明天返回。" * 40,
        "Un solo titular sin punto",
        "\x00\ud7ff\u200f\ufeff",
        "Half an emoji \ud83d in a sentence of the ministry of works.",
        ". . . . . .",
    ],
)
def test_odd_texts_degrade_and_never_raise(reader: EmbeddedReader, article: Make, text: str) -> None:
    [reading] = reader.read([article(text)])
    assert count_words(reading.summary.text) <= ReaderSettings().max_words
    assert all(piece.text == join_spans(text, piece.spans) for piece in reading.summary.pieces)
    if not text.strip():
        assert reading.summary.text == ""
        assert reading.vector == b""


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400))
def test_any_text_can_be_read(reader: EmbeddedReader, article: Make, text: str) -> None:
    [reading] = reader.read([article(text)])
    assert all(text[span.start : span.end].strip() for span in reading.sentences)


def test_another_language_gets_its_first_sentences(reader: EmbeddedReader, article: Make) -> None:
    text = "El gobierno anunció el lunes un plan de 2.500 viviendas. El plan durará tres años."
    [reading] = reader.read([article(text)])
    assert reading.language == "es"
    assert reading.summary.text.startswith("El gobierno anunció")
    assert reading.topics == ()
    assert reading.figures == ()


def test_a_batch_gives_what_each_article_alone_gives(reader: EmbeddedReader, article: Make) -> None:
    articles = [
        article(FLOOD, key="a"),
        article("", key="b"),
        article("The striker scored twice in the final.", key="c"),
    ]
    together = reader.read(articles)
    assert [reading.key for reading in together] == ["a", "b", "c"]
    assert [reading.summary for reading in together] == [reader.read([one])[0].summary for one in articles]


def test_a_text_that_comes_again_is_not_read_again(reader: EmbeddedReader, article: Make) -> None:
    text = "The lighthouse of Cape Orland was lit again on Sunday after nine dark years."
    [first] = reader.read([article(text, key="one")])
    [again, other] = reader.read([article(text, key="two"), article(text, "A title", key="three")])
    assert (again.key, other.key) == ("two", "three")
    assert again.summary is first.summary
    assert (again.headline, other.headline) == (first.headline, "A title")


def test_own_topics_work_from_a_description_alone(article: Make) -> None:
    topic = OwnTopic(code="own:floods", name="Floods", description="Rivers that burst their banks, inundated towns")
    reader = EmbeddedReader(ReaderSettings(threads=1, own_topics=(topic,)))
    flood, match = reader.read(
        [article(FLOOD), article("The striker scored twice and won the cup for Halvers United.")]
    )
    assert "own:floods" in {topic.code for topic in flood.topics}
    assert "own:floods" not in {topic.code for topic in match.topics}


def test_importing_the_reader_imports_no_torch() -> None:
    code = "import sys, models.reader; sys.exit(bool({'torch', 'transformers', 'sklearn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_headline_within_the_text_does_not_cost_the_lead_its_place(reader: EmbeddedReader, article: Make) -> None:
    [reading] = reader.read([article(f"Fourteen die as Tarn floods Halvers\n\n{FLOOD}")])
    assert reading.summary.text.startswith("At least 14 people died")
    [untitled] = reader.read([article(FLOOD)])
    assert untitled.headline.startswith("At least 14 people died")
