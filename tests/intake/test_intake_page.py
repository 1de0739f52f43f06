from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Skip
from bot.intake.linked import article_from_page
from bot.intake.page import read_page
from models.api import Article

FOUND = datetime(2021, 7, 28, 8, 0, tzinfo=UTC)
PAGE = """<!doctype html><html lang="en"><head><title>Northern garrison to shrink | Harbour Wire</title>
<meta property="og:title" content="Northern garrison to shrink"><meta property="og:site_name" content="Harbour Wire">
<meta property="article:published_time" content="2021-07-26T09:00:00+03:00"></head><body>
<nav><a href="/">Home</a> <a href="/subscribe">Subscribe</a></nav>
<article><h1>Northern garrison to shrink</h1><p class="byline">By Jane Doe</p>
<p>About 1,200 soldiers will leave the northern garrison by the end of the year, the defence ministry said on Monday.</p>
<p>The garrison had 1,900 soldiers in January, and it will have 700 when the withdrawal ends, according to the ministry.</p>
<p>The mayor of Varda said the town would lose a third of its shops when the soldiers and their families leave.</p>
<p>Sign up for our daily newsletter</p></article>
<footer>© 2021 Harbour Wire</footer></body></html>"""


def article_from_html(html: bytes, url: str) -> Article:
    return article_from_page(read_page(html, url), published=FOUND, key=url)


def test_a_page_becomes_an_article() -> None:
    article = article_from_html(PAGE.encode(), "https://www.harbourwire.example/a")
    assert article.title == "Northern garrison to shrink"
    assert article.outlet == "Harbour Wire"
    assert article.dateline == date(2021, 7, 26)
    assert article.link == article.key == "https://www.harbourwire.example/a"
    assert article.text.startswith("About 1,200 soldiers will leave")
    assert article.text.endswith("their families leave.")


def test_a_page_without_an_article_is_skipped() -> None:
    with pytest.raises(Skip) as raised:
        article_from_html(b"<html><body><a href='/'>Home</a></body></html>", "https://x.example/")
    assert raised.value.code == "page_unreadable"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<table><tr><td>", "&#0;", "<!--", "text of a sentence. ", "\x00", "<script>", "é"]
        )
        | st.text(max_size=20),
        max_size=40,
    ).map("".join)
)
def test_no_page_raises_anything_but_skip(html: str) -> None:
    try:
        article = article_from_html(html.encode("utf-8", "replace"), "https://x.example/")
    except Skip:
        return
    assert article.text
