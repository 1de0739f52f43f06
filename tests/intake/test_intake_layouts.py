"""The layouts of ``bench/layouts.py``: every paragraph of the article comes out of each of them."""

import pytest

from bench.layouts import ARTICLE, EXTRACTORS, layouts, measure

LAYOUTS = list(layouts())


def test_there_are_enough_layouts() -> None:
    assert len(LAYOUTS) >= 40


@pytest.mark.parametrize(("text", "page", "html"), LAYOUTS, ids=[f"{text}, {page}" for text, page, _ in LAYOUTS])
def test_the_article_comes_out_whole(text: str, page: str, html: bytes) -> None:
    found = measure(html, EXTRACTORS["trafilatura"])
    assert found.paragraphs == len(ARTICLE), (text, page)
    assert found.furniture <= 2
